"""How people say who they are in passing: "hey, Owen Pryce here", "you're talking to ...", "I use he/him if ..."."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.reading.lists_people import GIVEN
from second_me.core.memory.facts.reading.lists_places import TOWNS
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.places import country_at
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_GREETINGS = frozenset("hi hello hey hiya howdy hullo morning evening afternoon yo greetings".split())
_HELLO = _GREETINGS | frozenset(
    "good there all everyone everybody folks again , ! - – — . ok right so it is 's this".split()
)
_STATIONS = frozenset("radio bbc siri alexa channel capital".split())
_CLOSING = frozenset(", . ! ; - – — and from again : )".split())
_PAPERS = frozenset("passport id papers licence license diploma certificate contract".split())
_BESIDE = frozenset(
    "please thanks , . ! ; if when because since everywhere always and on officially by - – —".split()
)


def named(words: list[Word], asks: bool) -> Iterator[Draft]:
    """The name and the pronouns that a sentence tells of the writer, also where it asks or reports behind them."""
    lows = [word.low for word in words]
    span = _here(words, lows) or (None if asks else _whole(words, lows))
    if span:
        yield _draft(Slot.NAME, words, span)
    if asks:
        return
    if middle := _middle(words, lows):
        yield _draft(Slot.ADDITIONAL_NAME, words, middle)
    if taken := _taken(words, lows):
        yield _draft(Slot.FAMILY_NAME, words, taken)
    if (at := _pronouns(words, lows)) is not None:
        yield _draft(Slot.PRONOUNS, words, (at, at + 1))


def _draft(slot: Slot, words: list[Word], span: Span) -> Draft:
    return Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)


def _closed(lows: list[str], at: int) -> bool:
    return at >= len(lows) or lows[at] in _CLOSING


def _here(words: list[Word], lows: list[str]) -> Span | None:
    """ "Hey, Owen Pryce here, ...": a greeting, then a name, then "here"."""
    at = 0
    while at < len(words) and lows[at] in _HELLO:
        at += 1
    span = person_at(words, at)
    known = span is not None and at == 0 and lows[span[0]] in GIVEN  # "Fintan Brophy here.": first thing said
    if not ((known and span and span[1] - span[0] > 1) or _GREETINGS & set(lows[:at])):
        return None
    if span is None or lows[span[1] : span[1] + 1] != ["here"] or not _closed(lows, span[1] + 1):
        return None
    if lows[span[0]] in _STATIONS | TOWNS or country_at(words, span[0]):
        return None
    return span if span[1] - span[0] > 1 or lows[span[0]] in GIVEN else None


def _whole(words: list[Word], lows: list[str]) -> Span | None:
    """ "You're talking to Ann Lee", "officially I'm Ann Lee", "my passport says Ann Lee": two words or more."""
    at = _after_cue(lows)
    span = person_at(words, at) if at else None
    ends = span is not None and (_closed(lows, span[1]) or lows[span[1]] in ("now", "but", "though", "in"))
    known = span is not None and (country_at(words, span[0]) or lows[span[0]] in TOWNS)
    return span if span and ends and not known and span[1] - span[0] > 1 else None


def _after_cue(lows: list[str]) -> int:
    """Where a name begins behind words that announce the writer's, or 0."""
    if (
        lows[:1] == ["you"]
        and lows[1:2] in (["'re"], ["are"])
        and lows[2:3] in (["talking"], ["speaking"], ["chatting"])
    ):
        return 4 if lows[3:4] in (["to"], ["with"]) else 0
    if lows[:1] == ["my"] and lows[1:2] and lows[1] in _PAPERS and lows[2:3] in (["says"], ["reads"]):
        return 3 + (lows[3:4] == [":"])
    opening = 1 if lows[:1] in (["officially"], ["legally"]) else 0
    opening += bool(opening) and lows[opening : opening + 1] == [","]
    if opening and lows[opening : opening + 2] in (["i", "'m"], ["i", "am"]):
        return opening + 2
    if lows[:3] == ["i", "was", "born"]:  # "I was born Anna Kowal but I'm Anna Weiss now"
        changed = next((at for at in range(4, len(lows) - 2) if lows[at : at + 2] == ["i", "'m"]), 0)
        return changed + 2 if changed and "now" in lows[changed:] and lows[changed - 1] in ("but", ",") else 0
    return 0


def _middle(words: list[Word], lows: list[str]) -> Span | None:
    """ "My middle initial is K", "I've got a middle name too, Reinhardt"."""
    at = next((place for place in range(1, min(len(lows) - 2, 8)) if lows[place] == "middle"), 0)
    if not at or lows[at - 1] not in ("my", "a") or (lows[at - 1] == "a" and "i" not in lows[:2]):
        return None
    initial, at = lows[at + 1] == "initial", at + 2
    at += lows[at : at + 1] in (["too"], ["as"])
    if lows[at : at + 1] not in (["is"], ["'s"], [","], [":"]) or {"no", "not", "n't"} & set(lows[: at + 2]):
        return None
    if initial:
        letter = at + 1 < len(words) and words[at + 1].end - words[at + 1].start == 1 and words[at + 1].cap
        return (at + 1, at + 2) if letter else None
    span = person_at(words, at + 1)
    return span if span and _closed(lows, span[1]) else None


def _taken(words: list[Word], lows: list[str]) -> Span | None:
    """ "I took my husband's surname, so it's Ferrante now": the name of the family."""
    if lows[:1] not in (["i"], ["we"]) or not {"took", "taken"} & set(lows[:4]) or "now" not in lows[-3:]:
        return None
    if not ("surname" in lows or ("name" in lows and {"last", "family"} & set(lows))):
        return None
    for at in range(5, len(lows) - 2):
        if lows[at : at + 2] in (["it", "'s"], ["it", "is"], ["i", "'m"]):
            span = person_at(words, at + 2)
            return (
                span if span and span[1] - span[0] == 1 and lows[span[1] : span[1] + 1] == ["now"] else None
            )
    return None


def _pronouns(words: list[Word], lows: list[str]) -> int | None:
    """ "I use he/him if a form insists", "it's they/them, please", "she/her for me"."""
    at = next((place for place, word in enumerate(words) if word.kind is Kind.PRONOUNS), None)
    if at is None or at > 4 or {"not", "n't", "never"} & set(lows[:at]):
        return None
    before, after = lows[:at], lows[at + 1 : at + 3]
    while before and before[0] in ("and", "so", "oh", "also", "well", ","):
        before = before[1:]
    plain = [low for low in before if low not in ("just", "usually", "mostly", "always")]
    told = plain in (["i", "use"], ["i", "go", "by"], ["i", "prefer"], ["we", "use"])
    told = told or (plain in (["it", "'s"], ["it", "is"]) and "please" in lows[at:])
    told = told or (not plain and (after == ["for", "me"] or (after == [",", "if"] and "i" not in lows[at:])))
    if after == ["when", "i"] or (after[:1] == ["if"] and "i" in lows[at + 2 : at + 4]):
        return None
    ends = not after or after[0] in _BESIDE or after == ["for", "me"]
    return at if told and ends else None
