"""The chat context: writes answers, keeps what it has read of the prompt, measures likelihoods.

Everything that takes long is a generator that stops after every bounded piece of work (a batch of the prompt,
a token), so that the caller can do something more urgent in between, or never come back.
"""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator, Sequence

import numpy as np

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.context import Context
from second_me.models.llama import LoadedModel
from second_me.models.sampler import Sampler
from second_me.models.tensors import Observer

CONTEXT = 4096
"""Tokens of context, where the model was trained on as many. The starter reads 8192, but its prompts hold at
most 800 tokens of memories, and llama.cpp clears the whole KV at the start: 90 MB at 4096, 180 MB at 8192."""

BATCH = 32
"""Tokens of a prompt between two looks at the queue: a sixth of a second on the starter with two cores, and
4 % slower than 128 (191 against 201 tokens a second)."""

EXPERTS_BATCH = 512
"""The same for a model whose experts may have to be read: a batch of 32 needs nearly all experts of a layer, as
one of 512 does, so the model would be read sixteen times as often."""


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
        length: int = CONTEXT,
        batch: int = BATCH,
        observer: Observer | None = None,
    ) -> None:
        self.model, self.batch = model, batch
        self.length = min(length, model.trained_context)
        self._context = Context(model, self.length, batch, observer=observer, outputs=BATCH)
        self.state_bytes, self.compute_bytes = self._context.state_bytes, self._context.compute_bytes
        self._kept: list[int] = []

    def close(self) -> None:
        """Give the context back; the model stays."""
        self._context.close()

    def answer(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Pieces of text; an empty one where a step made no text. One step is a prompt's batch or a token."""
        tokens = self.model.prompt(messages)
        self._check(len(tokens), "This conversation with its memories")
        sampler = Sampler(self.model, sampling)
        try:
            for _ in self._read(tokens):
                yield ""
            yield from self._write(sampler, len(tokens), sampling)
        finally:
            sampler.close()

    def likelihood(self, text: str) -> Generator[None, None, tuple[float, int]]:
        """(sum of log-probabilities in nats, tokens scored): all tokens but the first, BOS not counted."""
        tokens = self.model.beginning() + self.model.tokenize(text)
        self._check(len(tokens), "This text")
        self._kept = []
        self._context.forget(0)
        total = 0.0
        for start in range(0, len(tokens) - 1, BATCH):
            batch = tokens[start : min(start + BATCH, len(tokens) - 1)]
            self._context.decode(batch, start, every=True)
            for index in range(len(batch)):
                total += _log_probability(self._context.logits(index), tokens[start + index + 1])
            yield
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
        if not self._context.forget(kept):
            kept, self._kept = 0, []
            self._context.forget(0)
        for start in range(kept, len(tokens), self.batch):
            batch = tokens[start : start + self.batch]
            self._decode(batch, start)
            if len(batch) == self.batch:
                self._kept += batch
            yield

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
