"""Names: the whole from its parts and the parts from the whole.

Two words are a given and a family name; a particle ("de", "van", "al-") begins the family name; initials stand
between. Three words without any of that may be read in two ways ("Anna Maria Keller", "María García López"): the first
is a given name, the rest is shown and not ticked. A part that was told by itself outranks what is split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from second_me.core.acting.values.asked import Asked, plain
from second_me.core.acting.values.choices import SALUTATIONS, sex_of
from second_me.core.acting.values.known import NOTHING, Known, Person, moment, written
from second_me.core.memory.facts.slots import Slot

_PARTICLES = frozenset(
    """de la las los del della delle dei degli di da do dos das du des d le van von der den ten ter te 't vom zum zur
    zu af av al el bin ibn ben bint abu mac mc st saint san y e und und""".split()
)
_PREFIXES = frozenset(
    """dr prof professor mr mrs ms miss mx sir dame lord lady rev herr frau mme mlle m monsieur madame señor señora sr
    sra dhr mevr mevrouw signor signora dott ing dipl mag""".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md esq msc bsc mba dds".split())
_INITIAL = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class Split:
    """A name's parts; `sure`: it can be read in one way only."""

    prefix: str = ""
    given: str = ""
    additional: str = ""
    family: str = ""
    suffix: str = ""
    sure: bool = True


def split_name(name: str) -> Split:
    """The parts of a whole name; one word is a given name, no more."""
    words = name.replace(",", " ").split()
    first = next((at for at, word in enumerate(words) if plain(word) not in _PREFIXES), len(words))
    prefix, words = words[:first], words[first:]
    last = len(words)
    while last > 2 and plain(words[last - 1].replace(".", "")) in _SUFFIXES:
        last -= 1
    suffix, words = words[last:], words[:last]
    given, middle, family, sure = _divided(words)
    return Split(" ".join(prefix), given, " ".join(middle), " ".join(family), " ".join(suffix), sure)


def _divided(words: Sequence[str]) -> tuple[str, Sequence[str], Sequence[str], bool]:
    if len(words) < 2:
        return " ".join(words), (), (), True
    start = next((at for at in range(1, len(words) - 1) if _is_particle(words[at])), 0)
    if start:
        return words[0], words[1:start], words[start:], start == 1 or _initials(words[1:start])
    middle = words[1:-1]
    return words[0], middle, words[-1:], _initials(middle)


def _is_particle(word: str) -> bool:
    low = word.casefold().strip(".")
    return low in _PARTICLES or low in ("d'", "dell'", "o'")


def _initials(words: Sequence[str]) -> bool:
    return all(_INITIAL.fullmatch(word) for word in words)


def name_for(asked: Asked, person: Person) -> Known:
    """What a field of a name's type wants."""
    if asked.type == "name":
        return _whole(person)
    if asked.type == "honorific-prefix":
        return _prefix(asked, person)
    if asked.type in ("given-name", "family-name", "additional-name", "honorific-suffix"):
        return _part(asked, person)
    if asked.type == "nickname":
        return _nickname(asked, person)
    return NOTHING


def _nickname(asked: Asked, person: Person) -> Known:
    """The one that was told; where the name of every day is asked for, else the given name."""
    names = person.all(Slot.NICKNAME)
    if not names and asked.words & _EVERYDAY:
        return _plain_part(replace(asked, type="given-name"), person)
    return person.one(Slot.NICKNAME) if len(names) == 1 else NOTHING


_EVERYDAY = frozenset({"roepnaam", "rufname", "tilltalsnamn", "kutsumanimi"})


def _whole(person: Person) -> Known:
    """The name as it was told; where the family name was told later and is another one, with that."""
    name, family = person.one(Slot.NAME), person.one(Slot.FAMILY_NAME)
    if name and family and not _holds(name, family) and _later(family, name):
        first = split_name(name.forms[0]).given
        return _joined((replace(name, forms=(first,)), family))
    given = person.one(Slot.GIVEN_NAME)
    if name and (len(name.forms[0].split()) > 1 or not family):
        return name
    parts = (given or name, person.one(Slot.ADDITIONAL_NAME), family)
    return _joined(parts) if family and parts[0] else NOTHING


def _joined(parts: Sequence[Known]) -> Known:
    told = [part for part in parts if part]
    doubt = next((part.doubt for part in told if part.doubt), "")
    facts = tuple(dict.fromkeys(fact for part in told for fact in part.facts))
    return Known((" ".join(part.forms[0] for part in told),), facts, "joined", doubt)


def _holds(whole: Known, part: Known) -> bool:
    return f" {plain(part.forms[0])} " in f" {plain(whole.forms[0])} "


def _later(one: Known, other: Known) -> bool:
    return moment(one.facts[0]) > moment(other.facts[0])


_SLOTS = {
    "given-name": Slot.GIVEN_NAME, "family-name": Slot.FAMILY_NAME, "additional-name": Slot.ADDITIONAL_NAME,
    "honorific-suffix": Slot.HONORIFIC_SUFFIX,
}  # fmt: skip


def _part(asked: Asked, person: Person) -> Known:
    if asked.particled and asked.type in ("additional-name", "family-name"):
        return _without_particle(asked, person)
    return _plain_part(asked, person)


def _without_particle(asked: Asked, person: Person) -> Known:
    """The particle of the family name, or the family name without it: "van der" and "Berg"."""
    if asked.type == "additional-name" and not asked.particle:
        return _plain_part(asked, person)
    family = _plain_part(replace(asked, type="family-name"), person)
    words = family.forms[0].split() if family else []
    first = next((at for at, word in enumerate(words) if not _is_particle(word)), len(words))
    if first == len(words):
        return family if asked.type == "family-name" else NOTHING
    part = words[:first] if asked.type == "additional-name" else words[first:]
    return written(family, [" ".join(part)], "split")


def _plain_part(asked: Asked, person: Person) -> Known:
    told, name = person.one(_SLOTS[asked.type]), person.one(Slot.NAME)
    if not name:
        return told
    if told and (_holds(name, told) or len(name.forms[0].split()) < 2 or _later(told, name)):
        return told
    if asked.type in ("additional-name", "honorific-suffix") and told:
        return told
    return _from_whole(asked.type, name, person)


def _from_whole(kind: str, name: Known, person: Person) -> Known:
    """A part of a whole name; a family name or a given name that was told by itself settles where to divide."""
    whole = name.forms[0]
    family, given = person.one(Slot.FAMILY_NAME), person.one(Slot.GIVEN_NAME)
    split = split_name(whole)
    if not split.sure:
        split = _settled(split, whole, family, given)
    part = {
        "given-name": split.given, "family-name": split.family, "additional-name": split.additional,
        "honorific-suffix": split.suffix,
    }[kind]  # fmt: skip
    found = written(name, [part], "split")
    unsure = not split.sure and kind != "given-name"
    return replace(found, doubt="ambiguous") if found and unsure and not found.doubt else found


def _settled(split: Split, whole: str, family: Known, given: Known) -> Split:
    words = [split.given, *split.additional.split(), *split.family.split()]
    if family and _ends(words, family.forms[0].split()):
        count = len(family.forms[0].split())
        rest = words[:-count]
        return replace(
            split, given=rest[0], additional=" ".join(rest[1:]), family=" ".join(words[-count:]), sure=True
        )
    if given and _begins(words, given.forms[0].split()) and len(given.forms[0].split()) == len(words) - 1:
        return replace(split, given=given.forms[0], additional="", family=words[-1], sure=True)
    return split


def _ends(words: Sequence[str], tail: Sequence[str]) -> bool:
    return 0 < len(tail) < len(words) and [plain(each) for each in words[-len(tail) :]] == [
        plain(each) for each in tail
    ]


def _begins(words: Sequence[str], head: Sequence[str]) -> bool:
    return 0 < len(head) < len(words) and [plain(each) for each in words[: len(head)]] == [
        plain(each) for each in head
    ]


def _prefix(asked: Asked, person: Person) -> Known:
    """The title that was told; else, in a list, the salutation that goes with the sex that was told."""
    told = person.one(Slot.HONORIFIC_PREFIX)
    if told:
        bare = told.forms[0].rstrip(".")
        return replace(told, forms=(told.forms[0], bare), same=_called(bare))
    name = person.one(Slot.NAME)
    if name and (prefix := split_name(name.forms[0]).prefix):
        return written(name, [prefix], "split", _called(prefix))
    return salutation(person) if asked.field.options else NOTHING


def salutation(person: Person) -> Known:
    """How somebody of the sex that was told is addressed, in doubt; for lists only."""
    sex = person.one(Slot.SEX)
    kind = sex_of(sex.forms[0]) if sex else ""
    return Known(sex.forms, sex.facts, "from_sex", "from_sex", SALUTATIONS[kind]) if kind else NOTHING


def _called(title: str) -> tuple[str, ...]:
    """The same salutation in other languages ("Mr", "Herr"); a title stands for itself."""
    for words in SALUTATIONS.values():
        if plain(title) in {plain(word) for word in words}:
            return tuple(words)
    return (title,)
