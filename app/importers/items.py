"""What importers give and share: items, roles, times, stable ids."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from second_me.app.words import tr
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.memory.facts.claims import Claim
from second_me.core.ports import BadLine


@dataclass(frozen=True, slots=True)
class ConversationTitle:
    """What the source calls a conversation. Comes before the first of its episodes."""

    conversation: str
    title: str


@dataclass(frozen=True, slots=True)
class ClaimedEpisode:
    """An episode that brings its claims along, made as passages of its text: no reader reads it."""

    episode: NewEpisode
    claims: tuple[Claim, ...]


Item = NewEpisode | BadLine | ConversationTitle | ClaimedEpisode


class FileImporter(Protocol):
    """A `core.ports.Importer` whose `read` may also give the titles of conversations, and claims."""

    name: str

    def recognises(self, path: Path, head: str) -> float:
        """0 (no) to 1 (certainly), judged by the first 64 kB of the content and the name."""

    def read(self, path: Path, me: str | None) -> Iterator[Item]:
        """Items in file order. Raises EnvironmentFault, at the first item, for a file that cannot be read."""


class Refused(ValueError):
    """A part of a file that cannot be taken in; the message is the reason, for the person."""


class StableIds:
    """Ids made of content, so that the same content has the same id at the next import.

    Equal contents are numbered in their order, which stays when a file only grows.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, *parts: str) -> str:
        """The id of the next item with this content."""
        digest = sha256("\x1f".join(parts).encode()).hexdigest()[:20]
        self._seen[digest] += 1
        return f"{digest}-{self._seen[digest]}"


def role_of(speaker: str, me: str | None) -> Role:
    """The person when the name is theirs (case does not matter), anybody else otherwise."""
    return Role.PERSON if me is not None and same_name(speaker, me) else Role.OTHER


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, blanks around them and how accents are written."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()


def storable(text: str) -> str:
    """The text itself. Raises Refused for what no UTF-8 text can hold (half characters) and for NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused(tr("it is not valid Unicode text")) from None
    if "\0" in text:
        raise Refused(tr("it holds a NUL character"))
    return text


def iso_time(text: str) -> datetime:
    """ISO 8601 as local time without zone; a zone is converted. Raises Refused."""
    try:
        time = datetime.fromisoformat(text.strip())
        return time if time.tzinfo is None else time.astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise Refused(tr("the time is not a date and time as in 2024-05-03T18:30:00")) from None


def epoch_time(seconds: float) -> datetime:
    """Seconds since 1970 (UTC) as local time without zone. Raises Refused."""
    try:
        return datetime.fromtimestamp(seconds).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        raise Refused(tr("the time is out of range")) from None
