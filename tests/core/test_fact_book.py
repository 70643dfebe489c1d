"""The book says at any moment what a book says that is opened at that moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_me.core.memory.facts.book import FactBook
from second_me.core.memory.facts.claims import ME, Claim, Mark, State, Verdict, passage
from second_me.core.memory.facts.slots import Slot
from second_me.storage.repositories.facts import Facts
from tests.storage.conftest import START, Kit, make

NOW = datetime(2024, 6, 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from("say say say hide restore erase mark unmark judge unjudge wait again".split()),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=2, max_size=12,
)  # fmt: skip


class Life:
    """A vault to which things happen, and one book that was open all the time."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.facts, self.now = kit, Facts(kit.vault), NOW
        self.book = FactBook(self.facts, lambda: self.now)
        self.said: list[str] = []
        self.ids: list[int] = []

    def do_say(self, number: int, other: int) -> None:
        name = ("I", "Anna", "Tom")[other % 3]
        slot, form = ((Slot.HOME, "lives in"), (Slot.LIKES, "likes"), (Slot.DISLIKES, "hates"))[
            other // 3 % 3
        ]
        value = ("Bern", "Basel", "Cork")[number % 3]
        said = self.kit.say(f"{name} {form} {value}.", f"talk-{number % 2}", 60 * 24 * 40 * number)
        self.said.append(said.memory_id)
        self._put(said.memory_id, said.text, name, slot, value, number)

    def _put(self, memory_id: str, text: str, name: str, slot: Slot, value: str, number: int) -> None:
        at = text.index(value)
        until = NOW + timedelta(days=number) if number > 6 else None
        named = None if name == "I" else passage(text, 0, len(name))
        claim = Claim(
            slot, passage(text, at, at + len(value)), passage(text, 0, len(text)), named=named,
            since=datetime(2024, 3, 1) if until else None, until=until,
        )  # fmt: skip
        self.ids += self.facts.put(memory_id, [claim], 1, NOW)

    def _pick(self, number: int) -> str:
        return self.said[number % len(self.said)] if self.said else "m_none"

    def do_hide(self, number: int, other: int) -> None:
        self.kit.episodes.hide(self._pick(number), START)

    def do_restore(self, number: int, other: int) -> None:
        self.kit.episodes.restore(self._pick(number))

    def do_erase(self, number: int, other: int) -> None:
        self.kit.episodes.erase([self._pick(number)])

    def do_again(self, number: int, other: int) -> None:
        """Read anew, and nothing is found."""
        if self.kit.episodes.get(self._pick(number)) is not None:
            self.facts.put(self._pick(number), [], 2, NOW)

    def do_mark(self, number: int, other: int) -> None:
        if self.ids:
            self.facts.mark(self.ids[number % len(self.ids)], list(Mark)[other % 3], NOW)

    def do_unmark(self, number: int, other: int) -> None:
        if self.ids:
            self.facts.unmark(self.ids[number % len(self.ids)], list(Mark)[other % 3])

    def do_judge(self, number: int, other: int) -> None:
        there = [each for each in self.ids if self.facts.get(each) is not None]
        if there:
            pair = there[number % len(there)], there[other % len(there)]
            if pair[0] != pair[1]:
                self.facts.judge(*pair, list(Verdict)[(number + other) % 4], self.now)

    def do_unjudge(self, number: int, other: int) -> None:
        for pair in self.facts.verdicts():
            self.facts.judge(*pair, None, self.now)

    def do_wait(self, number: int, other: int) -> None:
        self.now += timedelta(days=number)

    def check(self) -> None:
        fresh = FactBook(self.facts, lambda: self.now)
        assert self.book.all() == fresh.all()
        assert self.book.contradictions() == fresh.contradictions()
        assert self.book.subjects() == fresh.subjects()
        for subject in (ME, "anna", "TOM", "nobody"):
            assert self.book.about(subject) == fresh.about(subject)
            assert self.book.about(subject, self.now) == fresh.about(subject, self.now)
        for memory_id in self.said:
            assert self.book.of_memory(memory_id) == fresh.of_memory(memory_id)
        for number in self.ids:
            assert self.book.get(number) == fresh.get(number)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("book")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_an_open_book_is_as_a_new_one(folder: Path, steps: list[tuple[str, int, int]]) -> None:
    kit = make(folder / str(len(list(folder.iterdir()))))
    life = Life(kit)
    try:
        for name, number, other in steps:
            getattr(life, f"do_{name}")(number, other)
            life.check()
    finally:
        kit.vault.close()


def test_a_fact_comes_to_its_end_while_the_book_is_open(kit: Kit) -> None:
    life = Life(kit)
    life.do_say(8, 0)
    assert [fact.state for fact in life.book.about(ME)] == [State.CURRENT]
    life.now += timedelta(days=9)
    assert [fact.state for fact in life.book.about(ME)] == [State.ENDED]


@pytest.fixture
def kit(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = make(tmp_path / "vault")
    yield made
    made.vault.close()
