"""From a text to nodes: each word of time gets a one-letter tag, so that rules are patterns over tags.

Z a moment   1 a stretch   2 several moments   3 a length   4 a time beside an event
M month      m when        W weekday     K weekdays ("two Wednesdays")    D 1..31 in digits    O ordinal
N number     A a, one      C couple   F few     h half       Y year        U unit
P part of a day            S season   s season that is another word too    H holiday   k decade   q quarter
R last, this, next         e early, mid, late  g ago         G from now    v ago, said before   w in, of the future
c time of the clock        V day and month in figures       f from   j to   B between   & and
z since      u until       b before   a after  d during      i in   n on    @ at   o of    t the
l for, took  E every       ~ old, later        p subject     y my, his      * was, will
    + other words that may follow a weekday
, - . as they stand        x anything else
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.moments import Moment, fixed, yearly
from second_me.core.temporal.spans import Grain

Tagged = tuple[str, Any]
Reader = Callable[["re.Match[str]"], "Tagged | None"]

_LETTERS = r"[^\W\d_][\w\u0900-\u097f]*"
_COMMON = (
    r"(?P<iso>(?<![\w.:-])\d{4}(?P<gap>[-/.])\d{1,2}(?P=gap)\d{1,2}(?:[T ]\d\d:\d\d(?::\d\d)?)?(?![\w-]|\.\d))"
    r"|(?P<numeric>(?<![\w.:/-])\d{1,2}(?P<mark2>[-/.])\d{1,2}(?P=mark2)(?:\d{4}|\d\d)(?![\w/-]|\.\d))"
    r"|(?P<clock>(?<![\w.:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\w:])(?:\s?(?:[ap]m\b|[ap]\.m\.?))?)"
    r"|(?P<twelve>(?<![\w.:])(?:1[0-2]|[1-9])(?:\.[0-5]\d)?\s?(?:[ap]m\b|[ap]\.m\.?))"
    r"|(?P<pair>(?<![\w.:/-])(?:19|20)\d\d[/-]\d\d(?![\w/-]|\.\d))"
    r"|(?P<slash>(?<![\w.:/-])\d{1,2}/\d{1,2}(?![\w/]|\.\d))"
    r"|(?P<odd>\d+(?:[.,:/]\d+)+\w*|\d+[^\W\d_]\w*)"
    r"|(?P<number>\d+)"
)
_REST = rf"|(?P<word>{_LETTERS}(?:'[^\W\d_]+)?)|(?P<mark>[.!?;:\n。！？；,，、–—-])"


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the text, start to end in code points, its tag and what the tag's value is."""

    tag: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """The words of time of one language, in lower case, each with its tag and value.

    `special` are patterns with their readers, tried first; `capitals` count only when they begin with a
    capital. `future` and `past` are patterns of tense. `month_first`: 5/7 is 7 May.
    """

    language: str
    words: Mapping[str, Tagged]
    special: tuple[tuple[str, Reader], ...] = ()
    capitals: frozenset[str] = frozenset()
    future: str = r"(?!)"
    past: str = r"(?!)"
    not_past: frozenset[str] = frozenset()
    month_first: bool = False
    spaced: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The one pattern that cuts a text of this language."""
        phrases = [word for word in self.words if not self.spaced or re.search(r"[^\w\u0900-\u097f]", word)]
        phrases.sort(key=len, reverse=True)
        listed = "|".join(re.escape(phrase) for phrase in phrases) or "(?!)"
        edge = r"(?<![\w\u0900-\u097f])(?:{})(?![\w\u0900-\u097f])" if self.spaced else "(?:{})"
        special = "".join(
            f"(?P<s{at}>{_NAME.sub('(?:', pattern)})|" for at, (pattern, _) in enumerate(self.special)
        )
        rest = _REST if self.spaced else r"|(?P<word>[^\W\d_])|" + _REST.split("|", 2)[2]
        return re.compile(f"{special}(?P<phrase>{edge.format(listed)})|{_COMMON}{rest}", re.IGNORECASE)


def nodes_of(text: str, lexicon: Lexicon) -> list[Node]:
    """The nodes of a text in order; white space is passed over, a new line ends a sentence."""
    return [
        Node(*_tagged(match, lexicon), match.start(), match.end())
        for match in lexicon.pattern.finditer(text.replace("’", "'"))
    ]


def _tagged(match: re.Match[str], lexicon: Lexicon) -> Tagged:
    kind, found = match.lastgroup or "", match.group()
    if kind in ("phrase", "word"):
        return _word(found, lexicon)
    if kind == "mark":
        return _MARKS.get(found, "."), found
    try:
        made = _special(match, lexicon) if kind[1:].isdigit() else _figures(kind, found, lexicon)
    except (ValueError, OverflowError):
        made = None
    return made or ("x", found)


def _special(match: re.Match[str], lexicon: Lexicon) -> Tagged | None:
    """The reader gets a match of its own pattern, with its own groups."""
    pattern, reader = lexicon.special[int((match.lastgroup or "s0")[1:])]
    own = re.compile(pattern, re.IGNORECASE).match(match.string, match.start())
    return reader(own) if own else None


_NAME = re.compile(r"\(\?P<\w+>")
_MARKS = {",": ",", "，": ",", "、": ",", "-": "-", "–": "j", "—": "."}


def without_nukta(word: str) -> str:
    """A Hindi word as many write it: फ़ as फ."""
    return unicodedata.normalize("NFD", word).replace("\u093c", "")


def _word(found: str, lexicon: Lexicon) -> Tagged:
    folded = without_nukta(found) if lexicon.language == "hi" else found.casefold()
    if folded not in lexicon.words:
        folded = folded.removesuffix("'s")
    if folded in lexicon.capitals and not found[0].isupper():
        return "x", found
    return lexicon.words.get(folded, ("x", found))


def _figures(kind: str, found: str, lexicon: Lexicon) -> Tagged | None:
    if kind == "number":
        return number(found)
    if kind in ("clock", "twelve"):
        return "c", clock(found)
    figures = [int(each) for each in re.findall(r"\d+", found)]
    if kind == "iso":
        return "Z", fixed(_stamp(figures))
    if kind == "numeric":
        return "Z", fixed(calendar.day(_year(figures[2]), *_month_and_day(figures, found, lexicon)))
    if kind == "pair":  # a winter of two years
        return ("Y", figures[0]) if (figures[0] + 1) % 100 == figures[1] else None
    if kind == "slash":
        month, day = _month_and_day(figures, found, lexicon)
        return "V", dated(month, day)
    return None


def _stamp(figures: list[int]) -> Any:
    day = calendar.day(*figures[:3])
    if len(figures) < 5:
        return day
    return calendar.holding(datetime(*figures[:5]), Grain.MINUTE)  # type: ignore[arg-type]


def _month_and_day(figures: list[int], found: str, lexicon: Lexicon) -> tuple[int, int]:
    first, second = figures[:2]
    if second > 12 or (lexicon.month_first and "/" in found and first <= 12):
        return first, second
    return second, first


def _year(figures: int) -> int:
    """Two figures are a year of 1970 to 2069."""
    if figures >= 100:
        return figures
    return figures + (1900 if figures >= 70 else 2000)


def dated(month: int, day: int) -> Moment:
    """A day of every year. Raises ValueError where no year has it."""
    calendar.day(2024, month, day)
    return yearly(lambda year: calendar.day(year, month, day), Grain.DAY)


def number(found: str) -> Tagged:
    """Figures alone: a year, a day's number, or only a number."""
    value = int(found[:9])
    if len(found) == 4 and 1500 <= value < 2100:
        return "Y", value
    if len(found) <= 2 and 1 <= value <= 31 and not (found[0] == "0" and len(found) == 1):
        return "D", value
    return ("N", value) if found[0] != "0" and len(found) <= 4 else ("x", found)


def clock(found: str) -> tuple[int, int | None]:
    """(hour, minute; None when only the hour is said) of "15:42", "3pm", "7.05 pm"."""
    figures = [int(each) for each in re.findall(r"\d+", found)]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else None
    if half := re.search(r"([ap])\.?m", found, re.IGNORECASE):
        hour = hour % 12 + (12 if half[1] in "pP" else 0)
    return hour, minute
