"""Frames of health: allergies, illnesses, what is not eaten, drunk or smoked."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_habits import never_done
from second_me.core.memory.facts.reading.lists_things import (
    COMMON_COLDS,
    DIETS,
    ILLS,
    INTOLERANT,
    STATES,
)
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import (
    NOUN_ONLY,
    Span,
    action,
    chunk,
    head_of,
    listed,
    time_at,
    worthy,
)
from second_me.core.memory.facts.slots import Slot

DEGREE = frozenset(
    """severe severely mild bad terrible serious slight awful very really moderate nasty horrible chronic-ish
    diagnosed undiagnosed confirmed life-threatening deadly major minor real proper most certain all crippling
    debilitating""".split()
)
_BODY = frozenset(
    "back knee hip shoulder heart ankle neck wrist knees hips eyesight hearing elbow eyes".split()
)
_BAD = frozenset("bad dodgy weak poor sore".split())
ALLERGY = frozenset({"allergy", "allergies"})
_CAUTION = frozenset(
    "commitment responsibility housework adulting change deadlines meetings authority bureaucracy gyms running sport"
    " lies rules pants trousers shopping paperwork feelings love kindness cooking cleaning advice criticism"
    " speak work fun people idiots mornings mondays stupidity nonsense bullshit exercise drama effort math"
    " maths".split()
)


def _plain(said: Said, span: Span) -> Span:
    first, last = span
    while last - first > 1 and said.words[first].low in DEGREE:
        first += 1
    return (first, last)


def allergens(said: Said, at: int, stance: Stance = Stance.HOLDS) -> Iterator[Draft]:
    """What follows "allergic to"."""
    for span in listed(said.words, at, NOUN_ONLY):
        span = _plain(said, span)
        if worthy(said.words, span, span[0]) and said.words[span[1] - 1].low not in _CAUTION:
            yield said.draft(Slot.ALLERGY, span, stance)


def be_allergic(said: Said) -> Iterator[Draft]:
    """ "I'm allergic to A and B", "I'm lactose intolerant", "I'm intolerant to gluten"."""
    at, group = said.at, said.group
    while said.low(at) in DEGREE or said.low(at) in ("deathly", "highly"):
        at += 1
    stance = Stance.ENDED if group.past and not group.negated else said.stance()
    low = said.low(at)
    if low in ("allergic", "intolerant", "hypersensitive") and said.low(at + 1) in ("to", "of"):
        yield from allergens(said, at + 2, stance)
    elif low in INTOLERANT and said.low(at + 1) in ("intolerant", "sensitive"):
        yield said.draft(Slot.ALLERGY, (at, at + 1), stance)


def have_ill(said: Said) -> Iterator[Draft]:
    """ "I have asthma", "I've got a nut allergy", "I get hay fever", "I don't have diabetes", "I have a bad knee"."""
    group, at = said.group, said.at
    if group.verb == "get" and (group.past or group.negated) and not group.perfect:
        return
    stance = Stance.ENDED if group.past and not group.negated and not group.perfect else said.stance()
    if said.low(at) == "no":
        stance = Stance.DENIED
    before = at
    if said.low(at) in ("been", "a") and said.low(at + 1) == "touch":
        at += 3
    for span in listed(said.words, at, frozenset({"of", "to"})):
        if said.low(span[1] - 1) not in _BODY:
            span = _plain(said, span)
        lows = [word.low for word in said.words[span[0] : span[1]]]
        if ALLERGY & set(lows):
            yield from _allergy_noun(said, span, stance)
        elif _is_ill(said, span, lows) and worthy(said.words, span, before):
            yield said.draft(Slot.HEALTH, span, stance)
        before = span[1]


def _allergy_noun(said: Said, span: Span, stance: Stance) -> Iterator[Draft]:
    place = next(at for at in range(*span) if said.words[at].low in ALLERGY)
    if said.low(place + 1) in ("to", "against"):
        yield from allergens(said, place + 2, stance)
    elif place > span[0] and said.words[place - 1].low not in (
        "food",
        "seasonal",
        "bad",
        "no",
        "many",
        "several",
        "few",
    ):
        yield said.draft(Slot.ALLERGY, (span[0], place), stance)


def _is_ill(said: Said, span: Span, lows: list[str]) -> bool:
    head = said.words[head_of(said.words, span)].low
    if head in _BODY:
        return len(lows) == 2 and lows[0] in _BAD
    if head in COMMON_COLDS:
        return len(lows) > 1 and lows[0] not in (
            "no",
            "any",
            "my",
            "new",
            "good",
            "perfect",
            "mint",
            "peer",
            "time",
        )
    return (head in ILLS or lows[-1] in ILLS) and len(lows) <= 5


def live_with(said: Said) -> Iterator[Draft]:
    """ "I live with chronic migraines", "I struggle with insomnia": illnesses that are known only."""
    if said.low(said.at) != "with" or said.group.past or said.group.modal:
        return
    for span in listed(said.words, said.at + 1, NOUN_ONLY):
        if _is_ill(said, span, [word.low for word in said.words[span[0] : span[1]]]):
            yield said.draft(Slot.HEALTH, _plain(said, span))


def suffer(said: Said) -> Iterator[Draft]:
    """ "I suffer from insomnia", "I was diagnosed with coeliac disease", "I'm recovering from knee surgery"."""
    at = said.at
    if said.group.verb == "get" and said.low(at) != "diagnosed":
        return
    at += said.group.verb == "get"
    while said.low(at) in ("badly", "terribly", "often", "recently", "just"):
        at += 1
    if said.low(at) not in ("from", "with") or said.group.modal or said.group.will:
        return
    past = said.group.past and said.group.verb == "suffer" and not said.group.negated
    for span in listed(said.words, at + 1, NOUN_ONLY):
        span = _plain(said, span)
        if worthy(said.words, span, at + 1):
            yield said.draft(Slot.HEALTH, span, Stance.ENDED if past else said.stance())


def be_ill(said: Said) -> Iterator[Draft]:
    """ "I'm diabetic", "I'm recovering from knee surgery", "I've been diagnosed with asthma"."""
    at, low = said.at, said.low(said.at)
    following = said.low(at + 1)
    if low in ("diagnosed", "recovering") and following in ("with", "from"):
        for span in listed(said.words, at + 2, NOUN_ONLY):
            span = _plain(said, span)
            if worthy(said.words, span, at + 2):
                yield said.draft(Slot.HEALTH, span, said.stance())
        return
    while said.low(at + 1) in ("weeks", "months", "week", "month") or low in ("weeks", "months"):
        at += 1
        low, following = said.low(at), said.low(at + 1)
    if low in ("a", "an"):
        at += 1
        low, following = said.low(at), said.low(at + 1)
    first = at
    while low in ("type", "1", "2", "one", "two", "legally", "partially", "hard") and low not in STATES:
        at += 1
        low, following = said.low(at), said.low(at + 1)
    ends = at + 1 >= len(said.words) or not said.words[at + 1].low.isalpha() or following in _AFTER
    if low in ("colour", "color") and following == "blind":
        yield said.draft(Slot.HEALTH, (at, at + 2))
    if (low, following, said.low(at + 2)) == ("hard", "of", "hearing") or (
        said.low(first),
        said.low(first + 1),
        said.low(first + 2),
    ) == ("hard", "of", "hearing"):
        yield said.draft(Slot.HEALTH, (first, first + 3))
    if low in STATES and ends:
        yield said.draft(
            Slot.HEALTH,
            (first if said.low(first) == "type" else at, at + 1),
            Stance.ENDED if said.group.past and not said.group.negated else None,
        )


_AFTER = frozenset(
    """anymore
    any btw tbh atm rn please pls these already due because and since so in with from now too but as or for by on myself
    again""".split()
)


def be_diet(said: Said) -> Iterator[Draft]:
    """ "I'm vegetarian", "I've been vegan since 2019", "I went vegan", "I'm no longer vegetarian"."""
    at = said.at + (said.low(said.at) in ("a", "an"))
    at += said.low(at) in ("strict", "lifelong", "mostly", "ethical")
    following = said.low(at + 1)
    if said.low(at) not in DIETS or (
        following and following.isalpha() and following not in _AFTER and following != "these"
    ):
        return
    became = said.group.verb in ("go", "become")
    if became and (said.group.tense != "past" or said.group.negated):
        return
    over = said.group.past and not became and not said.group.negated
    yield said.draft(Slot.HABIT, (at, at + 1), Stance.ENDED if over else said.stance())


_CONSUMED = frozenset({"eat", "drink", "smoke"})


def _for_all_time(said: Said, at: int) -> bool:
    """ "(I haven't eaten meat) since 1999", "(I've never smoked) in my life"."""
    lows = [said.low(at + step) for step in range(4)]
    return said.group.perfect and (lows[0] == "since" or (lows[:2] == ["in", "my"] and "life" in lows))


def consume(said: Said) -> Iterator[Draft]:
    """ "I don't eat meat", "I never drink", "I smoke", "I no longer eat meat", "I used to smoke"."""
    group = said.group
    if (
        group.modal
        or group.will
        or group.can
        or group.be
        or group.tense == "ing"
        or (group.past and not group.ended)
    ):
        return
    stance = said.stance()
    if stance is Stance.HOLDS and group.verb != "smoke":
        return
    after = chunk(said.words, group.at + 1, NOUN_ONLY)
    if after is None and group.verb == "eat":
        return
    if after and (
        not worthy(said.words, after, group.at + 1) or said.low(after[0]) in ("much", "enough", "out")
    ):
        return
    last = after[1] if after else group.at + 1
    always = _for_all_time(said, last)
    if not always and (
        said.low(last) in _RESTRICTS or (last < len(said.words) and time_at(said.words, last))
    ):
        if group.never:
            yield from never_done(said)
        return
    yield said.draft(Slot.HABIT, (group.at, last), stance)
    if said.low(last) in ("or", "nor", "and") and said.low(last + 1) in _CONSUMED:
        more = chunk(said.words, last + 2, NOUN_ONLY)
        yield said.draft(Slot.HABIT, (last + 1, more[1] if more else last + 2), stance)


_RESTRICTS = frozenset("after before on at in without during past until with from by while".split())
_NO_VICE = frozenset(
    """moaning whinging complaining stalling lying whining believing caring hoping waiting talking looking asking going
    doing making trusting seeing working living trying
    worrying thinking being having getting feeling using""".split()
)
_GIVEN_UP = frozenset(
    "alcohol meat sugar caffeine coffee cigarettes dairy nicotine gluten soda weed drinking smoking vaping".split()
)


def give_up(said: Said) -> Iterator[Draft]:
    """ "I quit smoking two years ago", "I gave up alcohol", "I stopped eating meat"."""
    group, at = said.group, said.at
    if group.negated or group.tense != "past" or group.modal:
        return
    if group.verb == "give":
        if said.low(at) != "up":
            return
        at += 1
    while said.low(at).endswith("ing") or said.low(at) in _GIVEN_UP:
        span = action(said.words, at) if said.low(at) not in _NO_VICE else None
        if span is None:
            return
        yield said.draft(Slot.HABIT, span, Stance.ENDED)
        at = span[1] + 1 if said.low(span[1]) in ("and", "or") else len(said.words)
