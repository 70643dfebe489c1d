"""Pages of HTML from files, for the commands that read forms."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from second_me.app.cli.common import DONE, NOTHING, PARTLY, say
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr
from second_me.core.acting.forms import Form
from second_me.core.acting.html_page import read_page

LARGEST = 20_000_000
"""Bytes of a page."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD = 2048
"""Bytes within which a page says its encoding (https://html.spec.whatwg.org/#charset)."""


def read_form(path: str) -> Form:
    """The form of a page; "-" reads stdin. Raises RemoteFault("unreadable_file")."""
    content = _content(path)
    if len(content) > LARGEST:
        raise _unreadable(path, tr("it is larger than {n} MB", n=LARGEST // 1_000_000))
    return read_page(_decoded(path, content))


def run_pages(paths: Sequence[str], show: Callable[[str, Form], None]) -> int:
    """Show the form of each page; one that cannot be read is named and passed over. The exit code."""
    done = 0
    for path in paths:
        try:
            show(path, read_form(path))
            done += 1
        except RemoteFault as fault:
            if fault.code not in ("unreadable_file", "bad_parameters"):
                raise
            say(f"{fault.what} {fault.action}".strip())
    return NOTHING if not done else DONE if done == len(paths) else PARTLY


def named(path: str, paths: Sequence[str]) -> dict[str, Any]:
    """What tells a line of one page from those of another, where there are several."""
    return {"page": path} if len(paths) > 1 else {}


def _content(path: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(path).open("rb") as page:
            return page.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or str(error)) from None


def _decoded(path: str, content: bytes) -> str:
    """The text, by its byte order mark, by what the page says, as UTF-8, or as browsers read what is none of it."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    if b"\0" in content:
        raise _unreadable(path, tr("it is no page of text"))
    said = _CHARSET.search(content[:_HEAD])
    for name in (said[1].decode("ascii") if said else "utf-8", "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError):
            continue
    return content.decode("cp1252", "replace")


def _unreadable(path: str, why: str) -> RemoteFault:
    return RemoteFault("unreadable_file", tr("{path} cannot be read: {why}.", path=path, why=why))
