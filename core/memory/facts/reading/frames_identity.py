"""Frames of identity: names, birthdays, pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.introductions import listed_job, suffix
from second_me.core.memory.facts.reading.lists_people import GIVEN, KIN
from second_me.core.memory.facts.reading.lists_places import LANGUAGES, TOWNS
from second_me.core.memory.facts.reading.names import given_at, person_at
from second_me.core.memory.facts.reading.places import country_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_CALLERS = frozenset(
    """everyone everybody people friends they family mates folks colleagues all you lads lasses girls boys guys team
    crew class kids students pupils gang regulars""".split()
)


def _name(said: Said, at: int, slot: Slot) -> Iterator[Draft]:
    if said.group.negated or said.group.past:
        return
    while (
        said.low(at) in ("actually", "just", "spelled", "spelt", "not", "really", ":")
        and said.low(at) != "not"
    ):
        at += 1
    span = person_at(said.words, at, loose=True)
    if span and _name_ends(said, span) and said.low(span[1] - 1) not in _FAMOUS:
        yield said.draft(slot, span, Stance.HOLDS, timed=False)
        if slot is Slot.NAME:
            yield from suffix(said, span[1])


def _name_ends(said: Said, span: Span) -> bool:
    """A small word taken for a name must be all that follows."""
    if said.words[span[0]].cap:
        return True
    low = said.words[span[0]].low
    rest = said.low(span[1])
    return (
        low in GIVEN
        or not rest
        or not rest.isalpha()
        or rest in ("and", "but", "by", "not", "with", "so", "from")
    )


def name(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my name is"."""
    yield from _name(said, at, Slot.NAME)


def given(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my first name is"."""
    yield from _name(said, at, Slot.GIVEN_NAME)


def additional(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my middle name is"."""
    yield from _name(said, at, Slot.ADDITIONAL_NAME)


def family(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my surname is"."""
    yield from _name(said, at, Slot.FAMILY_NAME)


def nickname(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my nickname is"."""
    yield from _name(said, at, Slot.NICKNAME)


def be_name(said: Said) -> Iterator[Draft]:
    """ "I'm Priya, nice to meet you", "I'm called Jo", "hi, I'm Tom and I work ...". A name alone needs a greeting."""
    at = said.at
    if said.named or said.group.negated or said.group.past or said.subject.shared or said.prefix:
        return
    if said.low(at) in ("called", "named"):
        yield from _name(said, at + 1, Slot.NAME)
        return
    span = given_at(said.words, at, said.loose and said.scene.greeted) or _greeted(said, at)
    if span is None or not _alone(said, span) or said.low(span[1] - 1) in _FAMOUS:
        return
    short = at > 0 and said.low(at - 1) in ("just", "only", "simply") and span[1] - span[0] == 1
    yield said.draft(Slot.NICKNAME if short else Slot.NAME, span, Stance.HOLDS, timed=False)
    yield from suffix(said, span[1])
    yield from listed_job(said, span[1])


_FAMOUS = frozenset(
    """bond potter holmes skywalker kenobi vader stark wayne kent gump bourne wick einstein newton swift musk
    trump biden obama gates jobs bezos shakespeare mozart picasso houdini crusoe corleone croft poppins wonka
    sparrow baggins montoya watson solo granger montoya legion targaryen simpson""".split()
)
"""Family names that people put on in jest."""


def _greeted(said: Said, at: int) -> Span | None:
    span = person_at(said.words, at)
    if span and (country_at(said.words, at) or said.low(at) in TOWNS):
        return None  # "hey, Chicago here we come"
    if span and (said.scene.greeted or (said.scene.renamed_self and span[1] - span[0] > 1)):
        return span
    return None


def _alone(said: Said, span: Span) -> bool:
    following = said.low(span[1])
    if following in ("'s", "'"):
        return False
    return (
        not following
        or not following.isalpha()
        or (following == "now" and said.scene.renamed_self)
        or following in ("and", "by", "from", "but", "a", "the", "your", "btw", "or")
    )


_NO_NICKNAMES = frozenset(
    """crazy stupid weird naive paranoid lazy biased cynical basic boring picky fussy mad insane selfish stubborn sad
    sentimental petty shallow dramatic extra nerdy soft silly soppy greedy when back
    later asap maybe anytime mondays tuesdays wednesdays thursdays fridays saturdays sundays
    dad daddy mum mummy mom mommy mam mama papa granny grandma gran nana grandad grandpa uncle auntie boss sir miss chef
    coach""".split()
)


def called(words: list[Word], loose: bool) -> Iterator[tuple[Slot, Span]]:
    """ "Everyone calls me Dutch", "you can call me Bea", "they named me Ottilie", "call me Max"."""
    for at in range(len(words) - 2):
        low, following = words[at].low, words[at + 1].low
        known = low in ("know", "known") and words[at + 2].low == "as"
        since = [word.low for word in words[max(0, at - 3) : at]] in (
            ["i", "'ve", "been"],
            ["i", "have", "been"],
        )
        if since and low == "called" and (span := person_at(words, at + 1)) and _known_since(words, span):
            yield Slot.NICKNAME, span
            return
        if not known and (
            low not in ("call", "calls", "called", "named", "nicknamed") or following not in ("me", "myself")
        ):
            continue
        if not _may_call([word.low for word in words[:at]]):
            return
        span = person_at(words, at + 2 + known, loose)
        if span is None and words[at + 2].cap and words[at + 2].low in LANGUAGES:
            span = (at + 2, at + 3)
        if (
            span
            and words[span[0]].low not in _NO_NICKNAMES
            and not (
                loose
                and words[span[0]].low not in GIVEN
                and span[1] < len(words)
                and words[span[1]].low.isalpha()
            )
        ):
            yield (Slot.GIVEN_NAME if low == "named" else Slot.NICKNAME), span
        return


def _known_since(words: list[Word], span: Span) -> bool:
    """ "(I've been called Bunny) since school": how long tells that it is a name."""
    rest = [word.low for word in words[span[1] : span[1] + 3]]
    return rest[:1] == ["since"] or rest[:2] in (["for", "years"], ["all", "my"], ["my", "whole"])


def _may_call(before: list[str]) -> bool:
    bad = {"never", "n't", "not", "if", "would", "'d", "used", "do", "did", "once", "who", "he", "she"}
    if bad & set(before):
        return False
    return len(before) <= 6 and (
        not before
        or bool(_CALLERS & set(before))
        or before[-1] in ("please", "just", "i")
        or bool(KIN & set(before))
    )


def go_by(said: Said) -> Iterator[Draft]:
    """ "I go by Max", "I go by they/them"."""
    if said.low(said.at) != "by" or said.group.negated or said.group.past or said.at + 1 >= len(said.words):
        return
    if said.words[said.at + 1].kind is Kind.PRONOUNS:
        yield said.draft(Slot.PRONOUNS, (said.at + 1, said.at + 2), timed=False)
        return
    at = said.at + 1 + (said.low(said.at + 1) == "the") * 2
    span = person_at(said.words, at, said.loose)
    if span:
        yield said.draft(Slot.NICKNAME, span, timed=False)


def change(said: Said) -> Iterator[Draft]:
    """ "I changed my name to Maya Lindqvist"."""
    if (
        said.low(said.at) == "my"
        and said.low(said.at + 1) == "name"
        and said.low(said.at + 2) == "to"
        and said.group.tense == "past"
    ):
        yield from _name(replace(said, group=replace(said.group, past=False)), said.at + 3, Slot.NAME)


def pronouns(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my pronouns are" or "I use"."""
    if at < len(said.words) and said.words[at].kind is Kind.PRONOUNS and not said.group.negated:
        yield said.draft(Slot.PRONOUNS, (at, at + 1), timed=False)


def use(said: Said) -> Iterator[Draft]:
    """ "I use she/her pronouns"."""
    if not said.group.past and said.low(said.at + 1) not in ("for", "in", "with", "on"):
        yield from pronouns(said, said.at)


_SEXES = frozenset({"male", "female", "nonbinary", "non-binary", "intersex"})


def sex_is(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my sex is"."""
    yield from sex(replace(said, at=at))


def sex(said: Said) -> Iterator[Draft]:
    """ "I'm female", "I'm a woman"."""
    at = said.at + (said.low(said.at) == "a")
    low, following = said.low(at), said.low(at + 1)
    wanted = low in _SEXES or (at > said.at and low in ("woman", "man"))
    if (
        wanted
        and said.stance() is Stance.HOLDS
        and not said.group.past
        and (not following or not following.isalpha())
    ):
        yield said.draft(Slot.SEX, (at, at + 1), timed=False)
