"""A word that was said, asked, searched or imported is nowhere in clear: not running, not after a kill."""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.app.crash import crash_text, write_crash_report
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.storage.vault import open_vault
from tests.scanner import occurrences
from tests.service.kit import PASSPHRASE, Seat, Talker, seat
from tests.storage.looking import data_key, everything

CANARY = "Quxolwimber"


@pytest.fixture
def watched(
    tmp_path: Path, starter_models: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Seat, list[Path]]]:
    """A seat, and every folder that its processes may write to."""
    runtime = Path(tempfile.mkdtemp(prefix="sm-"))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    (tmp_path / "user").mkdir()
    with seat(tmp_path / "home", starter_models) as place:
        yield place, [place.home, runtime, temporary, tmp_path / "user"]
    shutil.rmtree(runtime)


def found_in(folders: list[Path]) -> list[tuple[Path, str]]:
    return [hit for folder in folders for hit in occurrences(folder, CANARY)]


def say_it_everywhere(client: Client, outside: Path) -> Talker:
    """In a statement, a question, a title, a search, a note, an import, a correction, and wrong requests."""
    talker = Talker(client)
    talker.say(f"My hiding place is called {CANARY}.")
    answer = talker.say(f"What is {CANARY}?")
    client.call("talk.rename", conversation=talker.name, title=f"About {CANARY}")
    client.call("talk.conversations", query=CANARY)
    client.call("memory.search", text=CANARY)
    client.call("recall", text=CANARY, k=3)
    client.call("remember", text=f"{CANARY} has a blue door.")
    client.call("settings.set", me=CANARY)
    again = client.call("talk.correct", answer_id=answer["answer_id"], text=f"No, {CANARY} is a cellar.")
    talker.finish(again["turn"])
    line = {"id": "1", "conversation": "a", "speaker": CANARY, "time": None, "text": f"We met at {CANARY}."}
    source = outside / "chat.jsonl"
    source.write_text(json.dumps(line) + "\n" + f"broken {CANARY}\n", encoding="utf-8")
    client.call("import.start", paths=[str(source)], me=CANARY, wait=True)
    talker.ear.next("import.done")
    for method in ("memory.get", "ask", CANARY):
        with pytest.raises(RemoteFault):
            client.call(method, memory_id=CANARY, now=CANARY)
    client.call("vectors.wait")
    return talker


def test_nothing_that_was_said_lies_in_clear(watched: tuple[Seat, list[Path]], tmp_path: Path) -> None:
    place, folders = watched
    outside = tmp_path / "outside"
    outside.mkdir()
    client = place.unlocked()
    talker = say_it_everywhere(client, outside)
    assert found_in(folders) == [], "while running"
    talker.begin(f"Tell me a long story about {CANARY} in winter")
    talker.ear.until(lambda method, params: method in ("turn.recalled", "turn.token"))
    place.kill_all()
    assert found_in(folders) == [], "after a kill"
    again = place.unlocked()
    assert CANARY in str(again.call("talk.conversations"))
    again.call("vault.lock")
    place.leave()
    assert found_in(folders) == [], "after a lock"


def test_what_was_said_everywhere_goes_when_its_name_is_erased(
    watched: tuple[Seat, list[Path]], tmp_path: Path
) -> None:
    """Also for somebody who has the key: vectors, facts, the log, the states of the model, all of it."""
    place, folders = watched
    outside = tmp_path / "outside"
    outside.mkdir()
    client = place.unlocked()
    talker = say_it_everywhere(client, outside)
    client.call("remember", text="The stove is warm.")
    client.call("settings.set", me="Mara")
    client.call("ask", text="Where is the hiding place?", audience="family")
    vault = place.home / "vault"
    key = data_key(vault, PASSPHRASE)
    assert CANARY.casefold().encode() in everything(vault, key).lower()
    receipt = client.call("memory.erase", person=CANARY, mentioning=True)
    assert (receipt["mentions"], receipt["missing"]) == (0, [])
    assert len(receipt["memories"]) >= 5
    assert talker.name in receipt["conversations"]
    assert CANARY.casefold().encode() not in everything(vault, key).lower()
    assert not (vault / "states").exists() or list((vault / "states").iterdir()) == []
    assert found_in(folders) == []
    left = [each["text"] for each in client.call("memory.timeline", faded="all")]
    assert left == ["The stove is warm."]
    for method in ("talk.conversations", "facts.list", "contradictions.list", "audit.list"):
        assert CANARY.casefold() not in str(client.call(method)).casefold()
    place.leave()
    assert CANARY.casefold().encode() not in everything(vault, key).lower()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_scanner_finds_what_is_there(tmp_path: Path, encoding: str) -> None:
    content = f"so {CANARY} it is".encode(encoding)
    for name, written in {"plain": content, "base64": base64.b64encode(b"x" + content)}.items():
        (tmp_path / name).write_bytes(b"\0\xff" + written)
    assert {path.name for path, _ in occurrences(tmp_path, CANARY)} == {"plain", "base64"}
    (tmp_path / CANARY).touch()
    assert CANARY in {path.name for path, _ in occurrences(tmp_path, CANARY)}


def fails_with(text: str) -> None:
    try:
        json.loads(text)
    except ValueError as error:
        raise RuntimeError(f"cannot read {text}", text) from error


def test_crash_reports_tell_where_and_never_what(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError) as told:
        fails_with(CANARY)
    report = write_crash_report(tmp_path / "logs", told.value)
    assert report is not None
    assert "RuntimeError" in crash_text(told.value)
    assert "test_canary.py" in report.read_text("utf-8")
    assert "JSONDecodeError" in report.read_text("utf-8")
    assert list(occurrences(tmp_path, CANARY)) == []


def test_a_temporary_conversation_leaves_nothing(watched: tuple[Seat, list[Path]]) -> None:
    place, folders = watched
    client = place.unlocked()
    fleeting = Talker(client, temporary=True)
    fleeting.say(f"My hiding place is called {CANARY}.")
    fleeting.say(f"What is {CANARY}?")
    client.call("talk.rename", conversation=fleeting.name, title=f"About {CANARY}")
    again = fleeting.say(f"Tell me a joke about {CANARY}")
    fleeting.finish(client.call("talk.again", answer_id=again["answer_id"])["turn"])
    place.leave()
    assert found_in(folders) == []
    vault = open_vault(place.home / "vault", passphrase=PASSPHRASE)
    try:
        with vault.reading() as db:
            pages = bytes(db.serialize("main") or b"")
    finally:
        vault.close()
    assert CANARY.encode() not in pages
    assert CANARY.casefold().encode() not in pages
    assert b"temporary" not in pages.lower().replace(b"temporary integer", b"")
