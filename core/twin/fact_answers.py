"""Answers from facts, before recall is asked: what holds now, what held then, and both sides of a contradiction.

The person's corrections outrank everything (WISE's side memory, asked first): a fact that was corrected is never
told, and what recall finds of it stands behind what corrected it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from second_me.core.memory.episodes import Citation
from second_me.core.memory.facts.claims import Contradiction, Defined, Fact, State
from second_me.core.memory.facts.slots import MANY_VALUED
from second_me.core.memory.glossary import rewritten
from second_me.core.ports import EpisodeStore, Scope
from second_me.core.recall.found import Found
from second_me.core.twin.answers import Answer, MessageId, Source
from second_me.core.twin.asked_facts import AskedFact, asked_fact
from second_me.core.twin.fact_choice import chosen, of_slots
from second_me.core.twin.kinds import TurnKind
from second_me.core.twin.who import Who

Allowed = Callable[[Fact], bool]
"""Whether whoever asks may know a fact."""

SUNK = 0.3
"""Strength of a memory of which all that matters was corrected: no answer cites it."""


class Facts(Protocol):
    """What is known (`core.memory.facts.book`)."""

    def about(self, subject: str) -> Sequence[Fact]:
        """All facts of a subject, ended and corrected ones too."""

    def all(self) -> Sequence[Fact]:
        """All facts of everybody."""

    def of_memory(self, memory_id: str) -> Sequence[Fact]:
        """The facts that one memory tells."""

    def get(self, claim_id: int) -> Fact | None:
        """The fact that a claim tells."""

    def contradictions(self) -> Sequence[Contradiction]:
        """Facts that cannot both be true, and that the person has not judged."""


class FactAnswers:
    """Answers questions that ask for a fact. It changes nothing.

    `own_words` gives what the person means by words of their own; `was_asked` says whether the person was already
    asked which side of a contradiction is right.
    """

    def __init__(
        self,
        book: Facts,
        episodes: EpisodeStore,
        own_words: Callable[[], Sequence[Defined]] = tuple,
        was_asked: Callable[[Contradiction], bool] = lambda _: False,
    ) -> None:
        self._book, self._episodes, self._own_words, self._was_asked = book, episodes, own_words, was_asked

    def asked(
        self, question: str, now: datetime | None, allowed: Allowed | None = None, asker: bool = True
    ) -> AskedFact | None:
        """The fact that a question asks for, the person's own words read as what they mean. `asker`: the person
        asks, else somebody else does. Only facts that are `allowed` tell who is who."""
        who = Who(lambda: self._cleared(self._book.all(), allowed), own_name=not asker)
        found = asked_fact(question, now, who, asker)
        if found is None and (meant := rewritten(question, self._own_words())) != question:
            found = asked_fact(meant, now, who, asker)
        return found

    def answer(
        self,
        question: str,
        now: datetime | None,
        scope: Scope,
        allowed: Allowed | None = None,
        asker: bool = True,
    ) -> Answer | None:
        """The answer to a question that asks for a fact; None for another question, and where no fact answers it.

        `allowed` (None: all) is asked of every fact that is looked at, also of those that only tell who is who.
        """
        asked = self.asked(question, now, allowed, asker)
        if asked is None:
            return None
        known = [
            fact for fact in self._cleared(self._book.about(asked.subject), allowed) if _in_scope(fact, scope)
        ]
        message, facts = chosen(asked, known, now)
        if not facts:
            return None
        disputes = () if asked.past else self._disputes(facts, known)
        if disputes and facts[0].kept.claim.slot not in MANY_VALUED:
            message, facts = MessageId.FACT_DISPUTED, [disputes[0].first, disputes[0].second]
        return self._answer(message, facts, disputes)

    def settled(self, found: Sequence[Found], question: str, now: datetime | None) -> list[Found]:
        """What recall found, a memory of which all claims that matter were corrected behind what corrected it."""
        asked = self.asked(question, now)
        wrong = {
            item.episode.memory_id: by
            for item in found
            if (by := self._corrected_by(item, asked)) is not None
        }
        if not wrong:
            return list(found)
        right = {item.episode.memory_id: item for item in found if item.episode.memory_id not in wrong}
        placed: dict[str, Found] = {}
        for item in found:
            for better in self._better(item, wrong, right):
                placed.setdefault(better.episode.memory_id, better)
        lowest = min(item.score for item in found)
        sunk = [
            replace(item, score=lowest, strength=min(item.strength, SUNK))
            for item in found
            if item.episode.memory_id in wrong
        ]
        return [*placed.values(), *sunk]

    def _better(
        self, item: Found, wrong: dict[str, Sequence[Fact]], right: dict[str, Found]
    ) -> Iterable[Found]:
        """What stands in the place of a memory: itself, or what corrected it."""
        memory_id = item.episode.memory_id
        if memory_id not in wrong:
            return [right[memory_id]]
        better = [fact for fact in wrong[memory_id] if fact.kept.memory_id not in wrong]
        shown = {fact.kept.memory_id: fact for fact in better}
        fresh = self._found([fact for key, fact in shown.items() if key not in right])
        known = [right[key] for key in shown if key in right]
        return [
            replace(each, score=max(each.score, item.score), strength=max(each.strength, item.strength))
            if each in known
            else replace(each, score=item.score, strength=item.strength)
            for each in (*known, *fresh)
        ]

    def _corrected_by(self, item: Found, asked: AskedFact | None) -> Sequence[Fact] | None:
        """The facts that corrected a memory; None for one that still says something right of what is asked."""
        told = self._book.of_memory(item.episode.memory_id)
        if asked is not None:
            told = [fact for fact in told if fact.kept.subject == asked.subject and of_slots(fact, asked)]
        if not told or any(fact.state is not State.WRONG for fact in told):
            return None
        better = (self._book.get(fact.ended_by) for fact in told if fact.ended_by is not None)
        return [fact for fact in better if fact is not None and fact.state is not State.WRONG]

    def _cleared(self, facts: Iterable[Fact], allowed: Allowed | None) -> list[Fact]:
        return [
            fact
            for fact in facts
            if fact.state is not State.WRONG and not fact.denied and (allowed is None or allowed(fact))
        ]

    def _disputes(self, facts: Sequence[Fact], known: Sequence[Fact]) -> tuple[Contradiction, ...]:
        """A contradiction of which one side is told, and both may be; first one that was not asked about yet."""
        told, may = ({fact.kept.claim_id for fact in some} for some in (facts, known))
        found = []
        for each in self._book.contradictions():
            sides = {each.first.kept.claim_id, each.second.kept.claim_id}
            if sides & told and sides <= may:
                found.append(each)
        return tuple(sorted(found, key=self._was_asked)[:1])

    def _answer(
        self, message: MessageId, facts: Sequence[Fact], disputes: tuple[Contradiction, ...]
    ) -> Answer:
        told = [*facts, *(side for each in disputes for side in (each.first, each.second))]
        places = dict.fromkeys((fact.kept.memory_id, fact.kept.quote) for fact in told)
        cited = tuple(Citation(n, memory_id, quote) for n, (memory_id, quote) in enumerate(places, 1))
        return Answer(
            TurnKind.QUESTION, Source.MEMORIES, message=message, citations=cited,
            considered=tuple(self._found(told)), facts=tuple(facts), disputes=disputes,
            asks=any(not self._was_asked(each) for each in disputes),
        )  # fmt: skip

    def _found(self, facts: Sequence[Fact]) -> list[Found]:
        first = {fact.kept.memory_id: fact.kept for fact in reversed(facts)}
        ordered = list(dict.fromkeys(fact.kept.memory_id for fact in facts))
        episodes = self._episodes.by_seq([first[memory_id].seq for memory_id in ordered])
        return [
            Found(episodes[kept.seq], 1 / rank, 1.0, ("fact",), kept.quote)
            for rank, kept in enumerate((first[memory_id] for memory_id in ordered), 1)
            if kept.seq in episodes
        ]


def _in_scope(fact: Fact, scope: Scope) -> bool:
    kept, place = fact.kept, (scope.conversation or "").rstrip("/")
    if kept.memory_id in scope.exclude or not f"{kept.conversation}/".startswith(
        f"{place}/" if place else ""
    ):
        return False
    if scope.after is not None and (kept.said_at is None or kept.said_at < scope.after):
        return False
    return scope.before is None or (kept.said_at is not None and kept.said_at <= scope.before)
