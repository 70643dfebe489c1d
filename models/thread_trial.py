"""Which number of threads computes fastest here: tried in the worker's rest, kept for this machine and model.

One thread a physical core is what llama.cpp takes. Whether hyperthreads help, or whether fewer threads do
(memory that is full, cores of two speeds, a small model), differs from machine to machine. So when nobody has
asked for anything for a moment, some tokens and small batches are computed with each number, in a scratch
context: the conversation's own is not touched. Any request goes first, between two of the pieces of work. What
was found is kept in `threads.json` beside the models; it is about this computer and not about the person.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path

from second_me.core.ports import EnvironmentFault
from second_me.models.context import Context
from second_me.models.elastic.ladder import fingerprint
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.thread_notes import read_counts, write_counts
from second_me.models.threads import Counts, FreeCores, logical_cores, physical_cores

WORTH = 1.05
"""How much faster another number must be than one thread a core: less is within the noise."""

SLOW = 2.0
"""A number that takes so many times as long as the best is not tried again: it holds others up for nothing."""

ROUNDS, LEAST_ROUNDS = 7, 3
LONGEST = 15.0
"""Seconds after which the least number of rounds is enough (large models on slow machines)."""

BATCH = 32
"""Tokens of a small batch, as a prompt is read."""

SPARE = 0.5
"""Cores that others may use meanwhile: the system's own housekeeping. With more, nothing is decided."""

PAUSE = 300.0
"""Seconds until the next try, where one ended without a result."""

ROOM = 512 << 20
"""Bytes that must be free for the scratch context, which takes 11 MB on the starter."""

TEXT = "The keeper of the lighthouse wrote down every ship that passed, the weather, and what he ate. "

Round = Mapping[int, float]
"""Seconds by number of threads, one after the other."""

Trial = Generator[None, None, Counts | None]


def numbers(physical: int, logical: int) -> list[int]:
    """What is worth trying, the usual number first."""
    return list(dict.fromkeys([physical, max(1, physical // 2), logical, 1]))


def fastest(rounds: Sequence[Round], usual: int) -> int:
    """The usual number, unless another one was faster by `WORTH` in most rounds (the median of the ratios).

    Ratios are of the same round, so that a machine that becomes slower or faster meanwhile decides nothing.
    """
    ratios = {
        number: statistics.median(each[usual] / each[number] for each in rounds) for number in rounds[-1]
    }
    best = max(ratios, key=lambda number: ratios[number])
    return best if ratios[best] >= WORTH else usual


def not_slow(rounds: Sequence[Round]) -> list[int]:
    """Numbers that stay in the trial; the usual one, which is the first, always does."""
    shortest = {number: min(each[number] for each in rounds) for number in rounds[-1]}
    best = min(shortest.values())
    return [
        number
        for place, (number, seconds) in enumerate(shortest.items())
        if place == 0 or seconds < SLOW * best
    ]


def trial(
    model: LoadedModel, tried: Sequence[int], quiet: Callable[[], bool], most_rounds: int = ROUNDS
) -> Trial:
    """Try numbers of threads, the usual one first, a piece of work a step; None where it was not quiet.

    Raises EnvironmentFault where there is no room for the scratch context.
    """
    context = Context(model, 2 * BATCH, BATCH, outputs=1, flash=True)
    tokens = (model.beginning() + model.tokenize(TEXT * 4))[:BATCH]
    try:
        context.decode(tokens, 0)
        yield
        write = _rounds(context, [tokens[-1]], len(tokens), tried, most_rounds)
        writing = yield from _while_quiet(write, quiet)
        if writing is None:
            return None
        read = _rounds(context, tokens, 0, not_slow(writing), most_rounds)
        reading = yield from _while_quiet(read, quiet)
        if reading is None:
            return None
        return Counts(fastest(writing, tried[0]), fastest(reading, tried[0]))
    finally:
        context.close()


def _rounds(
    context: Context, tokens: Sequence[int], start: int, tried: Sequence[int], most: int
) -> Generator[bool, None, list[Round]]:
    """Rounds of the same work with each number, a piece of work a step; true where a round is whole.

    The first round, in which memory is touched, does not count.
    """
    rounds: list[Round] = []
    spent = 0.0
    while len(rounds) <= most and (len(rounds) <= LEAST_ROUNDS or spent < LONGEST):
        taken = {}
        for number in tried:
            taken[number] = _seconds(context, tokens, start, number)
            yield len(taken) == len(tried)
        rounds.append(taken)
        spent += sum(taken.values())
        tried = not_slow(rounds)
    return rounds[1:]


def _while_quiet(
    rounds: Generator[bool, None, list[Round]], quiet: Callable[[], bool]
) -> Generator[None, None, list[Round] | None]:
    """The rounds; None as soon as one of them ended and it was not quiet."""
    while True:
        try:
            whole = next(rounds)
        except StopIteration as end:
            return list(end.value)
        yield
        if whole and not quiet():
            return None


def _seconds(context: Context, tokens: Sequence[int], start: int, threads: int) -> float:
    if not context.forget(start):  # a state that cannot go back: what stood before does not matter here
        start = 0
        context.forget(0)
    with context.model.cores.exactly(threads):
        began = time.perf_counter()
        context.decode(tokens, start)
        context.logits(-1)
        return time.perf_counter() - began


class ThreadTrials:
    """The number of threads of the chat model: what is known of it, else a trial when there is rest.

    `file`: where it is kept; None: nowhere, and nothing is tried. `busy`: cores that others may use meanwhile;
    `rounds`: how often a number is tried at most.
    """

    def __init__(
        self, cores: FreeCores, file: Path | None, busy: float = SPARE, rounds: int = ROUNDS
    ) -> None:
        self._cores, self._file = cores, file
        self._busy, self._rounds = busy, rounds
        self._watch = FreeCores()
        self._usual = cores.counts
        self._model: LoadedModel | None = None
        self._name = ""
        self._next = float("inf")

    def loaded(self, model: LoadedModel) -> None:
        """A chat model was loaded, whose threads are `cores`: take what is known of it."""
        if self._file is None:
            return
        self._model, self._name = model, name_of(model)
        known = read_counts(self._file, machine_name(), self._name)
        self._cores.counts = known or self._usual
        self._next = float("inf") if known else float("-inf")

    def due(self, now: float, available: Callable[[], int]) -> Generator[None, None, None] | None:
        """The trial as a job, when it is time for one. `available`: bytes that are free now."""
        if self._model is None or now < self._next or not self._quiet():
            return None
        self._next = now + PAUSE
        return self._try(self._model) if available() >= ROOM else None

    def _quiet(self) -> bool:
        return self._watch.free() >= logical_cores() - self._busy

    def _try(self, model: LoadedModel) -> Generator[None, None, None]:
        tried = numbers(physical_cores(), logical_cores())
        try:
            counts = yield from trial(model, tried, self._quiet, self._rounds)
        except EnvironmentFault:
            return  # no room for it now
        if counts is not None and self._file is not None:
            self._cores.counts, self._next = counts, float("inf")
            write_counts(self._file, machine_name(), self._name, counts)


def name_of(model: LoadedModel) -> str:
    """A model's weights and their order in memory: what the speed of a number of threads depends on."""
    order = "repacked" if model.copied_bytes else "as in the file"
    return f"{model.path.name}, {fingerprint(read_header(model.path))[:16]}, {order}"


def machine_name() -> str:
    """The processor and how much of it this process may use."""
    return f"{_processor()}, {physical_cores()} cores, {logical_cores()} threads"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()
