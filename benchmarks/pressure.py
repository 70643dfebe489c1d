"""A second process takes memory in the model's control group and gives it back: ours beside plain mmap.

    python benchmarks/pressure.py MODEL --ladders FOLDER [--limit 680M] [--take 400M] [--figure F.svg] [--json]

Linux, as root (it makes control groups). Unless given, the limit is 1.3 times what the model needs at its full
size, and what its process holds besides; there is no swap to go to. In each run a model answers without a
pause while the other process takes memory step by step, holds it, and gives all of it back. What it takes
leaves room for the smallest plan that following free memory goes to and a tenth more. Both runs follow one
another in groups of their own, with the same steps; before each, the model's files are dropped from the page
cache, so that their pages are charged to the group (checked by its counters). A *fault* is a major one (a page
that had to be read from the disk), a *pause* the time between two pieces of text. Speeds are pieces a second.
Plain is `llama_cpp.Llama` with its defaults, but for as many threads and as much context as ours.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cgroup import MemoryGroup, NoGroup, drop_file
from pressure_sides import ANSWER, HERE, Ours, Plain, Side, held

from second_me.models.budget import GROUP_LEAST, GROUP_SHARE
from second_me.models.chat import CONTEXT
from second_me.models.client import ModelProcess
from second_me.models.fit import need
from second_me.models.header import read_header
from second_me.models.keeper import LEAST_QUALITY

MB = 1 << 20
LIMIT_SHARE, SPARE = 1.3, 1.1
HOG = 10 * MB
"""What the other process holds before it takes anything."""

CALM, STEPS, STEP, HOLD, AFTER = 10.0, 12, 1.0, 15.0, 25.0
"""Seconds before the first step; steps and the seconds between them; seconds held; seconds after."""

TICK = 0.5
SPAN = 2.0
"""Seconds over which a speed is taken."""

PHASES = ("before", "while taking", "held", "after")


@dataclass(frozen=True)
class Moment:
    """One sample, bytes and counts since the first one; `speed` in pieces a second; `cached`: the group's file
    pages, `used`: all that is charged to it."""

    seconds: float
    phase: str
    taken: int
    budget: int | None
    weights: int
    anonymous: int
    faults: int
    read: int
    speed: float
    cached: int
    used: int


@dataclass(frozen=True)
class Run:
    """One side's course."""

    name: str
    moments: list[Moment]
    pieces: list[float]
    phases: dict[str, tuple[float, float]]
    killed: int
    ended: str | None
    charged: int
    quality: list[float]


class Hog:
    """The other process; its orders are given by a thread of their own, because the system may let it wait."""

    def __init__(self, group: MemoryGroup) -> None:
        command = [sys.executable, str(HERE / "hog.py")]
        self._child = group.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.held = 0
        self.order("give")

    def order(self, line: str) -> None:
        """One line of what hog.py understands. Does nothing once it has gone."""
        assert self._child.stdin is not None and self._child.stdout is not None
        try:
            self._child.stdin.write(f"{line}\n".encode())
            self._child.stdin.flush()
            self.held = int(self._child.stdout.readline() or b"0")
        except OSError:
            self.held = 0

    def close(self) -> None:
        self._child.communicate()


class Course:
    """What happens when, in seconds since the beginning."""

    def __init__(self, hog: Hog, take: int) -> None:
        self._hog, self._take = hog, take
        self.began = time.monotonic()
        self.phase = PHASES[0]
        self.phases: dict[str, tuple[float, float]] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        return not self._thread.is_alive()

    def _run(self) -> None:
        acts: tuple[Callable[[], None], ...] = (self._calm, self._taking, self._holding, self._after)
        for self.phase, act in zip(PHASES, acts, strict=True):
            begin = time.monotonic() - self.began
            act()
            self.phases[self.phase] = (begin, time.monotonic() - self.began)

    def _calm(self) -> None:
        time.sleep(CALM)

    def _taking(self) -> None:
        for _ in range(STEPS):
            self._hog.order(f"take {self._take // STEPS}")
            time.sleep(STEP)

    def _holding(self) -> None:
        time.sleep(HOLD)

    def _after(self) -> None:
        self._hog.order("give")
        time.sleep(AFTER)


class Watch:
    """Samples a side and its group while a course runs."""

    def __init__(self, side: Side, course: Course, hog: Hog, group: MemoryGroup) -> None:
        self._side, self._course, self._hog, self._group = side, course, hog, group
        self._status: dict[str, Any] | None = None
        self._done = threading.Event()
        self._asking = threading.Thread(target=self._ask, daemon=True)
        self.moments: list[Moment] = []
        self.quality: list[float] = []

    def run(self) -> None:
        """Until the course is over."""
        first = held(self._side.pid)
        self._asking.start()
        while not self._course.over:
            now = held(self._side.pid)
            if now is None or first is None or self._side.ended():
                break
            clock = time.monotonic()
            counters = self._group.counters()
            recent = sum(clock - SPAN < at for at in self._side.pieces[-200:])
            self.moments.append(
                Moment(
                    round(clock - self._course.began, 2), self._course.phase, self._hog.held,
                    self._status["allowed"] if self._status else None, now.weights, now.anonymous,
                    now.major_faults - first.major_faults, now.read - first.read, recent / SPAN,
                    counters.file, counters.usage,
                )
            )  # fmt: skip
            time.sleep(TICK)
        self._done.set()
        self._asking.join()

    def _ask(self) -> None:
        """The budget comes from the process itself, between two tokens: so it is waited for elsewhere."""
        while not self._done.wait(TICK) and not self._side.ended():
            self._status = self._side.budget()
            if self._status is None:
                return
            if self._status["quality"] is not None:
                self.quality.append(self._status["quality"])


def one_run(make: Callable[[MemoryGroup], Side], files: Sequence[Path], limit: int, take: int) -> Run:
    """A group, a side, a hog, a course. Raises RuntimeError when the weights are charged to somebody else."""
    for file in files:
        drop_file(file)
    with MemoryGroup(limit) as group:
        side = make(group)
        charged = group.counters().file
        if charged < 0.8 * min(files[0].stat().st_size, 0.8 * limit):
            side.close()
            raise RuntimeError(
                f"Only {charged >> 20} MB of {files[0].name} are charged to the group: another process has it"
                " in memory. End that, or give a copy of the file."
            )
        hog = Hog(group)
        side.answer()
        course = Course(hog, take)
        watch = Watch(side, course, hog, group)
        watch.run()
        ended = side.ended()
        killed = group.counters().killed
        side.close()
        hog.close()
    pieces = [at - course.began for at in side.pieces]
    return Run(side.name, watch.moments, pieces, course.phases, killed, ended, charged, watch.quality)


@dataclass(frozen=True)
class Needs:
    """Bytes: all at full size, with the KV of the whole context; the least that following free memory goes to,
    with the KV of an answer; and what the process holds besides."""

    full: int
    least: int
    base: int


def needs(model: Path, ladders: Path) -> Needs:
    """Asked of the process, and of the model's header."""
    header = read_header(model)
    process = ModelProcess(model, None, ladders=ladders)
    try:
        process.load()
        status = process.budget()
        if status["ladder"] != "ready":
            raise RuntimeError(
                f"{model.name} has no ladder in {ladders}: {status['why'] or 'make one first'}."
            )
        own = held(_pid(process))
    finally:
        process.close()
    now = status["held"]
    good = [size for size, quality in status["curve"] if quality >= LEAST_QUALITY]
    return Needs(
        status["full"] - now["kv"] + need(header, CONTEXT).kv,
        int(min(good, default=status["lowest"])) - now["kv"] + need(header, ANSWER).kv,
        max(0, (own.anonymous if own else 0) - now["kv"] - now["compute"]),
    )


def _pid(process: ModelProcess) -> int:
    """The newest child of ours: the client does not tell it."""
    children = Path("/proc/self/task").glob("*/children")
    return max(int(child) for file in children for child in file.read_text("ascii").split())


def summary(run: Run) -> list[dict[str, Any]]:
    """One row a phase."""
    rows = []
    for phase, (begin, end) in run.phases.items():
        moments = [moment for moment in run.moments if moment.phase == phase]
        pieces = [at for at in run.pieces if begin <= at < end]
        if not moments:
            continue
        pauses = [b - a for a, b in zip([begin, *pieces], [*pieces, end], strict=True)]
        budgets = [moment.budget for moment in moments if moment.budget is not None]
        rows.append(
            {
                "phase": phase,
                "seconds": round(end - begin, 1),
                "speed": round(len(pieces) / (end - begin), 2),
                "longest_pause": round(max(pauses), 2),
                "faults": moments[-1].faults - moments[0].faults,
                "read": moments[-1].read - moments[0].read,
                "budget_least": min(budgets, default=None),
                "budget_last": budgets[-1] if budgets else None,
                "weights_least": min(moment.weights for moment in moments),
                "weights_last": moments[-1].weights,
            }
        )
    return rows


def show(result: dict[str, Any]) -> None:
    """The tables."""
    taken = f"another process takes {result['take'] >> 20} MB"
    print(f"{result['model']} under a limit of {result['limit'] >> 20} MB; {taken}")
    print(
        f"at full size {result['full'] >> 20} MB, at the least {result['least'] >> 20} MB, with KV and compute"
        f" buffers; the process besides {result['base'] >> 20} MB; control groups of version {result['version']}"
    )
    columns = (
        "phase",
        "s",
        "tok/s",
        "longest pause s",
        "faults",
        "read MB",
        "budget MB",
        "weights resident MB",
    )
    for side in result["sides"]:
        print(
            f"\n{side['name']}: {side['killed']} killed, answers {'to the end' if not side['ended'] else side['ended']}"
        )
        print("  " + "  ".join(f"{name:>12}" for name in columns))
        for row in side["phases"]:
            cells = (
                row["phase"], row["seconds"], row["speed"], row["longest_pause"], row["faults"],
                row["read"] >> 20, _span(row["budget_least"], row["budget_last"]),
                _span(row["weights_least"], row["weights_last"]),
            )  # fmt: skip
            print(
                "  "
                + "  ".join(
                    f"{cell!s:>{max(12, len(name))}}" for cell, name in zip(cells, columns, strict=True)
                )
            )


def _span(least: int | None, last: int | None) -> str:
    return "-" if least is None or last is None else f"{least >> 20} .. {last >> 20}"


def size(text: str) -> int:
    """Bytes of "680M", "1.5G" or a plain number."""
    match = re.fullmatch(r"([\d.]+)([KMG]?)B?", text.strip(), re.IGNORECASE)
    if not match:
        raise argparse.ArgumentTypeError(f"not a size: {text}")
    return int(float(match[1]) * 1024 ** " KMG".index(match[2].upper() or " "))


def measure(
    model: Path, ladders: Path, limit: int | None, take: int | None
) -> tuple[dict[str, Any], list[Run]]:
    """Both runs."""
    needed = needs(model, ladders)
    limit = limit or needed.base + int(LIMIT_SHARE * needed.full)
    reserve = max(GROUP_LEAST, int(GROUP_SHARE * limit))
    take = take or max(0, int(limit - reserve - needed.base - SPARE * needed.least) - HOG)
    files = [model, *ladders.rglob("*.rungs")]
    runs = [
        one_run(lambda group: Ours(model, ladders, group), files, limit, take),
        one_run(lambda group: Plain(model, group), files, limit, take),
    ]
    with MemoryGroup(limit) as group:
        version = group.version
    result = {
        "model": model.name, "limit": limit, "take": take, "version": version,
        **asdict(needed),
        "sides": [
            {"name": run.name, "killed": run.killed, "ended": run.ended, "charged_file": run.charged,
             "quality_least": min(run.quality, default=None), "phases": summary(run)}
            for run in runs
        ],
    }  # fmt: skip
    return result, runs


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--ladders", type=Path, required=True, help="the folder of the model's size ladder")
    parser.add_argument("--limit", type=size)
    parser.add_argument("--take", type=size)
    parser.add_argument("--figure", type=Path, help="an SVG")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    try:
        result, runs = measure(chosen.model.resolve(), chosen.ladders.resolve(), chosen.limit, chosen.take)
    except (NoGroup, RuntimeError) as problem:
        print(problem, file=sys.stderr)
        return 2
    if chosen.figure:
        from pressure_figure import draw

        chosen.figure.write_text(draw(result, runs), "utf-8")
    if chosen.json:
        moments = [{"name": run.name, "moments": [asdict(moment) for moment in run.moments]} for run in runs]
        print(json.dumps({**result, "timeline": moments}))
    else:
        show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
