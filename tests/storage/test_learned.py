"""What recall has learned, in the vault: kept, forgotten, erased with what it was about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from second_me.core.memory.episodes import AnswerRecord, Citation, Episode, Role
from second_me.core.recall.learning import HALF_LIFE, Learned
from second_me.core.recall.lessons import Shown
from second_me.storage.repositories.feedback import Verdict
from second_me.storage.repositories.learned import LearnedWeights
from second_me.storage.rows import fetch
from tests.storage.conftest import START, Kit

KNOWN = Learned({"meaning": -0.125, "words": 0.25}, 7, START)


def answered(kit: Kit, shown: list[Episode], silent: bool = True, conversation: str = "talk-1") -> Episode:
    """An answer that cites the first of what was shown; every memory has features of its own."""
    question = kit.say("what then?", conversation=conversation)
    answer = kit.say("That [1].", role=Role.ASSISTANT, conversation=conversation)
    ids = tuple(each.memory_id for each in shown)
    record = AnswerRecord(
        answer.memory_id, question.memory_id, "question", "memories", False, False, None, 5,
        (Citation(1, ids[0], shown[0].text),), ids,
    )  # fmt: skip
    kit.conversations.keep_answer(record, ids[:1])
    features = {each: {"words": float(place), "meaning": 1 / 3} for place, each in enumerate(ids)}
    LearnedWeights(kit.vault).keep_shown(answer.memory_id, features, silent)
    return answer


def kept_features(kit: Kit) -> list[str]:
    with kit.vault.reading() as db:
        return [row[0] for row in fetch(db, "SELECT features FROM considered WHERE features IS NOT NULL")]


def test_nothing_is_known_at_first(kit: Kit) -> None:
    book = LearnedWeights(kit.vault)
    assert book.learned() == Learned()
    assert book.deltas(START) == {}
    assert book.silent() == []
    with pytest.raises(ValueError, match="nothing"):
        book.keep(Learned())


def test_what_was_learned_is_kept_and_fades(kit: Kit) -> None:
    LearnedWeights(kit.vault).keep(Learned({"gone": 1.0, "words": 0.5}, 1, START))
    LearnedWeights(kit.vault).keep(KNOWN)
    kit = kit.again()
    book = LearnedWeights(kit.vault)
    assert book.learned() == KNOWN
    assert book.deltas(START + HALF_LIFE) == pytest.approx({"meaning": -0.0625, "words": 0.125})
    kit.vault.close()


def test_what_was_shown_is_kept_with_its_answer(kit: Kit) -> None:
    first, second, third = kit.say("one"), kit.say("two"), kit.say("three")
    answer = answered(kit, [second, first, third])
    book = LearnedWeights(kit.vault)
    third_part = 0.3333
    assert book.shown(answer.memory_id) == [
        Shown(second.memory_id, {"words": 0.0, "meaning": third_part}, True),
        Shown(first.memory_id, {"words": 1.0, "meaning": third_part}, False),
        Shown(third.memory_id, {"words": 2.0, "meaning": third_part}, False),
    ]
    assert book.shown("m_nothing") == []
    kit.episodes.hide(first.memory_id, START)
    kit.episodes.set_remembered(third.memory_id, False)
    assert [each.memory_id for each in book.shown(answer.memory_id)] == [second.memory_id]
    kit.episodes.restore(first.memory_id)
    assert len(book.shown(answer.memory_id)) == 2


def test_silence_ends_once_and_not_of_what_is_deleted(kit: Kit) -> None:
    said = kit.say("one", conversation="notes")
    first, second = answered(kit, [said]), answered(kit, [said], conversation="talk-2")
    loud = answered(kit, [said], silent=False)
    book = LearnedWeights(kit.vault)
    assert book.silent() == [first.memory_id, second.memory_id]
    kit.episodes.hide(first.memory_id, START)
    kit.conversations.hide("talk-2", START)
    assert book.silent() == []
    kit.episodes.restore(first.memory_id)
    assert book.silent() == [first.memory_id]
    assert book.speak(first.memory_id)
    assert not book.speak(first.memory_id)
    assert not book.speak(loud.memory_id)


def test_erasing_takes_what_was_seen_of_a_memory(kit: Kit) -> None:
    cited, beside = kit.say("one", conversation="notes"), kit.say("two", conversation="notes")
    answer = answered(kit, [cited, beside])
    book = LearnedWeights(kit.vault)
    book.keep(KNOWN)
    kit.episodes.erase([beside.memory_id])
    assert [each.memory_id for each in book.shown(answer.memory_id)] == [cited.memory_id]
    assert len(kept_features(kit)) == 1
    kit.episodes.erase([cited.memory_id])
    assert (book.shown(answer.memory_id), book.silent(), kept_features(kit)) == ([], [], [])
    assert book.learned() == KNOWN  # a few numbers of no memory in particular: docs/threat-model.md


def test_nothing_is_kept_of_a_memory_that_was_erased_while_it_was_answered(kit: Kit) -> None:
    question, answer = kit.say("what then?"), kit.say("I do not know.", role=Role.ASSISTANT)
    record = AnswerRecord(
        answer.memory_id, question.memory_id, "question", "words", True, False, None, 5,
        considered=("m_erased", question.memory_id),
    )  # fmt: skip
    kit.conversations.keep_answer(record, [])
    features = {"m_erased": {"words": 1.0}, question.memory_id: {"words": 2.0}}
    LearnedWeights(kit.vault).keep_shown(answer.memory_id, features, False)
    assert kept_features(kit) == ['{"words": 2.0}']


def test_starting_over_leaves_nothing_to_learn_from(kit: Kit) -> None:
    answer = answered(kit, [kit.say("one"), kit.say("two")])
    book = LearnedWeights(kit.vault)
    book.keep(KNOWN)
    book.reset()
    assert book.learned() == Learned()
    assert (book.silent(), book.shown(answer.memory_id), kept_features(kit)) == ([], [], [])
    assert kit.conversations.answers([answer.memory_id])[answer.memory_id].citations


def test_a_verdict_counts_once(kit: Kit) -> None:
    given = Verdict("m_answer", "m_memory", "opened", START)
    assert kit.feedback.add(given)
    assert not kit.feedback.add(Verdict("m_answer", "m_memory", "opened", START + timedelta(hours=1)))
    assert kit.feedback.add(Verdict("m_answer", None, "corrected", START))
    assert not kit.feedback.add(Verdict("m_answer", None, "corrected", START))
    assert kit.feedback.add(Verdict("m_answer", "m_memory", "not_relevant", START))
    assert [each.verdict for each in kit.feedback.about("m_answer")] == [
        "opened",
        "corrected",
        "not_relevant",
    ]
