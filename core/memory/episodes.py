"""Episodes: what was said or written, verbatim, in the order in which it was said.

A *session* is a conversation's stretch without a gap of more than six hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SESSION_GAP = timedelta(hours=6)


class Kind(StrEnum):
    """What an episode is."""

    TURN = "turn"
    NOTE = "note"
    DOCUMENT = "document"


class Role(StrEnum):
    """Who said it. Only what the person said is evidence about the person."""

    PERSON = "person"
    ASSISTANT = "assistant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NewEpisode:
    """An episode on its way in: it has no memory id yet.

    `spoken_at` is when it was said (local time of the speaker, naive), None where an import does not tell.
    `source_id` is the import's own id, unique only within `conversation`.
    """

    conversation: str
    speaker: str
    text: str
    spoken_at: datetime | None
    role: Role = Role.OTHER
    kind: Kind = Kind.TURN
    source_id: str | None = None
    origin: str = "talk"


@dataclass(frozen=True, slots=True)
class Episode:
    """A stored episode. `seq` counts up in the order of storing; `session` numbers its session in the vault.

    `recorded_at` is when it came into the vault. `hidden_at` is set while it is deleted but can be restored.
    `remembered` is false for what the person said not to remember: kept in the talk, never recalled.
    """

    memory_id: str
    seq: int
    conversation: str
    source_id: str | None
    speaker: str
    role: Role
    kind: Kind
    text: str
    spoken_at: datetime | None
    recorded_at: datetime
    session: int
    origin: str = "talk"
    hidden_at: datetime | None = None
    remembered: bool = True


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a timeline shows, within its scope. None: it does not matter.

    `faded` and `pinned` are said of the life of a memory; `speaker` and `kind` of the episode; `among` are the memory
    ids that may be shown.
    """

    faded: bool | None = None
    pinned: bool | None = None
    speaker: str | None = None
    kind: str | None = None
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as a list shows it. `name` is its id everywhere; `title` is for people."""

    name: str
    title: str
    origin: str
    temporary: bool
    created_at: datetime
    updated_at: datetime
    preview: str
    turns: int
    hidden_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One memory that an answer rests on: `[n]` in its text. `quote` is a span of the memory, verbatim."""

    n: int
    memory_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """What is kept about an answer beside its text.

    `source` says whose words it is in: "model" (its words survived the checks), "memories" (the memories
    themselves), "words" (fixed wording of the app). `kind` is the kind of turn that it replies to.
    `considered` are the ids of all memories that were on the screen, in order. `milliseconds` is from the
    question's arrival to the answer's end.
    """

    answer_id: str
    question_id: str | None
    kind: str
    source: str
    abstained: bool
    stopped: bool
    model: str | None
    milliseconds: int
    citations: tuple[Citation, ...] = ()
    considered: tuple[str, ...] = field(default=())


def same_session(earlier: datetime | None, later: datetime | None) -> bool:
    """Whether two neighbouring turns of one conversation belong to one session (unknown times: yes)."""
    if earlier is None or later is None:
        return True
    return abs(later - earlier) <= SESSION_GAP
