"""What a question wants about time: when, how long, which came first, the last time, how often, or what was then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Anchor, Grain, Span


class WantedKind(StrEnum):
    """What is asked. IN_SPAN: not about time, but of a time."""

    WHEN = "when"
    HOW_LONG = "how_long"
    WHICH_FIRST = "which_first"
    LAST_TIME = "last_time"
    FIRST_TIME = "first_time"
    HOW_MANY_TIMES = "how_many_times"
    IN_SPAN = "in_span"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants about time.

    `span` is the time that it names, whatever its kind; `anchor` the event beside which it asks. `parts` are
    the events that it compares: two for "which came first" and "how long between", one for "how long ago", none
    when a length is asked ("how long did it take"). `unit` is the unit in which a length is wanted.
    """

    kind: WantedKind
    span: Span | None = None
    anchor: Anchor | None = None
    parts: tuple[str, ...] = ()
    unit: Grain | None = None


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_UNIT = r"(?P<unit>minute|hour|day|week|month|year)s?"
_END = r"[\s?.!]*$"
_PASSED = r"(?: (?:passed|went by|elapsed|were there|are there|have passed|lay))?"
_HOW_LONG = rf"(?:how long|how (?:much time|many {_UNIT}){_PASSED})"
_FIRST = r"(?:first|earlier|sooner)"
_WHICH = r"(?:which|what|who)(?: (?:one|event|of (?:these|the two|them)|trip|came|happened|\w+))?"

_BETWEEN = _compiled(
    rf"{_HOW_LONG}\b.*?\bbetween (?P<a>.+?) and (?P<b>.+?){_END}",
    rf"{_HOW_LONG}\b.*?\bfrom (?P<a>.+?) (?:to|until|till) (?P<b>.+?){_END}",
    rf"(?:what is|what's|what was) the (?:time|difference|interval) between (?P<a>.+?) and (?P<b>.+?){_END}",
    rf"{_HOW_LONG} (?:after|before) (?P<a>.+?) (?:did|was|were|had) (?P<b>.+?){_END}",
    rf"{_HOW_LONG} (?:did|was|were) (?P<b>.+?) (?:after|before) (?P<a>.+?){_END}",
    r"wie (?:lange|viel zeit)\b.*?\b(?:zwischen) (?P<a>.+?) und (?P<b>.+?)[\s?.!]*$",
    r"combien de temps\b.*?\bentre (?P<a>.+?) et (?P<b>.+?)[\s?.!]*$",
    r"cuánto tiempo\b.*?\bentre (?P<a>.+?) y (?P<b>.+?)[\s?.!]*$",
)
_AGO = _compiled(
    rf"{_HOW_LONG}(?: is it| has it been| ago)?(?:,)? (?:since|ago (?:did|was|were|is it that|that)|was it that"
    rf"|has passed since|have passed since) (?P<a>.+?)(?: ago)?{_END}",
    rf"{_HOW_LONG} (?:did|was|were) (?P<a>.+?) ago{_END}",
    r"wie (?:lange|viele (?:tage|wochen|monate|jahre)) (?:ist es her|her ist es),? (?:dass|seit) (?P<a>.+?)[\s?.!]*$",
    r"(?:depuis|il y a) combien de temps (?P<a>.+?)[\s?.!]*$",
    r"(?:hace cuánto(?: tiempo)?|cuánto tiempo hace)(?: que)? (?P<a>.+?)[\s?.!]*$",
)
_WHICH_FIRST = _compiled(
    rf"{_WHICH}\b.*?\b{_FIRST}\b[\s,:—–-]+(?P<a>.+?),? or (?P<b>.+?){_END}",
    rf"did \w+ (?!.*\b(?:any|some)\w*)(?P<a>.+?) (?:before|after) (?P<b>.+?){_END}",
    rf"^(?:did|was|were|have|has) (?P<a>.+?),? or (?P<b>.+?) {_FIRST}{_END}",
    rf"(?P<a>[^,]+?),? or (?P<b>.+?)[\s,:—–-]+(?:which|what|who)\b.*\b{_FIRST}{_END}",
    rf"(?:did|was|were|have|has) (?P<a>.+?) {_FIRST},? or (?P<b>.+?){_END}",
    r"was (?:war|kam|geschah|passierte) (?:zuerst|früher)[\s,:]+(?P<a>.+?) oder (?P<b>.+?)[\s?.!]*$",
    r"qu(?:'est-ce qui|oi)\b.*?(?:en premier|d'abord)[\s,:]+(?P<a>.+?) ou (?P<b>.+?)[\s?.!]*$",
    r"qué\b.*?\b(?:primero|antes)[\s,:]+(?P<a>.+?) o (?P<b>.+?)[\s?.!]*$",
    r"(?P<a>[^，,]+?)(?:和|还是)(?P<b>[^，,]+?)[，,]?(?:哪个|谁)(?:先|更早)",
)
_PLAIN = {
    WantedKind.HOW_MANY_TIMES: _compiled(
        r"\bhow many times\b|\bhow often\b|\bwie oft\b|\bcombien de fois\b|\bcuántas veces\b|几次|多少次|कितनी बार"
    ),
    WantedKind.LAST_TIME: _compiled(
        r"\bwhen\b.*\blast time\b|\bwhen (?:did|was|were|have|had|has) .{1,40}?\blast\b"
        r"(?! (?:week|month|year|name|night|spring|summer|autumn|fall|winter))"
        r"|\bmost recent(?:ly)?\b|\blast time\b.*\?|\bwann\b.*\b(?:zuletzt|das letzte mal)\b"
        r"|\bdernière fois\b|\búltima vez\b|上次|最后一次|पिछली बार|आखिरी बार"
    ),
    WantedKind.FIRST_TIME: _compiled(
        r"\bwhen\b.*\bfirst time\b|\bwhen (?:did|was|were|have|had|has) .{1,40}?\bfirst\b|\bfirst time\b.*\?"
        r"|\bwann\b.*\b(?:zum ersten mal|zuerst|das erste mal)\b|\bpremière fois\b|\bprimera vez\b|第一次|पहली बार"
    ),
    WantedKind.HOW_LONG: _compiled(
        rf"\b{_HOW_LONG} (?:did|does|do|was|were|is|are|has|have|had|will)\b|\bhow long\b|\bwie lange\b"
        r"|\bcombien de temps\b|\bcuánto tiempo\b|多久|多长时间|कितने समय|कितनी देर"
    ),
    WantedKind.WHEN: _compiled(
        r"^\W*(?:so |and |but |do you (?:know|remember) |(?:can|could) you tell me |tell me |remind me )?"
        r"(?:since |until )?when\b"
        r"|\b(?:what|which) (?:date|day|month|year|week|weekend|season|time of (?:the )?(?:day|year)|decade)\b"
        r"(?! (?:planner|trip|off|job))|\bwhat time\b|\bwann\b|\bwelche[mnrs]? (?:tag|datum|jahr|monat)\b|\bquand\b"
        r"|\bquelle? (?:date|jour|année|mois|heure)\b|\bcuándo\b|\ben qué (?:año|mes|fecha|día)\b|\bqué (?:día|fecha)\b"
        r"|什么时候|何时|哪[一]?[天年月]|几[月号点]|कब|किस (?:दिन|साल|महीने|तारीख)"
    ),
}


def wanted(question: str, now: datetime | None) -> Wanted:
    """What a question wants about time; `now` (naive) is when it is asked, without it only dates with their year
    count. Nothing raises."""
    found = expressions(question, now or datetime(2000, 1, 1))
    spans = [span for each in found for span in each.spans if now is not None or each.absolute]
    anchor = next((each.anchor for each in found if each.anchor is not None), None)
    span = spans[0] if spans else None
    compared = _compared(question)
    if compared is not None:
        kind, parts, unit = compared
        return Wanted(kind, span, anchor, parts, unit)
    for kind, patterns in _PLAIN.items():
        match = next((m for pattern in patterns if (m := pattern.search(question))), None)
        if match is not None:
            return Wanted(kind, span, anchor, unit=_unit(match))
    return Wanted(WantedKind.IN_SPAN if span is not None else WantedKind.NONE, span, anchor)


def _compared(question: str) -> tuple[WantedKind, tuple[str, ...], Grain | None] | None:
    for kind, patterns in (
        (WantedKind.HOW_LONG, _BETWEEN),
        (WantedKind.HOW_LONG, _AGO),
        (WantedKind.WHICH_FIRST, _WHICH_FIRST),
    ):
        for pattern in patterns:
            match = pattern.search(question)
            if match is not None:
                return kind, _parts(match), _unit(match)
    return None


def _parts(match: re.Match[str]) -> tuple[str, ...]:
    groups = match.groupdict()
    return tuple(groups[name].strip(" ,?") for name in ("a", "b") if groups.get(name))


def _unit(match: re.Match[str]) -> Grain | None:
    unit = match.groupdict().get("unit")
    return Grain(unit.casefold()) if unit else None
