"""Opens files for the importers: nothing is trusted, every amount is bounded, every fault is a sentence.

A chat service's .zip is read through: its `members` are the texts in it that some format knows by name.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from second_me.app.importers.items import Refused, storable
from second_me.app.words import tr
from second_me.core.ports import BadLine, EnvironmentFault

HEAD_BYTES = 65_536
MAX_LINE_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 2 << 30
"""Of one text in an archive. It is streamed: this bounds time, not memory."""

_MEMBER = re.compile(r"(?:^|/)(?:conversations(?:-\d+)?\.json|_chat\.txt|[^/]*whatsapp[^/]*\.txt)$", re.I)
_BROKEN = (OSError, BadZipFile, zlib.error, EOFError)
# What zipfile lets out for damaged, encrypted or unusual archives when it opens them.
_BROKEN_ARCHIVE = (*_BROKEN, ValueError, RuntimeError, struct.error)
_MAX_UNREADABLE_SHARE = 0.1
_MAGIC = {b"%PDF-": "PDF", b"{\\rtf": "RTF", b"\xd0\xcf\x11\xe0": "Microsoft Office"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):
    """One line without its end; `number` counts from 1."""

    number: int
    text: str


def shown(path: Path) -> str:
    """The path as text that can be stored and sent (names on disk may hold bytes that are no text)."""
    return str(path).encode("utf-8", "replace").decode()


def name_of(path: Path) -> str:
    """The file's name, the same whichever system wrote it (some decompose accents)."""
    return unicodedata.normalize("NFC", path.name.encode("utf-8", "replace").decode())


def head(path: Path) -> str:
    """The beginning of the file's text, at most 64 kB.

    Raises EnvironmentFault: `unreadable_file` for what cannot be opened, `unknown_format` for no text.
    """
    _must_be_file(path)
    with opened(path, members(path)[0]) as stream:
        raw = stream.read(HEAD_BYTES)
    return _text_of(path, raw)


def members(path: Path, ending: str = "") -> Sequence[str | None]:
    """The texts to read in a file: `[None]` for the file itself, the known names when it is a .zip.

    Raises EnvironmentFault for an archive without any that ends so.
    """
    if not _is_archive(path):
        return [None]
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except _BROKEN_ARCHIVE as fault:
        raise _unreadable(path, fault) from fault
    known = sorted(name for name in names if _MEMBER.search(name) and not name.startswith("__MACOSX"))
    wanted = [name for name in known if name.lower().endswith(ending)]
    if not wanted:
        raise EnvironmentFault(
            "unknown_format",
            tr("The archive {path} holds no export that can be read.", path=shown(path)),
            tr("Unpack it and import the folder."),
        )
    return wanted


@contextmanager
def opened(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    """The bytes of a file or of a member of an archive. Raises EnvironmentFault, also while they are read."""
    try:
        with ExitStack() as stack:
            yield stack.enter_context(path.open("rb") if member is None else _member(path, member))
    except _BROKEN as fault:
        raise _unreadable(path, fault) from fault


def lines(path: Path, member: str | None = None) -> Iterator[Line | BadLine]:
    """The lines of a text. Longer ones than 1 MiB and those that are not UTF-8 come as bad lines."""
    with opened(path, member) as stream:
        number = 0
        while raw := stream.readline(MAX_LINE_BYTES):
            number += 1
            too_long = _skip_rest(stream, raw)
            try:
                yield Line(number, _decoded(raw, number, too_long))
            except Refused as refusal:
                yield BadLine(shown(path), number, str(refusal))


def _skip_rest(stream: IO[bytes], raw: bytes) -> bool:
    """Whether the line goes on beyond the bound; if so, the stream is moved to its end."""
    too_long = False
    while len(raw) == MAX_LINE_BYTES and not raw.endswith(b"\n"):
        raw = stream.readline(MAX_LINE_BYTES)
        too_long = too_long or bool(raw)
    return too_long


def _decoded(raw: bytes, number: int, too_long: bool) -> str:
    if too_long:
        raise Refused(tr("the line is longer than {bytes} bytes", bytes=MAX_LINE_BYTES))
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise Refused(tr("the line is not UTF-8 text")) from None
    return storable(text.removesuffix("\n").removesuffix("\r"))


def _member(path: Path, member: str) -> IO[bytes]:
    try:
        # The stream keeps the archive open for as long as it needs it.
        with ZipFile(path) as archive:
            info = archive.getinfo(member)
            if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise BadZipFile(tr("its compression is not supported"))
            # zipfile never gives more than the declared size, so this bounds a bomb too.
            if info.file_size > MAX_UNPACKED_BYTES:
                raise BadZipFile(tr("it unpacks to more than {gb} GB", gb=MAX_UNPACKED_BYTES >> 30))
            return archive.open(info)
    except _BROKEN_ARCHIVE as fault:
        raise _unreadable(path, fault) from fault


def _is_archive(path: Path) -> bool:
    with opened(path, None) as stream:
        return stream.read(4) == b"PK\x03\x04"


def _must_be_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise EnvironmentFault(
            "unreadable_file",
            tr("There is no file {path}.", path=shown(path)),
            tr("Check the name and the folder."),
        ) from None
    except (OSError, ValueError) as fault:
        raise _unreadable(path, fault) from fault
    if S_ISREG(mode):
        return
    kind = tr("{path} is a folder.") if S_ISDIR(mode) else tr("{path} is not a file.")
    raise EnvironmentFault(
        "unreadable_file", kind.format(path=shown(path)), tr("Choose a file that can be imported.")
    )


def _unreadable(path: Path, fault: Exception) -> EnvironmentFault:
    why = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return EnvironmentFault(
        "unreadable_file",
        tr("{path} cannot be read: {why}.", path=shown(path), why=why),
        tr("Check that the file is whole and that you may read it."),
    )


def _text_of(path: Path, raw: bytes) -> str:
    refusal = _no_text(raw)
    if refusal:
        raise EnvironmentFault(
            "unknown_format",
            tr("{path} cannot be imported: {why}.", path=shown(path), why=refusal),
            tr("Save it as text (UTF-8) and import that."),
        )
    return raw.decode("utf-8-sig", "replace")


def _no_text(raw: bytes) -> str | None:
    """Why these bytes are no text, None when they are."""
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            return tr("it is a {kind} file", kind=kind)
    if raw.startswith(_UTF16):
        return tr("it is UTF-16 text")
    text = raw.decode("utf-8-sig", "replace")
    if not text.strip():
        return tr("it is empty")
    unreadable = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\v\x1b") for c in text)
    if unreadable > max(1, _MAX_UNREADABLE_SHARE * len(text)):
        return tr("it is not text")
    return None
