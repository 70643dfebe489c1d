"""What is kept about forms: sites, fills, what was given for a label; it goes with the memories that it is about."""

from __future__ import annotations

from datetime import timedelta

from second_me.core.acting.store import (
    Asked,
    Fill,
    FilledField,
    FillState,
    Site,
    SiteRule,
)
from second_me.core.disclosure.levels import Audience
from second_me.core.memory.episodes import Episode
from second_me.storage.repositories.fills import Fills
from tests.storage.conftest import START, Kit
from tests.storage.looking import data_key, everything

SHOP, CLINIC = "https://shop.example", "https://clinic.example:8443"


def fill(proposal: str, site: str = SHOP, *fields: FilledField, minutes: int = 0) -> Fill:
    at = START + timedelta(minutes=minutes)
    return Fill(proposal, at, site, "Order", "b1", "Chromium 156", fields)


def learn(
    book: Fills, kit: Kit, site: str, label: str, kind: str | None, value: str, minutes: int
) -> Episode:
    episode = kit.say(f"I gave {value} there.", "forms")
    at = START + timedelta(minutes=minutes)
    book.learn(Asked(site, f"x|{label}", label, kind), episode.memory_id, 7, 7 + len(value), at)
    return episode


def given(book: Fills, label: str, kind: str | None) -> list[str]:
    """What is found on a site where nothing was given yet."""
    return [each.value for each in book.learned(Asked("https://third.example", "", label, kind))]


def test_a_site_is_asked_about_as_a_shop_until_the_person_says_else(kit: Kit) -> None:
    book = Fills(kit.vault)
    assert book.site(SHOP) == Site(SHOP, SiteRule.ASK, Audience.SHOP)
    book.set_site(Site(SHOP, SiteRule.NEVER, Audience.STRANGER))
    book.set_site(Site(CLINIC, audience=Audience.PARTNER))
    assert book.site(SHOP) == Site(SHOP, SiteRule.NEVER, Audience.STRANGER)
    book.begin(fill("p1", "https://new.example"))
    book.begin(fill("p2", CLINIC, minutes=5))
    book.begin(fill("p3", CLINIC, minutes=9))
    listed = [(each.settings.site, each.settings.audience, each.fills, each.last) for each in book.sites()]
    assert listed == [
        (CLINIC, Audience.PARTNER, 2, START + timedelta(minutes=9)),
        ("https://new.example", Audience.SHOP, 1, START),
        (SHOP, Audience.STRANGER, 0, None),
    ]


def test_a_fill_is_kept_with_its_fields_and_what_became_of_them(kit: Kit) -> None:
    book, home, name = Fills(kit.vault), kit.say("I live in Bern."), kit.say("I am Ada.")
    town = FilledField(2, "address-level2", "Town", (home.memory_id,))
    both = FilledField(3, None, "About you", (home.memory_id, name.memory_id), by_hand=True)
    number = book.begin(fill("p1", SHOP, town, both))
    kept = book.get(number)
    assert kept is not None
    assert (kept.fill_id, kept.state, kept.fields) == (number, FillState.SENT, (town, both))
    assert book.of_proposal("p1") == kept and book.of_proposal("p2") is None and book.get(99) is None
    book.finish(number, FillState.PARTLY, {2: True, 3: False})
    again = book.listing(5)[0]
    assert again.state is FillState.PARTLY
    assert [field.ok for field in again.fields] == [True, False]
    assert book.listing(5) == [again]


def test_a_fill_that_was_never_answered_is_known_as_such(kit: Kit) -> None:
    book = Fills(kit.vault)
    sent, done = book.begin(fill("p1")), book.begin(fill("p2"))
    book.finish(done, FillState.FILLED, {})
    book = Fills(kit.again().vault)
    assert book.lose_track() == 1
    states = [found.state for number in (sent, done) if (found := book.get(number))]
    assert states == [FillState.UNKNOWN, FillState.FILLED]
    assert book.lose_track() == 0


def test_what_was_ticked_by_hand_is_cleared_for_that_site_until_its_audience_changes(kit: Kit) -> None:
    book, ill = Fills(kit.vault), kit.say("I have asthma.").memory_id
    book.begin(fill("p1", CLINIC, FilledField(0, None, "Illnesses", (ill,), by_hand=True)))
    book.begin(fill("p2", SHOP, FilledField(0, None, "Illnesses", (ill,))))
    assert book.cleared_by_hand(CLINIC) == {(ill, None)}
    assert book.cleared_by_hand(SHOP) == frozenset()
    book.set_site(Site(CLINIC, SiteRule.NEVER))
    assert book.cleared_by_hand(CLINIC) == {(ill, None)}
    book.set_site(Site(CLINIC, audience=Audience.STRANGER))
    assert book.cleared_by_hand(CLINIC) == frozenset()


def test_what_was_learned_is_found_by_label_and_by_type_latest_first(kit: Kit) -> None:
    book = Fills(kit.vault)
    learn(book, kit, SHOP, "tax number", "vat-number", "B-1", 0)
    learn(book, kit, CLINIC, "ust id", "vat-number", "B-2", 1)
    learn(book, kit, SHOP, "insurance", None, "K-7", 2)
    assert given(book, "ust id", "vat-number") == ["B-2", "B-1"]
    assert given(book, "insurance", None) == ["K-7"]
    assert given(book, "nothing", None) == []
    learn(book, kit, SHOP, "insurance", None, "K-8", 3)
    found = book.learned(Asked(SHOP, "x|insurance", "", None))
    assert [(each.value, each.quote, each.site) for each in found] == [("K-8", "I gave K-8 there.", SHOP)]


def test_what_is_hidden_is_not_given_and_what_is_erased_leaves_nothing(kit: Kit) -> None:
    book = Fills(kit.vault)
    first = learn(book, kit, SHOP, "insurance", None, "zanzibar", 0)
    second = learn(book, kit, CLINIC, "insurance", None, "K-9", 1)
    field = FilledField(0, None, "Insurance", (first.memory_id, second.memory_id))
    number = book.begin(fill("p1", SHOP, field))
    kit.episodes.hide(first.memory_id, START)
    assert given(book, "insurance", None) == ["K-9"]
    kit.episodes.restore(first.memory_id)
    assert len(given(book, "insurance", None)) == 2
    kit.episodes.erase([first.memory_id])
    kept = book.get(number)
    assert kept is not None and kept.fields[0].sources == (second.memory_id,)
    assert given(book, "insurance", None) == ["K-9"]
    content = everything(kit.folder, data_key(kit.folder))
    assert b"zanzibar" not in content and first.memory_id.encode() not in content
