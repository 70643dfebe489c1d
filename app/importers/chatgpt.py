"""ChatGPT's export: `conversations.json`, alone or in its .zip.

A list of conversations; each is a tree of messages (`mapping`), of which the path from the root to
`current_node` is what the person saw last. Its questions are the person's words, its answers the assistant's.
Left out: other branches, system and tool messages, hidden ones, what the assistant wrote to its tools, and
parts that are no text. A file may be of any size, one conversation of 64 million characters.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.app.importers import source
from second_me.app.importers.items import ConversationTitle, Item, Refused, epoch_time, storable
from second_me.app.importers.json_list import BrokenListError, JsonList
from second_me.app.words import tr
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.ports import BadLine

_ROLES = {"user": Role.PERSON, "assistant": Role.ASSISTANT}
_TEXTS = {"text", "multimodal_text"}

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Chat:
    """`path` holds (node id, message) from the root on; `whole` is false when the root was not reached."""

    conversation: str
    title: str
    path: tuple[tuple[str, object], ...]
    whole: bool


class ChatGpt:
    """Reads ChatGPT's export."""

    name = "chatgpt"

    def recognises(self, path: Path, head: str) -> float:
        """By the keys of its first conversation."""
        keys = ('"create_time"', '"author"', '"current_node"')
        known = head.lstrip().startswith("[") and '"mapping"' in head and any(key in head for key in keys)
        return 0.95 if known else 0.0

    def read(self, path: Path, me: str | None) -> Iterator[Item]:
        """Titles, episodes and bad parts; the line of a bad part is its conversation's number from 1."""
        source.head(path)
        number = 0
        for member in source.members(path, ".json"):
            with source.opened(path, member) as raw:
                # Bytes that are no UTF-8 become half characters, which refuse only the message they are in.
                text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape")
                try:
                    for value in JsonList(text):
                        number += 1
                        yield from _items(value, source.shown(path), number, me)
                except BrokenListError:
                    yield BadLine(source.shown(path), number + 1, tr("from here on the file is damaged"))


def _items(value: object, path: str, number: int, me: str | None) -> Iterator[Item]:
    try:
        chat = _chat(value)
    except Refused as refusal:
        yield _bad(path, number, refusal)
        return
    if not chat.whole:
        yield _bad(path, number, tr("its beginning is missing"))
    if chat.title:
        yield ConversationTitle(chat.conversation, chat.title)
    for node_id, message in chat.path:
        try:
            episode = _episode(chat.conversation, node_id, message, me)
        except Refused as refusal:
            yield _bad(path, number, refusal)
            continue
        if episode is not None:
            yield episode


def _bad(path: str, number: int, reason: object) -> BadLine:
    return BadLine(path, number, tr("in conversation {number}: {reason}", number=number, reason=reason))


def _chat(value: object) -> _Chat:
    if not isinstance(value, dict):
        raise Refused(tr("it is not a conversation"))
    name = value.get("conversation_id") or value.get("id")
    mapping = value.get("mapping")
    if not isinstance(name, str):
        raise Refused(tr("it has no id"))
    if not isinstance(mapping, dict):
        raise Refused(tr("it has no messages"))
    path, whole = _path(mapping, value.get("current_node"))
    title = value.get("title")
    return _Chat(f"chatgpt/{storable(name)}", _title(title), path, whole)


def _title(title: object) -> str:
    try:
        return storable(title.strip()) if isinstance(title, str) else ""
    except Refused:
        return ""


def _path(mapping: Object, current: object) -> tuple[tuple[tuple[str, object], ...], bool]:
    """The messages from the root to the current node, and whether the root was reached."""
    if not isinstance(current, str) or current not in mapping:
        raise Refused(tr("its last message is missing"))
    found: dict[str, object] = {}
    node_id: object = current
    while isinstance(node_id, str) and node_id not in found:
        node = mapping.get(node_id)
        if not isinstance(node, dict):
            break
        found[node_id] = node.get("message")
        node_id = node.get("parent")
    return tuple(reversed(found.items())), node_id is None


def _episode(conversation: str, node_id: str, message: object, me: str | None) -> NewEpisode | None:
    """The message as an episode, None for what is not said by anybody or hidden."""
    if message is None:
        return None
    if not isinstance(message, dict):
        raise Refused(tr("a message is damaged"))
    role = _role(message)
    text = _text(message.get("content")) if role else ""
    if role is None or not text.strip():
        return None
    return NewEpisode(
        conversation=conversation,
        speaker=(me or "me") if role is Role.PERSON else "ChatGPT",
        text=storable(text),
        spoken_at=_time(message.get("create_time")),
        role=role,
        source_id=storable(message["id"] if isinstance(message.get("id"), str) else node_id),
        origin=ChatGpt.name,
    )


def _role(message: Object) -> Role | None:
    author = message.get("author")
    if not isinstance(author, dict):
        raise Refused(tr("a message has no author"))
    metadata = message.get("metadata")
    hidden = isinstance(metadata, dict) and metadata.get("is_visually_hidden_from_conversation")
    # A tool's name as recipient: the assistant's call, not its answer.
    if hidden or message.get("weight") == 0 or message.get("recipient") not in (None, "all"):
        return None
    role = author.get("role")
    return _ROLES.get(role) if isinstance(role, str) else None


def _text(content: object) -> str:
    """The textual parts, one a line; "" for kinds of content that are not said (code, thoughts, results)."""
    if not isinstance(content, dict):
        raise Refused(tr("a message has no content"))
    if content.get("content_type", "text") not in _TEXTS:
        return ""
    parts = content.get("parts")
    if not isinstance(parts, list):
        raise Refused(tr("a message has no content"))
    return "\n".join(text for text in map(_part, parts) if text)


def _part(part: object) -> str:
    """A text, or what was heard where the person spoke; "" for pictures and files."""
    if isinstance(part, dict) and part.get("content_type") == "audio_transcription":
        part = part.get("text")
    return part if isinstance(part, str) else ""


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(tr("the time of a message is not a number"))
    return epoch_time(value)
