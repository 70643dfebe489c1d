"""Claims in the vault: places of texts, nothing else; gone with their episodes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Role
from second_me.core.memory.facts.claims import (
    ME,
    Claim,
    Judged,
    Mark,
    Passage,
    Stance,
    Verdict,
    digest,
    passage,
)
from second_me.core.memory.facts.slots import Slot
from second_me.storage import migrate
from second_me.storage.repositories.facts import Facts
from second_me.storage.repositories.glossary import Glossary
from second_me.storage.rows import fetch, fetch_number
from second_me.storage.vault import create_vault, open_vault
from tests.storage.conftest import PASSPHRASE, QUICK, START, Kit

LATER = datetime(2024, 4, 1)


def claim(text: str, value: str, slot: Slot = Slot.HOME, name: str | None = None, **more: object) -> Claim:
    at = text.index(value)
    named = passage(text, text.index(name), text.index(name) + len(name)) if name else None
    return Claim(
        slot,
        passage(text, at, at + len(value)),
        passage(text, 0, len(text)),
        named=named,
        **more,  # type: ignore[arg-type]
    )


def lives(kit: Kit, town: str, **more: object) -> tuple[Episode, int]:
    said = kit.say(f"I live in {town}.", **more)  # type: ignore[arg-type]
    return said, Facts(kit.vault).put(said.memory_id, [claim(said.text, town)], 1, LATER)[0]


def test_a_claim_comes_back_with_the_words_of_its_episode(kit: Kit) -> None:
    facts = Facts(kit.vault)
    said = kit.say("Anna moved to Bern in May 2021, not to Basel.", source_id="t1")
    made = claim(
        said.text, "Bern", name="Anna", since=datetime(2021, 5, 1), corrects=True, stance=Stance.HOLDS
    )
    (number,) = facts.put(said.memory_id, [made], 1, LATER)
    (kept,) = facts.kept()
    assert (kept.claim_id, kept.claim, kept.subject, kept.value) == (number, made, "Anna", "Bern")
    assert (kept.quote, kept.memory_id, kept.source_id) == (said.text, said.memory_id, "t1")
    assert (kept.said_at, kept.learned_at, kept.edited, kept.marks) == (said.spoken_at, LATER, False, ())
    assert facts.get(number) == kept
    assert list(facts.of_memory(said.memory_id)) == [kept]
    assert facts.get(number + 1) is None


def test_claims_are_found_by_subject_and_slot(kit: Kit) -> None:
    facts = Facts(kit.vault)
    said = kit.say("I live in Bern, and Anna Keller likes tea.")
    facts.put(
        said.memory_id,
        [claim(said.text, "Bern"), claim(said.text, "tea", Slot.LIKES, "Anna Keller")], 1, LATER,
    )  # fmt: skip
    assert [kept.value for kept in facts.kept(ME)] == ["Bern"]
    assert [kept.value for kept in facts.kept("anna  KELLER")] == ["tea"]
    assert [kept.value for kept in facts.kept(None, {Slot.LIKES})] == ["tea"]
    assert facts.kept(ME, {Slot.LIKES}) == []


TEXTS = st.text(min_size=1, max_size=40).filter(lambda text: "\0" not in text and text.isprintable())


@settings(max_examples=60, deadline=None)
@given(told=TEXTS, other=TEXTS, start=st.integers(0, 45), length=st.integers(1, 45))
def test_nothing_else_than_a_passage_of_the_text_can_be_kept(
    shared: Kit, told: str, other: str, start: int, length: int
) -> None:
    """Whatever is tried: what comes back stands in the episode, at its place."""
    facts = Facts(shared.vault)
    said = shared.say(told)
    tried = Passage(start, start + length, digest(other))
    good = other == told and start + length <= len(told)
    made = Claim(Slot.HOME, tried, tried)
    if good:
        facts.put(said.memory_id, [made], 1, LATER)
        assert [kept.value for kept in facts.of_memory(said.memory_id)] == [told[start : start + length]]
        return
    with pytest.raises(ValueError):
        facts.put(said.memory_id, [made], 1, LATER)
    assert facts.of_memory(said.memory_id) == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    vault, key = create_vault(tmp_path_factory.mktemp("shared") / "vault", PASSPHRASE, QUICK)
    yield Kit(vault, key)
    vault.close()


def test_a_value_outside_of_its_sentence_and_a_name_of_another_text_are_refused(kit: Kit) -> None:
    facts, said = Facts(kit.vault), kit.say("I live in Bern. I like tea.")
    with pytest.raises(ValueError):
        facts.put(
            said.memory_id,
            [Claim(Slot.HOME, passage(said.text, 10, 14), passage(said.text, 16, 27))],
            1,
            LATER,
        )
    with pytest.raises(ValueError):
        facts.put(said.memory_id, [
            claim(said.text, "Bern"),
            Claim(Slot.HOME, passage(said.text, 10, 14), passage(said.text, 0, 15), named=passage("Anna", 0, 4)),
        ], 1, LATER)  # fmt: skip
    with pytest.raises(ValueError):
        facts.put("m_none", [], 1, LATER)
    assert facts.kept() == []
    assert [each.seq for each in facts.unread(1, 9)] == [said.seq]


def test_no_text_lies_in_the_table(kit: Kit) -> None:
    said, _ = lives(kit, "Zanzibar")
    with kit.vault.writing() as db:
        db.execute("UPDATE episodes SET text = 'I live in Berlin.' WHERE seq = ?", (said.seq,))
        rows = fetch(db, "SELECT * FROM claims")
    assert "Zanzibar" not in str(rows)
    with pytest.raises(ValueError):
        Facts(kit.vault).kept()


def test_only_what_the_person_said_and_may_be_seen_is_given(kit: Kit) -> None:
    facts = Facts(kit.vault)
    said, number = lives(kit, "Bern")
    answer = kit.say("I live in Rome.", role=Role.ASSISTANT)
    other = kit.say("I live in Oslo.", role=Role.OTHER)
    for each, town in ((answer, "Rome"), (other, "Oslo")):
        facts.put(each.memory_id, [claim(each.text, town)], 1, LATER)
    assert [kept.claim_id for kept in facts.kept()] == [number]
    for hide, show in (
        (lambda: kit.episodes.hide(said.memory_id, START), lambda: kit.episodes.restore(said.memory_id)),
        (
            lambda: kit.episodes.set_remembered(said.memory_id, False),
            lambda: kit.episodes.set_remembered(said.memory_id, True),
        ),
        (lambda: kit.conversations.hide("talk-1", START), lambda: kit.conversations.restore("talk-1")),
    ):
        before = facts.changes()
        hide()
        assert (facts.kept(), facts.get(number), facts.of_memory(said.memory_id)) == ([], None, [])
        assert facts.changes() != before
        show()
        assert [kept.claim_id for kept in facts.kept()] == [number]


def test_what_was_not_read_by_this_reader_waits_oldest_first(kit: Kit) -> None:
    facts = Facts(kit.vault)
    first, second = kit.say("One."), kit.say("Two.", minutes=1)
    kit.say("Not mine.", role=Role.OTHER)
    kit.say("An answer.", role=Role.ASSISTANT)
    for origin in ("fill", "answer", "edit", "card"):
        kit.say("Written by us, or brought with its claims.", origin=origin)
    hidden = kit.say("Three.")
    kit.episodes.hide(hidden.memory_id, START)
    assert [each.seq for each in facts.unread(1, 9)] == [first.seq, second.seq]
    assert [each.seq for each in facts.unread(1, 1)] == [first.seq]
    facts.put(first.memory_id, [], 1, LATER)
    assert [each.seq for each in facts.unread(1, 9)] == [second.seq]
    facts.put(second.memory_id, [], 1, LATER)
    assert [each.seq for each in facts.unread(2, 9)] == [first.seq, second.seq]
    kit.episodes.restore(hidden.memory_id)
    assert [each.seq for each in facts.unread(1, 9)] == [hidden.seq]


def test_reading_again_keeps_the_ids_and_what_the_person_said_of_them(kit: Kit) -> None:
    facts = Facts(kit.vault)
    said = kit.say("I live in Bern and like tea and olives.")
    claims = [
        claim(said.text, "Bern"),
        claim(said.text, "tea", Slot.LIKES),
        claim(said.text, "olives", Slot.LIKES),
    ]
    home, tea, olives = facts.put(said.memory_id, claims, 1, LATER)
    facts.mark(home, Mark.CONFIRMED, LATER)
    facts.mark(tea, Mark.ENDED, LATER)
    facts.judge(home, tea, Verdict.BOTH, LATER)
    assert list(facts.put(said.memory_id, claims[1:2], 2, START)) == [tea]
    kept = {each.claim_id: each for each in facts.kept()}
    assert set(kept) == {home, tea}  # the reader finds olives no more, and Bern was confirmed
    assert kept[tea].marks == ((Mark.ENDED, LATER),)
    assert facts.verdicts() == {(home, tea): Judged(Verdict.BOTH, LATER)}
    assert facts.get(olives) is None


def test_marks_and_verdicts_can_be_taken_back(kit: Kit) -> None:
    facts = Facts(kit.vault)
    (_, one), (_, other) = lives(kit, "Bern"), lives(kit, "Basel")
    assert facts.mark(one, Mark.WRONG, LATER)
    assert facts.mark(one, Mark.WRONG, START)  # again: the last time counts
    assert facts.kept()[0].marks == ((Mark.WRONG, START),)
    assert facts.unmark(one, Mark.WRONG)
    assert not facts.unmark(one, Mark.WRONG)
    assert not facts.mark(99, Mark.WRONG, LATER)
    facts.judge(one, other, Verdict.LATER, LATER)
    facts.judge(one, other, Verdict.FIRST, START)
    assert facts.verdicts() == {(one, other): Judged(Verdict.FIRST, START)}
    facts.judge(one, other, None, START)
    assert facts.verdicts() == {}
    with pytest.raises(ValueError):
        facts.judge(one, 99, Verdict.FIRST, START)


def test_every_change_is_counted_and_an_undone_one_is_not(kit: Kit) -> None:
    facts = Facts(kit.vault)
    seen = [facts.changes()]
    said, number = lives(kit, "Bern")
    _, other = lives(kit, "Basel")
    for change in (
        lambda: None,
        lambda: facts.mark(number, Mark.ENDED, LATER),
        lambda: facts.unmark(number, Mark.ENDED),
        lambda: facts.judge(number, other, Verdict.BOTH, LATER),
        lambda: facts.judge(number, other, None, LATER),
        lambda: Glossary(kit.vault).put(
            said.memory_id, [(passage(said.text, 0, 1), passage(said.text, 2, 6))]
        ),
        lambda: facts.put(said.memory_id, [], 2, LATER),
    ):
        change()
        seen.append(facts.changes())
    assert seen == sorted(set(seen))
    with pytest.raises(RuntimeError), kit.vault.writing():
        facts.mark(other, Mark.ENDED, LATER)
        raise RuntimeError
    assert facts.changes() == seen[-1]


def test_everything_goes_with_the_episode(kit: Kit) -> None:
    facts, glossary = Facts(kit.vault), Glossary(kit.vault)
    text = "Zelda lives in Quokkaville; when I say the lab I mean the shed."
    said = kit.say(text)
    (number,) = facts.put(said.memory_id, [claim(text, "Quokkaville", name="Zelda")], 1, LATER)
    glossary.put(said.memory_id, [(passage(text, 39, 46), passage(text, 54, 62))])
    _, stays = lives(kit, "Bern")
    facts.mark(number, Mark.CONFIRMED, LATER)
    facts.judge(number, stays, Verdict.FIRST, LATER)
    facts.judge(stays, number, Verdict.FIRST, LATER)
    assert [each.term for each in glossary.listing()] == ["the lab"]
    preview = kit.episodes.preview_erasure([said.memory_id])
    receipt = kit.episodes.erase([said.memory_id])
    assert preview == receipt
    assert receipt.facts == 1
    assert [kept.claim_id for kept in facts.kept()] == [stays]
    assert (facts.verdicts(), glossary.listing()) == ({}, [])
    for word in (b"Quokkaville", b"Zelda", b"zelda"):
        assert word not in kit.pages()
    with kit.vault.reading() as db:
        for table in ("claim_marks", "verdicts", "definitions"):
            assert fetch_number(db, f"SELECT count(*) FROM {table}") == 0
        assert fetch_number(db, "SELECT count(*) FROM read_episodes WHERE seq = ?", (said.seq,)) == 0


def test_definitions_are_passages_and_replaced_as_a_whole(kit: Kit) -> None:
    glossary, text = Glossary(kit.vault), "When I say the lab I mean the shed."
    said = kit.say(text)
    places = [(passage(text, 11, 18), passage(text, 26, 34))]
    glossary.put(said.memory_id, places)
    glossary.put(said.memory_id, places)
    (found,) = glossary.listing()
    assert (found.term, found.meaning, found.memory_id) == ("the lab", "the shed", said.memory_id)
    with pytest.raises(ValueError):
        glossary.put(said.memory_id, [(passage("another text", 0, 3), passage(text, 26, 34))])
    with pytest.raises(ValueError):
        glossary.put("m_none", [])
    assert len(glossary.listing()) == 1
    kit.episodes.hide(said.memory_id, START)
    assert glossary.listing() == []


def test_an_older_vault_has_its_episodes_read(tmp_path: Path) -> None:
    older = [step for step in migrate.shipped() if step.number < 6]
    vault, key = create_vault(tmp_path / "vault", PASSPHRASE, QUICK, migrations=older)
    with vault.writing() as db:
        db.execute("INSERT INTO conversations VALUES ('talk-1', '', 'talk', '2024-03-01T09:00:00', NULL)")
        for number, role in enumerate(("person", "assistant", "other")):
            db.execute(
                "INSERT INTO episodes(memory_id, conversation, speaker, role, kind, text, spoken_at, recorded_at,"
                " session, placed_at, origin, shown) VALUES (?, 'talk-1', 'A', ?, 'turn', 'Hm.', '2024-03-01T09:00:00',"
                " '2024-03-01T09:00:00', 1, '2024-03-01T09:00:00', 'talk', 1)",
                (f"m_{number}", role),
            )
    vault.close()
    kit = Kit(open_vault(tmp_path / "vault", passphrase=PASSPHRASE), key)
    assert [each.memory_id for each in Facts(kit.vault).unread(1, 9)] == ["m_0"]
    kit.vault.close()


def test_what_waits_and_what_is_about_somebody_is_found_by_an_index(kit: Kit) -> None:
    lives(kit, "Bern")
    queries = (
        "SELECT r.seq FROM read_episodes AS r WHERE r.version < 2 ORDER BY r.version, r.seq LIMIT 9",
        "SELECT claim_id FROM claims WHERE subject = '' AND slot = 'home'",
    )
    with kit.vault.reading() as db:
        plans = [str(fetch(db, "EXPLAIN QUERY PLAN " + query)) for query in queries]
    assert "read_episodes_by_version" in plans[0]
    assert "TEMP B-TREE" not in plans[0]
    assert "claims_of_subject" in plans[1]
