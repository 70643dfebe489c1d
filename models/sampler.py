"""Draws the next token."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import llama_cpp
import numpy as np

from second_me.core.ports import EnvironmentFault, Sampling
from second_me.models.context import Context, Floats
from second_me.models.llama import LoadedModel

PENALTY_REACH = 64


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
