"""Frames of plans and habits: what somebody has decided to do, what they do again and again."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import ARTICLES, Span, action, is_action, time_at
from second_me.core.memory.facts.reading.verbs import ALWAYS, VERBS
from second_me.core.memory.facts.reading.words import Kind
from second_me.core.memory.facts.slots import Slot

_NO_ACTION = frozenset(
    """be bed sleep school church hell town work home cry die scream kill lose throw puke vomit explode melt say tell ask
    see need have go know thank talk hear make give let miss love hate like need regret pass faint look want happen
    try guess add point assume admit complain rant vent stop feel think believe continue keep dinner lunch the a an my
    your our this that explain mention share show help use get come bathe bother wait stay""".split()
)
_COME_TRUE = frozenset({"plan", "intend", "decide", "want"})
_AHEAD = frozenset("next tomorrow soon later upcoming coming".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december spring summer autumn winter".split()
)
_MOVING = frozenset(
    """move get start fly visit retire run travel leave marry take join open launch study train adopt switch relocate
    attend begin buy sell quit build renovate host graduate hike drive return""".split()
)
_STILL = frozenset(
    """be love like adore enjoy prefer hate dislike despise detest loathe own want name live reside know stand bear
    suffer plan intend decide lose die become hope stay speak identify""".split()
)
_OFTEN = frozenset("every each daily weekly monthly nightly twice once most weekdays weekends".split())
_DAYS = frozenset(
    """mondays tuesdays wednesdays thursdays fridays saturdays sundays mornings evenings afternoons nights weekends
    weekdays holidays""".split()
)


def _done(said: Said, at: int) -> Span | None:
    """The action that "to" or a verb before it leads to."""
    low = said.low(at)
    if (
        not low
        or said.words[at].kind is not Kind.WORD
        or low in _NO_ACTION
        or low in ARTICLES
        or said.words[at].cap
    ):
        return None
    return action(said.words, at)


def plan(said: Said) -> Iterator[Draft]:
    """ "I plan to move", "we intend to sell", "I've decided to sell the house", "I want to learn the cello"."""
    group, at = said.group, said.at
    if group.negated or group.ended or group.modal or group.will:
        return
    past = group.past and not group.perfect
    if group.verb == "want" and (group.perfect or group.tense != ("s" if said.named else "base")):
        return
    if (past and group.verb != "decide") or (group.be and group.past):
        return
    if said.low(at) == "to":
        span = _done(said, at + 1)
    elif said.low(at) == "on" and is_action(said.words, at + 1):
        span = _done(said, at + 1)
    else:
        return
    if span and not (group.verb == "want" and span[1] - span[0] == 1) and not _pointing(said, span):
        yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)


def _pointing(said: Said, span: Span) -> bool:
    """Whether an action is done to what was just spoken of ("check it out")."""
    return any(word.low in _IT for word in said.words[span[0] : span[1]])


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
    span = _done(said, said.at + 1)
    if (
        span
        and not _pointing(said, span)
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
    if not (lows & _AHEAD or month):
        return
    span = action(said.words, group.at)
    if span and span[1] - span[0] > 1 and not lows & {"sick", "late", "hungry", "tired", "old", "older"}:
        yield said.draft(Slot.PLAN, span, Stance.HOLDS, timed=False)


def goal(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my plan is" or "my goal this year is"."""
    if (
        said.low(at) == "to"
        and not said.group.negated
        and not said.group.past
        and (span := _done(said, at + 1))
    ):
        yield said.draft(Slot.PLAN, span, timed=False)


def _often(said: Said) -> bool:
    """Whether the clause says how often."""
    words = said.prefix + said.words
    for at, word in enumerate(words):
        low = word.low
        following = words[at + 1].low if at + 1 < len(words) else ""
        if low in ("daily", "weekly", "nightly", "monthly") and (
            at + 1 == len(words) or words[at + 1].kind is Kind.MARK
        ):
            return True
        if low in _OFTEN and time_at(words, at) and following not in ("of", "time"):
            return True
        if low in ("times", "day", "days", "time") and following in ("a", "per"):
            return True
        if low in ("on", "at", "in") and any(w.low in _DAYS for w in words[at + 1 : at + 4]):
            return True
    return False


def habit(said: Said) -> Iterator[Draft]:
    """ "I go running every morning", "I usually skip breakfast", "on Fridays we play board games"."""
    group = said.group
    if (
        group.negated
        or group.past
        or group.perfect
        or group.modal
        or group.will
        or group.can
        or group.ended
        or group.be
    ):
        return
    wanted = "s" if said.named else "base"
    if group.tense != wanted or group.verb in _STILL:
        return
    often = _often(said)
    usual = group.always and not (
        ALWAYS - {"always", "usually", "normally", "typically", "generally", "regularly", "mostly"}
    ) & {word.low for word in said.words[: group.at]}
    if not (
        often
        or (
            usual
            and group.verb not in ("have", "get", "want", "make", "take")
            or usual
            and len(said.words) > group.at + 2
        )
    ):
        return
    span = action(said.words, group.at)
    if span and not _empty(said, span):
        yield said.draft(Slot.HABIT, span, Stance.HOLDS, timed=False)


def _empty(said: Said, span: Span) -> bool:
    lows = [word.low for word in said.words[span[0] : span[1]]]
    helper = len(lows) == 1 and lows[0] in (
        "do",
        "work",
        "have",
        "get",
        "go",
        "take",
        "make",
        "come",
        "start",
    )
    pointing = len(lows) > 1 and lows[1] in (
        "it",
        "this",
        "that",
        "you",
        "so",
        "him",
        "her",
        "them",
        "me",
        "to",
        "problems",
        "trouble",
    )
    return helper or (pointing and not (lows[0] in ("go",) and lows[1] == "to"))


def used_to(said: Said) -> Iterator[Draft]:
    """ "I used to play the flute": a habit that is over."""
    group = said.group
    if (
        not (group.past and group.ended and group.tense == "base")
        or group.negated
        or group.verb in _STILL | _OVER
    ):
        return
    span = action(said.words, group.at)
    if span and span[1] - span[0] > 1 and not _empty(said, span) and group.verb in VERBS:
        yield said.draft(Slot.HABIT, span, Stance.ENDED)


_OVER = frozenset("work teach have own drive ride eat drink smoke study attend go get keep think run".split())
