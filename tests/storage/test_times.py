"""When what a memory tells of happened: kept with it, found by it, gone with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from second_me.core.memory.episodes import Role
from second_me.core.ports import Scope
from second_me.core.recall.keys import query_terms
from second_me.core.temporal.spans import Grain, Span
from second_me.storage import migrate
from second_me.storage.rows import fetch, fetch_number
from second_me.storage.vault import create_vault, open_vault
from tests.storage.conftest import PASSPHRASE, QUICK, START, Kit, turn

FEBRUARY = (datetime(2024, 2, 1), datetime(2024, 3, 1))


def test_event_speaking_and_import_time_are_three(kit: Kit) -> None:
    imported = datetime(2025, 7, 1)
    said = kit.episodes.append(turn("Last week I flew to Lisbon, and on 3 May 2021 to Oslo."), imported)
    assert (said.spoken_at, said.recorded_at) == (START, imported)  # said on Friday, 1 March 2024
    assert kit.episodes.event_times([said.seq, 99]) == {
        said.seq: (
            Span(datetime(2024, 2, 19), datetime(2024, 2, 26), Grain.WEEK),
            Span(datetime(2021, 5, 3), datetime(2021, 5, 4), Grain.DAY),
        )
    }


def test_without_a_speaking_time_only_dates_with_a_year_count(kit: Kit) -> None:
    said = kit.say("Last week I flew to Lisbon, and on 3 May 2021 to Oslo.", minutes=None)
    assert [span.start for span in kit.episodes.event_times([said.seq])[said.seq]] == [datetime(2021, 5, 3)]


def test_what_the_assistant_says_tells_of_no_time(kit: Kit) -> None:
    said = kit.say("That was on 3 May 2021.", role=Role.ASSISTANT)
    assert kit.episodes.event_times([said.seq]) == {}


def test_a_span_finds_what_happened_in_it_and_then_what_was_said_in_it(kit: Kit) -> None:
    told = kit.say("Two weeks ago I moved.")
    later = kit.say("I moved again.", minutes=60)
    before = kit.episodes.append(turn("Nothing new.", "talk-0", -60 * 24 * 10), START)
    assert list(kit.episodes.in_span(*FEBRUARY, 9)) == [told.seq, before.seq]
    assert list(kit.episodes.in_span(*FEBRUARY, 1)) == [told.seq]
    kit.episodes.hide(told.memory_id, START)
    assert list(kit.episodes.in_span(*FEBRUARY, 9)) == [before.seq]
    kit.episodes.restore(told.memory_id)
    assert list(kit.episodes.in_span(datetime(2024, 3, 1), datetime(2024, 4, 1), 9)) == [later.seq, told.seq]


def test_both_searches_of_a_span_use_an_index(kit: Kit) -> None:
    kit.say("Two weeks ago I moved.")
    with kit.vault.reading() as db:
        plans = [
            str(fetch(db, "EXPLAIN QUERY PLAN " + query, values))
            for query, values in (
                ('SELECT seq FROM event_times WHERE start < ? AND "end" > ? ORDER BY start DESC', ("b", "a")),
                (
                    "SELECT seq FROM episodes WHERE placed_at >= ? AND placed_at < ? AND shown "
                    "AND role <> 'assistant' ORDER BY placed_at DESC, seq DESC",
                    ("a", "b"),
                ),
            )
        ]
    assert "event_times_by_start" in plans[0]
    assert "episodes_timeline" in plans[1]
    assert "TEMP B-TREE" not in "".join(plans)


def test_a_month_in_a_question_finds_last_week_in_a_memory(kit: Kit) -> None:
    said = kit.say("Last week I flew to Lisbon.")
    kit.say("I like Lisbon.", minutes=1)
    hits = kit.words.search([*query_terms("in February 2024")], Scope(), 9)
    assert hits[0].seq == said.seq


def test_erasing_a_memory_erases_its_times(kit: Kit) -> None:
    said = kit.say("On 3 May 2021 I flew to Oslo.")
    kept = kit.say("On 4 May 2021 I flew back.", minutes=1)
    kit.episodes.erase([said.memory_id])
    assert set(kit.episodes.event_times([said.seq, kept.seq])) == {kept.seq}
    assert b"2021-05-03T00:00:00" not in kit.pages()
    assert b"2021-05-04T00:00:00" in kit.pages()


def test_the_times_of_an_older_vault_are_read_later(tmp_path: Path) -> None:
    older = [step for step in migrate.shipped() if step.number < 4]
    vault, recovery_key = create_vault(tmp_path / "vault", PASSPHRASE, QUICK, migrations=older)
    with vault.writing() as db:
        db.execute("INSERT INTO conversations VALUES ('talk-1', '', 'talk', '2024-03-01T09:00:00', NULL)")
        for number, (text, role) in enumerate(
            (("Last week I flew.", "person"), ("On 3 May 2021.", "assistant"))
        ):
            db.execute(
                "INSERT INTO episodes(memory_id, conversation, speaker, role, kind, text, spoken_at, recorded_at,"
                " session, placed_at, origin, shown) VALUES (?, 'talk-1', 'A', ?, 'turn', ?, '2024-03-01T09:00:00',"
                " '2024-03-01T09:00:00', 1, '2024-03-01T09:00:00', 'talk', 1)",
                (f"m_{number}", role, text),
            )
    vault.close()
    kit = Kit(open_vault(tmp_path / "vault", passphrase=PASSPHRASE), recovery_key)
    assert kit.episodes.event_times([1, 2]) == {}
    assert [kit.episodes.fill_times(9), kit.episodes.fill_times(9)] == [1, 0]
    assert kit.episodes.event_times([1, 2]) == {
        1: (Span(datetime(2024, 2, 19), datetime(2024, 2, 26), Grain.WEEK),)
    }
    with kit.vault.reading() as db:
        assert fetch_number(db, "SELECT count(*) FROM pending_times") == 0
    kit.vault.close()


def test_a_memory_that_waits_for_its_times_can_be_erased(kit: Kit) -> None:
    said = kit.say("On 3 May 2021 I flew to Oslo.")
    with kit.vault.writing() as db:
        db.execute("INSERT INTO pending_times VALUES (?)", (said.seq,))
    kit.episodes.erase([said.memory_id])
    assert kit.episodes.fill_times(9) == 0
