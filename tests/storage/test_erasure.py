from __future__ import annotations

import random
import string
from datetime import timedelta
from pathlib import Path

import pytest

from second_me.core.memory.episodes import AnswerRecord, Citation, Episode, Role
from second_me.core.ports import Scope
from second_me.storage import migrate
from second_me.storage.files import VaultFiles
from second_me.storage.repositories.feedback import Verdict
from second_me.storage.rows import fetch
from second_me.storage.vault import open_vault
from tests.storage.conftest import PASSPHRASE, START, Kit, direction, make, turn
from tests.storage.test_vault import NEXT


def answered(kit: Kit, question: Episode, text: str, sources: list[Episode], cited: list[Episode]) -> Episode:
    answer = kit.say(text, role=Role.ASSISTANT, speaker="Second Me")
    citations = tuple(Citation(n, each.memory_id, each.text) for n, each in enumerate(cited, 1))
    considered = tuple(each.memory_id for each in sources)
    record = AnswerRecord(
        answer.memory_id, question.memory_id, "question", "model", False, False, "m", 5, citations, considered
    )
    kit.conversations.keep_answer(record, [each.memory_id for each in sources])
    return answer


def leftovers(kit: Kit, texts: list[str]) -> list[str]:
    pages = kit.pages()
    return [text for text in texts if text.encode() in pages]


def test_everything_that_was_made_of_a_memory_goes_with_it(kit: Kit) -> None:
    secret = kit.say("my zanzibar account is quokka", conversation="notes")
    other = kit.say("I like tea", conversation="notes")
    question = kit.say("which account do I have?")
    first = answered(kit, question, "You have the zanzibar one [1].", [secret, other], [secret])
    again = kit.say("and repeat that?", minutes=1)
    second = answered(kit, again, "Once more: zanzibar.", [first], [])
    third = answered(kit, kit.say("tea?", minutes=2), "You like tea [1].", [other], [other])
    kit.conversations.rename("talk-1", "The zanzibar account", secret.memory_id)
    kit.feedback.add(Verdict(first.memory_id, secret.memory_id, "wrong zanzibar", START))
    kit.embed_all()

    expected = kit.episodes.preview_erasure([secret.memory_id, "m_nothing"])
    receipt = kit.episodes.erase([secret.memory_id, "m_nothing"])
    assert receipt == expected
    assert receipt.memories == (secret.memory_id,)
    assert set(receipt.answers) == {first.memory_id, second.memory_id}
    assert receipt.missing == ("m_nothing",)
    assert (receipt.chunks, receipt.vectors, receipt.titles) == (1, 1, 1)

    assert [each.text for each in kit.conversations.turns("talk-1")] == [
        "which account do I have?",
        "and repeat that?",
        "tea?",
        "You like tea [1].",
    ]
    talk = kit.conversations.get("talk-1")
    assert talk is not None
    assert talk.title == ""
    assert kit.conversations.answers([first.memory_id, second.memory_id, third.memory_id]).keys() == {
        third.memory_id
    }
    assert kit.feedback.about(first.memory_id) == []
    assert leftovers(kit, ["zanzibar", "quokka", secret.memory_id, first.memory_id]) == []
    assert kit.audit.entries(1)[0]["action"] == "erase"
    kit = kit.again()
    assert leftovers(kit, ["zanzibar", "quokka"]) == []
    assert kit.episodes.preview_erasure([secret.memory_id]).missing == (secret.memory_id,)
    kit.vault.close()


def test_an_answer_goes_with_its_question_and_a_name_typed_by_the_person_stays(kit: Kit) -> None:
    question = kit.say("I moved to Bern")
    answer = answered(kit, question, "Noted: you moved to Bern.", [], [])
    kit.conversations.rename("talk-1", "Bern", None)
    receipt = kit.episodes.erase([question.memory_id])
    assert receipt.answers == (answer.memory_id,)
    assert receipt.titles == 0
    talk = kit.conversations.get("talk-1")
    assert talk is not None
    assert (talk.title, talk.turns) == ("Bern", 0)


def test_an_erased_answer_leaves_its_sources(kit: Kit) -> None:
    source, question = kit.say("I like tea"), kit.say("tea?")
    answer = answered(kit, question, "You like tea.", [source], [source])
    receipt = kit.episodes.erase([answer.memory_id])
    assert (receipt.memories, receipt.answers) == ((), (answer.memory_id,))
    assert kit.episodes.count() == 2


def test_what_was_only_considered_forgets_the_id(kit: Kit) -> None:
    seen, used, question = kit.say("seen only"), kit.say("used"), kit.say("what?")
    answer = kit.say("used it", role=Role.ASSISTANT)
    record = AnswerRecord(
        answer.memory_id, question.memory_id, "question", "model", False, False, None, 5,
        considered=(seen.memory_id, used.memory_id),
    )  # fmt: skip
    kit.conversations.keep_answer(record, [used.memory_id])
    assert kit.episodes.erase([seen.memory_id]).answers == ()
    assert kit.conversations.answers([answer.memory_id])[answer.memory_id].considered == (used.memory_id,)


def test_an_empty_import_leaves_no_name(kit: Kit) -> None:
    said = kit.say("hello", conversation="Chat with Zanzibarella", origin="whatsapp")
    kit.episodes.erase([said.memory_id])
    assert kit.conversations.get("Chat with Zanzibarella") is None
    assert leftovers(kit, ["Zanzibarella", "zanzibarella"]) == []


def test_copies_made_before_migrations_go_too(kit: Kit) -> None:
    said = kit.say("hello")
    kit.vault.close()
    steps = [*migrate.shipped(), NEXT]
    kit = Kit(open_vault(kit.folder, passphrase=PASSPHRASE, migrations=steps))
    copies = VaultFiles(kit.folder).copies()
    assert len(copies) == 1
    assert kit.episodes.preview_erasure([said.memory_id]).migration_copies == 1
    assert kit.episodes.erase([said.memory_id]).migration_copies == 1
    assert VaultFiles(kit.folder).copies() == []
    kit.vault.close()


def test_deleted_for_thirty_days_is_erased(kit: Kit) -> None:
    old, recent, kept = (kit.say(f"{name} zanzibar") for name in ("old", "recent", "kept"))
    inside = kit.say("in the hidden talk", conversation="Zanzibar talk")
    kit.episodes.hide(old.memory_id, START)
    kit.episodes.hide(recent.memory_id, START + timedelta(days=20))
    kit.conversations.hide("Zanzibar talk", START)
    receipt = kit.episodes.purge_hidden(START + timedelta(days=10))
    assert set(receipt.memories) == {old.memory_id, inside.memory_id}
    assert kit.conversations.get("Zanzibar talk") is None
    assert kit.episodes.get(recent.memory_id) is not None
    assert kit.episodes.count() == 1
    assert leftovers(kit, ["old zanzibar", "in the hidden talk", "Zanzibar talk"]) == []
    assert kit.episodes.purge_hidden(START + timedelta(days=10)).memories == ()
    assert kept.memory_id == kit.episodes.timeline(None, 1, Scope())[0].memory_id


def nonsense(numbers: random.Random) -> str:
    return "".join(numbers.choices("bcdfghjklmnpqrtvwxz", k=12))


def erase_and_look(folder: Path, seed: int, size: int) -> None:
    """Of what was erased no word (whole, or without its first letters), no vector is in any page."""
    kit, numbers = make(folder), random.Random(seed)
    words = [[nonsense(numbers) for _ in range(3)] for _ in range(size)]
    filler = ["lorem", "ipsum", "dolor", *string.ascii_lowercase]
    source = [
        turn(" ".join(w for each in group for w in (each, *numbers.choices(filler, k=numbers.randrange(90)))),
             f"import/{n % 7}", n, source_id=str(n), origin="import")
        for n, group in enumerate(words)
    ]  # fmt: skip
    for at in range(0, size, 50):
        kit.episodes.append_many(source[at : at + 50], START)
        kit.embed_all()
    with kit.vault.reading() as db:
        ids: dict[int, str] = {
            number: memory_id
            for number, memory_id in fetch(db, "SELECT CAST(source_id AS INTEGER), memory_id FROM episodes")
        }
        chunks: dict[int, list[int]] = {}
        for number, chunk in fetch(
            db, "SELECT CAST(source_id AS INTEGER), chunk_id FROM episodes JOIN chunks USING (seq)"
        ):
            chunks.setdefault(number, []).append(chunk)
    order = list(range(size))
    numbers.shuffle(order)
    for number in order[: size // 4]:
        kit.episodes.hide(ids[number], START)
    for number in order[: size // 8]:
        kit.episodes.restore(ids[number])
    gone: list[int] = []
    for many in (1, 2, size // 10, size // 3):
        batch, order = order[:many], order[many:]
        kit.episodes.erase([ids[number] for number in batch])
        gone += batch
        pages = kit.pages()
        assert not [w for n in gone for w in words[n] for part in (w, w[:8], w[4:]) if part.encode() in pages]
        vectors = [direction(chunk).tobytes() for n in gone for chunk in chunks[n]]
        assert not [vector for vector in vectors if vector[:24] in pages or vector[-24:] in pages]
    assert [n for n in order if words[n][0].encode() not in pages] == []
    kit.vectors.use_embedder("test", 16)
    best = kit.vectors.search(direction(chunks[order[0]][0]), Scope(), 1) if order[0] > size // 4 else []
    assert not best or kit.episodes.by_seq([best[0].seq])[best[0].seq].memory_id == ids[order[0]]
    kit.vault.close()


def test_no_page_keeps_what_was_erased(tmp_path: Path) -> None:
    erase_and_look(tmp_path / "vault", seed=2, size=300)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_no_page_keeps_what_was_erased_often(tmp_path: Path, seed: int) -> None:
    erase_and_look(tmp_path / "vault", seed=seed, size=400 + 300 * seed)


def test_the_look_into_the_pages_finds_what_is_there(kit: Kit) -> None:
    kit.say("my zanzibar account")
    kit.embed_all()
    assert leftovers(kit, ["zanzibar"]) == ["zanzibar"]
    assert direction(1).tobytes() in kit.pages()


def test_vectors_of_every_embedder_go(kit: Kit) -> None:
    said = kit.say("hello")
    kit.embed_all()
    kit.vectors.use_embedder("another", 16)
    kit.vectors.store({chunk.chunk_id: direction(99) for chunk in kit.vectors.pending(9)})
    assert kit.episodes.erase([said.memory_id]).vectors == 2
    assert direction(1).tobytes() not in kit.pages()
    assert direction(99).tobytes() not in kit.pages()


def test_neighbouring_vectors_keep_their_places_when_a_block_of_them_goes(kit: Kit) -> None:
    """sqlite-vec keeps 1024 vectors a block; a block that was emptied must not move the others."""
    kit.episodes.append_many([turn(f"number {n}", minutes=n, source_id=str(n)) for n in range(2500)], START)
    kit.embed_all()
    turns = kit.episodes.timeline(None, 3000, Scope())
    by_seq = {each.seq: each.memory_id for each in turns}
    kit.episodes.erase([by_seq[seq] for seq in range(900, 2200)])
    kit = kit.again()
    kit.vectors.use_embedder("test", 16)
    for seq in (1, 500, 899, 2200, 2201, 2499):
        (best,) = kit.vectors.search(direction(seq), Scope(), 1)
        assert best.seq == seq
        assert best.score == pytest.approx(1, abs=1e-5)
    assert kit.vectors.search(direction(1000), Scope(), 1)[0].score < 0.999
    kit.vault.close()
