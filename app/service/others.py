"""Answers for others: what somebody else asks is answered from facts that they may know, and from nothing else.

No model has a part in it, nothing that they say is kept, and each question stands alone: what was asked before, or what
the question orders, changes nothing. Whether something is withheld or unknown cannot be told apart from outside; the
person finds both in the audit log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from second_me.app.service.house import House
from second_me.app.service.slot_words import slot_noun
from second_me.app.words import tr
from second_me.core.disclosure.asking import MOST, answering
from second_me.core.disclosure.audit import AuditMemory
from second_me.core.disclosure.gate import Gate, Reason, Rules, episode_cleared
from second_me.core.disclosure.levels import CLOSE, Audience
from second_me.core.memory.episodes import Episode
from second_me.core.memory.facts.claims import ME, Fact, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import Scope
from second_me.core.recall.keys import query_terms, words
from second_me.core.twin.fact_answers import FactAnswers

_NAMES = (Slot.NAME, Slot.GIVEN_NAME, Slot.FAMILY_NAME, Slot.NICKNAME)
LONGEST_NAME = 200
CLEARANCE, BY_HAND = "clearance", "by_hand"
"""Who agreed: the person, by what an audience may know, or by clearing that very memory."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: by what name (None: without one), and as whom; all of the audiences must be cleared."""

    name: str | None
    audiences: frozenset[Audience]

    @property
    def word(self) -> str:
        """The audiences for the log."""
        return ", ".join(audience.value for audience in Audience if audience in self.audiences)


def asker_of(house: House, audience: Audience | None, name: str | None) -> Asker | None:
    """Who asks; None: the person. Whoever the person has mapped is that, whatever the request says; a name that
    nobody mapped and that is given no audience is a stranger's."""
    known = house.disclosure.audience_of(name) if name else None
    if (name is None and audience in (None, Audience.ME)) or (name == ME and audience is Audience.ME):
        return None
    given = {audience} if audience not in (None, Audience.ME) else set()
    audiences = frozenset(each for each in (*given, known) if each is not None)
    return Asker(name, audiences or frozenset({Audience.STRANGER}))


class Others:
    """Answers what others ask."""

    def __init__(self, house: House) -> None:
        self._house = house

    def answer(self, question: str, asker: Asker) -> dict[str, Any]:
        """An answer in the shape of `ask`, and an entry in the audit log."""
        rules, facts = self._house.disclosure.rules(), self._house.book.all()
        gate = Gate(facts, asker.audiences, rules)
        cleared = [fact for fact in facts if gate(fact)]
        near, me = asker.audiences <= CLOSE, self._names(facts)
        told = self._stated(question, gate) or answering(question, cleared, me, near)
        episodes = () if told else self._whole(question, asker, rules, me)
        withheld = self._withheld(question, facts, gate, me, near)
        self._log(asker, gate, told, episodes, withheld)
        known = bool(told or episodes)
        text = told_text(told, episodes) if known else nothing_text()
        return {
            "text": text, "kind": "question", "abstained": not known, "citations": [], "model": None,
            "source": "memories" if known else "words",
        }  # fmt: skip

    def _stated(self, question: str, gate: Gate) -> tuple[Fact, ...]:
        """What the twin's own reading of questions finds, times too, of facts that may be told. It is given no
        glossary: what the person's words mean is nobody else's."""
        known = FactAnswers(self._house.book, self._house.episodes)
        answer = known.answer(question, self._house.clock.now(), Scope(), gate, asker=False)
        facts = answer.facts if answer is not None else ()
        return tuple(fact for fact in facts if gate(fact))[:MOST]

    def _names(self, facts: Iterable[Fact]) -> list[str]:
        """What the asker may call the person; whether a name is told is another question."""
        own = [f.kept.value for f in facts if f.kept.subject == ME and f.kept.claim.slot in _NAMES]
        return [*own, self._house.settings.get("me") or "", "customer", "user", "owner"]

    def _withheld(
        self, question: str, facts: Sequence[Fact], gate: Gate, me: Sequence[str], near: bool
    ) -> list[Fact]:
        """For the person's log only: what would have been told to the person."""
        kept_back = [fact for fact in facts if not gate(fact)]
        every = (*answering(question, facts, me, near), *answering(question, kept_back, me, near))
        found = {fact.kept.claim_id: fact for fact in every if not gate(fact)}
        return list(found.values())[:MOST]

    def _whole(self, question: str, asker: Asker, rules: Rules, me: Iterable[str]) -> tuple[Episode, ...]:
        """Whole memories that the person cleared for this very audience, and that hold what is asked."""
        named = {word for name in me for word in words(name)}
        terms = {term for term in query_terms(question) if term not in named}
        found = []
        for place in rules.by_hand:
            episode = self._house.episodes.get(place.memory_id) if place.slot is None else None
            if episode is None or not self._shown(episode):
                continue
            if not episode_cleared(episode, asker.audiences, rules).cleared:
                continue
            share = len(terms & set(words(episode.text)))
            if terms and share * 2 >= len(terms):
                found.append((share, episode))
        best = sorted(found, key=lambda pair: (-pair[0], pair[1].seq))
        return tuple(episode for _, episode in best[:1])

    def _shown(self, episode: Episode) -> bool:
        conversation = self._house.conversations.get(episode.conversation)
        hidden = conversation is None or conversation.hidden_at is not None
        return episode.remembered and episode.hidden_at is None and not hidden

    def _log(
        self,
        asker: Asker,
        gate: Gate,
        told: Sequence[Fact],
        episodes: Sequence[Episode],
        withheld: Sequence[Fact],
    ) -> None:
        """Nothing of the asker's words is kept, only what they asked about."""
        rows = [
            *(AuditMemory(f.kept.memory_id, True, gate.decide(f).reason.value, f.kept.value) for f in told),
            *(AuditMemory(e.memory_id, True, Reason.BY_HAND.value, e.text) for e in episodes),
            *(AuditMemory(f.kept.memory_id, False, gate.decide(f).reason.value) for f in withheld),
        ]
        by_hand = any(row.told and row.reason == Reason.BY_HAND.value for row in rows)
        slots = dict.fromkeys(fact.kept.claim.slot.value for fact in (*told, *withheld))
        self._house.audit.record(
            "answer", {"slots": list(slots)}, self._house.clock.now(), audience=asker.word, asker=asker.name,
            consent=BY_HAND if by_hand else CLEARANCE if told else "", memories=rows,
        )  # fmt: skip


def nothing_text() -> str:
    """What is said where nothing is told: the same for what is unknown, withheld, and no question at all."""
    return tr("I can't say anything about that.")


def told_text(facts: Sequence[Fact], episodes: Sequence[Episode] = ()) -> str:
    """Values by what they are; of somebody else with the name."""
    lines = []
    for fact in facts:
        what = slot_noun(fact.kept.claim.slot)
        about = what if fact.kept.subject == ME else f"{fact.kept.subject}, {what}"
        ended = "" if fact.state is State.CURRENT else tr(" (no more)")
        lines.append(f"{about[:1].upper()}{about[1:]}: {fact.kept.value}{ended}")
    lines += [f"“{episode.text}”" for episode in episodes]
    return "\n".join(dict.fromkeys(lines))
