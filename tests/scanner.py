"""Finds a text in files, however it was written: UTF-8, UTF-16 either way, and base64 at every alignment."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path


def spellings(text: str) -> dict[str, bytes]:
    """The bytes to look for, by the name of the encoding."""
    plain = {
        "utf-8": text.encode(),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
    }
    found = dict(plain)
    for name, content in plain.items():
        for shift in range(3):
            found[f"base64 of {name} at {shift}"] = _base64_middle(content, shift)
    return found


def _base64_middle(content: bytes, shift: int) -> bytes:
    """The letters of base64 that depend on the content alone, `shift` bytes after a multiple of three."""
    padded = bytes(shift) + content
    whole = padded[: len(padded) // 3 * 3]
    return base64.b64encode(whole)[-(-shift * 4 // 3) if shift else 0 :]


def occurrences(folder: Path, text: str) -> Iterator[tuple[Path, str]]:
    """(file, encoding) of everything below a folder that holds the text, in the file or in its name."""
    wanted = spellings(text)
    for path in sorted(folder.rglob("*")):
        content = str(path.relative_to(folder)).encode() + b"\0"
        content += path.read_bytes() if path.is_file() else b""
        for name, needle in wanted.items():
            if needle in content:
                yield path, name
