"""Reads the metadata at the head of a GGUF file, in milliseconds and without loading the model.

gguf's own reader takes seconds, because it makes an object of every token.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from second_me.models.faults import unusable

MAGIC = b"GGUF"
SCALARS = ("<B", "<b", "<H", "<h", "<I", "<i", "<f", "<?", "", "", "<Q", "<q", "<d")
"""Formats by the type numbers of the GGUF specification; 8 is a string, 9 an array."""
STRING, ARRAY = 8, 9
LONGEST_TEXT = 1 << 20

Value = str | int | float | bool


def embedding_length(path: Path) -> int:
    """Dimensions of the vectors that the model makes. Raises EnvironmentFault ("model_failed")."""
    try:
        with path.open("rb") as file:
            return _find_embedding_length(file)
    except (OSError, ValueError, IndexError, struct.error, UnicodeDecodeError) as problem:
        raise unusable(path, "it is damaged or not a GGUF file") from problem


def _find_embedding_length(file: BinaryIO) -> int:
    if file.read(4) != MAGIC:
        raise ValueError("no GGUF")
    _version, _tensors, entries = struct.unpack("<IQQ", file.read(20))
    architecture = None
    for _ in range(entries):
        key = _text(file)
        value = _value(file, _number(file, "<I"))
        if key == "general.architecture":
            architecture = value
        elif key == f"{architecture}.embedding_length" and isinstance(value, int):
            return value
    raise ValueError("no embedding length")


def _number(file: BinaryIO, form: str) -> int:
    (number,) = struct.unpack(form, file.read(struct.calcsize(form)))
    return int(number)


def _text(file: BinaryIO) -> str:
    length = _number(file, "<Q")
    if length > LONGEST_TEXT:
        raise ValueError("a text too long")
    return file.read(length).decode("utf-8")


def _value(file: BinaryIO, kind: int) -> Value | None:
    if kind == STRING:
        return _text(file)
    if kind == ARRAY:
        inner, count = _number(file, "<I"), _number(file, "<Q")
        for _ in range(count):
            _value(file, inner)
        return None
    (value,) = struct.unpack(SCALARS[kind], file.read(struct.calcsize(SCALARS[kind])))
    found: Value = value
    return found
