from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.extracts import LONGEST, Sentence, best, extract, sentences_of, weigh
from second_me.core.recall.keys import query_terms

AT = datetime(2024, 3, 1, 9)


def turn(seq: int, text: str, role: Role = Role.OTHER) -> Episode:
    return Episode(f"m_{seq}", seq, "talk", None, "Anna", role, Kind.TURN, text, AT, AT, 1)


def told(*texts: str, role: Role = Role.OTHER) -> list[Sentence]:
    return [each for seq, text in enumerate(texts, 1) for each in sentences_of(turn(seq, text, role), seq)]


class Counted:
    """How rare words are among texts: a word of every third text tells nothing."""

    def __init__(self, *texts: str) -> None:
        self._texts = len(texts)
        self._counts = Counter(term for text in texts for term in set(query_terms(text)))

    def __call__(self, terms: Iterable[str]) -> dict[str, float]:
        found = {term: self._counts[term] for term in terms}
        common = max(1, self._texts // 3)
        return {t: math.log(1 + self._texts / (n + 0.5)) if n <= common else 0.0 for t, n in found.items()}


TALK = (
    "Hey Mel! Good to see you! How have you been?",
    "Hey Caroline! I'm swamped with the kids and work. What's up with you?",
    "I went to a support group in Lyon yesterday and it was powerful.",
    "Wow, that's so great, Caroline! You are amazing.",
    "Thanks, Mel! They were kind. I painted a lake sunrise last year for my grandmother.",
    "What a lovely picture! You did a great job. Did you sell it?",
)


def test_what_stands_for_a_talk_is_what_was_told() -> None:
    chosen = [each.text for each in extract(told(*TALK), 3, Counted(*TALK))]
    assert set(chosen[:2]) == {
        "I painted a lake sunrise last year for my grandmother.",
        "I went to a support group in Lyon yesterday and it was powerful.",
    }
    assert not {"Hey Mel!", "Good to see you!", "How have you been?", "You are amazing."} & set(chosen)


def test_sentences_are_verbatim_places_of_their_episodes() -> None:
    for each in told(*TALK):
        assert TALK[each.seq - 1][each.start : each.end] == each.text == each.text.strip()


@pytest.mark.parametrize(
    ("talk", "best_one"),
    [
        (
            (
                "Hallo Jonas! Wie geht es dir?",
                "Ich habe gestern in Bern eine Werkstatt für Geigen eröffnet.",
                "Das ist ja toll! Du bist großartig.",
            ),
            "Ich habe gestern in Bern eine Werkstatt für Geigen eröffnet.",
        ),
        (
            ("你好！你最近怎么样？", "我昨天在上海买了一把小提琴。", "太好了！你真棒。"),
            "我昨天在上海买了一把小提琴。",
        ),
        (
            ("नमस्ते! आप कैसे हैं?", "मैंने कल दिल्ली में एक पुराना सितार खरीदा।", "बहुत अच्छा!"),
            "मैंने कल दिल्ली में एक पुराना सितार खरीदा।",
        ),
        (
            ("مرحبا! كيف حالك؟", "اشتريت أمس عودا قديما من دمشق.", "رائع!"),
            "اشتريت أمس عودا قديما من دمشق.",
        ),
    ],
)
def test_any_language(talk: tuple[str, ...], best_one: str) -> None:
    assert [each.text for each in extract(told(*talk), 1, Counted(*talk))] == [best_one]


def test_no_sentence_is_taken_twice_and_repetitions_come_last() -> None:
    talk = (
        "I bought a violin in Lyon for my sister.",
        "I bought a violin in Lyon for my sister.",
        "My boss moved the launch of the rocket to October.",
    )
    chosen = extract(told(*talk), 9, Counted(*talk, *["x"] * 9))
    assert [each.seq for each in chosen].index(3) < 2
    assert len(chosen) == len(set(chosen)) == 3


def test_what_the_person_told_weighs_more() -> None:
    rarity = Counted("I repaired the bicycle in Bern", *["x"] * 5)
    mine = weigh(told("I repaired the bicycle in Bern", role=Role.PERSON), rarity).tells
    assert mine[0] > weigh(told("I repaired the bicycle in Bern"), rarity).tells[0]


def test_a_group_alone() -> None:
    weighed = weigh(told(*TALK), Counted(*TALK))
    assert {each.seq for each in best(weighed, 5, group=5)} == {5}
    assert best(weighed, 5, group=99) == []


def test_a_sentence_without_an_end_is_cut_at_spaces() -> None:
    text = "we walked and walked " * 100
    pieces = sentences_of(turn(1, text), 0)
    assert all(len(each.text) <= LONGEST for each in pieces)
    assert " ".join(each.text for each in pieces).split() == text.split()
    assert all(len(each.text) <= LONGEST for each in sentences_of(turn(1, "字" * 1000), 0))


def test_nothing_that_tells_something_is_no_extract() -> None:
    assert extract([], 3, Counted()) == []
    assert extract(told("!!!", "?"), 3, Counted("!!!", "?")) == []
    assert extract(told(*TALK), 0, Counted(*TALK)) == []
    assert extract(told("hello hello", "hello"), 3, lambda terms: dict.fromkeys(terms, 0.0)) == []


def test_a_book_is_no_trouble() -> None:
    text = " ".join(f"The traveller number{n} saw the town{n % 50} and left." for n in range(2000))
    assert len(extract(told(text), 8, Counted(text, *["x"] * 9))) == 8


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=80), max_size=12), st.integers(0, 6))
def test_extracts_of_anything(texts: list[str], most: int) -> None:
    sentences = told(*texts)
    chosen = extract(sentences, most, Counted(*texts))
    assert len(chosen) <= most
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= set(sentences)
    assert chosen == extract(sentences, most, Counted(*texts))


def test_the_library_brings_no_network() -> None:
    """Summaries are made of private words: what makes them must not be able to speak to anybody."""
    code = (
        "import sys, numpy; before = set(sys.modules); import rustworkx;"
        "print({m.split('.')[0] for m in set(sys.modules) - before} & "
        "{'socket', 'ssl', 'http', 'urllib', 'requests', 'urllib3', 'httpx', 'asyncio', 'nltk'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
