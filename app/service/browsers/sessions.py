"""The browsers that are connected: their channels, pairing, and the way to the fills (docs/browser.md)."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from second_me.app.service.browsers import secrets as secret
from second_me.app.service.browsers.channel import BrowserChannel, Refusal
from second_me.app.service.browsers.link import NoFills, pass_on
from second_me.app.service.browsers.pairing import Pairing, PairingDesk
from second_me.app.service.filling.link import FillDesk
from second_me.app.service.server import Peer
from second_me.app.service.state import ServiceState
from second_me.app.words import tr
from second_me.core.acting.browsers import BrowserStore
from second_me.core.ports import EnvironmentFault

HOLD_SECONDS = 300.0
"""How long a browser that says nothing keeps the vault open when all windows are closed."""


class Line:
    """The connection of one relay. Frames are sealed and sent in one step, so that their numbers are in order."""

    def __init__(self, peer: Peer, channel: BrowserChannel) -> None:
        self.peer, self.channel, self.name = peer, channel, ""
        self._sending = threading.Lock()
        self._waiting: list[Mapping[str, Any]] | None = None

    def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame in the clear."""
        self.peer.notify("browser.send", frame=frame)

    def send(self, message: Mapping[str, Any]) -> bool:
        """Send a message of the session, sealed; False when there is none, or the message is too large.

        While an answer is being made the message waits: it may be about what the answer tells first.
        """
        with self._sending:
            if self._waiting is not None:
                self._waiting.append(message)
                return True
            return self._seal(message)

    def answer(self, make: Callable[[], Mapping[str, Any] | None]) -> None:
        """Send what `make` gives (None: nothing), and then what it has led to."""
        with self._sending:
            self._waiting = []
        answer: Mapping[str, Any] | None = None
        try:
            answer = make()
        finally:
            with self._sending:
                later, self._waiting = self._waiting, None
                for message in [*([answer] if answer is not None else []), *later]:
                    self._seal(message)

    def _seal(self, message: Mapping[str, Any]) -> bool:
        try:
            self.tell(self.channel.seal(message))
        except ValueError:
            return False
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Say no; a final no ends the connection."""
        self.tell(refusal.frame())
        if refusal.final:
            self.channel.end()
            self.peer.hang_up()


class BrowserSessions:
    """All lines. Implements `BrowserLink` for the fills and `Keys` for the channels. Safe from several threads.

    `fills` is who hears the sealed messages; `seconds` a clock that only goes forward.
    """

    def __init__(self, state: ServiceState, seconds: Callable[[], float] = time.monotonic) -> None:
        self._state, self._seconds = state, seconds
        self._guard = threading.Lock()
        self._lines: dict[Peer, Line] = {}
        self._sessions: dict[str, Line] = {}
        self._desk = PairingDesk(self._expired, seconds)
        self.fills: FillDesk = NoFills()

    def serve(self, fills: FillDesk) -> None:
        """From now on these hear the sealed messages."""
        self.fills = fills

    def receive(self, peer: Peer, frame: object) -> None:
        """A frame that a relay forwards. Answers go to the peer as notifications."""
        with self._guard:
            line = self._lines.setdefault(peer, Line(peer, BrowserChannel(self)))
        try:
            if self._state.name != "unlocked":
                raise Refusal("locked")
            self._take(line, frame)
        except Refusal as refusal:
            self._leave_desk(line)
            line.refuse(refusal)

    def gone(self, peer: Peer) -> None:
        """A relay has gone, and its session with it."""
        with self._guard:
            line = self._lines.pop(peer, None)
            ended = line is not None and self._sessions.get(line.channel.browser_id) is line
            if line is not None and ended:
                del self._sessions[line.channel.browser_id]
        if line is None:
            return
        line.channel.end()
        self._leave_desk(line)
        if ended and self._state.name == "unlocked":
            self.fills.left(line.channel.browser_id)
            self._state.broadcast("browser.changed")

    def send(self, browser_id: str, message: Mapping[str, Any]) -> bool:
        """See `BrowserLink`."""
        with self._guard:
            line = self._sessions.get(browser_id)
        return line is not None and line.send(message)

    def want_window(self, browser_id: str) -> None:
        """See `BrowserLink`."""
        with self._guard:
            line = self._sessions.get(browser_id)
        if line is not None:
            line.peer.notify("browser.window_wanted")

    def connected(self) -> frozenset[str]:
        """The browsers that have a session now."""
        with self._guard:
            return frozenset(self._sessions)

    def allow_pairing(self, seconds: float) -> None:
        """The person waits for a browser."""
        self._desk.allow(seconds)

    def confirm_pairing(self, pairing_id: str, same: bool) -> None:
        """The person has compared the codes. Raises EnvironmentFault("not_found")."""
        found = self._desk.settle(pairing_id)
        if found is None:
            raise EnvironmentFault("not_found", tr("This pairing is over."), tr("Start it again."))
        if same:
            self._store.pair(found.name, found.key, self._state.house.clock.now())
        self._answer(found, {"kind": "paired"} if same else Refusal("declined").frame())
        self._state.broadcast("browser.changed")

    def forget(self, browser_id: str) -> None:
        """A browser is paired no more, and its session ends. Raises EnvironmentFault("not_found")."""
        if not self._store.forget(browser_id):
            raise EnvironmentFault("not_found", tr("There is no such browser."))
        with self._guard:
            line = self._sessions.get(browser_id)
        if line is not None:
            line.refuse(Refusal("not_paired", final=True))
        self._state.broadcast("browser.changed")

    def own(self) -> EllipticCurvePrivateKey:
        """See `Keys`."""
        with _unlocked():
            scalar = self._store.identity()
            if scalar is None:
                scalar = self._store.keep_identity(secret.scalar_of(secret.new_key()))
        return secret.key_of(scalar)

    def known(self, key: bytes) -> str | None:
        """See `Keys`."""
        with _unlocked():
            browser = self._store.by_key(key)
        return None if browser is None else browser.browser_id

    def may_pair(self, channel: BrowserChannel) -> None:
        """See `Keys`."""
        self._desk.begin(channel)

    def show(self, channel: BrowserChannel, name: str, key: bytes, code: str) -> None:
        """See `Keys`."""
        shown = self._desk.show(channel, name, key, code)
        self._state.broadcast("browser.pairing", pairing_id=shown.pairing_id, name=name, code=code)

    @property
    def _store(self) -> BrowserStore:
        return self._state.house.browsers

    def _take(self, line: Line, frame: object) -> None:
        taken = line.channel.take(frame)
        if taken.reply is not None:
            line.tell(taken.reply)
        if taken.began:
            self._begin(line)
        if taken.message is not None:
            self._pass_on(line, taken.message)

    def _begin(self, line: Line) -> None:
        """A session has begun; an earlier one of the same browser is over."""
        browser_id = line.channel.browser_id
        line.name = next((each.name for each in self._store.listing() if each.browser_id == browser_id), "")
        self._hold(line)
        line.send({"kind": "ready"})
        with self._guard:
            before = self._sessions.get(browser_id)
            self._sessions[browser_id] = line
        if before is not None:
            self.fills.left(browser_id)
            before.refuse(Refusal("busy", final=True))
        with contextlib.suppress(EnvironmentFault):  # a full disk keeps nobody out
            self._store.seen(browser_id, self._state.house.clock.now())
        self._state.broadcast("browser.changed")

    def _pass_on(self, line: Line, message: dict[str, Any]) -> None:
        self._hold(line)
        try:
            line.answer(lambda: pass_on(self.fills, line.channel.browser_id, line.name, message))
        except ValueError:
            raise Refusal("bad_message", final=True) from None

    def _hold(self, line: Line) -> None:
        line.peer.holds_until = self._seconds() + HOLD_SECONDS

    def _leave_desk(self, line: Line) -> None:
        if self._desk.leave(line.channel):
            self._state.broadcast("browser.changed")

    def _expired(self, pairing: Pairing) -> None:
        self._answer(pairing, Refusal("timeout").frame())
        self._state.broadcast("browser.changed")

    def _answer(self, pairing: Pairing, frame: dict[str, Any]) -> None:
        pairing.channel.settle()
        with self._guard:
            line = next((each for each in self._lines.values() if each.channel is pairing.channel), None)
        if line is not None:
            line.tell(frame)


@contextlib.contextmanager
def _unlocked() -> Any:
    """What the vault refuses because it is locked is refused so."""
    try:
        yield
    except EnvironmentFault as fault:
        raise Refusal("locked" if fault.code in ("locked", "no_vault") else "no_service") from None
