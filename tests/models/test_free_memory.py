"""Free memory: trees of /proc and /sys as other machines have them, and this machine as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from cgroup import MemoryGroup, NoGroup, drop_file

from second_me.models.free_memory import MemoryReader

MB = 1 << 20
UNLIMITED = 9223372036854771712
MACHINE = 8000 * MB
HOG = Path(__file__).parents[2] / "benchmarks" / "hog.py"


class FakeMachine:
    """A /proc and a /sys/fs/cgroup of our own making, for what this machine cannot have."""

    def __init__(self, folder: Path, available: int = 6000 * MB) -> None:
        self.proc, self.groups = folder / "proc", folder / "groups"
        self.write(
            self.proc / "meminfo", f"MemTotal: {MACHINE >> 10} kB\nMemAvailable:  {available >> 10} kB\n"
        )
        self.seconds = 0.0

    def reader(self) -> MemoryReader:
        return MemoryReader(self.proc, self.groups, lambda: self.seconds)

    def member(self, *lines: str) -> None:
        self.write(self.proc / "self/cgroup", "".join(f"{line}\n" for line in lines))

    def stalls(self, file: Path, total: int, average: float = 0.0) -> None:
        """`total` in microseconds, the average in percent."""
        rest = f"avg10={average:.2f} avg60=0.00 avg300=0.00 total={total}"
        self.write(file, f"some {rest}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")

    def first(self, path: str, limit: int, usage: int, **stat: int) -> None:
        """A group of version 1."""
        folder = self.groups / "memory" / path
        self.write(folder / "memory.limit_in_bytes", f"{limit}\n")
        self.write(folder / "memory.usage_in_bytes", f"{usage}\n")
        self.write(folder / "memory.stat", "".join(f"{name} {value}\n" for name, value in stat.items()))

    def second(self, path: str, limit: int | str, usage: int, high: int | str = "max", **stat: int) -> None:
        """A group of version 2."""
        folder = self.groups / path
        self.write(folder / "memory.max", f"{limit}\n")
        self.write(folder / "memory.high", f"{high}\n")
        self.write(folder / "memory.current", f"{usage}\n")
        self.write(folder / "memory.stat", "".join(f"{name} {value}\n" for name, value in stat.items()))

    def write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "ascii")


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path)


def test_no_group_is_the_machine(machine: FakeMachine) -> None:
    reading = machine.reader().read()
    assert reading.available == 6000 * MB and reading.total == MACHINE
    assert not reading.limited and reading.pressure is None


def test_nothing_that_can_be_read_is_the_nearest_figure_of_psutil(tmp_path: Path) -> None:
    bare = MemoryReader(tmp_path / "none", tmp_path / "none")
    assert bare.read().total == psutil.virtual_memory().total
    assert bare.read(mapped=1 << 50).available >= 1 << 50, (
        "mapped files count where the system leaves them out"
    )


def test_mapped_files_do_not_count_twice_where_the_system_counts_them(machine: FakeMachine) -> None:
    assert machine.reader().read(mapped=100 * MB).available == 6000 * MB


def test_version_1_counts_clean_files_of_the_group(machine: FakeMachine) -> None:
    machine.member("4:memory:/a/b", "1:cpu:/")
    machine.first("a/b", 1000 * MB, 900 * MB,
        inactive_file=1, active_file=1, total_inactive_file=300 * MB, total_active_file=200 * MB,
        total_dirty=20 * MB, total_writeback=10 * MB, total_shmem=50 * MB, total_unevictable=40 * MB,
        hierarchical_memory_limit=1000 * MB)  # fmt: skip
    reading = machine.reader().read()
    assert reading.available == (1000 - 900 + 300 + 200 - 20 - 10) * MB
    assert reading.limited and reading.total == 1000 * MB


def test_version_1_the_tightest_group_above_counts(machine: FakeMachine) -> None:
    machine.member("4:cpu,memory:/a/b")
    machine.first("a/b", 1000 * MB, 100 * MB, hierarchical_memory_limit=1000 * MB)
    machine.first("a", 2000 * MB, 1900 * MB, total_active_file=300 * MB)
    machine.first("", UNLIMITED, 7000 * MB)
    assert machine.reader().read().available == 400 * MB


def test_version_1_a_limit_that_a_container_is_not_shown(machine: FakeMachine) -> None:
    machine.member("4:memory:/docker/0123")  # the path outside; inside the group is the mount itself
    machine.first("", UNLIMITED, 100 * MB, hierarchical_memory_limit=500 * MB)
    reading = machine.reader().read()
    assert reading.available == 400 * MB and reading.total == 500 * MB


def test_version_1_without_a_limit_is_the_machine(machine: FakeMachine) -> None:
    machine.member("4:memory:/a")
    machine.first("a", UNLIMITED, 100 * MB, hierarchical_memory_limit=UNLIMITED)
    assert not machine.reader().read().limited


def test_version_2_maximum_and_high_of_every_group_above(machine: FakeMachine) -> None:
    machine.member("0::/user.slice/session.scope")
    machine.second("user.slice/session.scope", "max", 100 * MB)
    machine.second("user.slice", 3000 * MB, 1500 * MB, 2000 * MB,
        inactive_file=500 * MB, active_file=100 * MB, file_dirty=30 * MB, file_writeback=20 * MB,
        shmem=70 * MB, slab_reclaimable=90 * MB)  # fmt: skip
    reading = machine.reader().read()
    assert reading.available == (2000 - 1500 + 500 + 100 - 30 - 20) * MB
    assert reading.limited and reading.total == 2000 * MB


def test_version_2_usage_over_the_limit_is_nothing_free(machine: FakeMachine) -> None:
    machine.member("0::/a")
    machine.second("a", 100 * MB, 150 * MB)
    assert machine.reader().read().available == 0


def test_a_limit_larger_than_what_is_free_is_the_machine(machine: FakeMachine) -> None:
    machine.member("0::/a")
    machine.second("a", 7900 * MB, 100 * MB)
    reading = machine.reader().read()
    assert reading.available == 6000 * MB and not reading.limited


def test_a_path_of_another_namespace_is_the_mount(machine: FakeMachine) -> None:
    machine.member("0::/../elsewhere")
    machine.second("", 500 * MB, 200 * MB)
    assert machine.reader().read().available == 300 * MB


def test_both_versions_mixed(machine: FakeMachine) -> None:
    machine.member("4:memory:/a", "0::/b")
    machine.first("a", 500 * MB, 200 * MB)
    machine.stalls(machine.groups / "unified/b/memory.pressure", 0, 50.0)
    machine.stalls(machine.proc / "pressure/memory", 0, 20.0)
    reading = machine.reader().read()
    assert reading.available == 300 * MB and reading.pressure == pytest.approx(0.2)


def test_who_is_moved_reads_the_new_group(machine: FakeMachine) -> None:
    machine.second("a", 500 * MB, 200 * MB)
    machine.second("b", 400 * MB, 200 * MB)
    reader = machine.reader()
    machine.member("0::/a")
    assert reader.read().available == 300 * MB
    machine.member("0::/b")
    assert reader.read().available == 200 * MB


def test_pressure_of_the_group_under_version_2(machine: FakeMachine) -> None:
    machine.member("0::/a/b")
    machine.second("a/b", 500 * MB, 200 * MB)
    machine.stalls(machine.groups / "a/memory.pressure", 0, 30.0)
    machine.stalls(machine.proc / "pressure/memory", 0, 90.0)
    assert machine.reader().read().pressure == pytest.approx(0.3)


def test_pressure_is_the_growth_between_two_reads(machine: FakeMachine) -> None:
    file = machine.proc / "pressure/memory"
    reader = machine.reader()
    course = [
        (0.0, 0, 0.15),
        (0.5, 100_000, 0.2),
        (0.52, 120_000, 0.2),
        (1.0, 100_000 + 10**7, 1.0),
        (2.0, 3, 0.15),
    ]
    for seconds, total, share in course:  # a glance says nothing new; a count that fell is another group's
        machine.seconds = seconds
        machine.stalls(file, total, 15.0)
        assert reader.read().pressure == pytest.approx(share)


@pytest.mark.parametrize(
    "junk", ["", "some", "some avg10=x total=1", "some avg10=0.1 total=", "\0\xff", "full total=3"]
)
def test_pressure_that_cannot_be_read_is_left_out(machine: FakeMachine, junk: str) -> None:
    (machine.proc / "pressure").mkdir()
    (machine.proc / "pressure/memory").write_bytes(junk.encode("latin-1"))
    assert machine.reader().read().pressure is None


@pytest.mark.parametrize("name", ["memory.max", "memory.current", "memory.stat"])
@pytest.mark.parametrize("junk", ["", "-1\n", "many\n", "file\nanon x\n\n"])
def test_groups_that_cannot_be_read_are_left_out(machine: FakeMachine, name: str, junk: str) -> None:
    machine.member("junk", "0::/a")
    machine.second("a", 500 * MB, 200 * MB)
    machine.write(machine.groups / "a" / name, junk)
    assert machine.reader().read().available in (300 * MB, 6000 * MB)


# --- this machine


@pytest.fixture
def group() -> Iterator[MemoryGroup]:
    """A real one, whose limit is 300 MB."""
    try:
        with MemoryGroup(300 * MB, "second-me-test") as group:
            yield group
    except NoGroup as reason:
        pytest.skip(str(reason))


READS = """
import dataclasses, json, mmap, sys
from second_me.models.free_memory import MemoryReader
reader = MemoryReader()
for line in sys.stdin:
    if line.strip():
        with open(line.strip(), "rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        sum(mapped[page] for page in range(0, len(mapped), mmap.PAGESIZE))
    print(json.dumps(dataclasses.asdict(reader.read())), flush=True)
"""


def asked(child: subprocess.Popen[bytes]) -> Callable[[str], str]:
    def ask(line: str) -> str:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(f"{line}\n".encode())
        child.stdin.flush()
        return child.stdout.readline().decode()

    return ask


def test_this_machine() -> None:
    reading, memory = MemoryReader().read(), psutil.virtual_memory()
    assert 0 < reading.available <= reading.total <= memory.total
    assert reading.limited or abs(reading.available - memory.available) < 0.2 * memory.total


def test_a_real_group_counts_mapped_weights_once_and_what_others_take(
    group: MemoryGroup, tmp_path: Path
) -> None:
    weights = tmp_path / "weights"
    weights.write_bytes(bytes(100 * MB))
    drop_file(weights)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with (
        group.start([sys.executable, "-c", READS], **pipes) as reader,
        group.start([sys.executable, str(HOG)], **pipes) as hog,
    ):
        read, order = asked(reader), asked(hog)
        order("give")
        before = json.loads(read(""))
        assert before["limited"] and before["total"] == 300 * MB
        mapped = json.loads(read(str(weights)))
        assert group.counters().file >= 95 * MB, "the pages are charged to this group"
        assert abs(mapped["available"] - before["available"]) < 10 * MB
        order(f"take {150 * MB}")
        taken = json.loads(read(""))
        assert abs(before["available"] - taken["available"] - 150 * MB) < 10 * MB
        order("give")
        assert abs(json.loads(read(""))["available"] - before["available"]) < 10 * MB
