"""A mixture of experts in llama.cpp with its window, for tests: what it computes, and whether that is the same bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from second_me.models.context import Context
from second_me.models.elastic.live import LiveModel
from second_me.models.experts.layout import experts_of
from second_me.models.experts.streaming import ExpertWindow
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.threads import FreeCores


class Opened:
    """A loaded model with its window and a context that it observes."""

    def __init__(self, file: Path, flash: bool = False) -> None:
        self.model = LoadedModel(file, FreeCores(2))
        header = read_header(file)
        experts = experts_of(header)
        assert experts is not None
        self.window = ExpertWindow(LiveModel(self.model, header), experts)
        self.context = Context(self.model, 256, 64, observer=self.window, flash=flash)

    def written(self, count: int = 12) -> list[np.typing.NDArray[np.float32]]:
        """Logits after a prompt and after each of some tokens, from a fresh KV. What is written depends on what
        was computed, and never stays at one word, as random weights like to."""
        self.context.forget(0)
        prompt = self.model.tokenize("The quick brown fox jumps over the lazy dog and is gone.")
        self.context.decode(prompt, 0)
        found = [self.context.logits(-1).copy()]
        for at in range(count):
            word = (int(found[-1].argmax()) + 31 * at) % self.model.vocabulary_size
            self.context.decode([word], len(prompt) + at)
            found.append(self.context.logits(-1).copy())
        return found

    def close(self) -> None:
        """Give all of it back."""
        self.context.close()
        self.window.close()
        self.model.close()


def same(left: list[np.typing.NDArray[np.float32]], right: list[np.typing.NDArray[np.float32]]) -> bool:
    """Whether all bits are."""
    return all(np.array_equal(a, b) for a, b in zip(left, right, strict=True))
