"""A JSON list read element by element, so that a file of any size needs the memory of its largest element."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

MAX_ELEMENT = 64 << 20
"""Characters."""
_CHUNK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")


class BrokenListError(ValueError):
    """From here on it is no JSON list (or an element is larger than MAX_ELEMENT)."""


class JsonList:
    """Iterates once over the elements. Raises BrokenListError where it breaks; what came before stands."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0

    def __iter__(self) -> Iterator[object]:
        self._expect("[")
        if self._next() == "]":
            return
        while True:
            yield self._element()
            if self._next() == "]":
                return
            self._expect(",")

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            raise BrokenListError
        self._at += 1

    def _next(self) -> str:
        """The next character that is no space, "" at the end; it is not taken."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_CHUNK):
                return ""

    def _more(self, size: int) -> bool:
        read = self._stream.read(size)
        self._text, self._at = self._text[self._at :] + read, 0
        return bool(read)

    def _element(self) -> object:
        """One element. What does not parse may only be cut off: twice as much is tried, up to the bound."""
        self._next()
        while True:
            waiting = len(self._text) - self._at
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise BrokenListError from None
            except ValueError:
                if waiting > MAX_ELEMENT or not self._more(max(_CHUNK, waiting)):
                    raise BrokenListError from None
                continue
            # A number at the very end may go on in the next chunk.
            if end == len(self._text) and self._more(_CHUNK):
                continue
            self._at += end - self._at
            return value
