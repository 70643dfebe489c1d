"""Which of several values of one kind a field asks for."""

from __future__ import annotations

from tests.core.acting.life import asked, filled, life, of


def test_a_mother_tongue_is_not_the_language_to_write_in() -> None:
    field = of("language", label="Muttersprache")
    assert filled(life("My mother tongue is Dutch."), field, language="de") == ["Niederländisch"]
    assert filled(life("My preferred language is English."), field, language="de") == [None]


def test_a_school_is_where_one_learned() -> None:
    told = life("I work at Philips.", "I studied at Lund University.")
    rows = asked(told, of("organization", label="School or university"), of("organization", label="Company"))
    assert rows[0].value != "Philips" and rows[1].value == "Philips"
