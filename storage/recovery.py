"""The recovery key: 130 random bits that a person can copy by hand.

Thirty letters of Crockford's base 32 in groups of five: twenty-six of key, four of check. The check letters
make a Reed-Solomon code over GF(32) of distance five, so a wrong letter, two letters swapped, and any mistake
in up to four places are told for certain (not only probably) from a key of another vault.
"""

from __future__ import annotations

import secrets
import unicodedata

from second_me.storage.faults import fault

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1"})
_KEY_LETTERS = 26
_CHECK_LETTERS = 4
_GROUP = 5


def _powers() -> list[int]:
    """Powers of a generator of GF(32), whose polynomial is x^5 + x^2 + 1."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    return powers


_POWER = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_POWER)}


def _times(a: int, b: int) -> int:
    return _POWER[(_LOG[a] + _LOG[b]) % 31] if a and b else 0


def _generator() -> list[int]:
    """Coefficients of (x - g)(x - g^2)(x - g^3)(x - g^4), highest first."""
    polynomial = [1]
    for exponent in range(1, _CHECK_LETTERS + 1):
        shifted = [*polynomial, 0]
        scaled = [0, *(_times(value, _POWER[exponent]) for value in polynomial)]
        polynomial = [a ^ b for a, b in zip(shifted, scaled, strict=True)]
    return polynomial


_GENERATOR = _generator()


def _check(values: list[int]) -> list[int]:
    """The remainder that makes the word a multiple of the generator."""
    rest = [*values, *[0] * _CHECK_LETTERS]
    for place in range(len(values)):
        factor = rest[place]
        for offset, coefficient in enumerate(_GENERATOR):
            rest[place + offset] ^= _times(coefficient, factor)
    return rest[-_CHECK_LETTERS:]


def new_recovery_key() -> str:
    """A fresh recovery key as it is shown: six groups of five letters."""
    values = [secrets.randbelow(32) for _ in range(_KEY_LETTERS)]
    letters = "".join(_LETTERS[value] for value in values + _check(values))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def parse_recovery_key(text: str) -> bytes:
    """The key's bytes from what a person typed: case, spaces, dashes, O for 0, I and L for 1 do not matter.

    Raises EnvironmentFault "mistyped_recovery_key" when the check letters do not fit.
    """
    folded = unicodedata.normalize("NFKC", text).upper().translate(_SAME)
    letters = "".join(letter for letter in folded if letter.isalnum())
    if len(letters) != _KEY_LETTERS + _CHECK_LETTERS or any(letter not in _LETTERS for letter in letters):
        raise fault("mistyped_recovery_key")
    values = [_LETTERS.index(letter) for letter in letters]
    if _check(values[:_KEY_LETTERS]) != values[_KEY_LETTERS:]:
        raise fault("mistyped_recovery_key")
    return bytes(values[:_KEY_LETTERS])
