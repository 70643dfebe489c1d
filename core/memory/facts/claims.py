"""Claims: what one episode says of one slot. Facts are computed from all claims (`validity`), so that an erased or
corrected episode changes what is true without a trace.

A claim holds no text of its own: its value is a *passage*, two code points of an episode and the digest of the text
that they were read in. Whoever reads it cuts the value out of the episode; nothing else can be stored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from second_me.core.memory.facts.slots import Slot

ME = "me"
"""The subject of what is told of the person; everybody else has a name."""


class Stance(StrEnum):
    """What a claim says of its value: it holds, it holds no more, it does not hold ("I have never had a dog")."""

    HOLDS = "holds"
    ENDED = "ended"
    DENIED = "denied"


class Qualifier(StrEnum):
    """Which of several a value is ("my work number"); values of different ones stand beside each other."""

    NONE = ""
    WORK = "work"
    HOME = "home"
    MOBILE = "mobile"
    PARENTS = "parents"


def digest(text: str) -> bytes:
    """SHA-256 of an episode's text in UTF-8 (lone surrogates as they are), 32 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points `start` <= i < `end` of a text whose digest is `digest`. Made by `passage`."""

    start: int
    end: int
    digest: bytes

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError("a passage holds at least one character")

    def of(self, text: str) -> str:
        """The words. Raises ValueError when this is not the text that it was read in."""
        if self.end > len(text) or digest(text) != self.digest:
            raise ValueError("another text than the one that was read")
        return text[self.start : self.end]


def passage(text: str, start: int, end: int) -> Passage:
    """A passage of a text, without blanks at its ends. Raises ValueError when nothing is left or it lies outside."""
    if not 0 <= start < end <= len(text):
        raise ValueError("outside the text")
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Passage(start, end, digest(text))


@dataclass(frozen=True, slots=True)
class Claim:
    """What one episode says. `value`, `quote` (the sentence around it) and `named` are passages of its text.

    `named` is where the subject's name stands; None: the person (`ME`). `since` and `until` are when it is true, as
    far as the sentence tells (None: it does not); `corrects`: it says that what was told before was wrong ("no,
    actually").
    """

    slot: Slot
    value: Passage
    quote: Passage
    stance: Stance = Stance.HOLDS
    named: Passage | None = None
    qualifier: Qualifier = Qualifier.NONE
    since: datetime | None = None
    until: datetime | None = None
    corrects: bool = False


class Mark(StrEnum):
    """What the person said of a claim in About me or the inbox."""

    CONFIRMED = "confirmed"
    ENDED = "ended"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim in the vault, with the words that its passages stand for.

    `said_at` is when it was said (None: unknown), `learned_at` when it came into the vault. `edited`: the person wrote
    it as a fact (About me, a card), so it outranks what was said. `marks`: {mark: when it was made}; the time of
    ENDED is when it ended. `around` is the quote with what stands near it in the same memory ("Nobody knows.").
    """

    claim_id: int
    claim: Claim
    subject: str
    value: str
    quote: str
    memory_id: str
    source_id: str | None
    conversation: str
    seq: int
    said_at: datetime | None
    learned_at: datetime
    edited: bool
    marks: tuple[tuple[Mark, datetime], ...] = ()
    around: str = ""


class State(StrEnum):
    """Whether a fact holds now."""

    CURRENT = "current"
    ENDED = "ended"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim in the light of all others: it holds from `valid_from` (None: unknown) until `valid_to` (None: still).

    `ended_by` is the claim that ended or corrected it. `confirmed`: the person typed it as a fact or confirmed it.
    `again` are other claims that tell the same, earliest first.
    """

    kept: Kept
    state: State
    valid_from: datetime | None
    valid_to: datetime | None
    ended_by: int | None = None
    confirmed: bool = False
    again: tuple[Kept, ...] = ()

    @property
    def claims(self) -> tuple[Kept, ...]:
        """Every claim that tells it, its own first."""
        return (self.kept, *self.again)

    @property
    def denied(self) -> bool:
        """It says that something is not so: kept to be held against what says it is, no fact of a list."""
        return self.kept.claim.stance is Stance.DENIED


class Verdict(StrEnum):
    """The person's word on a contradiction."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and when it was given."""

    verdict: Verdict
    at: datetime


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two facts of one subject that cannot both be true and that no rule orders; the older one is `first`."""

    first: Fact
    second: Fact


@dataclass(frozen=True, slots=True)
class Defined:
    """What the person calls something: "when I say 'the lab' I mean the greenhouse"."""

    term: str
    meaning: str
    memory_id: str
    said_at: datetime | None
