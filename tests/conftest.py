"""What all tests share: a home of their own, the starter models, and no process or thread left behind."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import psutil
import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.starter import fetch_starter, find_models

GRACE = 5.0
"""Seconds that what a test started is given to end by itself."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--soak"):
        return
    for item in items:
        if "soak" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="long: runs with --soak"))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that the app keeps goes to a folder of this test; nothing unlocks by the environment."""
    home = tmp_path / "home"
    monkeypatch.setenv("SECOND_ME_HOME", str(home))
    monkeypatch.delenv("SECOND_ME_PASSPHRASE", raising=False)
    return home


@pytest.fixture(scope="session")
def starter_models() -> Path:
    """A folder with both starter models: SECOND_ME_TEST_MODELS, or a cache that is filled at first use."""
    given = os.environ.get("SECOND_ME_TEST_MODELS")
    folder = Path(given) if given else platformdirs.user_cache_path("second-me-tests") / "models"
    if given and find_models(folder) is None:
        pytest.skip(f"SECOND_ME_TEST_MODELS={given} does not hold the starter models")
    try:
        fetch_starter(folder, lambda _file, _done, _total: None)
    except EnvironmentFault as fault:
        pytest.skip(f"the starter models cannot be fetched: {fault.what}")
    return folder


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A test that leaves a child process or a thread running fails, and is told which and where."""
    processes = set(psutil.Process().children(recursive=True))
    threads = set(threading.enumerate())
    yield
    left = _threads_left(threads) + _processes_left(processes)
    if left:
        pytest.fail("left running by this test:\n" + "\n".join(left))


def _processes_left(before: set[psutil.Process]) -> list[str]:
    started = [child for child in psutil.Process().children(recursive=True) if child not in before]
    _ended, running = psutil.wait_procs(started, timeout=GRACE)
    left = [f"process {child.pid}: {_command(child)}" for child in running]
    for child in running:
        child.kill()
    return left


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return "ended meanwhile"


def _threads_left(before: set[threading.Thread]) -> list[str]:
    started = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in started:
        thread.join(GRACE)
    frames = sys._current_frames()
    return [
        f"thread {thread.name!r} is in\n{''.join(traceback.format_stack(frames[thread.ident]))}"
        for thread in started
        if thread.ident in frames
    ]
