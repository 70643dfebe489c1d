"""What the person does to facts in About me and in the inbox of contradictions."""

from __future__ import annotations

from datetime import datetime

from second_me.app.service.fact_sentences import sentence
from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.memory.facts.claims import Fact, Mark, Qualifier, State, Verdict
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.values import canonical
from second_me.core.ports import EnvironmentFault

ABOUT_ME = "about me"
LONGEST = 500
"""Characters of a value."""
_MOST_JUDGED = 8


class FactEdits:
    """Every change is an episode, a mark or a verdict; nothing is overwritten."""

    def __init__(self, house: House) -> None:
        self._house = house

    def fact(self, fact_id: int) -> Fact:
        """The fact that a claim tells. Raises EnvironmentFault("not_found")."""
        found = self._house.book.get(fact_id)
        if found is None:
            raise EnvironmentFault("not_found", tr("There is no fact of this id."))
        return found

    def add(self, slot: Slot, value: str, subject: str, qualifier: Qualifier = Qualifier.NONE) -> Fact:
        """Keep what the person typed. Raises EnvironmentFault."""
        with self._house.together():
            return self.fact(self._write(slot, value, subject, qualifier))

    def edit(self, fact_id: int, value: str) -> Fact:
        """Put another value in the place of a fact's: the old one was wrong. Raises EnvironmentFault."""
        old = self.fact(fact_id)
        claim = old.kept.claim
        if canonical(claim.slot, value) == canonical(claim.slot, old.kept.value) and old.kept.edited:
            return self.confirm(fact_id)
        with self._house.together():
            made = self._write(claim.slot, value, old.kept.subject, claim.qualifier)
            if canonical(claim.slot, value) != canonical(claim.slot, old.kept.value):
                for each in old.claims[:_MOST_JUDGED]:
                    self._house.facts.judge(each.claim_id, made, Verdict.SECOND, self._now())
            return self.fact(made)

    def confirm(self, fact_id: int) -> Fact:
        """The person says that it is so."""
        self._house.facts.mark(self.fact(fact_id).kept.claim_id, Mark.CONFIRMED, self._now())
        return self.fact(fact_id)

    def end(self, fact_id: int, at: datetime | None) -> Fact:
        """It is so no more, since `at` (None: now)."""
        with self._house.together():
            for each in self.fact(fact_id).claims:
                self._house.facts.mark(each.claim_id, Mark.ENDED, at or self._now())
        return self.fact(fact_id)

    def reopen(self, fact_id: int) -> Fact:
        """It is so after all: what the person said against it is taken back, and what others say outvoted."""
        store = self._house.facts
        with self._house.together():
            mine = {each.claim_id for each in self.fact(fact_id).claims}
            for claim_id in mine:
                store.unmark(claim_id, Mark.ENDED)
                store.unmark(claim_id, Mark.WRONG)
            for (first, second), judged in store.verdicts().items():
                loser = {Verdict.FIRST: second, Verdict.SECOND: first}.get(judged.verdict)
                if loser in mine:
                    store.judge(first, second, None, self._now())
            if self.fact(fact_id).state is not State.CURRENT:
                store.mark(fact_id, Mark.CONFIRMED, self._now())
        return self.fact(fact_id)

    def settle(self, first: int, second: int, verdict: Verdict | None) -> None:
        """The person's word on two facts (None: take it back). Raises EnvironmentFault("not_found")."""
        one, other = self.fact(first), self.fact(second)
        if one.kept.claim_id == other.kept.claim_id:
            raise EnvironmentFault("bad_parameters", tr("Name two facts."))
        with self._house.together():
            for mine in one.claims[:_MOST_JUDGED]:
                for its in other.claims[:_MOST_JUDGED]:
                    self._house.facts.judge(mine.claim_id, its.claim_id, verdict, self._now())

    def _write(self, slot: Slot, value: str, subject: str, qualifier: Qualifier) -> int:
        value, subject = " ".join(value.split()), " ".join(subject.split())
        if not value or not subject:
            raise EnvironmentFault("bad_parameters", tr("There is no text in {name}.", name="value"))
        if len(value) > LONGEST:
            raise EnvironmentFault("bad_parameters", tr("A fact has at most {n} characters.", n=LONGEST))
        if is_card_number(value):
            raise EnvironmentFault(
                "bad_parameters",
                tr("This looks like the number of a card: it is not kept."),
                tr("Keep it in a password manager."),
            )
        text, claim = sentence(slot, value, subject, qualifier)
        now = self._now()
        kept = self._house.episodes.append(
            NewEpisode(ABOUT_ME, "me", text, now, Role.PERSON, Kind.NOTE, origin="edit"), now
        )
        return self._house.facts.put(kept.memory_id, [claim], 0, now)[0]

    def _now(self) -> datetime:
        return self._house.clock.now()


def is_card_number(value: str) -> bool:
    """Whether it is 13 to 19 digits whose check digit is right (ISO/IEC 7812-1, Luhn)."""
    digits = [int(sign) for sign in value if sign.isdecimal()]
    if not 13 <= len(digits) <= 19 or any(sign.isalpha() for sign in value):
        return False
    doubled = [
        digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0
