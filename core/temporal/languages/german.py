"""German, started."""

from __future__ import annotations

import re

from second_me.core.temporal.languages.shared import (
    MONTHS,
    Words,
    day_away,
    holiday,
    listed,
    movable,
    numbered,
    part_away,
    same,
    units,
    weekdays,
)
from second_me.core.temporal.lexer import Lexicon, Tagged, clock
from second_me.core.temporal.spans import Grain


def _decade(match: re.Match[str]) -> Tagged:
    value = int(match["figures"])
    return "k", value if value >= 100 else value + (1900 if value >= 30 else 2000)


_DECADES = tuple(enumerate("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), 2))


def _ordinal(match: re.Match[str]) -> Tagged | None:
    value = int(match.group()[:-1])
    return ("O", value) if 1 <= value <= 31 else None


def _inflected(stem: str, tag: str, value: int) -> Words:
    return {stem + ending: (tag, value) for ending in ("e", "en", "er", "es", "em")}


GERMAN = Lexicon(
    language="de",
    words={
        **MONTHS["de"],
        **weekdays("montag dienstag mittwoch donnerstag freitag samstag sonntag"),
        **listed("W", {"sonnabend": 5}),
        **weekdays("montags dienstags mittwochs donnerstags freitags samstags sonntags", "x"),
        **numbered("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 2),
        **listed("N", {"fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50}),
        **_inflected("ein", "A", 1),
        **_inflected("letzt", "R", -1),
        **_inflected("vorig", "R", -1),
        **_inflected("vergangen", "R", -1),
        **_inflected("vorletzt", "R", -2),
        **_inflected("übernächst", "R", 2),
        **_inflected("dies", "R", 0),
        **_inflected("nächst", "R", 1),
        **_inflected("kommend", "R", 1),
        **_inflected("jed", "E", 0),
        **{
            stem + ending: ("O", at)
            for at, stem in enumerate(("erst", "zweit", "dritt", "viert", "fünft"), 1)
            for ending in ("e", "en", "er", "es")
        },
        **units(
            {
                "minute minuten": Grain.MINUTE,
                "stunde stunden": Grain.HOUR,
                "tag tage tagen tages": Grain.DAY,
                "woche wochen": Grain.WEEK,
                "wochenende wochenenden": Grain.WEEKEND,
                "monat monate monaten monats": Grain.MONTH,
                "jahr jahre jahren jahres": Grain.YEAR,
                "jahrzehnt jahrzehnte jahrzehnten": Grain.DECADE,
                "quartal quartale": Grain.QUARTER,
            }
        ),
        **listed(
            "P", {"vormittag": "morning", "nachmittag": "afternoon", "abend": "evening", "nacht": "night"}
        ),
        **listed("P", {"früh": "morning", "am morgen": "morning"}),
        **listed("S", {"frühling": "spring", "frühjahr": "spring", "sommer": "summer", "herbst": "autumn"}),
        **listed("S", {"winter": "winter"}),
        "heute": day_away(0),
        "gestern": day_away(-1),
        "vorgestern": day_away(-2),
        "morgen": day_away(1),
        "übermorgen": day_away(2),
        "heute morgen": part_away(0, "morning"),
        "heute früh": part_away(0, "morning"),
        "gestern morgen": part_away(-1, "morning"),
        **listed("x", {"guten morgen": 0, "jeden morgen": 0, "eines tages": 0}),
        "weihnachten": holiday(12, 25),
        "heiligabend": holiday(12, 24),
        "silvester": holiday(12, 31),
        "neujahr": holiday(1, 1),
        "nikolaus": holiday(12, 6),
        "ostern": movable(0),
        "ostermontag": movable(1),
        "karfreitag": movable(-2),
        "pfingsten": movable(49),
        **listed("e", {"anfang": "early", "mitte": "mid", "ende": "late"}),
        **listed("C", {"ein paar": 0}),
        **listed("h", {"halbe": 0.5, "halben": 0.5}),
        **same("v", "vor"),
        **same("a", "nach"),
        **{word + ending: ("k", 1900 + 10 * tens) for tens, word in _DECADES for ending in ("er", "ern")},
        **{
            f"{word}er {years}": ("k", 1900 + 10 * tens)
            for tens, word in _DECADES
            for years in ("jahre", "jahren")
        },
        **same("z", "seit"),
        **same("f", "von vom"),
        **same("u", "bis"),
        **same("B", "zwischen"),
        **same("&", "und oder"),
        **same("d", "während gegen"),
        **same("i", "in im"),
        **same("n", "am an"),
        **same("@", "um zu"),
        **same("t", "der die das den dem des"),
        **same("l", "lang dauerte dauert für"),
        **same("p", "ich du er sie es wir ihr"),
        **same("y", "mein meine unser unsere sein seine"),
        **same(
            "+",
            "habe hat haben hatte bin ist war sind waren mit weil dann aber kommt gehe gehen werde wird traf",
        ),
    },
    special=(
        (r"(?<!\w)(?P<figures>(?:19|20)?\d0)er(?:[ -]?jahren?)?(?!\w)", _decade),
        (r"\d{1,2}\.(?=\s?[^\W\d_])", _ordinal),
        (
            r"(?<![\w.:])(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?Uhr(?:\s[0-5]\d)?(?!\w)",
            lambda m: ("c", clock(m.group())),
        ),
    ),
    future=r"\b(?:werde|wirst|wird|werden|werdet|kommt|kommen|muss|müssen|will|wollen|möchte|soll|findet)\b",
    past=r"\b(?:war|waren|ist|bin|sind|hatte|hatten|habe|haben|hat|wurde|wurden|traf|ging|kam|fuhr|sah|zog|ge\w{3,}(?:t|en)"
    r"|\w+ge\w{2,}(?:t|en))\b",
)
