from __future__ import annotations

from datetime import timedelta

import pytest

from second_me.core.memory.episodes import AnswerRecord, Citation, Role
from tests.storage.conftest import START, Kit


def test_a_conversation_is_made_once(kit: Kit) -> None:
    made = kit.conversations.create("talk-1", "First", "talk", False, START)
    assert (made.title, made.turns, made.preview, made.updated_at) == ("First", 0, "", START)
    again = kit.conversations.create("talk-1", "Second", "import", False, START + timedelta(days=1))
    assert again == made
    assert kit.conversations.get("nothing") is None


def test_a_temporary_conversation_is_refused(kit: Kit) -> None:
    with pytest.raises(ValueError, match="temporary"):
        kit.conversations.create("secret", "", "talk", True, START)
    assert kit.conversations.get("secret") is None


def test_the_listing_shows_the_talk_latest_first(kit: Kit) -> None:
    for name in ("one", "two", "three"):
        kit.say(f"hello from {name}", conversation=name)
    kit.say("back in one", conversation="one", role=Role.ASSISTANT)
    kit.say("imported", conversation="import/x", origin="import")
    listing = kit.conversations.listing(None)
    assert [(each.name, each.preview, each.turns) for each in listing] == [
        ("one", "back in one", 2),
        ("three", "hello from three", 1),
        ("two", "hello from two", 1),
    ]
    assert kit.conversations.hide("three", START)
    assert [each.name for each in kit.conversations.listing(None)] == ["one", "two"]
    assert kit.conversations.turns("three") == []
    assert kit.conversations.restore("three")
    assert len(kit.conversations.listing(None)) == 3
    assert not kit.conversations.hide("nothing", START)


def test_the_listing_is_searched_in_titles_and_turns(kit: Kit) -> None:
    kit.say("Grüße aus ZÜRICH", conversation="one")
    kit.say("nothing much", conversation="two")
    kit.conversations.rename("two", "100% Äpfel", None)
    assert [each.name for each in kit.conversations.listing("zürich GRÜSSE")] == ["one"]
    assert [each.name for each in kit.conversations.listing("äpfel nothing")] == ["two"]
    assert [each.name for each in kit.conversations.listing("100%")] == ["two"]
    assert kit.conversations.listing("zürich äpfel") == []
    assert len(kit.conversations.listing("  ")) == 2


def test_turns_are_in_order_of_storing(kit: Kit) -> None:
    said = [kit.say("late", minutes=9), kit.say("early", minutes=1), kit.say("reply", role=Role.ASSISTANT)]
    kit.episodes.set_remembered(said[0].memory_id, False)
    assert [each.text for each in kit.conversations.turns("talk-1")] == ["late", "early", "reply"]
    kit.episodes.hide(said[1].memory_id, START)
    assert [each.text for each in kit.conversations.turns("talk-1")] == ["late", "reply"]


def test_answers_are_kept_with_what_they_rest_on(kit: Kit) -> None:
    source, question = kit.say("I like tea"), kit.say("what do I like?")
    answer = kit.say("Tea [1].", role=Role.ASSISTANT)
    record = AnswerRecord(
        answer.memory_id, question.memory_id, "question", "model", False, True, "m", 12,
        (Citation(1, source.memory_id, "I like tea"),), (source.memory_id, question.memory_id),
    )  # fmt: skip
    kit.conversations.keep_answer(record, [source.memory_id])
    assert kit.conversations.answers([answer.memory_id, "m_x"]) == {answer.memory_id: record}
    assert list(kit.conversations.citing(source.memory_id)) == [record]
    better = AnswerRecord(answer.memory_id, None, "question", "words", True, False, None, 3)
    kit.conversations.keep_answer(better, [])
    assert kit.conversations.answers([answer.memory_id]) == {answer.memory_id: better}
    assert kit.conversations.citing(source.memory_id) == []
