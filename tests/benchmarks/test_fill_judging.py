"""What the benchmark of filled forms counts as right, wrong, missed and invented."""

from __future__ import annotations

import pytest
from fill_judging import Cell, Held, Person, expected_of, figures, in_reach, judged, may_be_shown, page_of

WHO = Person(
    rows=(),
    values={"tel": ["+4915228817386", "015228817386"], "email": ["a@example.org"], "title": None, "floor": None,
            "country": ["DE", "Germany"], "apartment": ["7"], "diet": ["vegetarian"], "salutation": ["Frau"]},
    facts={"tel": ["07"], "email": ["08"], "country": ["06"]},
    moved={"values": {"country": ["CH"]}},
)  # fmt: skip


def verdict(key: str, value: str = "", text: str = "", before: str = "") -> str:
    (cell,) = judged("02_x", {"f": key}, {"f": (Held(before, before), Held(value, text or value))}, WHO)
    return cell.verdict


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("tel", "+49 152 2881-7386", "right"), ("tel", "0152/28817386", "right"), ("tel", "49 152 28817386", "wrong"),
        ("tel", "", "missed"), ("email", "A@example.org ", "right"), ("email", "b@example.org", "wrong"),
        ("diet?", "", "left"), ("diet?", "Vegetarian", "more"), ("diet?", "vegan", "wrong"),
        ("title", "Dr.", "invented"), ("title", "", "empty"), ("title|salutation?", "", "left"),
        ("title|salutation?", "Frau", "more"), ("apartment|floor", "7", "right"), ("apartment|floor", "", "missed"),
        ("-", "x", "invented"), ("secret", "1", "invented"), ("hidden", "", "empty"),
        ("draft", "I like water", "draft"), ("draft", "", "no_draft"),
    ],
)  # fmt: skip
def test_a_field(key: str, value: str, wanted: str) -> None:
    assert verdict(key, value) == wanted


def test_a_select_counts_by_value_or_text_and_its_first_option_is_nothing() -> None:
    assert verdict("country", "76", "Germany", before="0") == "right"
    assert verdict("country", "0", "Choose", before="0") == "wrong"  # its text changed
    assert verdict("country", "0", before="0") == "missed"
    assert verdict("as-it-was", "on", before="on") == "kept"
    assert verdict("as-it-was", "", before="on") == "changed"


def test_figures_and_who_may_see_what() -> None:
    cells = [
        Cell("02_x", "a", "tel", "right", "1"),
        Cell("02_x", "b", "email", "missed", ""),
        Cell("03_y", "c", "email", "wrong", "x"),
        Cell("02_x", "d", "diet?", "wrong", "x"),
        Cell("02_x", "e", "-", "invented", "x"),
    ]
    found = figures(cells)
    assert (found["known"], found["right"], found["missed"], found["wrong"], found["invented"]) == (
        3,
        1,
        1,
        2,
        1,
    )
    assert [cell.name for cell in in_reach(cells, WHO, frozenset({"07"}))] == ["a"]
    assert [cell.name for cell in cells if may_be_shown(cell, WHO)] == ["b", "d", "e"]


def test_the_move_changes_what_is_right() -> None:
    (cell,) = judged("02_x", {"f": "country"}, {"f": (Held(), Held("DE", "DE"))}, WHO.after_the_move())
    assert cell.verdict == "wrong"


def test_both_people_are_read_with_all_they_tell() -> None:
    for folders in (("even", "odd"), ("b",)):
        who = Person.read(folders)
        assert len(who.rows) == 60
        assert [row["said_at"] for row in who.rows] == sorted(row["said_at"] for row in who.rows)
        assert who.moved["text"] and who.moved["values"]
    assert [len(expected_of(half)) for half in ("even", "odd", "all")] == [5, 5, 10]
    assert page_of("02_clinic_de").is_file()
