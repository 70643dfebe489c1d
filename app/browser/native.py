"""Native messaging (how browsers speak with programs that they start): a length of 4 bytes in the machine's own order,
then so many bytes of JSON in UTF-8, on standard input and output.
https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

LARGEST_READ = 4_000_000
LARGEST_WRITTEN = 1_000_000
"""Bytes. Browsers end a host that sends more than 1 MB."""
MOST_MEMBERS = 16
LARGEST_NUMBER = 2**53 - 1
_CHUNK = 1 << 16

Frame = dict[str, str | int]


class TooLarge(ValueError):
    """The length before a message is more than we read."""


class Pipes:
    """Both ends towards the browser, by their file descriptors. Writing is safe from several threads."""

    def __init__(self, source: int, sink: int) -> None:
        self._source, self._sink = source, sink
        self._writing = threading.Lock()

    def read(self) -> Frame | None:
        """The next frame; None at the end, also in the middle of a message.

        Raises TooLarge, and ValueError for what is no frame.
        """
        head = self._exactly(4)
        if head is None:
            return None
        length = int.from_bytes(head, sys.byteorder)
        if length > LARGEST_READ:
            raise TooLarge(str(length))
        content = self._exactly(length)
        return None if content is None else frame_of(content)

    def write(self, frame: dict[str, Any]) -> None:
        """Send a frame. Raises ValueError when it is too large, OSError when the browser is gone."""
        content = json.dumps(frame).encode("ascii")
        if len(content) > LARGEST_WRITTEN:
            raise ValueError("larger than a browser takes")
        data = memoryview(len(content).to_bytes(4, sys.byteorder) + content)
        with self._writing:
            while data:
                data = data[os.write(self._sink, data) :]

    def _exactly(self, length: int) -> bytes | None:
        parts: list[bytes] = []
        while length:
            part = os.read(self._source, min(length, _CHUNK))
            if not part:
                return None
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


def frame_of(content: bytes) -> Frame:
    """The frame of a message's bytes: a flat object of texts and whole numbers. Raises ValueError."""
    try:
        found = json.loads(content.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict) or len(found) > MOST_MEMBERS:
        raise ValueError("a frame is a small object")
    if not all(_is_plain(value) for value in found.values()):
        raise ValueError("a frame is flat")
    return found


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return True
    return type(value) is int and abs(value) <= LARGEST_NUMBER


def own_pipes() -> Pipes:
    """The pipes that the browser gave this process. Whatever else is written to standard output goes to standard
    error from now on, so that nothing but frames reaches the browser."""
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
    sink = os.dup(1)
    os.dup2(2, 1)
    return Pipes(0, sink)
