from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.client import ModelProcess, display_name
from second_me.models.starter import CHAT_FILE, EMBEDDER_FILE

STORY = [Message("user", "Tell me a long story about a lighthouse.")]
LONG = Sampling(max_tokens=3000, repeat_penalty=1.3)

PARENT = """
import sys
from pathlib import Path
import psutil
from second_me.core.ports import Message, Sampling
from second_me.models.client import ModelProcess
process = ModelProcess(Path(sys.argv[1]), None)
process.load()
print(psutil.Process().children()[0].pid, flush=True)
story = [Message("user", sys.argv[2])]
for piece in process.generator.stream(story, Sampling(max_tokens=3000), lambda: False):
    print(repr(piece), flush=True)
"""


def never() -> bool:
    return False


def worker() -> psutil.Process:
    (process,) = [
        child for child in psutil.Process().children() if "second_me.models.worker" in child.cmdline()
    ]
    return process


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def becomes_true(condition: Callable[[], bool], patience: float = 20.0) -> bool:
    end = time.monotonic() + patience
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_nothing_runs_before_it_is_needed(own_model: ModelProcess) -> None:
    assert own_model.status()["state"] == "idle"
    assert own_model.status()["resident_bytes"] == 0
    assert own_model.generator.name == "SmolLM2-135M-Instruct"
    assert own_model.embedder.dimensions == 384
    assert own_model.embedder.name.startswith("all-MiniLM-L6-v2.Q8_0:")
    assert psutil.Process().children() == []


def test_the_states_are_told(
    own_model: ModelProcess, states: tuple[list[str], Callable[[dict[str, object]], None]]
) -> None:
    seen, listener = states
    own_model.listen(listener)
    list(own_model.generator.stream(STORY, Sampling(max_tokens=2), never))
    status = own_model.status()
    assert status["state"] == "ready"
    assert status["resident_bytes"] > status["bytes"] / 2 > 0
    own_model.close()
    assert seen == ["loading", "ready", "writing", "ready", "idle"]


def test_a_killed_worker_is_a_fault_and_the_next_request_works(own_model: ModelProcess) -> None:
    stream = own_model.generator.stream(STORY, LONG, never)
    assert next(stream)
    worker().kill()
    with pytest.raises(EnvironmentFault) as fault:
        list(stream)
    assert fault.value.code == "model_failed"
    assert own_model.status()["state"] == "failed"
    assert list(own_model.generator.stream(STORY, Sampling(max_tokens=3), never))


def test_vectors_that_were_being_made_by_a_killed_worker_are_made_by_the_next(
    own_model: ModelProcess,
) -> None:
    own_model.embedder.embed(["warm"])
    first = worker()
    rows: list[int] = []
    texts = ["Anna went to the market and bought apples. " * 20] * 40
    asking = threading.Thread(target=lambda: rows.append(len(own_model.embedder.embed(texts))))
    asking.start()
    time.sleep(0.1)
    first.kill()
    asking.join()
    assert rows == [40]
    assert worker().pid != first.pid


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("words", [4, 600], ids=["while it writes", "while it reads a long prompt"])
def test_a_worker_whose_parent_was_killed_ends_itself(starter_models: Path, words: int) -> None:
    command = [sys.executable, "-c", PARENT, str(starter_models / CHAT_FILE), "Tell a story. " * words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        if words < 10:
            assert parent.stdout.readline(), "it writes"
        else:
            busy = psutil.Process(pid)
            before = busy.cpu_times().user
            assert becomes_true(lambda: busy.cpu_times().user > before + 0.3), "it reads"
        parent.send_signal(signal.SIGKILL)
    assert becomes_true(lambda: gone(pid))


def test_a_worker_that_is_closed_while_it_writes_is_gone(own_model: ModelProcess) -> None:
    stream = own_model.generator.stream(STORY, LONG, never)
    next(stream)
    pid = worker().pid
    own_model.close()
    assert gone(pid)
    with pytest.raises(EnvironmentFault):
        list(stream)


@pytest.mark.parametrize("damage", ["truncated", "wrong magic", "empty", "a folder", "absent"])
def test_a_broken_model_file_is_a_fault_and_the_process_lives(
    starter_models: Path, tmp_path: Path, damage: str
) -> None:
    whole = (starter_models / CHAT_FILE).read_bytes()
    broken = tmp_path / "broken.gguf"
    if damage == "a folder":
        broken.mkdir()
    elif damage != "absent":
        contents = {"truncated": whole[: len(whole) // 2], "wrong magic": b"GGML" + whole[4:], "empty": b""}
        broken.write_bytes(contents[damage])
    process = ModelProcess(broken, starter_models / EMBEDDER_FILE)
    try:
        with pytest.raises(EnvironmentFault, match=r"broken\.gguf") as fault:
            list(process.generator.stream(STORY, Sampling(max_tokens=3), never))
        assert fault.value.code == "model_failed"
        assert process.status()["state"] == "failed"
        pid = worker().pid
        assert process.embedder.embed(["still here"]).shape == (1, 384)
        assert worker().pid == pid
    finally:
        process.close()


def test_a_model_that_writes_is_refused_as_an_embedder(starter_models: Path) -> None:
    process = ModelProcess(None, starter_models / CHAT_FILE)
    try:
        with pytest.raises(EnvironmentFault, match="does not make vectors"):
            process.embedder.embed(["a"])
    finally:
        process.close()


def test_without_a_model_the_fault_says_what_to_do() -> None:
    process = ModelProcess(None, None)
    assert process.status() == {
        "name": None,
        "file": None,
        "bytes": 0,
        "resident_bytes": 0,
        "state": "absent",
    }
    for request in (
        lambda: process.generator.count_tokens("a"),
        lambda: list(process.generator.stream(STORY, LONG, never)),
        lambda: process.embedder.embed(["a"]),
        lambda: process.embedder.name,
    ):
        with pytest.raises(EnvironmentFault) as fault:
            request()
        assert fault.value.code == "model_absent"
        assert "second-me model fetch starter" in fault.value.action


def test_other_files_are_used_after_a_reload(starter_models: Path) -> None:
    process = ModelProcess(None, None)
    process.reload(starter_models / CHAT_FILE, starter_models / EMBEDDER_FILE)
    try:
        assert process.generator.count_tokens("hello") > 0
    finally:
        process.close()


def test_many_threads_may_ask_at_once(own_model: ModelProcess) -> None:
    counts: list[int] = []
    asking = [
        threading.Thread(target=lambda: counts.append(own_model.generator.count_tokens("hello there")))
        for _ in range(8)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(counts) == 8
    assert len(set(counts)) == 1


def test_names_for_people() -> None:
    names = {
        display_name(Path(f"m/{file}.gguf")) for file in ("A-1B-Q4_K_M", "A-1B.IQ2_XXS", "A-1B-f16", "A-1B")
    }
    assert names == {"A-1B"}


@pytest.mark.soak
def test_a_worker_killed_a_hundred_times_comes_back(own_model: ModelProcess) -> None:
    for _ in range(100):
        stream = own_model.generator.stream(STORY, LONG, never)
        next(stream)
        worker().kill()
        with pytest.raises(EnvironmentFault):
            list(stream)
    assert own_model.generator.count_tokens("still here") > 0
