"""Frames of people and animals: ties with names, pets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.lists_people import KIN
from second_me.core.memory.facts.reading.lists_things import ANIMAL_FIRST, ANIMALS
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.persons import (
    is_group,
    is_woman,
    name_after,
    names_listed,
    owned_tie,
    tie_at,
)
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.values import DETERMINERS, Span
from second_me.core.memory.facts.reading.verbs import BE
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_NAMING = frozenset({"called", "named", "name", "names"})
_COUPLED = frozenset({"married", "engaged", "dating", "seeing"})


def _tie(words: list[Word], tie: Span, name: Span, scene: Scene) -> Draft:
    named = (words[name[0]].start, words[name[1] - 1].end)
    scene.people.last, scene.people.woman = named, is_woman(words[tie[1] - 1].low)
    for place in range(*name):
        scene.people.names[words[place].low] = named
    return Draft(Slot.RELATION, words[tie[0]].start, words[tie[1] - 1].end, named=named, timed=False)


def ties(words: list[Word], scene: Scene) -> Iterator[Draft]:
    """Everybody that a clause names by a tie: "my brother Tom", "my sister is called Fatima", "Jonas is my cousin"."""
    for at in range(len(words)):
        tied = owned_tie(words, at)
        if tied is None:
            continue
        tie, after = tied
        for name in _names_of(words, tie, after, scene.loose) or _name_before(words, at, tie):
            yield _tie(words, tie, name, scene)


def _names_of(words: list[Word], tie: Span, after: int, loose: bool) -> list[Span]:
    if is_group(words, tie):
        at = after
        while at < len(words) and (
            words[at].low in _NAMING or words[at].low in (",", ":", "'", "are", "is") or words[at].low in BE
        ):
            at += 1
        return names_listed(words, at, loose)
    direct = name_after(words, after, loose)
    if direct:
        return [direct]
    at = after
    if at + 1 < len(words) and words[at].low in ("at", "from"):
        at = next((place for place in range(at + 2, min(at + 5, len(words))) if words[place].low in BE), at)
    if (
        at < len(words)
        and words[at].low == "'s"
        and at + 1 < len(words)
        and words[at + 1].low in ("name", "names")
    ):
        at += 2
    if (
        at < len(words)
        and words[at].low in BE
        and not (at + 1 < len(words) and words[at + 1].low in ("not", "n't"))
    ):
        at += 1
        called = at < len(words) and words[at].low in _NAMING
        name = person_at(words, at + called, loose and (called or words[after + 1].low == "name"))
        return [name] if name and (called or _ends_here(words, name)) else []
    return []


def _ends_here(words: list[Word], name: Span) -> bool:
    """ "my best friend is Wanjiru" and no more: not "my sister is Head of Sales"."""
    return (
        name[1] >= len(words) or words[name[1]].low in (",", "and", ".") or words[name[1]].kind is Kind.MARK
    )


def _name_before(words: list[Word], at: int, tie: Span) -> list[Span]:
    """ "Jonas is my cousin", "Ana, my sister"."""
    if at < 2 or (words[at - 1].low not in BE and words[at - 1].low != ","):
        return []
    name = person_at(words, 0)
    if name is None or name[1] != at - 1:
        return []
    ends = (
        tie[1] >= len(words)
        or words[tie[1]].kind is Kind.MARK
        or words[tie[1]].low in ("and", "'s", "from", "in", "at")
    )
    return [name] if ends and not (tie[1] < len(words) and words[tie[1]].low == "'s") else []


def have_people(said: Said) -> Iterator[Draft]:
    """ "I have a sister called Fatima", "we have two kids, Nora and Emil"."""
    if said.group.negated or said.group.past or said.named:
        return
    for at in range(said.at, len(said.words)):
        if at > said.at and said.low(at - 1) not in DETERMINERS:
            continue
        tied = tie_at(said.words, at)
        if tied is not None:
            yield from _named_people(said, *tied)


def _named_people(said: Said, tie: Span, after: int) -> Iterator[Draft]:
    while said.low(after) in (",", ":") or said.low(after) in _NAMING:
        after += 1
    if after == tie[1] and not said.words[min(after, len(said.words) - 1)].cap:
        return
    for name in names_listed(said.words, after, said.loose):
        yield _tie(said.words, tie, name, said.scene)


def coupled(said: Said) -> Iterator[Draft]:
    """ "I'm married to Pieter", "I'm dating Lee"."""
    at = said.group.at if said.group.verb == "marry" and said.group.be else said.at
    if said.low(at) not in _COUPLED or said.stance() is not Stance.HOLDS or said.named or said.group.past:
        return
    after = at + 1 + (said.low(at + 1) == "to")
    name = person_at(said.words, after)
    if name:
        yield replace(_tie(said.words, (at, at + 1), name, said.scene), timed=said.has("since", "for"))


def animal_at(words: list[Word], at: int) -> Span | None:
    """The animal that a phrase at words[at] is about, with what belongs to its kind ("golden retriever")."""
    for place in range(at, min(len(words), at + 5)):
        low = words[place].low
        if (words[place].kind is not Kind.WORD and not (place == at and words[at].kind is Kind.NUMBER)) or (
            place > at and low in ("and", "or", "with", "of", "for", "in", "on", "to")
        ):
            return None
        if low in ANIMALS or (low.endswith("s") and low[:-1] in ANIMALS):
            last = place + 1
            while last < len(words) and words[last].low in ANIMALS:
                last += 1
            if last < len(words) and words[last].low in _NOT_PETS:
                return None
            first = last - 1
            while first > at and (words[first - 1].low in ANIMAL_FIRST or words[first - 1].low in ANIMALS):
                first -= 1
            return (first, last)
    return None


_SHARED = frozenset("office school class pub shop station local village work".split())
"""Before an animal: it is nobody's own."""
_EATEN = frozenset("fish chicken duck goose lamb rabbit snail pig cow".split())


def _counted(said: Said, at: int) -> bool:
    """ "a fish", "two ducks": animals, not what is eaten."""
    return any(
        word.low in DETERMINERS or word.kind is Kind.NUMBER or word.low in _FEW
        for word in said.words[said.at : at]
    )


_FEW = frozenset("two three four five six seven eight ten pet some few".split())


def pick_up(said: Said) -> Iterator[Draft]:
    """ "(We) picked up our new puppy yesterday"."""
    at = said.at + (said.low(said.at) == "up")
    at += said.low(at) in ("our", "my", "a", "the") and said.low(at + 1) in ("new", "very")
    if said.group.negated or said.group.tense != "past" or at == said.at or said.low(at) != "new":
        return
    if (animal := animal_at(said.words, at)) is not None:
        yield said.draft(Slot.PET, animal, Stance.HOLDS)


_NOT_PETS = frozenset(
    """allergy allergies hair food person people lover house costume video videos meme photo photos picture
    pictures park walker shelter toy bed show steak sandwich burger fur bite day suit basket sitter trainer
    groomer cafe café lady jokes mask tattoo card soup salad nuggets noodles curry wings breast""".split()
)


def name_of_animal(words: list[Word], at: int, loose: bool) -> list[Span]:
    """The names that stand after an animal: "Bo", "named Bo", ", Bo", "called Tom and Jerry"."""
    named = False
    while at < len(words) and (words[at].low in _NAMING or words[at].low in (",", ":")):
        named = named or words[at].low in _NAMING
        at += 1
        if named and at < len(words) and words[at].low in ("him", "her", "it"):
            at += 1
    if at < len(words) and words[at].low in ("after", "by", "for", "it"):
        return []
    return names_listed(words, at, loose and named) or (
        [each] if named and (each := person_at(words, at, loose=True)) else []
    )


def name_pet(said: Said) -> Iterator[Draft]:
    """ "We named the cat Gerald"."""
    if said.group.tense != "past" or said.group.negated or said.low(said.at) not in ("the", "our", "my"):
        return
    if animal := animal_at(said.words, said.at + 1):
        for name in names_listed(said.words, animal[1], said.loose):
            yield said.draft(Slot.PET, name, Stance.HOLDS, timed=False)


def have_pet(said: Said) -> Iterator[Draft]:
    """ "I have a cat called Mochi", "we got two dogs and a parrot", "I've never had a dog"."""
    stance, group = said.stance(), said.group
    if group.verb in ("have", "own", "keep") and group.past and not group.negated and not group.ended:
        stance = Stance.ENDED
    if (group.be and group.tense == "ing") or said.low(said.at) == "the":
        return
    at = said.at
    while at < len(said.words):
        owner = said.low(at) in ("my", "our", "your", "his", "her", "their", "this", "that", "no")
        animal = animal_at(said.words, at) if said.low(at) != "to" else None
        if animal and said.words[animal[0]].low in _EATEN and not _counted(said, animal[0]):
            return
        if animal is None or said.low(animal[1]) == "to" or (owner and group.verb not in ("lose", "sell")):
            return
        names = name_of_animal(said.words, animal[1], said.loose)
        for name in names or [animal]:
            yield said.draft(Slot.PET, name, stance)
        at = names[-1][1] if names else animal[1]
        joined = at
        while said.low(at) in (",", "and", "or", "plus"):
            at += 1
        if at == joined:
            return


def _is_called(words: list[Word]) -> bool:
    """ "(The) cat's called Bo", "dog's name is Rex": without "my" at the start of a clause."""
    lows = [word.low for word in words[1:4]]
    return lows[:1] in (["'s"], ["is"]) and (lows[1:2] == ["called"] or lows[1:3] == ["name", "is"])


def own_pets(words: list[Word], scene: Scene) -> Iterator[Draft]:
    """Pets by name wherever they stand: "my dog Luna is limping", "our hamster is called Nibbles", "Bo is my dog"."""
    for at in range(len(words) - 1):
        called = words[at].low == "the" and any(
            word.low in ("called", "named") for word in words[at + 2 : at + 5]
        )
        bare = at == 0 and words[at].low in ANIMALS and _is_called(words)
        if words[at].low not in ("my", "our") and not called and not bare:
            continue
        animal = animal_at(words, at + 1 - bare)
        if animal is None or any(
            word.low in KIN or word.low in _SHARED for word in words[at + 1 : animal[1]]
        ):
            continue
        for name in _pet_names(words, at, animal, scene.loose):
            yield Draft(Slot.PET, words[name[0]].start, words[name[1] - 1].end, _alive(words), timed=False)


def _pet_names(words: list[Word], owner: int, animal: Span, loose: bool) -> list[Span]:
    after = animal[1]
    names = name_of_animal(words, after, loose)
    if names:
        return names
    if after + 1 < len(words) and words[after].low == "'s" and words[after + 1].low in ("name", "names"):
        after += 2
    if after + 1 < len(words) and words[after].low in BE and words[after + 1].low not in ("not", "n't"):
        after += 1
        called = words[after].low in _NAMING or words[after - 2].low in _NAMING
        if words[after - 1].low == "are":
            return names_listed(words, after + (words[after].low in _NAMING), loose and called)
        name = person_at(words, after + (words[after].low in _NAMING), loose and called)
        return [name] if name and (called or _ends_here(words, name)) else []
    if owner >= 2 and (words[owner - 1].low in BE or words[owner - 1].low == ","):
        name = person_at(words, 0)
        if name and name[1] == owner - 1:
            return [name]
        if words[owner - 1].low == "," and words[owner - 2].cap and owner > 2 and not words[owner - 3].cap:
            name = person_at(words, owner - 2)
            return [name] if name else []
    return []


def _alive(words: list[Word]) -> Stance:
    lows = {word.low for word in words}
    gone = (
        lows & {"died", "passed"}
        or (lows & {"first", "childhood", "previous"} and lows & {"was", "were"})
        or ("put" in lows and "down" in lows)
        or ("lost" in lows and bool(lows & {"my", "our"}))
    )
    return Stance.ENDED if gone else Stance.HOLDS
