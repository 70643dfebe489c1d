"""Frames of taste: likes and dislikes."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.degrees import without_degree
from second_me.core.memory.facts.reading.lists_people import GIVEN, KIN, PREFIXES
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import Span, action, chunk, head_of, is_action, listed, worthy
from second_me.core.memory.facts.reading.verbs import BE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

LIKING = frozenset({"love", "like", "adore", "enjoy", "prefer"})
DISLIKING = frozenset({"hate", "dislike", "despise", "detest", "loathe"})
_OPPOSITE = {Slot.LIKES: Slot.DISLIKES, Slot.DISLIKES: Slot.LIKES}
_NO_TASTE = frozenset(
    """god jesus lucy life lives living family people man men woman women guy guys girl girls boy boys wife
    husband job boss home house team work weekend person myself baby love lord seeing having hearing knowing
    being when how chatting talking sounds that't rush feel look mess hell crap shit christ wait waiting""".split()
)
_ONLY_ONE = frozenset(
    """sea ocean mountains mountain outdoors beach cold heat rain snow countryside theatre theater opera cinema
    gym forest woods sun winter summer autumn spring fall smell sound feeling taste dark desert city nature
    news dentist wind guitar piano violin cello drums flute saxophone rain internet colour color smells
    movies circus ballet zoo""".split()
)
"""Things of which everybody means the same ("I love the sea"): others with "the" are what was just spoken of."""
_LEADS = {
    "fan": ("of", Slot.LIKES), "into": ("", Slot.LIKES), "fond": ("of", Slot.LIKES), "keen": ("on", Slot.LIKES),
    "crazy": ("about", Slot.LIKES), "mad": ("about", Slot.LIKES), "nuts": ("about", Slot.LIKES),
    "obsessed": ("with", Slot.LIKES), "passionate": ("about", Slot.LIKES), "partial": ("to", Slot.LIKES),
    "addicted": ("to", Slot.LIKES), "lover": ("of", Slot.LIKES), "hooked": ("on", Slot.LIKES),
    "enthusiastic": ("about", Slot.LIKES), "sucker": ("for", Slot.LIKES), "big": ("on", Slot.LIKES),
    "admirer": ("of", Slot.LIKES), "averse": ("to", Slot.DISLIKES),
    "interested": ("in", Slot.LIKES),
}  # fmt: skip
_BEFORE_LEAD = frozenset(
    "no a an the big huge massive great total such bit of real major lifelong long-time much too that all".split()
)
_OVER = frozenset({"to", "over"})


def _values(said: Said, at: int) -> list[Span]:
    if said.low(at) == "to" and at + 1 < len(said.words):
        done = action(said.words, at + 1)
        return (
            [done] if done and said.words[done[0]].low.isalpha() and said.low(at + 1) not in _NO_VERB else []
        )
    if said.low(at) == "my" and said.low(at + 1) in _MY and not said.low(at + 2).isalpha():
        return [(at, at + 2)]
    found = []
    before = at
    for span in (without_degree(said, each) for each in listed(said.words, at)):
        if _is_taste(said, span, before):
            found.append(span)
        elif not found:
            return []
        before = span[1]
    return found


_MY = frozenset({"job", "work", "commute"})
"""Of these one is meant, whoever has it: "I love my job"."""
_NO_VERB = frozenset(
    "be see hear know think say have get see do meet thank point add believe imagine".split()
)


def _is_taste(said: Said, span: Span, before: int) -> bool:
    lows = [word.low for word in said.words[span[0] : span[1]]]
    skipped = {word.low for word in said.words[before : span[0]]}
    if (
        not (worthy(said.words, span, before) or _kin_owned(said, span))
        or lows[0] in _NO_TASTE | PREFIXES
        or len(lows) > 8
        or "my" in skipped
    ):
        return False
    pointed = "the" in skipped and not said.words[span[0]].cap
    if pointed and said.words[head_of(said.words, span)].low not in _ONLY_ONE:
        return False
    lone = len(lows) == 1 and (lows[0] in GIVEN or lows[0] in KIN or lows[0] in _NO_TASTE)
    return not lone and lows[-1] not in _NO_TASTE and said.words[span[0]].low[0].isalnum()


def _kin_owned(said: Said, span: Span) -> bool:
    """ "My mother's plum cake": a thing of a relative's that is liked."""
    first = span[0] + (said.low(span[0]) in ("my", "our"))
    return said.low(first) in KIN and said.low(first + 1) == "'s" and span[1] > first + 2


_UNLOVED = frozenset(
    """monday mondays tax taxes traffic dentist meetings waiting queue queues queueing queuing ignored stuck
    dishes laundry commute commuting spam homework exams deadlines hangovers paperwork bugs mosquitoes
    mosquitos line late sick broke ghosted dumped fired robbed yelled shouted insulted lied overtime bills
    bill rent alarm alarms chores ironing vacuuming delays delayed cancelled rejection rejected failing
    losing crying suffering pain migraines hayfever allergies spreadsheets bureaucracy woken toothache
    mansplaining unpaid""".split()
)
"""What nobody loves: who says so means the opposite."""


def told(said: Said, slot: Slot, at: int, stance: Stance) -> Iterator[Draft]:
    """What is liked or disliked from words[at] on."""
    for span in _values(said, at):
        if slot is Slot.LIKES and _UNLOVED & {word.low for word in said.words[span[0] : span[1]]}:
            return
        if (
            said.low(span[0]) in ("good", "nice", "proper", "decent")
            and said.low(span[0] - 1) == "a"
            and span[1] > span[0] + 1
        ):
            span = (span[0] + 1, span[1])
        if said.group.verb == "prefer":
            span = _before_other(said, span)
        yield said.draft(slot, span, stance, timed=stance is not Stance.HOLDS or said.group.perfect)


def _before_other(said: Said, span: Span) -> Span:
    """ "tea to coffee", "reading over television": the first is preferred."""
    for place in range(span[0] + 1, span[1]):
        if said.words[place].low in _OVER and not said.words[place - 1].low.endswith("ing"):
            return (span[0], place)
    return span


def taste(said: Said) -> Iterator[Draft]:
    """ "I love A and B", "I don't like C", "I used to love D"."""
    group = said.group
    while said.low(said.at) in ("love", "really", "so") and group.verb == "love":
        said.at += 1
    slot = Slot.LIKES if group.verb in LIKING else Slot.DISLIKES
    if group.modal or group.will or group.can or group.be or group.tense == "ing":
        return
    if [word.low for word in said.words[said.at : said.at + 3]] == ["a", "bit", "of"]:
        said.at += 3
    if group.verb == "hate" and said.low(said.at) == "to":
        return  # "I hate to bother you"
    if said.given_up():
        yield from told(said, slot, said.at, Stance.ENDED)
    elif group.negated:
        lasting = group.perfect or group.never or not group.past
        if slot is Slot.LIKES and group.verb != "prefer" and lasting and said.low(said.at) != "to":
            yield from told(said, Slot.DISLIKES, said.at, Stance.HOLDS)
    elif not group.past or group.perfect:
        yield from told(said, slot, said.at, Stance.HOLDS)


def be_taste(said: Said) -> Iterator[Draft]:
    """ "I'm a big fan of Arsenal", "I'm not into football", "I used to be obsessed with chess"."""
    at = said.at
    while said.low(at) in _BEFORE_LEAD and said.low(at + 1) != "on":
        at += 1
    if said.low(said.at) in ("a", "an") and (span := _lover(said, at)):
        yield said.draft(
            Slot.LIKES, span, Stance.HOLDS if said.stance() is Stance.HOLDS else Stance.DENIED, timed=False
        )
        return
    if said.low(at) not in _LEADS or (said.group.past and not said.group.ended) or said.group.modal:
        return
    preposition, slot = _LEADS[said.low(at)]
    at += 1
    if preposition:
        if said.low(at) != preposition:
            return
        at += 1
    stance = Stance.DENIED if said.low(said.at) == "no" else said.stance()
    if preposition == "in" and (stance is not Stance.HOLDS or is_action(said.words, at)):
        return
    if stance is Stance.DENIED:
        if said.low(said.at) in ("addicted", "obsessed"):
            return
        slot, stance = _OPPOSITE[slot], Stance.HOLDS
    yield from told(said, slot, at, stance)


_LOVERS = frozenset("lover fanatic enthusiast fan buff aficionado".split())


def _lover(said: Said, at: int) -> Span | None:
    """ "(a huge) coffee lover": what is loved."""
    last = at
    while last < min(len(said.words), at + 4) and said.low(last) not in _LOVERS:
        last += 1
    ends = (
        last + 1 >= len(said.words)
        or not said.low(last + 1).isalpha()
        or said.low(last + 1) in ("and", "but", "since")
    )
    found = at < last and said.low(last) in _LOVERS
    return (at, last) if found and ends and said.stance() is Stance.HOLDS else None


def favourite_of(words: list[Word]) -> Span | None:
    """ "Coffee is my favourite drink": what stands in front."""
    for at in range(1, min(len(words) - 2, 8)):
        if (
            words[at].low in BE
            and words[at + 1].low == "my"
            and (_FAVOURITES & {word.low for word in words[at + 2 : at + 4]} or _is_mine(words, at + 2))
        ):
            span = chunk(words[:at], 0)
            plain = at + 3 >= len(words) or words[at + 3].low not in _PARTS
            verbs = span and any(word.low in VERBS for word in words[span[0] + 1 : span[1]])
            if (
                span
                and span[1] == at <= 4
                and span[0] <= 1
                and plain
                and not verbs
                and worthy(words, span, 0)
            ):
                return span
    return None


def _is_mine(words: list[Word], at: int) -> bool:
    """ "(Gardening is my) thing", "passion": and no more."""
    ends = (
        at + 1 >= len(words) or words[at + 1].kind is Kind.MARK or words[at + 1].low in ("and", "but", "now")
    )
    return words[at].low in ("thing", "passion", "hobby", "obsession", "jam") and ends


_PARTS = frozenset("part one thing bit moment scene line person quote".split())
_FAVOURITES = frozenset({"favourite", "favorite", "fav", "fave"})


_WORKS = frozenset(
    "film movie book novel song band show series album game musical poem opera play podcast".split()
)


def _title(said: Said, at: int) -> Span | None:
    """ "My favourite film is Bread and Tulips": one title, not two."""
    thing = said.subject.thing
    if (
        thing is None
        or said.words[thing[1] - 1].low not in _WORKS
        or at >= len(said.words)
        or not said.words[at].cap
    ):
        return None
    last = at + 1
    while last < len(said.words) and (
        said.words[last].cap or said.low(last) in ("and", "of", "the", "&", "in", "to", "a")
    ):
        last += 1
    while not said.words[last - 1].cap:
        last -= 1
    return (at, last)


def favourite(said: Said, at: int, slot: Slot = Slot.LIKES) -> Iterator[Draft]:
    """What follows "my favourite band is" or "my hobbies are"."""
    if (
        said.group.past
        or said.stance() is not Stance.HOLDS
        or said.low(at) in ("when", "that", "in", "on", "at")
    ):
        return
    if said.low(at) in ("probably", "definitely", "still", "always"):
        at += 1
    if (title := _title(said, at)) is not None:
        yield said.draft(slot, title, timed=False)
        return
    for span in listed(said.words, at):
        if worthy(said.words, span, at) and len(said.words[span[0] : span[1]]) <= 8:
            yield said.draft(slot, span, timed=False)
