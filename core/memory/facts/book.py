"""The book of facts: what is true of whom, read by everybody who asks for facts.

A page is what was computed of one subject's claims. It stays until one of them changes, or a fact comes to its end: so
what one more sentence costs is the page of whom it speaks of, not the book.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from second_me.core.memory.facts.claims import Contradiction, Fact, Judged, Kept, Verdict
from second_me.core.memory.facts.contradictions import contradictions
from second_me.core.memory.facts.rulings import LATER
from second_me.core.memory.facts.validity import NOBODY, facts
from second_me.core.memory.facts.validity import at as facts_at
from second_me.core.ports import FactStore

Verdicts = Mapping[tuple[int, int], Judged]


@dataclass
class _Page:
    """One subject: its claims, and once they were needed their facts, good until `until` (None: for ever)."""

    kept: dict[int, Kept] = field(default_factory=dict)
    facts: tuple[Fact, ...] | None = None
    contradicting: tuple[Contradiction, ...] | None = None
    until: datetime | None = None

    def forget(self) -> None:
        """What was computed is good no more."""
        self.facts = self.contradicting = self.until = None


class FactBook:
    """Reads a store of claims. Safe to use from several threads."""

    def __init__(self, store: FactStore, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._guard = threading.Lock()
        self._pages: dict[str, _Page] = {}
        self._stamps: dict[int, int] = {}
        self._subject: dict[int, str] = {}
        self._verdicts: Verdicts = NOBODY
        self._changes, self._asked_at = -1, datetime.min
        self._everything: tuple[Fact, ...] | None = None

    def about(self, subject: str, at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts of a subject (`ME`, or a name in any case) by slot and time; `at`: only what was true then.
        Facts that are denied are not among them."""
        with self._guard:
            now = self._follow()
            page = self._pages.get(_key(subject))
            return () if page is None else _listed(self._facts(page, now), at)

    def all(self, at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts of everybody, the person's first."""
        with self._guard:
            now = self._follow()
            if self._everything is None:
                pages = sorted(self._pages.items(), key=lambda each: (_others(each[1]), each[0]))
                found = (fact for _, page in pages for fact in self._facts(page, now))
                self._everything = _listed(found, None)
            return _listed(self._everything, at)

    def of_memory(self, memory_id: str) -> tuple[Fact, ...]:
        """The facts that an episode tells, alone or with others."""
        with self._guard:
            now = self._follow()
            claims = {each.claim_id for each in self._store.of_memory(memory_id)} & self._subject.keys()
            pages = [self._pages[key] for key in sorted({self._subject[each] for each in claims})]
            found = [fact for page in pages for fact in self._facts(page, now)]
            return _listed((fact for fact in found if _tells(fact, claims)), None)

    def get(self, claim_id: int) -> Fact | None:
        """The fact that a claim tells."""
        with self._guard:
            now = self._follow()
            if claim_id not in self._subject:
                return None
            found = self._facts(self._pages[self._subject[claim_id]], now)
            return next((fact for fact in found if _tells(fact, (claim_id,))), None)

    def subjects(self) -> tuple[str, ...]:
        """Everybody of whom there is a claim, as the first of them names them; the person first."""
        with self._guard:
            self._follow()
            pages = sorted(self._pages.items(), key=lambda each: (_others(each[1]), each[0]))
            return tuple(next(iter(page.kept.values())).subject for _, page in pages)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What cannot both be true and is to be asked about now, the person's first."""
        with self._guard:
            now = self._follow()
            pages = sorted(self._pages.items(), key=lambda each: (_others(each[1]), each[0]))
            return tuple(each for _, page in pages for each in self._contradicting(page, now))

    def _facts(self, page: _Page, now: datetime) -> tuple[Fact, ...]:
        if page.facts is None:
            mine = self._verdicts_on(page)
            page.facts = facts([page.kept[each] for each in sorted(page.kept)], mine, now)
            ends = [fact.valid_to for fact in page.facts if fact.valid_to is not None]
            page.until = min((each for each in (*ends, *_waking(mine)) if each > now), default=None)
        return page.facts

    def _contradicting(self, page: _Page, now: datetime) -> tuple[Contradiction, ...]:
        if page.contradicting is None:
            page.contradicting = contradictions(self._facts(page, now), self._verdicts_on(page), now)
        return page.contradicting

    def _verdicts_on(self, page: _Page) -> Verdicts:
        if not self._verdicts:
            return NOBODY
        return {pair: each for pair, each in self._verdicts.items() if page.kept.keys() >= set(pair)}

    def _follow(self) -> datetime:
        """Take in what has changed since the last question; the time of this one."""
        changes, now = self._store.changes(), self._now()
        if changes != self._changes:
            self._take_claims()
            self._take_verdicts()
            self._changes = changes
            self._everything = None
        over = [
            page
            for page in self._pages.values()
            if now < self._asked_at or (page.until is not None and page.until <= now)
        ]
        for page in over:
            page.forget()
            self._everything = None
        self._asked_at = now
        return now

    def _take_claims(self) -> None:
        stamps = dict(self._store.stamps())
        changed = [each for each, stamp in stamps.items() if self._stamps.get(each) != stamp]
        for gone in [*(self._stamps.keys() - stamps.keys()), *changed]:
            self._drop(gone)
        for kept in self._store.some(changed) if len(changed) < len(stamps) else self._store.kept():
            key = _key(kept.subject)
            self._subject[kept.claim_id] = key
            page = self._pages.setdefault(key, _Page())
            page.kept[kept.claim_id] = kept
            page.forget()
        self._stamps = stamps

    def _drop(self, claim_id: int) -> None:
        key = self._subject.pop(claim_id, None)
        if key is None:
            return
        page = self._pages[key]
        del page.kept[claim_id]
        page.forget()
        if not page.kept:
            del self._pages[key]

    def _take_verdicts(self) -> None:
        verdicts = dict(self._store.verdicts())
        for pair in verdicts.keys() | self._verdicts.keys():
            if verdicts.get(pair) != self._verdicts.get(pair):
                for claim_id in pair:
                    if claim_id in self._subject:
                        self._pages[self._subject[claim_id]].forget()
        self._verdicts = verdicts


def _waking(verdicts: Verdicts) -> list[datetime]:
    """When what was put off is asked about again."""
    return [each.at + LATER for each in verdicts.values() if each.verdict is Verdict.LATER]


def _tells(fact: Fact, claims: Iterable[int]) -> bool:
    return not {each.claim_id for each in fact.claims}.isdisjoint(claims)


def _others(page: _Page) -> bool:
    return next(iter(page.kept.values())).claim.named is not None


def _listed(found: Iterable[Fact], when: datetime | None) -> tuple[Fact, ...]:
    listed = tuple(fact for fact in found if not fact.denied)
    return listed if when is None else facts_at(listed, when)


def _key(subject: str) -> str:
    return " ".join(subject.casefold().split())
