"""How much may come in how short a time."""

from __future__ import annotations

import time
from collections.abc import Callable


class Rate:
    """At most `most` in a second, on average, and at most `most` at once. `seconds` only goes forward."""

    def __init__(self, most: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds = most, seconds
        self._left, self._at = float(most), seconds()

    def allows(self) -> bool:
        """Whether one more may come now; one that may is counted."""
        now = self._seconds()
        self._left = min(self._most, self._left + (now - self._at) * self._most)
        self._at = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
