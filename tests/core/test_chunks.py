"""Long texts are cut so that nothing is lost and nothing is too long for the embedder."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.chunks import MOST_TOKENS, OVERLAP_TOKENS, estimated_tokens, split

LETTERS = st.sampled_from(
    ["word ", "a", ". ", "!\n", "。", "記憶", "ä", "😀", "?", " ", "\n\n", "नमस्ते ", "x" * 90]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(LETTERS, max_size=900).map("".join))


@given(TEXTS)
def test_spans_cover_the_text_in_order(text: str) -> None:
    spans = split(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    for (start, end), (next_start, next_end) in pairwise(spans):
        assert start < next_start <= end < next_end


@given(TEXTS)
def test_no_span_is_longer_than_the_embedder_reads(text: str) -> None:
    assert all(estimated_tokens(text[start:end]) <= MOST_TOKENS for start, end in split(text))


@given(TEXTS)
def test_what_two_pieces_share_is_short(text: str) -> None:
    spans = split(text)
    for (_, end), (start, _) in pairwise(spans):
        assert estimated_tokens(text[start:end]) <= OVERLAP_TOKENS


def test_a_short_text_is_one_piece() -> None:
    assert split("I moved to Bern. It rains.") == [(0, 26)]


def test_an_empty_text_is_one_empty_piece() -> None:
    assert split("") == [(0, 0)]


def test_pieces_end_where_sentences_end() -> None:
    text = "The boiler was repaired by a man from Thun today. " * 40
    spans = split(text)
    assert len(spans) > 2
    assert all(text[start:end].rstrip().endswith("today.") for start, end in spans)


def test_a_sentence_without_an_end_is_cut_by_length() -> None:
    spans = split("x" * 5000)
    assert [end - start for start, end in spans[:-1]] == [MOST_TOKENS * 4] * (len(spans) - 1)


def test_a_long_text_without_spaces_is_cut_by_its_letters() -> None:
    text = "我搬到了伯尔尼。" * 200
    spans = split(text)
    assert len(spans) >= len(text) / MOST_TOKENS
    assert all(text[start:end].endswith("。") for start, end in spans)


def test_a_letter_of_a_script_without_spaces_is_a_token() -> None:
    assert estimated_tokens("記憶") == 2
    assert estimated_tokens("memory") == 2
    assert estimated_tokens("") == 0
