"""What stands behind an unlocked vault: built by `app.wiring`, used by the methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from second_me.core.acting.browsers import BrowserStore
from second_me.core.acting.forms import Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.store import FillStore
from second_me.core.disclosure.audit import AuditLog
from second_me.core.disclosure.store import DisclosureStore
from second_me.core.memory.facts.book import FactBook
from second_me.core.memory.facts.keeping import Keeper
from second_me.core.memory.lives import LifeStore
from second_me.core.ports import (
    Clock,
    ConversationStore,
    Embedder,
    EpisodeStore,
    FactStore,
    Generator,
    GlossaryStore,
    PlacementSource,
    SearchIndex,
    VectorIndex,
)
from second_me.core.recall.deep import Deepener
from second_me.core.recall.grains import GrainMaker
from second_me.core.recall.learning import Features, Learned
from second_me.core.recall.lessons import Shown
from second_me.core.recall.rarity import Rarity
from second_me.core.recall.recall import Recall
from second_me.core.twin.twin import Twin
from second_me.core.upkeep import Steps, UpkeepBook


class VaultDoor(Protocol):
    """The vault before it is open."""

    def exists(self) -> bool:
        """Whether there is a vault in this home."""

    def create(self, passphrase: str) -> tuple[House, str]:
        """A new vault, open, and its recovery key. Raises EnvironmentFault."""

    def open(self, *, passphrase: str | None, recovery_key: str | None) -> House:
        """The opened vault. Raises EnvironmentFault."""

    def verify(self, passphrase: str) -> None:
        """Raises EnvironmentFault("wrong_passphrase")."""

    def change_passphrase(self, new: str, *, passphrase: str | None, recovery_key: str | None) -> None:
        """Wrap the data key anew. Raises EnvironmentFault."""


class Notices(Protocol):
    """What the person must know, kept until dismissed."""

    def listing(self) -> Sequence[Mapping[str, Any]]:
        """{"id", "code", "detail", "at" (datetime)}, oldest first."""

    def dismiss(self, notice_id: int) -> None:
        """Forget one."""


class Settings(Protocol):
    """Small settings that belong into the vault."""

    def get(self, key: str) -> str | None:
        """The value."""

    def set(self, key: str, value: str) -> None:
        """Keep a value."""


DEEP, OFF, ON = "deep", "off", "on"
"""The setting whether the talk looks longer when recall is undecided: only where it was switched on, for with the
starter nothing is gained (docs/deep-recall.md)."""


def looks_longer(settings: Settings) -> bool:
    """What was chosen."""
    return settings.get(DEEP) == ON


class Feedback(Protocol):
    """What the person said about an answer's memories."""

    def record(self, answer_id: str, memory_id: str | None, verdict: str, at: datetime) -> bool:
        """Keep one verdict (`not_relevant`, `opened`; `corrected`, of the answer as a whole); False when the
        same was said before."""


class LearnedBook(Protocol):
    """What recall has learned, and what was shown beside answers, from which it learns."""

    def learned(self) -> Learned:
        """What was learned until now."""

    def keep(self, learned: Learned) -> None:
        """Put this in the place of what was known."""

    def reset(self) -> None:
        """Forget what was learned, and what would be learned from the answers until now."""

    def keep_shown(self, answer_id: str, features: Mapping[str, Features], silent: bool) -> None:
        """Keep {memory id: what the ranking saw of it} with an answer; `silent`: silence may teach from it."""

    def shown(self, answer_id: str) -> Sequence[Shown]:
        """What stood beside an answer, in order, and can still be seen."""

    def silent(self) -> Sequence[str]:
        """Answers from which silence may still teach, in order."""

    def speak(self, answer_id: str) -> bool:
        """Silence teaches nothing from this answer any more."""


class ModelHost(Protocol):
    """The model's process, seen from the service."""

    def status(self) -> dict[str, Any]:
        """Shape of `model.status` in docs/protocol.md."""

    def budget(self) -> dict[str, Any]:
        """Shape of `budget.status` in docs/protocol.md. Raises EnvironmentFault."""

    def set_budget(self, size: int | None) -> None:
        """Bytes that the chat model may hold from now on; None: follow free memory."""

    def prepare(self, conversation: str) -> None:
        """A question may come in this conversation: make ready for it, in the background."""

    def forget(self, conversation: str | None) -> None:
        """Drop what the model has read in a conversation; None: in those that are not kept."""

    def reload(self, chat: Path | None, embedder: Path | None) -> None:
        """Use other files from now on."""

    def close(self) -> None:
        """End the process."""


@dataclass(frozen=True)
class House:
    """The object graph of an unlocked vault.

    Erasing (`episodes`, `purge_hidden`) makes the model forget, too; `erasures` says how often that was.
    `rewrite_keys` writes some keys of an older version anew and says whether more are left.
    `weights` are those of the ranking that ship: what `learned` adds to. `type_fields` says what each field of a form
    asks for.
    """

    episodes: EpisodeStore
    conversations: ConversationStore
    words: SearchIndex
    vectors: VectorIndex
    placement: PlacementSource
    audit: AuditLog
    disclosure: DisclosureStore
    browsers: BrowserStore
    notices: Notices
    settings: Settings
    feedback: Feedback
    learned: LearnedBook
    weights: Mapping[str, float]
    embedder: Embedder
    generator: Generator
    model: ModelHost
    recall: Recall
    deepener: Deepener
    grains: GrainMaker
    facts: FactStore
    glossary: GlossaryStore
    book: FactBook
    keeper: Keeper
    fills: FillStore
    type_fields: Callable[[Form], Sequence[Typed]]
    lives: LifeStore
    rarity: Rarity
    upkeep: UpkeepBook
    checks: Steps
    twin: Twin
    clock: Clock
    find_models: Callable[[], tuple[Path | None, Path | None]]
    list_models: Callable[[], Sequence[Mapping[str, Any]]]
    keep_budget: Callable[[int | None], None]
    used_in: Callable[[str], Sequence[str]]
    purge_hidden: Callable[[datetime], int]
    rewrite_keys: Callable[[], bool]
    erasures: Callable[[], int]
    together: Callable[[], AbstractContextManager[object]]
    close: Callable[[], None]
