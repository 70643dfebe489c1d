"""A book of facts that is laid out by hand, over episodes of a real vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from second_me.core.memory.episodes import Episode, Role
from second_me.core.memory.facts.claims import (
    ME,
    Claim,
    Contradiction,
    Defined,
    Fact,
    Kept,
    Qualifier,
    Stance,
    State,
    passage,
)
from second_me.core.memory.facts.slots import Slot
from tests.storage.conftest import START, Kit


@dataclass
class Shelf:
    """Facts as tests need them; implements `core.twin.fact_answers.Facts`, and a glossary."""

    kit: Kit
    facts: list[Fact] = field(default_factory=list)
    disputed: list[Contradiction] = field(default_factory=list)
    own_words: list[Defined] = field(default_factory=list)

    def tell(
        self, text: str, slot: Slot, value: str, at: datetime, *, subject: str = ME, state: State = State.CURRENT,
        since: datetime | None = None, until: datetime | None = None, by: Fact | None = None,
        qualifier: Qualifier = Qualifier.NONE, stance: Stance = Stance.HOLDS, conversation: str = "talk-1",
        episode: Episode | None = None,
    ) -> Fact:  # fmt: skip
        """An episode of the person's and the fact that it tells."""
        said = episode or self.kit.say(
            text, conversation, (at - START) / timedelta(minutes=1), speaker="me", role=Role.PERSON
        )
        start = text.index(value)
        claim = Claim(
            slot, passage(text, start, start + len(value)), passage(text, 0, len(text)), stance,
            None if subject == ME else passage(text, text.index(subject), text.index(subject) + len(subject)),
            qualifier, since,
        )  # fmt: skip
        kept = Kept(
            len(self.facts) + 1, claim, subject, value, text, said.memory_id, None, conversation, said.seq, at, at,
            False,
        )  # fmt: skip
        fact = Fact(kept, state, since or at, until, by.kept.claim_id if by else None)
        self.facts.append(fact)
        return fact

    def end(self, fact: Fact, until: datetime) -> Fact:
        """It held until then."""
        return self._put(replace(fact, state=State.ENDED, valid_to=until))

    def correct(self, fact: Fact, by: Fact | None) -> Fact:
        """It never held."""
        return self._put(replace(fact, state=State.WRONG, ended_by=by.kept.claim_id if by else None))

    def dispute(self, first: Fact, second: Fact) -> None:
        """Two that cannot both be true."""
        self.disputed.append(Contradiction(first, second))

    def _put(self, changed: Fact) -> Fact:
        self.facts[changed.kept.claim_id - 1] = changed
        return changed

    def about(self, subject: str) -> Sequence[Fact]:
        return [fact for fact in self.facts if fact.kept.subject == subject]

    def all(self) -> Sequence[Fact]:
        return tuple(self.facts)

    def of_memory(self, memory_id: str) -> Sequence[Fact]:
        return [fact for fact in self.facts if fact.kept.memory_id == memory_id]

    def get(self, claim_id: int) -> Fact | None:
        return next((fact for fact in self.facts if fact.kept.claim_id == claim_id), None)

    def contradictions(self) -> Sequence[Contradiction]:
        return self.disputed

    def listing(self) -> Sequence[Defined]:
        return self.own_words
