"""Values of the domain as the protocol's JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from second_me.app.words import tr
from second_me.core.memory.episodes import (
    AnswerRecord,
    Conversation,
    Episode,
    Role,
)
from second_me.core.memory.erasure import ErasureReceipt
from second_me.core.recall.found import Found

Json = dict[str, Any]


def time_text(time: datetime | None) -> str | None:
    """ISO 8601 to the second, without zone."""
    return time.replace(microsecond=0).isoformat() if time else None


def memory(episode: Episode) -> Json:
    """A memory."""
    return {
        "memory_id": episode.memory_id,
        "source_id": episode.source_id,
        "conversation": episode.conversation,
        "speaker": episode.speaker,
        "role": episode.role.value,
        "kind": episode.kind.value,
        "time": time_text(episode.spoken_at),
        "recorded_at": time_text(episode.recorded_at),
        "origin": episode.origin,
        "text": episode.text,
        "remembered": episode.remembered,
        "hidden": episode.hidden_at is not None,
    }


def found(item: Found) -> Json:
    """A memory that recall found."""
    return {
        **memory(item.episode),
        "score": round(item.score, 4),
        "strength": round(item.strength, 3),
        "why": list(item.why),
        "quote": item.quote,
    }


def conversation(item: Conversation) -> Json:
    """A conversation of the list."""
    return {
        "conversation": item.name,
        "title": item.title or tr("New conversation"),
        "preview": item.preview,
        "updated": time_text(item.updated_at),
        "turns": item.turns,
        "temporary": item.temporary,
    }


def citations(record: AnswerRecord, episodes: Mapping[str, Episode]) -> list[Json]:
    """The citations whose memories are still there."""
    return [
        {
            "n": cited.n,
            "memory_id": cited.memory_id,
            "source_id": episodes[cited.memory_id].source_id,
            "conversation": episodes[cited.memory_id].conversation,
            "speaker": episodes[cited.memory_id].speaker,
            "time": time_text(episodes[cited.memory_id].spoken_at),
            "quote": cited.quote,
        }
        for cited in record.citations
        if cited.memory_id in episodes
    ]


def answer(record: AnswerRecord, text: str, episodes: Mapping[str, Episode]) -> Json:
    """An answer with its citations."""
    return {
        "answer_id": record.answer_id,
        "question_id": record.question_id,
        "text": text,
        "kind": record.kind,
        "source": record.source,
        "abstained": record.abstained,
        "stopped": record.stopped,
        "model": record.model,
        "ms": record.milliseconds,
        "citations": citations(record, episodes),
        "considered": list(record.considered),
    }


def turn(episode: Episode, its_answer: Json | None) -> Json:
    """A turn of a conversation."""
    return {
        "memory_id": episode.memory_id,
        "role": episode.role.value,
        "speaker": episode.speaker if episode.role is not Role.ASSISTANT else tr("Second Me"),
        "text": episode.text,
        "time": time_text(episode.spoken_at),
        "remembered": episode.remembered,
        "answer": its_answer,
    }


def receipt(item: ErasureReceipt) -> Json:
    """What an erasure took."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in dataclasses.asdict(item).items()
    }
