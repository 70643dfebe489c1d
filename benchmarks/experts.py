"""A mixture of experts larger than memory: ours, plain mmap, mmap with MADV_RANDOM, and unlimited memory.

    python benchmarks/experts.py MODEL [--shares 30 50 75 100] [--stays 0 .85 1] [--tokens 64] [--rounds 3] [--json]

MODEL comes from `benchmarks/mixture.py`. Every side runs in a process of its own in a control group with a limit
(made and removed here; that needs root), reads a prompt of 512 tokens and then one token after the other, the same
for all. All sides compute through the same door (`models/context.py`) with the same settings; checksums of all
logits must be equal. The disk's bandwidth is measured in the same run with reads as large as an expert's, past the
page cache; the bound is 1 / (seconds a token with unlimited memory + bytes missing / bandwidth).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import mmap
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from cgroup import MemoryGroup, NoGroup, drop_file
from mixture import STAY, tokens

from second_me.models import pages
from second_me.models.budget import reserve
from second_me.models.context import Context
from second_me.models.elastic.live import LiveModel
from second_me.models.experts.layout import experts_of
from second_me.models.experts.slices import THREADS
from second_me.models.experts.streaming import ExpertWindow, choice_of
from second_me.models.free_memory import Reading
from second_me.models.header import Header, read_header
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Tensor
from second_me.models.threads import FreeCores

Row = dict[str, Any]
SIDES = ("ours", "mmap", "random")
PROMPT = 512
LENGTH = 1024


class Watching(ExpertWindow):
    """A window that notes the router's choices."""

    def __init__(self, live: LiveModel, header: Header) -> None:
        experts = experts_of(header)
        assert experts is not None
        super().__init__(live, experts)
        self.choices: list[np.typing.NDArray[np.int32]] | None = None

    def wants(self, node: Tensor) -> bool:
        """Also while the statistics are taken."""
        noting = self.choices is not None and bytes(node.name).startswith(b"ffn_moe_topk-")
        return noting or super().wants(node)

    def sees(self, node: Tensor) -> None:
        """Note, then as ever."""
        if self.choices is not None:
            self.choices.append(choice_of(node))
        super().sees(node)


def run_side(side: str, path: Path, limit: int, stay: float, count: int) -> Row:
    """One side, in this process."""
    began = time.perf_counter()
    model = LoadedModel(path, FreeCores(2))
    header = read_header(path)
    window = Watching(LiveModel(model, header), header)
    context = Context(model, LENGTH, PROMPT, observer=window, outputs=1, flash=True)
    size = prepared(side, window, header, limit, context)
    loaded = time.perf_counter() - began
    text = tokens(PROMPT + count, model.vocabulary_size, stay)
    digest = hashlib.sha256()
    before = psutil.Process().io_counters().read_bytes
    began = time.perf_counter()
    context.decode(text[:PROMPT], 0)
    digest.update(context.logits(-1).tobytes())
    prompt = time.perf_counter() - began
    window.settle()
    if side == "random":  # not before: the prompt would take four times as long, and nobody would do so
        for stretch in pages.mapped([part.resolve() for part in header.parts]):
            pages.read_alone(stretch.first, stretch.last - stretch.first)
    between = psutil.Process().io_counters().read_bytes
    window.counters.chosen = window.counters.missing = window.counters.read_bytes = 0
    window.counters.waited = 0.0
    if side == "statistics":
        window.choices = []
    began = time.perf_counter()
    for at, token in enumerate(text[PROMPT:]):
        context.decode([token], PROMPT + at)
        digest.update(context.logits(-1).tobytes())
    seconds = time.perf_counter() - began
    return {
        "side": side,
        "loaded": loaded,
        "prompt": prompt,
        "prompt_read": between - before,
        "seconds": seconds / count,
        "read": (psutil.Process().io_counters().read_bytes - between) / count,
        "missing": window.counters.missing / max(1, window.counters.chosen),
        "missing_bytes": window.counters.read_bytes / count,
        "waited": window.counters.waited / count,
        "window": size,
        "statistics": statistics_of(window) if window.choices else None,
        "checksum": digest.hexdigest(),
    }


def prepared(side: str, window: Watching, header: Header, limit: int, context: Context) -> int:
    """Make the weights what the side says; bytes of ours' window: what the app's budget would leave for it."""
    if side != "ours":
        return 0
    resident = header.weight_bytes - window.experts.size
    working = context.state_bytes + context.compute_bytes + pages.resident([]).anonymous
    size = limit - resident - working - reserve(Reading(limit, None, True, limit))
    if size < window.experts.size:
        window.open(max(size, window.least))
    return size


def statistics_of(window: Watching) -> Row:
    """Share of a token's experts that the token before had, and of choices that the hottest eighth takes."""
    layers = len(window.experts.layers)
    choices = np.stack([choice[-1] for choice in window.choices or []]).reshape(
        -1, layers, window.experts.used
    )
    reuse, hottest = [], []
    for layer, described in enumerate(window.experts.layers):
        chosen = choices[:, layer]
        pairs = zip(chosen[1:], chosen[:-1], strict=True)
        reuse.append(np.mean([np.isin(now, before).mean() for now, before in pairs]))
        counts = np.sort(np.bincount(chosen.reshape(-1), minlength=described.count))
        hottest.append(counts[-(described.count // 8) :].sum() / counts.sum())
    return {"reuse": float(np.mean(reuse)), "hottest_eighth": float(np.mean(hottest))}


def bandwidth(path: Path, piece: int, threads: int, seconds: float = 3.0) -> float:
    """Bytes a second of direct reads at random places, `piece` bytes each."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECT)
    piece = -(-piece // mmap.PAGESIZE) * mmap.PAGESIZE
    space = memoryview(mmap.mmap(-1, piece * threads))
    last = (os.fstat(descriptor).st_size - piece) // mmap.PAGESIZE
    until = time.perf_counter() + seconds

    def reads(number: int) -> int:
        random, done = np.random.default_rng(number), 0
        target = space[number * piece : (number + 1) * piece]
        while time.perf_counter() < until:
            done += os.preadv(descriptor, [target], int(random.integers(last)) * mmap.PAGESIZE)
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        total = sum(pool.map(reads, range(threads)))
    found = total / (time.perf_counter() - began)
    os.close(descriptor)
    return found


def in_group(side: str, path: Path, limit: int | None, stay: float, count: int) -> Row:
    """One side in a process of its own, under the limit where there is one; the file is not cached before."""
    drop_file(path)
    command = [sys.executable, __file__, str(path), "--side", side, "--stays", str(stay)]
    command += ["--tokens", str(count), "--limit", str(limit or 0)]
    if limit is None:
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    with MemoryGroup(limit) as group:
        running = group.start(command, stdout=subprocess.PIPE)
        said, _ = running.communicate()
    if running.returncode:
        raise SystemExit(f"{side} under {limit >> 20} MiB ended with {running.returncode}")
    return dict(json.loads(said))


def measured(path: Path, share: float, stay: float, options: argparse.Namespace) -> Row:
    """Medians of the sides in turns, at one limit."""
    limit = int(path.stat().st_size * share / 100)
    rows: dict[str, list[Row]] = {side: [] for side in (*SIDES, "unlimited")}
    speeds = []
    for _ in range(options.rounds):
        speeds.append(bandwidth(path, options.piece, THREADS))
        for side in SIDES:
            rows[side].append(in_group(side, path, limit, stay, options.tokens))
        rows["unlimited"].append(in_group("whole", path, None, stay, options.tokens))
        seconds = " ".join(f"{found[-1]['seconds']:.3f}" for found in rows.values())
        print(f"  {share:.0f} %, {stay}: {seconds}", file=sys.stderr)
    checksums = {row["checksum"] for side in rows.values() for row in side}
    middle = {
        side: {key: statistics.median(row[key] for row in found)
               for key in ("seconds", "prompt", "read", "missing", "missing_bytes", "waited", "loaded")}
        for side, found in rows.items()
    }  # fmt: skip
    disk = statistics.median(speeds)
    bound = middle["unlimited"]["seconds"] + middle["ours"]["missing_bytes"] / disk
    ours = middle["ours"]["seconds"]
    return {
        "share": share,
        "stay": stay,
        "limit": limit,
        "window": rows["ours"][0]["window"],
        "identical": len(checksums) == 1,
        "disk": disk,
        "sides": middle,
        "over_random": middle["random"]["seconds"] / ours,
        "over_mmap": middle["mmap"]["seconds"] / ours,
        "of_bound": bound / ours,
        "prompt_over_mmap": middle["mmap"]["prompt"] / middle["ours"]["prompt"],
    }


def show(result: Row) -> None:
    """For people."""
    for stay, found in result["statistics"].items():
        print(
            f"stay {stay}: {found['reuse']:.0%} of the last token's, hottest eighth {found['hottest_eighth']:.0%}"
        )
    print(
        "limit  stay  ours  random  mmap  unlimited tokens/s  missing  over random  over mmap  of bound  prompt"
    )
    for row in result["points"]:
        speeds = "  ".join(
            f"{1 / row['sides'][side]['seconds']:6.2f}" for side in ("ours", "random", "mmap", "unlimited")
        )
        print(
            f"{row['share']:4.0f} %  {row['stay']:4}  {speeds}  {row['sides']['ours']['missing']:7.0%}"
            f"  {row['over_random']:6.2f}  {row['over_mmap']:6.2f}  {row['of_bound']:6.0%}"
            f"  {row['prompt_over_mmap']:6.2f}  {'identical' if row['identical'] else 'DIFFERS'}"
        )


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--shares", type=float, nargs="+", default=[30, 40, 50, 60, 75, 100])
    parser.add_argument("--stays", type=float, nargs="+", default=[STAY])
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--limit", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main() -> int:
    """Measure, print; 1 where outputs differ."""
    options = options_of(None)
    if options.side:
        row = run_side(options.side, options.model, options.limit, options.stays[0], options.tokens)
        print(json.dumps(row))
        return 0
    experts = experts_of(read_header(options.model))
    if experts is None:
        raise SystemExit("this model has no experts")
    options.piece = experts.layers[0].tensors[0].size // experts.layers[0].count
    try:
        said = {
            str(stay): in_group("statistics", options.model, None, stay, 256)["statistics"]
            for stay in options.stays
        }
        points = [
            measured(options.model, share, stay, options)
            for stay in options.stays
            for share in options.shares
        ]
    except NoGroup as problem:
        raise SystemExit(str(problem)) from problem
    result = {
        "model": options.model.name,
        "bytes": options.model.stat().st_size,
        "statistics": said,
        "points": points,
    }
    print(json.dumps(result)) if options.json else show(result)
    return 0 if all(point["identical"] for point in points) else 1


if __name__ == "__main__":
    raise SystemExit(main())
