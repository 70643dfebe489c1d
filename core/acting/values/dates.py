"""The date of birth, whole or in parts, in the order that the field names or the page's language writes. What was not
told is not filled: a birthday without its year gives a day and a month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from second_me.core.acting.forms import Field, Option
from second_me.core.acting.values.asked import Asked, plain
from second_me.core.acting.values.choices import numbered
from second_me.core.acting.values.countries import LANGUAGES
from second_me.core.acting.values.known import Known, Person, written
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.values import birthday

_MODEL = re.compile(
    r"(?<![^\W\d_])([^\W\d_])\1{0,3}(\s?[./\-\s]\s?)([^\W\d_])\3{0,3}(\s?[./\-\s]\s?)([^\W\d_])\5{0,3}(?![^\W\d_])"
)
"""A date's form as forms show it: "DD/MM/YYYY", "TT.MM.JJJJ", "jj-mm-aaaa"."""
_MONTHS = frozenset("mkhμм")
_YEARS = frozenset("yajråvécεг")
_DAYS = frozenset("dtjgpnηд")
_AMERICAN = frozenset({"US"})


def birthday_for(asked: Asked, person: Person) -> Known:
    """What a field for the date of birth, or a part of it, wants."""
    told = person.one(Slot.BIRTHDAY)
    if not told:
        return told
    year, month, day = birthday(told.forms[0])
    if month is None or not 1 <= month <= 12:
        month = day = None
    if asked.type == "bday":
        if year is None or month is None or day is None:
            return Known(reason="in_part")
        return _whole(asked, told, (year, month, day))
    number = {"bday-day": day, "bday-month": month, "bday-year": year}[asked.type]
    return _part(asked, told, number) if number is not None else Known(reason="in_part")


def _part(asked: Asked, told: Known, number: int) -> Known:
    if asked.type == "bday-year":
        short = asked.field.maxlength == 2
        return written(told, [f"{number % 100:02d}" if short else str(number)], "split")
    padded = bool(re.search(r"\b([a-z])\1\b", asked.field.placeholder.casefold()))
    forms = [f"{number:02d}", str(number)] if padded else [str(number), f"{number:02d}"]
    return written(told, forms, "split")


def part_option(field: Field, kind: str, known: Known) -> Option | None:
    """The option of a day, a month (by number or name) or a year."""
    year, month, day = birthday(known.facts[0].kept.value)
    number = {"bday-day": day, "bday-month": month, "bday-year": year}[kind]
    if number is None:
        return None
    return numbered(
        field.options, number, lambda text: kind == "bday-month" and plain(text) in _names(number)
    )


@lru_cache(maxsize=12)
def _names(month: int) -> frozenset[str]:
    """Names of a month in all languages, long and short; a short one that another month has as well is left out."""
    return frozenset(name for name, months in _all_names().items() if months == {month})


@lru_cache(maxsize=1)
def _all_names() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(plain(name), set()).add(number)
    return found


def _whole(asked: Asked, told: Known, date: tuple[int, int, int]) -> Known:
    """The date in the field's own form; else in the language's; else as it cannot be misread."""
    iso = "{:04d}-{:02d}-{:02d}".format(*date)
    if asked.field.kind == "date":
        return written(told, [iso], "formatted")
    field = asked.field
    for text in (
        field.placeholder,
        field.label,
        field.hint,
        field.aria,
        field.title,
        field.after,
        field.before,
    ):
        form = _modelled(text, date)
        if form:
            return written(told, [form], "formatted")
    usual = _usual(asked, date)
    return written(told, [usual, iso] if usual else [iso, told.forms[0]], "formatted")


def _modelled(text: str, date: tuple[int, int, int]) -> str:
    """The date in the form that a text names, or ""."""
    for found in _MODEL.finditer(text.casefold()):
        runs = [(found[1], found.end(1)), (found[3], found.end(3)), (found[5], found.end(5))]
        starts = [found.start(0), found.start(3), found.start(5)]
        ends = [found.start(2), found.start(4), found.end(0)]
        letters = [letter for letter, _ in runs]
        widths = [end - start for start, end in zip(starts, ends, strict=True)]
        order = _order(letters, widths)
        if order:
            return _laid(date, order, widths, (found[2].strip() or " ", found[4].strip() or " "))
    return ""


def _order(letters: Sequence[str], widths: Sequence[int]) -> tuple[int, ...] | None:
    """Which of year (0), month (1) and day (2) each run of letters stands for."""
    years = [at for at in (0, 2) if widths[at] == 4 and letters[at] in _YEARS]
    if not years:
        years = [at for at in (2,) if widths[at] == 2 and letters[at] in _YEARS and letters[0] != letters[2]]
    if len(years) != 1:
        return None
    rest = [at for at in (0, 1, 2) if at != years[0]]
    months = [at for at in rest if letters[at] in _MONTHS]
    if len(months) != 1:
        return None
    day = next(at for at in rest if at != months[0])
    if letters[day] not in _DAYS:
        return None
    return tuple(0 if at == years[0] else 1 if at == months[0] else 2 for at in range(3))


def _laid(
    date: tuple[int, int, int], order: Sequence[int], widths: Sequence[int], between: tuple[str, str]
) -> str:
    parts = []
    for which, width in zip(order, widths, strict=True):
        number = date[which] % 100 if which == 0 and width == 2 else date[which]
        parts.append(f"{number:0{min(width, 4)}d}")
    return f"{parts[0]}{between[0]}{parts[1]}{between[1]}{parts[2]}"


def _usual(asked: Asked, date: tuple[int, int, int]) -> str:
    """The date as the page's language writes it; "" where English does not say which English it is."""
    tag = f"{asked.language}_{asked.country}" if asked.country else asked.language
    if asked.language in ("", "en") and not (asked.language and asked.country):
        return ""
    pattern = _pattern(tag) or _pattern(asked.language)
    if not pattern:
        return ""
    text = re.sub(r"y+", f"{date[0]:04d}", pattern)
    text = re.sub(r"[ML]+", f"{date[1]:02d}", text)
    return re.sub(r"d+", f"{date[2]:02d}", text).strip()


@lru_cache(maxsize=64)
def _pattern(tag: str) -> str:
    """CLDR's short form of a date, where it is made of figures."""
    try:
        pattern = str(Locale.parse(tag).date_formats["short"].pattern)
    except (UnknownLocaleError, ValueError, KeyError):
        return ""
    return pattern if re.fullmatch(r"[yMLd./\-\s]+", pattern) else ""
