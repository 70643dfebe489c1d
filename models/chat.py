"""The chat context: writes answers, keeps what it has read of the prompt, measures likelihoods.

It is in one conversation at a time, whose state can be taken out as bytes and put back (`kept_state.py`).
Everything that takes long is a generator that stops after every bounded piece of work (a batch of the prompt,
a token), so that the caller can do something more urgent in between, or never come back.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
from collections.abc import Generator, Iterator, Sequence

import numpy as np

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.context import Context
from second_me.models.elastic.ladder import fingerprint
from second_me.models.header import read_header
from second_me.models.kept_state import LARGEST_STATE, Prefixes, head_of, parse
from second_me.models.llama import LoadedModel
from second_me.models.prompt import Prompt
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

    The next prompt is read from where it differs from the last one. It is cut for reading
    in the same way from its beginning, whatever follows (`Prompt.cuts`), and kept up to a cut: so the KV is the
    same bits as if it had been read afresh, and an answer does not depend on what was asked before. What was written
    token by token is other bits than the same text read in a prompt, so it is not kept.

    `conversation` is the one it is in; None: one that is never saved.
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
        self.conversation: str | None = None
        self._mark = _mark(model, self._context.layout, batch)
        self._prefixes = Prefixes()
        self._tokens: list[int] = []  # what is kept of the prompt, and where it was cut
        self._cuts: list[int] = []
        self._unsaved = False
        self._working = self._forgotten = False

    def close(self) -> None:
        """Give the context back; the model stays."""
        self._context.close()

    def to_save(self) -> memoryview | None:
        """The state of the conversation it is in; None when nothing was read since it was entered or saved.

        It stays in the conversation, and what was written after the prompt is dropped. None too where there is
        no state of exactly the prompt (recurrent layers have gone on), or one too large for the pipe.
        """
        if self._working or self.conversation is None or not (self._unsaved and self._tokens):
            return None
        self._unsaved = False
        if not self._context.forget(len(self._tokens)):
            return None
        size = self._context.saved_bytes()
        if not 0 < size <= LARGEST_STATE:
            return None
        return self._context.saved(head_of(self._mark, self._tokens, self._cuts, size))

    def enter(self, conversation: str | None, state: bytes | memoryview = b"") -> bool:
        """Be in a conversation from now on; whether its state was put back. One that does not fit is dropped.

        Without a state, what is in the KV stays, for the next prompt may begin as it does; but nothing of a
        conversation that is never saved stays when another is entered.
        """
        unsaved_left = self.conversation is None and conversation is not None
        self.conversation, self._unsaved = conversation, False
        kept = parse(state, self._mark) if state else None
        if kept is None or len(kept.tokens) >= self.length:
            if unsaved_left:
                self._drop()
            return False
        if not self._context.restore(kept.kv, len(kept.tokens)):
            self._drop()
            return False
        self._tokens, self._cuts = kept.tokens, kept.cuts
        return True

    def forget(self) -> None:
        """Drop everything that was read. Of an answer under way nothing is kept; its KV goes when it ends."""
        self.conversation, self._unsaved = None, False
        self._prefixes.clear()
        self._forgotten = self._working
        if not self._working:
            self._drop()

    def answer(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Pieces of text; an empty one where a step made no text. One step is a prompt's batch or a token."""
        prompt = self.model.prompt(messages)
        self._check(len(prompt.tokens), "This conversation with its memories")
        with self._at_work(), contextlib.closing(Sampler(self.model, sampling)) as sampler:
            for _ in self._read(prompt):
                yield ""
            yield from self._write(sampler, len(prompt.tokens), sampling)

    def likelihood(self, text: str) -> Generator[None, None, tuple[float, int]]:
        """(sum of log-probabilities in nats, tokens scored): all tokens but the first, BOS not counted."""
        tokens = self.model.beginning() + self.model.tokenize(text)
        self._check(len(tokens), "This text")
        self._drop()
        total = 0.0
        with self._at_work():
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

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        self._working = True
        try:
            yield
        finally:
            self._working = False
            if self._forgotten:
                self.forget()

    def _drop(self) -> None:
        self._tokens, self._cuts = [], []
        self._context.forget(0)

    def _read(self, prompt: Prompt) -> Iterator[None]:
        cuts = prompt.cuts(self.batch)
        kept = self._reuse(prompt, cuts)
        for start, end in zip(_starts(cuts)[kept:], cuts[kept:], strict=True):
            stretch = prompt.tokens[start:end]
            self._decode(stretch, start)
            self._keep(stretch, end, prompt.shared)
            yield

    def _keep(self, stretch: Sequence[int], end: int, shared: int) -> None:
        if self._forgotten:
            return
        self._tokens += stretch
        self._cuts.append(end)
        self._unsaved = True
        if end == shared and self._prefixes.find(self._tokens) is None:
            self._prefixes.keep(self._tokens, self._context.saved())

    def _reuse(self, prompt: Prompt, cuts: Sequence[int]) -> int:
        """How many of the prompt's stretches the KV holds; what comes after them is dropped from it.

        Never the last one: its logits are wanted.
        """
        common = _common(self._tokens, prompt.tokens)
        kept = sum(end <= common for end in cuts[: _common(self._cuts, cuts[:-1])])
        end = _starts(cuts)[kept]
        if end >= prompt.shared and self._context.forget(end):
            self._tokens, self._cuts = self._tokens[:end], self._cuts[:kept]
            return kept
        if self._put_back(prompt.tokens[: prompt.shared], cuts):
            return len(self._cuts)
        if not (self._tokens and self._context.forget(end)):
            end = kept = 0
            self._context.forget(0)
        self._tokens, self._cuts = self._tokens[:end], self._cuts[:kept]
        return kept

    def _put_back(self, shared: Sequence[int], cuts: Sequence[int]) -> bool:
        """Begin with the state of the instructions, where it is known."""
        kv = self._prefixes.find(shared)
        if kv is None:
            return False
        if not self._context.restore(kv, len(shared)):
            self._prefixes.drop(shared)
            self._drop()
            return False
        self._tokens = list(shared)
        self._cuts = [end for end in cuts if end <= len(shared)]
        return True

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
            self._tokens, self._cuts = [], []
            raise


def _mark(model: LoadedModel, layout: str, batch: int) -> str:
    """What KV is computed with, as a short text: the model's file, the context, and how prompts are cut."""
    what = f"{fingerprint(read_header(model.path))}, {layout}, messages in batches of {batch}"
    return hashlib.sha256(what.encode()).hexdigest()


def _starts(cuts: Sequence[int]) -> list[int]:
    """Where the stretches between the cuts begin."""
    return [0, *cuts[:-1]]


def _common(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the common beginning."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _log_probability(logits: np.typing.NDArray[np.float32], token: int) -> float:
    scores = logits.astype(np.float64)
    top = scores.max()
    return float(scores[token] - top - np.log(np.exp(scores - top).sum()))
