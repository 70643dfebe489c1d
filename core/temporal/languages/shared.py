"""What the word lists of the languages are made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.lexer import Tagged
from second_me.core.temporal.moments import relative
from second_me.core.temporal.spans import Grain, Span

Words = dict[str, Tagged]


def listed(tag: str, values: Mapping[str, Any]) -> Words:
    """Each word with its value under one tag."""
    return {word: (tag, value) for word, value in values.items()}


def numbered(words: str, first: int = 1, tag: str = "N") -> Words:
    """Words that count up from `first`."""
    return {word: (tag, at) for at, word in enumerate(words.split(), first)}


def weekdays(words: str, tag: str = "W") -> Words:
    """Seven words from Monday on."""
    return numbered(words, 0, tag)


def units(words: Mapping[str, Grain]) -> Words:
    """{"day days": the unit}."""
    return {word: ("U", unit) for several, unit in words.items() for word in several.split()}


def months(*rows: str) -> Words:
    """Rows of twelve words, "-" for none; all after the first row are short forms, also with a full stop."""
    found: Words = {}
    for at, row in enumerate(rows):
        for number, word in enumerate(row.split(), 1):
            if word != "-":
                found[word] = ("M", number)
                if at > 0:
                    found[word + "."] = ("M", number)
    return found


def holiday(month: int, day: int) -> Tagged:
    """A holiday that has its day."""
    return "H", lambda year: calendar.day(year, month, day)


def movable(after_easter: int) -> Tagged:
    """A holiday so many days after Easter Sunday."""

    def of(year: int) -> Span:
        start = calendar.easter(year) + timedelta(days=after_easter)
        return Span(start, start + calendar.DAY, Grain.DAY)

    return "H", of


def day_away(days: int) -> Tagged:
    """Yesterday is -1."""
    return "Z", relative(lambda now: calendar.unit_away(now, days, Grain.DAY), Grain.DAY)


def part_away(days: int, part: str) -> Tagged:
    """A part of a day that is so many days away."""
    return "Z", relative(lambda now: calendar.part(now + days * calendar.DAY, part), Grain.PART)


def night_away(days: int) -> Tagged:
    """A night that began so many days away."""
    return part_away(days, "night")


def same(tag: str, words: str) -> Words:
    """Words of one tag without a value."""
    return {word: (tag, 0) for word in words.split()}


ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
).split()
MONTHS = {
    "en": months(
        " ".join(ENGLISH_MONTHS).casefold(),
        "jan feb mar apr - jun jul aug sep oct nov dec",
        "- - - - - - - - sept - - -",
    ),
    "de": months(
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jan feb mär apr - jun jul aug sep okt nov dez",
        "jänner feber - - - - - - sept - - -",
    ),
    "fr": months(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr - avr - - juil - sept oct nov déc",
        "- fevrier - - - - - aout - - - decembre",
    ),
    "es": months(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr - jun jul ago sept oct nov dic",
        "- - - - - - - - setiembre - - -",
    ),
    "hi": months(
        "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "- फरवरी - - - - - - सितम्बर अक्तूबर नवम्बर दिसम्बर",
    ),
}
