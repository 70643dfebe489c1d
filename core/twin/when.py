"""Answers about time that no model makes: when something was, how long ago or between, which came first.

The time of a memory is that of what it tells of, as exactly as it was told; where it tells of none, the day on
which it was said. What cannot be decided is said so, with both memories.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from second_me.core.memory.episodes import Citation, Episode
from second_me.core.memory.sentences import SENTENCE_END
from second_me.core.recall.found import Found
from second_me.core.recall.keys import bigrams, query_terms, words
from second_me.core.recall.quotes import stem
from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.asking import Wanted, WantedKind
from second_me.core.temporal.events import EventTime, read_times
from second_me.core.temporal.spans import Grain, Span
from second_me.core.twin.answers import Answer, MessageId, Source
from second_me.core.twin.kinds import TurnKind

Find = Callable[[str], Sequence[Found]]
"""A question -> memories, best first."""

PART_STRENGTH = 0.4
"""From which a memory is one of a part of a question: "selling the house" has fewer words to be sure by."""

_CLAUSE_END = re.compile(r"[.!?;\n。！？，,]\s*|\s+(?:and|but|then|und|et|y)\s+")
_STATEMENT_END = re.compile(rf"{SENTENCE_END.pattern}|;\s")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A memory and when what it tells of was; `told`: it says so itself."""

    found: Found
    span: Span
    told: bool


def event_of(episode: Episode, terms: Sequence[str]) -> Span | None:
    """When what a memory tells about these words was: of several times the one in the clause that holds most of
    them, then in the sentence. None where no time stands in a sentence with one of them: "Anna moved. Last week
    it rained." does not tell when Anna moved."""
    wanted = {stem(term) for term in terms}
    rated = [
        (
            _shared(episode.text, time, wanted, _CLAUSE_END),
            _shared(episode.text, time, wanted, _STATEMENT_END),
            time,
        )
        for time in read_times(episode.text, episode.spoken_at)
    ]
    near = [each for each in rated if each[1]]
    return max(near, key=lambda each: each[:2])[2].span if near else None


def _shared(text: str, time: EventTime, wanted: set[str], ending: re.Pattern[str]) -> int:
    """How many of the words stand in the piece of the text around a time."""
    start = max((m.end() for m in ending.finditer(text, 0, time.quote_start)), default=0)
    after = ending.search(text, time.quote_end)
    return len(wanted & _stems(text[start : after.start() if after else len(text)]))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text)} | set(bigrams(text))


def with_date(plain: Answer, question: str, wanted: Wanted) -> Answer:
    """The memories as an answer to "when": with the date that the best of them tells; else as they were."""
    if wanted.kind not in (WantedKind.WHEN, WantedKind.LAST_TIME, WantedKind.FIRST_TIME) or plain.abstained:
        return plain
    chosen = _chosen(plain, question, wanted.kind)
    if chosen is None:
        return plain
    item, span = chosen
    cited = [Citation(1, item.episode.memory_id, item.quote)]
    cited += [each for each in plain.citations if each.memory_id != item.episode.memory_id]
    numbered = tuple(replace(each, n=n) for n, each in enumerate(cited[: len(plain.citations)], 1))
    return replace(plain, message=MessageId.WHEN, spans=(span,), citations=numbered)


def _chosen(plain: Answer, question: str, kind: WantedKind) -> tuple[Found, Span] | None:
    """The best memory's date; for the last or the first time that of all cited ones."""
    terms = query_terms(question)
    cited = {each.memory_id for each in plain.citations}
    dated = [
        (item, span)
        for item in plain.considered
        if item.episode.memory_id in cited and (span := event_of(item.episode, terms)) is not None
    ]
    if not dated:
        return None
    if kind is WantedKind.LAST_TIME:
        return max(dated, key=lambda each: each[1].start)
    if kind is WantedKind.FIRST_TIME:
        return min(dated, key=lambda each: each[1].start)
    best = next(item for item in plain.considered if item.episode.memory_id in cited)
    return dated[0] if dated[0][0] is best else None


def computed(wanted: Wanted, find: Find, now: datetime | None) -> Answer | None:
    """The answer to "how long between, since, ago" and to "which came first": from a recall for each part.

    None when nothing of the kind is asked, or a part is not remembered. `now` is when the question is asked.
    """
    if not wanted.parts:
        return None
    parts = [_dated(part, find) for part in wanted.parts]
    if any(part is None for part in parts):
        return None
    dated = [part for part in parts if part is not None]
    if wanted.kind is WantedKind.WHICH_FIRST:
        return _which_first(wanted.parts, dated) if len(dated) == 2 else None
    if len(dated) == 1:
        return _how_long(wanted, dated, calendar.holding(now, Grain.DAY)) if now is not None else None
    return _how_long(wanted, dated, dated[1].span)


def _dated(part: str, find: Find) -> _Dated | None:
    """The best strong memory of a part that has a time. What is only said on a day may have been before it."""
    terms = query_terms(part)
    for item in find(part):
        if item.strength < PART_STRENGTH:
            continue
        span = event_of(item.episode, terms)
        if span is not None:
            return _Dated(item, span, True)
        if item.episode.spoken_at is not None:
            return _Dated(item, calendar.holding(item.episode.spoken_at, Grain.DAY), False)
    return None


def _which_first(parts: Sequence[str], dated: Sequence[_Dated]) -> Answer:
    found = calendar.order(dated[0].span, dated[1].span)
    if found is calendar.Order.UNKNOWN:
        return _answer(MessageId.ORDER_UNKNOWN, dated)
    first = 0 if found is calendar.Order.BEFORE else 1
    return replace(_answer(MessageId.CAME_FIRST, [dated[first], dated[1 - first]]), value=parts[first])


def _how_long(wanted: Wanted, dated: Sequence[_Dated], until: Span) -> Answer:
    message = MessageId.HOW_LONG_AGO if len(dated) == 1 else MessageId.HOW_LONG_BETWEEN
    length = calendar.in_unit(dated[0].span, until, wanted.unit)
    if length is None:
        return _answer(MessageId.LENGTH_UNKNOWN, dated)
    return replace(_answer(message, dated), length=length)


def _answer(message: MessageId, dated: Sequence[_Dated]) -> Answer:
    items = list({each.found.episode.memory_id: each.found for each in dated}.values())
    cited = tuple(Citation(n, item.episode.memory_id, item.quote) for n, item in enumerate(items, 1))
    return Answer(
        TurnKind.QUESTION, Source.MEMORIES, message=message, citations=cited, considered=tuple(items),
        spans=tuple(each.span for each in dated), told=tuple(each.told for each in dated),
    )  # fmt: skip
