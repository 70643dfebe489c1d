"""A small, honest estimate of how hard a passphrase is to guess.

It knows about a hundred of the words that passwords are made of, runs (`abcd`, `4321`) and repetitions, and
letters the little that letters of a language carry. It errs towards weak; it is a hint, never a promise.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

_TRIED_FIRST = """
password passwort wachtwoord passphrase secret geheim letmein welcome hello admin root login master dragon
monkey football baseball soccer hockey princess sunshine shadow superman batman trustno iloveyou love
qwerty qwertz azerty asdfgh zxcvbn qazwsx abc test user guest default change changeme computer internet
google summer winter spring autumn january february march april june july august september october
november december monday tuesday wednesday thursday friday saturday sunday michael jennifer jordan thomas
daniel andrew joshua charlie jessica ashley michelle amanda freedom whatever starwars pokemon cheese banana
pepper ginger cookie flower purple orange yellow silver golden summertime god jesus money family mother
father sister brother baby angel lovely forever friend matrix hunter ranger buster killer mustang harley
yankees tigger bailey maggie memory vault
"""
COMMON = frozenset(_TRIED_FIRST.split())
"""Words that an attacker tries first."""

COMMON_BITS = 5.0
LETTER_BITS = 2.3  # a letter given those before it, above Shannon's upper bound for English
DIGIT_BITS = math.log2(10) * 0.8
OTHER_BITS = 4.5
RUN_BITS = 4.0

_PIECES = re.compile(r"[^\W\d_]+|\d+|[\W_]")


class Level(IntEnum):
    """What the estimate means, from what a program guesses at once to what nobody will."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """`bits` of guessing work, the `level` it stands for, and whether a common word makes up part of it."""

    bits: float
    level: Level
    common: bool


def estimate(passphrase: str) -> Estimate:
    """The guessing work of a passphrase."""
    pieces = _PIECES.findall(passphrase)
    bits, common, seen = 0.0, False, set[str]()
    for piece in pieces:
        folded = piece.casefold()
        if folded in seen and not piece.isspace():
            bits += 1.0
            continue
        seen.add(folded)
        known = folded in COMMON
        common = common or known
        bits += COMMON_BITS if known else _piece_bits(piece)
    return Estimate(bits, _level(bits), common)


def _piece_bits(piece: str) -> float:
    if piece.isspace():
        return 1.0
    if _is_run(piece):
        return RUN_BITS
    if piece.isdigit():
        return len(piece) * DIGIT_BITS
    if piece.isalpha():
        return len(piece) * LETTER_BITS + _case_bits(piece)
    return OTHER_BITS


def _case_bits(word: str) -> float:
    """Capitals inside a word cost the guesser something, one at its start next to nothing."""
    capitals = sum(character.isupper() for character in word[1:])
    return float(min(capitals, len(word) - capitals)) if capitals else 0.0


def _is_run(piece: str) -> bool:
    """`aaaa`, `abcd`, `4321`: three or more characters in equal steps of at most one."""
    steps = {ord(after) - ord(before) for before, after in pairwise(piece)}
    return len(piece) >= 3 and len(steps) == 1 and abs(steps.pop()) <= 1


def _level(bits: float) -> Level:
    """A guess costs half a second of a core (Argon2id): 30 bits are 17 core-years, 45 half a million."""
    if bits <= 0:
        return Level.NONE
    if bits < 30:
        return Level.WEAK
    if bits < 45:
        return Level.FAIR
    return Level.GOOD if bits < 60 else Level.STRONG
