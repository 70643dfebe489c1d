"""Every method with every kind of wrong parameter: a result or an error of docs/protocol.md, never a bug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.app.service.client import Client
from second_me.app.service.protocol import Channel
from tests.service.kit import Seat

PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")
ENDINGS = {"vault.lock"}
OWN_TESTS = {"hello", "model.reload"}
"""They end the connection, or the process of the model that the tests share."""
WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 1.5, 1e400, 10**30, "", " ", "x", "\0", "nul\0inside", "\ud800", "y" * 2_000,
    [], [1], ["\ud800"], ["x", None], [[]], {}, {"a": 1}, "2024-13-99", "talk/command-line", "notes",
)  # fmt: skip
PARAMETERS: dict[str, dict[str, Any]] = {
    "hello": {},
    "vault.create": {"passphrase": "correct horse battery"},
    "vault.unlock": {"passphrase": "correct horse battery", "recovery_key": "AAAAA"},
    "vault.change_passphrase": {"passphrase": "abc", "new_passphrase": "abc", "recovery_key": "AAAAA"},
    "status": {},
    "notice.dismiss": {"id": 1},
    "talk.conversations": {"query": "cat"},
    "talk.create": {"temporary": False},
    "talk.rename": {"conversation": "TALK", "title": "A title"},
    "talk.delete": {"conversation": "absent"},
    "talk.restore": {"conversation": "absent"},
    "talk.turns": {"conversation": "TALK"},
    "talk.send": {"conversation": "TALK", "text": "Hello"},
    "talk.again": {"answer_id": "ANSWER", "exclude": []},
    "talk.stop": {"turn": "turn-1"},
    "talk.remember": {"memory_id": "MEMORY", "remember": True},
    "talk.correct": {"answer_id": "absent", "text": "No."},
    "talk.copied": {"answer_id": "ANSWER"},
    "memory.timeline": {"before": "MEMORY", "limit": 3, "contradicting": True},
    "memory.search": {"text": "cat", "limit": 3, "speaker": "Anna", "pinned": False, "kind": "note"},
    "memory.speakers": {},
    "memory.get": {"memory_id": "MEMORY"},
    "memory.delete": {"memory_id": "absent"},
    "memory.restore": {"memory_id": "absent"},
    "memory.preview_erasure": {
        "memory_ids": ["MEMORY"], "conversations": ["TALK"], "person": "Mara", "mentioning": True,
        "after": "2024-06-01T08:00:00", "before": "2024-06-02",
    },
    "memory.erase": {"memory_ids": ["absent"], "conversations": ["absent"]},
    "memory.opened": {"answer_id": "ANSWER", "memory_id": "MEMORY"},
    "facts.list": {"subject": "me", "at": "2024-06-01T08:00:00", "ended": True},
    "facts.wait": {"timeout": 1},
    "facts.add": {"slot": "likes", "value": "tea", "subject": "Anna", "qualifier": "work"},
    "facts.edit": {"fact_id": 1, "value": "green tea"},
    "facts.confirm": {"fact_id": 1},
    "facts.end": {"fact_id": 1, "at": "2024-06-01T08:00:00"},
    "facts.reopen": {"fact_id": 1},
    "contradictions.list": {},
    "contradictions.settle": {"first": 1, "second": 2, "verdict": "both"},
    "glossary.list": {},
    "life.curve": {"memory_id": "MEMORY"},
    "life.pin": {"memory_id": "MEMORY", "pinned": True},
    "life.fade": {"memory_id": "MEMORY", "faded": True},
    "life.take_back": {"memory_id": "MEMORY", "id": 1},
    "recall.learned": {},
    "recall.reset": {},
    "remember": {"text": "A cat.", "time": "2024-06-01T08:00:00"},
    "recall": {"text": "cat", "k": 3, "conversation": "notes", "id": "a", "now": "2024-06-01T08:00:00"},
    "ask": {
        "text": "Where is the cat?", "conversation": "notes", "id": 1, "now": "2024-06-01", "no_model": True,
        "store": False, "stream": False, "audience": "family", "asker": "Anna",
    },
    "disclosure.audiences": {},
    "disclosure.set_clearance": {
        "audience": "family", "level": "ordinary", "topics": ["work"], "slots": ["likes"], "reset": False,
    },
    "disclosure.contacts": {},
    "disclosure.map_contact": {"name": "Anna", "audience": "family"},
    "disclosure.get": {"fact_id": None, "memory_id": "MEMORY"},
    "disclosure.set": {
        "fact_id": None, "memory_id": "MEMORY", "sensitivity": "secret", "topic": "work", "cleared_for": ["family"],
        "reset": False,
    },
    "disclosure.reset": {},
    "browser.receive": {"frame": {"kind": "open"}},
    "browser.list": {},
    "browser.forget": {"browser_id": "absent"},
    "browser.allow_pairing": {"seconds": 1},
    "browser.confirm_pairing": {"pairing_id": "absent", "same": True},
    "audit.list": {"limit": 3, "action": "asked"},
    "fill.preview": {"form": {"fields": [{"index": 0, "name": "city"}]}, "site": "https://shop.example"},
    "fill.open": {},
    "fill.proposal": {"proposal_id": "absent"},
    "fill.accept": {"proposal_id": "absent", "rows": [{"index": 0, "value": "Bern"}]},
    "fill.dismiss": {"proposal_id": "absent"},
    "fill.list": {"limit": 3},
    "fill.undo": {"fill_id": 1},
    "fill.sites": {},
    "fill.set_site": {"site": "https://shop.example", "rule": "never", "audience": "shop"},
    "import.start": {"paths": ["/absent"], "format": "auto", "me": "Mara", "wait": False},
    "import.cancel": {"job": "import-1"},
    "upkeep.status": {},
    "model.status": {},
    "model.reload": {},
    "models.list": {},
    "budget.status": {},
    "budget.set": {"bytes": 500_000_000},
    "vectors.wait": {"timeout": 1},
    "settings.get": {},
    "settings.set": {"me": "Mara", "deep": False, "pace": 2.0},
}  # fmt: skip


def documented(section: str) -> str:
    return PROTOCOL.split(f"## {section}")[1].split("\n## ")[0]


def methods() -> set[str]:
    cells = re.findall(r"^\| ([^|]+) \|", documented("Methods"), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([\w.]+)`", cell)}


CODES = set(re.findall(r"`(\w+)`", documented("Errors")))


def test_the_table_holds_every_method() -> None:
    assert set(PARAMETERS) | ENDINGS == methods()


@pytest.fixture
def wire(shared_place: Seat, client: Client) -> Iterator[Channel]:
    """A raw connection that has said hello, to ask what a client of ours would not."""
    channel = shared_place.raw()
    channel.send({"id": 0, "method": "hello", "params": {"token": shared_place.token(), "client": "cli"}})
    channel.receive()
    yield channel
    channel.close()


def asked(wire: Channel, method: str, params: Any) -> dict[str, Any]:
    wire.send({"id": method, "method": method, "params": params})
    while (answer := wire.receive()).get("id") != method:
        pass
    return answer


def assert_in_order(answer: dict[str, Any], asked_with: object) -> None:
    error = answer.get("error")
    if error is not None:
        assert error["code"] == -32000, (asked_with, error)
        assert error["data"]["code"] in CODES, (asked_with, error)
        assert error["message"], (asked_with, error)


@pytest.mark.parametrize("method", [name for name in PARAMETERS if name not in OWN_TESTS])
def test_wrong_parameters_are_told(wire: Channel, client: Client, method: str) -> None:
    memory = client.call("remember", text="My cat is called Biscuit.")["memory_id"]
    talk = client.call("talk.create")["conversation"]
    words = {"MEMORY": memory, "TALK": talk, "ANSWER": memory}
    good = {name: _filled(value, words) for name, value in PARAMETERS[method].items()}
    for name in good:
        for wrong in WRONG:
            assert_in_order(asked(wire, method, {**good, name: wrong}), (method, name, repr(wrong)[:60]))
        fewer = {key: value for key, value in good.items() if key != name}
        assert_in_order(asked(wire, method, fewer), (method, f"without {name}"))
    for wrong in WRONG:
        assert_in_order(asked(wire, method, wrong), (method, repr(wrong)[:60]))
    assert client.call("status")["state"] == "unlocked"


def test_wrong_parameters_of_a_reload(bare_place: Seat) -> None:
    bare_place.unlocked()
    channel = bare_place.raw()
    channel.send({"id": 0, "method": "hello", "params": {"token": bare_place.token(), "client": "cli"}})
    channel.receive()
    for wrong in WRONG:
        assert_in_order(asked(channel, "model.reload", wrong), repr(wrong)[:60])
    channel.close()


def _filled(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    return words.get(value, value) if isinstance(value, str) else value


def test_no_bug_was_met(shared_place: Seat, client: Client) -> None:
    reports = list((shared_place.home / "logs").glob("crash-*"))
    assert [path.read_text("utf-8") for path in reports] == []
    assert "ERROR" not in (shared_place.home / "logs" / "service.log").read_text("utf-8")
