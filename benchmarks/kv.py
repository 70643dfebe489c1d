"""What a conversation's KV costs in memory: ours beside plain llama-cpp-python, by tokens used.

    python benchmarks/kv.py MODEL [--contexts 4096 32768] [--tokens 0 64 512 2048 8000] [--rounds 3] [--json]

Every row is a process of its own: the model is loaded and has computed once, the peak is set back, a context is made
and reads a text. "resident" is what anonymous memory grew by (Rss in smaps: KV and compute buffers), "peak" is what
the process's highest Rss (VmHWM) grew by until then, from the making on. "plain" is `llama_cpp.Llama` with the same
context, batch, threads and flash attention (and once without, its default). At the end the logits are compared.
Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np

from second_me.models import pages
from second_me.models.context import Context
from second_me.models.fit import BATCH, F16, Q4_0, Q8_0
from second_me.models.llama import LoadedModel
from second_me.models.threads import FreeCores

Row = dict[str, Any]
KINDS = {"ours": F16, "ours q8_0": Q8_0, "ours q4_0": Q4_0}
SIDES = (*KINDS, "plain", "plain no flash")
THREADS = 2
MB = 1e6


def set_back() -> tuple[int, int]:
    """Set the process's peak back; (anonymous bytes, peak) from which growth counts."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return pages.resident([]).anonymous, peak()


def peak() -> int:
    """The highest Rss since it was set back."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def text_of(count: int) -> list[int]:
    """Tokens that need no tokenizer: spread over the vocabulary."""
    return [1 + index * 7919 % 40_000 for index in range(count)]


def ours(kind: int, path: Path, context: int) -> tuple[Callable[[list[int]], None], Callable[[], Any]]:
    """(read tokens from the beginning, last logits); the context is made when it is called first."""
    model = LoadedModel(path, FreeCores(THREADS))
    warm = Context(model, 64, 8, outputs=1)
    warm.decode(text_of(8), 0)
    warm.close()
    made: list[Context] = []

    def read(tokens: list[int]) -> None:
        if not made:
            made.append(Context(model, context, BATCH, outputs=1, flash=True, kv_kind=kind))
        for start in range(0, len(tokens), BATCH):
            made[0].decode(tokens[start : start + BATCH], start)

    return read, lambda: made[0].logits(-1)


def plain(flash: bool, path: Path, context: int) -> tuple[Callable[[list[int]], None], Callable[[], Any]]:
    """The same of `llama_cpp.Llama`."""

    def llama(length: int) -> llama_cpp.Llama:
        return llama_cpp.Llama(
            str(path), n_ctx=length, n_batch=BATCH, n_ubatch=BATCH, n_threads=THREADS, verbose=False,
            n_threads_batch=THREADS, flash_attn=flash, use_extra_bufts=False,
        )  # fmt: skip

    warm = llama(64)
    warm.eval(text_of(8))
    made: list[llama_cpp.Llama] = []

    def read(tokens: list[int]) -> None:
        if not made:
            made.append(llama(context))
        if tokens:
            made[0].eval(tokens)

    def logits() -> Any:
        row = llama_cpp.llama_get_logits_ith(made[0].ctx, -1)
        return np.ctypeslib.as_array(row, (made[0].n_vocab(),))

    return read, logits


def run_side(side: str, path: Path, context: int, count: int) -> Row:
    """One row, in this process."""
    if side in KINDS:
        read, logits = ours(KINDS[side], path, context)
    else:
        read, logits = plain(side == "plain", path, context)
    before, lowest = set_back()
    began = time.perf_counter()
    read([])
    made = time.perf_counter() - began
    read(text_of(count))
    digest = hashlib.sha256(logits().tobytes()).hexdigest() if count else ""
    return {
        "side": side,
        "context": context,
        "tokens": count,
        "made_seconds": made,
        "resident": max(0, pages.resident([]).anonymous - before),
        "peak": max(0, peak() - lowest),
        "logits": digest,
    }


def measured(path: Path, context: int, count: int, rounds: int) -> list[Row]:
    """Medians of all sides, in turns."""
    found: dict[str, list[Row]] = {side: [] for side in SIDES}
    for _ in range(rounds):
        for side in SIDES:
            command = [sys.executable, __file__, str(path), "--side", side]
            command += ["--contexts", str(context), "--tokens", str(count)]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found[side].append(json.loads(said))
    keys = ("made_seconds", "resident", "peak")
    return [
        {**rows[0], **{key: statistics.median(row[key] for row in rows) for key in keys}}
        for rows in found.values()
    ]


def identical(rows: Sequence[Row]) -> bool:
    """Whether ours computes what plain llama.cpp does with the same settings."""
    return {row["logits"] for row in rows if row["side"] == "ours"} == {
        row["logits"] for row in rows if row["side"] == "plain"
    }


def show(points: Sequence[list[Row]]) -> None:
    """For people."""
    print(
        "context  tokens  side             made ms  resident MB  peak MB  plain's over ours: resident, peak"
    )
    for rows in points:
        own = next(row for row in rows if row["side"] == "ours")
        for row in rows:
            ratios = (row["resident"] / max(1, own["resident"]), row["peak"] / max(1, own["peak"]))
            print(
                f"{row['context']:7}  {row['tokens']:6}  {row['side']:15}  {row['made_seconds'] * 1000:7.1f}"
                f"  {row['resident'] / MB:11.1f}  {row['peak'] / MB:7.1f}  {ratios[0]:8.1f} {ratios[1]:8.1f}"
            )
        if own["tokens"]:
            print(f"         logits of ours and plain: {'identical' if identical(rows) else 'DIFFER'}")


def main() -> int:
    """Measure, print; 1 where the logits differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--contexts", type=int, nargs="+", default=[4096, 32_768])
    parser.add_argument("--tokens", type=int, nargs="+", default=[0, 64, 512, 2048])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(run_side(options.side, options.model, options.contexts[0], options.tokens[0])))
        return 0
    points = [
        measured(options.model, context, count, options.rounds)
        for context in options.contexts
        for count in options.tokens
        if count < context
    ]
    print(json.dumps(points)) if options.json else show(points)
    return 0 if all(identical(rows) for rows in points) else 1


if __name__ == "__main__":
    raise SystemExit(main())
