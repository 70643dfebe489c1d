"""WhatsApp's text export: `WhatsApp Chat with X.txt`, or `_chat.txt` in its folder or .zip.

Read twice: first for the order of day and month in the whole file, then for the messages. Left out: notices
of the app, media that the export left out, deleted messages. Two exports of one chat share the messages' ids.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from second_me.app.importers import source
from second_me.app.importers.items import StableIds, role_of
from second_me.app.importers.whatsapp_dates import Order, WrittenDate, day, decide
from second_me.app.importers.whatsapp_lines import Header, header, said_text
from second_me.app.words import tr
from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import BadLine, EnvironmentFault

MAX_MESSAGE = 1 << 20
"""Characters; WhatsApp's own bound is 65,536."""

_CHAT_NAME = re.compile(r".*?whatsapp.*?\s(?:with|mit|con|com|avec|met|med|z|с|-)\s+(\S.*)", re.IGNORECASE)
_COPY_NUMBER = re.compile(r"\s*\(\d{1,2}\)\Z")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Message:
    """A message while its lines are gathered. `sender` is None for what is not taken in."""

    line: int
    sender: str | None = None
    said_at: datetime | None = None
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        """One line more; beyond the bound only its length is kept."""
        self.length += len(text) + 1
        if self.sender is not None and self.length <= MAX_MESSAGE:
            self.lines.append(text)


class WhatsApp:
    """Reads WhatsApp's text export."""

    name = "whatsapp"

    def recognises(self, path: Path, head: str) -> float:
        """By the first line that is not blank; a year first without a comma may be any program's log."""
        first = next((line for line in head.split("\n") if line.strip()), "").rstrip("\r")
        found = header(first)
        if found is None:
            return 0.0
        if "whatsapp" in path.name.lower() or path.name == "_chat.txt":
            return 0.95
        return 0.6 if found.date.numbers[0] > 99 else 0.9

    def read(self, path: Path, me: str | None) -> Iterator[NewEpisode | BadLine]:
        """Messages and bad lines in file order."""
        source.head(path)
        for member in source.members(path, ".txt"):
            order = _order(path, member)
            conversation, ids = f"whatsapp/{_chat_name(path, member)}", StableIds()
            for message in _messages(path, member, order):
                if isinstance(message, BadLine):
                    yield message
                    continue
                episode = _episode(message, conversation, ids, me)
                if episode is not None:
                    yield episode


def _order(path: Path, member: str | None) -> Order:
    """The order of day and month in this chat. Raises EnvironmentFault when it holds no message."""
    dates: list[WrittenDate] = []
    for line in source.lines(path, member):
        found = None if isinstance(line, BadLine) else header(line.text)
        if found is not None and dates[-1:] != [found.date]:
            dates.append(found.date)
    if not dates:
        raise EnvironmentFault(
            "unknown_format",
            tr("{path} holds no WhatsApp messages.", path=source.shown(path)),
            tr("Export the chat again in WhatsApp, without media."),
        )
    decision = decide(dates)
    if not decision.certain:
        # Without the file's name: it is a person's.
        _log.warning("The dates of an imported chat fit two orders; taken as %s.", decision.order.name)
    return decision.order


def _chat_name(path: Path, member: str | None) -> str:
    """The name of the chat: from the text's name, or, where that is always the same, from what it lies in."""
    text = Path(member) if member else path
    if text.stem != "_chat":
        named = text.with_suffix("")
    else:
        named = path.with_suffix("") if member else path.absolute().parent
    name = source.name_of(named)
    found = _CHAT_NAME.fullmatch(name)
    return _COPY_NUMBER.sub("", found.group(1) if found else name).strip() or name


def _messages(path: Path, member: str | None, order: Order) -> Iterator[_Message | BadLine]:
    current: _Message | None = None
    for line in source.lines(path, member):
        if isinstance(line, BadLine):
            yield line
            continue
        found = header(line.text)
        if found is None and current is not None:
            current.add(line.text)
        elif found is None and line.text.strip():
            yield BadLine(source.shown(path), line.number, tr("the line belongs to no message"))
        elif found is not None:
            if current is not None:
                yield _whole(current, path)
            current = _begun(found, line.number, order)
            if current.said_at is None:
                yield BadLine(source.shown(path), line.number, tr("there is no such date or time"))
    if current is not None:
        yield _whole(current, path)


def _whole(message: _Message, path: Path) -> _Message | BadLine:
    if message.sender is None or message.length <= MAX_MESSAGE:
        return message
    return BadLine(source.shown(path), message.line, tr("the message is too long"))


def _begun(found: Header, number: int, order: Order) -> _Message:
    said_on = day(found.date, order)
    if said_on is None or found.time is None:
        return _Message(number)
    message = _Message(number, found.sender, datetime.combine(said_on, found.time))
    message.add(found.text)
    return message


def _episode(message: _Message, conversation: str, ids: StableIds, me: str | None) -> NewEpisode | None:
    text = said_text("\n".join(message.lines))
    if message.sender is None or message.said_at is None or not text:
        return None
    return NewEpisode(
        conversation=conversation,
        speaker=message.sender,
        text=text,
        spoken_at=message.said_at,
        role=role_of(message.sender, me),
        source_id=ids.of(message.said_at.isoformat(), message.sender, text),
        origin=WhatsApp.name,
    )
