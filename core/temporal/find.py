"""Time expressions of a text: where they stand and what they mean.

A text without any word or figure of time is put aside by a look at its words. Nothing raises: what means no
time (31 February, the year 0) gives no expression.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from second_me.core.memory.sentences import SENTENCE_END
from second_me.core.temporal import rules_bare, rules_dates, rules_relative, rules_stretches
from second_me.core.temporal.cascade import Scan, run
from second_me.core.temporal.foreign import foreign_dates
from second_me.core.temporal.lexer import Node, nodes_of
from second_me.core.temporal.moments import Context, Moment
from second_me.core.temporal.spans import Expression, ExpressionKind, Span
from second_me.core.temporal.triggers import LEXICONS, language_of

LONG = 1000
"""Characters that are read at a time: what rules cost grows faster than the text."""

_RULES = (
    *rules_stretches.COMPOUND,
    *rules_dates.FULL,
    *rules_dates.PARTS,
    *rules_relative.NAMED,
    *rules_relative.OF_NAMED,
    *rules_dates.PARTS,
    *rules_stretches.STRETCHES,
    *rules_bare.BARE,
    *rules_relative.BESIDE,
    *rules_bare.LEFT,
    *rules_stretches.STRETCHES,
    *rules_stretches.ENDS,
    *rules_stretches.LENGTHS,
    *rules_stretches.EVENTS,
)
_KINDS = {
    "Z": ExpressionKind.POINT,
    "1": ExpressionKind.RANGE,
    "2": ExpressionKind.SET,
    "3": ExpressionKind.DURATION,
    "4": ExpressionKind.ANCHORED,
}


def expressions(text: str, now: datetime, language: str | None = None) -> tuple[Expression, ...]:
    """The time expressions of a text, in order; `now` (naive) is when it was said.

    `language` is "en", "de", "fr", "es", "zh" or "hi"; None: worked out from the words.
    """
    if len(text) > LONG:
        return tuple(
            replace(each, start=each.start + at, end=each.end + at)
            for at, piece in _pieces(text)
            for each in expressions(piece, now, language)
        )
    spoken = language_of(text, language)
    if spoken is None:
        return ()
    lexicon = LEXICONS[spoken]
    scan = Scan(text, lexicon, nodes_of(text, lexicon))
    run(scan, _RULES)
    found = (_expression(scan, node, now) for node in scan.nodes if node.tag in _KINDS)
    return tuple(each for each in found if each is not None) or foreign_dates(text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text in pieces of at most LONG, cut after a sentence where there is one: (start, piece)."""
    at = 0
    while at < len(text):
        ends = [match.end() for match in SENTENCE_END.finditer(text, at, at + LONG)]
        end = ends[-1] if ends and len(text) - at > LONG else min(at + LONG, len(text))
        yield at, text[at:end]
        at = end


def _expression(scan: Scan, node: Node, now: datetime) -> Expression | None:
    kind, quote = _KINDS[node.tag], scan.text[node.start : node.end]
    if node.tag == "3":
        return Expression(node.start, node.end, quote, kind, length=node.value)
    if node.tag == "4":
        place = scan.text.find(node.value.event, node.end)
        end = place + len(node.value.event) if place >= 0 else node.end
        return Expression(node.start, end, scan.text[node.start : end], kind, anchor=node.value)
    moments: tuple[Moment, ...] = node.value if node.tag == "2" else (node.value,)
    context = Context(now, scan.tense(node.start, node.end))
    try:
        spans: tuple[Span, ...] = tuple(each.make(context) for each in moments)
    except (ValueError, OverflowError):
        return None
    absolute = all(each.absolute for each in moments)
    return Expression(node.start, node.end, quote, kind, spans, absolute)
