"""A ladder of a mixture of experts, written by hand: one rung (Q4_0) of every matrix, experts too."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from second_me.models import ggml
from second_me.models.elastic.ladder import (
    Ladder,
    LadderTensor,
    StoredRung,
    fingerprint,
    folder_of,
    write_ladder,
)
from second_me.models.header import Header, TensorInfo

Q4_0, FILE = 2, "Q4_0.rungs"


def write(header: Header, ladders: Path) -> Ladder:
    """Write it beside others; worths are made up, attention is worth most."""
    mark = fingerprint(header)
    folder = folder_of(ladders, header, mark)
    folder.mkdir(parents=True)
    tensors: list[LadderTensor] = []
    with (folder / FILE).open("wb") as out:
        for tensor in header.tensors:
            if len(tensor.shape) < 2 or "gate_inp" in tensor.name:
                continue
            out.seek(-out.tell() % 4096, 1)
            rung = StoredRung(Q4_0, FILE, out.tell(), out.write(lower(tensor)), 0.01)
            sensitivity = 2.0 if "attn" in tensor.name else 1.0
            tensors.append(
                LadderTensor(tensor.name, tensor.shape, tensor.kind, tensor.size, sensitivity, (rung,))
            )
    made = Ladder(folder, header.path.name, mark, tuple(tensors), (), {},
                  {FILE: (folder / FILE).stat().st_size})  # fmt: skip
    write_ladder(made)
    return made


def lower(tensor: TensorInfo) -> bytes:
    """The tensor's rows in Q4_0."""
    data = np.fromfile(tensor.file, np.uint8, tensor.size, offset=tensor.offset)
    return ggml.quantized(ggml.dequantized(data, tensor.kind, tensor.shape[0]), Q4_0, None).tobytes()
