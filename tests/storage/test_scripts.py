"""The index of pairs: found, hidden, erased; and what an older vault brings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_me.core.ports import Scope
from second_me.core.recall.keys import KEY_VERSION, Key, query_terms, search_key, spellings
from second_me.storage import migrate
from second_me.storage.index import keyed
from second_me.storage.repositories.rekeying import Rekeying
from second_me.storage.rows import fetch, fetch_first
from second_me.storage.vault import create_vault, open_vault
from tests.storage.conftest import PASSPHRASE, QUICK, START, Kit, turn

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


OLD_KEYS = {
    "Köln, then Zanzibar": "Anna 1 March 2024 köln, then zanzibar",
    "我住在伯尔尼": "Anna 1 March 2024 我住在伯尔尼 我住 住在 在伯 伯尔 尔尼",
    "दिल्ली": "Anna 1 March 2024 दिल्ली",
}


def older_vault(folder: Path, copies: int = 1) -> None:
    """A vault of version 1 with the keys that it had, each text `copies` times, the last one hidden."""
    vault, _ = create_vault(folder, PASSPHRASE, QUICK, migrations=migrate.shipped()[:1])
    with vault.writing() as db:
        db.execute("INSERT INTO conversations VALUES ('notes', '', 'talk', '2024-03-01T09:00:00', NULL)")
        for number, (text, key) in enumerate(list(OLD_KEYS.items()) * copies, 1):
            shown = number < len(OLD_KEYS) * copies
            db.execute(
                "INSERT INTO episodes(memory_id, conversation, speaker, role, kind, text, spoken_at, recorded_at, "
                "session, placed_at, origin, remembered, shown) VALUES (?, 'notes', 'Anna', 'person', 'turn', ?, "
                "'2024-03-01T09:00:00', '2024-03-01T09:00:00', 1, '2024-03-01T09:00:00', 'talk', ?, ?)",
                (f"m_{number}", text, shown, shown),
            )
            table = "words(rowid, key)" if shown else "shelf(seq, key)"
            db.execute(f"INSERT INTO {table} VALUES (?, ?)", (number, key))
    vault.close()


def test_an_older_vault_is_searched_at_once_and_has_new_keys_later(tmp_path: Path) -> None:
    older_vault(tmp_path / "vault")
    kit = Kit(open_vault(tmp_path / "vault", passphrase=PASSPHRASE))
    assert kit.rekeying.version() == 1
    assert asked(kit, "住在伯尔尼") == [2]
    assert asked(kit, "Zanzibar") == [1]
    while kit.rekeying.rewrite():
        assert kit.rekeying.version() == 1
    assert kit.rekeying.version() == KEY_VERSION
    assert asked(kit, "住在伯尔尼") == [2]
    with kit.vault.reading() as db:
        assert fetch(db, "SELECT rowid, key FROM words") == [
            (1, "anna 1 march 2024 köln koeln then zanzibar"),
            (2, "anna 1 march 2024"),
        ]
        assert fetch(db, "SELECT rowid, key FROM bigrams") == [(2, "我住 住在 在伯 伯尔 尔尼 尼")]
        assert fetch(db, "SELECT seq, key, pairs FROM shelf") == [(3, "anna 1 march 2024 दिल्ल", "")]
    assert asked(kit, "Koeln") == [1]
    kit.episodes.set_remembered("m_3", True)
    assert asked(kit, "दिल्ली") == [3]
    kit.vault.close()


def test_keys_are_written_in_parts_that_go_on_where_they_were(tmp_path: Path) -> None:
    older_vault(tmp_path / "vault", copies=5)
    kit = Kit(open_vault(tmp_path / "vault", passphrase=PASSPHRASE))
    assert kit.rekeying.rewrite(4)
    kit = kit.again()
    said = kit.say("new words have a new key")
    assert kit.rekeying.rewrite(4)
    with kit.vault.reading() as db:
        old = fetch_first(db, "SELECT rowid FROM words WHERE key GLOB '*March*' ORDER BY rowid")
    assert old == list(range(9, 15))
    kit = kit.again()
    while kit.rekeying.rewrite(4):
        pass
    with kit.vault.reading() as db:
        assert fetch_first(db, "SELECT rowid FROM words WHERE key GLOB '*March*'") == []
        assert fetch_first(db, "SELECT key FROM settings") == ["keys"]
    assert asked(kit, "new words")[0] == said.seq
    assert not kit.rekeying.rewrite(4)
    kit.vault.close()


@pytest.mark.parametrize("rewritten", [0, 1, 2, 3, 99])
def test_nothing_of_an_old_key_survives_an_erasure(tmp_path: Path, rewritten: int) -> None:
    older_vault(tmp_path / "vault", copies=40)
    kit = Kit(open_vault(tmp_path / "vault", passphrase=PASSPHRASE))
    for _ in range(rewritten):
        kit.rekeying.rewrite(70)
    with kit.vault.reading() as db:
        gone = fetch_first(db, "SELECT memory_id FROM episodes WHERE text <> 'दिल्ली'")
    kit.episodes.erase(gone)
    pages = kit.pages()
    assert [word for word in ("zanzibar", "Zanzibar", "伯尔", "köln") if word.encode() in pages] == []
    assert "दिल्ल".encode() in pages
    kit.vault.close()


def test_words_that_wait_for_the_merging_go_with_their_episode(tmp_path: Path) -> None:
    """While keys are rewritten, deleting is not secure: that must end when a batch fails, and with an erasure."""
    older_vault(tmp_path / "vault", copies=40)
    kit = Kit(open_vault(tmp_path / "vault", passphrase=PASSPHRASE))
    assert kit.rekeying.rewrite(60)

    def broken(text: str, speaker: str, spoken_at: object) -> Key:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Rekeying(kit.vault, broken, KEY_VERSION).rewrite(10)
    said = kit.say("quokka 饕餮")
    kit.episodes.erase([said.memory_id, "m_1"])
    kit.episodes.erase([kit.say("numbat").memory_id])
    pages = kit.pages()
    assert [word for word in ("quokka", "numbat", "饕餮") if word.encode() in pages] == []
    with kit.vault.reading() as db:
        for table in ("words", "bigrams"):
            assert ("secure-delete", 1) in fetch(db, f"SELECT k, v FROM {table}_config")
    while kit.rekeying.rewrite(60):
        pass
    kit.episodes.erase([kit.say("bilby").memory_id])
    assert b"bilby" not in kit.pages()
    kit.vault.close()


def test_a_row_of_pairs_that_a_new_key_has_none_for_goes(kit: Kit) -> None:
    bahts, empty, chinese = kit.say("5฿"), kit.say("…", speaker="", minutes=None), kit.say("我住在伯尔尼")
    with kit.vault.writing() as db:
        db.execute("INSERT INTO bigrams(rowid, key) VALUES (?, 'Anna 5฿')", (bahts.seq,))
        keys = {said.seq: search_key(said.text, said.speaker, None) for said in (bahts, empty, chinese)}
        keyed.rewrite(db, keys)
    assert held(kit, "bigrams") == [chinese.seq]
    assert held(kit, "words") == [1, 2, 3]
    assert asked(kit, "住在伯尔尼") == [chinese.seq]
