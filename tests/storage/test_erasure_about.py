"""A person's erasure takes the facts about them that others told, and leaves the memories that hold them."""

from __future__ import annotations

from datetime import timedelta

from second_me.core.disclosure.audit import AuditMemory
from second_me.core.disclosure.levels import Audience
from second_me.core.memory.erasure import Selection
from second_me.core.memory.facts.slots import Slot
from second_me.storage.repositories.disclosure import Disclosure
from second_me.storage.repositories.facts import Facts
from tests.storage.conftest import START, Kit
from tests.storage.test_erasure import answered, leftovers
from tests.storage.test_facts import LATER, claim

VERSION = 1


def test_facts_about_a_person_go_and_are_never_read_again(kit: Kit) -> None:
    facts = Facts(kit.vault)
    said = kit.say("Anna's birthday is 3 May, and I live in Bern.", speaker="me")
    facts.put(
        said.memory_id,
        [claim(said.text, "3 May", Slot.BIRTHDAY, "Anna"), claim(said.text, "Bern")],
        VERSION,
        LATER,
    )
    question = kit.say("When is her birthday?", speaker="me")
    told = answered(kit, question, "It is on 3 May [1].", [said], [said])
    other = answered(kit, kit.say("Where do I live?", speaker="me"), "In Bern [1].", [said], [said])
    expected = kit.episodes.preview_erasure(Selection(person="anna"))
    receipt = kit.episodes.erase(Selection(person="anna"))
    assert receipt == expected
    assert (receipt.memories, receipt.facts, receipt.mentions) == ((), 1, 1)
    assert receipt.answers == (told.memory_id,)
    assert [each.value for each in facts.kept()] == ["Bern"]
    assert kit.episodes.get(other.memory_id) is not None
    assert said.memory_id not in [each.memory_id for each in facts.unread(VERSION + 9, 99)]
    assert question.memory_id in [each.memory_id for each in facts.unread(VERSION + 9, 99)]
    assert kit.episodes.preview_erasure(Selection(person="anna")).facts == 0


def test_what_nobody_has_read_yet_is_not_read_afterwards(kit: Kit) -> None:
    facts = Facts(kit.vault)
    waiting, other = kit.say("Anna lives in Bern.", speaker="me"), kit.say("I live in Bern.", speaker="me")
    assert kit.episodes.erase(Selection(person="Anna")).mentions == 1
    assert [each.memory_id for each in facts.unread(VERSION + 9, 99)] == [other.memory_id]
    assert kit.episodes.get(waiting.memory_id) is not None


def test_an_edit_or_a_card_about_a_person_goes_as_a_whole(kit: Kit) -> None:
    facts = Facts(kit.vault)
    card = kit.say("Anna lives in Zanzibar.", "about me", speaker="me", origin="card")
    facts.put(card.memory_id, [claim(card.text, "Zanzibar", name="Anna")], VERSION, LATER)
    mine = kit.say("I live in Bern.", "about me", speaker="me", origin="edit")
    facts.put(mine.memory_id, [claim(mine.text, "Bern")], VERSION, LATER)
    receipt = kit.episodes.erase(Selection(person="Anna"))
    assert (receipt.memories, receipt.facts, receipt.mentions) == ((card.memory_id,), 1, 0)
    assert leftovers(kit, ["Zanzibar", "zanzibar"]) == []
    assert [each.value for each in facts.kept()] == ["Bern"]


def test_a_period_narrows_the_facts_too(kit: Kit) -> None:
    facts, claims = Facts(kit.vault), []
    for minutes in (0, 9000):
        said = kit.say("Anna lives in Bern.", minutes=minutes, speaker="me")
        claims += facts.put(said.memory_id, [claim(said.text, "Bern", name="Anna")], VERSION, LATER)
    receipt = kit.episodes.erase(Selection(person="Anna", before=START + timedelta(days=1)))
    assert receipt.facts == 1
    assert [each.claim_id for each in facts.kept()] == claims[1:]


def test_the_log_and_the_contacts_forget_the_person(kit: Kit) -> None:
    facts, disclosure = Facts(kit.vault), Disclosure(kit.vault)
    said = kit.say("Anna lives in Bern, and I like tea.", speaker="me")
    facts.put(said.memory_id, [claim(said.text, "Bern", name="Anna")], VERSION, LATER)
    disclosure.map_contact("Anna", Audience.FAMILY)
    disclosure.map_contact("Ben", Audience.FAMILY)
    told = [
        AuditMemory(said.memory_id, True, "", "Anna lives in Bern"),
        AuditMemory(said.memory_id, True, "", "tea"),
    ]
    kit.audit.record("ask", {}, START, audience="family", asker="Ben", memories=told)
    kit.audit.record("ask", {}, START, audience="family", asker="anna")
    assert kit.episodes.erase(Selection(person="Anna")).audit == 2
    assert dict(disclosure.contacts()) == {"Ben": Audience.FAMILY}
    _, asked, entry = kit.audit.entries(9)
    assert (asked["asker"], entry["asker"]) == (None, "Ben")
    assert [each.text for each in entry["memories"]] == ["tea"]


def test_facts_of_the_person_go_with_what_they_said(kit: Kit) -> None:
    facts = Facts(kit.vault)
    said = kit.say("I live in Bern.", speaker="me")
    facts.put(said.memory_id, [claim(said.text, "Bern")], VERSION, LATER)
    receipt = kit.episodes.erase(Selection(person="me"))
    assert (receipt.memories, receipt.facts) == ((said.memory_id,), 1)
    assert list(facts.kept()) == []
