"""Moves between plans in the middle of a conversation: how long they take, and that nothing else changes.

    python benchmarks/moves.py MODEL --ladders FOLDER [--moves 100] [--plans 4] [--json]

For some plans, logits are compared bit by bit with a native load of a GGUF that holds the same rungs (written
into a temporary folder). Then a conversation is read under one plan, the model is moved at random between
every two tokens, put back, and goes on: its logits must be those of the conversation that was left alone. The
peer of the times is what changing the size means without all this: loading the other file.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from second_me.models.context import Context
from second_me.models.elastic.ladder import Ladder, find_ladder
from second_me.models.elastic.live import ElasticModel
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.models.elastic.models import native

PROMPT = "The old lighthouse keeper wrote in his diary every evening. Today he wrote that the sea"
FOLLOWING = " was grey and quiet, and that nobody had come by for three days"


def main() -> int:
    """Exit code 1 when a bit differs."""
    options = _options()
    header = read_header(options.model)
    ladder = find_ladder(options.ladders, header)
    if ladder is None:
        sys.exit(f"There is no ladder of {options.model.name} in {options.ladders}.")
    model = LoadedModel(options.model)
    elastic = ElasticModel(model, header, ladder)
    identical, loads = _native(model, elastic, ladder, options.plans)
    kept, swaps, whole = _moved(model, elastic, ladder, options.moves)
    found = {
        "model": options.model.name,
        "plans_identical_to_native_load": identical,
        "conversation_identical_after_moves": kept,
        "moves": options.moves,
        "swap_ms": _spread(swaps),
        "with_advice_ms": _spread(whole),
        "native_load_ms": _spread(loads),
        "ratio_of_medians": round(statistics.median(loads) / statistics.median(whole), 1),
    }
    print(json.dumps(found, indent=None if options.json else 1))
    return 0 if all(identical) and kept else 1


def _native(
    model: LoadedModel, elastic: ElasticModel, ladder: Ladder, plans: int
) -> tuple[list[bool], list[float]]:
    stack, same, loads = ladder.stack(), [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in np.geomspace(stack.lowest, stack.full, plans).astype(int):
            rungs = stack.plan(int(max(size, stack.lowest))).rungs
            elastic.apply(rungs)
            file = native(model.path, ladder, rungs, Path(folder) / "native.gguf")
            began = time.perf_counter()
            plain = LoadedModel(file)
            loads.append(1000 * (time.perf_counter() - began))
            same.append(np.array_equal(_said(model), _said(plain)))
            plain.close()
    return same, loads


def _said(model: LoadedModel) -> np.ndarray[Any, np.dtype[np.float32]]:
    tokens = model.tokenize(PROMPT)
    context = Context(model, 64, 64)
    context.decode(tokens, 0)
    found = context.logits(len(tokens) - 1).copy()
    context.close()
    return found


def _moved(
    model: LoadedModel, elastic: ElasticModel, ladder: Ladder, moves: int
) -> tuple[bool, list[float], list[float]]:
    stack, chance = ladder.stack(), random.Random(20)
    home = stack.plan((stack.lowest + stack.full) // 2).rungs
    swaps: list[float] = []
    whole: list[float] = []
    following = model.tokenize(FOLLOWING)
    each = -(-moves // len(following))

    def move(rungs: Mapping[str, int]) -> None:
        applied = elastic.apply(rungs)
        if applied.tensors:
            swaps.append(1000 * applied.swap_seconds)
            whole.append(1000 * (applied.swap_seconds + applied.advice_seconds))

    def talk(count: int) -> list[np.ndarray[Any, np.dtype[np.float32]]]:
        context, said = Context(model, 128, 64), []
        elastic.apply(home)
        tokens = model.tokenize(PROMPT)
        context.decode(tokens, 0)
        for place, token in enumerate(following):
            for _ in range(count):
                move(stack.plan(chance.randint(stack.lowest, stack.full)).rungs)
            move(home)
            context.decode([token], len(tokens) + place)
            said.append(context.logits(0).copy())
        context.close()
        return said

    still, moved = talk(0), talk(each)
    for _ in range(10):  # every tensor at once
        move(stack.plan(stack.lowest).rungs)
        move(stack.plan(stack.full).rungs)
    return all(np.array_equal(a, b) for a, b in zip(still, moved, strict=True)), swaps, whole


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": round(statistics.median(values), 2), "most": round(max(values), 2)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--ladders", type=Path, required=True)
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--plans", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
