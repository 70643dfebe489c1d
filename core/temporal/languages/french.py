"""French, started."""

from __future__ import annotations

import re

from second_me.core.temporal.languages.shared import (
    MONTHS,
    day_away,
    holiday,
    listed,
    movable,
    night_away,
    numbered,
    same,
    units,
    weekdays,
)
from second_me.core.temporal.lexer import Lexicon, Tagged
from second_me.core.temporal.spans import Grain


def _elision(match: re.Match[str]) -> Tagged:
    return {"l": "t", "d": "o", "j": "p"}[match.group()[0].casefold()], 0


def _decade(match: re.Match[str]) -> Tagged:
    value = int(match["figures"])
    return "k", value if value >= 100 else value + (1900 if value >= 30 else 2000)


_TENS = "vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix"
_DECADES = tuple(enumerate(_TENS.split(), 2))


def _clock(match: re.Match[str]) -> Tagged:
    return "c", (int(match["hour"]), int(match["minute"]) if match["minute"] else None)


FRENCH = Lexicon(
    language="fr",
    words={
        **MONTHS["fr"],
        **weekdays("lundi mardi mercredi jeudi vendredi samedi dimanche"),
        **weekdays("lundis mardis mercredis jeudis vendredis samedis dimanches", "x"),
        **numbered("deux trois quatre cinq six sept huit neuf dix onze douze", 2),
        **listed("N", {"quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50}),
        **listed("A", {"un": 1, "une": 1}),
        **listed("C", {"une dizaine de": 10}),
        **listed("F", {"quelques": 0, "plusieurs": 0}),
        **numbered("premier deuxième troisième quatrième cinquième", 1, "O"),
        **numbered("première", 1, "O"),
        **units(
            {
                "minute minutes": Grain.MINUTE,
                "heure heures": Grain.HOUR,
                "jour jours journée": Grain.DAY,
                "semaine semaines": Grain.WEEK,
                "week-end weekend week-ends weekends": Grain.WEEKEND,
                "mois": Grain.MONTH,
                "an ans année années": Grain.YEAR,
                "trimestre trimestres": Grain.QUARTER,
                "décennie décennies": Grain.DECADE,
            }
        ),
        **listed("P", {"matin": "morning", "après-midi": "afternoon", "soir": "evening", "nuit": "night"}),
        **listed("S", {"printemps": "spring", "été": "summer", "automne": "autumn", "hiver": "winter"}),
        **listed("R", dict.fromkeys("dernier dernière derniers dernières passé passée".split(), -1)),
        **listed("R", dict.fromkeys("ce cet cette".split(), 0)),
        **listed("R", dict.fromkeys("prochain prochaine".split(), 1)),
        "aujourd'hui": day_away(0),
        "hier": day_away(-1),
        "avant-hier": day_away(-2),
        "demain": day_away(1),
        "après-demain": day_away(2),
        "la nuit dernière": night_away(-1),
        "noël": holiday(12, 25),
        "nouvel an": holiday(1, 1),
        "saint-sylvestre": holiday(12, 31),
        "toussaint": holiday(11, 1),
        "pâques": movable(0),
        "lundi de pâques": movable(1),
        "pentecôte": movable(49),
        **listed("e", {"début": "early", "mi": "mid", "fin": "late"}),
        **listed("v", {"il y a": 0, "y a": 0, "voilà": 0}),
        **same("w", "dans"),
        **same("z", "depuis"),
        **same("b", "avant"),
        **same("a", "après"),
        **{f"années {word}": ("k", 1900 + 10 * tens) for tens, word in _DECADES},
        **listed("f", {"du": 0, "à partir du": 0}),
        **same("o", "de des"),
        **same("j", "à au aux"),
        **listed("u", {"jusqu'à": 0, "jusqu'au": 0, "jusqu'en": 0}),
        **same("B", "entre"),
        **same("&", "et ou"),
        **same("i", "en"),
        **same("d", "vers"),
        **same("l", "durant duré dure pendant pour"),
        **same("t", "le la les"),
        **same("E", "chaque"),
        **listed("E", {"tous les": 0, "toutes les": 0}),
        **same("p", "je tu il elle on nous vous ils elles"),
        **same("y", "mon ma mes notre nos son sa ses"),
        **same("+", "avec mais puis parce quand"),
    },
    special=(
        (r"(?<!\w)[ldj]'", _elision),
        (r"(?<!\w)années (?P<figures>(?:19|20)?\d0)(?!\w)", _decade),
        (r"(?<!\w)1er(?!\w)", lambda m: ("O", 1)),
        (r"(?<![\w.:])(?P<hour>[01]?\d|2[0-3])\s?h(?:eures?)?\s?(?P<minute>[0-5]\d)?(?!\w)", _clock),
    ),
    future=r"\b(?:\w+(?:rai|ras|ra|rons|rez|ront)|va|vais|vas|allons|allez|vont|dois|doit|prochaine?)\b",
    past=r"\b(?:ai|as|a|avons|avez|ont|suis|est|sommes|sont|étais|était|étaient|j'ai|\w{2,}(?:é|ée|és|ées|ait|aient))\b",
)
