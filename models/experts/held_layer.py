"""One layer's experts in the window: which are resident, their bytes, and the reads that are on their way."""

from __future__ import annotations

from concurrent.futures import Future, wait

import numpy as np
import numpy.typing as npt

from second_me.models.experts.layout import ExpertLayer
from second_me.models.experts.slices import Files, TensorSlices
from second_me.models.experts.window import LayerWindow

DOWN = "ffn_down_exps"
"""What is multiplied last: it may still be read while the others are computed."""


class HeldLayer:
    """One layer's experts: the numbers, the bytes, and the reads that are on their way."""

    def __init__(self, layer: ExpertLayer, quota: int) -> None:
        self.layer = layer
        self.window = LayerWindow(layer.count, quota)
        self.slices = {tensor.name: TensorSlices(tensor, layer.count) for tensor in layer.tensors}
        self.coming: list[Future[None]] = []
        self.late: list[Future[None]] = []
        """Reads of what is multiplied last, under way while the rest is computed."""

    def start(self, files: Files, ids: npt.NDArray[np.intp]) -> int:
        """Begin to read experts; bytes."""
        for name, slices in self.slices.items():
            (self.late if DOWN in name else self.coming).extend(slices.start(files, ids))
        self.window.resident[ids] = True
        return len(ids) * self.layer.expert_bytes

    def arrive(self, late: bool = True) -> None:
        """Wait for what is coming, but for what is late where that may be.

        Raises EnvironmentFault; nothing of the layer counts as resident then.
        """
        reads, self.coming = self.coming, []
        if late:
            reads += self.late
            self.late = []
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
        wait(self.coming + self.late)
        self.coming, self.late = [], []
        self.window.forget()
        for slices in self.slices.values():
            slices.drop_all()
