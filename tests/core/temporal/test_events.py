"""Which times a memory tells of."""

from __future__ import annotations

from datetime import datetime

from second_me.core.recall.date_words import time_words
from second_me.core.recall.keys import search_key
from second_me.core.temporal.events import MOST, read_times
from second_me.core.temporal.find import LONG, expressions
from second_me.core.temporal.spans import Grain, Span

SPOKEN = datetime(2023, 5, 8, 13, 56)


def test_times_stand_where_they_were_read_each_once() -> None:
    text = "Yesterday we met. Yesterday, and in 2019, for three weeks, two days after the wedding."
    found = read_times(text, SPOKEN)
    assert [text[each.quote_start : each.quote_end] for each in found] == ["Yesterday", "2019"]


def test_a_long_text_is_read_in_pieces_at_their_places() -> None:
    filler = "Nothing of note was there to be said about it. " * 60
    text = f"{filler}We met on 3 May 2021. {filler}We met on 4 May 2021."
    assert len(text) > 3 * LONG
    found = expressions(text, SPOKEN)
    assert [text[each.start : each.end] for each in found] == ["3 May 2021", "4 May 2021"]
    assert len(read_times("x" * (3 * LONG), SPOKEN)) == 0
    calendar = " ".join(f"On {day} May {year}." for year in range(2000, 2010) for day in range(1, 29))
    assert len(read_times(calendar, SPOKEN)) == MOST


def test_times_in_words() -> None:
    def span(start: str, end: str, grain: Grain) -> Span:
        return Span(datetime.fromisoformat(start), datetime.fromisoformat(end), grain)

    day = span("2023-05-07", "2023-05-08", Grain.DAY)
    assert time_words([day]) == "7 May 2023"
    assert time_words([day], datetime(2023, 5, 7, 12)) == ""
    assert time_words([span("2023-05-01", "2023-05-08", Grain.WEEK)]) == "May 2023"
    assert time_words([span("2023-05-29", "2023-06-05", Grain.WEEK)]) == "May 2023 June 2023"
    assert time_words([span("2022-12-01", "2023-03-01", Grain.SEASON)]) == "winter 2022"
    assert time_words([span("2019-01-01", "2020-01-01", Grain.YEAR)]) == "2019"
    assert time_words([span("1990-01-01", "2000-01-01", Grain.DECADE)]) == "1990s"
    assert time_words([span("2021-05-03", "2021-05-06", Grain.DAY)]) == "3 May 2021 5 May 2021"


def test_the_key_of_a_memory_holds_the_dates_it_tells_of() -> None:
    assert "7 may 2023" in search_key("I went yesterday.", "Anna", SPOKEN).words
    assert "april 2023" in search_key("I went last month.", "Anna", SPOKEN).words
    assert "april" not in search_key("I went last month.", "Anna", None).words
