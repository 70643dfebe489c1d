"""Patterns of fields are judged in time that grows with the text, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.acting.forms import Field
from second_me.core.acting.values.fitting import fits
from second_me.core.acting.values.patterns import matches


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\d{5}", "10115", True),
        (r"\d{5}", "1011", False),
        (r"^\d{4} ?[A-Za-z]{2}$", "3511 AP", True),
        (r"[0-9]{1,3}|x+", "xx", True),
        (r"(?:ab|cd)+", "abcdab", True),
        (r"[^0-9]*", "abc4", False),
        (r"[A-Za-zÀ-ÖØ-öø-ÿ\-\s\'’]*", "O’Neill-Müller", True),
        (r"\+?[\d\s]+", "+31 6", True),
        (r"[\u0041-\x43]+", "ABC", True),
        (r"a{2,3}", "aaaa", False),
        (r"a*?b", "aab", True),
        (r".", "\n", False),
        (r"a?", "", True),
    ],
)
def test_what_is_understood_is_judged(pattern: str, text: str, found: bool) -> None:
    assert matches(pattern, text) is found


@pytest.mark.parametrize(
    "pattern",
    [
        "", "(?=a)a", "(?!a)b", r"(a)\1", r"\p{L}+", "[", "(", ")", "a**", "a{2", "{2}", "*", "[a&&b]", "a{9999}",
        "[z-a]", r"\u12", "a^b", "a$b", "(" * 400, "((((a{99}){99}){99}){99})",
        "a" * 500, "(?<name>a)", "a{3,2}", r"[\d-z]",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_judged(pattern: str) -> None:
    assert matches(pattern, "a") is None
    assert fits(Field(0, pattern=pattern), "a")


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*", "(a|aa)+", "(.*a){12}", "((a*)*)*", "(a?){60}a{60}"])
def test_a_pattern_that_is_made_to_take_for_ever_does_not(pattern: str) -> None:
    assert matches(pattern, "a" * 2000 + "!") is False


PARTS = st.sampled_from(["a", "b", r"\d", "[ab]", "[^a]", ".", "(a|b)", "(?:ab)", "a|b", ""])
COUNTS = st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])


@given(st.lists(st.tuples(PARTS, COUNTS), max_size=5), st.text(alphabet="ab1", max_size=8))
def test_it_judges_as_the_library_does(parts: list[tuple[str, str]], text: str) -> None:
    pattern = "".join(part + count for part, count in parts if part or not count)
    try:
        compiled = re.compile(pattern, re.ASCII)
    except re.error:
        return
    judged = matches(pattern, text)
    assert judged is None or judged is (compiled.fullmatch(text) is not None)


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_pattern_breaks_it(pattern: str, text: str) -> None:
    assert matches(pattern, text) in (True, False, None)


def test_a_texts_length_is_counted_as_the_page_counts() -> None:
    assert fits(Field(0, maxlength=2), "\N{SNAKE}") and not fits(Field(0, maxlength=1), "\N{SNAKE}")
    assert not fits(Field(0), "a\nb") and fits(Field(0, tag="textarea", kind="textarea"), "a\nb")
