"""Who is meant by a name or by a relation, as the facts tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from second_me.core.memory.facts.claims import ME, Fact, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.recall.entities import relation_of
from second_me.core.recall.keys import words

_OWN_NAMES = (Slot.NAME, Slot.GIVEN_NAME, Slot.FAMILY_NAME, Slot.NICKNAME)


class Who:
    """A name or "my sister" -> the subject of facts; None where it is nobody's, or more than one's.

    `facts` gives those that may tell; it is called when somebody is first looked for. `own_name`: the person's name
    stands for the person, too (others ask by it).
    """

    def __init__(self, facts: Callable[[], Sequence[Fact]], own_name: bool = False) -> None:
        self._read, self._own_name = facts, own_name

    def __call__(self, said: str) -> str | None:
        """The subject that is meant, as the facts write it."""
        wanted = words(said)
        if not wanted:
            return None
        if wanted[0] == "my" and len(wanted) > 1:
            return self._related(wanted[1:])
        if self._own_name and any(set(wanted) <= name for name in self._names_of_mine):
            return ME
        return self._named(wanted)

    @cached_property
    def _facts(self) -> Sequence[Fact]:
        return self._read()

    @cached_property
    def _subjects(self) -> dict[str, tuple[str, ...]]:
        subjects = dict.fromkeys(fact.kept.subject for fact in self._facts)
        return {subject: tuple(words(subject)) for subject in subjects if subject != ME}

    @cached_property
    def _names_of_mine(self) -> list[set[str]]:
        return [
            set(words(fact.kept.value))
            for fact in self._facts
            if fact.kept.subject == ME and fact.kept.claim.slot in _OWN_NAMES
        ]

    def _named(self, wanted: Sequence[str]) -> str | None:
        """The subject of this name; of a part of a name the only one that has it."""
        same = [subject for subject, name in self._subjects.items() if name == tuple(wanted)]
        part = [subject for subject, name in self._subjects.items() if set(wanted) <= set(name)]
        return next((some[0] for some in (same, part) if len(some) == 1), None)

    def _related(self, wanted: Sequence[str]) -> str | None:
        """The only one of a relation; "my sister Zoe" is hers by that name, too."""
        relation = _relation(wanted)
        of_it = {
            fact.kept.subject
            for fact in self._facts
            if fact.kept.claim.slot is Slot.RELATION
            and fact.state is State.CURRENT
            and _relation(words(fact.kept.value)) == relation
        }
        if len(of_it) == 1:
            return of_it.pop()
        by_it = [subject for subject, name in self._subjects.items() if _relation(name) == relation]
        return by_it[0] if len(by_it) == 1 and not of_it else None


def _relation(said: Sequence[str]) -> str:
    """A relation in one word of its own: "my mum" and "mother" are the same."""
    plain = [word for word in said if word not in ("my", "our", "a", "an", "the")]
    return " ".join(relation_of(word) or word for word in plain)
