"""The embedding context: texts to unit vectors, several texts in one batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from second_me.models.context import Context
from second_me.models.faults import unusable
from second_me.models.llama import LoadedModel

CONTEXT = 2048
"""Tokens of a text that are read at most (512 on the starter, as it was trained); the rest is left out."""

STEP_TOKENS = 128
"""Tokens of a batch where the texts are short: about 50 ms on the starter with two cores, which is as long as
an urgent text or a new answer may have to wait. Longer batches are not faster."""

STEP_TEXTS = 16


class EmbeddingContext:
    """A model that makes vectors. Raises EnvironmentFault for a model that does not say how it pools."""

    def __init__(self, model: LoadedModel) -> None:
        self.model = model
        self.dimensions = model.dimensions
        self.length = min(CONTEXT, model.trained_context)
        self._context = Context(model, self.length, self.length, STEP_TEXTS)
        if not self._context.pooled():
            self._context.close()
            raise unusable(model.path, "it writes text and does not make vectors")

    def close(self) -> None:
        """Give the context back; the model stays."""
        self._context.close()

    def embed(self, texts: Sequence[str]) -> Iterator[npt.NDArray[np.float32]]:
        """Rows of unit length in the order of the texts, some texts a step."""
        batch: list[list[int]] = []
        for text in texts:
            tokens = self._tokens(text)
            if batch and (sum(map(len, batch)) + len(tokens) > STEP_TOKENS or len(batch) == STEP_TEXTS):
                yield self._encode(batch)
                batch = []
            batch.append(tokens)
        if batch:
            yield self._encode(batch)

    def _tokens(self, text: str) -> list[int]:
        tokens = self.model.tokenize(text, whole=True)
        if len(tokens) <= self.length:
            return tokens or self.model.tokenize(" ", whole=True)
        return [*tokens[: self.length - 1], tokens[-1]]

    def _encode(self, batch: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        rows = self._context.encode(batch)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: npt.NDArray[np.float32] = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
        return unit
