"""Turns of the talk: kept before they are answered, streamed, stopped, asked again, forgotten."""

from __future__ import annotations

from typing import Any

from second_me.app.service.client import Client
from tests.service.kit import Seat, Talker
from tests.service.test_vault import refused

LONG = "Tell me a long story about a ship and its captain"


def recalled(client: Client, text: str, k: int = 10) -> list[str]:
    return [memory["text"] for memory in client.call("recall", text=text, k=k)["memories"]]


def test_pieces_come_before_the_answer_and_memories_before_the_pieces(talker: Talker) -> None:
    talker.say("My boat is called Petrel.")
    answer = talker.say("What is my boat called?")
    told = [method for method, params in talker.events if params.get("turn")]
    assert told[0] == "turn.recalled"
    assert set(told[1:-1]) == {"turn.token"}
    assert answer["kind"] == "question"
    assert [cited["quote"] for cited in answer["citations"]] == ["My boat is called Petrel."]
    assert answer["considered"]
    kept = talker.turns()
    assert [turn["role"] for turn in kept] == ["person", "assistant", "person", "assistant"]
    assert kept[-1]["answer"] == answer
    assert answer["question_id"] == kept[-2]["memory_id"]


def test_a_statement_is_read_back_and_found(client: Client, talker: Talker) -> None:
    answer = talker.say("Remember that the spare fuse lies behind the clock.")
    assert (answer["kind"], answer["source"]) == ("statement", "words")
    assert "the spare fuse lies behind the clock." in answer["text"]
    assert recalled(client, "spare fuse", 1) == ["Remember that the spare fuse lies behind the clock."]


def test_a_reminder_is_kept_as_a_memory_as_it_says(client: Client, talker: Talker) -> None:
    answer = talker.say("Remind me to oil the squeaking gate on Friday")
    assert (answer["kind"], answer["source"]) == ("command", "words")
    assert recalled(client, "squeaking gate", 1) == ["Remind me to oil the squeaking gate on Friday"]


def test_questions_and_answers_are_never_evidence(client: Client, talker: Talker) -> None:
    answer = talker.say("Explain how a sextant works")
    assert answer["source"] == "general"
    talker.say("Where did I leave my sextant?")
    assert not [text for text in recalled(client, "sextant", 20) if "sextant" in text.casefold()]


def test_stopping_keeps_what_was_said(talker: Talker) -> None:
    turn = talker.begin(LONG)
    talker.ear.until(lambda method, params: method == "turn.token" and params["turn"] == turn)
    talker.client.call("talk.stop", turn=turn)
    answer = talker.finish(turn)
    assert answer["stopped"]
    assert answer["text"]
    assert talker.turns()[-1]["answer"] == answer


def test_asking_again_puts_a_new_answer_in_the_old_ones_place(client: Client, talker: Talker) -> None:
    first = talker.say("Tell me a joke about a baker")
    talker.say("Thanks")
    turn = client.call("talk.again", answer_id=first["answer_id"])["turn"]
    second = talker.finish(turn)
    assert second["question_id"] == first["question_id"]
    assert second["answer_id"] != first["answer_id"]
    kept = talker.turns()
    assert [turn["role"] for turn in kept] == ["person", "assistant"] * 2
    assert kept[1]["memory_id"] == second["answer_id"]
    assert client.call("memory.get", memory_id=first["answer_id"])["hidden"]


def test_asking_again_without_a_memory(client: Client, talker: Talker) -> None:
    talker.say("My violin teacher is Mrs Orlov.")
    first = talker.say("Who is my violin teacher?")
    left_out = first["citations"][0]["memory_id"]
    turn = client.call("talk.again", answer_id=first["answer_id"], exclude=[left_out])["turn"]
    second = talker.finish(turn)
    assert left_out not in second["considered"]
    assert left_out not in [cited["memory_id"] for cited in second["citations"]]


def test_a_correction_is_kept_and_answered(client: Client, talker: Talker) -> None:
    talker.say("My gym card expires in March.")
    first = talker.say("When does my gym card expire?")
    made = client.call("talk.correct", answer_id=first["answer_id"], text="No, my gym card expires in June.")
    second = talker.finish(made["turn"])
    assert made["question"]["text"] == "No, my gym card expires in June."
    assert made["question"]["memory_id"] in second["considered"]
    assert talker.texts()[-3:-1] == ["When does my gym card expire?", "No, my gym card expires in June."]
    assert "No, my gym card expires in June." in recalled(client, "gym card")


def test_forgetting_the_last_thing_said(client: Client, talker: Talker) -> None:
    talker.say("My locker number is 4471.")
    answer = talker.say("forget that")
    assert (answer["kind"], answer["source"]) == ("command", "words")
    assert "My locker number is 4471." not in recalled(client, "locker number")
    assert "My locker number is 4471." not in talker.texts()
    assert talker.say("What is my locker number?")["abstained"]


def test_what_is_not_to_be_remembered_stays_in_the_talk_alone(client: Client, talker: Talker) -> None:
    talker.say("My cousin Ilse collects thimbles.")
    memory = talker.turns()[0]["memory_id"]
    client.call("talk.remember", memory_id=memory, remember=False)
    assert "My cousin Ilse collects thimbles." not in recalled(client, "thimbles")
    assert not talker.turns()[0]["remembered"]
    client.call("talk.remember", memory_id=memory, remember=True)
    client.call("vectors.wait")
    assert recalled(client, "Ilse thimbles", 1) == ["My cousin Ilse collects thimbles."]


def test_titles(client: Client, talker: Talker) -> None:
    def title() -> str:
        listed: list[dict[str, Any]] = client.call("talk.conversations")
        return next(str(each["title"]) for each in listed if each["conversation"] == talker.name)

    talker.say("What is the name of my lighthouse keeper?")
    assert title() == "The name of my lighthouse keeper"
    client.call("talk.rename", conversation=talker.name, title="  Lights ")
    talker.say("Thanks")
    assert title() == "Lights"


def test_deleting_and_restoring_a_conversation(client: Client, talker: Talker) -> None:
    talker.say("My tent is pitched at Ullswater.")
    assert recalled(client, "Ullswater tent", 1) == ["My tent is pitched at Ullswater."]
    client.call("talk.delete", conversation=talker.name)
    assert "My tent is pitched at Ullswater." not in recalled(client, "Ullswater tent")
    assert talker.name not in [each["conversation"] for each in client.call("talk.conversations")]
    assert refused(client, "talk.turns", conversation=talker.name) == "not_found"
    assert refused(client, "talk.send", conversation=talker.name, text="Hello") == "not_found"
    client.call("talk.restore", conversation=talker.name)
    assert recalled(client, "Ullswater tent", 1) == ["My tent is pitched at Ullswater."]
    assert len(talker.turns()) == 2


def test_conversations_are_found_by_their_words(client: Client, talker: Talker) -> None:
    talker.say("The word of this one is quillwort.")
    found = [each["conversation"] for each in client.call("talk.conversations", query="QUILL")]
    assert found == [talker.name]
    assert client.call("talk.conversations", query="nowhere-said") == []


def test_erasing_a_memory_takes_the_answers_made_from_it(client: Client, talker: Talker) -> None:
    talker.say("My safe opens with the number 5530.")
    client.call("vectors.wait")
    answer = talker.say("What number opens my safe?")
    memory = talker.turns()[0]["memory_id"]
    assert memory in [cited["memory_id"] for cited in answer["citations"]]
    used = client.call("memory.get", memory_id=memory)["used_in"]
    assert [each["answer_id"] for each in used] == [answer["answer_id"]]
    preview = client.call("memory.preview_erasure", memory_ids=[memory])
    receipt = client.call("memory.erase", memory_ids=[memory])
    assert preview == receipt
    assert receipt["memories"] == [memory]
    assert answer["answer_id"] in receipt["answers"]
    assert receipt["vectors"] == receipt["chunks"] == receipt["titles"] == 1
    assert not [text for text in talker.texts() if "5530" in text]
    assert refused(client, "memory.get", memory_id=memory) == "not_found"
    assert "5530" not in str(client.call("talk.conversations"))


def test_deleting_and_restoring_a_memory(client: Client, talker: Talker) -> None:
    talker.say("My umbrella is at Café Central.")
    memory = talker.turns()[0]["memory_id"]
    client.call("memory.delete", memory_id=memory)
    assert "My umbrella is at Café Central." not in recalled(client, "umbrella")
    assert client.call("memory.get", memory_id=memory)["hidden"]
    client.call("memory.restore", memory_id=memory)
    assert recalled(client, "umbrella Café Central", 1) == ["My umbrella is at Café Central."]


def test_a_temporary_conversation_is_answered_and_listed(client: Client) -> None:
    fleeting = Talker(client, temporary=True)
    fleeting.say("My secret plan is to move to Svalbard.")
    first = fleeting.say("Tell me a joke about snow")
    second = fleeting.finish(client.call("talk.again", answer_id=first["answer_id"])["turn"])
    assert [turn["role"] for turn in fleeting.turns()] == ["person", "assistant"] * 2
    assert fleeting.turns()[-1]["answer"] == second
    assert fleeting.name in [each["conversation"] for each in client.call("talk.conversations")]
    assert not [text for text in recalled(client, "Svalbard plan") if "Svalbard" in text]
    client.call("talk.delete", conversation=fleeting.name)
    assert refused(client, "talk.turns", conversation=fleeting.name) == "not_found"


def test_a_question_is_answered_while_vectors_are_made(client: Client, talker: Talker) -> None:
    talker.say("My piano tuner is called Winterbottom.")
    client.call("vectors.wait")
    for number in range(15):
        client.call("remember", text=f"Entry {number}: " + "the river was high and the ferry was late. " * 40)
    answer = talker.say("What is my piano tuner called?")
    assert "My piano tuner is called Winterbottom." in [cited["quote"] for cited in answer["citations"]]
    client.call("vectors.wait")
    assert client.call("status")["pending_vectors"] == 0


def test_the_shared_service_is_still_the_first_one(shared_place: Seat, client: Client) -> None:
    assert client.call("status")["connections"] == 0
    assert not list((shared_place.home / "logs").glob("crash-*"))
