"""What goes on around the jobs of upkeep: who waits for an answer, what the person does, what the machine says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import psutil

from second_me.app.service.server import Method, Peer

UNNOTICED = frozenset(("hello", "status", "upkeep.status", "model.status", "budget.status"))
"""Requests that a client makes by itself, with nobody at the keys."""


class Activity:
    """How many requests are being served, and how long ago the last one of the person's was.

    `seconds` is a clock that only goes forward.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._guard = threading.Lock()
        self._serving, self._last = 0, seconds()

    def watched(self, table: Mapping[str, Method]) -> dict[str, Method]:
        """The same methods; serving one of them is seen."""
        return {name: method if name in UNNOTICED else self._seen(method) for name, method in table.items()}

    def serving(self) -> bool:
        """Whether a client waits for something."""
        return self._serving > 0

    def still(self) -> timedelta:
        """For how long nothing was asked for."""
        return timedelta(seconds=max(0.0, self._seconds() - self._last))

    def _seen(self, method: Method) -> Method:
        def serve(peer: Peer, params: dict[str, Any]) -> Any:
            self._count(1)
            try:
                return method(peer, params)
            finally:
                self._count(-1)

        return serve

    def _count(self, more: int) -> None:
        with self._guard:
            self._serving += more
            self._last = self._seconds()


def on_battery() -> bool:
    """Whether this computer runs on its battery; one that has none, or does not tell, does not."""
    ask = getattr(psutil, "sensors_battery", None)
    try:
        battery = ask() if ask else None
    except OSError:
        return False
    return battery is not None and battery.power_plugged is False


def load() -> float:
    """Processes that want to compute, for each processor, over the last minute."""
    try:
        return float(psutil.getloadavg()[0]) / (psutil.cpu_count() or 1)
    except OSError:
        return 0.0
