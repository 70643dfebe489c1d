"""The book of facts: what is true of whom, read by everybody who asks for facts.

What it computes of all claims is kept until the claims change (`FactStore.changes`) or a fact comes to its end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from second_me.core.memory.facts.claims import Contradiction, Fact, Judged, Verdict
from second_me.core.memory.facts.contradictions import contradictions
from second_me.core.memory.facts.rulings import LATER
from second_me.core.memory.facts.validity import at as facts_at
from second_me.core.memory.facts.validity import facts
from second_me.core.ports import FactStore


@dataclass(frozen=True)
class _Page:
    """What was computed at `made`, of the claims as they were at `changes`; good until `until` (None: for ever)."""

    changes: int
    made: datetime
    until: datetime | None
    facts: tuple[Fact, ...]
    verdicts: Mapping[tuple[int, int], Judged]
    by_subject: Mapping[str, tuple[Fact, ...]]
    by_memory: Mapping[str, tuple[Fact, ...]]
    by_claim: Mapping[int, Fact]
    contradicting: list[tuple[Contradiction, ...]] = field(default_factory=list)

    def good(self, changes: int, now: datetime) -> bool:
        return changes == self.changes and self.made <= now and (self.until is None or now < self.until)


class FactBook:
    """Reads a store of claims. Safe to use from several threads."""

    def __init__(self, store: FactStore, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._guard = threading.Lock()
        self._page: _Page | None = None

    def about(self, subject: str, at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts of a subject (`ME`, or a name in any case) by slot and time; `at`: only what was true then.
        Facts that are denied are not among them."""
        return _listed(self._current().by_subject.get(_key(subject), ()), at)

    def all(self, at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts of everybody, the person's first."""
        return _listed(self._current().facts, at)

    def of_memory(self, memory_id: str) -> tuple[Fact, ...]:
        """The facts that an episode tells, alone or with others."""
        return _listed(self._current().by_memory.get(memory_id, ()), None)

    def get(self, claim_id: int) -> Fact | None:
        """The fact that a claim tells."""
        return self._current().by_claim.get(claim_id)

    def subjects(self) -> tuple[str, ...]:
        """Everybody of whom there is a fact, as the first fact names them; the person first."""
        return tuple(found[0].kept.subject for found in self._current().by_subject.values() if found)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What cannot both be true and is to be asked about now."""
        page = self._current()
        if not page.contradicting:
            page.contradicting.append(contradictions(page.facts, page.verdicts, page.made))
        return page.contradicting[0]

    def _current(self) -> _Page:
        with self._guard:
            changes, now = self._store.changes(), self._now()
            if self._page is None or not self._page.good(changes, now):
                self._page = _page(self._store, changes, now)
            return self._page


def _page(store: FactStore, changes: int, now: datetime) -> _Page:
    kept, verdicts = store.kept(), store.verdicts()
    found = facts(kept, verdicts, now)
    ahead = [fact.valid_to for fact in found if fact.valid_to is not None and fact.valid_to > now]
    return _Page(
        changes,
        now,
        min([*ahead, *_waking(verdicts, now)], default=None),
        found,
        verdicts,
        _grouped((_key(fact.kept.subject), fact) for fact in found),
        _grouped((memory_id, fact) for fact in found for memory_id in _memories(fact)),
        {each.claim_id: fact for fact in found for each in fact.claims},
    )


def _waking(verdicts: Mapping[tuple[int, int], Judged], now: datetime) -> list[datetime]:
    """When what was put off is asked about again."""
    ends = (each.at + LATER for each in verdicts.values() if each.verdict is Verdict.LATER)
    return [end for end in ends if end > now]


def _memories(fact: Fact) -> dict[str, None]:
    return dict.fromkeys(each.memory_id for each in fact.claims)


def _grouped(pairs: Iterable[tuple[str, Fact]]) -> dict[str, tuple[Fact, ...]]:
    groups: dict[str, list[Fact]] = {}
    for key, fact in pairs:
        groups.setdefault(key, []).append(fact)
    return {key: tuple(group) for key, group in groups.items()}


def _listed(found: Iterable[Fact], when: datetime | None) -> tuple[Fact, ...]:
    listed = tuple(fact for fact in found if not fact.denied)
    return listed if when is None else facts_at(listed, when)


def _key(subject: str) -> str:
    return " ".join(subject.casefold().split())
