"""Words that may stand for a word: groups, and the table of nearness."""

from __future__ import annotations

from importlib.resources import files

import pytest

from second_me.core.recall.related import FIRST_PERSON, NearWords, related

TABLE = "# a remark\ncello violin:7 strings:4\nviolin cello:7\nalone\n"


@pytest.mark.parametrize(
    ("asked", "told"), [("live", "moved"), ("mother", "mum"), ("cat", "pet"), ("job", "company")]
)
def test_words_that_stand_for_each_other(asked: str, told: str) -> None:
    assert told in related(asked)
    assert asked in related(told)


def test_a_word_does_not_stand_for_itself() -> None:
    assert "live" not in related("live")
    assert related("cello") == frozenset()


def test_a_word_of_two_groups_has_the_words_of_both() -> None:
    assert {"born", "age"} <= related("birthday")


def test_first_person() -> None:
    assert {"i", "my", "our"} <= FIRST_PERSON
    assert "you" not in FIRST_PERSON


def test_a_table_is_read_by_the_line() -> None:
    near = NearWords(TABLE)
    assert near("cello") == {"violin": 0.7, "strings": 0.4}
    assert near("violin") == {"cello": 0.7}
    assert near("alone") == near("strings") == near("") == near("#") == {}


def test_an_empty_table_knows_nothing() -> None:
    assert NearWords("")("cello") == {}


def test_the_table_that_ships_is_whole() -> None:
    text = files("second_me.resources").joinpath("weights/related_words.txt").read_text("utf-8")
    near, listed = NearWords(text), [line.split()[0] for line in text.splitlines() if line[0] != "#"]
    assert len(listed) > 5000
    assert listed == sorted(set(listed))
    known = set(listed)
    for word in listed:
        others = near(word)
        assert others
        assert word not in others
        assert known >= others.keys()
        assert all(0 < share <= 1 for share in others.values())
