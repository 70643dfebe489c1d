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
from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Expression, Grain, Span
from second_me.core.temporal.triggers import names_holiday
from second_me.core.twin.overview_frames import (
    ABOUT,
    FRAMES,
    IT_WAS,
    JOINING,
    MY_DAY,
    MY_TIME,
    OWN,
    POLITE,
    RECENTLY,
    THE_WEEKEND,
    TOLD,
    Wants,
)

LATELY = timedelta(days=14)
"""How far back "lately" reaches."""
MOST_WORDS = 4
"""Of a time that stands alone."""
_OUTER = " \t\n.!?…,;:。！？؟।¿¡\"'“”"


@dataclass(frozen=True, slots=True)
class Overview:
    """What an overview is wanted of. At least one of `span`, `topic`, `person` is set.

    `mine`: only of what the person told. `certain`: it can only be asked of the memories ("an overview of
    algebra" may be asked of anybody).
    """

    span: Span | None
    topic: str
    person: str
    mine: bool
    certain: bool


def overview_of(question: str, now: datetime) -> Overview | None:
    """The overview that a question wants; None for every other question, also where it names a time to come."""
    plain = POLITE.sub("", question.strip().strip(_OUTER)).strip(_OUTER)
    plain = MY_TIME.sub(r"this \1", MY_DAY.sub("today", plain))
    plain = THE_WEEKEND.sub("this weekend" if now.weekday() >= 5 else "last weekend", plain)
    for wants, pattern in FRAMES:
        if match := pattern.fullmatch(plain):
            asked = _read(wants, match, now)
            if asked is not None:
                return asked
    return None


def _read(wants: Wants, match: re.Match[str], now: datetime) -> Overview | None:
    groups = match.groupdict()
    rest = " ".join(part for part in (groups.get("rest"), groups.get("more")) if part)
    lately = RECENTLY.search(rest)
    rest = RECENTLY.sub(" ", rest).strip(_OUTER)
    span, topic = _timed(rest, match.string, now, wants in (Wants.TIME, Wants.RECENT))
    if span is None and (lately or wants is Wants.RECENT):
        span = _lately(now)
    if span is not None and span.start > now:
        return None
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


def _lately(now: datetime) -> Span | None:
    start = now - min(LATELY, now - datetime.min)
    return Span(start, now, Grain.DAY) if start < now else None


def _timed(rest: str, plain: str, now: datetime, only_time: bool) -> tuple[Span | None, str]:
    """(the time that the open part of a question names, that part without it). The whole question is read, for
    its verb tells the tense. Several expressions are one time from end to end."""
    named = [
        each
        for each in expressions(plain, now)
        if each.spans and each.quote in rest and (only_time or not names_holiday(each.quote))
    ]
    if not named:
        alone = _alone(rest, now, only_time)
        return (alone, "") if alone is not None else (None, rest)
    spans = [span for each in named for span in _past(each, now)]
    left = _without(rest, [each.quote for each in named])
    if only_time and (more := _alone(left, now, True)) is not None:  # "in March and April"
        spans, left = [*spans, more], ""
    if len(spans) == 1:
        return spans[0], left
    return Span(min(each.start for each in spans), max(each.end for each in spans), Grain.DAY), left


def _past(expression: Expression, now: datetime) -> Sequence[Span]:
    """An overview is of what was: "Anna's wedding in March" has no verb to say so."""
    if expression.absolute or expression.spans[0].start <= now:
        return expression.spans
    past = _alone(expression.quote, now, True)
    return expression.spans if past is None else (past,)


def _alone(rest: str, now: datetime, holidays: bool) -> Span | None:
    """The time that the open part is and nothing else: "2023", "my March" """
    bare = OWN.sub("", ABOUT.sub("", rest))
    if not 1 <= len(words(bare)) <= MOST_WORDS or (names_holiday(bare) and not holidays):
        return None
    for lead in IT_WAS:
        for each in expressions(lead + bare, now):
            if each.spans and each.start <= len(lead) and each.end == len(lead + bare):
                return each.spans[0]
    return None


def _without(rest: str, quotes: Sequence[str]) -> str:
    for quote in quotes:
        before, _, after = rest.partition(quote)
        rest = f"{JOINING.sub('', before)} {after}"
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
