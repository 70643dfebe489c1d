from __future__ import annotations

import numpy as np
import pytest

from second_me.core.memory.episodes import Role
from second_me.core.ports import Scope
from tests.storage.conftest import DIMENSIONS, START, Kit, direction, turn

LONG = " ".join(f"Sentence number {n} says something about the sea." for n in range(60))


def test_words_are_found_by_their_stem_rarest_first(kit: Kit) -> None:
    kit.episodes.append_many([turn(f"the cats of house {n}", minutes=n) for n in range(20)], START)
    dog = kit.say("one dog among cats", minutes=30)
    hits = kit.words.search(["cat", "dogs"], Scope(), 30)
    assert hits[0].seq == dog.seq
    assert len(hits) == 21
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    "term",
    ['"', "a OR b", "NEAR(", "*", "key:x", "-x", "^x", "—", "", "\0", "don't", "'; DROP TABLE words; --"],
)
def test_no_term_is_syntax(kit: Kit, term: str) -> None:
    said = kit.say("plain apples")
    assert [hit.seq for hit in kit.words.search([term, "apples"], Scope(), 5)] == [said.seq]
    assert kit.words.search([], Scope(), 5) == []
    kit.words.postings([term], Scope(), 5)


def test_words_of_the_assistant_are_not_found(kit: Kit) -> None:
    kit.say("apples", role=Role.ASSISTANT)
    assert kit.words.search(["apples"], Scope(), 5) == []
    assert kit.words.size(Scope()) == 0
    assert kit.vectors.pending_count() == 0


def test_within_a_scope_nothing_is_missed(kit: Kit) -> None:
    kit.episodes.append_many(
        [turn(f"apples {n}", f"import/{n % 10}", n, source_id=str(n)) for n in range(1000)], START
    )
    kit.embed_all()
    scope = Scope(conversation="import/3")
    want = {each.seq for each in kit.episodes.timeline(None, 999, scope)}
    assert {hit.seq for hit in kit.words.search(["apples"], scope, 999)} == want
    assert {hit.seq for hit in kit.vectors.search(direction(4), scope, 999)} == want
    assert kit.vectors.search(direction(4), scope, 1)[0].seq == 4
    left_out = kit.episodes.by_seq([4])[4].memory_id
    fewer = Scope(conversation="import/3", exclude=frozenset({left_out}))
    assert {hit.seq for hit in kit.words.search(["apples"], fewer, 999)} == want - {4}
    assert {hit.seq for hit in kit.vectors.search(direction(4), fewer, 999)} == want - {4}
    everything_else = Scope(exclude=frozenset({left_out}))
    assert 4 not in {hit.seq for hit in kit.vectors.search(direction(4), everything_else, 50)}
    assert kit.words.size(scope) == 100


def test_postings_leave_out_what_is_everywhere(kit: Kit) -> None:
    kit.episodes.append_many([turn(f"apples {n}", f"import/{n % 2}", n) for n in range(10)], START)
    rare = kit.say("a pear", "import/1", 20)
    scope = Scope(conversation="import/1")
    found = kit.words.postings(["apple", "pears", "nothing"], scope, 5)
    assert {term: len(seqs) for term, seqs in found.items()} == {"apple": 5, "pears": 1, "nothing": 0}
    assert found["pears"].tolist() == [rare.seq]
    assert set(kit.words.postings(["apple", "pears"], Scope(), 5)) == {"pears"}


def test_vectors_agree_with_numpy_and_the_best_chunk_counts(kit: Kit) -> None:
    kit.episodes.append_many(
        [turn(LONG if n % 5 == 0 else f"short {n}", minutes=n) for n in range(40)], START
    )
    kit.embed_all()
    with kit.vault.reading() as db:
        chunks = db.execute("SELECT seq, chunk_id FROM chunks").fetchall()
    assert len(chunks) > 60
    for probe in (1000, 1001):
        query = direction(probe)
        best: dict[int, float] = {}
        for seq, chunk in chunks:
            best[int(seq)] = max(best.get(int(seq), -2.0), float(np.dot(query, direction(int(chunk)))))  # type: ignore[arg-type]
        hits = kit.vectors.search(query, Scope(), 12)
        want = sorted(best.items(), key=lambda item: -item[1])[:12]
        assert [hit.seq for hit in hits] == [seq for seq, _ in want]
        assert [hit.score for hit in hits] == pytest.approx([score for _, score in want], abs=1e-5)


def test_chunks_wait_until_they_have_a_vector(kit: Kit) -> None:
    kit.vectors.use_embedder("test", DIMENSIONS)
    said = kit.say(LONG, speaker="Bo")
    pending = kit.vectors.pending(99)
    assert len(pending) == kit.vectors.pending_count() > 1
    assert all(chunk.text in LONG and chunk.speaker == "Bo" for chunk in pending)
    kit.vectors.store({pending[0].chunk_id: direction(1), 999: direction(2)})
    assert kit.vectors.pending_count() == len(pending) - 1
    assert [hit.seq for hit in kit.vectors.search(direction(1), Scope(), 5)] == [said.seq]
    kit.vectors.store({pending[0].chunk_id: direction(3)})
    assert kit.vectors.search(direction(1), Scope(), 5)[0].score == pytest.approx(1, abs=1e-5)


def test_each_embedder_has_vectors_of_its_own(kit: Kit) -> None:
    kit.say("hello")
    kit.embed_all()
    kit.vectors.use_embedder("larger", 32)
    assert kit.vectors.pending_count() == 1
    assert kit.vectors.search(np.eye(32, dtype=np.float32)[0], Scope(), 5) == []
    kit.vectors.use_embedder("test", DIMENSIONS)
    assert kit.vectors.pending_count() == 0
    kit = kit.again()
    kit.vectors.use_embedder("test", DIMENSIONS)
    assert len(kit.vectors.search(direction(1), Scope(), 5)) == 1
    with pytest.raises(ValueError, match="dimensions"):
        kit.vectors.use_embedder("test", 99)
    kit.vault.close()


@pytest.mark.parametrize("vector", [np.zeros(16), np.full(16, np.nan), np.ones(8)])
def test_what_has_no_direction_is_refused(kit: Kit, vector: np.ndarray) -> None:
    kit.vectors.use_embedder("test", DIMENSIONS)
    with pytest.raises(ValueError, match="no direction"):
        kit.vectors.store({1: vector.astype(np.float32)})


def test_what_is_hidden_waits_for_its_vector_until_it_is_restored(kit: Kit) -> None:
    said = kit.say("hello")
    kit.episodes.hide(said.memory_id, START)
    kit.embed_all()
    assert kit.vectors.pending_count() == 0
    kit.episodes.restore(said.memory_id)
    assert kit.vectors.pending_count() == 1
    kit.embed_all()
    assert [hit.seq for hit in kit.vectors.search(direction(1), Scope(), 5)] == [said.seq]


def test_a_vector_that_comes_while_its_memory_is_hidden_shows_after_the_restoring(kit: Kit) -> None:
    said = kit.say("hello")
    kit.vectors.use_embedder("test", DIMENSIONS)
    (chunk,) = kit.vectors.pending(9)
    kit.episodes.hide(said.memory_id, START)
    kit.vectors.store({chunk.chunk_id: direction(1)})
    assert kit.vectors.search(direction(1), Scope(), 5) == []
    kit.episodes.restore(said.memory_id)
    assert [hit.seq for hit in kit.vectors.search(direction(1), Scope(), 5)] == [said.seq]
