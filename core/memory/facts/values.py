"""When two values are the same, and which claims are about one thing that can have only one answer at a time.

A *line* is such a thing: the home of Anna, my work number, whether I like olives. A *side* is an answer to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from second_me.core.memory.facts.claims import ME, Claim, Stance
from second_me.core.memory.facts.ordinals import in_digits
from second_me.core.memory.facts.slots import MANY_VALUED, Slot

TASTES = frozenset({Slot.LIKES, Slot.DISLIKES})
_NUMBERS = frozenset({Slot.TEL})
_WHOLE = frozenset({Slot.EMAIL, Slot.URL, Slot.IMPP, Slot.USERNAME})
_ARTICLES = frozenset(
    "the a an my our some der die das ein eine einen mein meine le la les un une el los las".split()
)
_KIN = frozenset(
    "parent sister brother sibling twin half-sister half-brother daughter son child grandmother grandma granny "
    "grandfather grandpa grandad grandson granddaughter aunt uncle cousin niece nephew".split()
)
_PARENTS = {
    **dict.fromkeys("mother mum mom mama mutter mère madre".split(), "mother"),
    **dict.fromkeys("father dad papa vater père padre".split(), "father"),
}
_PARTNERS = frozenset(
    "partner wife husband spouse girlfriend boyfriend fiancé fiancée fiance fiancee frau mann".split()
)
_EXCLUSIVE = frozenset({"mother", "father", "partner"})
"""Of these relations there is one person at a time: two names are two answers."""
_STEMMED = frozenset(
    {
        Slot.LIKES, Slot.DISLIKES, Slot.ALLERGY, Slot.HEALTH, Slot.OWNS, Slot.HABIT, Slot.PLAN, Slot.PET, Slot.SPEAKS,
    }
)  # fmt: skip
"""Values of these are words of the language, not names: "dogs" are "a dog"."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar", "february feb februar", "march mar märz maerz", "april apr", "may mai",
            "june jun juni", "july jul juli", "august aug", "september sep sept", "october oct oktober okt",
            "november nov", "december dec dezember dez",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


_DIGITS = (
    (re.compile(r"\A(\d{4})?-(\d{1,2})?-(\d{1,2})?\Z"), (0, 1, 2)),
    (re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})"), (0, 1, 2)),
    (re.compile(r"\A(\d{4})(\d\d)(\d\d)(?:t.*)?\Z"), (0, 1, 2)),
    (re.compile(r"\A--(\d\d)-?(\d\d)\Z"), (-1, 0, 1)),
    (re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?"), (2, 1, 0)),
)
"""How a date is written in digits, and which of its groups are year, month and day."""

Date = tuple[int | None, int | None, int | None]
"""(year, month, day), None for what is not told."""


@lru_cache(maxsize=65_536)
def canonical(slot: Slot, value: str) -> str:
    """A value without what makes no difference: case, punctuation, articles at its beginning, signs between the
    digits of a number."""
    text = unicodedata.normalize("NFKC", value).casefold().strip()
    if slot in _NUMBERS:
        digits = re.sub(r"\D", "", text)
        return digits[2:] if digits.startswith("00") else digits
    if slot in _WHOLE:
        return text.rstrip("/.,;").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    if slot is Slot.BIRTHDAY:
        date = birthday(text)
        return "-".join("" if part is None else str(part) for part in date) if any(date) else text
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if slot in _STEMMED:
        words = [_stem(word) for word in words]
    return " ".join(words) or text


def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("english").stemWord(word))


def birthday(text: str) -> Date:
    """(year, month, day) as far as a date is written. Digits alone that could be read in two ways give nothing."""
    text = in_digits(text.casefold().strip())
    for pattern, order in _DIGITS:
        found = pattern.search(text)
        if found:
            parts = [int(part) if part else None for part in found.groups()]
            year, month, day = (parts[at] if at < len(parts) and at >= 0 else None for at in order)
            return year, month, day
    words = re.findall(r"[^\W\d_]+|\d+", text)
    year = next((int(word) for word in words if word.isdecimal() and len(word) == 4), None)
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    days = [int(word) for word in words if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31]
    if month is None and len(days) == 2 and (max(days) > 12 or days[0] == days[1]):
        month, days = min(days), [max(days)]
    if month is None and days:
        return None, None, None
    return year, month, days[0] if days else None


def compatible(slot: Slot, one: str, other: str) -> bool:
    """Whether two values may be the same, one of them told more exactly ("12 May", "12 May 1988")."""
    if canonical(slot, one) == canonical(slot, other):
        return True
    if slot is Slot.BIRTHDAY:
        return _fitting_dates(birthday(one), birthday(other))
    if slot in _NUMBERS:
        return _same_number(canonical(slot, one), canonical(slot, other))
    if slot in _WHOLE:
        return False
    first, second = set(canonical(slot, one).split()), set(canonical(slot, other).split())
    return first <= second or second <= first


def _fitting_dates(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    if not any(one) or not any(other):
        return False  # a date that cannot be read is another one
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _same_number(one: str, other: str) -> bool:
    """With and without the code of the country."""
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return len(short) >= 6 and long.endswith(short) and len(long) - len(short) <= 3


@dataclass(frozen=True, slots=True)
class Side:
    """An answer to a line: a value, and whether it holds. `who`: of a relation that one person has, their name."""

    slot: Slot
    value: str
    holds: bool
    who: str = ""


Line = tuple[str, str, str]
"""(subject, what about, which of several)."""


def line_of(subject: str, claim: Claim, value: str) -> Line:
    """The line that a claim is about. Who is the person's mother, friend or partner is about the person."""
    who = " ".join(subject.casefold().split())
    same = canonical(claim.slot, value)
    if claim.slot in TASTES:
        return who, "taste", same
    if claim.slot in MANY_VALUED:
        return who, claim.slot.value, same
    if claim.slot is Slot.RELATION:
        kind = relation_kind(same)
        return ME, claim.slot.value if kind in _EXCLUSIVE else f"{claim.slot.value} {who}", kind
    return who, claim.slot.value, claim.qualifier.value


def relation_kind(value: str) -> str:
    """`mother`, `father`, `partner`, `kin`, or the relation itself: one may be a friend and a colleague."""
    last = value.split()[-1] if value.split() else value
    if value in _PARENTS:
        return _PARENTS[value]
    return "kin" if last in _KIN else "partner" if last in _PARTNERS else value


def side_of(subject: str, claim: Claim, value: str) -> Side:
    """The answer that a claim gives."""
    holds, same = claim.stance is not Stance.DENIED, canonical(claim.slot, value)
    kind = relation_kind(same) if claim.slot is Slot.RELATION else ""
    if kind in _EXCLUSIVE:
        return Side(claim.slot, kind if same in _PARENTS else same, holds, canonical(Slot.NAME, subject))
    return Side(claim.slot, same, holds)


def opposed(one: Side, other: Side) -> bool:
    """Whether two sides of one line cannot both be true."""
    if one.slot in TASTES:
        return _liked(one) != _liked(other)
    if one.slot in MANY_VALUED:
        return one.holds != other.holds
    if one.who and other.who and not compatible(Slot.NAME, one.who, other.who):
        return one.holds and other.holds and not _is_past(one) and not _is_past(other)
    if one.holds and other.holds:
        return not compatible(one.slot, one.value, other.value)
    return one.holds != other.holds and one.value == other.value


def _is_past(side: Side) -> bool:
    """ "My ex-wife Eva" says nothing of who is the wife now."""
    return side.value.split()[0] in ("ex", "former", "late")


def _liked(side: Side) -> bool:
    return (side.slot is Slot.LIKES) == side.holds
