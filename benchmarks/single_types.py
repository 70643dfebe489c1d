"""A model in one ggml type throughout, as `llama-quantize --pure` makes it: the peer of a mixed plan.

Every matrix gets the type, the embedding too; where a row does not admit it, what llama.cpp falls back to
(`tensor_type_fallback` of its llama-quant.cpp). Norms stay as they are. The importance matrix is ours'.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from quality import Floats, Judge

from second_me.models import ggml
from second_me.models.elastic.ladder import Ladder
from second_me.models.elastic.live import elastic_tensors
from second_me.models.elastic.material import Material, rung_bytes
from second_me.models.header import TensorInfo
from second_me.models.threads import physical_cores

NUMBERS = {
    "Q1_0": 41, "IQ1_S": 19, "TQ1_0": 34, "IQ1_M": 29, "TQ2_0": 35, "IQ2_XXS": 16, "Q2_0": 42, "IQ2_XS": 17,
    "IQ2_S": 22, "Q2_K": 10, "IQ3_XXS": 18, "Q3_K": 11, "IQ3_S": 21, "IQ4_XS": 23, "MXFP4": 39, "Q4_0": 2,
    "IQ4_NL": 20, "NVFP4": 40, "Q4_K": 12, "Q4_1": 3, "Q5_0": 6, "Q5_K": 13, "Q5_1": 7, "Q6_K": 14, "Q8_0": 8,
    "BF16": 30, "F16": 1,
}  # fmt: skip
"""Every type of ggml that a file's matrices can be in, with its number (ggml.h), by size."""

FALLBACKS = {
    **dict.fromkeys(("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S", "IQ4_XS"), "IQ4_NL"),
    **dict.fromkeys(("TQ1_0", "TQ2_0", "Q2_K", "Q3_K"), "Q4_0"),
    "Q4_K": "Q5_0", "Q5_K": "Q5_1", "Q6_K": "Q8_0",
}  # fmt: skip

SLOW = ("IQ1_S", "IQ2_XXS", "IQ2_XS", "IQ2_S")
"""Made at 4,000 to 30,000 weights a second and core: hours for the padded starter."""

KEPT = (*SLOW, "IQ3_XXS", "IQ3_S")
"""Kept in the work folder when they are made; the others take less than two minutes."""


class SingleTypes:
    """The matrices of a judged model in any type. Slow ones are kept in a folder, tensor by tensor."""

    def __init__(self, judge: Judge, importance: Mapping[str, Floats], ladder: Ladder, work: Path) -> None:
        self.tensors = elastic_tensors(judge.header)
        self.rest = judge.header.weight_bytes - sum(tensor.size for tensor in self.tensors)
        self._judge, self._ladder = judge, ladder
        self._material = Material(dict(importance), physical_cores())
        digest = hashlib.sha256(ladder.fingerprint.encode())
        for name in sorted(importance):
            digest.update(importance[name].tobytes())
        self.mark = digest.hexdigest()[:12]
        self._folder = work / f"types-{self.mark}"

    def kind(self, tensor: TensorInfo, name: str) -> int | None:
        """The tensor's type number when the model is in a type; None where llama.cpp makes no such file."""
        for choice in (name, FALLBACKS.get(name)):
            if choice and tensor.shape[0] % ggml.block_length(NUMBERS[choice]) == 0:
                return NUMBERS[choice]
        return ggml.F16 if name in FALLBACKS else None

    def kinds(self, name: str) -> dict[str, int] | None:
        """Each matrix's type number; None where a row admits neither the type nor a fallback."""
        found = {tensor.name: self.kind(tensor, name) for tensor in self.tensors}
        kinds = {tensor: kind for tensor, kind in found.items() if kind is not None}
        return kinds if len(kinds) == len(found) else None

    def own_share(self, name: str) -> float:
        """The share of weights that are in the type itself and no fallback."""
        own = sum(t.weights for t in self.tensors if self.kind(t, name) == NUMBERS[name])
        return own / sum(tensor.weights for tensor in self.tensors)

    def size(self, name: str) -> int:
        """Bytes of all weights in a type."""
        kinds = self.kinds(name) or {}
        return self.rest + sum(rung_bytes(tensor, kinds[tensor.name]) for tensor in self.tensors)

    def left_to_make(self, name: str) -> float:
        """The share of weights that neither the ladder nor the folder holds in a type."""
        kinds = self.kinds(name) or {}
        there = {(tensor.name, rung.kind) for tensor in self._ladder.tensors for rung in tensor.rungs}
        missing = sum(
            tensor.weights
            for tensor in self.tensors
            if (tensor.name, kinds[tensor.name]) not in there
            and not self._file(tensor.name, kinds[tensor.name]).exists()
        )
        return missing / sum(tensor.weights for tensor in self.tensors)

    def _file(self, name: str, kind: int) -> Path:
        return self._folder / f"{name}.{kind}.npy"

    def apply(self, name: str) -> None:
        """Put the type into the live model."""
        kinds = self.kinds(name) or {}
        for tensor in self.tensors:
            kind = kinds[tensor.name]
            if kind == tensor.kind:
                self._judge.live.set(tensor.name, self._judge.live.source[tensor.name])
            else:
                self._judge.put(tensor.name, kind, self._rows(tensor, kind, name in KEPT))

    def _rows(self, tensor: TensorInfo, kind: int, keep: bool) -> ggml.Bytes:
        held = self._from_ladder(tensor.name, kind)
        if held is not None:
            return held
        file = self._file(tensor.name, kind)
        if file.exists():
            return np.asarray(np.load(file))
        made = [self._material.made(tensor, rows, kind) for rows in self._material.pieces(tensor)]
        rows = np.concatenate(made)
        if keep:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            with part.open("wb") as opened:
                np.save(opened, rows)
            part.replace(file)
        return rows

    def _from_ladder(self, name: str, kind: int) -> ggml.Bytes | None:
        """The same rows, where the ladder holds them: it was made with the same importance matrix."""
        for tensor in self._ladder.tensors:
            for rung in tensor.rungs if tensor.name == name else ():
                if rung.kind == kind:
                    return np.fromfile(self._ladder.path(rung.file), np.uint8, rung.size, offset=rung.offset)
        return None
