"""How people say who they are beside "my name is": "this is Ann speaking", "it's Dr. Lee, please", "Ann, 34, nurse"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.reading.lists_people import PREFIXES, SUFFIXES
from second_me.core.memory.facts.reading.lists_work import JOBS, NO_JOB_BEFORE, NO_JOBS
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.values import chunk
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_KINDS_OF_NAMES = {
    "middle": Slot.ADDITIONAL_NAME, "first": Slot.GIVEN_NAME, "given": Slot.GIVEN_NAME, "last": Slot.FAMILY_NAME,
    "family": Slot.FAMILY_NAME, "married": Slot.FAMILY_NAME,
}  # fmt: skip
_WHOLE = frozenset("full legal real official".split())
_PAPERS = frozenset(
    "document documents passport passports licence license papers paperwork contract certificate form forms".split()
)
"""Where a name stands that is one's own ("it's Ilka Brandauer on every document")."""
_SPEAKING = frozenset("speaking here again calling writing typing".split())
_HELLO = frozenset("hi hello hey yes , so ok and all everyone everybody folks there again".split())
_BESIDE = frozenset("btw here please by the way thanks and pronouns too for me".split())
_ADDRESS = frozenset("address call greet write".split())
_FORMAL = frozenset("letters letter letterhead envelope envelopes emails badge writing formal".split())
_SHORTENED = frozenset("mr mrs ms mx dr prof ing mag dipl hr fr sr rev capt lt sgt col hon".split())
"""Titles that are written with a full stop."""
_LOGIN = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_]*[a-z0-9]|[a-z]{3,}\d{2,4}|[a-z]+\.[a-z]+\d+")
_PLACES = frozenset(
    """forum board server discord mastodon reddit steam twitch telegram instagram insta github matrix psn xbox
    slack bluesky threads wiki game lichess chess strava goodreads letterboxd soundcloud flickr ebay etsy
    vinted there""".split()
)


def spoken(words: list[Word], scene: Scene) -> Iterator[Draft]:
    """ "This is Ann Lee speaking", "Ann Lee speaking", "it's Ann here", "Bo is my name": the name."""
    lows = [word.low for word in words]
    if words[0].kind is Kind.PRONOUNS and all(low in _BESIDE or not low.isalnum() for low in lows[1:]):
        yield Draft(Slot.PRONOUNS, words[0].start, words[0].end, timed=False)
        return
    at = 0
    while at < len(words) and lows[at] in _HELLO:
        at += 1
    pointed = lows[at : at + 2] in (["this", "is"], ["this", "'s"], ["it", "'s"], ["it", "is"])
    span = person_at(words, at + 2 * pointed)
    if span is None:
        return
    following = lows[span[1]] if span[1] < len(words) else ""
    after = lows[span[1] + 1] if span[1] + 1 < len(words) else ""
    bare = (
        following == "here"
        and scene.greeted
        and span[1] - span[0] > 1
        and after in ("", ",", ".", "and", "from")
    )
    told = following in _SPEAKING and not (
        after.isalpha() and after not in ("and", "from", "to", "about", "with")
    )
    greets = (
        pointed and lows[at] == "this" and scene.greeted and following in ("", ",", ".", "from", "and", "!")
    )
    mine = not pointed and [low for low in lows[span[1] : span[1] + 4] if low not in _WHOLE][:3] == [
        "is",
        "my",
        "name",
    ]
    written = (
        pointed
        and span[1] - span[0] > 1
        and following in ("on", "in")
        and bool(_PAPERS & set(lows[span[1] :]))
    )
    kind = (
        lows[span[1] + 2] if lows[span[1] : span[1] + 2] == ["is", "my"] and span[1] + 3 < len(words) else ""
    )
    if not pointed and kind == "surname" and lows[span[1] + 3] not in ("of", "for"):
        yield Draft(Slot.FAMILY_NAME, words[span[0]].start, words[span[1] - 1].end, timed=False)
        return
    if not pointed and kind in _KINDS_OF_NAMES and lows[span[1] + 3] == "name":
        yield Draft(_KINDS_OF_NAMES[kind], words[span[0]].start, words[span[1] - 1].end, timed=False)
        return
    if (told and (pointed or following == "speaking")) or bare or greets or mine or written:
        yield Draft(Slot.NAME, words[span[0]].start, words[span[1] - 1].end, timed=False)


def in_list(words: list[Word]) -> Iterator[Draft]:
    """ "(I'm 34,) she/her, from Oz": pronouns that fill a place of a list."""
    for at in range(1, len(words)):
        closed = at + 1 >= len(words) or words[at + 1].low in (",", "and", ".", ")")
        if words[at].kind is Kind.PRONOUNS and words[at - 1].low in (",", "(") and closed:
            yield Draft(Slot.PRONOUNS, words[at].start, words[at].end, timed=False)


def titles(words: list[Word], text: str) -> Iterator[Draft]:
    """The title that somebody wants before their name: "it's Dr. Lee, please, not Ms", "I prefer Mx. in letters"."""
    lows = [word.low for word in words]
    for at in range(1, len(words) - 3):
        behind = lows[at + 1 : at + 4] == ["after", "my", "name"] or lows[at + 2 : at + 5] == [
            "after",
            "my",
            "name",
        ]
        if (
            behind
            and lows[at] in SUFFIXES
            and lows[0] in ("put", "add", "please", "use", "write", "and", "i")
        ):
            end = words[at].end + (text[words[at].end : words[at].end + 1] == ".")
            yield Draft(Slot.HONORIFIC_SUFFIX, words[at].start, end, timed=False)
            return
    for at in range(1, len(words)):
        if lows[at] not in PREFIXES or not words[at].cap or not _wanted(lows, at):
            continue
        end = words[at].end + (lows[at] in _SHORTENED and text[words[at].end : words[at].end + 1] == ".")
        yield Draft(Slot.HONORIFIC_PREFIX, words[at].start, end, timed=False)
        name = person_at(words, at + 1)
        if name and name[1] - name[0] == 1:
            yield Draft(Slot.FAMILY_NAME, words[name[0]].start, words[name[1] - 1].end, timed=False)
        return


def _wanted(lows: list[str], at: int) -> bool:
    """Whether the title at this place is the person's wish."""
    before = [low for low in lows[max(0, at - 6) : at] if low not in (":", ",")]
    if {"not", "n't", "never", "a", "an", "no"} & set(before[-2:]):
        return False
    if "me" in before and _ADDRESS & set(before):
        return not {"n't", "not", "never", "stop"} & set(before)
    if before[-2:] == ["to", "be"]:
        return {"i", "like"} <= set(before) and not (lows[at + 1 : at + 2] and lows[at + 1].isalpha())
    if before[-1:] == ["officially"]:
        before = before[:-1]
    if before[-2:] in (["it", "'s"], ["it", "is"], ["i", "'m"], ["i", "am"]):
        formal = "officially" in lows[:at] or bool({"please", "now", "since", "these"} & set(lows))
        return formal or (bool({"not", "never", "so"} & set(lows)) and bool(_FORMAL & set(lows)))
    prefers = bool({"prefer", "use", "go"} & set(before[-3:])) and ("i" in before or "please" in lows)
    owned = not {"his", "her", "their", "your", "'s"} & set(before[:-1])
    return prefers or (owned and before[-2:] in (["title", "is"], ["title", "'s"]))


def suffix(said: Said, after: int) -> Iterator[Draft]:
    """What stands behind a name: "Tom Ash Jr.", "Ann Lee, PhD"."""
    at = after + (said.low(after) == ",")
    if said.low(at) in SUFFIXES and at < len(said.words) and said.words[at].cap:
        end = said.words[at].end + (
            said.scene.text[said.words[at].end : said.words[at].end + 1] == "." and at > after
        )
        yield Draft(Slot.HONORIFIC_SUFFIX, said.words[at].start, end, timed=False)


def listed_job(said: Said, after: int) -> Iterator[Draft]:
    """ "(I'm Ann,) 34, physiotherapist, living in ...": the trade that stands in the list behind a name."""
    at = after
    while said.low(at) == "," and at + 1 < len(said.words):
        at += 1
        if said.words[at].kind is Kind.NUMBER or said.low(at) == "aged":
            at += 1
            continue
        span = chunk(said.words, at, frozenset({"of"}))
        if span is None:
            return
        plain = not NO_JOB_BEFORE & {word.low for word in said.words[at : span[1]]}
        head = said.words[span[1] - 1].low
        if head in JOBS - NO_JOBS and plain and span[1] - span[0] <= 3 and not said.words[span[0]].cap:
            yield said.draft(Slot.JOB, span)
            return
        at = span[1]


def login(said: Said) -> Iterator[Draft]:
    """ "On the forum I'm mossy_anvil", "I'm jo_1987 on Steam": the name on a service."""
    at = said.at
    if said.named or said.group.negated or said.group.past or at >= len(said.words):
        return
    word = said.words[at]
    elsewhere = {each.low for each in said.prefix + said.words} & _PLACES
    ends = said.low(at + 1) in ("", ",", ".", "on", "in", "there", "and", "everywhere", "!")
    if word.kind is Kind.WORD and ends and _LOGIN.fullmatch(word.low) and (elsewhere or "_" in word.low):
        yield said.draft(Slot.USERNAME, (at, at + 1), timed=False)
