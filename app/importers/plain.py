"""Documents in plain text and Markdown, a paragraph an episode.

The text of an episode is a verbatim stretch of the file of at most 1,500 characters. A heading belongs to the
paragraph below it; lists and code stay whole while they fit; a longer paragraph is cut between sentences. An
episode's id is made of its text alone: a changed file adds only its changed paragraphs. Two files of the same
name are one document. A document is not the person's own words, even when it is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from markdown_it import MarkdownIt

from second_me.app.importers import source
from second_me.app.importers.items import Refused, StableIds, iso_time
from second_me.app.words import tr
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.ports import BadLine, EnvironmentFault

MAX_EPISODE = 1500
"""Characters."""
MAX_DOCUMENT_BYTES = 16 << 20

_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
_SUFFIXES = _MARKDOWN | {"", ".txt", ".text", ".rst", ".org"}
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?=[\w-]+[ \t]*:)(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_BREAKS = (re.compile(r"[.!?…]+[\"'”’)\]]*\s+|[。！？]+"), re.compile(r"\n"), re.compile(r"\s"))

Span = tuple[int, int]
"""First line (from 0) and the line after the last."""


class Plain:
    """Reads documents."""

    name = "plain"

    def recognises(self, path: Path, head: str) -> float:
        """Any text under a name for documents; every other format that knows it goes first."""
        return 0.4 if path.suffix.lower() in _SUFFIXES else 0.0

    def read(self, path: Path, me: str | None) -> Iterator[NewEpisode | BadLine]:
        """Paragraphs and bad lines in file order. Raises EnvironmentFault, also above 16 MiB."""
        source.head(path)
        _must_be_small(path)
        texts, bad = _lines(path)
        matter = _front_matter(texts)
        title = _field(matter, "title") or Path(source.name_of(path)).stem
        spans = _markdown_spans(texts) if path.suffix.lower() in _MARKDOWN else _text_spans(texts)
        ids, time = StableIds(), _date(matter, source.name_of(path))
        for first, last in spans:
            while bad and bad[0].line <= first:
                yield bad.pop(0)
            for text in _pieces("\n".join(texts[first:last])):
                yield NewEpisode(
                    conversation=f"documents/{source.name_of(path)}",
                    speaker=title,
                    text=text,
                    spoken_at=time,
                    role=Role.OTHER,
                    kind=Kind.DOCUMENT,
                    source_id=ids.of(text),
                    origin=self.name,
                )
        yield from bad


def _must_be_small(path: Path) -> None:
    if path.stat().st_size > MAX_DOCUMENT_BYTES:
        raise EnvironmentFault(
            "unreadable_file",
            tr("{path} is larger than {mb} MB.", path=source.shown(path), mb=MAX_DOCUMENT_BYTES >> 20),
            tr("Split it into smaller files."),
        )


def _lines(path: Path) -> tuple[list[str], list[BadLine]]:
    """The lines, blank where they are bad, and the bad ones."""
    texts: list[str] = []
    bad: list[BadLine] = []
    for line in source.lines(path):
        if isinstance(line, BadLine):
            bad.append(line)
        texts.append("" if isinstance(line, BadLine) else line.text)
    return texts, bad


def _front_matter(texts: list[str]) -> str:
    """The YAML before the text, or "". Its lines are blanked, so that the others keep their numbers."""
    found = _FRONT_MATTER.match("\n".join(texts) + "\n")
    if found is None:
        return ""
    count = found.group().count("\n")
    texts[:count] = [""] * count
    return found.group(1)


def _field(matter: str, key: str) -> str:
    found = re.search(rf"^{key}[ \t]*:[ \t]*(\S.*)$", matter, re.MULTILINE | re.IGNORECASE)
    return found.group(1).split(" #")[0].strip().strip("\"'").strip() if found else ""


def _date(matter: str, name: str) -> datetime | None:
    """When it was written, if it says so. The file's own times tell when it was copied."""
    in_name = _DATE_IN_NAME.search(name)
    for stated in (_field(matter, "date"), "-".join(in_name.group(1, 3, 4)) if in_name else ""):
        try:
            return iso_time(stated)
        except Refused:
            continue
    return None


def _text_spans(texts: Sequence[str]) -> Iterator[Span]:
    for filled, group in groupby(enumerate(texts), key=lambda pair: bool(pair[1].strip())):
        numbers = [number for number, _ in group]
        if filled:
            yield numbers[0], numbers[-1] + 1


def _markdown_spans(texts: Sequence[str]) -> Iterator[Span]:
    # Blocks are all that is needed; link definitions are text like any other.
    parser = MarkdownIt("commonmark").disable(["inline", "reference"])
    headings: Span | None = None
    # Other line ends than ours would shift the parser's numbers.
    for token in parser.parse("\n".join(text.replace("\r", " ") for text in texts)):
        if token.level or token.map is None or token.type == "hr":
            continue
        first, last = token.map
        start = headings[0] if headings else first
        headings = (start, last) if token.type == "heading_open" else None
        if headings is None:
            yield start, last
    if headings is not None:
        yield headings


def _pieces(text: str) -> Iterator[str]:
    """The text in stretches of at most MAX_EPISODE characters."""
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= MAX_EPISODE else _cut(text, start)
        piece = text[start:end].strip()
        if piece:
            yield piece
        start = end


def _cut(text: str, start: int) -> int:
    """Where to end a piece: at the last sentence, else line, else word in the second half of what may be."""
    for breaks in _BREAKS:
        ends = [found.end() for found in breaks.finditer(text, start + MAX_EPISODE // 2, start + MAX_EPISODE)]
        if ends:
            return ends[-1]
    return start + MAX_EPISODE
