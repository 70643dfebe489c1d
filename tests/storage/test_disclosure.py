"""What the person decided about disclosure is kept, and goes with the memories that it is about."""

from __future__ import annotations

from datetime import timedelta

from second_me.core.disclosure.audit import AuditMemory
from second_me.core.disclosure.gate import Hand, Place
from second_me.core.disclosure.levels import Audience, Clearance, Sensitivity, Topic
from second_me.core.memory.erasure import Selection
from second_me.core.memory.facts.slots import Slot
from second_me.storage.repositories.disclosure import Disclosure
from tests.storage.conftest import START, Kit

WIDE = Clearance(Sensitivity.ORDINARY, frozenset({Topic.WORK, Topic.HOME}), frozenset({Slot.TEL}))


def test_clearances_are_kept_and_given_back(kit: Kit) -> None:
    book = Disclosure(kit.vault)
    book.set_clearance(Audience.SHOP, WIDE)
    book.set_clearance(Audience.STRANGER, Clearance())
    assert book.rules().clearances == {Audience.SHOP: WIDE, Audience.STRANGER: Clearance()}
    book.set_clearance(Audience.SHOP, None)
    assert book.rules().clearances == {Audience.STRANGER: Clearance()}


def test_contacts_are_found_in_any_case(kit: Kit) -> None:
    book = Disclosure(kit.vault)
    assert not book.map_contact(" Ada  Kool ", Audience.COLLEAGUE)
    assert book.map_contact("ada kool", Audience.FAMILY)
    book.map_contact("Tom", Audience.PARTNER)
    assert book.contacts() == {"ada kool": Audience.FAMILY, "Tom": Audience.PARTNER}
    assert book.audience_of("ADA KOOL") is Audience.FAMILY
    book.map_contact("Ada Kool", None)
    assert book.audience_of("Ada Kool") is None


def test_what_was_set_by_hand_is_kept_by_its_place(kit: Kit) -> None:
    book, memory = Disclosure(kit.vault), kit.say("I live in Bern.").memory_id
    value, whole = Place(memory, Slot.HOME, 10, 14), Place(memory)
    hand = Hand(Sensitivity.SECRET, Topic.HOME, frozenset({Audience.PARTNER}))
    book.set_by_hand(value, hand)
    book.set_by_hand(whole, Hand(cleared_for=frozenset({Audience.FAMILY})))
    assert book.rules().by_hand == {value: hand, whole: Hand(cleared_for=frozenset({Audience.FAMILY}))}
    again = Place(memory, Slot.HOME, 9, 14)
    book.set_by_hand(again, Hand(Sensitivity.PUBLIC))
    assert book.rules().by_hand.keys() == {again, whole}
    book.set_by_hand(whole, None)
    assert book.rules().by_hand.keys() == {again}


def test_what_corrections_taught_is_kept(kit: Kit) -> None:
    book = Disclosure(kit.vault)
    book.keep_learned({"slot:pet": 2, "word:doctor*": 0})
    assert book.rules().learned == {"slot:pet": 2}


def test_the_audit_tells_who_was_told_what(kit: Kit) -> None:
    memory = kit.say("I live in Bern.").memory_id
    told = AuditMemory(memory, True, "cleared", "Bern")
    kit.audit.record("looked", {}, START)
    kit.audit.record(
        "answer",
        {"slots": ["home"]},
        START,
        audience="family",
        asker="Ada",
        consent="clearance",
        memories=[told],
    )
    newest = kit.audit.entries(1)[0]
    assert (newest["action"], newest["audience"], newest["asker"]) == ("answer", "family", "Ada")
    assert (newest["consent"], newest["detail"], newest["memories"]) == (
        "clearance",
        {"slots": ["home"]},
        (told,),
    )
    assert [entry["action"] for entry in kit.audit.entries(9, "looked")] == ["looked"]


def test_a_hidden_memory_is_not_in_the_audit_until_it_is_restored(kit: Kit) -> None:
    memory = kit.say("I live in Bern.").memory_id
    kit.audit.record("answer", {}, START, memories=[AuditMemory(memory, True, "cleared", "Bern")])
    kit.episodes.hide(memory, START + timedelta(days=1))
    assert kit.audit.entries(1)[0]["memories"] == ()
    kit.episodes.restore(memory)
    assert [each.memory_id for each in kit.audit.entries(1)[0]["memories"]] == [memory]


def test_erasing_a_memory_takes_it_out_of_the_audit_and_of_what_was_set(kit: Kit) -> None:
    book = Disclosure(kit.vault)
    secret, other = kit.say("My zanzibar account."), kit.say("I live in Bern.")
    for each in (secret, other):
        book.set_by_hand(Place(each.memory_id), Hand(Sensitivity.SECRET))
    rows = [
        AuditMemory(secret.memory_id, True, "by_hand", "zanzibar"),
        AuditMemory(other.memory_id, False, "x"),
    ]
    kit.audit.record("answer", {}, START, memories=rows)
    kit.episodes.erase([secret.memory_id])
    assert book.rules().by_hand.keys() == {Place(other.memory_id)}
    entry = kit.audit.entries(1, "answer")[0]
    assert [each.memory_id for each in entry["memories"]] == [other.memory_id]
    pages = kit.pages()
    assert [word for word in ("zanzibar", secret.memory_id) if word.encode() in pages] == []


def test_a_person_who_is_erased_is_no_contact_and_no_asker_any_more(kit: Kit) -> None:
    book = Disclosure(kit.vault)
    kit.say("Hello from Ada.", speaker="Ada")
    for name in ("Ada", "Tom"):
        book.map_contact(name, Audience.FAMILY)
        kit.audit.record("answer", {}, START, asker=name)
    kit.episodes.erase(Selection(person="ada", before=START))
    assert book.audience_of("Ada") is Audience.FAMILY
    kit.episodes.erase(Selection(person="ada"))
    assert book.contacts() == {"Tom": Audience.FAMILY}
    assert [entry["asker"] for entry in kit.audit.entries(9, "answer")] == ["Tom", None]
