"""Frames of habits: what somebody does again and again, does no more, or never does."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_plans import done_at, pointing
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import Span, action, time_at
from second_me.core.memory.facts.reading.verbs import VERBS
from second_me.core.memory.facts.reading.words import Kind
from second_me.core.memory.facts.slots import Slot

_DAYS = frozenset(
    """mondays tuesdays wednesdays thursdays fridays saturdays sundays mornings evenings afternoons nights weekends
    weekdays holidays""".split()
)
_OFTEN = frozenset("every each daily weekly monthly nightly twice once most weekdays weekends".split())
_STILL = frozenset(
    """be love like adore enjoy prefer hate dislike despise detest loathe own want name live reside know stand bear
    suffer plan intend decide lose die become hope stay speak identify""".split()
)


def _whole(said: Said, span: Span | None) -> Span | None:
    """ "... every Friday (without fail)", "... on Fridays and Saturdays"."""
    if span is None:
        return None
    first, last = span
    if last - first > 3 and [w.low for w in said.words[last - 2 : last]] == ["without", "fail"]:
        return (first, last - 2)
    if said.low(last) == "and" and said.low(last - 1) in _DAYS and said.low(last + 1) in _DAYS:
        return (first, last + 2)
    return span


def says_how_often(said: Said) -> bool:
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
        if low[:-1].isdigit() and low.endswith("x") and following in ("a", "per"):
            return True
        if low in ("times", "day", "days", "time") and following in ("a", "per"):
            return True
        if low in ("before", "after") and following in _ANCHORS:
            return True
        if low in ("on", "at", "in") and any(w.low in _DAYS for w in words[at + 1 : at + 4]):
            return True
    return False


_ANCHORS = frozenset("bed work breakfast dinner lunch school tea sleep".split())


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
    often = says_how_often(said) or _commutes(said)
    usual = group.always and not _SELDOM & {word.low for word in said.words[: group.at]}
    if not (
        often
        or (
            (usual and group.verb not in ("have", "want", "make", "take"))
            or (usual and len(said.words) > group.at + 2)
        )
    ):
        return
    if usual and not often and (group.verb in _HAPPENS or said.has("we")):
        return
    span, bare = _whole(said, action(said.words, group.at, timed=True)), action(said.words, group.at)
    if span is None or bare is None or _empty(said, span) or _empty(said, bare):
        return
    if not pointing(said, span) and span[1] - span[0] <= _LONGEST:
        yield said.draft(Slot.HABIT, span, Stance.HOLDS, timed=False)


_LONGEST = 12
"""Words of an action whose end is sure."""
_HAPPENS = frozenset(
    """keep forget lose feel look end think find know need leave carry say tell ask have make see hear win
    break fall come miss mean seem sound remember cry laugh arrive wonder trust let give pick try start stop
    hope""".split()
)
"""What happens to somebody or is a way of speaking: "I always forget names" is no habit."""
_SELDOM = frozenset({"sometimes", "occasionally", "rarely"})


def _commutes(said: Said) -> bool:
    """ "I bike to work"."""
    lows = [word.low for word in said.words[said.group.at :]]
    way = lows[0] in (
        "bike",
        "cycle",
        "walk",
        "drive",
        "commute",
        "bikes",
        "cycles",
        "walks",
        "drives",
        "commutes",
    )
    return way and lows[1:2] == ["to"] and bool({"work", "school", "office", "uni"} & set(lows[2:4]))


def never(said: Said) -> Iterator[Draft]:
    """ "I never skip breakfast": a habit that is denied."""
    group = said.group
    plain = (
        group.never
        and group.tense == ("s" if said.named else "base")
        and not (group.past or group.modal or group.will)
    )
    if not plain or group.perfect or group.be or group.verb in _STILL | _OVER_WORDS:
        return
    yield from never_done(said)


def never_done(said: Said) -> Iterator[Draft]:
    """ "(I never) skip breakfast" is denied; with a restriction ("never drink coffee after noon") it is the habit."""
    place = next((at for at in range(said.group.at) if said.words[at].low == "never"), None)
    span = action(said.words, said.group.at, timed=True)
    if place is None or span is None or span[1] - span[0] < 2 or span[1] - span[0] > _LONGEST:
        return
    if _empty(said, span) or pointing(said, span) or said.group.verb in _HAPPENS:
        return
    restricted = any(word.low in _RESTRICTS for word in said.words[span[0] + 1 : span[1]])
    if restricted:
        span = (place, span[1])
    yield said.draft(Slot.HABIT, span, Stance.HOLDS if restricted else Stance.DENIED, timed=False)


_RESTRICTS = frozenset("after before on at in without during past until with from by".split())


_OVER_WORDS = frozenset("get have want make do give know take start come".split())


def tend(said: Said) -> Iterator[Draft]:
    """ "I tend to wake up early"."""
    if (
        (
            said.low(said.at) == "to"
            and not said.group.negated
            and not said.group.past
            and (span := done_at(said, said.at + 1))
        )
        and span[1] - span[0] > 1
        and not pointing(said, span)
    ):
        yield said.draft(Slot.HABIT, span, Stance.HOLDS, timed=False)


def _empty(said: Said, span: Span) -> bool:
    lows = [word.low for word in said.words[span[0] : span[1]]]
    if lows[0] in ("has", "have") and len(lows) > 1 and lows[1].endswith(("ed", "en")):
        return True
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
        "problems",
        "trouble",
    )
    leading = (
        len(lows) > 1
        and lows[1] == "to"
        and lows[0] in ("have", "want", "get", "need", "try", "come", "like", "use")
    )
    return helper or pointing or leading


def used_to(said: Said) -> Iterator[Draft]:
    """ "I used to play the flute": a habit that is over."""
    group = said.group
    over = (group.ended and not group.negated) or said.given_up()
    if (
        not over
        or group.tense != ("s" if said.named and not group.past else "base")
        or group.verb in _STILL | _OVER
    ):
        return
    if group.be or group.modal or group.will or group.can:
        return
    span = action(said.words, group.at)
    if span and span[1] - span[0] > 1 and not _empty(said, span) and group.verb in VERBS:
        yield said.draft(Slot.HABIT, span, Stance.ENDED)


_OVER = frozenset("work teach have own drive ride eat drink smoke study get keep think".split())
