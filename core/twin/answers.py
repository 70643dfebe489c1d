"""What the twin gives back: values and message ids. Only the app turns them into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from second_me.core.memory.episodes import Citation
from second_me.core.memory.facts.claims import Contradiction, Fact
from second_me.core.recall.found import Found
from second_me.core.temporal.spans import Length, Span
from second_me.core.twin.kinds import TurnKind


class Source(StrEnum):
    """Whose words an answer is in."""

    MODEL = "model"
    MEMORIES = "memories"
    WORDS = "words"
    GENERAL = "general"


class MessageId(StrEnum):
    """Fixed wordings; the app knows their words."""

    UNKNOWN = "unknown"
    OVERVIEW = "overview"
    NOTHING_THEN = "nothing_then"
    NOTED = "noted"
    FORGOT = "forgot"
    NOTHING_TO_FORGET = "nothing_to_forget"
    FORGET_WHICH = "forget_which"
    REMINDER_KEPT = "reminder_kept"
    NO_MODEL = "no_model"
    NO_WORDS = "no_words"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    HOW_ARE_YOU = "how_are_you"
    WHO_ARE_YOU = "who_are_you"
    WHAT_CAN_YOU_DO = "what_can_you_do"
    CHATTER = "chatter"
    WHEN = "when"
    HOW_LONG_AGO = "how_long_ago"
    HOW_LONG_BETWEEN = "how_long_between"
    LENGTH_UNKNOWN = "length_unknown"
    CAME_FIRST = "came_first"
    ORDER_UNKNOWN = "order_unknown"
    FACT = "fact"
    FACT_SEVERAL = "fact_several"
    FACT_WAS = "fact_was"
    FACT_ENDED = "fact_ended"
    FACT_DISPUTED = "fact_disputed"


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer. Either `text` (the model's, citations as `[n]`) or `message` and `value` are set, but for the
    memories themselves, which may do with citations alone.

    `forget` is the memory that a command wants hidden. `spans` are the times that a message about time tells, in
    the order of the citations, `length` the one between them; where `told` is False the span is only the day on
    which it was said. `facts` are those that a message about facts tells, the first one first, `disputes` what
    contradicts one of them; `asks`: the person is asked which is right.
    """

    kind: TurnKind
    source: Source
    text: str = ""
    message: MessageId | None = None
    value: str = ""
    abstained: bool = False
    stopped: bool = False
    citations: tuple[Citation, ...] = ()
    considered: tuple[Found, ...] = ()
    model: str | None = None
    forget: str | None = None
    seen_by_model: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    length: Length | None = None
    told: tuple[bool, ...] = ()
    facts: tuple[Fact, ...] = ()
    disputes: tuple[Contradiction, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Recalled:
    """The memories, before the first token."""

    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the model's words, not checked yet."""

    text: str


Event = Recalled | Piece | Answer
