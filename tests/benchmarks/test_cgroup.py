"""The control group of the benchmarks, on the real system; skipped where none can be made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cgroup
import pytest
from cgroup import MemoryGroup, NoGroup, drop_file

MB = 1 << 20
HOG = Path(cgroup.__file__).with_name("hog.py")
WAIT = [sys.executable, "-c", "import sys; sys.stdin.read()"]


@pytest.fixture
def group() -> Iterator[MemoryGroup]:
    try:
        with MemoryGroup(100 * MB, "second-me-test") as group:
            yield group
    except NoGroup as reason:
        pytest.skip(str(reason))


def order(hog: subprocess.Popen[bytes], line: str) -> bytes:
    assert hog.stdin is not None and hog.stdout is not None
    hog.stdin.write(f"{line}\n".encode())
    hog.stdin.flush()
    return hog.stdout.readline()


def hog_in(group: MemoryGroup) -> subprocess.Popen[bytes]:
    return group.start([sys.executable, str(HOG)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_what_a_process_takes_is_counted_and_given_back(group: MemoryGroup) -> None:
    with hog_in(group) as hog:
        assert order(hog, f"take {50 * MB}") == f"{50 * MB}\n".encode()
        held = group.counters()
        assert held.limit == 100 * MB
        assert 50 * MB <= held.anonymous <= held.usage <= held.limit
        order(hog, "give")
        assert group.counters().anonymous < 20 * MB
        assert group.processes() == [hog.pid]


def test_a_process_over_the_limit_is_killed_and_counted(group: MemoryGroup) -> None:
    with hog_in(group) as hog:
        assert order(hog, f"take {200 * MB}") == b""
    counters = group.counters()
    assert hog.returncode == -signal.SIGKILL
    assert counters.killed == 1 and counters.refused > 0 and counters.peak >= 99 * MB


def test_pages_of_a_file_are_charged_and_dropped(group: MemoryGroup, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes(30 * MB))
    drop_file(file)
    read = "import pathlib, sys; pathlib.Path(sys.argv[1]).read_bytes()"
    assert group.start([sys.executable, "-c", read, str(file)]).wait() == 0
    assert group.counters().file >= 29 * MB
    group.drop_cache()
    assert group.counters().file < 15 * MB


def test_children_of_who_enters_stay_and_end_with_the_group() -> None:
    before = Path("/proc/self/cgroup").read_text("ascii") if Path("/proc/self/cgroup").exists() else ""
    try:
        with MemoryGroup(100 * MB, "second-me-test") as group:
            with group.entered():
                child = subprocess.Popen(WAIT, stdin=subprocess.PIPE)
                assert os.getpid() in group.processes()
            assert Path("/proc/self/cgroup").read_text("ascii") == before
            assert group.processes() == [child.pid]
            folder = group.folder
    except NoGroup as reason:
        pytest.skip(str(reason))
    assert child.wait() == -signal.SIGTERM
    assert not folder.exists()
    assert child.stdin is not None
    child.stdin.close()


def test_a_running_process_can_be_placed(group: MemoryGroup) -> None:
    with subprocess.Popen(WAIT, stdin=subprocess.PIPE) as child:
        group.place(child.pid)
        assert group.processes() == [child.pid]


def test_where_there_are_no_groups_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoGroup, match="Linux only"), MemoryGroup(MB, groups=tmp_path / "none"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="control groups are Linux's")
def test_version_2_lies_under_the_nearest_group_that_hands_its_memory_on(tmp_path: Path) -> None:
    """A tree as a systemd machine has it; no kernel behind it, so nothing is limited."""
    root, mine = tmp_path, tmp_path / "user.slice/session.scope"
    mine.mkdir(parents=True)
    for folder, handed in ((root, "cpu memory pids"), (mine.parent, "cpu memory"), (mine, "")):
        (folder / "cgroup.subtree_control").write_text(handed)
    assert cgroup._Second().parent(mine) == mine.parent
    (root / "cgroup.subtree_control").write_text("")
    (mine.parent / "cgroup.subtree_control").write_text("cpu")
    with pytest.raises(NoGroup, match="hands its memory on"):
        cgroup._Second().parent(mine)


def test_version_2_counters(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "memory.current").write_text("900\n")
    (tmp_path / "memory.stat").write_text(
        "anon 100\nfile 700\nshmem 50\ninactive_file 300\nactive_file 350\npgmajfault 7\n"
    )
    (tmp_path / "memory.events").write_text("low 0\nhigh 0\nmax 12\noom 2\noom_kill 1\n")
    counters = cgroup._Second().counters(tmp_path)
    assert counters == cgroup.Counters(1000, 900, 0, 100, 650, 50, 7, 12, 1)
