"""Reading episodes: what each of them claims and defines is kept, in small steps, by the newest reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from second_me.core.memory.episodes import Episode
from second_me.core.memory.facts.claims import Claim, Passage
from second_me.core.ports import EpisodeStore, FactStore, GlossaryStore

ReadClaims = Callable[[str, datetime | None, str | None], Sequence[Claim]]
"""(text, when it was said, the turn before it) -> its claims."""

ReadDefinitions = Callable[[str], Sequence[tuple[Passage, Passage]]]
"""text -> (term, meaning) of the words that it defines."""


@dataclass(frozen=True)
class Reader:
    """Reads what an episode says. Another `version` reads every episode anew."""

    version: int
    claims: ReadClaims
    definitions: ReadDefinitions


class Keeper:
    """Lets the reader read what it has not read yet. `together` makes a step one transaction."""

    def __init__(
        self,
        store: FactStore,
        glossary: GlossaryStore,
        episodes: EpisodeStore,
        reader: Reader,
        together: Callable[[], AbstractContextManager[object]],
    ) -> None:
        self._store, self._glossary, self._episodes = store, glossary, episodes
        self._reader, self._together = reader, together

    def step(self, limit: int, now: datetime) -> int:
        """Read at most `limit` episodes; how many there were. Raises EnvironmentFault."""
        waiting = self._store.unread(self._reader.version, limit)
        if not waiting:
            return 0
        read = [(each, *self._read(each)) for each in waiting]
        with self._together():
            for episode, claims, definitions in read:
                if self._episodes.get(episode.memory_id) is not None:  # erased meanwhile
                    self._store.put(episode.memory_id, claims, self._reader.version, now)
                    self._glossary.put(episode.memory_id, definitions)
        return len(waiting)

    def waiting(self) -> bool:
        """Whether there is anything that the reader has not read."""
        return bool(self._store.unread(self._reader.version, 1))

    def pass_over(self, now: datetime) -> None:
        """Take the next episode as read, without a claim: the reader fails on it."""
        for episode in self._store.unread(self._reader.version, 1):
            self._store.put(episode.memory_id, (), self._reader.version, now)

    def _read(self, episode: Episode) -> tuple[Sequence[Claim], Sequence[tuple[Passage, Passage]]]:
        claims = self._reader.claims(episode.text, episode.spoken_at, self._before(episode))
        return claims, self._reader.definitions(episode.text)

    def _before(self, episode: Episode) -> str | None:
        """The turn before it in the same session, whoever said it."""
        before = self._episodes.neighbours(episode.seq, 1).get(-1)
        return before.text if before is not None else None
