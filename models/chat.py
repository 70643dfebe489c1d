"""The chat context: writes answers, keeps what it has read of the prompt, measures likelihoods.

Everything that takes long is a generator that stops after every bounded piece of work (a batch of the prompt,
a token), so that the caller can do something more urgent in between, or never come back.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.context import Context
from second_me.models.ggml import F16
from second_me.models.kv import grows
from second_me.models.llama import LoadedModel
from second_me.models.sampler import Sampler
from second_me.models.tensors import Observer

CONTEXT = 32_768
"""Tokens of context at most, where the model was trained on as many. They cost what is used of them (`kv.py`)."""

PLAIN_CONTEXT = 4096
"""The same where a context costs all of its tokens at once."""

BATCH = 64
"""Tokens of a prompt between two looks at the queue: a third of a second on the starter with two cores. With
flash attention llama.cpp computes 32 at once half as fast again after 1,000 tokens of context (6.4 against 4.2 s
of 500), and 64 as fast as without."""

EXPERTS_BATCH = 512
"""The same for a model whose experts may have to be read: a batch of 64 needs nearly all experts of a layer, as
one of 512 does, so the model would be read eight times as often."""

SCORED = 32
"""Tokens whose likelihood is asked for at once: a vocabulary's scores of each are kept."""

HELD = 512
"""What the conversation holds is counted in steps of so many tokens."""


class Pieces:
    """Bytes of tokens to text: whole characters only, and nothing from a stop string on."""

    def __init__(self, stop: Sequence[str]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stop = [word for word in stop if word]
        self._held = ""
        self.stopped = False

    def feed(self, data: bytes, final: bool = False) -> str:
        """The text that is certain; what may become a stop string is held back until `final`."""
        text = self._held + self._decoder.decode(data, final)
        found = [at for at in (text.find(word) for word in self._stop) if at >= 0]
        if found:
            self.stopped, self._held = True, ""
            return text[: min(found)]
        tail = 0 if final else max((_overlap(text, word) for word in self._stop), default=0)
        self._held = text[len(text) - tail :]
        return text[: len(text) - tail]


def _overlap(text: str, word: str) -> int:
    """How many characters at the end of the text are a beginning of the word."""
    longest = min(len(text), len(word) - 1)
    return next((length for length in range(longest, 0, -1) if text.endswith(word[:length])), 0)


class ChatContext:
    """One conversation at a time with a model. Raises EnvironmentFault from its generators.

    The next prompt is read from where it differs from the last one. Only whole batches of a prompt are
    kept: they begin at multiples of `batch` in every prompt, so the KV is the same bits as if it had been read
    afresh, and an answer does not depend on what was asked before.
    """

    def __init__(
        self,
        model: LoadedModel,
        length: int | None = None,
        batch: int = BATCH,
        observer: Observer | None = None,
        kv_kind: Callable[[], int] = lambda: F16,
    ) -> None:
        self.model, self.batch = model, batch
        self.length = min(length or (CONTEXT if grows() else PLAIN_CONTEXT), model.trained_context)
        self._observer, self._kv_kind = observer, kv_kind
        self._refused: set[int] = set()
        self._context = self._made(kv_kind())
        self._kept: list[int] = []
        self._highest = 0
        self.busy = False
        """Whether an answer or a likelihood is under way: its KV is needed."""

    @property
    def compute_bytes(self) -> int:
        """Bytes of the buffers that it computes in."""
        return self._context.compute_bytes

    @property
    def held_bytes(self) -> int:
        """Bytes of the KV that the conversation takes, in steps of `HELD` tokens, one step ahead."""
        tokens = min(self.length, (self._highest // HELD + 1) * HELD)
        return self._context.state_bytes * tokens // self._context.length

    @property
    def resident_bytes(self) -> int:
        """Bytes of the KV that are in memory."""
        cache = self._context.cache
        return cache.resident if cache.stretches else self._context.state_bytes

    def close(self) -> None:
        """Give the context back; the model stays."""
        self._context.close()

    def give_back(self) -> None:
        """Forget the conversation's KV and give its memory back; it is computed again when it is needed."""
        self._kept, self._highest = [], 0
        self._context.forget(0)

    def answer(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Pieces of text; an empty one where a step made no text. One step is a prompt's batch or a token."""
        tokens = self.model.prompt(messages)
        self._check(len(tokens), "This conversation with its memories")
        sampler = Sampler(self.model, sampling)
        self.busy = True
        try:
            for _ in self._read(tokens):
                yield ""
            yield from self._write(sampler, len(tokens), sampling)
        finally:
            self.busy = False
            sampler.close()

    def likelihood(self, text: str) -> Generator[None, None, tuple[float, int]]:
        """(sum of log-probabilities in nats, tokens scored): all tokens but the first, BOS not counted."""
        tokens = self.model.beginning() + self.model.tokenize(text)
        self._check(len(tokens), "This text")
        self.give_back()
        self.busy = True
        total = 0.0
        try:
            for start in range(0, len(tokens) - 1, SCORED):
                batch = tokens[start : min(start + SCORED, len(tokens) - 1)]
                self._context.decode(batch, start, every=True)
                self._highest = start + len(batch)
                for index in range(len(batch)):
                    total += _log_probability(self._context.logits(index), tokens[start + index + 1])
                yield
        finally:
            self.busy = False
        return total, max(0, len(tokens) - 1)

    def _check(self, count: int, what: str) -> None:
        if count >= self.length:
            raise EnvironmentFault(
                "bad_parameters",
                f"{what} is {count} tokens long; the model reads {self.length - 1} at most.",
                "Make it shorter, or choose a model that reads more.",
            )

    def _read(self, tokens: list[int]) -> Iterator[None]:
        kept = _common(self._kept, tokens[:-1]) // self.batch * self.batch
        self._kept = self._kept[:kept]
        if kept == 0 or not self._context.forget(kept):
            kept = 0
            self._begin()
        for start in range(kept, len(tokens), self.batch):
            batch = tokens[start : start + self.batch]
            self._decode(batch, start)
            if len(batch) == self.batch:
                self._kept += batch
            yield

    def _begin(self) -> None:
        """A conversation begins: with the types of keys and values that the budget has room for."""
        self.give_back()
        if (kind := self._kv_kind()) not in (self._context.kv_kind, *self._refused):
            self._context.close()
            self._context = self._made(kind)

    def _made(self, kind: int) -> Context:
        """A context with these types; with the ordinary ones where the model does not allow them, and with
        fewer tokens where the system does not promise as much."""
        try:
            return Context(
                self.model, self.length, self.batch, observer=self._observer, outputs=SCORED, flash=True,
                kv_kind=kind,
            )  # fmt: skip
        except EnvironmentFault:
            if kind != F16:
                self._refused.add(kind)
            elif self.length > PLAIN_CONTEXT:
                self.length //= 2
            else:
                raise
            return self._made(F16)

    def _write(self, sampler: Sampler, position: int, sampling: Sampling) -> Iterator[str]:
        pieces = Pieces(sampling.stop)
        room = min(sampling.max_tokens, self.length - position)
        for count in range(room):
            token = sampler.draw(self._context)
            if self.model.ends(token):
                break
            yield pieces.feed(self.model.piece(token))
            if pieces.stopped:
                return
            if count < room - 1:
                self._decode([token], position + count)
        yield pieces.feed(b"", final=True)

    def _decode(self, tokens: Sequence[int], start: int) -> None:
        self._highest = max(self._highest, start + len(tokens))
        try:
            self._context.decode(tokens, start)
        except EnvironmentFault:
            self._kept = []
            raise


def _common(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the common beginning."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _log_probability(logits: np.typing.NDArray[np.float32], token: int) -> float:
    scores = logits.astype(np.float64)
    top = scores.max()
    return float(scores[token] - top - np.log(np.exp(scores - top).sum()))
