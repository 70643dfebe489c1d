"""One layer's experts in the window: which are resident, their bytes, and the reads that are on their way."""

from __future__ import annotations

from concurrent.futures import Future, wait

import numpy as np
import numpy.typing as npt

from second_me.models.experts.layout import ExpertLayer
from second_me.models.experts.slices import Files, TensorSlices
from second_me.models.experts.window import LayerWindow


class HeldLayer:
    """One layer's experts: the numbers, the bytes, and the reads that are on their way."""

    def __init__(self, layer: ExpertLayer, quota: int) -> None:
        self.layer = layer
        self.window = LayerWindow(layer.count, quota)
        self.slices = {tensor.name: TensorSlices(tensor, layer.count) for tensor in layer.tensors}
        self.coming: list[Future[None]] = []

    def start(self, files: Files, ids: npt.NDArray[np.intp]) -> int:
        """Begin to read experts; bytes."""
        for slices in self.slices.values():
            self.coming += slices.start(files, ids)
        self.window.resident[ids] = True
        return len(ids) * self.layer.expert_bytes

    def arrive(self) -> None:
        """Wait for what is coming. Raises EnvironmentFault; nothing of the layer counts as resident then."""
        reads, self.coming = self.coming, []
        wait(reads)
        for read in reads:
            if problem := read.exception():
                self.drop_all()
                raise problem

    def drop(self, ids: npt.NDArray[np.intp]) -> None:
        """Give experts back."""
        self.window.resident[ids] = False
        for slices in self.slices.values():
            slices.drop(ids, self.window.resident)

    def drop_all(self) -> None:
        """Give all of them back."""
        wait(self.coming)
        self.coming = []
        self.window.forget()
        for slices in self.slices.values():
            slices.drop_all()
