"""What our way into llama.cpp costs: prompt and generation speed beside plain llama-cpp-python, in turns.

    python benchmarks/overhead.py MODEL... [--wide PADDED --work FOLDER] [--threads 2] [--turns 7] [--json]

`--wide` adds PADDED (pad_starter.py) in Q4_0 and in Q4_K throughout, made in the work folder: types that
llama.cpp repacks when it loads them. *Ours* is LoadedModel, Context and Sampler as the app uses them for a model
that has no ladder: weights repacked, prompts in batches of 32, no flash attention; *elastic* is the same with a
ladder: weights as they are in the file. *Equal* is the high-level `Llama` class with the settings of ours.
*As it comes* and *flash* are `Llama` in batches of 512, without and with flash attention. All with the same fixed
number of threads and the same prompt; each turn lets every side read the prompt from nothing and write on, the
order rotating; ratios are of the same turn, all figures medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import llama_cpp

from second_me.core.ports import Sampling
from second_me.models.context import Context
from second_me.models.fit import BATCH
from second_me.models.llama import LoadedModel
from second_me.models.sampler import Sampler
from second_me.models.threads import FreeCores, physical_cores

LENGTH = 1024
PROMPT, WRITTEN = 256, 48
LARGE_BATCH = 512
FTYPES = {"Q4_0": 2, "Q4_K": 14}
"""llama.cpp's numbers of file types (LLAMA_FTYPE_MOSTLY_Q4_0, _Q4_K_S), used with `pure`."""
TEXT = (
    "A lighthouse keeper wrote down every ship that passed, the weather, and what he had for supper. "
    "In the ninth year he read it all again, and found that he had never mentioned the light. "
)


def clock_of(threads: int) -> Callable[[], float]:
    """Seconds: with one thread the processor's, which other programs disturb little; else the wall's."""
    return time.process_time if threads == 1 else time.perf_counter


class Side(Protocol):
    """One way to run a model."""

    def write(self, tokens: Sequence[int]) -> Iterator[int]:
        """Read the tokens from nothing and write greedily."""

    def close(self) -> None:
        """Give it back."""


class FixedCores(FreeCores):
    """As many threads as was said, at the same cost as looking for free cores."""

    def threads(self, reading: bool = False) -> int:
        """Always the same number."""
        super().threads(reading)
        return self.most


class Ours:
    """The app's own way."""

    def __init__(self, path: Path, threads: int, repack: bool) -> None:
        self._model = LoadedModel(path, FixedCores(threads), repack)
        self._context = Context(self._model, LENGTH, BATCH)

    def prompt(self) -> list[int]:
        """The tokens that every side reads."""
        tokens = self._model.tokenize(TEXT * (1 + PROMPT // 30))
        return (self._model.beginning() + tokens)[:PROMPT]

    def write(self, tokens: Sequence[int]) -> Iterator[int]:
        """As ChatContext does."""
        self._context.forget(0)
        sampler = Sampler(self._model, Sampling(max_tokens=WRITTEN, temperature=0.0, repeat_penalty=1.0))
        try:
            for start in range(0, len(tokens), BATCH):
                self._context.decode(tokens[start : start + BATCH], start)
            for position in range(len(tokens), LENGTH):
                token = sampler.draw(self._context)
                self._model.piece(token)
                yield token
                self._context.decode([token], position)
        finally:
            sampler.close()

    def close(self) -> None:
        """Give it back."""
        self._context.close()
        self._model.close()


class Plain:
    """The high-level class of llama-cpp-python."""

    def __init__(self, path: Path, threads: int, batch: int, flash: bool) -> None:
        self._llama = llama_cpp.Llama(
            str(path), n_ctx=LENGTH, n_batch=batch, n_ubatch=batch, n_threads=threads,
            n_threads_batch=threads, flash_attn=flash, verbose=False,
        )  # fmt: skip

    def write(self, tokens: Sequence[int]) -> Iterator[int]:
        """As `create_completion` does."""
        self._llama.reset()
        for token in self._llama.generate(tokens, temp=0.0, repeat_penalty=1.0):
            self._llama.detokenize([token])
            yield token

    def close(self) -> None:
        """Give it back."""
        self._llama.close()


def turn(side: Side, prompt: Sequence[int]) -> dict[str, float]:
    """Tokens a second of one reading of the prompt and of writing on."""
    began = time.perf_counter()
    writing = side.write(prompt)
    next(writing)
    first = time.perf_counter()
    for _ in range(WRITTEN):
        next(writing)
    ended = time.perf_counter()
    writing.close()  # type: ignore[attr-defined]
    return {"prompt": len(prompt) / (first - began), "generation": WRITTEN / (ended - first)}


def measure(path: Path, threads: int, turns: int) -> dict[str, Any]:
    """All sides of one model in turns."""
    ours = Ours(path, threads, repack=True)
    sides: dict[str, Side] = {
        "ours": ours,
        "elastic": Ours(path, threads, repack=False),
        "equal": Plain(path, threads, BATCH, False),
        "as it comes": Plain(path, threads, LARGE_BATCH, False),
        "flash": Plain(path, threads, LARGE_BATCH, True),
    }
    prompt = ours.prompt()
    found: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    try:
        for number in range(turns + 1):
            names = list(sides)
            for name in names[number % len(names) :] + names[: number % len(names)]:
                found[name].append(turn(sides[name], prompt))
    finally:
        for side in sides.values():
            side.close()
    return {"model": path.name, **summary({name: rows[1:] for name, rows in found.items()})}


def summary(found: dict[str, list[dict[str, float]]]) -> dict[str, Any]:
    """Medians, and either way of ours over each other side. The first turn, which reads the file, is not among them."""
    sides = {
        name: {what: statistics.median(row[what] for row in rows) for what in ("prompt", "generation")}
        for name, rows in found.items()
    }
    return {
        "tokens_a_second": sides,
        "ours_over": ratios(found, "ours"),
        "elastic_over": ratios(found, "elastic"),
    }


def ratios(found: dict[str, list[dict[str, float]]], own: str) -> dict[str, dict[str, float]]:
    """The median of one side over each other side, turn by turn."""
    return {
        name: {
            what: statistics.median(a[what] / b[what] for a, b in zip(found[own], rows, strict=True))
            for what in ("prompt", "generation")
        }
        for name, rows in found.items()
        if name != own
    }


def wide(padded: Path, work: Path) -> Iterator[Path]:
    """PADDED in the types that are repacked."""
    work.mkdir(parents=True, exist_ok=True)
    for name, ftype in FTYPES.items():
        made = work / f"padded.{name}.gguf"
        if not made.exists():
            params = llama_cpp.llama_model_quantize_default_params()
            params.ftype, params.pure = ftype, True
            part = made.with_suffix(".part")
            if llama_cpp.llama_model_quantize(str(padded).encode(), str(part).encode(), params):
                raise SystemExit(f"{padded.name} could not be quantized")
            part.replace(made)
        yield made


def show(result: dict[str, Any]) -> None:
    """One model as lines."""
    print(f"{result['model']}: tokens a second (ours over it, elastic over it)")
    for name, speeds in result["tokens_a_second"].items():
        line = f"  {name:12}"
        for what in ("prompt", "generation"):
            over = [result[own].get(name) for own in ("ours_over", "elastic_over")]
            said = ", ".join(f"{ratio[what]:.3f}" if ratio else "-" for ratio in over)
            line += f" {what} {speeds[what]:7.1f} ({said:12})"
        print(line)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", type=Path, nargs="*")
    parser.add_argument("--wide", type=Path, metavar="PADDED")
    parser.add_argument("--work", type=Path, default=Path("benchmark-work"))
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    models = [*arguments.models, *(wide(arguments.wide, arguments.work) if arguments.wide else ())]
    results = [measure(path, arguments.threads, arguments.turns) for path in models]
    if arguments.json:
        print(json.dumps({"threads": arguments.threads, "turns": arguments.turns, "models": results}))
    else:
        print(f"{arguments.threads} threads, {arguments.turns} turns, prompt of {PROMPT}, {WRITTEN} written")
        for result in results:
            show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
