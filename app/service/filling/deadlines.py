"""Things that are to happen unless something comes before: one thread that waits for the next of them."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Hashable

from second_me.core.ports import EnvironmentFault


class Deadlines:
    """Calls what is due. The thread lives while something is set, and ends with `close`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[Hashable, tuple[float, Callable[[], None]]] = {}
        self._thread: threading.Thread | None = None

    def set(self, key: Hashable, seconds: float, call: Callable[[], None]) -> None:
        """Call `call` once, `seconds` from now; replaces what was set for this key."""
        with self._changed:
            self._due[key] = (time.monotonic() + seconds, call)
            self._begin()
            self._changed.notify()

    def cancel(self, key: Hashable) -> bool:
        """It need not happen any more; False when it has, or was not set."""
        with self._changed:
            return self._due.pop(key, None) is not None

    def close(self) -> None:
        """Nothing happens any more; returns when what happens right now is done."""
        with self._changed:
            self._due.clear()
            thread = self._thread
            self._changed.notify()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _begin(self) -> None:
        if self._thread is None and self._due:
            self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            while (call := self._next()) is not None:
                with contextlib.suppress(EnvironmentFault):  # a full disk: nobody is there to be told
                    call()
        finally:  # a bug in one ends this thread, and no other one's deadline
            with self._changed:
                if self._thread is threading.current_thread():
                    self._thread = None
                    self._begin()

    def _next(self) -> Callable[[], None] | None:
        """Wait for the next that is due; None when nothing is set any more."""
        with self._changed:
            while self._due:
                key, (at, call) = min(self._due.items(), key=lambda item: item[1][0])
                if at <= time.monotonic():
                    del self._due[key]
                    return call
                self._changed.wait(at - time.monotonic())
            self._thread = None
            return None
