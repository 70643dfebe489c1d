"""Who may be paired, and when: only while the person waits for a browser, one at a time, a few tries."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from second_me.app.service.browsers.channel import BrowserChannel, Refusal

MOST_TRIES = 5
LONGEST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Pairing:
    """A browser whose code is on both screens."""

    pairing_id: str
    channel: BrowserChannel
    name: str
    key: bytes
    code: str


class PairingDesk:
    """Keeps the one pairing that may be under way. `expired` hears of one that the person let pass.

    Safe from several threads; `seconds` is a clock that only goes forward.
    """

    def __init__(
        self, expired: Callable[[Pairing], None], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._expired, self._seconds = expired, seconds
        self._guard = threading.Lock()
        self._until, self._tries = 0.0, 0
        self._channel: BrowserChannel | None = None
        self._shown: Pairing | None = None
        self._timer: threading.Timer | None = None
        self._waiting = object()

    def allow(self, seconds: float) -> None:
        """The person waits for a browser, for so long from now on (0: no more)."""
        with self._guard:
            self._until, self._tries = self._seconds() + seconds, MOST_TRIES
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(seconds, self._expire, [waiting := object()])
            self._waiting = waiting
            self._timer.daemon = True
            self._timer.start()

    def begin(self, channel: BrowserChannel) -> None:
        """A try. Raises Refusal("not_paired") when nobody waits for it, "busy" while another one is under way."""
        with self._guard:
            if self._seconds() >= self._until or self._tries <= 0:
                raise Refusal("not_paired")
            if self._channel is not None and self._channel is not channel:
                raise Refusal("busy")
            self._tries -= 1
            self._channel = channel

    def show(self, channel: BrowserChannel, name: str, key: bytes, code: str) -> Pairing:
        """The codes are there. Raises Refusal("timeout") when it took too long."""
        with self._guard:
            if self._channel is not channel or self._seconds() >= self._until:
                raise Refusal("timeout")
            self._shown = Pairing(f"pairing-{secrets.token_hex(8)}", channel, name, key, code)
            return self._shown

    def settle(self, pairing_id: str) -> Pairing | None:
        """The person has decided: the pairing of this id is over, and no other may begin. None: there is none."""
        with self._guard:
            found = self._shown
            if found is None or found.pairing_id != pairing_id:
                return None
            self._close()
            return found

    def shown(self) -> Pairing | None:
        """The pairing that waits for the person."""
        with self._guard:
            return self._shown

    def leave(self, channel: BrowserChannel) -> bool:
        """A connection is no more; whether its code was on the screen."""
        with self._guard:
            if self._channel is not channel:
                return False
            was_shown = self._shown is not None
            self._channel = self._shown = None
            return was_shown

    def close(self) -> None:
        """Nobody waits any more."""
        with self._guard:
            self._close()

    def _close(self) -> None:
        self._until, self._tries = 0.0, 0
        self._channel = self._shown = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _expire(self, waiting: object) -> None:
        with self._guard:
            if self._waiting is not waiting:
                return  # it was allowed anew meanwhile
            left = self._shown
            self._close()
        if left is not None:
            self._expired(left)
