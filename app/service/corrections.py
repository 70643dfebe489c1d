"""What the person said instead of an answer from facts, kept as the person's word on those facts.

The value is a claim of the person's own sentence, and what was told loses against it (a verdict, as in the inbox): when
the sentence is erased, the verdict goes with it.
"""

from __future__ import annotations

from second_me.app.service.fact_edits import FactEdits
from second_me.app.service.house import House
from second_me.app.service.talks import Talk
from second_me.core.memory.episodes import AnswerRecord, Episode, Role
from second_me.core.memory.facts.claims import Claim, Mark, Verdict
from second_me.core.ports import Scope
from second_me.core.twin.answers import Answer
from second_me.core.twin.context import in_context
from second_me.core.twin.corrections import Correction, correction


class Corrections:
    """Of the facts of a vault."""

    def __init__(self, house: House) -> None:
        self._house = house

    def told(self, talk: Talk, question: Episode, record: AnswerRecord) -> Answer | None:
        """What an answer told of facts; None for another answer, and where it would be another by now."""
        facts = self._house.twin.facts
        if facts is None or talk.temporary or not record.citations:
            return None
        said = [turn for turn in talk.turns() if turn.role is Role.PERSON and turn.seq < question.seq]
        asked = in_context(question.text, said[-1].text if said else None)
        answer = facts.answer(asked, self._house.clock.now(), Scope())
        return answer if answer is not None and answer.citations == record.citations else None

    def keep(self, kept: Episode, told: Answer) -> bool:
        """Keep what an episode says against it; False where it says nothing for certain. Raises EnvironmentFault."""
        read = [each.claim for each in self._house.facts.of_memory(kept.memory_id)]
        said = correction(kept.text, read, told)
        if said is None:
            return False
        with self._house.together():
            self._keep(kept, read, said)
        return True

    def _keep(self, kept: Episode, read: list[Claim], said: Correction) -> None:
        store, now = self._house.facts, self._house.clock.now()
        if said.verdict is not None:
            first, second, verdict = said.verdict
            FactEdits(self._house).settle(first.kept.claim_id, second.kept.claim_id, verdict)
        for claim_id in said.wrong:
            store.mark(claim_id, Mark.WRONG, now)
        for claim in said.claims:
            others = [each for each in read if each != claim]
            made = store.put(kept.memory_id, [*others, claim], 0, now)[-1]
            store.mark(made, Mark.CONFIRMED, now)
            for claim_id in said.replaced:
                store.judge(claim_id, made, Verdict.SECOND, now)
