"""Stretches of time that a question names: the simple cases, until the rules for all of them stand here.

`simple_spans` is the one function to replace: whatever gives `Expression`s of a text will do (`SpansOf`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Stretch(Protocol):
    """A stretch of time: local, naive; `end` is not in it. `grain` is `day`, `week`, `month`, `year` ..."""

    @property
    def start(self) -> datetime:
        """Its beginning."""

    @property
    def end(self) -> datetime:
        """The first moment after it."""


class Expression(Protocol):
    """A time expression of a text: code points `start` to `end`; `span` is None where it names no stretch."""

    @property
    def start(self) -> int:
        """Its first code point."""

    @property
    def end(self) -> int:
        """The code point after its last."""

    @property
    def span(self) -> Stretch | None:
        """What it names."""


SpansOf = Callable[[str, datetime], Sequence[Expression]]
"""(text, now) -> its time expressions, in order."""


@dataclass(frozen=True, slots=True)
class Span:
    """Implements `Stretch`."""

    start: datetime
    end: datetime
    grain: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Implements `Expression`."""

    start: int
    end: int
    span: Span | None


_MONTHS = (
    "january jan januar januari janvier enero जनवरी",
    "february feb februar février febrero फरवरी",
    "march mar märz mars marzo मार्च",
    "april apr avril abril अप्रैल",
    "may mai mayo मई",
    "june jun juni juin junio जून",
    "july jul juli juillet julio जुलाई",
    "august aug août agosto अगस्त",
    "september sep sept septembre septiembre सितंबर",
    "october oct oktober okt octobre octubre अक्टूबर",
    "november nov novembre noviembre नवंबर",
    "december dec dezember dez décembre diciembre दिसंबर",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_LAST = r"last|the last|the past|past|letzte[nrsm]?|vorige[nrsm]?"
_UNITS = {
    "week": "week woche semaine semana हफ्ते हफ़्ते सप्ताह 周 周末 星期 週",
    "month": "month monat mois mes महीने 个月 月 個月",
    "year": "year jahr an année año साल वर्ष 年",
}
_UNIT = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_ANY_UNIT = "|".join(sorted((re.escape(name) for name in _UNIT), key=len, reverse=True))
_PATTERN = re.compile(
    rf"""(?P<yesterday>\b(?:yesterday|gestern|hier|ayer)\b|昨天|कल\b)
    |(?P<today>\b(?:today|heute|aujourd['’]hui|hoy)\b|今天|आज\b)
    |\b(?:the\ )?(?:last|past|letzten)\ (?P<count>\d{{1,3}})\ (?P<days>days?|tagen?|weeks?|wochen|months?|monaten?)\b
    |(?:\b(?:{_LAST})\ |上(?=[个個]?月|周|週|星期)|去(?=年)|पिछले\ )(?P<last>{_ANY_UNIT})(?!\w)
    |\b(?:la\ )?(?P<after>semaine|semana|mois|mes|année|an|año)\ (?:dernière?|passée?|pasad[oa])\b
    |(?:\b(?:this|diese[nrsm]?|ce|cette|est[ea]|meine?)\ |这个?(?=月|周)|今(?=年)|इस\ )(?P<this>{_ANY_UNIT})(?!\w)
    |(?:(?P<cyear>\d{{4}})年)?(?P<cmonth>\d{{1,2}}|[一二三四五六七八九]|十[一二]?)月
    |(?<!\w)(?P<month>{"|".join(sorted(_MONTH, key=len, reverse=True))})\b\.?
      (?:,?\ (?:of\ |de\ |del\ )?(?P<myear>\d{{4}})\b)?
    |(?<![\d.,:/-])(?P<year>(?:19|20)\d\d)(?:年|(?!\w|[.,:/-]\d))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CHINESE = {name: number for number, name in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}


def simple_spans(text: str, now: datetime) -> list[Mention]:
    """Months, years, last and this week, month and year, the last N days, yesterday and today of a text.

    A month without a year is the latest one that has begun. What the calendar does not hold is left out.
    """
    found: list[Mention] = []
    for match in _PATTERN.finditer(text):
        try:
            span = _span(match, now)
        except (ValueError, OverflowError):
            continue
        found.append(Mention(match.start(), match.end(), span))
    return found


def _span(match: re.Match[str], now: datetime) -> Span:
    said = {name: value.casefold() for name, value in match.groupdict().items() if value}
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if "yesterday" in said or "today" in said:
        day = today - timedelta(days=1) if "yesterday" in said else today
        return Span(day, day + timedelta(days=1), "day")
    if "count" in said:
        return _lately(int(said["count"]), said["days"][0], today)
    if "last" in said or "after" in said:
        return _around(_UNIT[said.get("last") or said["after"]], -1, today)
    if "this" in said:
        return _around(_UNIT[said["this"]], 0, today)
    if "year" in said:
        return _year(int(said["year"]))
    return _named_month(said, now)


def _named_month(said: dict[str, str], now: datetime) -> Span:
    if "month" in said:
        number, year = _MONTH[said["month"]], said.get("myear")
    else:
        number, year = _CHINESE.get(said["cmonth"]) or int(said["cmonth"]), said.get("cyear")
    latest = now.year if number <= now.month else now.year - 1
    return _month(int(year) if year else latest, number)


def _lately(count: int, unit: str, today: datetime) -> Span:
    days = {"d": 1, "t": 1, "w": 7, "m": 30}[unit] * count
    return Span(today - timedelta(days=days), today + timedelta(days=1), "day")


def _around(unit: str, away: int, today: datetime) -> Span:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=away)
        return Span(monday, monday + timedelta(weeks=1), "week")
    if unit == "month":
        months = today.year * 12 + today.month - 1 + away
        return _month(months // 12, months % 12 + 1)
    return _year(today.year + away)


def _month(year: int, number: int) -> Span:
    after = datetime(year + 1, 1, 1) if number == 12 else datetime(year, number + 1, 1)
    return Span(datetime(year, number, 1), after, "month")


def _year(year: int) -> Span:
    return Span(datetime(year, 1, 1), datetime(year + 1, 1, 1), "year")
