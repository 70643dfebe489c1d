"""One spelling for every script: what is folded before words are compared, and which scripts have no spaces.

Folding is for comparing only; what is kept and shown stays verbatim. Arabic loses its vowel signs and its
variants of alef, ta marbuta and ya; Devanagari its nukta, and chandrabindu counts as anusvara (the
normalisation that search engines use for them); digits of every script are those of ASCII.
"""

from __future__ import annotations

import re
import unicodedata

_MARK_BLOCKS = (
    (0x300, 0x370), (0x480, 0x490), (0x590, 0x1100), (0x1700, 0x1D00), (0x1DC0, 0x1E00), (0x20D0, 0x2100),
    (0x302A, 0x3030), (0x3099, 0x309B), (0xA660, 0xA700), (0xA800, 0xAC00),
)  # fmt: skip
MARKS = "".join(
    chr(code)
    for first, end in _MARK_BLOCKS
    for code in range(first, end)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
"""Signs that belong to the letter before them. Python's `\\w` knows none of them, so it would cut Hindi words."""

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\uaa60-\uaa7f"  # Myanmar
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff"  # Hangul: words carry their particles, as if without spaces
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u312f\u31f0-\u31ff"  # Kana, Bopomofo
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_LETTER = f"[{_UNSPACED}{MARKS}]"
_RUN = re.compile(rf"(?=[{_UNSPACED}])(?:(?=[\w{MARKS}]){_LETTER})+")
_UNIT = re.compile(f".[{MARKS}]*", re.DOTALL)
_ONE = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:'[^\W_](?:[^\W_]|[{MARKS}])*)?")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)?")  # the same, three times as fast

_ZEROS = (
    0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0
)  # fmt: skip
_DROPPED = (
    *range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7,  # Hebrew points
    0x640, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E9), *range(0x6EA, 0x6EE),
    0x93C, 0xAD, 0x200C, 0x200D, *range(0xFE00, 0xFE10),
)  # fmt: skip
_FOLDS: dict[int, int | None] = {
    **dict.fromkeys(_DROPPED),
    **{zero + digit: ord("0") + digit for zero in _ZEROS for digit in range(10)},
    **{ord(a): ord(b) for a, b in zip("’آأإٱىیکة", "'اااايي\u0643ه", strict=True)},
    0x901: 0x902, 0x949: 0x93E, 0x911: 0x906,
}  # fmt: skip


def folded(text: str) -> str:
    """The text as it is compared: compatibility forms, case, and what scripts write in two ways."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain if plain.isascii() else plain.translate(_FOLDS)


def spaced_words(plain: str) -> list[str]:
    """Words of a folded text. A run of a script without spaces counts as one."""
    return (_ASCII_WORD if plain.isascii() else _WORD).findall(plain)


def without_runs(plain: str) -> str:
    """A folded text with a space for every run of a script without spaces."""
    return plain if plain.isascii() else _RUN.sub(" ", plain)


def runs(plain: str) -> list[str]:
    """The runs of scripts without spaces in a folded text."""
    return _RUN.findall(plain)


def units(run: str) -> list[str]:
    """The letters of a run, each with its marks: a vowel sign of Thai alone tells nothing apart."""
    return _UNIT.findall(run)


def is_unspaced(term: str) -> bool:
    """Whether a term of a question is of a script without spaces, by its first letter."""
    return bool(_ONE.match(term))
