"""The embedding context: texts to unit vectors, one text a step.

Several texts in one batch are no faster on a processor (`benchmarks/embedding_batch.py`): from 128 tokens on
they are slower, because attention is computed between all tokens of a batch, also between those of different
texts. And with weights of 8 bits, whose kernels round what they multiply to 8 bits too, a text's vector would
depend on the texts beside it (a cosine of .9999). Alone it is the same bits every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from second_me.models.context import Context
from second_me.models.faults import unusable
from second_me.models.llama import LoadedModel

CONTEXT = 2048
"""Tokens of a text that are read at most (512 on the starter, as it was trained); the rest is left out."""


class EmbeddingContext:
    """A model that makes vectors. Raises EnvironmentFault for a model that does not say how it pools."""

    def __init__(self, model: LoadedModel) -> None:
        self.model = model
        self.dimensions = model.dimensions
        self.length = min(CONTEXT, model.trained_context)
        self._context = Context(model, self.length, self.length, vectors=True)
        if not self._context.pooled():
            self._context.close()
            raise unusable(model.path, "it writes text and does not make vectors")

    def close(self) -> None:
        """Give the context back; the model stays."""
        self._context.close()

    def embed(self, texts: Sequence[str]) -> Iterator[npt.NDArray[np.float32]]:
        """Vectors of unit length in the order of the texts, one a step."""
        for text in texts:
            vector = self._context.encode(self._tokens(text))
            yield (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)

    def _tokens(self, text: str) -> list[int]:
        tokens = self.model.tokenize(text, whole=True)
        if len(tokens) <= self.length:
            return tokens or self.model.tokenize(" ", whole=True)
        return [*tokens[: self.length - 1], tokens[-1]]
