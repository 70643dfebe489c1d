"""What waits to be decided: a window for each proposal, then what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.fill import words
from second_me.app.views.fill.proposal import ProposalWindow
from second_me.app.views.fill.result import Result
from second_me.app.words import tr


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was agreed to and is on its way: the names of its fields, and where its window stood."""

    names: Mapping[int, str]
    near: QRect


class ProposalDesk(QObject):
    """Shows every proposal that this window's process is the first to take. `quiet`: nothing is shown any more."""

    quiet = Signal()
    busy = Signal()

    def __init__(self, service: Service, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service, self._theme = service, theme
        self.windows: dict[str, ProposalWindow] = {}
        self.results: list[Result] = []
        self._sent: dict[str, _Sent] = {}
        self._hears = {
            "fill.proposed": self._proposed,
            "fill.withdrawn": self._withdrawn,
            "fill.done": self._done,
        }
        service.notified.connect(self._hear)

    def look(self) -> None:
        """Show what waits already."""
        self._service.request("fill.open", {}, self._open, self._no_matter)

    def is_quiet(self) -> bool:
        """Whether nothing is shown and nothing is on its way."""
        return not (self.windows or self.results or self._sent)

    def clear(self) -> None:
        """Take everything off the screen: it is locked, or the application ends."""
        self._sent = {}
        for window in list(self.windows.values()):
            window.close()
        for result in list(self.results):
            result.close()

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if (hears := self._hears.get(method)) is not None:
            hears(params)

    def _open(self, waiting: Sequence[str]) -> None:
        for proposal_id in waiting:
            self._take(str(proposal_id))

    def _proposed(self, params: dict[str, Any]) -> None:
        self._take(str(params["proposal_id"]))

    def _take(self, proposal_id: str) -> None:
        """Only one of several windows is given it to show. What is shown already has other rows now."""
        wanted = {"proposal_id": proposal_id, "show": True}
        self._service.request("fill.proposal", wanted, self._show, self._no_matter)

    def _show(self, proposal: dict[str, Any]) -> None:
        proposal_id = str(proposal["proposal_id"])
        if proposal_id in self.windows:
            self._renew(self.windows[proposal_id], proposal)
            return
        for before in [each for each in self.windows.values() if each.is_withdrawn()]:
            before.close()
        window = ProposalWindow(self._theme, proposal)
        self.windows[proposal_id] = window
        window.agreed.connect(lambda rows: self._accept(proposal_id, rows))
        window.left.connect(lambda: self._dismiss(proposal_id))
        window.site_set.connect(lambda choice: self._set_site(proposal_id, choice))
        window.closed.connect(lambda: self._closed(proposal_id))
        self.busy.emit()
        window.show()

    def _accept(self, proposal_id: str, rows: list[dict[str, Any]]) -> None:
        window = self.windows[proposal_id]
        names = {int(row["index"]): words.field_name(row) for row in window.proposal["rows"]}
        self._sent[proposal_id] = _Sent(names, window.card())
        wanted = {"proposal_id": proposal_id, "rows": rows}
        self._service.request(
            "fill.accept", wanted, None, lambda fault: self._refused(proposal_id, fault), self
        )

    def _refused(self, proposal_id: str, fault: RemoteFault) -> None:
        sent = self._sent.pop(proposal_id, None)
        if sent is not None:
            self._say(sent.near, f"{fault.what} {fault.action}".strip())

    def _dismiss(self, proposal_id: str) -> None:
        self._service.request("fill.dismiss", {"proposal_id": proposal_id}, None, self._no_matter)

    def _set_site(self, proposal_id: str, choice: dict[str, Any]) -> None:
        """ "Never" ends it. Another audience may know other things: the rows come anew as `fill.proposed`."""
        window = self.windows[proposal_id]
        if choice.get("rule") == "never":
            window.leave()
        self._service.request("fill.set_site", {"site": window.proposal["site"], **choice})

    def _renew(self, window: ProposalWindow, proposal: dict[str, Any]) -> None:
        if not window.is_withdrawn():
            window.show_proposal(proposal)

    def _withdrawn(self, params: dict[str, Any]) -> None:
        window = self.windows.get(str(params["proposal_id"]))
        if window is not None:
            window.withdraw()

    def _done(self, params: dict[str, Any]) -> None:
        sent = self._sent.pop(str(params["proposal_id"]), None)
        if sent is None:
            return
        failed = [sent.names.get(int(index), "") for index in params["failed"]]
        filled = len(params["filled"])
        said = words.done(filled, failed, str(params.get("stopped") or ""))
        fill_id = params["fill_id"]
        result = self._say(sent.near, said)
        if filled:
            result.say(said, lambda: self._undo(fill_id, result))

    def _undo(self, fill_id: Any, result: Result) -> None:
        def undone(told: dict[str, Any]) -> None:
            result.say(words.undone(len(told["restored"]), len(told["left"])))

        def failed(fault: RemoteFault) -> None:
            result.say(f"{fault.what} {fault.action}".strip())

        result.say(tr("Putting back what was there …"))
        self._service.request("fill.undo", {"fill_id": fill_id}, undone, failed, result)

    def _say(self, near: QRect, text: str) -> Result:
        for before in list(self.results):
            before.close()
        result = Result(self._theme, near)
        self.results.append(result)
        result.closed.connect(lambda: self._over(result))
        self.busy.emit()
        result.say(text)
        return result

    def _closed(self, proposal_id: str) -> None:
        self.windows.pop(proposal_id).deleteLater()
        self._rest()

    def _over(self, result: Result) -> None:
        if result in self.results:
            self.results.remove(result)
            result.deleteLater()
            self._rest()

    def _rest(self) -> None:
        if self.is_quiet():
            self.quiet.emit()

    def _no_matter(self, _fault: RemoteFault) -> None:
        """Another window shows it, it is gone, or there is nobody to ask: nothing is lost by saying nothing."""
