"""Names, whole and in parts."""

from __future__ import annotations

import pytest

from second_me.core.acting.values.names import split_name
from tests.core.acting.life import asked, filled, life, of

PARTS = (of("given-name"), of("additional-name"), of("family-name"))


@pytest.mark.parametrize(
    ("name", "given", "additional", "family"),
    [
        ("Jonas Vries", "Jonas", "", "Vries"),
        ("Jonas de Vries", "Jonas", "", "de Vries"),
        ("Anna van der Berg", "Anna", "", "van der Berg"),
        ("Ludwig von Mises", "Ludwig", "", "von Mises"),
        ("Leonardo da Silva", "Leonardo", "", "da Silva"),
        ("Tariq al-Sayed", "Tariq", "", "al-Sayed"),
        ("Sinéad O'Neill", "Sinéad", "", "O'Neill"),
        ("Jean-Luc Picard", "Jean-Luc", "", "Picard"),
        ("John F. Kennedy", "John", "F.", "Kennedy"),
        ("Dr. Anna Keller", "Anna", "", "Keller"),
        ("Tom Ash Jr.", "Tom", "", "Ash"),
        ("Jonas", "Jonas", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_that_can_be_read_in_one_way(name: str, given: str, additional: str, family: str) -> None:
    split = split_name(name)
    assert (split.given, split.additional, split.family) == (given, additional, family)
    assert split.sure


@pytest.mark.parametrize("name", ["Anna Maria Keller", "María García López", "Maria Anna von Berg"])
def test_a_name_that_can_be_read_in_two_ways(name: str) -> None:
    assert not split_name(name).sure


def test_of_an_ambiguous_name_only_the_first_word_is_ticked() -> None:
    told = life("My name is Anna Maria Keller.")
    rows = asked(told, of("name"), *PARTS)
    assert [row.value for row in rows] == ["Anna Maria Keller", "Anna", "Maria", "Keller"]
    assert [row.ticked for row in rows] == [True, True, False, False]
    assert rows[3].reason == "ambiguous"


def test_a_part_that_was_told_settles_the_rest() -> None:
    told = life("My name is María García López.", "My last name is García López.")
    assert filled(told, *PARTS) == ["María", None, "García López"]
    told = life("My name is Anna Maria Keller.", "My last name is Keller.")
    assert filled(told, *PARTS) == ["Anna", "Maria", "Keller"]


def test_the_whole_is_made_of_its_parts() -> None:
    told = life("My first name is Jonas and my last name is de Vries.")
    (row,) = asked(told, of("name"))
    assert (row.value, row.reason, row.ticked) == ("Jonas de Vries", "joined", True)
    assert filled(life("My name is Jonas."), of("name"), *PARTS) == ["Jonas", "Jonas", None, None]
    assert filled(life("My last name is Keller."), of("name"), of("given-name")) == [None, None]


def test_a_new_family_name_is_in_the_whole_name_too() -> None:
    told = life("My name is Anna Keller.", "My last name is Weber now.")
    assert filled(told, of("name"), of("given-name"), of("family-name")) == ["Anna Weber", "Anna", "Weber"]


def test_titles() -> None:
    told = life("Please call me Dr. Keller.")
    assert filled(told, of("honorific-prefix"), of("honorific-prefix", options=["=Title", "Mr", "Dr"])) == [
        "Dr.",
        "Dr",
    ]
    assert filled(life("My name is Tom Ash Jr."), of("honorific-suffix"), of("family-name")) == ["Jr", "Ash"]


def test_a_salutation_that_goes_with_the_sex_is_left_to_the_person() -> None:
    told = life("I'm male.")
    (row,) = asked(told, of("honorific-prefix", options=["=Anrede", "1=Frau", "2=Herr"]))
    assert (row.value, row.ticked, row.reason) == ("2", False, "from_sex")
    assert asked(told, of("honorific-prefix"))[0].value is None
    told = life("I'm a woman.")
    assert asked(told, of("honorific-prefix", options=["Mr", "Mrs", "Ms"]))[0].value is None


def test_a_nickname_only_where_there_is_one() -> None:
    assert filled(life("People call me Jo."), of("nickname")) == ["Jo"]
    assert filled(life("People call me Jo.", "My nickname is Bear."), of("nickname")) == [None]
    assert filled(life("People call me Jo."), of("phonetic-given-name")) == [None]


def test_where_the_list_has_no_titles_the_salutation_is_looked_up() -> None:
    told = life("Please call me Dr. Keller.", "I'm a woman.")
    (row,) = asked(told, of("honorific-prefix", options=["=", "h=Herr", "f=Frau"]))
    assert (row.value, row.ticked) == ("f", False)


@pytest.mark.parametrize("label", ["Tussenv.", "Tussenvoegsel", "Namensvorsatz"])
def test_the_particle_of_a_family_name_is_no_middle_name(label: str) -> None:
    ruth = life("My name is Helena Ruth Sandqvist.", "My middle name is Ruth.")
    fields = (of("additional-name", label=label), of("family-name", label="Achternaam"))
    assert [row.value for row in asked(ruth, *fields)] == [None, "Sandqvist"]
    assert filled(life("My name is Jonas de Vries."), *fields) == ["de", "Vries"]
    assert filled(life("My name is Jonas de Vries."), fields[1]) == ["de Vries"]
