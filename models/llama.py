"""The only door to llama_cpp: a loaded model, a context, a sampler, each a thin owner of one native thing.

What the contexts are used for is written in `chat.py` and `embedder.py`. The high-level `Llama` class is left
aside because it prints, copies all logits and cannot be interrupted between batches.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import logging
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import numpy.typing as npt
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.faults import unusable
from second_me.models.prompt import CHATML, lay_out
from second_me.models.tensors import Callback, Observer
from second_me.models.threads import FreeCores

log = logging.getLogger(__name__)

PENALTY_REACH = 64
Floats = npt.NDArray[np.float32]


BUFFER = re.compile(r"(\w+)\s+(model|KV|RS|compute|output) buffer size =\s*([\d.]+) MiB")
_said: deque[re.Match[str]] = deque(maxlen=200)
"""The sizes of buffers in llama.cpp's last lines, which are told nowhere else: device, what for, MiB."""


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _to_logger(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    line = text.decode("utf-8", "replace").rstrip()
    if found := BUFFER.search(line):
        _said.append(found)
    log.debug("%d %s", level, line)


# The decorated function is a module attribute, so the pointer that the library keeps stays valid. At import,
# because llama_cpp installs a callback that prints when it is imported.
llama_cpp.llama_log_set(_to_logger, ctypes.c_void_p(0))
llama_cpp.llama_backend_init()


def system_info() -> str:
    """What the native build can do, in its own words ("CPU : AVX2 = 1 | ...")."""
    return str(llama_cpp.llama_print_system_info().decode("utf-8", "replace"))


def uses_openmp() -> bool:
    """Whether the build spins in OpenMP barriers (12 times slower on a busy machine)."""
    return "OPENMP = 1" in system_info().upper()


@contextlib.contextmanager
def _stderr_closed() -> Iterator[None]:
    """WORKAROUND: llama.cpp prints a grammar that it refuses, which may hold private words."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class LoadedModel:
    """A model's weights, mapped, on the CPU, with its vocabulary.

    `cores` says how many threads compute. The weights are as they are in the file; with `repack`, those that
    compute faster in another order (Q4_0, Q4_K, Q8_0 and a few more) are copied: `copied_bytes` of memory that
    no file backs, and that cannot be swapped. Raises EnvironmentFault ("model_failed") for a file that is
    absent, damaged or of an architecture that this llama.cpp does not know.
    """

    def __init__(self, path: Path, cores: FreeCores | None = None, repack: bool = False) -> None:
        self.path = path
        self.cores = cores or FreeCores()
        if not path.is_file():
            raise unusable(path, "it is not there")
        if uses_openmp():
            log.warning("llama.cpp was built with OpenMP: slow on a busy machine")
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = 0
        params.load_mode = llama_cpp.LLAMA_LOAD_MODE_MMAP
        params.use_extra_bufts = repack
        _said.clear()
        self.handle = llama_cpp.llama_model_load_from_file(os.fsencode(path), params)
        if not self.handle:
            raise unusable(path, "it is damaged, not whole, or of a kind that is not known here")
        self.copied_bytes = _bytes_of(_said, "model", "CPU_REPACK")
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.handle)
        self.vocabulary_size = int(llama_cpp.llama_vocab_n_tokens(self.vocabulary))
        self.trained_context = int(llama_cpp.llama_model_n_ctx_train(self.handle))
        self.dimensions = int(llama_cpp.llama_model_n_embd_out(self.handle))

    def close(self) -> None:
        """Give the weights back. Contexts of the model must be closed before."""
        llama_cpp.llama_model_free(self.handle)
        self.handle = None

    def tokenize(self, text: str, special: bool = False, whole: bool = False) -> list[int]:
        """Tokens of a text. `special`: control tokens count as such; `whole`: with BOS, EOS, CLS."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 4
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self.vocabulary, data, len(data), buffer, room, whole, special)
        if count < 0:
            raise unusable(self.path, "its vocabulary does not cover a text")
        return list(buffer[:count])

    def piece(self, token: int, special: bool = False) -> bytes:
        """The bytes of a token, possibly a part of a character. Control tokens are empty unless `special`."""
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            count = llama_cpp.llama_token_to_piece(self.vocabulary, token, buffer, room, 0, special)
            if count >= 0:
                return buffer.raw[:count]
            room = -count

    def ends(self, token: int) -> bool:
        """Whether the token ends a text (end of turn, end of text)."""
        return bool(llama_cpp.llama_vocab_is_eog(self.vocabulary, token))

    def beginning(self) -> list[int]:
        """What a text of this model begins with: BOS, or nothing."""
        if not llama_cpp.llama_vocab_get_add_bos(self.vocabulary):
            return []
        return [int(llama_cpp.llama_vocab_bos(self.vocabulary))]

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """Tokens of a conversation in the model's own template, up to where the assistant's turn begins.

        Raises EnvironmentFault when the template does not render.
        """
        try:
            parts = list(lay_out(lambda slots: str(self._template(messages=slots).prompt), messages))
        except Exception as problem:  # a template is code from the model's file: it may raise anything
            raise unusable(self.path, f"its chat template fails ({type(problem).__name__})") from problem
        tokens = [token for text, own in parts if text for token in self.tokenize(text, special=own)]
        begin = self.beginning()
        return tokens if tokens[: len(begin)] == begin else begin + tokens

    @functools.cached_property
    def _template(self) -> Any:
        source = llama_cpp.llama_model_chat_template(self.handle, None)
        bos = llama_cpp.llama_vocab_bos(self.vocabulary)
        eos = llama_cpp.llama_vocab_eos(self.vocabulary)
        return Jinja2ChatFormatter(
            template=source.decode("utf-8", "replace") if source else CHATML,
            bos_token=self.piece(bos, special=True).decode("utf-8", "replace") if bos >= 0 else "",
            eos_token=self.piece(eos, special=True).decode("utf-8", "replace") if eos >= 0 else "",
        )


class Context:
    """A model's working state: KV (where it has one), compute buffers, the last batch's results.

    `batch` tokens at most in one call. With `texts` it makes vectors of so many texts side by side, else it
    writes. Without flash attention: on the CPU it is no faster, it rounds vectors (a cosine of 0.756 became
    0.754), and it adds up in an order that depends on the number of threads, so that an answer would depend
    on how busy the machine is. An `observer` sees every node that is computed (it costs time, and stays as
    long as the context). Raises EnvironmentFault when there is no room for it.
    """

    def __init__(
        self, model: LoadedModel, length: int, batch: int, texts: int = 0, observer: Observer | None = None
    ) -> None:
        self.model, self.length, self.batch = model, length, batch
        params = llama_cpp.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = length, batch, batch
        params.n_seq_max, params.kv_unified = max(1, texts), True
        params.n_threads = params.n_threads_batch = model.cores.most
        params.embeddings = texts > 0
        params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._callback = Callback(observer) if observer else None
        if self._callback:
            params.cb_eval = self._callback.pointer
        _said.clear()
        self.handle = llama_cpp.llama_init_from_model(model.handle, params)
        if not self.handle:
            raise unusable(model.path, f"there is no room for a context of {length} tokens")
        self.state_bytes = _bytes_of(_said, "KV") + _bytes_of(_said, "RS")
        self.compute_bytes = _bytes_of(_said, "compute") + _bytes_of(_said, "output")
        self._memory = llama_cpp.llama_get_memory(self.handle)
        self._tokens = llama_cpp.llama_batch_init(batch, 0, 1)

    def close(self) -> None:
        """Give it back."""
        llama_cpp.llama_batch_free(self._tokens)
        llama_cpp.llama_free(self.handle)
        self.handle = None

    def pooled(self) -> bool:
        """Whether the model says how the vectors of tokens become one vector of a text."""
        return int(llama_cpp.llama_pooling_type(self.handle)) > 0

    def decode(self, tokens: Sequence[int], start: int, every: bool = False) -> None:
        """Run the tokens of one text that stand at `start` and after; logits of the last one, or of `every`.

        Raises EnvironmentFault; the KV is empty then.
        """
        for index, token in enumerate(tokens):
            self._place(index, token, start + index, 0, every or index == len(tokens) - 1)
        self._run(len(tokens))

    def encode(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The pooled vectors of some texts, (texts, dimensions), not normalised; `batch` tokens in all."""
        self.forget(0)
        index = 0
        for sequence, tokens in enumerate(texts):
            for position, token in enumerate(tokens):
                self._place(index, token, position, sequence, True)
                index += 1
        self._run(index)
        rows = [llama_cpp.llama_get_embeddings_seq(self.handle, number) for number in range(len(texts))]
        return np.stack([np.ctypeslib.as_array(row, (self.model.dimensions,)) for row in rows])

    def logits(self, index: int) -> Floats:
        """Scores of every token after the `index`th of the last batch; valid until the next one."""
        row = llama_cpp.llama_get_logits_ith(self.handle, index)
        return np.ctypeslib.as_array(row, (self.model.vocabulary_size,))

    def forget(self, start: int) -> bool:
        """Drop the KV from position `start` on; False when this architecture can only drop all of it."""
        if not self._memory:
            return True
        if start == 0:
            llama_cpp.llama_memory_clear(self._memory, False)
            return True
        return bool(llama_cpp.llama_memory_seq_rm(self._memory, 0, start, -1))

    def _place(self, index: int, token: int, position: int, sequence: int, wanted: bool) -> None:
        self._tokens.token[index] = token
        self._tokens.pos[index] = position
        self._tokens.n_seq_id[index] = 1
        self._tokens.seq_id[index][0] = sequence
        self._tokens.logits[index] = wanted

    def _run(self, count: int) -> None:
        self._tokens.n_tokens = count
        threads = self.model.cores.threads()
        llama_cpp.llama_set_n_threads(self.handle, threads, threads)
        run = llama_cpp.llama_decode if self._memory else llama_cpp.llama_encode
        code = run(self.handle, self._tokens)
        if self._callback and self._callback.problem:  # llama.cpp answers 0 then, with the logits before
            problem, self._callback.problem = self._callback.problem, None
            self.forget(0)
            raise problem
        if code != 0:
            self.forget(0)
            raise unusable(self.model.path, f"it stopped computing (code {code})")


def _bytes_of(buffers: Iterable[re.Match[str]], purpose: str, device: str | None = None) -> int:
    """The sum of the buffers for a purpose, of one device or of all."""
    return int(
        sum(
            float(size) * (1 << 20)
            for on, what, size in (buffer.groups() for buffer in buffers)
            if what == purpose and device in (None, on)
        )
    )


def penalised(logits: Floats, drawn: Iterable[int], penalty: float) -> Floats:
    """The scores, those of drawn tokens made less likely as llama.cpp's `penalties` sampler does.

    Keskar et al. 2019 (CTRL), equation 1, with negative scores multiplied.
    """
    seen = np.fromiter(set(drawn), np.intp)
    if penalty == 1.0 or not len(seen):
        return logits
    scores = logits.copy()
    own = scores[seen]
    scores[seen] = np.where(own <= 0, own * np.float32(penalty), own / np.float32(penalty))
    return scores


class Sampler:
    """Draws tokens as a `Sampling` says. Repetition is penalised in what it drew, not of the prompt.

    The greedy choice is numpy's: llama.cpp's chain copies every logit into 12 bytes first and looks each up
    among the penalised (0.5 ms of a 20 ms token for 49,152 of them). Raises EnvironmentFault
    ("bad_parameters") for a grammar that does not parse.
    """

    def __init__(self, model: LoadedModel, sampling: Sampling) -> None:
        self.handle = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        self._penalty = sampling.repeat_penalty
        self._drawn: deque[int] = deque(maxlen=PENALTY_REACH)
        self._greedy = sampling.temperature <= 0 and sampling.grammar is None
        if sampling.grammar is not None:
            self._add_grammar(model, sampling.grammar)
        if sampling.repeat_penalty != 1.0:
            penalty = (model.vocabulary_size, PENALTY_REACH, sampling.repeat_penalty, 0.0, 0.0)
            self._add(llama_cpp.llama_sampler_init_penalties(*penalty))
        if sampling.temperature <= 0:
            self._add(llama_cpp.llama_sampler_init_greedy())
            return
        self._add(llama_cpp.llama_sampler_init_top_p(sampling.top_p, 1))
        self._add(llama_cpp.llama_sampler_init_temp(sampling.temperature))
        self._add(llama_cpp.llama_sampler_init_dist(sampling.seed & 0xFFFFFFFF))

    def draw(self, context: Context) -> int:
        """The next token after the last one that the context decoded."""
        if not self._greedy:
            return int(llama_cpp.llama_sampler_sample(self.handle, context.handle, -1))
        token = int(penalised(context.logits(-1), self._drawn, self._penalty).argmax())
        self._drawn.append(token)
        return token

    def close(self) -> None:
        """Give it back."""
        llama_cpp.llama_sampler_free(self.handle)
        self.handle = None

    def _add(self, sampler: Any) -> None:
        llama_cpp.llama_sampler_chain_add(self.handle, sampler)

    def _add_grammar(self, model: LoadedModel, grammar: str) -> None:
        with _stderr_closed():
            sampler = llama_cpp.llama_sampler_init_grammar(model.vocabulary, grammar.encode(), b"root")
        if not sampler:
            self.close()
            raise EnvironmentFault("bad_parameters", "The grammar does not parse.", "Correct the grammar.")
        self._add(sampler)
