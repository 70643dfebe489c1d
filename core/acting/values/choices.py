"""Options of selects and radios: the one that means what is known, or none. "Other" is never chosen, nor is the line
that only asks to choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz

from second_me.core.acting.forms import Option
from second_me.core.acting.values.asked import plain

CLOSE = 92.0
"""Likeness of 100 from which two long spellings are taken for the same."""
SHORTEST = 7
"""Letters that a spelling needs before likeness counts."""

_PARTS = re.compile(r"\s[-–—|/:]\s|[()\[\]|;]")
_OTHERS = frozenset(
    """other others andere anderes sonstige sonstiges autre autres otro otra otros altro altra anders overig inny inna
    outro outra none keine""".split()
)
_SEXES = {
    "female": """female woman f w weiblich frau femme féminin feminin mujer femenino femenina femmina donna femminile
    vrouw vrouwelijk kobieta żeńska mulher feminino kvinde kvinna kvinnlig nainen žena γυναίκα жена женский girl
    女性 여성 女""",
    "male": """male man m männlich mann homme masculin hombre masculino maschio uomo maschile mannelijk mężczyzna męska
    homem mand manlig mies muž άνδρας мъж мужской boy 男性 남성 男""",
}  # fmt: skip
SEXES = {kind: tuple(words.split()) for kind, words in _SEXES.items()}
"""{sex: how it is called in forms}."""
SALUTATIONS = {
    "female": (
        "Mrs", "Ms", "Frau", "Mme", "Madame", "Señora", "Sra", "Signora", "Sig.ra", "Mevrouw", "Mevr", "Pani",
        "Senhora", "Fru",
    ),
    "male": (
        "Mr", "Herr", "Herrn", "M", "Monsieur", "Señor", "Sr", "Signor", "Sig", "Dhr", "De heer", "Pan", "Senhor", "Hr",
    ),
}  # fmt: skip
"""How a woman and a man are addressed in forms."""


def sex_of(word: str) -> str:
    """ "female", "male" or ""."""
    low = plain(word)
    return next((kind for kind, words in SEXES.items() if low in {plain(each) for each in words}), "")


def choose(options: Sequence[Option], forms: Iterable[str], same: Iterable[str] = ()) -> Option | None:
    """The option that is called as one of `forms`, else as one of `same`; None where none is or several are."""
    open_options = [option for option in options if option.value and not _is_other(option)]
    for names in (tuple(forms), tuple(same)):
        spelled = {plain(name) for name in names} - {""}
        for test in (_by_text, _by_value, _by_part, _by_likeness):
            found = [option for option in open_options if test(option, spelled)]
            if found:
                return _only(found)
    return None


def _is_other(option: Option) -> bool:
    return plain(option.text) in _OTHERS


def _by_text(option: Option, spelled: set[str]) -> bool:
    return plain(option.text) in spelled


def _by_value(option: Option, spelled: set[str]) -> bool:
    return plain(option.value) in spelled


def _by_part(option: Option, spelled: set[str]) -> bool:
    return any(plain(part) in spelled for part in _PARTS.split(option.text) if len(part.strip()) > 1)


def _by_likeness(option: Option, spelled: set[str]) -> bool:
    text = plain(option.text)
    return any(
        len(name) >= SHORTEST and name[0] == text[:1] and fuzz.ratio(name, text) >= CLOSE for name in spelled
    )


def _only(found: Sequence[Option]) -> Option | None:
    """The first of options that are the same, as countries are that stand once more at the top; else none."""
    first = found[0]
    alike = all(option.value == first.value or plain(option.text) == plain(first.text) for option in found)
    return first if alike else None


def numbered(options: Sequence[Option], number: int, named: Callable[[str], bool]) -> Option | None:
    """The option of a number, by what stands to be read on it: the number itself, or a name for which `named` is
    true. Values count only where they are 1, 2, 3 ... under texts that say nothing of it."""
    for option in options:
        if option.value and (_number(option.text) == number or named(option.text)):
            return option
    real = [option for option in options if option.value]
    silent = all(_number(option.text) is None for option in real)
    if silent and [_number(option.value) for option in real] == list(range(1, len(real) + 1)):
        return next((option for option in real if _number(option.value) == number), None)
    return None


def _number(text: str) -> int | None:
    found = re.fullmatch(r"\D{0,2}?(\d{1,4})\D{0,2}", text.strip())
    return int(found[1]) if found else None
