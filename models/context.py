"""A model's working state, the owner of one native context."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import llama_cpp
import numpy as np
import numpy.typing as npt

from second_me.models.faults import unusable
from second_me.models.ggml import F16
from second_me.models.kv import growing
from second_me.models.llama import LoadedModel, bytes_of, said
from second_me.models.tensors import Callback, Observer
from second_me.models.threadpool import Threadpool

Floats = npt.NDArray[np.float32]
_BYTES = ctypes.POINTER(ctypes.c_uint8)

FLASH = llama_cpp.LLAMA_FLASH_ATTN_TYPE_AUTO
"""llama.cpp looks whether the model allows it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A token of a sequence at its position; `wanted`: whether the scores of what follows it are asked for."""

    token: int
    position: int
    sequence: int
    wanted: bool


class Context:
    """A model's working state: KV (where it has one), compute buffers, the last batch's results.

    `batch` tokens at most in one call. With `vectors` it makes vectors of texts, else it writes. An `observer`
    sees every node that is computed (it costs time, and stays as long as the context). `outputs`: tokens of a
    batch whose logits are asked for at most (a vocabulary's scores of each are reserved), as many as the batch
    where it is not said. The KV takes memory as tokens come (`cache`, see `kv.py`). Raises EnvironmentFault when
    there is no room for it.

    `flash`: flash attention, where the model allows it. The values of the KV lie token by token then, and no
    longer channel by channel, where the first token touches a page of each (24 MB on the starter). It is not
    for vectors, which it rounds (a cosine of 0.756 became 0.754). From 512 tokens on, the last bits of the
    scores after a single token depend on the number of threads; what a prompt leaves in the KV does not.

    `kv_kind`: ggml's type of keys and values; anything but F16 needs flash attention.

    `sequences`: texts that are read beside one another, numbered from 0; they share the `length`.
    """

    def __init__(
        self,
        model: LoadedModel,
        length: int,
        batch: int,
        vectors: bool = False,
        observer: Observer | None = None,
        outputs: int | None = None,
        flash: bool = False,
        kv_kind: int = F16,
        sequences: int = 1,
    ) -> None:
        self.model, self.length, self.batch, self.kv_kind = model, length, batch, kv_kind
        params = llama_cpp.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = length, batch, batch
        self.outputs = params.n_outputs_max = outputs or batch
        params.n_seq_max, params.kv_unified = sequences, True
        params.n_threads = params.n_threads_batch = model.cores.most
        params.embeddings = vectors
        params.flash_attn_type = FLASH if flash else llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.type_k = params.type_v = kv_kind
        self._callback = Callback(observer) if observer else None
        if self._callback:
            params.cb_eval = self._callback.pointer
        self.layout = (
            f"llama-cpp-python {llama_cpp.__version__}, {params.n_ctx} tokens, K {params.type_k}, "
            f"V {params.type_v}, flash attention {params.flash_attn_type}"
        )
        said.clear()
        with growing() as self.cache:
            self.handle = llama_cpp.llama_init_from_model(model.handle, params)
        if not self.handle:
            raise unusable(model.path, f"there is no room for a context of {length} tokens")
        self._threadpool = Threadpool(self.handle, model.cores.most) if observer else None
        self.state_bytes = bytes_of(said, "KV") + bytes_of(said, "RS")
        self.compute_bytes = bytes_of(said, "compute") + bytes_of(said, "output")
        self._memory = llama_cpp.llama_get_memory(self.handle)
        self._tokens = llama_cpp.llama_batch_init(batch, 0, 1)

    def close(self) -> None:
        """Give it back."""
        llama_cpp.llama_batch_free(self._tokens)
        llama_cpp.llama_free(self.handle)
        if self._threadpool:
            self._threadpool.close()
        self.handle = None

    def pooled(self) -> bool:
        """Whether the model says how the vectors of tokens become one vector of a text."""
        return int(llama_cpp.llama_pooling_type(self.handle)) > 0

    def decode(self, tokens: Sequence[int], start: int, every: bool = False) -> None:
        """Run the tokens of one text that stand at `start` and after; logits of the last one, or of `every`.

        Raises EnvironmentFault; the KV is empty then.
        """
        for index, token in enumerate(tokens):
            self._place(index, token, start + index, every or index == len(tokens) - 1)
        self._run(len(tokens))

    def decode_placed(self, tokens: Sequence[Placed]) -> None:
        """Run tokens of several sequences. Raises EnvironmentFault; the KV is empty then."""
        for index, each in enumerate(tokens):
            self._place(index, each.token, each.position, each.wanted, each.sequence)
        self._run(len(tokens))

    def share(self, sequence: int) -> None:
        """Let an empty sequence begin with all that sequence 0 holds: the same cells, nothing is copied."""
        if self._memory:
            llama_cpp.llama_memory_seq_cp(self._memory, 0, sequence, -1, -1)

    def drop(self, sequence: int) -> None:
        """Make a sequence empty; what it shares stays to the others."""
        if self._memory:
            llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def encode(self, tokens: Sequence[int]) -> Floats:
        """The pooled vector of a text, not normalised; valid until the next one. `batch` tokens at most."""
        self.forget(0)
        for index, token in enumerate(tokens):
            self._place(index, token, index, True)
        self._run(len(tokens))
        row = llama_cpp.llama_get_embeddings_seq(self.handle, 0)
        return np.ctypeslib.as_array(row, (self.model.dimensions,))

    def logits(self, index: int) -> Floats:
        """Scores of every token after the `index`th of the last batch; valid until the next one."""
        row = llama_cpp.llama_get_logits_ith(self.handle, index)
        return np.ctypeslib.as_array(row, (self.model.vocabulary_size,))

    def forget(self, start: int) -> bool:
        """Drop the KV from position `start` on; False when this architecture can only drop all of it.

        All of it is given back to the system.
        """
        if not self._memory:
            return True
        if start == 0:
            llama_cpp.llama_memory_clear(self._memory, False)
            self.cache.give_back()
            return True
        return bool(llama_cpp.llama_memory_seq_rm(self._memory, 0, start, -1))

    def saved_bytes(self) -> int:
        """How long `saved` would be, without a head."""
        return int(llama_cpp.llama_state_seq_get_size(self.handle, 0))

    def saved(self, head: bytes = b"") -> memoryview:
        """The KV of the one text as bytes (20 ms for 46 MB), after a `head` that the caller puts before it.

        Of this text's cells alone: `llama_state_get_data` would touch the whole buffer.
        """
        size = self.saved_bytes()
        content = np.empty(len(head) + size, np.uint8)
        content[: len(head)] = np.frombuffer(head, np.uint8)
        place = content[len(head) :].ctypes.data_as(_BYTES)
        taken = int(llama_cpp.llama_state_seq_get_data(self.handle, place, size, 0))
        return content.data[: len(head) + taken]

    def restore(self, saved: memoryview, count: int) -> bool:
        """Put back what `saved` gave (without its head) for `count` tokens; False, and empty, if it does not fit.

        llama.cpp checks shapes and types; whether the bytes are those that were saved, the caller must know.
        """
        if not self._memory:
            return False
        llama_cpp.llama_memory_clear(self._memory, False)
        content = np.frombuffer(saved, np.uint8)
        place = content.ctypes.data_as(_BYTES)
        taken = int(llama_cpp.llama_state_seq_set_data(self.handle, place, len(content), 0))
        last = int(llama_cpp.llama_memory_seq_pos_max(self._memory, 0))
        if taken == len(content) and last == count - 1:
            return True
        self.forget(0)
        return False

    def _place(self, index: int, token: int, position: int, wanted: bool, sequence: int = 0) -> None:
        self._tokens.token[index] = token
        self._tokens.pos[index] = position
        self._tokens.n_seq_id[index] = 1
        self._tokens.seq_id[index][0] = sequence
        self._tokens.logits[index] = wanted

    def _run(self, count: int) -> None:
        self._tokens.n_tokens = count
        cores = self.model.cores
        llama_cpp.llama_set_n_threads(self.handle, cores.threads(), cores.threads(reading=True))
        run = llama_cpp.llama_decode if self._memory else llama_cpp.llama_encode
        code = run(self.handle, self._tokens)
        if self._callback and self._callback.problem:  # llama.cpp answers 0 then, with the logits before
            problem, self._callback.problem = self._callback.problem, None
            self.forget(0)
            raise problem
        if code != 0:
            self.forget(0)
            raise unusable(self.model.path, f"it stopped computing (code {code})")
