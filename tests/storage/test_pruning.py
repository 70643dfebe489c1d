"""Common words give way to rare ones, and counting fetches nothing."""

from __future__ import annotations

import numpy as np
import pytest

from second_me.core.memory.episodes import Role
from second_me.core.ports import Scope
from second_me.storage.index.full_text import FullText
from tests.storage.conftest import START, Kit, turn

ALL = Scope()


def fill(kit: Kit) -> None:
    """100 with `apples`, 40 of them with `pears`, 5 with `plums`; two conversations in turn."""
    texts = [
        "apples" + (" pears" if n % 5 < 2 else "") + (" plums" if n % 20 == 1 else "") for n in range(100)
    ]
    kit.episodes.append_many(
        [turn(text, f"import/{n % 2}", n, source_id=str(n)) for n, text in enumerate(texts)], START
    )


def found(words: FullText, terms: list[str], scope: Scope = ALL) -> int:
    return len(words.search(terms, scope, 1000))


@pytest.mark.parametrize(
    ("most", "terms", "episodes"),
    [
        (None, ["apples", "plums", "pears"], 100),
        (145, ["apples", "plums", "pears"], 100),
        (144, ["apples", "plums", "pears"], 40),
        (45, ["apples", "plums", "pears", "nothing"], 40),
        (44, ["apples", "plums", "pears"], 5),
        (1, ["apples", "plums", "pears"], 5),
        (1, ["apples"], 100),
        (1, ["nothing", "apples"], 100),
        (1, ["nothing"], 0),
    ],
)
def test_the_rarest_words_are_looked_for(kit: Kit, most: int | None, terms: list[str], episodes: int) -> None:
    fill(kit)
    assert found(FullText(kit.vault, most), terms) == episodes


def test_a_small_scope_is_searched_for_every_word(kit: Kit) -> None:
    fill(kit)
    kit.episodes.append_many([turn("apples", "other", n, source_id=str(n)) for n in range(200)], START)
    words = FullText(kit.vault, 100)
    assert found(words, ["plums", "apples"]) == 5
    assert found(words, ["plums", "apples"], Scope(conversation="import/1")) == 50


def test_frequencies_count_what_can_be_found(kit: Kit) -> None:
    fill(kit)
    kit.say("I asked about plums", role=Role.ASSISTANT)
    hidden = kit.say("plums that are hidden")
    kit.episodes.hide(hidden.memory_id, START)
    question = kit.say("which plums?")
    terms = ["apple", "plum", "pears", "nothing", "dried plums", "pl*", "p*", "梨"]
    counts = kit.words.frequencies(terms, ALL)
    assert counts == {
        "apple": 100, "plum": 6, "pears": 40, "nothing": 0, "dried plums": 0, "pl*": 6, "p*": 41, "梨": 0
    }  # fmt: skip
    without = Scope(exclude=frozenset({question.memory_id, "m_nothing"}))
    assert kit.words.frequencies(["plums", "which"], without) == {"plums": 5, "which": 0}
    scope = Scope(conversation="import/1")
    assert kit.words.frequencies(["apples", "plums", "pears"], scope) == {
        "apples": 50,
        "plums": 5,
        "pears": 20,
    }
    assert kit.words.frequencies(["apples"], Scope(conversation="import/9")) == {"apples": 0}
    assert kit.words.frequencies([], ALL) == {}


def test_counts_postings_and_sizes_agree_in_every_scope(kit: Kit) -> None:
    fill(kit)
    kit.say("我有苹果 apples")
    some = [kit.episodes.by_seq([seq])[seq].memory_id for seq in (1, 2, 30)]
    scopes = [
        ALL,
        Scope(exclude=frozenset(some)),
        Scope(conversation="import"),
        Scope(conversation="import/0", exclude=frozenset(some)),
        Scope(after=START.replace(minute=30)),
    ]
    for scope in scopes:
        terms = ["apples", "pears", "苹果", "none"]
        postings = kit.words.postings(terms, scope, 1000)
        assert {term: len(seqs) for term, seqs in postings.items()} == kit.words.frequencies(terms, scope)
        assert all(seqs.dtype == np.int64 and np.all(np.diff(seqs) > 0) for seqs in postings.values())
        assert kit.words.size(scope) == len(kit.episodes.timeline(None, 999, scope))
        assert len(postings["apples"]) == found(kit.words, ["apples"], scope) == kit.words.size(scope)


def test_the_size_follows_what_is_said_hidden_and_erased(kit: Kit) -> None:
    fill(kit)
    assert kit.words.size(ALL) == 100
    said = kit.say("one more")
    assert kit.words.size(ALL) == 101
    kit.episodes.hide(said.memory_id, START)
    assert kit.words.size(ALL) == 100
    assert kit.words.size(Scope(exclude=frozenset({said.memory_id}))) == 100
    kit.episodes.restore(said.memory_id)
    kit.episodes.erase([said.memory_id])
    assert kit.words.size(ALL) == 100
