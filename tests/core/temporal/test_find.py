"""Times are found where they are, mean what they mean, and nothing raises."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import time_expressions as benchmark
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import ExpressionKind, Grain
from second_me.core.temporal.triggers import LEXICONS, language_of

NOW = datetime(2023, 5, 10, 14, 30)
DATA = Path(benchmark.DATA)


def test_the_table_of_expressions_is_read_and_no_date_is_seen_where_none_is() -> None:
    found = benchmark.measure(DATA)
    assert found["accuracy"]["en"]["total"] >= 170
    assert found["accuracy"]["en"]["share"] >= 0.95
    for language in ("de", "fr", "es", "zh", "hi"):
        assert found["accuracy"][language]["total"] >= 30
        assert found["accuracy"][language]["share"] >= 0.9
    assert found["sentences_without"] >= 100
    assert len(found["false"]) <= 0.02 * found["sentences_without"]


def test_the_judge_does_not_take_a_wrong_span_or_one_too_many_for_a_hit() -> None:
    row = {
        "kind": "point",
        "spans": [{"start": "2023-05-07T00:00:00", "end": "2023-05-08T00:00:00", "grain": "day"}],
    }
    assert benchmark.hit(row, expressions("We met on 7 May 2023.", NOW))
    assert not benchmark.hit(row, expressions("We met on 8 May 2023.", NOW))
    assert not benchmark.hit(row, expressions("We met in May 2023.", NOW))
    assert not benchmark.hit(row, expressions("We met on 7 May 2023 and left last week.", NOW))
    assert not benchmark.hit(row, ())


@pytest.mark.parametrize(
    "text",
    [
        "We met on 31 February 2023.",
        "We met on 2023-13-45.",
        "It was on 0000-01-01.",
        "The 40th of May 2023 does not exist.",
        "It was 9999 years ago.",
        "In 9999 years the sun will shine.",
        "On 29 February 2023 nothing happened.",
        "At 27:99 we left.",
    ],
)
def test_what_is_no_date_gives_no_day(text: str) -> None:
    assert not [span for each in expressions(text, NOW) for span in each.spans if span.grain is Grain.DAY]


def test_an_expression_stands_where_it_says() -> None:
    text = "Yes — she called last Tuesday, I think."
    (found,) = expressions(text, NOW)
    assert (found.quote, text[found.start : found.end]) == ("last Tuesday", "last Tuesday")
    assert not found.absolute


def test_the_tense_decides_which_friday_and_which_may() -> None:
    (past,) = expressions("On Friday I saw the dentist.", NOW)
    (future,) = expressions("On Friday I will see the dentist.", NOW)
    assert past.spans[0].start == datetime(2023, 5, 5)
    assert future.spans[0].start == datetime(2023, 5, 12)
    (may,) = expressions("We will marry in April.", NOW)
    assert may.spans[0].start == datetime(2024, 4, 1)


def test_a_date_with_its_year_is_absolute() -> None:
    assert all(each.absolute for each in expressions("From 3 to 5 May 2021, and in 2019.", NOW))
    assert not any(each.absolute for each in expressions("We met on 3 May and two days ago.", NOW))


def test_a_weekday_beside_a_date_tells_the_year() -> None:
    (found,) = expressions("I have an appointment on Thursday, May 18.", NOW)
    assert found.spans[0].start == datetime(2023, 5, 18)


def test_a_date_of_another_language_is_read_when_it_is_whole() -> None:
    (found,) = expressions("Ci siamo incontrati il 7 maggio 2023 al lago.", NOW)
    assert found.spans[0].start == datetime(2023, 5, 7)
    assert expressions("Sprzedano 12 sztuk 2023", NOW) == ()


def test_a_text_without_a_word_of_time_is_put_aside() -> None:
    assert language_of("I really like the way you cooked that pasta.", None) is None
    assert language_of("我很喜欢你做的意大利面", None) is None
    assert language_of("Ich war letzte Woche krank.", None) == "de"
    assert language_of("La semaine dernière j'étais malade.", None) == "fr"
    assert language_of("La semana pasada estuve enfermo.", None) == "es"


_PIECES = sorted({word for lexicon in LEXICONS.values() for word in lexicon.words}) + [
    "31", "0", "2023", "1999", "29", "3-5", "12/31", "2023-02-30", "99:99", "Q9", "'00", "0s", ",", ".", "\n", "I",
    "moved", "weeks", "9999999999", "ago", "from", "to", "the", "second", "February", "before", "after", "last",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12), st.datetimes())
def test_no_heap_of_time_words_raises(pieces: list[str], now: datetime) -> None:
    _sound(" ".join(pieces), now)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from([*LEXICONS, None]))
def test_no_text_raises(text: str, language: str | None) -> None:
    _sound(text, NOW, language)


def _sound(text: str, now: datetime, language: str | None = None) -> None:
    end = 0
    for each in expressions(text, now, language):
        assert each.quote == text[each.start : each.end]
        assert each.start >= end or each.kind is ExpressionKind.ANCHORED
        end = max(end, each.start)
        assert all(span.start < span.end for span in each.spans)
