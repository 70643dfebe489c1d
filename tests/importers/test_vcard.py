"""Cards of an address book: readable lines, and claims that are places of them."""

from datetime import datetime
from pathlib import Path

import pytest

from second_me.app.importers import ClaimedEpisode, by_name
from second_me.core.memory.episodes import Kind, Role
from second_me.core.ports import BadLine

SAMPLE = Path(__file__).parent / "data" / "cards.vcf"


def read(path=SAMPLE, me=None):
    return list(by_name("vcard").read(path, me))


def told(item):
    """(slot, value, qualifier) of every claim, all of them about the card's name."""
    text = item.episode.text
    return [(c.slot.value, c.value.of(text), c.qualifier.value) for c in item.claims]


def test_a_card_of_version_4():
    anna = read()[0]
    assert anna.episode.text.split("\n") == [
        "Name: Anna Keller", "Last name: Keller", "First name: Anna", "Middle name: Maria", "Title: Dr.",
        "Nickname: Anni", "Nickname: Annie", "Birthday: 1988-05-12", "Phone (work): +41-31-765-43-21",
        "Phone (mobile): +41 79 111 22 33", "Email (work): anna@firm.example",
        "Address: Marktgasse 1, 3011, Bern, BE, Switzerland", "Firm: Rossi & Co, Ltd., Research",
        "Job title: Head of Research", "Sex: female", "Note: Met in Bern., Likes tea; no coffee.",
    ]  # fmt: skip
    assert told(anna) == [
        ("name", "Anna Keller", ""), ("family-name", "Keller", ""), ("given-name", "Anna", ""),
        ("additional-name", "Maria", ""), ("honorific-prefix", "Dr.", ""), ("nickname", "Anni", ""),
        ("nickname", "Annie", ""), ("birthday", "1988-05-12", ""), ("tel", "+41-31-765-43-21", "work"),
        ("tel", "+41 79 111 22 33", "mobile"), ("email", "anna@firm.example", "work"),
        ("street-address", "Marktgasse 1", ""), ("postal-code", "3011", ""), ("address-level2", "Bern", ""),
        ("home", "Bern", ""), ("address-level1", "BE", ""), ("country-name", "Switzerland", ""),
        ("organization", "Rossi & Co, Ltd.", ""), ("employer", "Rossi & Co, Ltd.", ""),
        ("organization-title", "Head of Research", ""), ("sex", "female", ""),
    ]  # fmt: skip
    assert {c.named.of(anna.episode.text) for c in anna.claims} == {"Anna Keller"}
    episode = anna.episode
    assert (episode.role, episode.kind, episode.origin) == (Role.PERSON, Kind.NOTE, "card")
    assert (episode.conversation, episode.spoken_at) == ("cards", datetime(2024, 3, 1, 8))


def test_a_card_of_version_2():
    joerg = read()[1]
    assert joerg.episode.text.split("\n")[0] == "Name: Jörg Müller"
    assert told(joerg) == [
        ("name", "Jörg Müller", ""), ("family-name", "Müller", ""), ("given-name", "Jörg", ""),
        ("tel", "030/1234567", "home"), ("street-address", "Hauptstr. 1, Hinterhaus", "work"),
        ("postal-code", "10115", "work"), ("address-level2", "Berlin", "work"),
        ("country-name", "Deutschland", "work"), ("birthday", "--0303", ""),
    ]  # fmt: skip
    assert joerg.episode.spoken_at is None


def test_what_is_no_card_is_told_by_its_line():
    items = read()
    bad = [(item.line, item.reason) for item in items if isinstance(item, BadLine)]
    assert bad == [(30, "the card bears no name"), (42, "the card has no end")]
    assert sum(isinstance(item, ClaimedEpisode) for item in items) == 3


@pytest.mark.parametrize("me", ["Mara Lind", " mara LIND", "mara@example.org"])
def test_the_card_that_bears_the_persons_name_is_about_them(me):
    anna, joerg, mara = (item for item in read(me=me) if isinstance(item, ClaimedEpisode))
    assert all(claim.named is None for claim in mara.claims)
    assert all(claim.named is not None for each in (anna, joerg) for claim in each.claims)
    assert ("url", "https://mara.example", "") in told(mara)


def test_a_changed_card_is_another_memory(tmp_path):
    path = tmp_path / "one.vcf"
    ids = []
    for number in ("1", "1", "2"):
        path.write_text(f"BEGIN:VCARD\nFN:Anna\nTEL:03012345{number}\nUID:7\nEND:VCARD\n")
        ids.append(read(path)[0].episode.source_id)
    assert ids[0] == ids[1] != ids[2]
