"""Units: the flat, the floor or the staircase of a house, as a dozen countries write them."""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word

_KINDS = frozenset(
    """apt apartment flat unit suite ste apto appartement appt wohnung whg lgh leilighet lejlighed byt interno int
    ap puerta porta bus bte boîte door tür top stiege staircase stairwell stair entrance escalera esc scala block
    tower floor fl level étage etage piso andar room #""".split()
)
"""Words that a number or a letter follows ("apt 3C", "bus 4")."""
_BEHIND_STREET = frozenset({"m", "lok", "box", "no", "nr"})
"""The same behind a street only ("ul. Długa 4 m. 8")."""
DWELLING_WORDS = frozenset({"apt", "apartment", "flat", "unit", "lgh", "apto"})
_CODE = re.compile(r"\d{1,4}(?:[-/]\d{1,3})?[a-z]{0,2}|[a-z]\d{1,3}")
_ORDINALS = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth top ground lower upper
    1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 16th 17th 18th 19th 20th""".split()
)
_ABOVE = frozenset(
    """tv th mf dto dta esq izq izda izquierda izqda dcha drcha derecha og ug stock etage étage piso andar sal
    links rechts""".split()
)
"""What stands behind the number of a floor ("3. tv", "2º izquierda")."""
_SIDES = frozenset("left right front rear".split())


def unit_at(words: list[Word], at: int, behind: bool = False) -> Span | None:
    """A flat, a floor or a staircase at words[at]; `behind`: a street stands in front of it."""
    if at >= len(words):
        return None
    return _named(words, at, behind) or floor_at(words, at) or (_numbered(words, at) if behind else None)


def _named(words: list[Word], at: int, behind: bool) -> Span | None:
    """ "Flat 4B", "apt. 3", "door C", "bus 2"."""
    kind = words[at].low.rstrip(".")
    if kind not in _KINDS and not (behind and kind in _BEHIND_STREET):
        return None
    code = at + 1 + (at + 1 < len(words) and words[at + 1].low in (".", "number"))
    return (at, code + 1) if code < len(words) and is_code(words[code]) else None


def is_code(word: Word) -> bool:
    """Whether a word is the number or the letter of a flat."""
    letter = word.cap and word.end - word.start == 1 and word.low != "i"
    return letter or bool(_CODE.fullmatch(word.low))


def floor_at(words: list[Word], at: int) -> Span | None:
    """ "Third floor", "2nd floor left", "ground floor"."""
    if at + 1 >= len(words) or words[at].low not in _ORDINALS or words[at + 1].low not in ("floor", "storey"):
        return None
    return (at, at + 2)


def _numbered(words: list[Word], at: int) -> Span | None:
    """ "3º B", "2.º Dto", "3. tv", "1. OG"."""
    low, last = words[at].low, at + 1
    if re.fullmatch(r"[hluk]0\d{3}|#\d{1,4}[a-z]?", low):
        return (at, last)  # a Norwegian dwelling's number, "#4"
    if low.rstrip(".") in ("st", "kl"):
        last += last < len(words) and words[last].low == "."
        return (at, last + 1) if last < len(words) and words[last].low in ("tv", "th", "mf") else None
    if re.fullmatch(r"\d{1,2}[ºª°]", low):
        marked = True
    elif words[at].kind is Kind.NUMBER and re.fullmatch(r"\d{1,2}", low):
        marked = last < len(words) and words[last].low == "."
        last += marked
        last += last < len(words) and words[last].low in ("º", "ª", "°")
    else:
        return None
    if not marked or last >= len(words):
        return None
    side = words[last]
    letter = side.cap and side.end - side.start == 1
    return (at, last + 1) if side.low in _ABOVE or (letter and words[last - 1].low != ".") else None
