"""Frames between the service and the model's process: a JSON object, and bytes for what JSON is too slow for.

Layout: two little-endian 32-bit lengths, the JSON in UTF-8, the bytes (float32 rows of vectors).
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct("<II")
LARGEST = 256 * 1024 * 1024

Fields = dict[str, Any]


class TornFrame(Exception):
    """The other side ended in the middle of a frame, or what came is no frame."""


def write_frame(stream: BinaryIO, fields: Fields, payload: bytes = b"") -> None:
    """Write one frame and flush. Raises OSError when the other side is gone."""
    text = json.dumps(fields, ensure_ascii=True).encode("ascii")
    stream.write(LENGTHS.pack(len(text), len(payload)) + text + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Fields, bytes] | None:
    """The next frame, waiting for it; None when the stream ended between two. Raises TornFrame."""
    head = stream.read(LENGTHS.size)
    if not head:
        return None
    if len(head) < LENGTHS.size:
        raise TornFrame
    text, payload = LENGTHS.unpack(head)
    if text + payload > LARGEST:
        raise TornFrame
    body = stream.read(text + payload)
    if len(body) < text + payload:
        raise TornFrame
    return json.loads(body[:text]), body[text:]
