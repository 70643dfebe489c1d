"""Words of a form's texts and of its ids and names, folded so that case, accents and signs do not count."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "№": "no", "ʼ": "'"}
)
_EASTERN = "\u3005\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\u1100-\u11ff"
"""Signs that stand without blanks: each (of Korean: each part of one) counts as a word."""
_WORD = re.compile(
    rf"[{_EASTERN}]|(?:[^\W_{_EASTERN}]|[\u0900-\u0963\u0966-\u0dff])+"
)  # Indian vowel signs are no \w
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PIECE = re.compile(r"[^\W\d_]+|\d+")


def folded(text: str) -> str:
    """The text in small letters without accents ("Straße" -> "strasse", "Città" -> "citta", "ｶﾅ" -> "カナ")."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """Words of a text, folded. Marks inside words part them: "d'adresse" is "d" and "adresse"."""
    return _WORD.findall(folded(text))


def pieces_of(identifier: str) -> list[str]:
    """Parts of an id or a name: "billing[firstName]2" -> billing, first, name, 2."""
    return _PIECE.findall(folded(_HUMP.sub(" ", identifier)))
