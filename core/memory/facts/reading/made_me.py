"""What somebody has been made at work: "they made me workshop manager", "I've been made regional director"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.reading.frames_trades import TITLES
from second_me.core.memory.facts.reading.lists_firms import FIRMS
from second_me.core.memory.facts.reading.lists_work import JOBS
from second_me.core.memory.facts.reading.names import firm_at
from second_me.core.memory.facts.reading.said import Draft, Scene
from second_me.core.memory.facts.reading.values import Span, chunk
from second_me.core.memory.facts.reading.words import Word
from second_me.core.memory.facts.slots import Slot

_MADE = re.compile(
    r"^(?:(?:and|so|well|,|today|yesterday|finally|oh) )*(?:(?:they|work|management|hr|the (?:\w+ )?(?:boss|company"
    r"|firm|board|bank|school"
    r"|hospital)|my (?:boss|company|firm|employer))(?: 've| have| has)?(?: just| finally| now)* (?:made"
    r"|named|appointed) me"
    r"|(?:they|work|my boss|the boss)(?: 've| have| has)?(?: just| finally| now)* promoted me to"
    r"|(?:i|we) (?:'ve been|have been|was|got)(?: just| finally)* (?:made|named|appointed)"
    r"|(?:the )?(?:official )?job title(?: now)? (?:is|'s|:)(?: now)?)(?: the| a| an)? "
)
_PROMOTED = re.compile(r"^(?:(?:so|and|now|,) )*(?:it 's|it is) ")
_SHORT = frozenset(
    "game film play novel dream once nearly almost again tonight evening project losers".split()
)
_WHILE = re.compile(
    r"\b(?:for|of) (?:a|an|the|one|this) (?:\w+ )?(?:day|night|week|month|year|hour|weekend)\b"
)
"""It was for a while, or an honour in jest."""
_HEADS = (
    TITLES
    | JOBS
    | frozenset("leader master captain deputy chair chairman chairwoman secretary treasurer".split())
)


def made(words: list[Word], before: list[Word], scene: Scene) -> Iterator[Draft]:
    """The title, and the firm, of a clause that tells what the writer has been made; `before`: the clause in front."""
    lows = [word.low for word in words]
    if _SHORT & set(lows) or {"n't", "not", "never", "if"} & set(lows):
        return
    line = " ".join(lows) + " "
    if _WHILE.search(line):
        return
    told = _MADE.match(line) or (_PROMOTED.match(line) if scene.promoted and before else None)
    if told is None:
        return
    span = _title(words, line[: told.end()].count(" "))
    if span is None:
        return
    yield Draft(Slot.ORGANIZATION_TITLE, words[span[0]].start, words[span[1] - 1].end)
    if lows[span[1] : span[1] + 1] in (["at"], ["of"]) and (firm := firm_at(words, span[1] + 1)):
        yield Draft(Slot.EMPLOYER, words[firm[0]].start, words[firm[1] - 1].end)


def _title(words: list[Word], at: int) -> Span | None:
    """A title at words[at]: its head is a word of titles, or it is the "head of" something."""
    span = chunk(words, at, frozenset({"of"})) if at < len(words) else None
    if span is None or span[0] != at or span[1] - span[0] > 5:
        return None
    lows = [word.low for word in words[slice(*span)]]
    first = lows.index("of") if "of" in lows else len(lows)
    if first == 0 or (lows[first - 1] == "head" and first == len(lows)):
        return None
    closed = span[1] >= len(words) or not words[span[1]].low.isalpha() or words[span[1]].low in _AFTER
    return span if lows[first - 1] in _HEADS and closed else None


_AFTER = frozenset("at in for since from last and but now this so when after here with on".split())


_HIRED = re.compile(
    r"^(?:has |have |just |'ve )*(?:hired me|employed me|taken me on|took me on|took on me)"
    r"(?: (?:as|in|last|for|this|at|when|and|back) |$| ?[.,!;])"
)


def hired_by(words: list[Word]) -> Iterator[Draft]:
    """ "Nokia hired me as a test engineer": the firm, where it is known as one, and the trade."""
    firm = firm_at(words, 0)
    lows = [word.low for word in words[firm[1] :]] if firm else []
    if firm is None or not _HIRED.match(" ".join(lows)) or {"once", "nearly", "not"} & set(lows):
        return
    if {word.low for word in words[slice(*firm)]} & FIRMS:
        yield Draft(Slot.EMPLOYER, words[firm[0]].start, words[firm[1] - 1].end)
    at = firm[1] + (lows.index("as") if "as" in lows else len(lows))
    at += 1 + (at + 1 < len(words) and words[at + 1].low in ("a", "an", "the"))
    span = chunk(words, at, frozenset({"of"})) if at < len(words) else None
    if span and words[span[1] - 1].low in JOBS and span[1] - span[0] < 5:
        yield Draft(Slot.JOB, words[span[0]].start, words[span[1] - 1].end)
