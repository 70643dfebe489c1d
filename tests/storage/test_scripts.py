"""The index of pairs: found, hidden, erased; and what an older vault brings along."""

from __future__ import annotations

import pytest

from second_me.core.ports import Scope
from second_me.core.recall.keys import query_terms, spellings
from second_me.storage.rows import fetch_first
from tests.storage.conftest import START, Kit, turn

QUESTIONS = {
    "你住在伯尔尼吗": "我住在伯尔尼。",
    "เราไปเชียงใหม่เมื่อไร": "ปีที่แล้วไปเที่ยวเชียงใหม่",
    "여동생은 누구": "여동생의 이름은 지수",
}


def asked(kit: Kit, question: str) -> list[int]:
    terms = [way for ways in spellings(question, query_terms(question)).values() for way in ways]
    return [hit.seq for hit in kit.words.search(terms, Scope(), 9)]


def held(kit: Kit, table: str) -> list[int]:
    with kit.vault.reading() as db:
        return fetch_first(db, f"SELECT rowid FROM {table} ORDER BY rowid")


def leftovers(kit: Kit, text: str) -> list[str]:
    """The pairs of a text that any page still holds."""
    pages = kit.pages()
    return [text[at : at + 2] for at in range(len(text) - 1) if text[at : at + 2].encode() in pages]


def test_only_scripts_without_spaces_are_in_the_index_of_pairs(kit: Kit) -> None:
    kit.say("I live in Bern")
    chinese = kit.say("我住在伯尔尼")
    kit.say("मैं दिल्ली में रहता हूँ")
    mixed = kit.say("my iPhone在家")
    assert held(kit, "words") == [1, 2, 3, 4]
    assert held(kit, "bigrams") == [chinese.seq, mixed.seq]
    with kit.vault.reading() as db:
        assert [term for term in fetch_first(db, "SELECT term FROM words_terms") if term > "\u3000"] == []


def test_scores_of_both_indexes_are_added(kit: Kit) -> None:
    kit.episodes.append_many([turn(f"apples and 苹果 {n}", minutes=n) for n in range(9)], START)
    one, two = kit.say("only pears"), kit.say("pears 梨子")
    kit.say("只有梨子")
    hits = kit.words.search(["pears", "梨子"], Scope(), 9)
    alone = {
        term: {hit.seq: hit.score for hit in kit.words.search([term], Scope(), 9)}
        for term in ("pears", "梨子")
    }
    assert hits[0].seq == two.seq
    assert {hit.seq for hit in hits} == {one.seq, two.seq, two.seq + 1}
    assert hits[0].score == pytest.approx(alone["pears"][two.seq] + alone["梨子"][two.seq])


@pytest.mark.parametrize(("question", "text"), QUESTIONS.items())
def test_what_is_hidden_waits_with_its_pairs(kit: Kit, question: str, text: str) -> None:
    said, other = kit.say(text), kit.say("something else")
    assert asked(kit, question) == [said.seq]
    kit.episodes.hide(said.memory_id, START)
    assert asked(kit, question) == held(kit, "bigrams") == []
    assert held(kit, "shelf") == [said.seq]
    assert held(kit, "words") == [other.seq]
    kit.episodes.restore(said.memory_id)
    assert asked(kit, question) == held(kit, "bigrams") == [said.seq]
    assert held(kit, "shelf") == []


@pytest.mark.parametrize("hidden", [False, True])
def test_no_page_keeps_a_pair_that_was_erased(kit: Kit, hidden: bool) -> None:
    gone = kit.say("饕餮魑魅魍魉", speaker="貔貅")
    kit.episodes.append_many(
        [turn(f"我住在伯尔尼第{n}号", minutes=n, source_id=str(n)) for n in range(300)], START
    )
    if hidden:
        kit.episodes.hide(gone.memory_id, START)
    assert len(leftovers(kit, "饕餮魑魅魍魉")) == 5
    kit.episodes.erase([gone.memory_id])
    assert leftovers(kit, "饕餮魑魅魍魉") == leftovers(kit, "貔貅") == []
    assert gone.seq not in {*held(kit, "bigrams"), *held(kit, "words"), *held(kit, "shelf")}
    assert len(asked(kit, "伯尔尼")) == 9
