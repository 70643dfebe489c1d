"""The rows of the timeline and the words about memories: no service is needed for them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from second_me.app.views.memory import phrases
from second_me.app.views.memory.rows import MEMORY_ROLE, MemoryRows, Who
from tests.views.places import memory

THREE = [
    memory("a", "2024-05-03T10:00:00", role="person"),
    memory("b", "2024-05-01T10:00:00"),
    memory("c", "2024-04-01T10:00:00"),
]


def titles(rows: MemoryRows) -> list[str]:
    found = [rows.data(rows.index(n), MEMORY_ROLE) for n in range(rows.rowCount())]
    return [row.memory["memory_id"] if row.memory else row.title for row in found]


@pytest.fixture
def rows(qtmodeltester: ModelTester) -> MemoryRows:
    made = MemoryRows()
    made.replace(THREE, more=True, by_month=True)
    qtmodeltester.check(made)
    return made


def test_months_are_headings(rows: MemoryRows) -> None:
    assert titles(rows) == ["May 2024", "a", "b", "April 2024", "c"]
    assert rows.flags(rows.index(0)) == Qt.ItemFlag.NoItemFlags
    assert rows.shown == 3


def test_a_page_goes_on_under_the_last_heading(rows: MemoryRows) -> None:
    rows.extend([memory("d", "2024-04-01T08:00:00"), memory("e", None)], more=False)
    assert titles(rows) == ["May 2024", "a", "b", "April 2024", "c", "d", "Date unknown", "e"]
    assert not rows.canFetchMore(QModelIndex())


def test_a_memory_is_never_twice_on_show(rows: MemoryRows) -> None:
    rows.extend([THREE[2], memory("d", "2024-04-01T08:00:00")], more=True)
    assert titles(rows).count("c") == 1
    assert rows.last_id == "d"


def test_the_filter_keeps_what_it_hides(rows: MemoryRows) -> None:
    rows.show(Who.YOU)
    assert titles(rows) == ["May 2024", "a"]
    assert rows.fetched == 3
    rows.show(Who.OTHERS)
    assert titles(rows) == ["May 2024", "b", "April 2024", "c"]


def test_a_heading_goes_with_its_last_memory(rows: MemoryRows) -> None:
    rows.drop("c")
    assert titles(rows) == ["May 2024", "a", "b"]
    rows.drop("b")
    rows.drop("a")
    assert titles(rows) == []
    rows.drop("never there")


def test_a_screen_reader_hears_quote_and_caption(rows: MemoryRows) -> None:
    heard = rows.data(rows.index(2), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "“a text” Anna · 1 May 2024 · Imported"


def test_found_by_meaning_alone_is_not_called_a_mention() -> None:
    made = MemoryRows()
    made.replace([memory("a", None, why=["meaning"])], more=False, by_month=False)
    assert not made.literal
    made.replace([memory("a", None, why=["meaning"]), memory("b", None, why=["words"])], False, False)
    assert made.literal


def test_what_an_erasure_takes_is_said_exactly() -> None:
    receipt = {"memories": ["a"], "answers": ["x", "y"], "missing": [], "titles": 1, "migration_copies": 0}
    assert phrases.erasure_preview(receipt) == "This memory, 2 answers that used it, 1 title made of it."
    alone = {"memories": ["a"], "answers": [], "missing": [], "titles": 0, "migration_copies": 0}
    assert phrases.erasure_preview(alone) == "This memory."
    more = {"memories": ["a", "b"], "answers": ["x"], "missing": [], "titles": 0, "migration_copies": 2}
    said = "Erased for good: this memory, 1 other memory, 1 answer that used it, 2 old copies of the vault."
    assert phrases.erasure_receipt(more) == said


def test_dates_name_the_year_only_when_it_is_another() -> None:
    today = date(2026, 11, 23)
    assert phrases.day(datetime(2026, 9, 12), today) == "12 September"
    assert phrases.day(datetime(2024, 9, 12), today) == "12 September 2024"
    assert phrases.day(None, today) == "date unknown"
    assert phrases.day_and_hour(datetime(2024, 9, 12, 7, 5)) == "12 September 2024, 07:05"


def test_braces_in_a_text_are_only_braces() -> None:
    assert phrases.quoted("a {name}\n and {0}") == "“a {name} and {0}”"
