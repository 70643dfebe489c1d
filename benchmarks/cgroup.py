"""A control group of memory for a benchmark: processes are put under a limit and its counters are read.

    with MemoryGroup(limit=400 << 20) as group:
        child = group.start([sys.executable, "child.py"])
        with group.entered():           # children that something else starts
            process.load()
        print(group.counters())

Version 1 and version 2; Linux only, and only root may make one. The group lies below our own one, so that
limits above us go on counting; under version 2 below the nearest group that hands its memory on. At the end
whatever still runs in it is killed by its id, cached pages of it are dropped, and it is removed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

ENTER = 'echo $$ > "$0" && exec "$@"'
"""A shell's words: into the group first, then become the program. Nothing of it is charged elsewhere."""

PATIENCE = 10.0
"""Seconds until what was killed must be gone."""


class NoGroup(Exception):
    """A group cannot be made here; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Counters:
    """What a group holds, in bytes, and what was done to it.

    `file`: cached pages of files, those of tmpfs (`shmem`) left out. `refused`: times that the limit was hit
    and pages had to be dropped first. `killed`: processes that the system killed in it.
    """

    limit: int
    usage: int
    peak: int
    anonymous: int
    file: int
    shmem: int
    major_faults: int
    refused: int
    killed: int


class MemoryGroup:
    """A context manager. Entering raises NoGroup."""

    def __init__(self, limit: int, name: str = "second-me-benchmark", groups: Path = Path("/sys/fs/cgroup")):
        self.limit, self._groups = limit, groups
        self._name = f"{name}-{os.getpid()}"
        self.folder = Path()
        self._home = Path()
        self._version: _First | _Second = _First()

    @property
    def version(self) -> int:
        """1 or 2."""
        return self._version.number

    def __enter__(self) -> MemoryGroup:
        self._version, self._home = _here(self._groups)
        try:
            self.folder = self._version.parent(self._home) / self._name
            self.folder.mkdir()
        except PermissionError as problem:
            raise NoGroup(
                "Only root can make a control group: run it with sudo, or in a container as root."
            ) from problem
        except OSError as problem:
            raise NoGroup(f"The system makes no control group here ({problem.strerror}).") from problem
        try:
            _write(self.folder / self._version.limit, self.limit)
        except BaseException:
            self.folder.rmdir()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        deadline = time.monotonic() + PATIENCE
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            self._signal(signal_number)
            self._wait_empty(min(deadline, time.monotonic() + 1.0))
        self.drop_cache()
        while True:
            try:
                return self.folder.rmdir()
            except OSError:  # a process that has gone is still being taken apart
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        """Start a program that is in the group from its first page on."""
        return subprocess.Popen(
            ["/bin/sh", "-c", ENTER, str(self.folder / "cgroup.procs"), *command], **options
        )

    def place(self, process: int) -> None:
        """Put a running process into the group. What it holds already stays charged where it was."""
        _write(self.folder / "cgroup.procs", process)

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Be in the group ourselves for a while: what we start then is born in it, and stays."""
        self.place(os.getpid())
        try:
            yield
        finally:
            _write(self._home / "cgroup.procs", os.getpid())

    def processes(self) -> list[int]:
        """Ids of all that run in it; not of those that have ended and were not waited for."""
        lines = (self.folder / "cgroup.procs").read_text("ascii").split()
        return [int(line) for line in lines if _runs(int(line))]

    def counters(self) -> Counters:
        """Now."""
        return self._version.counters(self.folder)

    def drop_cache(self) -> None:
        """Take back the pages that can be taken: so that a file is read anew, and charged here."""
        with contextlib.suppress(OSError):
            _write(self.folder / self._version.shrink, self._version.shrink_by(self.counters().usage))

    def _signal(self, number: int) -> None:
        for process in self.processes():
            if process != os.getpid():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, number)

    def _wait_empty(self, deadline: float) -> None:
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.02)


class _First:
    """Version 1: a tree of its own for memory."""

    number = 1
    limit = "memory.limit_in_bytes"
    shrink = "memory.force_empty"

    def parent(self, home: Path) -> Path:
        return home

    def shrink_by(self, usage: int) -> int:
        return 0

    def counters(self, folder: Path) -> Counters:
        stat, control = _table(folder / "memory.stat"), _table(folder / "memory.oom_control")
        return Counters(
            limit=_number(folder / self.limit),
            usage=_number(folder / "memory.usage_in_bytes"),
            peak=_number(folder / "memory.max_usage_in_bytes"),
            anonymous=stat["total_rss"],
            file=stat["total_inactive_file"] + stat["total_active_file"],
            shmem=stat["total_shmem"],
            major_faults=stat["total_pgmajfault"],
            refused=_number(folder / "memory.failcnt"),
            killed=control.get("oom_kill", 0),
        )


class _Second:
    """Version 2: one tree for all controllers."""

    number = 2
    limit = "memory.max"
    shrink = "memory.reclaim"

    def parent(self, home: Path) -> Path:
        """A group with processes of its own hands nothing on, but for the root: the nearest that does."""
        for folder in (home, *home.parents):
            control = folder / "cgroup.subtree_control"
            if not control.exists():
                break
            if "memory" in control.read_text("ascii").split():
                return folder
        raise NoGroup("No control group above hands its memory on (cgroup.subtree_control).")

    def shrink_by(self, usage: int) -> int:
        return usage

    def counters(self, folder: Path) -> Counters:
        stat, events = _table(folder / "memory.stat"), _table(folder / "memory.events")
        peak = folder / "memory.peak"  # since Linux 5.19
        return Counters(
            limit=_number(folder / self.limit),
            usage=_number(folder / "memory.current"),
            peak=_number(peak) if peak.exists() else 0,
            anonymous=stat["anon"],
            file=stat["inactive_file"] + stat["active_file"],
            shmem=stat["shmem"],
            major_faults=stat["pgmajfault"],
            refused=events.get("max", 0),
            killed=events.get("oom_kill", 0),
        )


def drop_file(path: Path) -> None:
    """Drop the cached pages of a file, whoever read them, so that the next reader is charged for them.

    Pages that somebody has mapped or that are not written yet stay.
    """
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _here(groups: Path) -> tuple[_First | _Second, Path]:
    """The version that counts memory, and the folder of our own group."""
    if sys.platform != "linux" or not groups.is_dir():
        raise NoGroup("Control groups exist on Linux only.")
    rows = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text("ascii").splitlines()]
    paths = {name: path for _, names, path in rows for name in names.split(",")}
    if "memory" in paths:
        return _First(), _inside(groups / "memory", paths["memory"])
    if (groups / "cgroup.controllers").exists() and "" in paths:
        return _Second(), _inside(groups, paths[""])
    raise NoGroup("Memory is counted by no control group here.")


def _inside(mount: Path, path: str) -> Path:
    folder = mount.joinpath(*PurePosixPath(path).parts[1:])
    return folder if folder.is_dir() else mount


def _runs(process: int) -> bool:
    try:
        return (
            Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"
        )
    except OSError:
        return False


def _write(file: Path, number: int) -> None:
    with file.open("w", encoding="ascii") as control:
        control.write(str(number))


def _number(file: Path) -> int:
    text = file.read_text("ascii").strip()
    return int(text) if text.isdecimal() else 0


def _table(file: Path) -> dict[str, int]:
    rows = (line.split() for line in file.read_text("ascii").splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdecimal()}
