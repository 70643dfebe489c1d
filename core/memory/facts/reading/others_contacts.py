"""Numbers and addresses of others that are told to be called: "if something happens to me, call Tobias: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.reading.lists_people import GIVEN
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.persons import OWNERS, tie_at
from second_me.core.memory.facts.reading.said import Draft, Scene
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_CALL = frozenset("try call ring phone text contact notify reach email mail message".split())
_BETWEEN = frozenset(": , - – on at under his her their number mobile phone email tel is 's (".split())
_BEFORE_CALL = frozenset(", : ; - – then please just and can to emergency should".split())
_NO_REQUEST = frozenset(
    "to i you we he she they 'll will would did do does n't not 'd always never a the my".split()
)
_CASE = re.compile(
    r"\bemergenc|\b(?:some|any)thing (?:ever )?(?:happens|should happen) to (?:me|us)|\bnext of kin\b"
    r"|\bi (?:don['’]?t|do not|can['’]?t|cannot|can not) (?:answer|pick up|reply|respond)"
    r"|\bi (?:can['’]?t|cannot|can not) be (?:reached|contacted)|\bif i['’]?m (?:not|ill|un|at|away|out|in|on)"
    r"|\bif it['’]?s (?:about|to do with)\b"
    r"|^\W*(?:for anything|(?:for )?anything to do with|about anything)\b|\b(?:get hold of|reach"
    r"|find) (?:me|us)\b|\bin case\b",
    re.IGNORECASE,
)
_SLOTS = {Kind.PHONE: Slot.TEL, Kind.EMAIL: Slot.EMAIL}


def others_contacts(sentence: str, words: list[Word], scene: Scene) -> list[Draft]:
    """The numbers and e-mails of people who are named as those to call, and the ties that are told with them."""
    if sentence.rstrip("\"'”’) ").endswith("?"):
        return []
    found: list[Draft] = []
    for at, word in enumerate(words):
        if word.kind in _SLOTS:
            found += _told(sentence, words, at, scene)
    return found


def _told(sentence: str, words: list[Word], at: int, scene: Scene) -> Iterator[Draft]:
    end = at
    while end and words[end - 1].low in _BETWEEN:
        end -= 1
    lows = {word.low for word in words[end:at]}
    reached = bool(lows & {"on", "at", "under"}) and bool(
        lows & {"is", "'s"}
    )  # "my husband Tobias is on 07700 ..."
    tie, end = _apposed(words, end)
    name = _name_before(words, end)
    if name is None:
        return
    first = name[0]
    if tie is None and (tied := _tie_before(words, first)):
        tie, first = tied
    elif (
        tie is None
        and first
        and words[first - 1].low in ("is", "'s")
        and (tied := _tie_before(words, first - 1))
    ):
        tie, reached = tied[0], tied[1] == 0  # "my doctor is Eva Blom, 01632 ..."
    if not (reached or _is_to_be_called(words, first)) or not (
        tie or _is_known(words, name, sentence, scene)
    ):
        return
    named = (words[name[0]].start, words[name[1] - 1].end)
    yield Draft(_SLOTS[words[at].kind], words[at].start, words[at].end, named=named, timed=False)
    if tie:
        yield Draft(Slot.RELATION, words[tie[0]].start, words[tie[1] - 1].end, named=named, timed=False)


def _apposed(words: list[Word], end: int) -> tuple[Span | None, int]:
    """ "Yusuf, my brother": (the tie, where the name ends)."""
    for at in range(max(0, end - 4), end - 1):
        if words[at].low in OWNERS and at and words[at - 1].low == ",":
            tied = tie_at(words, at + 1)
            if tied and tied[1] == end:
                return tied[0], at - 1
    return None, end


def _name_before(words: list[Word], end: int) -> Span | None:
    """The longest name of a person that ends there."""
    return next(
        (
            (at, end)
            for at in range(max(0, end - 4), end)
            if words[at].cap and words[at].low not in _CALL and person_at(words, at) == (at, end)
        ),
        None,
    )


def _tie_before(words: list[Word], end: int) -> tuple[Span, int] | None:
    """ "my older brother (Declan)": the tie, and where its owner stands."""
    for at in range(max(0, end - 4), end - 1):
        if words[at].low in OWNERS:
            tied = tie_at(words, at + 1)
            if tied and tied[1] == end:
                return tied[0], at
    return None


def _is_to_be_called(words: list[Word], first: int) -> bool:
    """ "call ..." as a request, "my emergency contact is ..."."""
    lows = [word.low for word in words[:first]]
    if not lows or {"n't", "never", "not"} & set(lows[-3:]):
        return False
    told = lows[0] in ("if", "when", "for", "anything", "in", "about") and lows[-1] in _CALL
    if told and len(lows) > 3 and lows[-2] not in _NO_REQUEST:
        return True
    if lows[-1] in _CALL:
        return len(lows) == 1 or lows[-2] in _BEFORE_CALL
    if lows[-1] == ":" and lows[-2:-1] in (["emergency"], ["contact"]):
        return True
    return lows[-1] in ("is", "'s", ":") and bool({"contact", "kin"} & set(lows[-3:])) and "my" in lows


def _is_known(words: list[Word], name: Span, sentence: str, scene: Scene) -> bool:
    low = words[name[0]].low
    return low in GIVEN or low in scene.people.names or bool(_CASE.search(sentence))
