"""From a question to memories, in a real vault: what comes, what never comes, and in which order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import second_me.core.recall.recall as module
from second_me.app.weights import near_words, reranker_weights
from second_me.core.memory.episodes import Role
from second_me.core.ports import Scope, Vector
from second_me.core.recall.evidence import EvidenceWeights, Signs
from second_me.core.recall.pool import REACH
from second_me.core.recall.recall import HITS, RANKED, Recall, Search, Sources, without
from second_me.core.recall.related import NearWords
from second_me.core.recall.reranker import RerankerWeights
from second_me.storage.index.placement import Placements
from tests.storage.conftest import DIMENSIONS, START, Kit, direction, make, turn

WEIGHTS = RerankerWeights(
    {"sum": 1.0, "meaning": 0.5, "related": 1.0}, {"sum": 2.0, "meaning": 0.2, "related": 0.3}
)
_SIGNS = Signs(-2.0, {"near_words": 3.0, "missing": -1.0}, 0.3)
EVIDENCE = EvidenceWeights(_SIGNS, _SIGNS, 0.1)
SUBJECTS = "cello rain boat harbour garden recipe winter concert train neighbour lamp novel".split()


class NoEmbedder:
    """Never asked: vectors are given."""

    name, dimensions = "none", DIMENSIONS

    def embed(self, texts: object, urgent: bool = False) -> np.ndarray:
        raise AssertionError("asked for a vector")


def recall_of(
    kit: Kit, weights: RerankerWeights = WEIGHTS, learned: Mapping[str, float] | None = None
) -> Recall:
    near = NearWords("violin cello:7\n")
    sources = Sources(kit.episodes, kit.words, kit.vectors, Placements(kit.vault), NoEmbedder(), near)
    return Recall(sources, EVIDENCE, weights, lambda: learned or {})


def fill(kit: Kit, turns: int, seed: int = 0) -> None:
    """Turns of three words each, five to a session, two speakers."""
    rng = random.Random(seed)
    kit.episodes.append_many(
        [
            turn(
                " ".join([*rng.choices(SUBJECTS, k=3), str(1000 + n)]), f"talk/{n // 25}", 60 * 7 * (n // 5) + n,
                speaker=("Anna", "Ben")[n % 2],
            )
            for n in range(turns)
        ],
        START,
    )  # fmt: skip
    kit.embed_all()


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = make(tmp_path / "vault")
    yield made
    made.vault.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """More turns than are ranked, and more than there are hits."""
    kit = make(tmp_path_factory.mktemp("recall") / "vault")
    fill(kit, HITS + 60)
    yield kit
    kit.vault.close()


def names(search: Search) -> list[str]:
    return [each.episode.memory_id for each in search.found]


def texts(search: Search) -> list[str]:
    return [each.episode.text for each in search.found]


def test_what_holds_the_words_comes_first(kit: Kit) -> None:
    for minute, text in enumerate(("It rained", "The cello is in Bergen", "A boat", "We had lunch")):
        kit.say(text, minutes=minute)
    search = recall_of(kit).find("Where is the cello?", 2, Scope(), None)
    assert texts(search)[0] == "The cello is in Bergen"
    assert search.terms == ("cello",)
    assert search.found[0].quote == "The cello is in Bergen"
    assert "words" in search.found[0].why
    assert search.found[0].features.keys() == WEIGHTS.weights.keys()


def test_what_stands_beside_comes_too_and_nothing_of_another_session(kit: Kit) -> None:
    for n, text in enumerate(("a", "b", "the cello", "d", "e", "f")):
        kit.say(text, minutes=n)
    kit.say("elsewhere", conversation="talk-2", minutes=2)
    assert sorted(texts(recall_of(kit).find("cello", 10, Scope(), None))) == ["a", "b", "d", "e", "the cello"]


def test_a_word_that_stands_for_the_asked_one_lifts_its_turn(kit: Kit) -> None:
    for n, text in enumerate(("my violin lesson", "the cello shop", "the bread shop")):
        kit.say(text, conversation=f"talk-{n}")
    kit.embed_all()
    middle = sum(direction(n) for n in (1, 2, 3))
    search = recall_of(kit).find("violin", 3, Scope(), middle / np.linalg.norm(middle))
    assert texts(search) == ["my violin lesson", "the cello shop", "the bread shop"]


def test_without_a_vector_words_alone_decide(filled: Kit) -> None:
    found = recall_of(filled).find("cello", 5, Scope(), None).found
    assert all("cello" in each.episode.text for each in found)
    assert not any("meaning" in each.why for each in found)


def test_a_vector_alone_finds_what_is_near(filled: Kit) -> None:
    """A question without any word that is held."""
    search = recall_of(filled).find("zzyzx", 3, Scope(), direction(77))
    assert search.found[0].episode.seq == 77
    assert search.found[0].why == ("meaning",)
    assert search.terms == ("zzyzx",)


def test_nothing_is_found_in_an_empty_vault(kit: Kit) -> None:
    assert recall_of(kit).find("cello", 5, Scope(), None) == Search((), ())
    kit.embed_all()
    assert recall_of(kit).find("cello", 5, Scope(), direction(1)) == Search((), ())


def test_words_that_nobody_said_find_nothing_without_a_vector(filled: Kit) -> None:
    assert recall_of(filled).find("zzyzx", 5, Scope(), None).found == ()


def test_every_term_may_be_common(filled: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A term that more episodes hold than tells apart counts for nothing, and ends no search."""
    rare, common = "1003", "cello"
    whole = recall_of(filled).examine(f"{common} {rare}", Scope(), None)
    assert whole is not None
    assert whole.pool.rarity.min() > 0
    monkeypatch.setattr(module, "COMMON", 20)
    for question, counts in ((f"{common} {rare}", [False, True]), (f"{common} boat", [False, False])):
        examined = recall_of(filled).examine(question, Scope(), direction(3))
        assert examined is not None
        assert (examined.pool.rarity > 0).tolist() == counts
        assert len(recall_of(filled).find(question, 5, Scope(), direction(3)).found) == 5
    best = recall_of(filled).find(f"{common} {rare}", 1, Scope(), None).found[0]
    assert rare in best.episode.text


@pytest.mark.parametrize("meaning", [False, True])
@pytest.mark.parametrize("k", [1, 10, RANKED - 1, RANKED, RANKED + 1, 10_000])
def test_scores_descend_and_everything_comes_once(filled: Kit, k: int, meaning: bool) -> None:
    vector = direction(5) if meaning else None
    examined = recall_of(filled).examine("cello boat", Scope(), vector)
    assert examined is not None
    assert len(examined.places) == RANKED
    found = recall_of(filled).find("cello boat", k, Scope(), vector).found
    assert len(found) == min(k, len(examined.pool))
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert len({each.episode.memory_id for each in found}) == len(found)
    assert all(0 <= each.strength <= 1 for each in found)
    assert [bool(each.features) for each in found] == [at < RANKED for at in range(len(found))]


def test_more_are_asked_for_and_the_first_stay_the_same(filled: Kit) -> None:
    few, many = (recall_of(filled).find("cello boat", k, Scope(), direction(5)) for k in (7, 400))
    assert names(many)[:7] == names(few)


def test_the_pool_of_a_small_vault_is_what_counting_finds(kit: Kit) -> None:
    """Every turn that holds a word, and those within reach of it in its session; cosines by multiplying."""
    fill(kit, 40, seed=3)
    question, vector = "cello lamp", direction(500)
    episodes = kit.episodes.by_seq(range(1, 41))
    placement = Placements(kit.vault).placement()
    order = placement.seqs.tolist()
    said = {seq: set(each.text.split()) for seq, each in episodes.items()}
    hits = {seq for seq in order if said[seq] & {"cello", "lamp"}}
    near = {
        seq
        for at, seq in enumerate(order)
        for other in order[max(0, at - REACH) : at + REACH + 1]
        if other in hits and episodes[other].session == episodes[seq].session
    }
    plain = recall_of(kit).examine(question, Scope(), None)
    assert plain is not None
    assert set(plain.seqs(np.arange(len(plain.pool)))) == near
    examined = recall_of(kit).examine(question, Scope(), vector)
    assert examined is not None
    pool, seqs = examined.pool, examined.seqs(np.arange(len(examined.pool)))
    assert seqs == order
    assert examined.seqs(examined.places) == order
    assert pool.holds.tolist() == [[word in said[seq] for seq in order] for word in ("cello", "lamp")]
    counts = [sum(word in said[seq] for seq in order) for word in ("cello", "lamp")]
    assert pool.rarity.tolist() == pytest.approx([np.log(1 + (40.5 - n) / (n + 0.5)) for n in counts])
    scores = {hit.seq: hit.score for hit in kit.words.search(["cello", "lamp"], Scope(), 99)}
    assert scores.keys() == hits
    assert pool.words.tolist() == pytest.approx([scores.get(seq, 0) / max(scores.values()) for seq in order])
    assert pool.meaning.tolist() == pytest.approx([float(direction(seq) @ vector) for seq in order], abs=1e-5)


def test_the_first_cosines_are_exact_also_with_the_bit_index(kit: Kit) -> None:
    fill(kit, 120, seed=4)
    kit.vectors.prepare(lambda: False)
    vector = direction(900)
    examined = recall_of(kit).examine("cello", Scope(), vector)
    assert examined is not None
    best = np.argsort(-examined.pool.meaning)[:10]
    exact = [float(direction(seq) @ vector) for seq in examined.seqs(best)]
    assert examined.pool.meaning[best].tolist() == pytest.approx(exact, abs=1e-5)
    guessed = kit.vectors.cosines(vector, examined.seqs(best))
    assert guessed.tolist() != pytest.approx(exact, abs=1e-5)


def test_learned_weights_count(filled: Kit) -> None:
    """What is learned is bounded to half of a weight."""
    examined = recall_of(filled).examine("cello boat", Scope(), direction(5))
    assert examined is not None
    usual = recall_of(filled).find("cello boat", 20, Scope(), direction(5))
    taught = recall_of(filled, learned={"sum": -9.0, "unknown": 3.0}).find(
        "cello boat", 20, Scope(), direction(5)
    )
    for search, weight in ((usual, 1.0), (taught, 0.5)):
        for each in search.found:
            parts = {**WEIGHTS.weights, "sum": weight}
            assert each.score == pytest.approx(
                sum(parts[name] * value for name, value in each.features.items())
            )


def test_what_is_hidden_forgotten_or_the_assistants_never_comes(kit: Kit) -> None:
    for n in range(6):
        kit.say(f"the cello {n}", minutes=n, role=Role.ASSISTANT if n == 0 else Role.PERSON)
    said = list(kit.episodes.by_seq(range(1, 7)).values())
    recall = recall_of(kit)
    assert len(recall.find("cello", 10, Scope(), None).found) == 5
    kit.episodes.hide(said[1].memory_id, START)
    kit.episodes.set_remembered(said[2].memory_id, False)
    kit.episodes.erase([said[3].memory_id])
    assert sorted(texts(recall.find("cello", 10, Scope(), None))) == ["the cello 4", "the cello 5"]


def test_what_is_excluded_never_comes_back_as_a_neighbour(kit: Kit) -> None:
    said = [kit.say(f"the cello {n}", minutes=n) for n in range(5)]
    kit.embed_all()
    scope = without(Scope(), [said[1].memory_id, said[3].memory_id])
    for vector in (None, direction(2)):
        assert sorted(texts(recall_of(kit).find("cello", 10, scope, vector))) == [
            "the cello 0", "the cello 2", "the cello 4",
        ]  # fmt: skip
    assert without(scope, ["x"]).exclude == scope.exclude | {"x"}
    everything = without(Scope(), [each.memory_id for each in said])
    assert recall_of(kit).find("cello", 10, everything, direction(2)).found == ()


def test_the_limits_of_a_scope_hold_for_neighbours_too(kit: Kit) -> None:
    for n in range(5):
        kit.say(f"the cello {n}", minutes=n)
    kit.say("the cello, some day", minutes=None)
    kit.embed_all()
    scope = Scope(after=START + timedelta(minutes=1), before=START + timedelta(minutes=3))
    for vector in (None, direction(2)):
        found = recall_of(kit).find("cello", 10, scope, vector)
        assert sorted(texts(found)) == ["the cello 1", "the cello 2", "the cello 3"]


def test_a_scope_is_a_conversation(filled: Kit) -> None:
    found = recall_of(filled).find("cello boat", 400, Scope("talk/3"), direction(5)).found
    assert found
    assert {each.episode.conversation for each in found} == {"talk/3"}


def test_the_time_asked_about_prefers(kit: Kit) -> None:
    """Both hold the words; the one of the day asked about comes first, and the other comes too."""
    weights = replace(
        WEIGHTS, weights={"sum": 1.0, "said_then": 3.0}, deviations={"sum": 2.0, "said_then": 0.2}
    )
    kit.say("We played the cello", conversation="a", minutes=0)
    kit.say("We played the cello", conversation="b", minutes=60 * 24 * 40)
    for question, best in (("cello in March 2024?", "a"), ("cello in April 2024?", "b")):
        found = recall_of(kit, weights).find(question, 5, Scope(), None).found
        assert [each.episode.conversation for each in found] == [best, "ba".replace(best, "")]
        assert "time" in found[0].why


def test_the_same_question_twice_gives_the_same(filled: Kit) -> None:
    recall = recall_of(filled)
    first = recall.find("cello boat", 50, Scope(), direction(9))
    assert recall.find("cello boat", 50, Scope(), direction(9)) == first
    assert recall_of(filled).find("cello boat", 50, Scope(), direction(9)) == first


ODD = (
    "",
    " ",
    "?",
    "🎻🎻",
    "the of and",
    "x" * 10_000,
    "cello " * 2000,
    "ᚠᚢᚦᚨᚱᚲ",
    "\x00",
    "İß",
    '" OR * NEAR(',
)


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("vector", [None, direction(4)], ids=["words", "meaning"])
def test_odd_questions(filled: Kit, question: str, vector: Vector | None) -> None:
    found = recall_of(filled).find(question, 5, Scope(), vector, START).found
    assert len(found) == 5 or (vector is None and not found)
    assert all(np.isfinite(each.score) for each in found)
    if "cello" in question:
        assert all("cello" in each.episode.text for each in found) or vector is not None


@given(st.text(max_size=80), st.integers(1, 30), st.booleans())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_question(filled: Kit, question: str, k: int, meaning: bool) -> None:
    found = recall_of(filled).find(question, k, Scope(), direction(8) if meaning else None, START).found
    assert len(found) <= k
    assert not meaning or len(found) == k
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)


def test_the_weights_that_ship_rank_a_small_life(kit: Kit) -> None:
    said = ("I moved to Bern in spring.", "My sister plays the cello.", "It rains.", "I am allergic to nuts.")
    for n, text in enumerate(said):
        kit.say(text, conversation=f"notes/{n}", minutes=24 * 60 * n, speaker="me")
    placement = Placements(kit.vault)
    recall = Recall(
        Sources(kit.episodes, kit.words, kit.vectors, placement, NoEmbedder(), near_words()),
        EVIDENCE,
        reranker_weights(),
    )
    for question, answer in (
        ("Where do I live?", 0),
        ("Who plays the cello?", 1),
        ("What is my allergy?", 3),
    ):
        assert texts(recall.find(question, 1, Scope(), None)) == [said[answer]]
