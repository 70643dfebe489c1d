"""Questions that want an overview, recognised by rules: of a time, of a topic, of talks with somebody.

"What happened in March", "what did I do last week", "summarize what I told you about X", "tell me about my
conversations with Anna", "what have I been up to", "give me an overview of 2023". The rules of each language are in
`core.twin.overview_frames`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from second_me.core.recall.keys import query_terms, words
from second_me.core.recall.related import FIRST_PERSON
from second_me.core.twin.overview_frames import (
    ABOUT,
    FRAMES,
    JOINING,
    MY_DAY,
    MY_TIME,
    POLITE,
    RECENTLY,
    TOLD,
    Wants,
)
from second_me.core.twin.spans import Expression, Span, SpansOf, Stretch, simple_spans

LATELY = timedelta(days=14)
"""How far back "lately" reaches."""
_OUTER = " \t\n.!?…,;:。！？؟।¿¡\"'“”"


@dataclass(frozen=True, slots=True)
class Overview:
    """What an overview is wanted of. At least one of `span`, `topic`, `person` is set.

    `mine`: only of what the person told. `certain`: it can only be asked of the memories ("an overview of
    algebra" may be asked of anybody).
    """

    span: Stretch | None
    topic: str
    person: str
    mine: bool
    certain: bool


def overview_of(question: str, now: datetime, spans_of: SpansOf = simple_spans) -> Overview | None:
    """The overview that a question wants; None for every other question."""
    plain = POLITE.sub("", question.strip().strip(_OUTER)).strip(_OUTER)
    for wants, pattern in FRAMES:
        if match := pattern.fullmatch(plain):
            asked = _read(wants, match, now, spans_of)
            if asked is not None:
                return asked
    return None


def _read(wants: Wants, match: re.Match[str], now: datetime, spans_of: SpansOf) -> Overview | None:
    groups = match.groupdict()
    rest = " ".join(part for part in (groups.get("rest"), groups.get("more")) if part)
    lately = RECENTLY.search(rest)
    rest = MY_TIME.sub(r"this \1", MY_DAY.sub("today", RECENTLY.sub(" ", rest)))
    span, topic = _timed(rest.strip(_OUTER), now, spans_of)
    if span is None and (lately or wants is Wants.RECENT):
        span = Span(now - min(LATELY, now - datetime.min), now, "day")
    person = (groups.get("person") or "").strip(_OUTER)
    if person and not _is_name(person):
        return None
    told = TOLD.match(topic)
    topic = _topic(topic[told.end() :] if told else topic)
    if wants in (Wants.TIME, Wants.RECENT) and (topic or span is None):
        return None
    if not (span or topic or person):
        return None
    personal = bool(FIRST_PERSON & set(words(topic))) or wants is Wants.TOLD
    certain = bool(span or person or told or personal)
    return Overview(span, topic, person, wants is Wants.TOLD or bool(told), certain)


def _timed(rest: str, now: datetime, spans_of: SpansOf) -> tuple[Stretch | None, str]:
    """(the time that a text names, the text without it). Several expressions are one time from end to end."""
    named = [(each, each.span) for each in spans_of(rest, now) if each.span is not None]
    if not named:
        return None, rest
    start, end = min(span.start for _, span in named), max(span.end for _, span in named)
    span: Stretch = named[0][1] if len(named) == 1 else Span(start, end, "day")
    return span, _without(rest, [each for each, _ in named])


def _without(rest: str, expressions: Sequence[Expression]) -> str:
    for each in sorted(expressions, key=lambda one: -one.start):
        before = JOINING.sub("", rest[: each.start])
        rest = f"{before} {rest[each.end :]}"
    return " ".join(rest.split())


def _topic(rest: str) -> str:
    topic = ABOUT.sub("", JOINING.sub("", rest.strip(_OUTER) + " ").strip(_OUTER)).strip(_OUTER)
    return topic if query_terms(topic) and not _only_glue(topic) else ""


def _only_glue(topic: str) -> bool:
    """Nothing but words of every day is no topic."""
    return set(words(topic)) <= {"me", "my", "life", "the", "it", "everything", "all", "to", "that", "us"}


def _is_name(person: str) -> bool:
    """One to three words; "the doctor" is one, "you" is none."""
    said = words(person)
    return 1 <= len(said) <= 3 and not {"you", "me", "myself", "dir", "toi", "ti"} & set(said)
