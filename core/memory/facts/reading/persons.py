"""Who a clause is about: the person, somebody they named, a thing of theirs.

"My brother Tom" names the tie and the name at once; "he" is the one who was named last in the same text. Somebody
without a name is nobody: what is told of "my brother" is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from second_me.core.memory.facts.reading.lists_people import (
    GIVEN,
    GROUPS,
    KIN,
    KIN_MODIFIERS,
    KIN_PAIRS,
)
from second_me.core.memory.facts.reading.names import given_at, person_at
from second_me.core.memory.facts.reading.somebody import born_child, is_somebody
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.verbs import BE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

OWNERS = frozenset({"my", "our"})
_WITH_THE = frozenset("wife husband missus boyfriend girlfriend kids boss".split())
_BARE_KIN = frozenset("hubby wifey mum mom dad missus gran nan grandma grandad granddad nana".split())
_BARE = frozenset(
    """wife husband hubby missus boyfriend girlfriend bf gf partner mum mom mam dad nan nana gran grandad granny sis bro
    son daughter stepdad stepmum fiancé fiancée flatmate housemate roommate boss""".split()
)
"""Ties that people tell of without "my" at the start of a clause ("wife's name is Helen")."""
_NUMBERS = frozenset("two three four five both 2 3 4 5 one 1".split())


_NO_TIE = frozenset({"tongue", "board", "land", "company", "shower", "bump", "seat", "phase", "group"})


_WOMEN = frozenset(
    """wife girlfriend missus gf mother mum mom mam mummy mommy mama ma sister sis daughter grandmother grandma
    granny gran nan nana nanna granddaughter aunt auntie aunty niece stepmother stepmum stepmom stepsister
    stepdaughter landlady mother-in-law sister-in-law daughter-in-law ex-wife ex-girlfriend godmother
    goddaughter half-sister fiancée frau""".split()
)
_MEN = frozenset(
    """husband hubby boyfriend bf father dad daddy papa pa brother bro son grandfather grandpa grandad granddad
    grandson uncle nephew stepfather stepdad stepbrother stepson landlord father-in-law brother-in-law son-
    in-law ex-husband ex-boyfriend godfather godson half-brother fiancé""".split()
)


def is_woman(tie: str) -> bool | None:
    """What the word of a tie says of the sex; None: nothing."""
    return True if tie in _WOMEN else False if tie in _MEN else None


_PRONOUNS = frozenset({"he", "she", "his", "her"})


class Who(StrEnum):
    """Whom or what a subject is."""

    ME = "me"
    OTHER = "other"
    MINE = "mine"
    NOBODY = "nobody"


@dataclass(slots=True)
class Subject:
    """`named`: where the name of somebody else stands in the text. `tie`: the words of the tie.

    MINE: something of the person's ("my phone number") or, with `named`, of theirs; its words are `thing`.
    `after` is the place after it.
    """

    who: Who
    after: int
    named: tuple[int, int] | None = None
    tie: Span | None = None
    thing: Span | None = None
    shared: bool = False


@dataclass(slots=True)
class People:
    """Who was named in a text so far. `last` is whom "he" or "she" means; `names`: {small letters: place}."""

    last: tuple[int, int] | None = None
    woman: bool | None = None
    names: dict[str, tuple[int, int]] = field(default_factory=dict)


def tie_at(words: list[Word], at: int) -> tuple[Span, int] | None:
    """The words of a tie that stand after "my": (tie, place after it)."""
    while at < len(words) and (words[at].low in KIN_MODIFIERS or words[at].low in _NUMBERS):
        if at + 1 < len(words) and (words[at].low, words[at + 1].low) in KIN_PAIRS:
            return (at, at + 2), at + 2
        if words[at].low in KIN and not (at + 1 < len(words) and words[at + 1].low in KIN):
            break
        at += 1
    if at + 1 < len(words) and (words[at].low, words[at + 1].low) in KIN_PAIRS:
        return (at, at + 2), at + 2
    if (
        at < len(words)
        and (words[at].low in KIN or words[at].low.endswith("-in-law"))
        and not (at + 1 < len(words) and words[at + 1].low in _NO_TIE)
    ):
        return (at, at + 1), at + 1
    return None


def owned_tie(words: list[Word], at: int) -> tuple[Span, int] | None:
    """ "my brother", "our two kids", "the wife" at words[at]."""
    if at >= len(words):
        return None
    if words[at].low in OWNERS:
        return ((at + 1, at + 2), at + 2) if born_child(words, at) else tie_at(words, at + 1)
    if at == 0 and words[at].low in _BARE_KIN and len(words) > 1 and words[1].cap:
        return (0, 1), 1
    if at == 0 and words[at].low in _BARE and len(words) > 2:
        named = words[1].cap or (words[1].low == "'s" and words[2].low in ("name", "called"))
        named = named or (words[1].low == "is" and words[2].low == "called")
        return ((0, 1), 1) if named else None
    if words[at].low == "the" and at + 1 < len(words) and words[at + 1].low in _WITH_THE:
        return (at + 1, at + 2), at + 2
    called = [word.low for word in words[at + 2 : at + 4]] in (
        ["are", "called"],
        ["is", "called"],
        ["'s", "called"],
    )
    if (
        called
        and words[at].low == "the"
        and words[at + 1].low in ("twins", "baby", "kids", "eldest", "youngest")
    ):
        return (at + 1, at + 2), at + 2
    return None


def name_after(words: list[Word], at: int, loose: bool) -> Span | None:
    """The name that stands after a tie: "Tom", ", Tom,", "called Tom"."""
    if at < len(words) and words[at].low in ("called", "named"):
        return person_at(words, at + 1, loose)
    if at < len(words) and words[at].low == ",":
        span = person_at(words, at + 1)
        closed = span is not None and (
            span[1] >= len(words) or words[span[1]].low in (",", "and", "is", "'s", ".", "!")
        )
        return span if closed else None
    return person_at(words, at) or given_at(words, at, loose)


def is_group(words: list[Word], tie: Span) -> bool:
    """Whether the tie is to several."""
    return words[tie[1] - 1].low in GROUPS


def names_listed(words: list[Word], at: int, loose: bool) -> list[Span]:
    """Names at words[at], joined by commas and "and"."""
    found: list[Span] = []
    while at < len(words):
        span = person_at(words, at) or given_at(words, at, loose)
        if span is None:
            break
        found.append(span)
        at = span[1]
        if at >= len(words) or words[at].low not in (",", "and"):
            break
        while at < len(words) and words[at].low in (",", "and"):
            at += 1
    return found


def subject_at(words: list[Word], at: int, people: People, loose: bool) -> Subject | None:
    """The subject at words[at]; None when there is none that is known."""
    low = words[at].low
    if low in ("i", "we"):
        return Subject(Who.ME, at + 1, shared=low == "we")
    if low == "me" and at + 1 < len(words) and words[at + 1].low == "and":
        return _with_me(words, at, loose)
    if low in _PRONOUNS and (people.last is None or people.woman not in (None, low in ("she", "her"))):
        return None
    if low in ("he", "she"):
        return Subject(Who.OTHER, at + 1, named=people.last)
    if low in ("his", "her") and people.last:
        return _owned_by(words, at + 1, people.last)
    if (tied := owned_tie(words, at)) is not None:
        return _tied(words, tied, loose)
    if low in OWNERS:
        return _owned_by(words, at + 1, None)
    return _bare_name(words, at, people, loose)


def _with_me(words: list[Word], at: int, loose: bool) -> Subject | None:
    tied = owned_tie(words, at + 2)
    if tied is None:
        return None
    span = name_after(words, tied[1], loose)
    return Subject(Who.ME, span[1] if span else tied[1], shared=True)


def _tied(words: list[Word], tied: tuple[Span, int], loose: bool) -> Subject:
    tie, after = tied
    span = None if is_group(words, tie) else name_after(words, after, loose)
    named = (words[span[0]].start, words[span[1] - 1].end) if span else None
    after = span[1] if span else after
    after = _past_aside(words, after)
    if after < len(words) and words[after].low in ("'s", "'") and _owns(words, after):
        thing = _thing(words, after + 1)
        if thing:
            return Subject(Who.MINE if named else Who.NOBODY, thing[1], named=named, tie=tie, thing=thing)
    return Subject(Who.OTHER if named else Who.NOBODY, after, named=named, tie=tie)


def _owns(words: list[Word], at: int) -> bool:
    """Whether the "'s" at words[at] is a possessor's: a noun and then a verb follow."""
    thing = _thing(words, at + 1)
    if not thing or thing[1] >= len(words):
        return False
    return words[thing[1]].low in BE or words[thing[1]].low in (":", "has") or words[thing[1]].low in VERBS


def _thing(words: list[Word], at: int) -> Span | None:
    """The noun after a possessor: up to five words, ending before a verb or a mark."""
    last = at
    while last < min(len(words), at + 5):
        word = words[last]
        if (
            word.kind is Kind.MARK
            or word.low in BE
            or word.low in ("has", "have", "had", "here", "and", "on", "at", "in", "include")
        ):
            break
        if (
            last > at
            and VERBS.get(word.low, ("", ""))[1] in ("s", "past")
            and word.low not in ("likes", "works")
        ):
            break
        last += 1
    return (at, last) if last > at else None


def _owned_by(words: list[Word], at: int, named: tuple[int, int] | None) -> Subject | None:
    thing = _thing(words, at)
    return Subject(Who.MINE, thing[1], named=named, thing=thing) if thing else None


def _past_aside(words: list[Word], at: int) -> int:
    """Past ", a nurse," or "," behind a name."""
    if at + 1 < len(words) and words[at].low == "," and words[at + 1].low in ("a", "an", "the", "our", "my"):
        for place in range(at + 2, min(at + 8, len(words) - 1)):
            if words[place].low == ",":
                return place + 1
    return at + (at < len(words) and words[at].low == ",")


def _past_apposition(words: list[Word], at: int) -> int:
    """Past ", my brother," behind a name."""
    if at + 1 < len(words) and words[at].low == "," and (tied := owned_tie(words, at + 1)) is not None:
        return tied[1] + (tied[1] < len(words) and words[tied[1]].low == ",")
    if (
        at + 1 < len(words)
        and words[at].low == "from"
        and words[at + 1].low in ("work", "school", "uni", "college", "church")
    ):
        return at + 2
    return at


def _bare_name(words: list[Word], at: int, people: People, loose: bool) -> Subject | None:
    """A name without a tie: somebody who was named before, or a common given name."""
    span = person_at(words, at)
    if span is None and loose and words[at].low in people.names:
        span = (at, at + 1)
    if span is None:
        return None
    low = words[span[0]].low
    known = low in people.names or (low in GIVEN and span[1] - span[0] == 1)
    if not known and not is_somebody(words, span):
        return None
    named = (words[span[0]].start, words[span[1] - 1].end)
    after = _past_apposition(words, span[1])
    if after < len(words) and words[after].low in ("'s", "'") and _owns(words, after):
        thing = _thing(words, after + 1)
        if thing:
            return Subject(Who.MINE, thing[1], named=named, thing=thing)
    return Subject(Who.OTHER, after, named=named)
