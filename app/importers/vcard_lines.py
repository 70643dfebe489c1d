"""The lines of a vCard (RFC 6350, and the older 2.1 and 3.0): unfolded, decoded, taken apart into properties."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from second_me.app.importers import source
from second_me.app.importers.items import Refused, storable
from second_me.app.words import tr
from second_me.core.ports import BadLine

MOST_LINES = 100_000
"""Of one card: a picture in it takes some ten thousand."""
MOST_LENGTH = 1 << 20
"""Characters of one property, unfolded."""

_HEAD = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<params>(?:;(?:\"[^\"]*\"|[^\";:])*)*):(?P<value>.*)", re.DOTALL
)
_PARAM = re.compile(r";((?:\"[^\"]*\"|[^\";])*)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ENCODINGS = frozenset({"quoted-printable", "base64", "b", "7bit", "8bit"})
_VOICELESS = frozenset({"photo", "logo", "sound", "key"})
"""Properties that are no text."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property: `name` in small letters, `types` (`home`, `work`, `cell` ...), the value as it is written."""

    name: str
    types: frozenset[str]
    value: str
    params: Mapping[str, str]

    def parts(self) -> list[list[str]]:
        """The value's components, each a list (RFC 6350 3.4), without escapes and blanks around them."""
        return [[_plain(item) for item in _split(component, ",")] for component in _split(self.value, ";")]

    def text(self) -> str:
        """The value as one text."""
        return _plain(self.value)


@dataclass(frozen=True, slots=True)
class Card:
    """A card: the number of its first line, and its properties in order."""

    line: int
    properties: tuple[Property, ...]


def cards(path: Path) -> Iterator[Card | BadLine]:
    """The cards of a file, and what cannot be read, in order. Raises EnvironmentFault, at the first item."""
    begun, lines = 0, list[str]()
    for line in source.lines(path):
        if isinstance(line, BadLine):
            yield line
            continue
        text = line.text.rstrip("\r")
        mark = text.strip().upper()
        if mark == "BEGIN:VCARD":
            if begun:
                yield _unended(path, begun)
            begun, lines = line.number, []
        elif mark == "END:VCARD" and begun:
            yield _card(path, begun, lines)
            begun, lines = 0, []
        elif begun:
            lines.append(text)
            if len(lines) > MOST_LINES:
                yield BadLine(source.shown(path), begun, tr("the card is too long"))
                begun, lines = 0, []
    if begun:
        yield _unended(path, begun)


def _unended(path: Path, line: int) -> BadLine:
    return BadLine(source.shown(path), line, tr("the card has no end"))


def _card(path: Path, begun: int, lines: list[str]) -> Card | BadLine:
    try:
        return Card(begun, tuple(_properties(lines)))
    except Refused as refusal:
        return BadLine(source.shown(path), begun, str(refusal))


def _properties(lines: list[str]) -> Iterator[Property]:
    for whole in _unfolded(lines):
        match = _HEAD.fullmatch(whole)
        if match is not None and match["name"].lower() not in _VOICELESS:
            yield _property(match)


def _unfolded(lines: list[str]) -> Iterator[str]:
    """Lines that go on in the next (a blank at its beginning; "=" at the end of one in quoted-printable) are one."""
    whole = ""
    for line in lines:
        soft = whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper()
        if whole and (soft or line[:1] in (" ", "\t")) and len(whole) <= MOST_LENGTH:
            whole = whole[:-1] + line if soft else whole + line[1:]
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def _property(match: re.Match[str]) -> Property:
    types: set[str] = set()
    params: dict[str, str] = {}
    for param in _PARAM.findall(match["params"]):
        name, equals, value = param.partition("=")
        name, value = name.strip().lower(), value.strip().strip('"').lower()
        if not equals and name in _ENCODINGS:
            params["encoding"] = name
        elif not equals:
            types.add(name)  # 2.1: TEL;HOME;VOICE
        elif name == "type":
            types |= {each.strip() for each in value.split(",")}
        else:
            params[name] = value
    value = match["value"]
    if params.get("encoding") == "quoted-printable":
        value = _unquoted(value, params.get("charset", "utf-8"))
    return Property(match["name"].lower(), frozenset(types), storable(value), params)


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8"))
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError, binascii.Error):
        return raw.decode("utf-8", "replace")


def _split(value: str, mark: str) -> list[str]:
    """At a mark that is not escaped; escapes stay."""
    parts, escaped = [""], False
    for sign in value:
        if sign == mark and not escaped:
            parts.append("")
            continue
        parts[-1] += sign
        escaped = sign == "\\" and not escaped
    return parts


def _plain(value: str) -> str:
    """Without escapes; a line's end becomes a comma, for a value is one line of the card's text."""
    text = _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return ", ".join(line.rstrip(",") for line in lines if line)
