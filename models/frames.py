"""Frames between the service and the model's process: a JSON object, and bytes for what JSON is too slow for.

Layout: two little-endian 32-bit lengths, the JSON in UTF-8, the bytes (float32 rows of vectors, a conversation's
state). A state has tens of megabytes, so bytes are neither joined nor cut on their way.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
from typing import Any, BinaryIO, Protocol

import numpy as np

LENGTHS = struct.Struct("<II")
LARGEST = 256 * 1024 * 1024

PIPE_BYTES = 1 << 20
"""What a pipe is asked to hold, instead of the system's 64 kB: fewer turns between writer and reader."""

Fields = dict[str, Any]
Payload = bytes | memoryview


class Send(Protocol):
    """Sends one frame."""

    def __call__(self, fields: Fields, payload: Payload = b"") -> None:
        """As `write_frame`."""


class TornFrame(Exception):
    """The other side ended in the middle of a frame, or what came is no frame."""


def write_frame(stream: BinaryIO, fields: Fields, payload: Payload = b"") -> None:
    """Write one frame and flush. Raises OSError when the other side is gone."""
    text = json.dumps(fields, ensure_ascii=True).encode("ascii")
    stream.write(LENGTHS.pack(len(text), len(payload)) + text)
    if len(payload):
        stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Fields, Payload] | None:
    """The next frame, waiting for it; None when the stream ended between two. Raises TornFrame."""
    head = stream.read(LENGTHS.size)
    if not head:
        return None
    if len(head) < LENGTHS.size:
        raise TornFrame
    text, payload = LENGTHS.unpack(head)
    if text + payload > LARGEST:
        raise TornFrame
    fields, content = stream.read(text), _read_bytes(stream, payload)
    if len(fields) < text:
        raise TornFrame
    return json.loads(fields), content


def _read_bytes(stream: BinaryIO, size: int) -> Payload:
    """Into memory that is not zeroed before (numpy's, in huge pages where the system has them)."""
    content = np.empty(size, np.uint8).data
    done = 0
    while done < size:
        got = stream.readinto(content[done:])  # type: ignore[attr-defined]
        if not got:
            raise TornFrame
        done += got
    return content


def widen(pipe: BinaryIO) -> None:
    """Let a pipe hold more, where the system has that; it is only faster."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
