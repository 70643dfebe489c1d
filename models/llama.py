"""The library, and a loaded model: the owner of one native thing, as are `context.py` and `sampler.py`.

What the contexts are used for is written in `chat.py` and `embedder.py`. The high-level `Llama` class is left
aside because it prints, copies all logits and cannot be interrupted between batches.
"""

from __future__ import annotations

import ctypes
import functools
import logging
import os
import re
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from second_me.core.ports import Message
from second_me.models.faults import unusable
from second_me.models.prompt import CHATML, Prompt, lay_out
from second_me.models.threads import FreeCores

log = logging.getLogger(__name__)

BUFFER = re.compile(r"(\w+)\s+(model|KV|RS|compute|output) buffer size =\s*([\d.]+) MiB")
said: deque[re.Match[str]] = deque(maxlen=200)
"""The sizes of buffers in llama.cpp's last lines, which are told nowhere else: device, what for, MiB."""


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _to_logger(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    line = text.decode("utf-8", "replace").rstrip()
    if found := BUFFER.search(line):
        said.append(found)
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
        said.clear()
        self.handle = llama_cpp.llama_model_load_from_file(os.fsencode(path), params)
        if not self.handle:
            raise unusable(path, "it is damaged, not whole, or of a kind that is not known here")
        self.copied_bytes = bytes_of(said, "model", "CPU_REPACK")
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

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        """A conversation in the model's own template, up to where the assistant's turn begins.

        Raises EnvironmentFault when the template does not render.
        """
        try:
            parts = list(lay_out(lambda slots: str(self._template(messages=slots).prompt), messages))
        except Exception as problem:  # a template is code from the model's file: it may raise anything
            raise unusable(self.path, f"its chat template fails ({type(problem).__name__})") from problem
        tokens: list[int] = []
        ends: list[int] = []
        for text, own in parts:
            if not own:
                ends.append(len(tokens))
            tokens += self.tokenize(text, special=own) if text else []
        begin = self.beginning()
        missing = [] if tokens[: len(begin)] == begin else begin
        later = tuple(len(missing) + end for end in ends[1:])
        instructed = bool(later) and messages[0].role == "system"
        return Prompt(missing + tokens, later, later[0] if instructed else 0)

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


def bytes_of(buffers: Iterable[re.Match[str]], purpose: str, device: str | None = None) -> int:
    """The sum of the buffers for a purpose, of one device or of all."""
    return int(
        sum(
            float(size) * (1 << 20)
            for on, what, size in (buffer.groups() for buffer in buffers)
            if what == purpose and device in (None, on)
        )
    )
