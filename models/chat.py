"""The chat context: writes answers, keeps what it has read of the prompt.

It is in one conversation at a time, whose state can be taken out as bytes and put back (`kept_state.py`).
Everything that takes long is a generator that stops after every bounded piece of work (a batch of the prompt,
a token), so that the caller can do something more urgent in between, or never come back.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.context import Context
from second_me.models.elastic.ladder import fingerprint
from second_me.models.fit import BATCH, SCORED
from second_me.models.ggml import F16
from second_me.models.header import read_header
from second_me.models.kept_state import LARGEST_STATE, Prefixes, head_of, parse
from second_me.models.kv import grows
from second_me.models.llama import LoadedModel
from second_me.models.prompt import Prompt
from second_me.models.sampler import Sampler
from second_me.models.tensors import Observer
from second_me.models.text_pieces import Pieces

CONTEXT = 32_768
"""Tokens of context at most, where the model was trained on as many. They cost what is used of them (`kv.py`)."""

PLAIN_CONTEXT = 4096
"""The same where a context costs all of its tokens at once."""

HELD = 512
"""What the conversation holds is counted in steps of so many tokens."""


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
        length: int | None = None,
        batch: int = BATCH,
        observer: Observer | None = None,
        kv_kind: Callable[[], int] = lambda: F16,
    ) -> None:
        self.model, self.batch = model, batch
        self.length = min(length or (CONTEXT if grows() else PLAIN_CONTEXT), model.trained_context)
        self._observer, self._kv_kind = observer, kv_kind
        self._refused: set[int] = set()
        self._file = fingerprint(read_header(model.path))
        self._context = self._made(kv_kind())
        self._prefixes = Prefixes()
        self.conversation: str | None = None
        self._tokens: list[int] = []  # what is kept of the prompt, and where it was cut
        self._cuts: list[int] = []
        self._unsaved = self._forgotten = False
        self._highest = 0
        self.busy = False
        """Whether an answer is under way: its KV is needed."""

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
        self._tokens, self._cuts, self._highest = [], [], 0
        self._context.forget(0)

    def to_save(self) -> memoryview | None:
        """The state of the conversation it is in; None when nothing was read since it was entered or saved.

        It stays in the conversation, and what was written after the prompt is dropped. None too where there is
        no state of exactly the prompt (recurrent layers have gone on), or one too large for the pipe.
        """
        if self.busy or self.conversation is None or not (self._unsaved and self._tokens):
            return None
        self._unsaved = False
        if not self._context.forget(len(self._tokens)):
            return None
        size = self._context.saved_bytes()
        if not 0 < size <= LARGEST_STATE:
            return None
        return self._context.saved(head_of(self._mark(), self._tokens, self._cuts, size))

    def enter(self, conversation: str | None, state: bytes | memoryview = b"") -> bool:
        """Be in a conversation from now on; whether its state was put back. One that does not fit is dropped.

        Without a state, what is in the KV stays, for the next prompt may begin as it does; but nothing of a
        conversation that is never saved stays when another is entered.
        """
        fleeting = self.conversation is None and conversation is not None
        self.conversation, self._unsaved = conversation, False
        if fleeting or (state and self._other_kind() is not None):
            self._begin()
        kept = parse(state, self._mark()) if state else None
        if kept is None or len(kept.tokens) >= self.length:
            return False
        if len(kept.tokens) < self._highest // 2:
            self.give_back()  # else its pages are used again: to get each anew takes longer than to copy into it
        self._tokens, self._cuts = [], []
        if not self._context.restore(kept.kv, len(kept.tokens)):
            return False
        self._tokens, self._cuts = kept.tokens, kept.cuts
        self._highest = max(self._highest, len(kept.tokens))
        return True

    def forget(self) -> None:
        """Drop everything that was read. Of an answer under way nothing is kept; its KV goes when it ends."""
        self.conversation, self._unsaved = None, False
        self._prefixes.clear()
        self._forgotten = self.busy
        if not self.busy:
            self.give_back()

    def answer(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Pieces of text; an empty one where a step made no text. One step is a prompt's batch or a token."""
        prompt = self.model.prompt(messages)
        self._check(len(prompt.tokens), "This conversation with its memories")
        with self._at_work(), contextlib.closing(Sampler(self.model, sampling)) as sampler:
            for _ in self._read(prompt):
                yield ""
            yield from self._write(sampler, len(prompt.tokens), sampling)

    def _check(self, count: int, what: str) -> None:
        if count >= self.length:
            raise EnvironmentFault(
                "bad_parameters",
                f"{what} is {count} tokens long; the model reads {self.length - 1} at most.",
                "Make it shorter, or choose a model that reads more.",
            )

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        self.busy = True
        try:
            yield
        finally:
            self.busy = False
            if self._forgotten:
                self.forget()

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
        shared = prompt.tokens[: prompt.shared]
        # Where only the instructions are common, the rest of the KV is given back: they are put into fresh pages.
        known = end <= len(shared) and self._prefixes.find(shared) is not None
        if kept and not known and self._context.forget(end):
            self._tokens, self._cuts = self._tokens[:end], self._cuts[:kept]
            return kept
        self._begin()
        self._put_back(shared, cuts)
        return len(self._cuts)

    def _put_back(self, shared: Sequence[int], cuts: Sequence[int]) -> None:
        """Begin with the state of the instructions, where it is known."""
        kv = self._prefixes.find(shared)
        if kv is None:
            return
        if not self._context.restore(kv, len(shared)):
            self._prefixes.drop(shared)
            return
        self._tokens, self._highest = list(shared), len(shared)
        self._cuts = [end for end in cuts if end <= len(shared)]

    def _begin(self) -> None:
        """A conversation begins: with the types of keys and values that the budget has room for."""
        self.give_back()
        if (kind := self._other_kind()) is not None:
            self._context.close()
            self._context = self._made(kind)
            self._prefixes.clear()

    def _other_kind(self) -> int | None:
        kind = self._kv_kind()
        return None if kind in (self._context.kv_kind, *self._refused) else kind

    def _mark(self) -> str:
        """What the KV is computed with, as a short text: the model's file, the context, how prompts are cut."""
        what = f"{self._file}, {self._context.layout}, messages in batches of {self.batch}"
        return hashlib.sha256(what.encode()).hexdigest()

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
            self._tokens, self._cuts = [], []
            raise


def _starts(cuts: Sequence[int]) -> list[int]:
    """Where the stretches between the cuts begin."""
    return [0, *cuts[:-1]]


def _common(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the common beginning."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
