from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import Episode, NewEpisode, Role
from second_me.core.ports import Vector
from second_me.core.recall.keys import KEY_VERSION, search_key
from second_me.storage.index.full_text import FullText
from second_me.storage.index.vectors import Vectors
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.audit import Audit
from second_me.storage.repositories.conversations import Conversations
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.repositories.feedback import Feedback
from second_me.storage.repositories.notices import Notices
from second_me.storage.repositories.rekeying import Rekeying
from second_me.storage.repositories.settings import Settings
from second_me.storage.vault import Vault, create_vault, open_vault

PASSPHRASE = "correct horse"
QUICK = KdfParameters(memory_kib=64, iterations=1, lanes=1)
START = datetime(2024, 3, 1, 9, 0)
DIMENSIONS = 16


def turn(text: str, conversation: str = "talk-1", minutes: float | None = 0, **more: object) -> NewEpisode:
    spoken_at = None if minutes is None else START + timedelta(minutes=minutes)
    values: dict[str, object] = {"speaker": "Anna", "role": Role.PERSON, **more}
    return NewEpisode(conversation=conversation, text=text, spoken_at=spoken_at, **values)  # type: ignore[arg-type]


def direction(number: int) -> Vector:
    """A unit vector of its own for every number."""
    vector = np.random.default_rng(number).normal(size=DIMENSIONS).astype(np.float32)
    return vector / np.linalg.norm(vector)


@dataclass
class Kit:
    """An open vault and everything that stands on it."""

    vault: Vault
    recovery_key: str = ""

    def __post_init__(self) -> None:
        self.episodes = Episodes(self.vault, search_key, split)
        self.conversations = Conversations(self.vault)
        self.words = FullText(self.vault)
        self.rekeying = Rekeying(self.vault, search_key, KEY_VERSION)
        self.vectors = Vectors(self.vault)
        self.audit, self.notices = Audit(self.vault), Notices(self.vault)
        self.settings, self.feedback = Settings(self.vault), Feedback(self.vault)
        self._seconds = itertools.count()

    @property
    def folder(self) -> Path:
        return self.vault.folder

    def say(
        self, text: str, conversation: str = "talk-1", minutes: float | None = 0, **more: object
    ) -> Episode:
        recorded_at = START + timedelta(seconds=next(self._seconds))
        return self.episodes.append(turn(text, conversation, minutes, **more), recorded_at)

    def embed_all(self) -> None:
        """A vector for every chunk: that of its chunk id."""
        self.vectors.use_embedder("test", DIMENSIONS)
        while chunks := self.vectors.pending(50):
            self.vectors.store({chunk.chunk_id: direction(chunk.chunk_id) for chunk in chunks})

    def pages(self) -> bytes:
        """All pages in clear, free ones too."""
        with self.vault.reading() as db:
            return bytes(db.serialize("main") or b"")

    def again(self) -> Kit:
        """Closed and opened."""
        self.vault.close()
        return Kit(open_vault(self.folder, passphrase=PASSPHRASE), self.recovery_key)


def make(folder: Path) -> Kit:
    vault, recovery_key = create_vault(folder, PASSPHRASE, QUICK)
    return Kit(vault, recovery_key)


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = make(tmp_path / "vault")
    yield made
    made.vault.close()
