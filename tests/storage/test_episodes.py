from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, NewEpisode, Role
from second_me.core.ports import Scope
from tests.storage.conftest import START, Kit, direction, turn

HOUR = 60


def test_an_episode_comes_back_as_it_was_said(kit: Kit) -> None:
    text = "Grüezi \0 日本語 👩‍👩‍👧 \r\n  end "
    said = kit.say(text, kind=Kind.NOTE, role=Role.OTHER, source_id="7", origin="import")
    assert kit.episodes.get(said.memory_id) == said
    assert kit.episodes.by_seq([said.seq, 99]) == {said.seq: said}
    assert (said.text, said.session, said.remembered, said.hidden_at) == (text, 1, True, None)
    assert said.memory_id.startswith("m_")
    assert said.memory_id.isascii()
    assert kit.episodes.get("m_nothing") is None


def test_a_source_id_is_stored_once_in_its_conversation(kit: Kit) -> None:
    batch = [turn(f"number {n}", "import/a", n, source_id=str(n % 3)) for n in range(5)]
    assert kit.episodes.append_many(batch, START) == (3, 2)
    assert kit.episodes.append_many(batch, START) == (0, 5)
    assert kit.episodes.append_many([turn("other", "import/b", source_id="0")], START) == (1, 0)
    first = kit.say("again", "import/b", source_id="0")
    assert first.text == "other"
    assert kit.episodes.append_many([turn("no id"), turn("no id")], START) == (2, 0)


def test_a_batch_that_fails_leaves_nothing(kit: Kit) -> None:
    zoned = datetime.fromisoformat("2024-01-01T00:00+01:00")
    bad = turn("zone", minutes=None)
    with pytest.raises(ValueError, match="zone"):
        kit.episodes.append_many([turn("first"), type(bad)("talk-1", "A", "x", zoned)], START)
    assert kit.episodes.count() == 0


def test_sessions_break_after_six_hours(kit: Kit) -> None:
    times = [0, HOUR, 7 * HOUR, 13 * HOUR + 1, None]
    assert [kit.say("x", minutes=minutes).session for minutes in times] == [1, 1, 1, 2, 2]
    assert kit.say("elsewhere", conversation="talk-2").session == 3


def test_a_late_turn_joins_two_sessions_and_a_gap_is_where_it_was(kit: Kit) -> None:
    first, last = kit.say("first", minutes=0), kit.say("last", minutes=10 * HOUR)
    assert first.session != last.session
    kit.say("between", minutes=5 * HOUR)
    sessions = {each.session for each in kit.episodes.timeline(None, 9, Scope())}
    assert sessions == {first.session}
    assert [each.text for each in kit.episodes.neighbours(first.seq, 2).values()] == ["between", "last"]


minutes = st.one_of(st.none(), st.integers(0, 60 * HOUR))
examples = itertools.count()
one_vault = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def session_groups(kit: Kit, conversation: str) -> set[frozenset[str]]:
    """The texts of each session of a conversation and those below it."""
    groups = defaultdict(set)
    for each in kit.episodes.timeline(None, 1000, Scope(conversation=conversation)):
        groups[each.session].add(each.text)
        assert each.session > 0
    return {frozenset(group) for group in groups.values()}


@one_vault
@given(
    st.lists(st.tuples(minutes, st.sampled_from("ab")), min_size=1, max_size=12),
    st.lists(st.integers(1, 4), max_size=12),
)
def test_sessions_do_not_depend_on_the_batches(
    kit: Kit, times: list[tuple[int | None, str]], sizes: list[int]
) -> None:
    example = next(examples)

    def turns(way: str) -> list[NewEpisode]:
        return [turn(str(n), f"{example}/{way}/{where}", at) for n, (at, where) in enumerate(times)]

    kit.episodes.append_many(turns("whole"), START)
    rest = turns("pieces")
    for size in [*sizes, len(times)]:
        kit.episodes.append_many(rest[:size], START)
        rest = rest[size:]
    for each in turns("singles"):
        kit.episodes.append(each, START)
    whole = session_groups(kit, f"{example}/whole")
    assert whole == session_groups(kit, f"{example}/pieces") == session_groups(kit, f"{example}/singles")


@one_vault
@given(st.lists(st.integers(0, 60 * HOUR), min_size=1, max_size=10, unique=True), st.randoms())
def test_sessions_of_known_times_do_not_depend_on_the_order(
    kit: Kit, times: list[int], shuffler: random.Random
) -> None:
    example, ordered, shuffled = next(examples), sorted(times), list(times)
    shuffler.shuffle(shuffled)
    kit.episodes.append_many([turn(str(at), f"{example}/ordered", at) for at in ordered], START)
    for at in shuffled:
        kit.say(str(at), f"{example}/shuffled", at)
    groups = session_groups(kit, f"{example}/shuffled")
    assert groups == session_groups(kit, f"{example}/ordered")
    assert len(groups) == 1 + sum(later - earlier > 6 * HOUR for earlier, later in pairwise(ordered))


def test_neighbours_are_in_order_of_speaking(kit: Kit) -> None:
    texts = {3: "d", 0: "a", 2: "c", 1: "b", 9 * HOUR: "later"}
    said = {text: kit.say(text, minutes=at) for at, text in texts.items()}
    reply = kit.say("reply", minutes=1.5, role=Role.ASSISTANT)
    around = kit.episodes.neighbours(said["b"].seq, 2)
    assert {offset: each.text for offset, each in around.items()} == {-1: "a", 1: "reply", 2: "c"}
    kit.episodes.hide(reply.memory_id, START)
    kit.episodes.set_remembered(said["a"].memory_id, False)
    around = kit.episodes.neighbours(said["b"].seq, 2)
    assert {offset: each.text for offset, each in around.items()} == {1: "c", 2: "d"}
    assert kit.episodes.neighbours(999, 2) == {}


def test_the_timeline_is_paged_latest_first(kit: Kit) -> None:
    for at in (5, 1, 3, None, 3):
        kit.say(f"at {at}", minutes=at)
    kit.say("of the assistant", minutes=99, role=Role.ASSISTANT)
    unknown = kit.say("unknown", conversation="elsewhere", minutes=None)
    whole = kit.episodes.timeline(None, 99, Scope())
    assert len(whole) == 6
    assert whole[0].text == "at 5"
    assert whole[-1] == unknown
    paged: list[Episode] = []
    before = None
    while page := kit.episodes.timeline(before, 2, Scope()):
        paged += page
        before = page[-1].seq
    assert paged == list(whole)


def test_scopes(kit: Kit) -> None:
    for n, name in enumerate(["a", "a/b", "a/b/c", "ab", "a0", "a%", "A"]):
        kit.say(f"in {name}", conversation=name, minutes=n)

    def names(scope: Scope) -> set[str]:
        return {each.conversation for each in kit.episodes.timeline(None, 99, scope)}

    assert names(Scope(conversation="a")) == {"a", "a/b", "a/b/c"}
    assert names(Scope(conversation="a/b")) == {"a/b", "a/b/c"}
    assert names(Scope(conversation="a/")) == {"a", "a/b", "a/b/c"}
    assert names(Scope(conversation="a%")) == {"a%"}
    assert names(Scope(conversation="nowhere")) == set()
    at = START + timedelta(minutes=2)
    assert names(Scope(after=at)) == {"a/b/c", "ab", "a0", "a%", "A"}
    assert names(Scope(before=at, after=at)) == {"a/b/c"}
    some = kit.episodes.timeline(None, 1, Scope())[0]
    assert some.conversation not in names(Scope(exclude=frozenset({some.memory_id})))


def test_hidden_and_not_remembered_leave_every_view_and_come_back(kit: Kit) -> None:
    said = kit.say("apples are green", speaker="Bo")
    kit.say("pears", minutes=1)
    kit.embed_all()

    def seen() -> tuple[object, ...]:
        found = kit.vectors.search(direction(1), Scope(), 5)
        return (
            kit.episodes.count(),
            [hit.seq for hit in kit.words.search(["apples"], Scope(), 5)],
            said.seq in [hit.seq for hit in found],
            len(kit.episodes.timeline(None, 9, Scope())),
            list(kit.episodes.speakers()),
        )

    there = (2, [said.seq], True, 2, ["Anna", "Bo"])
    gone: tuple[object, ...] = (1, [], False, 1, ["Anna"])
    assert seen() == there
    name = said.memory_id
    changes: list[tuple[Callable[[], bool], Callable[[], bool]]] = [
        (lambda: kit.episodes.hide(name, START), lambda: kit.episodes.restore(name)),
        (
            lambda: kit.episodes.set_remembered(name, False),
            lambda: kit.episodes.set_remembered(name, True),
        ),
    ]
    for take, give in changes:
        assert take()
        assert take()
        assert seen() == gone
        assert give()
        assert seen() == there
    assert not kit.episodes.hide("m_nothing", START)
    assert not kit.episodes.restore("m_nothing")
    kit.episodes.set_remembered(said.memory_id, False)
    assert said.text in [each.text for each in kit.conversations.turns("talk-1")]


def test_hiding_twice_keeps_the_first_time(kit: Kit) -> None:
    said = kit.say("x")
    kit.episodes.hide(said.memory_id, START)
    kit.episodes.hide(said.memory_id, START + timedelta(days=1))
    hidden = kit.episodes.get(said.memory_id)
    assert hidden is not None
    assert hidden.hidden_at == START


def test_reasons_to_hide_do_not_undo_each_other(kit: Kit) -> None:
    first, second = kit.say("apples"), kit.say("apples too", minutes=1)
    kit.episodes.hide(first.memory_id, START)
    kit.conversations.hide("talk-1", START)
    late = kit.say("apples late", minutes=2)
    assert kit.episodes.count() == 0
    assert kit.words.search(["apples"], Scope(), 5) == []
    kit.conversations.restore("talk-1")
    assert {hit.seq for hit in kit.words.search(["apples"], Scope(), 5)} == {second.seq, late.seq}
    kit.episodes.restore(first.memory_id)
    assert len(kit.words.search(["apples"], Scope(), 5)) == 3


def test_a_large_import_is_one_transaction(kit: Kit) -> None:
    batch = [
        turn(f"turn {n} about word{n % 97}", f"import/{n % 9}", n, source_id=str(n)) for n in range(5000)
    ]
    assert kit.episodes.append_many(iter(batch), START) == (5000, 0)
    assert kit.episodes.count() == 5000
    assert len(kit.words.search(["word5"], Scope(conversation="import"), 5000)) == 52
