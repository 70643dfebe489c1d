"""Facts in the service: read in the background, edited as episodes, gone without a trace."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.fact_edits import ABOUT_ME, FactEdits
from second_me.app.service.fact_sentences import sentence
from second_me.app.service.house import House
from second_me.app.service.jobs import VectorJobs
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.memory.facts.claims import ME, Claim, Qualifier, State, Verdict
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import EnvironmentFault
from tests.reading import reader
from tests.service.kit import PASSPHRASE, Ear, Seat

SAID = datetime(2021, 4, 1, 9)


@pytest.fixture
def layout(tmp_path: Path) -> HomeLayout:
    return HomeLayout(tmp_path / "home")


@pytest.fixture
def house(layout: HomeLayout) -> Iterator[House]:
    """A real house without models, whose reader reads the few sentences of `tests.reading`."""
    made, _ = HomeDoor(layout, SystemClock(), lambda _: None, reader()).create(PASSPHRASE)
    yield made
    made.model.close()
    made.close()


def say(house: House, text: str, said: datetime | None = SAID, conversation: str = "talk/1") -> str:
    new = NewEpisode(conversation, "me", text, said, Role.PERSON)
    return house.episodes.append(new, datetime.now()).memory_id


def read(house: House) -> None:
    while house.keeper.step(2, datetime.now()):
        pass


def values(house: House, slot: Slot = Slot.HOME) -> list[tuple[str, str]]:
    return [(f.kept.value, f.state.value) for f in house.book.about(ME) if f.kept.claim.slot is slot]


def test_the_job_reads_what_was_said_and_says_so(house: House) -> None:
    for number in range(45):
        say(house, f"I like food number {number}.")
    news: list[int] = []
    jobs = VectorJobs(house, lambda _: None, lambda: news.append(len(house.book.all())))
    try:
        assert not jobs.read(0)
        jobs.wake()
        assert jobs.read(60)
        assert news[-1] == 45
        assert house.facts.unread(1, 9) == []
        say(house, "I live in Bern.")
        jobs.wake()
        assert jobs.read(60)
        assert values(house) == [("Bern", "current")]
    finally:
        jobs.close()


def test_a_text_on_which_the_reader_fails_holds_up_no_other(layout: HomeLayout) -> None:
    good = reader()

    def failing(text: str, said: datetime | None, before: str | None) -> Sequence[Claim]:
        if "poison" in text:
            raise IndexError
        return good.claims(text, said, before)

    made, _ = HomeDoor(layout, SystemClock(), lambda _: None, replace(good, claims=failing)).create(
        PASSPHRASE
    )
    for number in range(30):
        say(made, "poison" if number in (3, 27) else f"I like food number {number}.")
    jobs = VectorJobs(made, lambda _: None)
    try:
        jobs.wake()
        assert jobs.read(60)
        assert not made.keeper.waiting()
        assert len(made.book.all()) == 28
    finally:
        jobs.close()
        made.model.close()
        made.close()


def test_another_version_of_the_reader_reads_everything_anew(layout: HomeLayout) -> None:
    for version, likes in ((1, ["tea"]), (2, ["tea"])):
        door = HomeDoor(layout, SystemClock(), lambda _: None, reader(version))
        made = (
            door.open(passphrase=PASSPHRASE, recovery_key=None)
            if door.exists()
            else door.create(PASSPHRASE)[0]
        )
        if version == 1:
            say(made, "I like tea.")
        assert len(made.facts.unread(version, 9)) == 1
        read(made)
        assert [value for value, _ in values(made, Slot.LIKES)] == likes
        made.model.close()
        made.close()


def test_an_edit_is_an_episode_first_and_makes_the_old_value_wrong(house: House) -> None:
    say(house, "I live in Bern.")
    read(house)
    (old,) = house.book.about(ME)
    new = FactEdits(house).edit(old.kept.claim_id, "  Basel ")
    assert (new.kept.value, new.kept.quote, new.kept.edited, new.confirmed) == (
        "Basel",
        "I live in Basel.",
        True,
        True,
    )
    episode = house.episodes.get(new.kept.memory_id)
    assert episode is not None
    assert (episode.conversation, episode.origin, episode.role) == (ABOUT_ME, "edit", Role.PERSON)
    assert values(house) == [("Bern", "wrong"), ("Basel", "current")]
    read(house)
    assert values(house) == [("Bern", "wrong"), ("Basel", "current")]
    house.episodes.erase([new.kept.memory_id])
    assert values(house) == [("Bern", "current")]


def test_an_edit_of_one_of_many_leaves_the_others(house: House) -> None:
    say(house, "I like tea. I like olives.")
    read(house)
    tea = next(f for f in house.book.about(ME) if f.kept.value == "tea")
    FactEdits(house).edit(tea.kept.claim_id, "green tea")
    assert sorted(values(house, Slot.LIKES)) == [
        ("green tea", "current"),
        ("olives", "current"),
        ("tea", "wrong"),
    ]


def test_an_edit_there_and_back(house: House) -> None:
    edits = FactEdits(house)
    first = edits.add(Slot.BIRTHDAY, "3 May", ME)
    second = edits.edit(first.kept.claim_id, "4 May")
    edits.edit(second.kept.claim_id, "3 May")
    found = [(f.kept.value, f.state) for f in house.book.about(ME)]
    assert ("3 May", State.CURRENT) in found
    assert ("4 May", State.WRONG) in found
    assert house.book.contradictions() == ()


def test_erasing_restores_what_was_true_before_it_was_said(house: House) -> None:
    before, said = [], []
    for year, text in enumerate(
        ("I live in Bern.", "I live in Basel.", "No, I live in Cork.", "I like tea.", "I hate tea.", "I work at Lidl.",
         "I don't work at Lidl any more.", "My birthday is 3 May.", "My birthday is 4 May.", "I live in Bern.")
    ):  # fmt: skip
        read(house)
        before.append((house.book.all(), house.book.contradictions()))
        said.append(say(house, text, datetime(2010 + year, 1, 1), f"talk/{year}"))
    while said:
        read(house)
        house.episodes.erase([said.pop()])
        assert (house.book.all(), house.book.contradictions()) == before.pop()


def test_confirm_end_and_reopen(house: House) -> None:
    say(house, "I live in Bern.")
    say(house, "I live in Bern.", datetime(2022, 1, 1), "talk/2")
    read(house)
    edits, (fact,) = FactEdits(house), house.book.about(ME)
    assert not fact.confirmed
    assert edits.confirm(fact.kept.claim_id).confirmed
    ended = edits.end(fact.kept.claim_id, datetime(2023, 1, 1))
    assert (ended.state, ended.valid_to) == (State.ENDED, datetime(2023, 1, 1))
    assert edits.reopen(ended.kept.claim_id).state is State.CURRENT
    with pytest.raises(EnvironmentFault):
        edits.confirm(10_000)


def test_a_fact_that_another_ended_can_be_held_against_it(house: House) -> None:
    say(house, "I live in Bern.")
    say(house, "I live in Basel.", datetime(2022, 1, 1), "talk/2")
    read(house)
    bern = house.book.about(ME)[0]
    assert FactEdits(house).reopen(bern.kept.claim_id).state is State.CURRENT
    assert [{c.first.kept.value, c.second.kept.value} for c in house.book.contradictions()] == [
        {"Bern", "Basel"}
    ]


def test_a_contradiction_is_asked_once(house: House) -> None:
    say(house, "My birthday is 3 May.")
    say(house, "My birthday is 4 May.", datetime(2022, 1, 1), "talk/2")
    read(house)
    (pair,) = house.book.contradictions()
    edits, ids = FactEdits(house), (pair.first.kept.claim_id, pair.second.kept.claim_id)
    for verdict, states in (
        (Verdict.FIRST, ["current", "wrong"]),
        (Verdict.SECOND, ["wrong", "current"]),
        (Verdict.BOTH, ["current", "current"]),
        (Verdict.LATER, ["current", "current"]),
    ):
        edits.settle(*ids, verdict)
        assert house.book.contradictions() == ()
        assert [state for _, state in sorted(values(house, Slot.BIRTHDAY))] == states
    edits.settle(*ids, None)
    assert len(house.book.contradictions()) == 1


@pytest.mark.parametrize("slot", list(Slot))
@pytest.mark.parametrize("subject", [ME, "Anna Keller"])
def test_every_slot_has_a_sentence_in_which_the_value_stands(slot: Slot, subject: str) -> None:
    text, claim = sentence(slot, "4 {value} {name}", subject, Qualifier.WORK)
    assert claim.value.of(text) == "4 {value} {name}"
    assert (claim.named.of(text) if claim.named else ME) == subject
    assert text.endswith(".")


def test_numbers_of_cards_are_no_facts(house: House) -> None:
    edits = FactEdits(house)
    with pytest.raises(EnvironmentFault):
        edits.add(Slot.TEL, "4111 1111 1111 1111", ME)
    assert edits.add(Slot.TEL, "+49 30 123 45 67", ME).kept.value == "+49 30 123 45 67"
    assert len(house.book.all()) == 1


def test_the_protocol(bare_place: Seat) -> None:
    client = bare_place.unlocked()
    told: list[str] = []
    client.subscribe(lambda method, params: told.append(method))
    made = client.call("facts.add", slot="email", value="anna@example.org", subject="Anna", qualifier="work")
    assert set(made) == {
        "fact_id", "subject", "slot", "group", "value", "qualifier", "valid_from", "valid_to", "said_at", "memory_id",
        "source_id", "conversation", "quote", "start", "end", "origin", "stance", "state", "confirmed", "sensitivity",
        "topic",
    }  # fmt: skip
    assert made["quote"] == "Anna's work email address is anna@example.org."
    assert made["quote"][made["start"] : made["end"]] == "anna@example.org"
    mine = client.call("facts.add", slot="birthday", value="3 May")
    assert [each["value"] for each in client.call("facts.list")] == ["3 May", "anna@example.org"]
    assert client.call("facts.list", subject="anna")[0]["fact_id"] == made["fact_id"]
    assert client.call("facts.list", subject="me", at="1999-01-01")[0]["fact_id"] == mine["fact_id"]
    assert client.call("memory.get", memory_id=made["memory_id"])["facts"] == [made]
    ended = client.call("facts.end", fact_id=made["fact_id"])
    assert ended["state"] == "ended"
    assert client.call("facts.list", ended=False) == [mine]
    assert client.call("facts.reopen", fact_id=made["fact_id"])["state"] == "current"
    assert client.call("facts.confirm", fact_id=made["fact_id"])["confirmed"] is True
    assert (
        client.call("facts.edit", fact_id=made["fact_id"], value="a@example.org")["value"] == "a@example.org"
    )
    client.call("facts.add", slot="birthday", value="9 June")
    (pair,) = client.call("contradictions.list")
    client.call(
        "contradictions.settle",
        first=pair["first"]["fact_id"],
        second=pair["second"]["fact_id"],
        verdict="second",
    )
    assert client.call("contradictions.list") == []
    assert client.call("memory.preview_erasure", memory_ids=[made["memory_id"]])["facts"] == 1
    assert client.call("glossary.list") == []
    assert client.call("facts.wait") == {"read": True}
    deadline = time.monotonic() + 30
    while told.count("facts.changed") < 8 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert told.count("facts.changed") >= 8


def test_a_card_brings_its_facts_and_a_newer_one_ends_them(bare_place: Seat, tmp_path: Path) -> None:
    client = bare_place.unlocked()
    ear = Ear(client)

    def bring(*numbers: str) -> dict[str, Any]:
        lines = [
            "BEGIN:VCARD",
            "VERSION:3.0",
            "FN:Anna Keller",
            *(f"TEL:{number}" for number in numbers),
            "END:VCARD",
        ]
        (tmp_path / "a.vcf").write_text("\n".join(lines))
        client.call("import.start", paths=[str(tmp_path / "a.vcf")], wait=True)
        done = ear.next("import.done")
        assert done["refused"] == []
        return done

    def numbers() -> list[tuple[str, str]]:
        found = client.call("facts.list", subject="anna keller")
        return [(fact["value"], fact["state"]) for fact in found if fact["slot"] == "tel"]

    assert [bring("030 12345", "030 99999")["added"], bring("030 12345", "030 99999")["already"]] == [1, 1]
    assert numbers() == [("030 12345", "current"), ("030 99999", "current")]
    time.sleep(1.1)  # times of cards are whole seconds
    assert bring("030 77777")["added"] == 1
    assert numbers() == [("030 12345", "ended"), ("030 99999", "ended"), ("030 77777", "current")]
    assert client.call("contradictions.list") == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("facts.add", {"slot": "shoe-size", "value": "43"}),
        ("facts.add", {"slot": "tel"}),
        ("facts.add", {"slot": "tel", "value": "x" * 501}),
        ("facts.edit", {"value": "x"}),
        ("facts.confirm", {"fact_id": 12}),
        ("facts.end", {"fact_id": "one"}),
        ("facts.list", {"at": "yesterday"}),
        ("contradictions.settle", {"first": 1, "second": 2, "verdict": "maybe"}),
    ],
)
def test_what_cannot_be_meant_is_refused(shared_place: Seat, method: str, params: dict[str, object]) -> None:
    from second_me.app.service.protocol import RemoteFault

    client = shared_place.client(start=False)
    with pytest.raises(RemoteFault) as fault:
        client.call(method, **params)
    assert fault.value.code in ("bad_parameters", "not_found")


def test_what_is_remembered_is_a_fact_and_a_word_of_ones_own(bare_place: Seat) -> None:
    """With the reader that ships."""
    client = bare_place.unlocked()
    told = client.call("remember", text="I live in Utrecht, Oudegracht 12.", time="2024-06-10T10:00:00")
    client.call("remember", text='When I say "the lab" I mean the greenhouse behind the school.')
    assert client.call("facts.wait", timeout=60) == {"read": True}
    home = next(fact for fact in client.call("facts.list", subject="me") if fact["slot"] == "home")
    assert (home["value"], home["valid_from"], home["memory_id"]) == (
        "Utrecht",
        "2024-06-10T10:00:00",
        told["memory_id"],
    )
    (word,) = client.call("glossary.list")
    assert (word["term"], word["meaning"]) == ("the lab", "the greenhouse behind the school")
    client.call("memory.erase", memory_ids=[told["memory_id"], word["memory_id"]])
    assert client.call("facts.list") == client.call("glossary.list") == []
