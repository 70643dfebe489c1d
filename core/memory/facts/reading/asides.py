"""Work that is told in passing: "I hate my job at Amazon", "as a nurse I work shifts"."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.reading.lists_places import LANGUAGES
from second_me.core.memory.facts.reading.lists_work import JOBS, NO_JOB_BEFORE, NO_JOBS
from second_me.core.memory.facts.reading.names import firm_at
from second_me.core.memory.facts.reading.values import Span, chunk
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_IN_TITLES = frozenset({"of", "up"})
_LEFT = frozenset(
    """starting start starts next tomorrow soon quit lost left lose leave resigned resign until fired sacked
    retired ended was were had interview offer applied applying apply""".split()
)


def shift_at(words: list[Word], loose: bool) -> Span | None:
    """ "Late shift again at Bunnings": the firm."""
    lows = [word.low for word in words]
    place = next((at for at, low in enumerate(lows[:3]) if low in ("shift", "shifts")), None)
    if place is None or _LEFT & set(lows) or {"his", "her", "their", "your", "the"} & set(lows):
        return None
    at = place + 1
    while at < len(words) and lows[at] in ("again", "today", "tomorrow", "tonight", "over", "now"):
        at += 1
    known = at + 1 < len(words) and lows[at] == "at" and words[at + 1].cap
    return firm_at(words, at + 1, loose) if known else None


def my_job(words: list[Word], loose: bool) -> Iterator[tuple[Slot, Span]]:
    """ "I hate my job at Amazon", "my job as a florist", "new job at Ubisoft": told in passing."""
    if _LEFT & {word.low for word in words}:
        return
    for at in range(len(words) - 3):
        gained = (
            words[at].low == "new"
            and at > 1
            and words[at - 1].low == "a"
            and words[at - 2].low in ("for", "started")
        )
        mine = (
            gained
            or words[at].low in ("my", "our")
            or (words[at].low == "new" and (at == 0 or words[at - 1].low == ":"))
        )
        noun = at + 1 + (words[at + 1].low in ("new", "current", "day", "part-time"))
        if not mine or words[min(noun, len(words) - 1)].low not in (
            "job",
            "work",
            "shift",
            "shifts",
            "role",
            "position",
        ):
            continue
        preposition = words[noun + 1].low if noun + 2 < len(words) else ""
        if preposition == "at" and (firm := firm_at(words, noun + 2, loose)) is not None:
            yield Slot.EMPLOYER, firm
        trade = chunk(words, noun + 2, _IN_TITLES) if preposition == "as" else None
        if trade and words[trade[1] - 1].low in JOBS:
            yield Slot.JOB, trade


def language_of(words: list[Word]) -> Span | None:
    """ "French is my preferred language": what stands in front."""
    lows = [word.low for word in words]
    for at in range(1, len(words) - 3):
        told = lows[at] in ("is", "'s") and lows[at + 1] == "my" and "language" in lows[at + 2 : at + 5]
        if told and lows[at - 1] in LANGUAGES:
            other = {"second", "third", "worst", "favourite", "favorite", "school", "least"} & set(
                lows[at + 2 : at + 5]
            )
            return None if other else (at - 1, at)
    return None


def _fine(words: list[Word], lows: list[str]) -> Span | None:
    """ "German is fine for letters": what stands in front."""
    if lows[:2] == ["i", "prefer"] and lows[2:3] and lows[2] in LANGUAGES and lows[3:4] == ["for"]:
        return (2, 3) if _POST & set(lows[4:7]) else None
    told = lows[:1] and lows[0] in LANGUAGES and lows[1:2] in (["is"], ["'s"])
    if told and lows[2:3] and lows[2] in ("fine", "best", "better", "easiest", "preferred"):
        return (0, 1) if "for" in lows[3:4] and _POST & set(lows[4:7]) else None
    return None


def letters_in(words: list[Word]) -> Span | None:
    """ "Please write to me in Dutch", "I'd prefer the paperwork in French": the language of correspondence."""
    lows = [word.low for word in words]
    if {"n't", "not", "never", "he", "she", "they"} & set(lows):
        return None
    if fine := _fine(words, lows):
        return fine
    if (
        lows[:3] == ["please", "write", "in"]
        and lows[3:4]
        and lows[3] in LANGUAGES
        and lows[4:] in ([], ["."])
    ):
        return (3, 4)
    for at in range(2, len(words)):
        if lows[at] in LANGUAGES and lows[at - 1] == "in":
            return (at, at + 1) if _to_me(lows, at) or _of_post(lows, at) else None
    return None


def _to_me(lows: list[str], at: int) -> bool:
    """ "Write to me in", "I'd rather be written to in", "please send me everything in"."""
    near = lows[max(0, at - 3) : at - 1]
    if near in (["to", "me"], ["with", "me"]) and _WRITING & set(lows[:at]):
        return True
    sent = lows[0] in ("please", "send", "could", "kindly") and bool(
        {"send", "give", "write", "post"} & set(lows[:at])
    )
    if sent and "me" in lows[:at] and lows[at - 2] in _POST | {"everything", "all", "it", "me", "things"}:
        return True
    rather = (
        lows[0] == "i"
        and bool({"rather", "prefer"} & set(lows[1:4]))
        and lows[at - 2] in ("everything", "it")
    )
    if rather or (lows[0] == "please" and lows[at - 2] in _WRITING | {"email", "speak"}):
        return True
    asked = lows[max(0, at - 4) : at - 1] == ["be", "written", "to"] or lows[at - 3 : at - 1] == [
        "be",
        "contacted",
    ]
    return lows[0] == "i" and asked


def _of_post(lows: list[str], at: int) -> bool:
    """ "Letters in French, please", "I'd like correspondence in Dutch"."""
    if lows[at - 2] not in _POST:
        return False
    wished = lows[0] in ("i", "we") and bool(
        {"prefer", "like", "want", "need", "rather"} & set(lows[1 : at - 1])
    )
    foreign = {"your", "his", "her", "their", "love", "hate"} & set(lows)
    return not foreign and ("please" in lows or wished)


_WRITING = frozenset("write reply answer respond correspond talk speak".split())
_POST = frozenset(
    """letters mail mails emails invoices documents letter post correspondence messages paperwork forms statements
    bills contracts contract""".split()
)


_FIRMS = frozenset(
    "company business firm studio shop workshop practice agency startup bakery salon café".split()
)


def firm_called(words: list[Word], before: list[Word]) -> Span | None:
    """ "I have my own business called Marula", "(I run my own company,) it's called Flintlock": its name."""
    lows = [word.low for word in words]
    behind = next(
        (len(lead) for lead in (["it", "'s", "called"], ["it", "is", "called"]) if lows[: len(lead)] == lead),
        0,
    )
    if behind and _has_firm([word.low for word in before]):
        return firm_at(words, behind)
    at = lows.index("called") if "called" in lows else 0
    return firm_at(words, at + 1) if at and lows[at - 1] in _FIRMS and _has_firm(lows[:at]) else None


def _has_firm(lows: list[str]) -> bool:
    own = "own" in lows or {"founded", "started"} & set(lows[1:4])
    return (
        lows[:1] in (["i"], ["we"]) and bool(own) and bool(_FIRMS & set(lows)) and not _NOT_MINE & set(lows)
    )


_NOT_MINE = frozenset(
    "n't not never if would could might want work for friend brother sister used sold".split()
)


def sacked_from(words: list[Word], loose: bool) -> Span | None:
    """ "They made me redundant from Peacocks", "they let me go from Lidl": the firm that is over."""
    lows = [word.low for word in words]
    for at in range(len(words) - 4):
        if lows[at : at + 3] in (["made", "me", "redundant"], ["let", "me", "go"], ["laid", "me", "off"]):
            if lows[at + 3] in ("from", "at") and not {"n't", "not", "would", "'d", "if"} & set(lows[:at]):
                return firm_at(words, at + 4, loose)
            return None
    return None


def of_trade(words: list[Word]) -> Span | None:
    """ "Nurse here, so ...": a trade that somebody speaks as."""
    lows = [word.low for word in words[:4]]
    if "here" not in lows[1:]:
        return None
    last = lows.index("here", 1)
    ends = last + 1 >= len(words) or words[last + 1].kind is Kind.MARK
    if not ends or words[last - 1].low not in JOBS - NO_JOBS or NO_JOB_BEFORE & set(lows[:last]):
        return None
    return (
        (0, last)
        if all(word.kind is Kind.WORD for word in words[:last]) and lows[0] not in ("a", "the", "my")
        else None
    )


def _speaks_as(words: list[Word], at: int) -> bool:
    """ "As a" at the start, or ", as a" right behind "I"."""
    if words[at].low not in ("as", "being") or words[at + 1].low not in ("a", "an"):
        return False
    return at == 0 or (at > 1 and words[at - 1].low == "," and words[at - 2].low in ("i", "me"))


def as_job(words: list[Word]) -> Span | None:
    """ "As a nurse I work shifts", "being a teacher, ...": a trade that is told in passing."""
    start = next((at for at in range(min(4, len(words) - 2)) if _speaks_as(words, at)), None)
    if start is None:
        return None
    last = first = start + 2
    while last < min(len(words), first + 4) and words[last].low not in JOBS:
        last += 1
    if last >= len(words) or words[last].low not in JOBS or words[last].low in NO_JOBS:
        return None
    following = words[last + 1].low if last + 1 < len(words) else ","
    plain = not NO_JOB_BEFORE & {word.low for word in words[first:last]}
    return (first, last + 1) if plain and following in (",", "i", "my", "we", "with", "in") else None
