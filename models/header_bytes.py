"""Walks through the head of a GGUF file without believing it: every length is held against the file's own.

Texts of word lists are walked over, not made: gguf's own reader takes seconds for them.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

FORMATS = ("<B", "<b", "<H", "<h", "<I", "<i", "<f", "<?", "", "", "<Q", "<q", "<d")
"""Formats by the type numbers of the GGUF specification; 8 is a text, 9 a list."""
TEXT, LIST = 8, 9
CHUNK = 1 << 20
LONGEST_LIST = 4096
"""Numbers of a list that is kept. Figures by layer are a few hundred; word lists are longer."""
LONGEST_TEXT = 1 << 20
MOST_TEXT = 1 << 24
"""Bytes of text that are kept of one file; what a model needs (templates, licences) is far less."""
LONGEST_KEY = 1 << 16

Number = int | float | bool


@dataclass(frozen=True, slots=True)
class LongList:
    """A list that was walked over: the type number of its items and how many there are."""

    kind: int
    count: int


Value = str | int | float | bool | list[Number] | LongList


class Damaged(Exception):
    """The file is not what it says. The text completes "...: it is damaged"."""


class HeadReader:
    """A place in a file, moved on by reading. Raises Damaged where the file ends before what it promises."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size
        self._start, self._window, self._at = 0, b"", 0
        self._text_left = MOST_TEXT

    @property
    def position(self) -> int:
        """Bytes from the file's beginning."""
        return self._start + self._at

    @property
    def left(self) -> int:
        """Bytes from here to the file's end."""
        return self._size - self.position

    def number(self, form: str) -> int:
        """A whole number of a `struct` format."""
        return int(struct.unpack(form, self.bytes(struct.calcsize(form)))[0])

    def bytes(self, count: int) -> bytes:
        """So many bytes."""
        if count > self.left:
            raise Damaged("it ends in the middle of its head")
        if self._at + count > len(self._window):
            self._fill(count)
        self._at += count
        return self._window[self._at - count : self._at]

    def skip(self, count: int) -> None:
        """Leave bytes out."""
        if count > self.left:
            raise Damaged("it ends in the middle of its head")
        self._at += count
        if self._at > len(self._window):
            self._start, self._window, self._at = self.position, b"", 0
            self._file.seek(self._start)

    def key(self) -> str:
        """The name of an entry or a tensor."""
        length = self.number("<Q")
        if length >= LONGEST_KEY:
            raise Damaged(f"a name in its head is said to be {length} bytes long")
        try:
            return self.bytes(length).decode("utf-8")
        except UnicodeDecodeError:
            raise Damaged("a name in its head is no text") from None

    def value(self, kind: int) -> Value:
        """The value of an entry."""
        if kind == TEXT:
            return self._text()
        if kind == LIST:
            return self._list()
        return self._numbers(kind, 1)[0]

    def _text(self) -> str:
        length = self.number("<Q")
        if length > self.left:
            raise Damaged("a text in its head is said to be longer than the file")
        if length > LONGEST_TEXT:  # a word list as JSON: of no use here
            self.skip(length)
            return ""
        self._text_left -= length
        if self._text_left < 0:
            raise Damaged("its head holds more text than any model needs")
        return self.bytes(length).decode("utf-8", "replace")

    def _list(self) -> list[Number] | LongList:
        kind, count = self.number("<I"), self.number("<Q")
        if kind == LIST:
            raise Damaged("a list of lists is in its head")
        width = 8 if kind == TEXT else struct.calcsize(_format(kind))
        if count * width > self.left:
            raise Damaged(f"a list in its head is said to have {count} items, more than the file can hold")
        if kind == TEXT:
            self._skip_texts(count)
        elif count <= LONGEST_LIST:
            return self._numbers(kind, count)
        else:
            self.skip(count * width)
        return LongList(kind, count)

    def _numbers(self, kind: int, count: int) -> list[Number]:
        form = _format(kind)
        return [item for (item,) in struct.iter_unpack(form, self.bytes(count * struct.calcsize(form)))]

    def _skip_texts(self, count: int) -> None:
        """A loop over lengths in the window: a vocabulary has hundreds of thousands of texts."""
        length_at = struct.Struct("<Q").unpack_from
        while count:
            if self._at + 8 > len(self._window):
                self._fill(8)
            window, at, last = self._window, self._at, len(self._window) - 8
            while count and at <= last:
                at += 8 + length_at(window, at)[0]
                count -= 1
            self.skip(at - self._at)

    def _fill(self, count: int) -> None:
        rest = self._window[self._at :]
        self._start, self._at = self.position, 0
        self._window = rest + self._file.read(max(CHUNK, count) - len(rest))
        if len(self._window) < count:  # at the file's end, or it became shorter meanwhile
            raise Damaged("it ends in the middle of its head")


def _format(kind: int) -> str:
    if kind >= len(FORMATS) or not FORMATS[kind]:
        raise Damaged(f"a value in its head is of the unknown type {kind}")
    return FORMATS[kind]
