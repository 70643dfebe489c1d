"""Bytes of tokens to pieces of text."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class Pieces:
    """Bytes of tokens to text: whole characters only, and nothing from a stop string on."""

    def __init__(self, stop: Sequence[str]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stop = [word for word in stop if word]
        self._held = ""
        self.stopped = False

    def feed(self, data: bytes, final: bool = False) -> str:
        """The text that is certain; what may become a stop string is held back until `final`."""
        text = self._held + self._decoder.decode(data, final)
        found = [at for at in (text.find(word) for word in self._stop) if at >= 0]
        if found:
            self.stopped, self._held = True, ""
            return text[: min(found)]
        tail = 0 if final else max((_overlap(text, word) for word in self._stop), default=0)
        self._held = text[len(text) - tail :]
        return text[: len(text) - tail]


def _overlap(text: str, word: str) -> int:
    """How many characters at the end of the text are a beginning of the word."""
    longest = min(len(text), len(word) - 1)
    return next((length for length in range(longest, 0, -1) if text.endswith(word[:length])), 0)
