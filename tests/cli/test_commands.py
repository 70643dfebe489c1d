"""The contract of docs/command-line.md: exit codes, shapes of JSON, and a sentence for every error."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell
from tests.service.kit import PASSPHRASE, Seat, services

ROOT = Path(__file__).parents[2]
MEMORY = {"memory_id", "source_id", "conversation", "speaker", "time", "text", "score", "why"}
ANSWER = {"id", "answer", "kind", "abstained", "citations", "model", "source", "ms"}
CITATION = {"n", "memory_id", "source_id", "conversation", "speaker", "time", "quote"}


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def lines_of(path: Path, *items: object) -> str:
    written = [item if isinstance(item, str) else json.dumps(item) for item in items]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    return str(path)


def turn(number: int, text: str, conversation: str = "demo/one", speaker: str = "Mara") -> dict[str, Any]:
    return {"id": f"t{number}", "conversation": conversation, "speaker": speaker,
            "time": f"2024-05-0{number + 1}T10:00:00", "text": text}  # fmt: skip


def test_importing_twice_changes_nothing(run: Shell, tmp_path: Path) -> None:
    chat = lines_of(
        tmp_path / "chat.jsonl", turn(0, "I adopted a grey cat called Biscuit."), turn(1, "She eats salmon.")
    )
    first, second = run("import", chat, "--json"), run("import", chat, "--json")
    assert (first.returncode, second.returncode) == (0, 0)
    assert rows(first.stdout) == [{"added": 2, "already": 0, "refused": [], "cancelled": False}]
    assert rows(second.stdout) == [{"added": 0, "already": 2, "refused": [], "cancelled": False}]
    found = rows(run("recall", "grey cat", "--k", "5", "--json").stdout)[0]
    assert set(found) == {"id", "ms", "memories"}
    assert [set(memory) for memory in found["memories"]] == [MEMORY] * len(found["memories"])
    assert [memory["source_id"] for memory in found["memories"]].count("t0") == 1


def test_looking_longer_gives_the_same_shapes(run: Shell, tmp_path: Path) -> None:
    run("remember", "My sister Vera plays the zither.")
    run("remember", "My sister Vera sold her zither in March.")
    asked = "What does my sister Vera play?"
    batch = lines_of(tmp_path / "deep.jsonl", {"id": "a", "question": asked})
    one = run("recall", asked, "--k", "2", "--deep", "--json")
    many = run("recall", "--batch", batch, "--k", "2", "--deep", "--json")
    assert (one.returncode, many.returncode) == (0, 0)
    found = [row["memories"] for row in rows(one.stdout) + rows(many.stdout)]
    assert found[0] == found[1]
    assert {memory["text"].split()[0] for memory in found[0]} == {"My"}
    told = [run("ask", asked, "--deep", "--json"), run("ask", "--batch", batch, "--deep", "--json")]
    assert [set(rows(each.stdout)[0]) for each in told] == [ANSWER, ANSWER]


def test_bad_lines_are_named_and_good_ones_taken(run: Shell, tmp_path: Path) -> None:
    chat = tmp_path / "bad.jsonl"
    good = json.dumps(turn(2, "The boiler was serviced by Okafor.", "demo/two")).encode()
    chat.write_bytes(b"not json\n" + good + b'\n{"id": 3}\n\xff\xfe\x00\n[1]\n' + b"[" * 100_000 + b"\n")
    done = run("import", str(chat), "--json", "--no-wait")
    told = rows(done.stdout)[0]
    assert done.returncode == 1
    assert told["added"] == 1
    assert [bad["line"] for bad in told["refused"]] == [1, 3, 4, 5, 6]
    for bad in told["refused"]:
        assert f"{chat}, line {bad['line']}: {bad['reason']}" in done.stderr


def test_importing_what_is_not_there(run: Shell, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)
    for name in ("absent.jsonl", "picture.png"):
        done = run("import", str(tmp_path / name))
        assert done.returncode == 2, name
        assert name in done.stderr
    assert run("import", str(tmp_path / "picture.png"), "--format", "nonsense").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="file names of Windows are Unicode")
def test_a_file_name_that_is_no_unicode(run: Shell, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/notes \xff.md"
    Path(os.fsdecode(name)).write_text("The anchor is rusty.\n", encoding="utf-8")
    done = run("import", name, "--json")
    assert done.returncode == 0, done.stderr
    assert rows(done.stdout)[0]["added"] == 1
    absent = run("import", os.fsencode(tmp_path) + b"/absent \xff.md", "--json")
    assert absent.returncode == 2
    assert rows(absent.stdout)[0]["refused"]


def test_batches_name_their_bad_lines_and_go_on(run: Shell, tmp_path: Path) -> None:
    batch = lines_of(
        tmp_path / "q.jsonl", {"id": "a", "question": "Who serviced the boiler?"}, "not json", {"id": "b"},
        {"id": "c", "question": "  "}, {"question": 5}, "[" * 100_000, {"id": "d", "question": "cat", "now": "soon"},
        {"id": "e", "question": "cat", "conversation": 5}, "", {"id": 7, "question": "cat", "conversation": "demo"},
    )  # fmt: skip
    for command in (["recall", "--k", "2"], ["ask", "--no-model"]):
        done = run(*command, "--batch", batch, "--json")
        assert done.returncode == 1, done.stderr
        assert [row["id"] for row in rows(done.stdout)] == ["a", 7]
        assert [int(n) for n in re.findall(r"line (\d+)", done.stderr)] == [2, 3, 4, 5, 6, 7, 8]
    for path in (str(tmp_path), str(tmp_path / "absent"), lines_of(tmp_path / "empty", "no")):
        assert run("recall", "--batch", path, "--json").returncode == 2


def test_a_batch_stores_nothing(run: Shell, shared_place: Seat, tmp_path: Path) -> None:
    batch = lines_of(tmp_path / "s.jsonl", {"id": 1, "question": "My heron is called Archibald."})
    done = run("ask", "--batch", batch, "--json")
    assert rows(done.stdout)[0]["kind"] == "statement"
    assert "Archibald" not in run("recall", "heron Archibald", "--json").stdout
    assert shared_place.client().call("talk.conversations", query="Archibald") == []


def test_ask(run: Shell) -> None:
    run("remember", "My rowing boat is moored at Hay Bridge.", "--time", "2024-06-01T08:00:00")
    done = run("ask", "Where is my rowing boat moored?", "--json")
    answer = rows(done.stdout)[0]
    assert done.returncode == 0
    assert set(answer) == ANSWER
    assert [set(cited) for cited in answer["citations"]] == [CITATION] * len(answer["citations"])
    assert answer["citations"][0]["quote"] == "My rowing boat is moored at Hay Bridge."
    assert answer["citations"][0]["time"] == "2024-06-01T08:00:00"
    plain = run("ask", "Where is my rowing boat moored?", "--no-model")
    assert "Hay Bridge" in plain.stdout


RECEIPT = {
    "memories", "answers", "missing", "conversations", "chunks", "vectors", "titles", "facts", "glossary", "grains",
    "audit", "recalls", "states", "migration_copies", "mentions", "remains",
}  # fmt: skip


def test_erasing_by_person_conversation_and_period(run: Shell, tmp_path: Path) -> None:
    said = [("Otto", "2021-03-01T10:00:00", "The zebrafish is ill."), ("Ilse", "2021-03-02T10:00:00", "Otto is late."),
            ("Ilse", "2021-04-01T23:00:00", "The quokka sleeps.")]  # fmt: skip
    lines = [
        json.dumps({"id": str(n), "conversation": "Ottos chat", "speaker": who, "time": when, "text": text})
        for n, (who, when, text) in enumerate(said)
    ]
    (tmp_path / "chat.jsonl").write_text("\n".join(lines), "utf-8")
    assert run("import", str(tmp_path / "chat.jsonl")).returncode == 0
    told = run("erase", "--person", "otto", "--dry-run")
    assert told.returncode == 0
    assert told.stdout.startswith("Would erase 1 memory")
    assert "1 memory of others mentions otto." in told.stdout
    assert "files that it was imported from" in told.stdout
    receipt = rows(run("erase", "--person", "otto", "--json").stdout)[0]
    assert (len(receipt["memories"]), receipt["mentions"]) == (1, 1)
    assert run("erase", "--person", "otto").returncode == 2
    whole = run("erase", "--to", "2021-04-01", "--from", "2021-04-01", "--dry-run", "--json")
    assert len(rows(whole.stdout)[0]["memories"]) == 1
    rest = rows(run("erase", "--conversation", "Ottos chat", "--conversation", "no such", "--json").stdout)[0]
    assert (len(rest["memories"]), rest["conversations"], rest["missing"]) == (2, ["Ottos chat"], ["no such"])
    assert run("erase", "--conversation", "Ottos chat").returncode == 2
    for wrong in (["erase", "--mentioning"], ["erase", "m", "--mentioning"], ["erase", "--from", "soon"]):
        assert run(*wrong).returncode == 2


def test_remember_and_erase(run: Shell) -> None:
    kept = run("remember", "The code word is zebrafish.").stdout.strip()
    asked = run("ask", "What is the code word?", "--json", "--no-model")
    assert kept in [cited["memory_id"] for cited in rows(asked.stdout)[0]["citations"]]
    done = run("erase", kept, "absent", "--json")
    assert done.returncode == 1
    receipt = rows(done.stdout)[0]
    assert (receipt["memories"], receipt["missing"]) == ([kept], ["absent"])
    assert set(receipt) == RECEIPT
    assert len(receipt["answers"]) == 1
    assert "absent" in done.stderr
    assert run("erase", kept).returncode == 2
    assert "zebrafish" not in run("recall", "code word", "--json").stdout
    assert rows(run("remember", "Short.", "--json").stdout)[0].keys() == {"memory_id"}


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"], ["recall"], ["recall", "cat", "--k", "-4"], ["recall", "cat", "--k", "many"],
        ["recall", "cat", "--k", "9" * 5000], ["recall", "cat", "--batch", "file"], ["recall", ""],
        ["recall", "cat", "--now", "soon"], ["ask", " "], ["ask", "cat", "--now", "2024-13-99"], ["remember", ""],
        ["remember", "x", "--time", "yesterday"], ["erase"], ["import"], ["model", "fetch"],
        ["model", "fetch", "nothing"], ["model", "nonsense"], ["--nonsense"], ["remember", b"\xff\xfe"],
        ["recall", b"\xff"], ["erase", b"\xff"], ["recall", "x" * 100_000],
    ],
    ids=lambda words: " ".join(str(word)[:12] for word in words),
)  # fmt: skip
def test_wrong_use(run: Shell, words: list[str | bytes]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()


def test_wrong_passphrase_tells_nothing(run: Shell) -> None:
    done = run("recall", "cat", "--json", passphrase="wrong passphrase")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.strip().endswith(".")


def test_nothing_is_asked_without_a_terminal(bare: Shell) -> None:
    for words in (["recall", "cat"], ["ask", "Where?"], ["remember", "x"], ["terminal"], []):
        done = bare(*words, passphrase=None)
        assert (done.returncode, done.stdout) == (3, ""), words
        assert "no vault" in done.stderr


def test_a_passphrase_makes_a_vault_and_a_weak_one_does_not(bare: Shell) -> None:
    assert bare("remember", "x", passphrase="abc").returncode == 2
    made = bare("remember", "The first memory.")
    assert made.returncode == 0
    assert "recovery key" in made.stderr
    assert "The first memory." in bare("recall", "memory").stdout
    locked = bare("lock", "--json")
    assert (locked.returncode, rows(locked.stdout)) == (0, [{"state": "locked"}])
    assert bare("lock").returncode == 0


def test_model_status(run: Shell, bare: Shell) -> None:
    shape = rows(run("model", "status", "--json").stdout)[0]
    assert shape.keys() == {"name", "file", "bytes", "resident_bytes", "state"}
    assert shape["state"] in ("idle", "ready")
    assert shape["bytes"] > 1_000_000
    assert rows(bare("model", "--json").stdout)[0]["state"] == "absent"
    assert services(bare.home) == []
    assert "Get the starter models" in bare("model").stdout


def test_doctor(run: Shell, bare: Shell) -> None:
    done = run("doctor", "--json")
    found = rows(done.stdout)
    assert done.returncode == (0 if all(each["ok"] for each in found) else 1)
    assert all(each.keys() == {"name", "ok", "what", "action"} for each in found)
    told = bare("doctor")
    assert told.returncode == 1
    assert "second-me model fetch starter" in told.stdout
    assert not bare.home.exists()
    assert "rests while Second Me does not run" in told.stdout


def test_doctor_asks_a_service_that_runs_what_upkeep_does(run: Shell, shared_place: Seat) -> None:
    (upkeep,) = [each for each in rows(run("doctor", "--json").stdout) if each["name"] == "Upkeep"]
    jobs = shared_place.unlocked().call("upkeep.status")
    assert jobs
    assert all(job["text"].split(":")[0] in upkeep["what"] for job in jobs)


def test_talk_through_a_pipe(run: Shell, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("The kiln is in the shed behind the barn.\n", encoding="utf-8")
    said = f"My goat is called Hildegard.\n\nWhat is my goat called?\n/import {notes}\n/nonsense\n/new\nThanks\n/quit\n"
    done = run("terminal", stdin=said + "never said")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Hildegard") >= 2
    assert "1 remembered" in done.stdout
    assert "You are welcome." in done.stdout
    assert "\x1b" not in done.stdout
    assert run("terminal", stdin="Thanks").returncode == 0
    assert run("terminal", stdin=f"/import {tmp_path / 'absent'}\n").stderr


def test_output_that_nobody_reads(run: Shell, shared_place: Seat) -> None:
    environment = {**os.environ, "SECOND_ME_HOME": str(shared_place.home), "SECOND_ME_PASSPHRASE": PASSPHRASE}
    with subprocess.Popen(
        [sys.executable, "-m", "second_me", "recall", "cat", "--json"], env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


ANY = ["recall", "cat"], ["remember", "x"], ["lock"], ["doctor"], ["model"], ["model", "fetch", "nothing"]


@pytest.mark.parametrize("words", ANY, ids=" ".join)
def test_a_home_that_cannot_be(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").write_text("not a folder")
    for home in (
        tmp_path / "file",
        tmp_path / "file" / "below",
        tmp_path / ("x" * 300),
        tmp_path / ("y/" * 2500),
    ):
        done = Shell(home)(*words)
        assert done.returncode in ((0, 1, 2) if words[0] in ("doctor", "lock", "model") else (2,)), done
        assert done.stderr.strip() or done.stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="bind mounts are Linux'")
def test_a_read_only_home(bare: Shell) -> None:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("a read-only mount needs root and unshare")
    bare("remember", "x")
    bare("lock")
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && shift 0 && exec "$@"'
    for words in (["recall", "x"], ["lock"], ["doctor"]):
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script, str(bare.home), sys.executable, "-m", "second_me", *words],
            env={**os.environ, "SECOND_ME_HOME": str(bare.home), "SECOND_ME_PASSPHRASE": PASSPHRASE},
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip
        if "mount" in done.stderr:
            pytest.skip(f"no bind mounts here: {done.stderr.strip()}")
        assert "Traceback" not in done.stderr
        assert "Something went wrong" not in done.stderr
        assert done.returncode in (1, 2), (words, done)


@pytest.mark.skipif(os.name == "nt", reason="named pipes are not in folders")
def test_a_runtime_folder_that_is_too_deep(bare: Shell, tmp_path: Path) -> None:
    done = bare("recall", "cat", XDG_RUNTIME_DIR=str(tmp_path / ("deep" * 30)))
    assert done.returncode == 2
    assert "XDG_RUNTIME_DIR" in done.stderr


def test_the_contract_of_the_design(starter_models: Path, tmp_path: Path) -> None:
    checks = ROOT.parent / "shared" / "checks" / "contract.py"
    if not checks.is_file():
        pytest.skip("../shared/checks/contract.py is not beside this repository")
    (tmp_path / "seed").mkdir()
    shutil.copytree(starter_models, tmp_path / "seed" / "models")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, str(checks), "--level", "1", "--models", str(tmp_path / "seed")],
        env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
