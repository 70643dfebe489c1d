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
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cgroup import MemoryGroup, NoGroup
from pressure_course import Run, one_run
from pressure_sides import ANSWER, Ours, Plain, held

from second_me.models.budget import GROUP_LEAST, GROUP_SHARE
from second_me.models.chat import CONTEXT
from second_me.models.client import ModelProcess
from second_me.models.fit import need
from second_me.models.header import read_header
from second_me.models.weights import LEAST_QUALITY

MB = 1 << 20
LIMIT_SHARE, SPARE = 1.3, 1.1
HOG = 10 * MB
"""What the other process holds before it takes anything."""


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
