"""The book of facts: what is true of whom, read by everybody who asks for facts.

A page is what was computed of one subject's claims (who your mother, father and partner is stands on yours). It stays
until one of them changes, or a fact comes to its end: so what one more sentence costs is the page of whom it speaks of,
not the book.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from second_me.core.memory.facts.claims import ME, Contradiction, Fact, Judged, Kept, Verdict
from second_me.core.memory.facts.contradictions import contradictions
from second_me.core.memory.facts.rulings import LATER
from second_me.core.memory.facts.validity import NOBODY, facts, place
from second_me.core.memory.facts.validity import at as facts_at
from second_me.core.memory.facts.values import line_of
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
    """Reads a store of claims. Safe to use from several threads.

    `hold` holds the store for a thread, again and again. The book has no lock of its own beside it: who asks within a
    transaction holds the store already, and would wait for one who holds the book and waits for the store.
    """

    def __init__(
        self,
        store: FactStore,
        now: Callable[[], datetime],
        hold: Callable[[], AbstractContextManager[object]] | None = None,
    ) -> None:
        self._store, self._now = store, now
        guard = threading.RLock()
        self._hold = hold or (lambda: guard)
        self._pages: dict[str, _Page] = {}
        self._stamps: dict[int, int] = {}
        self._subject: dict[int, str] = {}
        self._verdicts: Verdicts = NOBODY
        self._changes, self._asked_at = -1, datetime.min
        self._everything: tuple[Fact, ...] | None = None
        self._named: Mapping[str, str] | None = None

    def about(self, subject: str, at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts of a subject (`ME`, or a name in any case) by slot and time; `at`: only what was true then.
        Facts that are denied are not among them. Where "Anna" can only be "Anna Keller" the facts of both are given."""
        with self._hold():
            now = self._follow()
            names = self._called(_key(subject))
            pages = [self._pages[each] for each in dict.fromkeys((*names, ME)) if each in self._pages]
            told = (fact for page in pages for fact in self._facts(page, now))
            found = [fact for fact in told if _key(fact.kept.subject) in names]
            return _listed(found if len(pages) == 1 else sorted(found, key=place), at)

    def all(self, at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts of everybody, the person's first."""
        with self._hold():
            now = self._follow()
            if self._everything is None:
                found = (fact for page in self._in_order() for fact in self._facts(page, now))
                self._everything = _listed(sorted(found, key=place), None)
            return _listed(self._everything, at)

    def of_memory(self, memory_id: str) -> tuple[Fact, ...]:
        """The facts that an episode tells, alone or with others."""
        with self._hold():
            now = self._follow()
            claims = {each.claim_id for each in self._store.of_memory(memory_id)} & self._subject.keys()
            pages = [self._pages[key] for key in sorted({self._subject[each] for each in claims})]
            found = [fact for page in pages for fact in self._facts(page, now)]
            return _listed((fact for fact in found if _tells(fact, claims)), None)

    def get(self, claim_id: int) -> Fact | None:
        """The fact that a claim tells."""
        with self._hold():
            now = self._follow()
            if claim_id not in self._subject:
                return None
            found = self._facts(self._pages[self._subject[claim_id]], now)
            return next((fact for fact in found if _tells(fact, (claim_id,))), None)

    def subjects(self) -> tuple[str, ...]:
        """Everybody of whom there is a claim, as one of them names them; the person first."""
        with self._hold():
            self._follow()
            return tuple(self._names().values())

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What cannot both be true and is to be asked about now, the person's first."""
        with self._hold():
            now = self._follow()
            return tuple(each for page in self._in_order() for each in self._contradicting(page, now))

    def _names(self) -> Mapping[str, str]:
        """{key of a name: the name}, the person first."""
        if self._named is None:
            pages = self._pages.values()
            found = {_key(kept.subject): kept.subject for page in pages for kept in page.kept.values()}
            self._named = {key: found[key] for key in sorted(found, key=lambda key: (key != ME, key))}
        return self._named

    def _called(self, key: str) -> tuple[str, ...]:
        """The keys of all names that can only be this one's: the same, and a longer or shorter one without a rival."""
        if key == ME:
            return (key,)
        longer = [each for each in self._names() if _within(key, each)]
        shorter = [each for each in self._names() if _within(each, key)]
        mine = [each for each in shorter if sum(_within(each, other) for other in self._names()) == 1]
        return (key, *(longer if len(longer) == 1 else ()), *mine)

    def _in_order(self) -> list[_Page]:
        return [self._pages[key] for key in sorted(self._pages, key=lambda key: (key != ME, key))]

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
            self._everything = self._named = None
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
            key = line_of(kept.subject, kept.claim, kept.value)[0]
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


def _listed(found: Iterable[Fact], when: datetime | None) -> tuple[Fact, ...]:
    listed = tuple(fact for fact in found if not fact.denied)
    return listed if when is None else facts_at(listed, when)


def _within(name: str, fuller: str) -> bool:
    """Whether a name is a part of a fuller one: its words, the first of them the same."""
    words, others = name.split(), fuller.split()
    return words[:1] == others[:1] and set(words) < set(others)


def _key(subject: str) -> str:
    return " ".join(subject.casefold().split())
