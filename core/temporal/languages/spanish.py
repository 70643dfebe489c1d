"""Spanish, started."""

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
    part_away,
    same,
    units,
    weekdays,
)
from second_me.core.temporal.lexer import Lexicon, Tagged
from second_me.core.temporal.spans import Grain


def _decade(match: re.Match[str]) -> Tagged:
    value = int(match["figures"])
    return "k", value if value >= 100 else value + (1900 if value >= 30 else 2000)


_DECADES = tuple(enumerate("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 2))

SPANISH = Lexicon(
    language="es",
    words={
        **MONTHS["es"],
        **weekdays("lunes martes miércoles jueves viernes sábado domingo"),
        **numbered("dos tres cuatro cinco seis siete ocho nueve diez once doce", 2),
        **listed("N", {"quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50}),
        **listed("A", {"un": 1, "una": 1}),
        **listed("C", {"un par de": 2}),
        **same("F", "unos unas algunos algunas varios varias pocos pocas"),
        **numbered("primer segundo tercer cuarto quinto", 1, "O"),
        **listed("O", {"primero": 1, "primera": 1, "segunda": 2, "tercera": 3}),
        **units(
            {
                "minuto minutos": Grain.MINUTE,
                "hora horas": Grain.HOUR,
                "día días dia dias": Grain.DAY,
                "semana semanas": Grain.WEEK,
                "mes meses": Grain.MONTH,
                "año años": Grain.YEAR,
                "trimestre trimestres": Grain.QUARTER,
                "década décadas": Grain.DECADE,
            }
        ),
        **listed("U", {"fin de semana": Grain.WEEKEND, "fines de semana": Grain.WEEKEND}),
        **listed("P", {"por la mañana": "morning", "de la mañana": "morning", "tarde": "afternoon"}),
        **listed("P", {"por la tarde": "afternoon", "por la noche": "evening", "noche": "night"}),
        **listed("S", {"primavera": "spring", "verano": "summer", "otoño": "autumn", "invierno": "winter"}),
        **listed("R", dict.fromkeys("pasado pasada último última".split(), -1)),
        **listed("R", dict.fromkeys("este esta".split(), 0)),
        **listed("R", {"próximo": 1, "próxima": 1, "que viene": 1, "siguiente": 1}),
        "hoy": day_away(0),
        "ayer": day_away(-1),
        "anteayer": day_away(-2),
        "antier": day_away(-2),
        "mañana": day_away(1),
        "pasado mañana": day_away(2),
        "anoche": night_away(-1),
        "esta mañana": part_away(0, "morning"),
        "esta tarde": part_away(0, "afternoon"),
        "esta noche": part_away(0, "evening"),
        "mañana por la mañana": part_away(1, "morning"),
        "navidad": holiday(12, 25),
        "nochebuena": holiday(12, 24),
        "nochevieja": holiday(12, 31),
        "año nuevo": holiday(1, 1),
        "reyes": holiday(1, 6),
        "pascua": movable(0),
        "viernes santo": movable(-2),
        **listed("e", {"principios de": "early", "a principios de": "early", "mediados de": "mid"}),
        **listed("e", {"a mediados de": "mid", "finales de": "late", "a finales de": "late"}),
        **same("v", "hace"),
        **listed("w", {"dentro de": 0}),
        **listed("g", {"atrás": 0}),
        **same("z", "desde"),
        **listed("b", {"antes de": 0, "antes del": 0}),
        **listed("a", {"después de": 0, "después del": 0}),
        **{f"años {word}": ("k", 1900 + 10 * tens) for tens, word in _DECADES},
        **same("f", "del"),
        **same("o", "de"),
        **same("j", "a al"),
        **same("u", "hasta"),
        **same("B", "entre"),
        **same("&", "y e o"),
        **same("i", "en"),
        **listed("@", {"a las": 0, "a la": 0}),
        **same("l", "durante duró dura por"),
        **same("t", "el la los las"),
        **same("E", "cada"),
        **listed("E", {"todos los": 0, "todas las": 0}),
        **same("p", "yo tú él ella nosotros ellos ellas me te se nos lo le"),
        **same("y", "mi mis nuestro nuestra su sus"),
        **same("+", "con pero porque cuando fui voy vi es"),
    },
    special=((r"(?<!\w)años (?P<figures>(?:19|20)?\d0)(?!\w)", _decade),),
    future=r"\b(?:\w+(?:aré|eré|iré|arás|erás|irás|ará|erá|irá|aremos|eremos|iremos|arán|erán|irán)|voy|va|vamos|van"
    r"|tengo que|viene|llegan?)\b",
    past=r"\b(?:fui|fue|fuimos|fueron|era|estaba|estuve|estuvo|tuve|hice|hizo|vi|vio|vine|vino|he|ha|hemos|han"
    r"|\w{2,}(?:é|ó|aron|ieron|imos|aba|ía))\b",
    not_past=frozenset(("qué", "café", "día")),
)
