"""Forms: proposals, consent, fills and their undoing, sites."""

from __future__ import annotations

from typing import Any

from second_me.app.service.filling import shapes
from second_me.app.service.filling.fills import Fills
from second_me.app.service.filling.shown import Shown
from second_me.app.service.filling.sites import site_of
from second_me.app.service.methods.disclosure import audience_of, word_of
from second_me.app.service.methods.memory import number_of
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, text_of
from second_me.app.words import tr
from second_me.core.acting.forms import form_of
from second_me.core.acting.store import Site, SiteRule
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
_LARGEST_ID = 2**53
_LONGEST_ID = 100
_LONGEST_SITE = 1000


class FillMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._shown = Shown()

    @property
    def _fills(self) -> Fills:
        return self._state.fills

    def preview(self, peer: Peer, params: Params) -> Any:
        """`fill.preview`."""
        try:
            form = form_of(params.get("form"))
        except ValueError as error:
            raise EnvironmentFault("bad_parameters", tr("This is no form: {why}.", why=error)) from None
        site = _site(params) if params.get("site") is not None else None
        return {"rows": [shapes.row(form, each) for each in self._fills.preview(form, site)]}

    def open(self, peer: Peer, params: Params) -> Any:
        """`fill.open`."""
        return [each.proposal_id for each in self._fills.waiting()]

    def proposal(self, peer: Peer, params: Params) -> Any:
        """`fill.proposal`."""
        found = self._fills.proposal(_proposal_id(params))
        if params.get("show") is True:
            waiting = {each.proposal_id for each in self._fills.waiting()}
            self._shown.claim(found.proposal_id, peer, waiting)
        return shapes.proposal(found)

    def accept(self, peer: Peer, params: Params) -> Any:
        """`fill.accept`."""
        fill_id = self._fills.accept(_proposal_id(params), params.get("rows"))
        self._state.changed()
        return {"fill_id": fill_id}

    def dismiss(self, peer: Peer, params: Params) -> Any:
        """`fill.dismiss`."""
        self._fills.dismiss(_proposal_id(params))
        return {}

    def listing(self, peer: Peer, params: Params) -> Any:
        """`fill.list`."""
        found = self._state.house.fills.listing(number_of(params, "limit", 50))
        return [shapes.fill(each, self._fills.undoing.undoable(each)) for each in found]

    def undo(self, peer: Peer, params: Params) -> Any:
        """`fill.undo`."""
        if params.get("fill_id") is None:
            raise EnvironmentFault("bad_parameters", tr("Name a fill by its id."))
        found = self._fills.undoing.undo(number_of(params, "fill_id", 0, _LARGEST_ID))
        return {"restored": list(found.restored), "left": list(found.left)}

    def sites(self, peer: Peer, params: Params) -> Any:
        """`fill.sites`."""
        return [shapes.site(each) for each in self._state.house.fills.sites()]

    def set_site(self, peer: Peer, params: Params) -> Any:
        """`fill.set_site`."""
        known = self._state.house.fills.site(_site(params))
        rule, audience = known.rule, known.audience
        if params.get("rule") is not None:
            rule = word_of(params, "rule", SiteRule, ", ".join(SiteRule))
        if params.get("audience") is not None:
            audience = audience_of(params)
        self._fills.set_site(Site(known.site, rule, audience))
        return {"site": known.site, "rule": rule.value, "audience": audience.value}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "fill.preview": self.preview,
            "fill.open": self.open,
            "fill.proposal": self.proposal,
            "fill.accept": self.accept,
            "fill.dismiss": self.dismiss,
            "fill.list": self.listing,
            "fill.undo": self.undo,
            "fill.sites": self.sites,
            "fill.set_site": self.set_site,
        }


def _proposal_id(params: Params) -> str:
    return text_of(params, "proposal_id", _LONGEST_ID)


def _site(params: Params) -> str:
    found = site_of(text_of(params, "site", _LONGEST_SITE))
    if found is None:
        raise EnvironmentFault(
            "bad_parameters", tr("This is no site."), tr("Write it like https://shop.example.")
        )
    return found
