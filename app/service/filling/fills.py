"""Forms in the browser: a proposal, the person's consent, the fill, its undoing.

A proposal waits in memory for the person's word. What was agreed is written down before it leaves; what the browser
answers comes later, from another thread, so nothing here waits for it but `undo`, for a while. No lock is held while
the browsers' channel is called.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence

from second_me.app.service.filling.consent import agreed, still_known
from second_me.app.service.filling.deadlines import Deadlines
from second_me.app.service.filling.given import Given
from second_me.app.service.filling.keeping import FillKeeping
from second_me.app.service.filling.link import BrowserLink, Proposed
from second_me.app.service.filling.making import FillMaking, worth_showing
from second_me.app.service.filling.open import SECONDS, OpenProposals, Proposal, new_id
from second_me.app.service.filling.records import FillRecords
from second_me.app.service.filling.results import results_of, word_of
from second_me.app.service.filling.sites import site_of
from second_me.app.service.filling.undoing import FillUndoing, page_gone
from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.acting.forms import Field, Form, form_of
from second_me.core.acting.proposal import Row
from second_me.core.acting.store import Fill, FillState, Site, SiteRule
from second_me.core.disclosure.levels import Audience
from second_me.core.ports import EnvironmentFault

ANSWER_SECONDS = 30.0
"""How long a browser may take to fill."""
READY_SECONDS = 5.0
"""How long after unlocking the first proposal is prepared for: a second's work, only where a browser is paired."""
_UNANSWERED = (FillState.SENT, FillState.UNKNOWN)
_LONGEST_NAME = 100
_PIXELS = ("x", "y", "width", "height")


class Fills:
    """The fills of an open vault (`app.service.fill_link.FillDesk`). `link` gives the browsers that are connected,
    `tell` broadcasts a notification, `windowed` says whether a window is there to show a proposal. `catch_up` waits,
    not for long, until what was said a moment ago is read for facts."""

    def __init__(
        self,
        house: House,
        link: Callable[[], BrowserLink],
        tell: Callable[..., None],
        windowed: Callable[[], bool],
        catch_up: Callable[[], object] = lambda: None,
    ) -> None:
        self._house, self._link, self._tell, self._windowed = house, link, tell, windowed
        self._catch_up = catch_up
        self._making, self._keeping, self._records = FillMaking(house), FillKeeping(house), FillRecords(house)
        self._open, self._deadlines = OpenProposals(), Deadlines()
        self.undoing = FillUndoing(house, self._records, link, tell)
        with contextlib.suppress(EnvironmentFault):  # a full disk keeps nobody out
            house.fills.lose_track()
        if house.browsers.listing():
            self._deadlines.set("ready", READY_SECONDS, self._make_ready)

    def propose(self, form: object, browser_id: str, name: str, window: object = None) -> Proposed:
        """See `FillDesk`."""
        try:
            read = form_of(form)
        except ValueError:
            return Proposed(None, "bad_message")
        where = site_of(read.url)
        if where is None:
            return Proposed(None, "nothing")
        site = self._house.fills.site(where)
        if site.rule is SiteRule.NEVER:
            return Proposed(None, "never_here")
        self._catch_up()
        typed = self._making.types(read)
        rows = self._making.rows(read, typed, site)
        if not worth_showing(rows):
            return Proposed(None, "nothing")
        made = Proposal(
            new_id(), browser_id, name[:_LONGEST_NAME], site, self._house.clock.now(), read, typed, rows,
            _place(window),
        )  # fmt: skip
        self._let_wait(made)
        return Proposed(made.proposal_id)

    def preview(self, form: Form, site: str | None) -> tuple[Row, ...]:
        """The rows of a form: for the person, or for a site. Nothing is kept."""
        known = Site("", audience=Audience.ME) if site is None else self._house.fills.site(site)
        return self._making.rows(form, self._making.types(form), known)

    def waiting(self) -> Sequence[Proposal]:
        """The proposals that wait, oldest first."""
        return self._open.listing()

    def proposal(self, proposal_id: str) -> Proposal:
        """One that waits. Raises EnvironmentFault("not_found")."""
        found = self._open.get(proposal_id)
        if found is not None and not still_known(self._house, found):
            self._renew(found)
            found = self._open.get(proposal_id)
        if found is None:
            raise _no_proposal()
        return found

    def accept(self, proposal_id: str, rows: object) -> int:
        """Fill exactly these rows; the fill's id. Raises EnvironmentFault: "not_found", "bad_parameters", "refused",
        "page_gone"."""
        given = agreed(self.proposal(proposal_id), rows)
        taken = self._open.take(proposal_id)
        if taken is None:
            raise _no_proposal()
        self._deadlines.cancel(("proposal", proposal_id))
        try:
            fill_id = self._write_down(taken, given)
        except EnvironmentFault:
            self._let_wait(taken)
            raise
        self._send(taken, given, fill_id)
        return fill_id

    def dismiss(self, proposal_id: str) -> None:
        """The person wants nothing filled. Raises EnvironmentFault("not_found")."""
        if not self._withdraw(proposal_id):
            raise _no_proposal()

    def filled(
        self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: object = ""
    ) -> None:
        """See `FillDesk`."""
        fill = self._house.fills.of_proposal(proposal_id)
        if fill is not None and fill.browser_id == browser_id and fill.state in _UNANSWERED:
            self._deadlines.cancel(("fill", proposal_id))
            self._end(fill, results_of(fill, fields), word_of(stopped))

    def restored(
        self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: object = ""
    ) -> None:
        """See `FillDesk`."""
        self.undoing.restored(browser_id, proposal_id, fields, stopped)

    def undo(self, browser_id: str) -> None:
        """See `FillDesk`."""
        self.undoing.ask_latest(browser_id)

    def gone(self, browser_id: str, proposal_id: str) -> None:
        """See `FillDesk`."""
        known = self._open.get(proposal_id)
        if known is not None and known.browser_id == browser_id:
            self._withdraw(proposal_id)
        self.undoing.gone(browser_id, proposal_id)

    def left(self, browser_id: str) -> None:
        """See `FillDesk`."""
        for each in self._open.listing():
            if each.browser_id == browser_id:
                self._withdraw(each.proposal_id)

    def set_site(self, settings: Site) -> None:
        """The person decided about a site: proposals for it are made anew, or withdrawn."""
        self._house.fills.set_site(settings)
        for each in self._open.listing():
            if each.site.site == settings.site:
                self._renew(each)
        self._tell("fill.changed")

    def close(self) -> None:
        """Leave in order: nothing waits any more."""
        self._deadlines.close()

    def _make_ready(self) -> None:
        """Read rules, weights and the tables of countries and numbers before somebody waits for them."""
        kinds = ("country-name", "tel", "bday")
        fields = tuple(Field(at, autocomplete=kind, label=kind) for at, kind in enumerate(kinds))
        self.preview(Form(fields=fields), None)

    def _let_wait(self, made: Proposal) -> None:
        for each in self._open.add(made):
            self._tell_withdrawn(each)
        self._deadlines.set(("proposal", made.proposal_id), SECONDS, lambda: self._expire(made.proposal_id))
        self._tell("fill.proposed", proposal_id=made.proposal_id)
        if not self._windowed():
            self._link().want_window(made.browser_id)

    def _expire(self, proposal_id: str) -> None:
        self._withdraw(proposal_id)

    def _withdraw(self, proposal_id: str) -> bool:
        found = self._open.take(proposal_id)
        if found is not None:
            self._tell_withdrawn(found)
        return found is not None

    def _tell_withdrawn(self, proposal: Proposal) -> None:
        self._deadlines.cancel(("proposal", proposal.proposal_id))
        self._tell("fill.withdrawn", proposal_id=proposal.proposal_id)
        self._link().send(proposal.browser_id, {"kind": "dismissed", "proposal": proposal.proposal_id})

    def _renew(self, proposal: Proposal) -> None:
        """What a proposal was made of has changed."""
        site = self._house.fills.site(proposal.site.site)
        rows = self._making.rows(proposal.form, proposal.typed, site)
        if site.rule is SiteRule.NEVER or not worth_showing(rows):
            self._withdraw(proposal.proposal_id)
        elif self._open.renew(proposal.proposal_id, site, rows):
            self._tell("fill.proposed", proposal_id=proposal.proposal_id)

    def _write_down(self, proposal: Proposal, given: Sequence[Given]) -> int:
        """Keep what the person typed, and what is about to be sent, in one go."""
        with self._house.together():
            return self._records.begin(proposal, given, self._keeping.keep(proposal, given))

    def _send(self, proposal: Proposal, given: Sequence[Given], fill_id: int) -> None:
        fields = [{"index": each.field.index, "value": each.value} for each in given]
        message = {"kind": "fill", "proposal": proposal.proposal_id, "fields": fields}
        key = ("fill", proposal.proposal_id)
        self._deadlines.set(key, ANSWER_SECONDS, lambda: self._lose(fill_id))
        self._tell("fill.changed")
        if not self._link().send(proposal.browser_id, message):
            self._deadlines.cancel(key)
            fill = self._house.fills.get(fill_id)
            if fill is not None:
                self._end(fill, results_of(fill, ()), "page_gone")
            raise page_gone()

    def _lose(self, fill_id: int) -> None:
        """The browser did not answer in time: what is in the page is not known."""
        fill = self._house.fills.get(fill_id)
        if fill is not None and fill.state is FillState.SENT:
            self._house.fills.finish(fill_id, FillState.UNKNOWN, {})
            self._tell_done(fill, {}, "timeout")

    def _end(self, fill: Fill, results: Mapping[int, bool], stopped: str) -> None:
        self._records.finish(fill, results, stopped)
        if any(results.values()):
            self.undoing.can_undo(fill.proposal_id)
        self._tell_done(fill, results, stopped)

    def _tell_done(self, fill: Fill, results: Mapping[int, bool], stopped: str) -> None:
        filled = sorted(index for index, ok in results.items() if ok)
        failed = sorted(each.index for each in fill.fields if each.index not in filled)
        self._tell(
            "fill.done", fill_id=fill.fill_id, proposal_id=fill.proposal_id, filled=filled, failed=failed,
            stopped=stopped,
        )  # fmt: skip
        self._tell("fill.changed")


def _place(window: object) -> dict[str, int]:
    """Where the browser's window is on the screen, as far as it was told."""
    if not isinstance(window, Mapping):
        return {}
    found = {name: window.get(name) for name in _PIXELS}
    good = all(isinstance(each, int) and abs(each) < 2**20 for each in found.values())
    return {name: int(each) for name, each in found.items() if each is not None} if good else {}


def _no_proposal() -> EnvironmentFault:
    return EnvironmentFault(
        "not_found", tr("This proposal is not open any more."), tr("Ask for it again in the browser.")
    )
