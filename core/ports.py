"""The ports: what the domain needs from the outside, and what the outside may offer.

Every port is a Protocol; `second_me.app.wiring` decides who stands behind it. Times come in as arguments
(`Clock` is for the edges), bytes and counts are plain ints, vectors are float32 numpy arrays of unit length.
Ports of later work (fields, consent) are declared so that their words are fixed. Those of disclosure and of the audit
log lie in `core.disclosure`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from second_me.core.memory.episodes import (
    AnswerRecord,
    Conversation,
    Episode,
    Narrowing,
    NewEpisode,
)
from second_me.core.memory.erasure import ErasureReceipt, Selection
from second_me.core.memory.facts.stores import FactStore as FactStore
from second_me.core.memory.facts.stores import GlossaryStore as GlossaryStore
from second_me.core.recall.placement import Placement
from second_me.core.temporal.spans import Span

Vector = npt.NDArray[np.float32]
"""Shape (dimensions,), unit length."""

Matrix = npt.NDArray[np.float32]
"""Shape (rows, dimensions), every row of unit length."""


Postings = npt.NDArray[np.int64]
"""`seq` of episodes, ascending, shape (episodes,)."""


class EnvironmentFault(Exception):
    """Something outside us is in the way (disk, key, file, model). `what` is told to the person.

    `code` is a stable word for programs; `action` says what to do. Nothing was lost.
    """

    def __init__(self, code: str, what: str, action: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.action = code, what, action


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits of a search. `conversation` is a prefix that ends at a "/" or at the end of the name.

    `before` and `after` limit `spoken_at` (inclusive). `exclude` are memory ids that are no candidates.
    """

    conversation: str | None = None
    after: datetime | None = None
    before: datetime | None = None
    exclude: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """An episode that a search found: `seq` of the episode, `score` (larger is better)."""

    seq: int
    score: float


@dataclass(frozen=True, slots=True)
class PendingChunk:
    """A piece of an episode that has no vector of the current embedder yet."""

    chunk_id: int
    text: str
    speaker: str


class EpisodeStore(Protocol):
    """Append-only store of what was said. An id that was returned is on the disk."""

    def append(self, episode: NewEpisode, recorded_at: datetime) -> Episode:
        """Store one episode durably and index its words. Raises EnvironmentFault when the disk refuses."""

    def append_many(self, episodes: Iterable[NewEpisode], recorded_at: datetime) -> tuple[int, int]:
        """Store a batch in one transaction; returns (added, already there)."""

    def get(self, memory_id: str) -> Episode | None:
        """The episode, hidden ones too; None when there is none of this id."""

    def by_seq(self, seqs: Sequence[int]) -> dict[int, Episode]:
        """Episodes by their sequence numbers; absent ones are left out."""

    def texts(self, seqs: Sequence[int]) -> Mapping[int, str]:
        """Texts by sequence numbers, quicker than whole episodes; absent ones are left out."""

    def neighbours(self, seq: int, reach: int) -> Mapping[int, Episode]:
        """The visible turns of the same session at offsets -reach..+reach without 0: {offset: episode}."""

    def timeline(
        self, before_seq: int | None, limit: int, scope: Scope, only: Narrowing = ...
    ) -> Sequence[Episode]:
        """Remembered, visible episodes of people (no assistant turns), latest spoken first, paged by `seq`."""

    def admitted(self, seqs: Sequence[int], only: Narrowing) -> frozenset[int]:
        """Those of the episodes that a narrowed timeline would show."""

    def hide(self, memory_id: str, at: datetime) -> bool:
        """Delete: out of every view and search, restorable. False when there is none."""

    def restore(self, memory_id: str) -> bool:
        """Take a deletion back."""

    def set_remembered(self, memory_id: str, remembered: bool) -> bool:
        """Whether recall may find it; the talk keeps showing it."""

    def erase(self, what: Selection | Sequence[str]) -> ErasureReceipt:
        """Erase a selection, or memories by their ids, now and for good, with all that was derived (lineage), index
        pages, free pages, WAL, copies. Raises EnvironmentFault."""

    def preview_erasure(self, what: Selection | Sequence[str]) -> ErasureReceipt:
        """What `erase` would take, without taking it."""

    def event_times(self, seqs: Sequence[int]) -> Mapping[int, tuple[Span, ...]]:
        """The times that episodes tell of, in the order of their texts; those that tell of none are left out."""

    def in_span(self, start: datetime, end: datetime, limit: int) -> Sequence[int]:
        """`seq` of visible episodes of people that tell of a time between start and end (exclusive), the latest
        first, then of those that were said then."""

    def fill_times(self, limit: int) -> int:
        """Read the event times of episodes of an older vault, at most `limit`; returns how many it were."""

    def count(self) -> int:
        """Remembered, visible episodes of people."""

    def speakers(self) -> Sequence[str]:
        """All distinct speaker names among remembered episodes of people."""


class ConversationStore(Protocol):
    """Conversations and the answers in them."""

    def create(self, name: str, title: str, origin: str, temporary: bool, at: datetime) -> Conversation:
        """Make a conversation; returns the existing one if the name is taken."""

    def get(self, name: str) -> Conversation | None:
        """The conversation, hidden ones too."""

    def listing(self, query: str | None) -> Sequence[Conversation]:
        """Visible conversations of the talk, latest first; with a query, those whose words match."""

    def rename(self, name: str, title: str, derived_from: str | None) -> None:
        """Set the title; `derived_from` is the memory it was made of (None: the person typed it)."""

    def hide(self, name: str, at: datetime) -> bool:
        """Delete with undo: it and its episodes leave every view."""

    def restore(self, name: str) -> bool:
        """Take the deletion back."""

    def turns(self, name: str) -> Sequence[Episode]:
        """All visible turns, the assistant's too, in order of storing."""

    def keep_answer(self, record: AnswerRecord, sources: Sequence[str]) -> None:
        """Keep what an answer rests on; `sources` (memory ids the model saw) become its lineage."""

    def answers(self, answer_ids: Sequence[str]) -> Mapping[str, AnswerRecord]:
        """Records by the answer's memory id."""


class SearchIndex(Protocol):
    """Full text over episodes. Keys are made by `core.recall.keys`, and terms are spelled by its `spellings`: a
    `*` at the end of a term stands for any ending."""

    def search(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[Hit]:
        """Episodes that hold any of the terms, BM25 as a positive score, best first. Of a question's terms only
        the rarest may count."""

    def postings(self, terms: Sequence[str], scope: Scope, limit: int) -> Mapping[str, Postings]:
        """{term: `seq` of the episodes of the scope that hold it, ascending}; terms held by more than `limit`
        are left out: they tell nothing apart."""

    def frequencies(self, terms: Sequence[str], scope: Scope) -> Mapping[str, int]:
        """{term: number of episodes of the scope that hold it}, 0 where none does. Episodes are not fetched."""

    def size(self, scope: Scope) -> int:
        """Number of indexed episodes of a scope."""


class VectorIndex(Protocol):
    """Vectors of chunks, each with the embedder that made it."""

    def use_embedder(self, name: str, dimensions: int) -> None:
        """From now on vectors are this embedder's; chunks without one are pending again."""

    def pending(self, limit: int) -> Sequence[PendingChunk]:
        """Chunks without a vector of the embedder in use, oldest first."""

    def pending_count(self) -> int:
        """How many of them."""

    def store(self, vectors: Mapping[int, Vector]) -> None:
        """{chunk id: vector}; chunks erased meanwhile are passed over."""

    def prepare(self, cancelled: Callable[[], bool]) -> None:
        """Make ready for quick searches, in the background; ends early when `cancelled()`. Searching goes on
        meanwhile, more slowly. Raises EnvironmentFault."""

    def search(self, vector: Vector, scope: Scope, limit: int) -> Sequence[Hit]:
        """Episodes by the cosine of their best chunk, best first. It is exact for the first of them, and for
        those far behind estimated."""

    def cosines(self, vector: Vector, seqs: npt.ArrayLike) -> npt.NDArray[np.float32]:
        """For every episode the cosine of its best chunk, estimated where it is quick; NaN for one without a
        vector. Shape (len(seqs),)."""


class PlacementSource(Protocol):
    """Where every turn stands."""

    def placement(self) -> Placement:
        """The candidates of recall as they are at this moment; it never changes. Raises EnvironmentFault."""


class Embedder(Protocol):
    """Texts to unit vectors."""

    @property
    def name(self) -> str:
        """Identity of the weights: vectors of two names are never compared."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str], urgent: bool = False) -> Matrix:
        """(len(texts), dimensions). `urgent` goes before everything else. Raises EnvironmentFault."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to draw tokens. Temperature 0 is greedy. `grammar` is GBNF; `stop` ends the text."""

    max_tokens: int = 200
    temperature: float = 0.0
    top_p: float = 0.95
    repeat_penalty: float = 1.1
    seed: int = 0
    grammar: str | None = None
    stop: tuple[str, ...] = ()


class Generator(Protocol):
    """A language model that writes."""

    @property
    def name(self) -> str:
        """The model's name for people."""

    def stream(
        self,
        messages: Sequence[Message],
        sampling: Sampling,
        cancelled: Callable[[], bool],
        conversation: str | None = None,
    ) -> Iterator[str]:
        """Pieces of text as they are made; ends within one token of `cancelled()`. Raises EnvironmentFault.

        What the model computes of a named `conversation` may be kept for its next turn; without one nothing is.
        """

    def constrained(self, messages: Sequence[Message], grammar: str, max_tokens: int) -> str:
        """Text that a GBNF grammar admits. Raises EnvironmentFault (also for a grammar that does not parse)."""

    def likelihood(self, text: str) -> tuple[float, int]:
        """(sum of log-probabilities in nats, number of tokens scored) of a text."""

    def likelihoods(
        self,
        lead: str,
        contexts: Sequence[str],
        target: str,
        cancelled: Callable[[], bool],
        seconds: float | None = None,
    ) -> Sequence[float | None]:
        """For each context the mean log-probability (nats a token, never above 0) of `target` after `lead` and
        that context; the three are tokenized each by itself. They are taken in order.

        None for a context that was not reached before `cancelled()` or within `seconds` (the model's loading and
        an answer that it is writing count), and for one that is longer than what the model reads. Raises
        EnvironmentFault.
        """

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, without special ones."""


class SessionState(Protocol):
    """Keeps what the model has computed of conversations, so that entering one again costs no time.

    It is a cache: losing a state costs seconds, so what goes wrong is told to nobody.
    """

    def keep(self, conversation: str, state: bytes | memoryview) -> None:
        """Keep the latest state of a conversation; returns at once, the disk comes later."""

    def find(self, conversation: str) -> bytes | memoryview | None:
        """The latest state that was kept; None when there is none, or none that can be trusted."""

    def drop(self, conversation: str) -> None:
        """Forget the state of a conversation."""


class LearnedWeights(Protocol):
    """What recall has learned from use (`core.recall.learning`)."""

    def deltas(self, now: datetime) -> Mapping[str, float]:
        """{name of a weight: what to add to it}, faded until now; names of weights that are no more may be
        among them."""


class Residency(Protocol):
    """How much of the model is in memory (a later issue changes it)."""

    def resident_bytes(self) -> int:
        """Resident bytes of the model's process, read from the system."""


class Consent(Protocol):
    """The person's yes, asked in our own window (a later issue)."""

    def ask(self, action: str, detail: Mapping[str, Any]) -> bool:
        """True only when the person agreed."""


class Clock(Protocol):
    """Now, for the edges. The domain gets times as arguments."""

    def now(self) -> datetime:
        """Local time, naive."""


class JobQueue(Protocol):
    """Work of the background, in the service."""

    def wake(self) -> None:
        """There may be something to do."""

    def drain(self, timeout: float) -> bool:
        """Wait (seconds) until nothing is pending; False when time ran out."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A part of an import that could not be read: its place and why."""

    path: str
    line: int
    reason: str


class Importer(Protocol):
    """One file format."""

    name: str

    def recognises(self, path: Path, head: str) -> float:
        """0 (no) to 1 (certainly), judged by the first 64 kB of the content and the name."""

    def read(self, path: Path, me: str | None) -> Iterator[NewEpisode | BadLine]:
        """Episodes and bad lines in file order. Raises EnvironmentFault when the file cannot be opened."""


class FieldReader(Protocol):
    """Reads a form (a later issue)."""

    def read(self) -> Sequence[Mapping[str, Any]]:
        """The fields in order."""


class FieldWriter(Protocol):
    """Fills a field under guard (a later issue)."""

    def write(self, field: Mapping[str, Any], value: str) -> bool:
        """True when it was read back equal."""
