"""Our own format: one JSON object a line, `{"id", "conversation", "speaker", "time", "text"}`.

`id` is any JSON value but null, a list or an object, and is kept as text; with `conversation` it is the key.
`time` is ISO 8601, with or without zone, or absent. Other keys are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.app.importers import source
from second_me.app.importers.items import Refused, iso_time, role_of, storable
from second_me.app.words import tr
from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import BadLine

_SUFFIXES = {".jsonl", ".ndjson"}
_LINES_TO_JUDGE_BY = 20


class Jsonl:
    """Reads JSON lines."""

    name = "jsonl"

    def recognises(self, path: Path, head: str) -> float:
        """By a line with our keys; a name alone counts a little, so that its bad lines are told."""
        if any(_is_ours(line) for line in head.split("\n")[:_LINES_TO_JUDGE_BY]):
            return 0.95
        return 0.6 if path.suffix.lower() in _SUFFIXES else 0.0

    def read(self, path: Path, me: str | None) -> Iterator[NewEpisode | BadLine]:
        """One episode or bad line for every line that is not blank."""
        source.head(path)
        for line in source.lines(path):
            if isinstance(line, BadLine):
                yield line
            elif line.text.strip():
                yield _episode_or_bad(line, path, me)


def _is_ours(line: str) -> bool:
    try:
        return {"id", "conversation", "text"} <= _object(line).keys()
    except Refused:
        return False


def _episode_or_bad(line: source.Line, path: Path, me: str | None) -> NewEpisode | BadLine:
    try:
        return _episode(_object(line.text), me)
    except Refused as refusal:
        return BadLine(source.shown(path), line.number, str(refusal))


def _object(line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused(tr("the line is not JSON")) from None
    if not isinstance(value, dict):
        raise Refused(tr("the line is not a JSON object"))
    return value


def _episode(value: Mapping[str, Any], me: str | None) -> NewEpisode:
    speaker = _text(value, "speaker")
    return NewEpisode(
        conversation=_text(value, "conversation"),
        speaker=speaker,
        text=_text(value, "text"),
        spoken_at=_time(value.get("time")),
        role=role_of(speaker, me),
        source_id=_id(value.get("id")),
        origin=Jsonl.name,
    )


def _text(value: Mapping[str, Any], key: str) -> str:
    text = value.get(key)
    if text is None:
        raise Refused(tr('"{key}" is missing', key=key))
    if not isinstance(text, str):
        raise Refused(tr('"{key}" is not text', key=key))
    if not text.strip():
        raise Refused(tr('"{key}" is empty', key=key))
    return storable(text)


def _id(value: object) -> str:
    if value is None or value == "":
        raise Refused(tr('"{key}" is missing', key="id"))
    if not isinstance(value, str | int | float):
        raise Refused(tr('"id" is neither text nor a number'))
    return storable(value if isinstance(value, str) else json.dumps(value))


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refused(tr('"{key}" is not text', key="time"))
    return iso_time(value)
