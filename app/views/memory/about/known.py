"""What the window knows of facts and contradictions, and what the person does about them."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from second_me.app.service.protocol import RemoteFault
from second_me.app.views.bridge import Done, Service
from second_me.app.views.memory.about.words import Fact

REFRESH_MS = 300
Pair = tuple[Fact, Fact]


class Known(QObject):
    """Facts and contradictions as the service told them last. `changed`: they were told anew."""

    changed = Signal()
    loading = Signal()
    failed = Signal(object)
    """A RemoteFault: they could not be read."""
    refused = Signal(object)
    """A RemoteFault: something that the person did came to nothing."""

    def __init__(self, service: Service, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service
        self._asked = 0
        self._settled: set[frozenset[int]] = set()
        self._pairs: list[Pair] = []
        self.facts: list[Fact] = []
        self.ready, self.stale, self._seen = False, True, False
        self._rest = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._rest.timeout.connect(self._refresh)
        service.notified.connect(self._hear)

    @property
    def contradictions(self) -> list[Pair]:
        """Those that wait for the person's word."""
        return [pair for pair in self._pairs if _ids(pair) not in self._settled]

    def watch(self, seen: bool) -> None:
        """Whether anybody looks: only then is it kept up to date."""
        self._seen = seen
        self._refresh()

    def reload(self) -> None:
        """Ask for both again."""
        self._asked += 1
        asked = self._asked
        self.stale = False
        self.loading.emit()
        self._ask("facts.list", {}, lambda facts: self._told(asked, facts))

    def add(self, subject: str, slot: str, value: str, done: Done) -> None:
        """Tell a fact."""
        self._act("facts.add", {"slot": slot, "value": value, "subject": subject}, done)

    def edit(self, fact: Fact, value: str, done: Done) -> None:
        """Put another value in its place."""
        self._act("facts.edit", {"fact_id": fact["fact_id"], "value": value}, done)

    def confirm(self, fact: Fact, done: Done) -> None:
        """It is so."""
        self._act("facts.confirm", {"fact_id": fact["fact_id"]}, done)

    def end(self, fact: Fact, day: date | None, done: Done) -> None:
        """It holds no longer since a day; None: since now."""
        when = {"at": f"{day.isoformat()}T00:00:00"} if day and day != date.today() else {}
        self._act("facts.end", {"fact_id": fact["fact_id"], **when}, done)

    def set_level(self, fact: Fact, level: str | None, done: Done) -> None:
        """How private it is; None: as I judge it myself."""
        self._act("disclosure.set", {"fact_id": fact["fact_id"], "sensitivity": level}, done)

    def reopen(self, fact: Fact, done: Done) -> None:
        """It holds after all."""
        self._act("facts.reopen", {"fact_id": fact["fact_id"]}, done)

    def settle(self, pair: Pair, verdict: str | None, done: Done) -> None:
        """The person's word on a contradiction; None takes it back. It is gone from the inbox at once."""
        if verdict is None:
            self._settled.discard(_ids(pair))
        else:
            self._settled.add(_ids(pair))
        first, second = pair
        ids = {"first": first["fact_id"], "second": second["fact_id"], "verdict": verdict}

        def refused(fault: RemoteFault) -> None:
            self._settled.discard(_ids(pair))
            self.changed.emit()
            self.refused.emit(fault)

        def then(result: Any) -> None:
            self.stale = True
            self._rest.start()
            done(result)

        self._service.request("contradictions.settle", ids, then, refused, self)
        self.changed.emit()

    def _told(self, asked: int, facts: list[dict[str, Any]]) -> None:
        if asked == self._asked:
            self._ask("contradictions.list", {}, lambda pairs: self._both(asked, facts, pairs))

    def _both(self, asked: int, facts: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> None:
        if asked != self._asked:
            return
        self.facts = list(facts)
        self._pairs = [(pair["first"], pair["second"]) for pair in pairs]
        self._settled &= {_ids(pair) for pair in self._pairs}
        self.ready = True
        self.changed.emit()

    def _ask(self, method: str, params: dict[str, Any], done: Done) -> None:
        self._service.request(method, params, done, self.failed.emit, self)

    def _act(self, method: str, params: dict[str, Any], done: Done) -> None:
        def then(result: Any) -> None:
            self.stale = True
            self._rest.start()
            done(result)

        self._service.request(method, params, then, self.refused.emit, self)

    def _hear(self, method: str, _params: dict[str, Any]) -> None:
        if method in ("facts.changed", "memories.changed"):
            self.stale = True
            self._rest.start()

    def _refresh(self) -> None:
        if self.stale and self._seen:
            self.reload()


def _ids(pair: Pair) -> frozenset[int]:
    return frozenset(int(fact["fact_id"]) for fact in pair)
