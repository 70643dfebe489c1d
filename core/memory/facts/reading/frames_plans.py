"""Frames of plans and habits: what somebody has decided to do, what they do again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.lists_places import COUNTRIES, TOWNS
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import (
    ARTICLES,
    TIME_NOUNS,
    Span,
    action,
    is_action,
    time_at,
    worthy,
)
from second_me.core.memory.facts.reading.verbs import ADVERBS
from second_me.core.memory.facts.reading.words import Kind
from second_me.core.memory.facts.slots import Slot

_NO_ACTION = frozenset(
    """be bed sleep school church hell town work home cry die scream kill lose throw puke vomit explode melt
    say tell ask see need have go know thank talk hear make give let miss love hate like need regret pass
    faint look want happen try guess add point assume admit complain rant vent stop feel think believe
    continue keep dinner lunch the a an my your our this that explain mention share show help use get come
    bathe bother wait stay""".split()
)
_AHEAD = frozenset("next tomorrow soon later upcoming coming".split())
_MONTHS = frozenset(
    """january february march april may june july august september october november december spring summer
    autumn winter""".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MOVING = frozenset(
    """move get start fly visit retire run travel leave marry take join open launch study train adopt switch relocate
    attend begin buy sell quit build renovate host graduate hike drive return""".split()
)


_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")


def done_at(said: Said, at: int) -> Span | None:
    """The action that "to" or a verb before it leads to."""
    while said.low(at) in ADVERBS:
        at += 1
    low = said.low(at)
    away = (
        low == "be"
        and said.low(at + 1) in ("in", "at")
        and at + 2 < len(said.words)
        and said.words[at + 2].cap
    )
    if away or (low, said.low(at + 1)) in (
        ("get", "married"),
        ("get", "engaged"),
        ("go", "vegan"),
        ("go", "vegetarian"),
    ):
        return action(said.words, at, timed=True)
    if (
        not low
        or said.words[at].kind is not Kind.WORD
        or low in _NO_ACTION
        or low in ARTICLES
        or said.words[at].cap
        or low in TOWNS
        or low in COUNTRIES
    ):
        return None
    return action(said.words, at, timed=True)


def plan(said: Said) -> Iterator[Draft]:
    """ "I plan to move", "we intend to sell", "I've decided to sell the house", "I want to learn the cello"."""
    group, at = said.group, said.at
    if group.negated or group.ended or group.modal or group.will:
        return
    past = (group.past and not group.perfect) or said.has("had")
    if group.verb == "want" and (group.perfect or group.tense != ("s" if said.named else "base")):
        return
    if (past and group.verb != "decide") or (group.be and group.past):
        return
    if group.verb in ("hope", "aim", "look", "mean") and not (group.be or group.verb in ("aim", "hope")):
        return
    if said.low(at) == "to":
        span = done_at(said, at + 1)
    elif group.be and said.low(at) in ("a", "an", "our") and group.verb == "plan":
        span = action(said.words, at + 1, timed=True)
        if span and not worthy(said.words, span, at + 1):
            return
    elif said.low(at) == "on" and is_action(said.words, at + 1):
        span = done_at(said, at + 1)
    else:
        return
    if span and not (group.verb in ("want", "hope") and not _wanted(said, span)) and not pointing(said, span):
        yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)


_LUCK = frozenset("win lottery rich famous die immortal king queen president".split())


def _wanted(said: Said, span: Span) -> bool:
    """Whether what is wanted is an action and no dream ("I want to see the world some day")."""
    return (
        not said.words[span[0]].low.endswith("ly")
        and not _LUCK & {word.low for word in said.words[span[0] : span[1]]}
        and span[1] - span[0] > 1
        and not said.has("someday", "some", "one", "ever", "always")
    )


def pointing(said: Said, span: Span) -> bool:
    """Whether an action is done to what was just spoken of ("check it out")."""
    return any(said.low(at) in _IT and said.low(at + 1) not in TIME_NOUNS for at in range(*span))


_IT = frozenset("it this that them these those him her you your".split())


def going(said: Said) -> Iterator[Draft]:
    """ "We're going to repaint the kitchen in June"."""
    group = said.group
    if (
        not group.be
        or group.tense != "ing"
        or group.negated
        or group.past
        or group.modal
        or said.low(said.at) != "to"
    ):
        return
    span = done_at(said, said.at + 1)
    if (
        span
        and not pointing(said, span)
        and (span[1] - span[0] > 1 or said.low(span[0]) in ("retire", "emigrate", "relocate", "graduate"))
    ):
        yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)


def ahead(said: Said) -> Iterator[Draft]:
    """ "I'm moving to Porto next year", "we're getting married in May": a plan only with a time that lies ahead."""
    group = said.group
    if (
        not (group.be and group.tense == "ing")
        or group.negated
        or group.past
        or group.modal
        or group.verb not in _MOVING
    ):
        return
    lows = {word.low for word in said.words[said.at :] + said.prefix}
    month = any(
        said.words[at].low in ("in", "on", "this") and _MONTHS & {w.low for w in said.words[at + 1 : at + 4]}
        for at in range(said.at, len(said.words) - 1)
    )
    day = any(
        said.words[at].low == "on"
        and (
            said.low(at + 1) in _WEEKDAYS
            or bool(_ORDINAL.fullmatch(said.low(at + 1 + (said.low(at + 1) == "the"))))
        )
        for at in range(said.at, len(said.words) - 1)
    )
    if not (lows & _AHEAD or month or day):
        return
    if group.verb == "get" and said.low(said.at) not in ("married", "a", "an", "engaged"):
        return
    span = action(said.words, group.at, timed=True)
    if (
        span
        and span[1] - span[0] > 1
        and not pointing(said, span)
        and not lows & {"sick", "late", "hungry", "tired", "old", "older"}
    ):
        yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)


def booked(said: Said) -> Iterator[Draft]:
    """ "I'll be flying to Lisbon on 4 December", "I'll be in Bergen next week": what is arranged, with its time."""
    group = said.group
    dated = any(
        said.words[at].low in ("on", "in", "next", "this", "from", "tomorrow", "until", "by", "at")
        and (time_at(said.words, at) or bool(_MONTHS & {w.low for w in said.words[at + 1 : at + 4]}))
        for at in range(said.at, len(said.words))
    )
    if not dated or not (group.be and group.will) or group.negated or group.modal or group.past:
        return
    away = not group.verb and said.low(said.at) == "in" and said.low(said.at - 1) == "be"
    away = away and said.at + 1 < len(said.words) and said.words[said.at + 1].cap
    if not away and not (group.tense == "ing" and group.verb in _MOVING | _ARRANGED):
        return
    span = action(said.words, said.at - 1 if away else group.at, timed=True)
    if span and span[1] - span[0] > 2 and not pointing(said, span):
        yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)


_ARRANGED = frozenset(
    "stay work spend live give play run do speak teach study meet have write walk cycle".split()
)


def goal(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my plan is" or "my goal this year is"."""
    if (
        said.low(at) == "to"
        and not said.group.negated
        and not said.group.past
        and (span := done_at(said, at + 1))
    ):
        yield said.draft(Slot.PLAN, span, timed=False)


def about_to(said: Said) -> Iterator[Draft]:
    """ "I'm about to start a PhD"; "I'm in the habit of walking after dinner"."""
    lows = [word.low for word in said.words[said.at : said.at + 4]]
    if said.group.negated or said.group.past:
        return
    if (
        lows[:2] == ["about", "to"]
        and said.low(said.at + 2) in _MOVING
        and (span := done_at(said, said.at + 2))
    ):
        if span[1] - span[0] > 1 and not pointing(said, span):
            yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)
    elif lows == ["in", "the", "habit", "of"] and (span := done_at(said, said.at + 4)):
        yield said.draft(Slot.HABIT, span, Stance.HOLDS, timed=False)
