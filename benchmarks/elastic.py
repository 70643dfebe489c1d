"""Elastic weights over their range, beside the best single ggml type that fits, and BitStack's decomposition.

    python benchmarks/elastic.py MODEL TEXT --ladders FOLDER [--work FOLDER] [--chunks 4] [--slow]
                                 [--figure FILE.svg] [--json]

MODEL has a ladder in FOLDER (`second-me model ladder`). At every size, perplexity on TEXT and the mean KL
divergence to MODEL (see quality.py), tokens a second, and for ours what the step from the size before reads
and how long it takes to apply. Ours is measured at the size of every single type, between them, at its lowest
and at its full size. The single types are those of single_types.py, the four that take hours only with
`--slow`, or where the ladder holds them. BitStack (bitstack.py) is taken at every level with every k, and half
way between levels with k = 4 and with the best k, which is chosen on TEXT itself; also with its embedding left
whole. Ours and BitStack's order come from the calibration text that the app ships, which is not TEXT.

What is measured is kept in the work folder, by what it depends on, so that a run that was stopped goes on, and
only `--speed` measures times again. All sizes are of all weights of the model, norms included. On a busy
machine set OPENBLAS_NUM_THREADS=1: numpy's threads wait for each other, up to 60 times as long.
"""

from __future__ import annotations

import argparse
import bisect
import hashlib
import itertools
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from bitstack import KS, LEVELS, BitStack, calibration_chunk
from curves import draw
from quality import Floats, Judge
from single_types import NUMBERS, SLOW, SingleTypes

from second_me.models.elastic.ladder import Ladder, find_ladder
from second_me.models.elastic.live import ElasticModel
from second_me.models.elastic.stack import Plan

Row = dict[str, Any]
CALIBRATION = Path(__file__).parents[1] / "resources" / "calibration" / "text.txt"
LEAST_BUDGETS = 12
ALLOWED = 1.01
"""How much worse than a single type at its own size ours may be."""
APART = 1.01
"""Two single types closer than this in size get no size of ours between them."""
MOST_TO_MAKE = 0.05
"""The share of a slow type's weights that is made without `--slow`."""
SPEED_PROMPT, SPEED_TOKENS = 16, 24
EMBEDDING = "token_embd.weight"


class Store:
    """What was measured, in one file, by what it depends on."""

    def __init__(self, file: Path, context: str, again: bool) -> None:
        self._file, self._context, self._again = file, context, again
        self._rows: dict[str, Row] = json.loads(file.read_text("utf-8")) if file.exists() else {}

    def row(self, said: str, measure: Callable[[], Row], timed: bool = False) -> Row:
        """A row that is there, or measured and kept. `timed`: it holds times, which may be wanted anew."""
        key = hashlib.sha256(f"{self._context} {said}".encode()).hexdigest()[:24]
        if key not in self._rows or (timed and self._again):
            self._rows[key] = measure()
            print(f"measured: {said[:60]}", file=sys.stderr)
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(self._rows), "utf-8")
            part.replace(self._file)
        return self._rows[key]


class Bench:
    """One model, its ladder, one text, and all that is measured of them."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        arguments.work.mkdir(parents=True, exist_ok=True)
        self.judge = Judge(arguments.model, arguments.text, arguments.chunks, arguments.work)
        ladder = find_ladder(arguments.ladders, self.judge.header)
        if ladder is None:
            raise SystemExit(f"There is no ladder of {arguments.model.name} in {arguments.ladders}.")
        self.ladder: Ladder = ladder
        with np.load(ladder.folder / "importance.npz") as kept:
            self.importance: dict[str, Floats] = {name: kept[name] for name in kept.files}
        self.types = SingleTypes(self.judge, self.importance, ladder, arguments.work)
        self.sorted_by = calibration_chunk(self.judge, arguments.calibration)
        self.left_out: list[str] = []
        self._work, self._slow = arguments.work, arguments.slow
        context = hashlib.sha256(f"{ladder.fingerprint} {self.judge.chunks}".encode()).hexdigest()
        self._store = Store(arguments.work / "points.json", context, arguments.speed)
        self.rest = self.judge.header.weight_bytes - sum(tensor.size for tensor in ladder.tensors)
        self.stack = ladder.stack()

    @property
    def reach(self) -> tuple[int, int]:
        """Ours' lowest and full size."""
        return self.stack.lowest + self.rest, self.stack.full + self.rest

    def singles(self) -> Iterator[Row]:
        """Every type that makes the model no larger than it came."""
        for name in NUMBERS:
            if self.types.kinds(name) is None or self.types.size(name) > self.reach[1]:
                continue
            if name in SLOW and not self._slow and self.types.left_to_make(name) > MOST_TO_MAKE:
                self.left_out.append(name)
                continue
            own = self.types.own_share(name)
            base = {"method": "single", "label": name, "bytes": self.types.size(name), "own_share": own}
            if own > 0:
                yield base | self._judged(f"{name} {self.types.mark}", partial(self.types.apply, name))

    def ours(self, sizes: Iterable[int]) -> Iterator[Row]:
        """Ours at each size, going up. The live model must be as it came."""
        elastic = ElasticModel(self.judge.model, self.judge.header, self.ladder)
        before: Plan | None = None
        try:
            for size in sorted(sizes):
                plan = self.stack.plan(size - self.rest)
                yield self._our_row(elastic, size, plan, before)
                before = plan
        finally:
            elastic.close()

    def _our_row(self, elastic: ElasticModel, size: int, plan: Plan, before: Plan | None) -> Row:
        def step() -> Row:
            elastic.apply((before or self.stack.plan(self.stack.lowest)).rungs)
            done = elastic.apply(plan.rungs)
            return {
                "read_bytes": done.bytes_new,
                "changed": done.tensors,
                "swap_ms": done.swap_seconds * 1000,
                "apply_ms": (done.swap_seconds + done.advice_seconds) * 1000,
            }

        files = sorted(self.ladder.files.items())
        said = hashlib.sha256(f"{sorted(plan.rungs.items())} {files}".encode()).hexdigest()
        base = {"method": "ours", "label": "ours", "budget": size, "bytes": plan.size + self.rest}
        row = base | self._judged(f"ours {said}", lambda: elastic.apply(plan.rungs))
        source = before.rungs if before else {}
        return row | self._store.row(f"step {said} {sorted(source.items())}", step, timed=True)

    def bitstack(self) -> Iterator[Row]:
        """Every level with every k; then half way between levels, with 4 and the best k."""
        even = [row for k in KS for row in self._even(k)]
        yield from even
        best = best_k(even, *self.reach)
        for k in sorted({4, best}):
            yield from self._even(k, whole_embedding=True)
            yield from self._half_way(k)

    def _bits(self, k: int) -> BitStack:
        return BitStack(self.judge, self.importance, k, self._work)

    def _even(self, k: int, whole_embedding: bool = False) -> Iterator[Row]:
        stack = self._bits(k)
        for level in range(1, LEVELS + 1):
            counts = dict.fromkeys(stack.tensors, level)
            if whole_embedding:
                counts[EMBEDDING] = 0
            if stack.size(counts) <= self.reach[1]:
                yield self._stacked(stack, counts, {"even": True, "whole_embedding": whole_embedding})

    def _half_way(self, k: int) -> Iterator[Row]:
        stack = self._bits(k)
        sizes = [stack.size(dict.fromkeys(stack.tensors, level)) for level in range(1, LEVELS + 1)]
        for lower, upper in itertools.pairwise(sizes):
            middle = (lower + upper) // 2
            if self.reach[0] <= middle <= self.reach[1]:
                said = f"plan {k} {middle} {self.types.mark} {self.sorted_by}"
                counts = self._store.row(said, partial(stack.plan, middle, self.sorted_by))
                yield self._stacked(stack, counts, {"even": False, "whole_embedding": False})

    def _stacked(self, stack: BitStack, counts: dict[str, int], what: Row) -> Row:
        said = f"bitstack {stack.k} {sorted(counts.items())} {self.types.mark}"
        base = {"method": "bitstack", "label": f"k {stack.k}", "k": stack.k, "bytes": stack.size(counts)}
        return base | what | self._judged(said, lambda: stack.apply(counts), speed=False)

    def _judged(self, said: str, apply: Callable[[], object], speed: bool = True) -> Row:
        """Quality, and tokens a second, of what is put in place. Speed is that of llama.cpp with the weights
        ready to use: BitStack's would be float16's, so it has none."""

        def quality() -> Row:
            apply()
            return asdict(self.judge.quality())

        def timing() -> Row:
            apply()
            return {"tokens_a_second": self._speed()}

        row = dict(self._store.row(said, quality))
        return row | (self._store.row(f"speed {said}", timing, timed=True) if speed else {})

    def _speed(self) -> float:
        """Tokens written a second, the median of some."""
        context, tokens = self.judge.context, self.judge.chunks[0]
        context.forget(0)
        context.decode(tokens[:SPEED_PROMPT], 0)
        times = []
        for at in range(SPEED_PROMPT, SPEED_PROMPT + SPEED_TOKENS):
            began = time.perf_counter()
            context.decode(tokens[at : at + 1], at)
            times.append(time.perf_counter() - began)
        return 1 / statistics.median(times)

    def restore_seconds(self, k: int = 4, count: int = 3) -> float:
        """Seconds that making all matrices from BitStack's blocks takes in numpy."""
        stack = self._bits(k)

        def measure() -> Row:
            matrices = [stack.matrix(name) for name in stack.tensors]
            began = time.perf_counter()
            for matrix in matrices:
                matrix.values(count)
            return {"seconds": time.perf_counter() - began}

        return float(self._store.row(f"restore {k} {count}", measure, timed=True)["seconds"])


def best_k(rows: Sequence[Row], lowest: int, full: int) -> int:
    """The k with the lowest mean logarithm of perplexity over sizes that all reach, between their levels."""
    curves = {k: [row for row in rows if row["k"] == k] for k in {row["k"] for row in rows}}
    begin = max([lowest, *(curve[0]["bytes"] for curve in curves.values())])
    end = min([full, *(curve[-1]["bytes"] for curve in curves.values())])
    sizes = np.linspace(begin, end, 40)

    def mean(curve: list[Row]) -> float:
        logs = [math.log(row["perplexity"]) for row in curve]
        return float(np.interp(sizes, [row["bytes"] for row in curve], logs).mean())

    return int(min(curves, key=lambda k: mean(curves[k])))


def budgets(singles: Sequence[Row], lowest: int, full: int) -> list[int]:
    """The sizes of the single types, the middles between them, both ends; more in the widest gaps."""
    own = sorted({row["bytes"] for row in singles if lowest <= row["bytes"] <= full} | {lowest, full})
    sizes = set(own)
    sizes.update((a + b) // 2 for a, b in itertools.pairwise(own) if b > a * APART)
    while len(sizes) < LEAST_BUDGETS:
        ordered = sorted(sizes)
        low, high = max(itertools.pairwise(ordered), key=lambda pair: pair[1] / pair[0])
        sizes.add((low + high) // 2)
    return sorted(sizes)


def checks(ours: Sequence[Row], singles: Sequence[Row], stacked: Sequence[Row]) -> list[Row]:
    """What must hold, each with the figures it is about."""
    lowest = ours[0]["bytes"]
    return [
        *(at_own_size(single, ours) for single in singles if single["bytes"] >= lowest),
        *between(ours, singles),
        *(below(ours, row) for row in stacked if row["bytes"] >= lowest),
    ]


def best_within(rows: Sequence[Row], size: int) -> Row:
    """The last of ours that fits."""
    budgets_of = [row["budget"] for row in rows]
    return rows[bisect.bisect_right(budgets_of, size) - 1]


def at_own_size(single: Row, ours: Sequence[Row]) -> Row:
    """Ours at the size of a single type."""
    own = best_within(ours, single["bytes"])
    ratio = own["perplexity"] / single["perplexity"]
    return verdict("at its own size", single["label"], single["bytes"], ratio, ratio <= ALLOWED)


def between(ours: Sequence[Row], singles: Sequence[Row]) -> Iterator[Row]:
    """Ours at sizes that are no single type's, against the best that fits."""
    own_sizes = {row["bytes"] for row in singles}
    for row in ours:
        fitting = [single for single in singles if single["bytes"] <= row["budget"]]
        if row["budget"] in own_sizes or not fitting:
            continue
        best = min(fitting, key=lambda single: single["perplexity"])
        ratio = row["perplexity"] / best["perplexity"]
        yield verdict("between", best["label"], row["budget"], ratio, ratio < 1)


def below(ours: Sequence[Row], stacked: Row) -> Row:
    """Ours in no more bytes than a point of BitStack."""
    own = best_within(ours, stacked["bytes"])
    ratio = own["perplexity"] / stacked["perplexity"]
    label = f"BitStack k {stacked['k']}" + (", whole embedding" if stacked["whole_embedding"] else "")
    return verdict("below BitStack", label, stacked["bytes"], ratio, ratio < 1)


def verdict(rule: str, peer: str, size: int, ratio: float, holds: bool) -> Row:
    """One check."""
    return {"rule": rule, "peer": peer, "bytes": size, "ratio": ratio, "holds": holds}


def measure(bench: Bench, stacked: bool) -> Row:
    """All of it."""
    singles = sorted(bench.singles(), key=lambda row: row["bytes"])
    bench.judge.live.restore()
    lowest, full = bench.reach
    ours = list(bench.ours(budgets(singles, lowest, full)))
    decomposed = list(bench.bitstack()) if stacked else []
    restore = bench.restore_seconds() if stacked else None
    blocks = [block.size for block in bench.stack.blocks]
    largest = bench.stack.step()
    return {
        "model": bench.judge.model.path.name,
        "scored_tokens": ours[0]["tokens"],
        "source_perplexity": ours[0]["source_perplexity"],
        "left_out": bench.left_out,
        "lowest": lowest,
        "full": full,
        "blocks": len(blocks),
        "median_block": statistics.median(blocks),
        "largest_block": {"tensor": largest.tensor, "bytes": largest.size} if largest else None,
        "disk_bytes": {"ours": bench.ladder.size, "bitstack": bench._bits(4).disk if stacked else None},
        "bitstack_restore_seconds": restore,
        "points": [*ours, *singles, *decomposed],
        "checks": checks(ours, singles, decomposed),
    }


def show(result: Row) -> None:
    """The figures as lines."""
    print(
        f"{result['model']}: {result['lowest'] / 1e6:.1f} to {result['full'] / 1e6:.1f} MB,"
        f" perplexity {result['source_perplexity']:.2f} as it came ({result['scored_tokens']} tokens scored)"
    )
    print(
        f"{'':26}{'MB':>8}{'perplexity':>12}{'KL':>9}{'tok/s':>8}{'reads MB':>10}{'swap ms':>9}{'apply ms':>10}"
    )
    shown: dict[tuple[Any, ...], Row] = {}
    for row in sorted(result["points"], key=lambda row: (row["method"], row["bytes"])):
        shown.setdefault((row["method"], row["bytes"], row["perplexity"]), row)
    for row in shown.values():
        show_point(row)
    if result["left_out"]:
        print(f"single types left out, for they take hours: {', '.join(result['left_out'])}")
    disk = result["disk_bytes"]
    print(f"on the disk beside the model: ours {disk['ours'] / 1e6:.0f} MB", end="")
    print(f", BitStack k 4 {disk['bitstack'] / 1e6:.0f} MB" if disk["bitstack"] else "")
    if result["largest_block"]:
        print(
            f"blocks: {result['blocks']}, the median {result['median_block'] / 1e3:.0f} kB, the largest"
            f" {result['largest_block']['bytes'] / 1e6:.1f} MB ({result['largest_block']['tensor']})"
        )
    if result["bitstack_restore_seconds"]:
        print(f"BitStack's matrices from 3 blocks, numpy: {result['bitstack_restore_seconds']:.1f} s")
    for rule, group in itertools.groupby(result["checks"], key=lambda check: check["rule"]):
        found = list(group)
        worst = max(found, key=lambda check: check["ratio"])
        print(
            f"{rule}: {sum(check['holds'] for check in found)} of {len(found)} hold; the worst ratio is"
            f" {worst['ratio']:.4f}, against {worst['peer']} at {worst['bytes'] / 1e6:.1f} MB"
        )
        for check in found:
            if not check["holds"]:
                print(f"  not: {check['peer']} at {check['bytes'] / 1e6:.1f} MB, ratio {check['ratio']:.4f}")


def show_point(row: Row) -> None:
    """One point as a line."""
    label = row["label"] if row["method"] != "bitstack" else f"BitStack {row['label']}"
    label += ", whole embedding" if row.get("whole_embedding") else ""
    label += ", sorted" if row.get("even") is False else ""
    speed = f"{row['tokens_a_second']:8.1f}" if "tokens_a_second" in row else f"{'':8}"
    line = f"{label:26}{row['bytes'] / 1e6:8.2f}{row['perplexity']:12.2f}{row['kl']:9.4f}{speed}"
    if "read_bytes" in row:
        line += f"{row['read_bytes'] / 1e6:10.2f}{row['swap_ms']:9.2f}{row['apply_ms']:10.2f}"
    print(line)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--ladders", type=Path, required=True)
    parser.add_argument("--calibration", type=Path, default=CALIBRATION)
    parser.add_argument("--work", type=Path, default=Path("benchmark-work"))
    parser.add_argument("--chunks", type=int, default=4)
    parser.add_argument("--slow", action="store_true", help="single types that take hours too")
    parser.add_argument("--without-bitstack", action="store_true")
    parser.add_argument("--speed", action="store_true", help="measure times again")
    parser.add_argument("--figure", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    bench = Bench(arguments)
    try:
        result = measure(bench, not arguments.without_bitstack)
    finally:
        bench.judge.close()
    if arguments.figure:
        arguments.figure.write_text(draw(result), "utf-8")
    print(json.dumps(result)) if arguments.json else show(result)
    return 0 if all(check["holds"] for check in result["checks"]) else 1


if __name__ == "__main__":
    sys.exit(main())
