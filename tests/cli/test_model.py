"""`second-me model`: what there is, choosing, fetching from a hub, ladders, removing."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.app.cli.model_fetch import Progress, clock
from second_me.app.cli.model_ladder import follow
from second_me.app.cli.model_shelf import printable
from second_me.models.catalogue import HUB_VARIABLE, catalogue
from second_me.models.choice import Choice, read_choice
from second_me.models.starter import CHAT_FILE, EMBEDDER_FILE
from tests.cli.conftest import Shell
from tests.models.ggufs import write_gguf
from tests.models.hub import Hub, running
from tests.service.kit import seat

ROW = {"name", "path", "source", "role", "architecture", "parameters", "quantization", "bytes", "context",
       "needs", "lowest", "fits", "why", "in_use", "ladder", "licence", "also"}  # fmt: skip
ENTRY = catalogue()[0]


class Person:
    """Somebody with a home of ours and folders of other apps."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.models, self._shell = folder, home / "models", Shell(home)

    def __call__(self, *words: str | bytes, **more: str) -> subprocess.CompletedProcess[str]:
        around = {"HOME": str(self.folder), "USERPROFILE": str(self.folder), **more}
        for name in (
            "HF_HOME",
            "HF_HUB_CACHE",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "OLLAMA_MODELS",
            "LLAMA_CACHE",
        ):
            around.setdefault(name, "")
        return self._shell("model", *words, **around)

    def rows(self, **more: str) -> dict[str, dict[str, Any]]:
        done = self("list", "--json", **more)
        assert done.returncode == 0, done.stderr
        return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}

    def chosen(self) -> Path | None:
        return read_choice(self.models).chat


@pytest.fixture
def person(tmp_path: Path, starter_models: Path) -> Iterator[Person]:
    with seat(tmp_path / "home", None) as made:
        (made.home / "models").mkdir()
        for name in (CHAT_FILE, EMBEDDER_FILE):
            (made.home / "models" / name).symlink_to(starter_models / name)
        yield Person(tmp_path / "person", made.home)


@pytest.fixture
def theirs(person: Person) -> Path:
    """A small model that another app left."""
    folder = person.folder / ".lmstudio" / "models" / "org" / "repo"
    folder.mkdir(parents=True)
    return write_gguf(folder / "Their Model.Q4_0.gguf")


def test_the_list_names_ours_theirs_and_the_catalogue(person: Person, theirs: Path) -> None:
    rows = person.rows()
    assert [set(row) for row in rows.values()] == [ROW] * len(rows)
    starter, embedder = rows[Path(CHAT_FILE).stem], rows[Path(EMBEDDER_FILE).stem]
    assert (starter["source"], starter["role"], starter["in_use"]) == ("second-me", "chat", True)
    assert (starter["quantization"], starter["context"], starter["licence"]) == ("Q4_1", 8192, "apache-2.0")
    assert starter["needs"] > starter["bytes"] and starter["fits"] in ("full", "tight", "by ladder", "no")
    assert starter["why"].startswith("It ") and starter["ladder"] == "possible"
    assert (embedder["role"], embedder["in_use"], embedder["fits"]) == ("embedding", True, None)
    assert (rows["Their Model.Q4_0"]["source"], rows["Their Model.Q4_0"]["path"]) == (
        "lm-studio",
        str(theirs),
    )
    assert starter["lowest"] <= starter["needs"]
    far = rows[ENTRY.name]
    assert (far["source"], far["path"], far["bytes"], far["quantization"]) == (
        "catalogue",
        None,
        None,
        "Q4_K_M",
    )
    told = person("list").stdout
    assert "* SmolLM2-135M-Instruct.Q4_1 (second-me, chat, Q4_1, 98 MB, apache-2.0)" in told
    assert f"second-me model fetch {ENTRY.name}" in told


def test_another_model_is_used_and_the_starter_again(person: Person, theirs: Path) -> None:
    done = person("use", "their model.q4_0", "--json")
    assert json.loads(done.stdout) == {"chat": str(theirs)}
    assert person.chosen() == theirs
    assert json.loads(person("--json").stdout)["file"] == str(theirs)
    assert person.rows()["Their Model.Q4_0"]["in_use"]
    assert person("use", "starter").returncode == 0
    assert json.loads(person("status", "--json").stdout)["file"].endswith(CHAT_FILE)


def test_a_path_is_a_name_too(person: Person, tmp_path: Path) -> None:
    file = write_gguf(tmp_path / "anywhere.gguf")
    assert person("use", str(file)).returncode == 0
    assert person.chosen() == file
    file.unlink()
    assert json.loads(person("--json").stdout)["file"].endswith(CHAT_FILE)  # until it is there again


@pytest.mark.parametrize(
    ("name", "why"),
    [("nothing", "No model on this computer is called nothing."), (Path(EMBEDDER_FILE).stem, "embedding"),
     ("broken", "it is not a GGUF file."), ("eye", "projector"), (ENTRY.name, f"model fetch {ENTRY.name}"),
     ("twin", "2 models are called twin.")],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_a_sentence(person: Person, name: str, why: str) -> None:
    (person.models / "broken.gguf").write_text("no model" * 9)
    write_gguf(person.models / "eye.gguf", "clip", {"has_vision_encoder": True}, tokens=0)
    for number in (1, 2):
        (person.models / str(number)).mkdir()
        write_gguf(person.models / str(number) / "twin.gguf", plain={"general.name": f"number {number}"})
    done = person("use", name)
    assert done.returncode == 2
    assert why in done.stderr
    assert person.chosen() is None


@pytest.mark.parametrize("action", ["use", "fetch", "remove"])
def test_a_name_is_needed(person: Person, action: str) -> None:
    done = person(action)
    assert (done.returncode, done.stdout) == (2, "")
    assert "second-me model list" in done.stderr


def test_only_our_own_files_are_removed_and_only_when_said(person: Person, theirs: Path) -> None:
    ours = write_gguf(person.models / "ours.gguf", plain={"general.name": "ours"})
    done = person("remove", "ours")
    assert (done.returncode, ours.exists()) == (2, True)
    assert "--yes" in done.stderr
    done = person("remove", "Their Model.Q4_0", "--yes")
    assert (done.returncode, theirs.exists()) == (2, True)
    assert "belongs to another app (lm-studio)" in done.stderr
    assert person("use", "ours").returncode == 0
    size = ours.stat().st_size
    done = person("remove", "ours", "--yes", "--json")
    assert json.loads(done.stdout) == {"removed": "ours", "bytes": size}
    assert not ours.exists()
    assert read_choice(person.models) == Choice()
    assert person("remove", "ours", "--yes").returncode == 2


def test_a_link_in_our_folder_is_removed_and_what_it_leads_to_stays(person: Person, theirs: Path) -> None:
    (person.models / "linked.gguf").symlink_to(theirs)
    assert person("remove", "linked", "--yes").returncode == 0
    assert theirs.exists() and not (person.models / "linked.gguf").exists()
    (person.models / "folder").symlink_to(theirs.parent)
    done = person("remove", "Their Model.Q4_0", "--yes")
    assert (done.returncode, theirs.exists()) == (2, True)
    assert "outside our folder" in done.stderr


def test_a_name_obeys_no_terminal() -> None:
    assert printable("a\x1b[2Jb\u202ec\nd é") == "a?[2Jb?c?d é"


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running(Hub(b"GGUF" + bytes(3_000_000))) as made:
        yield made


def address(hub: Hub) -> dict[str, str]:
    """The hub's place, and no proxy on the way."""
    none = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"), "")
    return {HUB_VARIABLE: hub.url.split("/org")[0] + "/{repo}/{file}", **none}


def test_what_the_hub_gives_is_checked(person: Person, hub: Hub) -> None:
    done = person("fetch", ENTRY.name, "--progress-json", **address(hub))
    assert done.returncode == 2
    steps = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {"phase", "done", "total", "speed", "seconds_left"} == set(steps[0])
    assert steps[-1]["done"] == len(hub.content)
    assert "not the file that it should be" in done.stderr
    assert not (person.models / ENTRY.file).exists()


def test_a_name_that_no_catalogue_has(person: Person, hub: Hub) -> None:
    done = person("fetch", "nothing", **address(hub))
    assert (done.returncode, hub.asked) == (2, [])
    assert "second-me model list" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no gentle signal there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_and_listed_and_dropped(person: Person, hub: Hub, how: signal.Signals) -> None:
    hub.hold = threading.Event()
    command = [sys.executable, "-m", "second_me", "model", "fetch", ENTRY.name]
    around = {**os.environ, "SECOND_ME_HOME": str(person.models.parent), **address(hub)}
    child = subprocess.Popen(command, env=around, stderr=subprocess.PIPE, text=True)
    part = person.models / f".{ENTRY.file}.part"
    deadline = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size > 2_000_000) and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(how)
    _out, said = child.communicate(timeout=60)
    assert (child.returncode, "goes on" in said, "Traceback" in said) == (2, True, False)
    row = person.rows()[ENTRY.name]
    assert "have arrived" in row["why"] and row["source"] == "catalogue"
    done = person("remove", ENTRY.name, "--yes", "--json")
    assert json.loads(done.stdout)["bytes"] > 2_000_000
    assert not part.exists()


def test_what_is_here_is_not_fetched(person: Person, hub: Hub) -> None:
    write_gguf(person.models / ENTRY.file)
    done = person("fetch", ENTRY.name, "--json", **address(hub))
    assert json.loads(done.stdout) == {"path": str(person.models / ENTRY.file)}
    assert hub.asked == []
    row = person.rows()[Path(ENTRY.file).stem]
    assert row["source"] == "second-me"
    assert person("use", ENTRY.name).returncode == 0
    assert person.chosen() == person.models / ENTRY.file


def test_a_running_service_takes_the_choice_at_once(person: Person, theirs: Path) -> None:
    with seat(person.models.parent, None) as made:
        client = made.unlocked()
        assert client.call("model.status")["file"].endswith(CHAT_FILE)
        assert person("use", "Their Model.Q4_0").returncode == 0
        assert client.call("model.status")["file"] == str(theirs)


def test_a_ladder_needs_a_model(person: Person) -> None:
    done = person("ladder", "nothing")
    assert done.returncode == 2
    assert "No model on this computer is called nothing." in done.stderr
    (person.models / CHAT_FILE).unlink()
    assert "model fetch starter" in person("ladder").stderr


def maker(script: str) -> list[str]:
    return [sys.executable, "-c", f"import json, sys, time\n{script}"]


def test_a_makers_progress_is_passed_on(capsys: pytest.CaptureFixture[str]) -> None:
    script = (
        "for n in (1, 2): print(json.dumps({'phase': 'rungs', 'done': n, 'total': 2, 'seconds_left': 1.5}))\n"
        "print('noise'); print('[1]'); sys.stderr.write('x' * 200_000)"
    )
    assert follow(maker(script), Progress(True)) == {}
    steps = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert steps[-1] == {"phase": "rungs", "done": 2, "total": 2, "seconds_left": 1.5}


def test_what_a_maker_says_when_it_fails() -> None:
    fault = {"code": "ladder_useless", "what": "It would add nothing.", "action": ""}
    assert follow(maker(f"print(json.dumps({{'error': {fault}}})); sys.exit(1)"), Progress(True)) == fault
    told = follow(maker("sys.exit('no room')"), Progress(True))
    assert told is not None and (told["action"], "could not be made" in told["what"]) == ("no room", True)


@pytest.mark.skipif(os.name == "nt", reason="no gentle signal there")
def test_a_stopped_maker_is_ended_by_its_stdin() -> None:
    script = "print(json.dumps({'phase': 'x', 'done': 0}), flush=True); sys.stdin.read(); sys.exit(0)"
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    assert follow(maker(script), Progress(True)) is None
    timer.join()


def test_times_as_people_say_them() -> None:
    assert [clock(seconds) for seconds in (0, 59.6, 61, 3909)] == ["0:00", "1:00", "1:01", "1:05:09"]


def test_the_actions_of_the_help(person: Person) -> None:
    from second_me.app.cli import model

    parser = argparse.ArgumentParser()
    model.add_arguments(parser)
    for action in ("status", "list", "use", "fetch", "ladder", "remove"):
        assert parser.parse_args([action]).action == action
