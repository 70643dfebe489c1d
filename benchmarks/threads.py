"""Tokens a second by number of threads, reading a prompt and writing, beside llama.cpp's own choice.

    python benchmarks/threads.py MODEL... [--turns 7] [--json]

Numbers are those that the worker tries in its rest (`models/thread_trial.py`): one a physical core, half of them,
one a hyperthread, one. *Peer* is llama-cpp-python's `Llama` with llama.cpp's choice, one thread a physical core, in
batches of as many tokens. Each turn reads a prompt and writes with every number, the order rotating; a number
counts with its shortest times, which are the ones that other programs disturbed least. *Chosen* is what the app's
own trial finds in the same run, told to take the machine for quiet.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from overhead import PROMPT, WRITTEN, Ours, Plain, Side, turn

from second_me.models.fit import BATCH
from second_me.models.llama import LoadedModel
from second_me.models.thread_trial import numbers, trial
from second_me.models.threads import Counts, FreeCores, logical_cores, physical_cores

Speeds = dict[str, float]
PEER = "peer"


def measure(path: Path, turns: int) -> dict[str, Any]:
    """One model."""
    usual = physical_cores()
    sides: dict[str, Side] = {str(n): Ours(path, n, repack=True) for n in numbers(usual, logical_cores())}
    sides[PEER] = Plain(path, usual, BATCH, False)
    prompt = next(side for side in sides.values() if isinstance(side, Ours)).prompt()
    best: dict[str, Speeds] = {name: {} for name in sides}
    for number in range(turns):
        names = list(sides)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            for what, speed in turn(sides[name], prompt).items():
                best[name][what] = max(speed, best[name].get(what, 0.0))
    for side in sides.values():
        side.close()
    chosen, seconds = chosen_here(path)
    return {
        "model": path.name,
        "tokens_a_second": best,
        "chosen": {"writing": chosen.writing, "reading": chosen.reading},
        "trial_seconds": seconds,
    }


def chosen_here(path: Path) -> tuple[Counts, float]:
    """What the trial finds, and how long it computes."""
    model = LoadedModel(path, FreeCores(), repack=True)
    began = time.perf_counter()
    counts = outcome(trial(model, numbers(physical_cores(), logical_cores()), lambda: True))
    seconds = time.perf_counter() - began
    model.close()
    assert counts is not None
    return counts, seconds


def outcome(steps: Generator[None, None, Counts | None]) -> Counts | None:
    """What a job gives in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def show(result: dict[str, Any]) -> None:
    """One model as lines."""
    print(f"{result['model']}: tokens a second, prompt of {PROMPT} in batches of {BATCH}, {WRITTEN} written")
    for name, speeds in result["tokens_a_second"].items():
        threads = f"llama.cpp's choice ({physical_cores()})" if name == PEER else f"{name} threads"
        print(f"  {threads:24} prompt {speeds['prompt']:7.1f}   writing {speeds['generation']:6.1f}")
    chosen = result["chosen"]
    print(
        f"  chosen: {chosen['writing']} for writing, {chosen['reading']} for reading,"
        f" after {result['trial_seconds']:.1f} s"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = [measure(path, arguments.turns) for path in arguments.models]
    machine = {"physical": physical_cores(), "logical": logical_cores()}
    if arguments.json:
        print(json.dumps({**machine, "turns": arguments.turns, "models": results}))
    else:
        print(f"{machine['physical']} cores, {machine['logical']} threads; {arguments.turns} turns")
        for result in results:
            show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
