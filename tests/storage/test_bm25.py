"""The ranking is FTS5's own BM25, to the last digits, whatever happened to the vault."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from second_me.core.ports import Scope
from second_me.storage.index.terms import quoted
from second_me.storage.rows import fetch, fetch_first
from tests.storage.conftest import START, Kit, make, turn

WORDS = "apples pears plums cherries quinces running walked dörfer 12 苹果 梨子 樱桃 सेब नाशपाती كتاب".split()
QUERIES = (["apples"], ["pear", "run"], ["dorfer", "12", "plum"], ["सेब", "walk", "none"], ["苹果", "樱桃"])


def by_fts5(kit: Kit, terms: list[str], table: str) -> dict[int, float]:
    match = " OR ".join(quoted(term) for term in terms)
    with kit.vault.reading() as db:
        return dict(fetch(db, f"SELECT rowid, -rank FROM {table} WHERE {table} MATCH ?", (match,)))


def check_all(kit: Kit) -> None:
    for terms in QUERIES:
        expected = by_fts5(kit, terms, "bigrams" if terms[0] > "\u3000" else "words")
        hits = kit.words.search(terms, Scope(), 10_000)
        assert {hit.seq: hit.score for hit in hits} == pytest.approx(expected, rel=1e-9)
        assert [hit.seq for hit in hits] == [
            seq for seq, _ in sorted(((hit.seq, hit.score) for hit in hits), key=lambda each: (-each[1], each[0]))
        ]  # fmt: skip
        assert kit.words.search(terms, Scope(), 7) == hits[:7]


def live(folder: Path, seed: int, steps: int) -> None:
    kit, dice = make(folder), random.Random(seed)
    ids: list[str] = []
    for step in range(steps):
        match dice.randrange(6):
            case 0 | 1:
                text = " ".join(dice.choices(WORDS, k=dice.randrange(1, 400)))
                ids.append(kit.say(text, minutes=step).memory_id)
            case 2:
                texts = (" ".join(dice.choices(WORDS, k=9)) for _ in range(20))
                kit.episodes.append_many([turn(t, f"import/{step}", n) for n, t in enumerate(texts)], START)
            case 3 if ids:
                kit.episodes.hide(dice.choice(ids), START)
            case 4 if ids:
                kit.episodes.restore(dice.choice(ids))
            case 5 if ids:
                kit.episodes.erase([ids.pop(dice.randrange(len(ids)))])
        if dice.random() < 0.5:
            check_all(kit)
    check_all(kit)
    kit = kit.again()
    check_all(kit)
    kit.vault.close()


def test_the_ranking_is_that_of_fts5(tmp_path: Path) -> None:
    live(tmp_path / "vault", seed=1, steps=30)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_the_ranking_is_that_of_fts5_often(tmp_path: Path, seed: int) -> None:
    live(tmp_path / "vault", seed, steps=150)


def test_what_was_undone_is_not_counted(kit: Kit) -> None:
    kit.episodes.append_many([turn("apples and pears", minutes=n, source_id=str(n)) for n in range(9)], START)
    check_all(kit)
    with pytest.raises(ZeroDivisionError), kit.vault.writing():
        kit.say("apples")
        assert len(kit.words.search(["apples"], Scope(), 20)) == 10
        _ = 1 // 0
    check_all(kit)
    kit.say("only apples")
    check_all(kit)


def test_keys_that_were_written_anew_have_new_lengths(kit: Kit) -> None:
    kit.episodes.append_many([turn("apples and pears", minutes=n, source_id=str(n)) for n in range(9)], START)
    check_all(kit)
    with kit.vault.writing() as db:
        db.execute("UPDATE words SET key = 'apples ' || key WHERE rowid = 3")
    check_all(kit)


def test_two_ask_while_a_third_tells(kit: Kit) -> None:
    kit.episodes.append_many(
        [turn("apples and pears", minutes=n, source_id=str(n)) for n in range(500)], START
    )
    found: list[int] = []
    with ThreadPoolExecutor(3) as pool:
        told = pool.submit(lambda: [kit.say("apples", minutes=n).memory_id for n in range(40)])
        asked = [
            pool.submit(lambda: [len(kit.words.search(["apples"], Scope(), 999)) for _ in range(60)])
            for _ in "ab"
        ]
        ids = told.result()
        for each in asked:
            counts = each.result()
            assert counts == sorted(counts)
            found += counts
    assert min(found) >= 500
    kit.episodes.erase(ids)
    assert len(kit.words.search(["apples"], Scope(), 999)) == 500
    check_all(kit)


def test_equal_scores_come_in_the_order_of_telling_and_are_cut_off_so(kit: Kit) -> None:
    kit.episodes.append_many([turn("apples", minutes=n, source_id=str(n)) for n in range(50)], START)
    assert [hit.seq for hit in kit.words.search(["apples"], Scope(), 20)] == list(range(1, 21))
    with kit.vault.reading() as db:
        assert len(fetch_first(db, "SELECT rowid FROM words")) == 50
