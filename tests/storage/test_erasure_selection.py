from __future__ import annotations

from datetime import timedelta

import pytest

from second_me.core.memory.episodes import Role
from second_me.core.memory.erasure import Remains, Selection, mentions
from tests.storage.conftest import START, Kit
from tests.storage.test_erasure import answered, leftovers


@pytest.mark.parametrize(
    ("text", "name", "held"),
    [
        ("I met Anna today", "anna", True),
        ("ANNA!", "Anna", True),
        ("Anna's dog, Annas Hund", "Anna", True),
        ("Annabel came", "Anna", False),
        ("Savanna", "Anna", False),
        ("with Anna\n Nowak", "anna nowak", True),
        ("with Anna", "Anna Nowak", False),
        ("我和小明去了", "小明", True),
        ("Ben (he)", "(he)", True),
        ("x", "  ", False),
        ("Straße", "STRASSE", True),
    ],
)
def test_a_name_is_mentioned_as_words_of_its_own(text: str, name: str, held: bool) -> None:
    assert mentions(text, name) is held


def test_a_conversation_goes_with_its_name_and_title(kit: Kit) -> None:
    first, second = kit.say("the zanzibar one", "quokka-talk"), kit.say("another", "quokka-talk", 1)
    kept = kit.say("elsewhere")
    answer = answered(kit, kept, "Built on zanzibar [1].", [first], [first])
    kit.conversations.rename("quokka-talk", "My wombat", None)
    kit.embed_all()
    selection = Selection(conversations=("quokka-talk", "nowhere"))
    expected = kit.episodes.preview_erasure(selection)
    receipt = kit.episodes.erase(selection)
    assert receipt == expected
    assert receipt.memories == (first.memory_id, second.memory_id)
    assert receipt.answers == (answer.memory_id,)
    assert (receipt.conversations, receipt.missing) == (("quokka-talk",), ("nowhere",))
    assert (receipt.vectors, receipt.titles, receipt.remains) == (2, 1, (Remains.BACKUPS,))
    assert kit.conversations.get("quokka-talk") is None
    assert kit.episodes.get(kept.memory_id) is not None
    assert leftovers(kit, ["zanzibar", "quokka", "wombat"]) == []


def test_an_empty_conversation_goes_too(kit: Kit) -> None:
    kit.conversations.create("talk/quokka", "Wombat", "talk", False, START)
    receipt = kit.episodes.erase(Selection(conversations=("talk/quokka",)))
    assert (receipt.memories, receipt.conversations, receipt.titles) == ((), ("talk/quokka",), 1)
    assert leftovers(kit, ["quokka", "Wombat"]) == []


def test_a_person_goes_and_who_only_mentions_them_is_counted(kit: Kit) -> None:
    hers = [kit.say("A quokka", "family", speaker="Anna", role=Role.OTHER, origin="whatsapp"),
            kit.say("My wombats", "Chat with Anna", speaker="anna", role=Role.OTHER, origin="whatsapp")]  # fmt: skip
    about = kit.say("Anna's quokka is loud", "family", 1, speaker="me")
    answer = answered(kit, about, "She has a quokka", [], [])
    other = kit.say("Annabel is here", "family", 2, speaker="me")
    receipt = kit.episodes.erase(Selection(person="ANNA"))
    assert receipt.memories == tuple(each.memory_id for each in hers)
    assert (receipt.mentions, receipt.answers) == (1, ())
    assert receipt.conversations == ("Chat with Anna",)
    assert receipt.remains == (Remains.BACKUPS, Remains.IMPORTED_FILES)
    again = kit.episodes.erase(Selection(person="Anna", mentioning=True))
    assert (again.memories, again.answers) == ((about.memory_id,), (answer.memory_id,))
    assert (again.mentions, again.remains) == (0, (Remains.BACKUPS,))
    assert kit.episodes.get(other.memory_id) is not None
    assert leftovers(kit, ["quokka", "Anna's", "Chat with Anna", "wombats"]) == []


def test_the_person_is_me_whatever_an_import_calls_them(kit: Kit) -> None:
    mine = kit.say("imported", "chat", speaker="Mara", role=Role.PERSON, origin="jsonl")
    note = kit.say("a note", "notes", speaker="me")
    theirs = kit.say("about me", "chat", 1, speaker="Ben", role=Role.OTHER)
    receipt = kit.episodes.erase(Selection(person="me", mentioning=True))
    assert receipt.memories == (mine.memory_id, note.memory_id)
    assert receipt.mentions == 0
    assert kit.episodes.get(theirs.memory_id) is not None


def test_a_period_goes_by_when_it_was_said(kit: Kit) -> None:
    before, inside = kit.say("before", minutes=-1), kit.say("inside", minutes=0)
    placed = kit.say("no time of its own", minutes=None)
    after = kit.say("after", minutes=60)
    unknown = kit.say("never", "timeless", minutes=None)
    receipt = kit.episodes.erase(Selection(after=START, before=START + timedelta(hours=1)))
    assert receipt.memories == (inside.memory_id, placed.memory_id)
    assert all(kit.episodes.get(each.memory_id) for each in (before, after, unknown))
    assert kit.episodes.erase(Selection(before=START + timedelta(days=9))).memories == (
        before.memory_id,
        after.memory_id,
    )
    assert kit.conversations.get("talk-1") is None
    assert kit.episodes.get(unknown.memory_id) is not None


def test_kinds_narrow_each_other_and_ids_stand_beside_them(kit: Kit) -> None:
    wanted = kit.say("Anna in March", "a", 1, speaker="Anna")
    for where, who, minutes in (("a", "Anna", 99_999), ("a", "Ben", 1), ("b", "Anna", 1)):
        kit.say("stays", where, minutes, speaker=who)
    beside = kit.say("beside", "c", speaker="Ben")
    selection = Selection((beside.memory_id,), ("a",), "Anna", after=START, before=START + timedelta(days=1))
    assert set(kit.episodes.erase(selection).memories) == {wanted.memory_id, beside.memory_id}
    assert kit.episodes.count() == 3
    assert kit.conversations.get("a") is not None


def test_nothing_but_the_assistant_is_called_second_me(kit: Kit) -> None:
    kit.say("an answer", role=Role.ASSISTANT, speaker="second-me")
    assert kit.episodes.preview_erasure(Selection(person="second-me")).answers == ()


def test_an_empty_selection_is_empty() -> None:
    assert Selection().empty
    assert not Selection.of(["m"]).empty
    assert Selection(mentioning=True).empty
