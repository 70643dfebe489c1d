"""How likely a text is after each of several others, computed side by side in a context of its own.

What all have in common at the beginning is computed once, and its keys and values are shared by as many sequences
as a batch has room for; a sequence whose text has been scored makes room for the next one. So a batch is always
full, whatever the lengths, and only the tokens that are scored cost a vocabulary's scores. The conversation that
the model is in is not touched. The context is made for one measurement and given back after it: it holds no more
cells than the measurement needs, and nothing of what was read stays.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from second_me.core.ports import EnvironmentFault
from second_me.models.context import Context, Floats, Placed
from second_me.models.fit import BATCH, F16, F32, ROUND_CELLS, SCORED
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Observer

ABREAST = 8
"""Texts that are read at the same time at most."""


@dataclass(frozen=True, slots=True)
class Scored:
    """`nats`: the sum of log-probabilities of the target's `tokens` after the context of this number."""

    number: int
    nats: float
    tokens: int


@dataclass(slots=True)
class _Reading:
    """A text to be read after the shared tokens, and how far it is. `tokens[scored_from:]` are scored."""

    number: int
    tokens: list[int]
    scored_from: int
    read: int = 0
    nats: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether all is read that is needed: nothing is asked after the last token."""
        return self.read >= len(self.tokens) - 1

    @property
    def scored(self) -> int:
        """How many tokens are scored; none where nothing precedes the only one."""
        return max(0, len(self.tokens) - max(1, self.scored_from))


class Likelihoods:
    """Measures with one model. `observer` as in `Context`; `exact`: keys and values in F32, no flash attention.

    Where a text stands in a batch changes the last bits of what is computed. With weights in F32 and `exact` that
    is 1e-6 nats a token, else 1e-3; and a quantized model rounds what it multiplies, so that a last bit may become
    0.05 (measured on the starter), however a text is read.
    """

    def __init__(
        self,
        model: LoadedModel,
        batch: int = BATCH,
        observer: Observer | None = None,
        exact: bool = False,
    ) -> None:
        self._model, self._batch, self._observer, self._exact = model, batch, observer, exact
        self.held_bytes = 0
        """Bytes of KV and compute buffers while a measurement is under way."""

    def measure(
        self, lead: str, contexts: Sequence[str], target: str
    ) -> Generator[Sequence[Scored], None, None]:
        """What was scored, batch by batch; lead, contexts and target are tokenized each by itself.

        A text that nothing precedes is scored from its second token on. A context that is longer than what the
        model reads is left out, and so is all where nothing is to be scored. Raises EnvironmentFault when the
        model cannot compute; closed early, it computes no more.
        """
        start, aim = self._model.beginning() + self._model.tokenize(lead), self._model.tokenize(target)
        shared, last = start[:-1], start[-1:]
        readings = [
            _Reading(number, last + tokens + aim, len(last) + len(tokens))
            for number, tokens in enumerate(map(self._model.tokenize, contexts))
        ]
        room = self._model.trained_context - len(shared)
        fitting = deque(each for each in readings if each.scored and len(each.tokens) <= room)
        if not fitting:
            return
        context = self._made(len(shared), [len(each.tokens) for each in fitting])
        try:
            yield from _Abreast(context, shared, fitting).steps()
        finally:
            self.held_bytes = 0
            context.close()

    def of_text(self, text: str) -> Generator[None, None, tuple[float, int]]:
        """(sum of log-probabilities in nats, tokens scored): all tokens but the first, BOS not counted.

        Raises EnvironmentFault for a text that is longer than what the model reads.
        """
        count = len(self._model.beginning() + self._model.tokenize(text))
        if count > self._model.trained_context:
            raise EnvironmentFault(
                "bad_parameters",
                f"This text is {count} tokens long; the model reads {self._model.trained_context} at most.",
                "Make it shorter, or choose a model that reads more.",
            )
        nats, tokens = 0.0, 0
        for ended in self.measure("", [""], text):
            for each in ended:
                nats, tokens = each.nats, each.tokens
            yield
        return nats, tokens

    def _made(self, shared: int, lengths: Sequence[int]) -> Context:
        """A context for what is shared, a batch, and the two longest, begun before it or reaching beyond it."""
        cells = shared + self._batch + sum(sorted(lengths)[-2:])
        length = min(-(-cells // ROUND_CELLS) * ROUND_CELLS, self._model.trained_context)
        context = Context(
            self._model, length, self._batch, observer=self._observer, outputs=min(SCORED, self._batch),
            flash=not self._exact, kv_kind=F32 if self._exact else F16, sequences=ABREAST + 1,
        )  # fmt: skip
        self.held_bytes = context.state_bytes + context.compute_bytes
        return context


class _Abreast:
    """One measurement. Sequence 0 holds what is shared; a free one of the others is taken by each reading."""

    def __init__(self, context: Context, shared: Sequence[int], waiting: deque[_Reading]) -> None:
        self._context, self._shared, self._waiting = context, shared, waiting
        self._free = deque(range(1, ABREAST + 1))
        self._under_way: dict[int, _Reading] = {}

    def steps(self) -> Iterator[Sequence[Scored]]:
        """One batch a step."""
        for start in range(0, len(self._shared), self._context.batch):
            self._context.decode(self._shared[start : start + self._context.batch], start)
            yield ()
        while self._waiting or self._under_way:
            yield self._step()

    def _step(self) -> list[Scored]:
        batch: list[Placed] = []
        wanted: list[tuple[int, _Reading, int]] = []
        while self._extend(batch, wanted):
            pass
        self._context.decode_placed(batch)
        for index, reading, token in wanted:
            reading.nats += log_probability(self._context.logits(index), token)
        return self._ended()

    def _extend(self, batch: list[Placed], wanted: list[tuple[int, _Reading, int]]) -> bool:
        """Put more of one reading into the batch; False when there is no room or nothing to read."""
        unread = (each for each in self._under_way.items() if not each[1].whole)
        sequence, reading = next(unread, None) or self._begun()
        if reading is None:
            return False
        while not reading.whole:
            scored = reading.read + 1 >= reading.scored_from
            if len(batch) == self._context.batch or (scored and len(wanted) == self._context.outputs):
                return False
            if scored:
                wanted.append((len(batch), reading, reading.tokens[reading.read + 1]))
            place = len(self._shared) + reading.read
            batch.append(Placed(reading.tokens[reading.read], place, sequence, scored))
            reading.read += 1
        return True

    def _begun(self) -> tuple[int, _Reading | None]:
        """The next reading, begun with what is shared, where a sequence is free and its tokens have room."""
        taken = len(self._shared) + sum(len(each.tokens) for each in self._under_way.values())
        if not self._waiting or not self._free:
            return 0, None
        if taken + len(self._waiting[0].tokens) > self._context.length:
            return 0, None
        sequence, reading = self._free.popleft(), self._waiting.popleft()
        self._under_way[sequence] = reading
        if self._shared:
            self._context.share(sequence)
        return sequence, reading

    def _ended(self) -> list[Scored]:
        ended = [sequence for sequence, reading in self._under_way.items() if reading.whole]
        scored = []
        for sequence in ended:
            self._context.drop(sequence)
            self._free.append(sequence)
            reading = self._under_way.pop(sequence)
            scored.append(Scored(reading.number, reading.nats, reading.scored))
        return scored


def log_probability(logits: Floats, token: int) -> float:
    """The logarithm, in nats, of the chance that these scores give a token."""
    top = float(logits.max())
    return float(logits[token]) - top - float(np.log(np.exp(logits - top).sum(dtype=np.float64)))
