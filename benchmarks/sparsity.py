"""How sparse a dense model's feed-forward layers are: whether neurons could be left on the disk, as with ReLU.

    python benchmarks/sparsity.py MODEL [TEXT] [--chunks 2] [--json]

"LLM in a flash" reads only the neurons that a token needs. That rests on ReLU: in the models that it measured, over
90 % of a token's activations are exactly zero, and a small predictor says which. Today's dense models use SwiGLU,
`silu(gate) * up`. Here their activations are seen through the context's callback (`ffn_gate-N`, `ffn_swiglu-N`), on
chunks of 512 tokens, without the first token of each, whose activations are unlike all others:

- **zeros**: exact zeros; **small**: activations under 1 % of the token's largest in the layer;
- **carry**: how many neurons, the strongest first, carry 90 and 99 % of a token's energy (sum of squares);
- the reference in the same run, **negative**: gates at or below zero, which are what a ReLU would make zero. That is
  not a model trained with ReLU: this one never learned to put what it can spare there.

Then the perplexity, with neurons set to zero while it computes: those beyond 99 and 90 % of the energy (chosen with the
activations at hand, which no predictor has), and those with negative gates.
"""

from __future__ import annotations

import argparse
import ctypes
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from elastic import CALIBRATION
from quality import BATCH, LENGTH, Chunk, Floats, chunks_of, logits_of, measure

from second_me.models.context import Context
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Tensor

Row = dict[str, Any]
Mask = npt.NDArray[np.bool_]

GATE, ACTIVATION = b"ffn_gate-", b"ffn_swiglu-"
SMALL = 0.01
CARRY = (0.9, 0.99)
F32 = 0

Drop = Callable[[Floats, Floats], Mask]
"""Gates and activations (tokens, neurons): which of them to set to zero."""


class Watch:
    """An observer of the feed-forward layers. Counts, and sets to zero what `drop` says."""

    def __init__(self, drop: Drop | None = None) -> None:
        self._drop = drop
        self._gates: Floats | None = None
        self.first = False
        """Whether the batch begins with a chunk's first token, which is not counted."""
        self.layers: dict[int, list[npt.NDArray[np.float64]]] = {}
        self.dropped = self.seen = 0

    def wants(self, node: Tensor) -> bool:
        """Gates and activations."""
        return bytes(node.name).startswith((GATE, ACTIVATION))

    def sees(self, node: Tensor) -> None:
        """Gates come first, then the activations that are made of them."""
        name, values = bytes(node.name), values_of(node)
        if name.startswith(GATE):
            self._gates = values.copy()
            return
        if self._gates is None or self._gates.shape != values.shape:
            raise ValueError(f"{name.decode()} came without its gates")
        if self._drop is not None:
            mask = self._drop(self._gates, values)
            values[mask] = 0
            self.dropped += int(mask.sum())
            self.seen += mask.size
            return
        found = counted(self._gates[int(self.first) :], values[int(self.first) :])
        self.layers.setdefault(int(name[len(ACTIVATION) :]), []).append(found)


def values_of(node: Tensor) -> Floats:
    """A node's values (tokens, neurons), in place."""
    columns, rows = int(node.ne[0]), int(node.ne[1])
    if node.type != F32 or (node.nb[0], node.nb[1]) != (4, 4 * columns):
        raise ValueError(f"{bytes(node.name).decode()} is not laid out as rows of floats")
    raw = (ctypes.c_float * (columns * rows)).from_address(int(node.data or 0))
    return np.ctypeslib.as_array(raw).reshape(rows, columns)


def counted(gates: Floats, values: Floats) -> npt.NDArray[np.float64]:
    """A row a token: shares of zeros, small ones, negative gates, and the neurons that carry 90 and 99 %."""
    size = np.abs(values)
    shares = [
        (values == 0).mean(1),
        (size < SMALL * size.max(1, keepdims=True)).mean(1),
        (gates <= 0).mean(1),
        *((~beyond(values, share)).mean(1) for share in CARRY),
    ]
    return np.stack(shares, axis=1).astype(np.float64)


def beyond(values: Floats, share: float) -> Mask:
    """The weakest neurons of each token: the others carry this share of its energy, and none of them is spare."""
    energy = np.square(values, dtype=np.float64)
    order = np.argsort(-energy, axis=1, kind="stable")
    sums = np.cumsum(np.take_along_axis(energy, order, 1), axis=1)
    before = np.concatenate([np.zeros((len(values), 1)), sums[:, :-1]], axis=1)
    mask = np.empty(values.shape, np.bool_)
    np.put_along_axis(mask, order, before >= share * sums[:, -1:], 1)
    return mask


DROPS: dict[str, Drop] = {
    "beyond 99 % of the energy": lambda _gates, values: beyond(values, 0.99),
    "beyond 90 % of the energy": lambda _gates, values: beyond(values, 0.9),
    "negative gates": lambda gates, _values: gates <= 0,
}


def sparsity(model: LoadedModel, chunks: Sequence[Chunk]) -> Row:
    """Shares over all tokens and layers, and by layer. ValueError for a model without gated activations."""
    watch = Watch()
    context = Context(model, LENGTH, BATCH, observer=watch)
    try:
        for chunk in chunks:
            context.forget(0)
            for start in range(0, len(chunk), BATCH):
                watch.first = start == 0
                context.decode(chunk[start : start + BATCH], start, every=True)
    finally:
        context.close()
    if not watch.layers:
        raise ValueError("this model has no SwiGLU: no node of its graph is called ffn_swiglu")
    rows = {layer: np.concatenate(found) for layer, found in sorted(watch.layers.items())}
    names = ("zeros", "small", "negative", *(f"carry_{round(100 * share)}" for share in CARRY))
    means = {
        layer: dict(zip(names, row.mean(0).round(4).tolist(), strict=True)) for layer, row in rows.items()
    }
    whole = np.concatenate(list(rows.values()))
    return {
        "tokens": len(rows[0]),
        **dict(zip(names, whole.mean(0).round(4).tolist(), strict=True)),
        "layers": means,
    }


def damage(model: LoadedModel, chunks: Sequence[Chunk], drop: Drop) -> Row:
    """What setting neurons to zero does, against the model as it is."""
    watch = Watch(drop)
    plain, less = Context(model, LENGTH, BATCH), Context(model, LENGTH, BATCH, observer=watch)
    try:
        found = measure(logits_of(less, chunks), chunks, logits_of(plain, chunks))
    finally:
        plain.close()
        less.close()
    return {
        "dropped": round(watch.dropped / watch.seen, 4),
        "perplexity": round(found.perplexity, 2),
        "perplexity_whole": round(found.source_perplexity, 2),
        "kl": round(found.kl, 4),
        "same_choice": round(found.same_choice, 4),
    }


def run(path: Path, text: Path, count: int) -> Row:
    """All of it."""
    model = LoadedModel(path)
    try:
        chunks = chunks_of(model, text, count)
        return {
            "model": path.name,
            "text": text.name,
            **sparsity(model, chunks),
            "damage": {name: damage(model, chunks, drop) for name, drop in DROPS.items()},
        }
    finally:
        model.close()


def show(found: Row) -> None:
    """For people."""
    print(f"{found['model']}, {found['tokens']} tokens of {found['text']}, {len(found['layers'])} layers")
    print(f"{'layer':>6} {'zeros':>7} {'small':>7} {'carry 90 %':>11} {'carry 99 %':>11} {'negative':>9}")
    for name, row in (*found["layers"].items(), ("all", found)):
        print(
            f"{name:>6} {row['zeros']:7.2%} {row['small']:7.1%} {row['carry_90']:11.1%} {row['carry_99']:11.1%} "
            f"{row['negative']:9.1%}"
        )
    for name, row in found["damage"].items():
        print(
            f"without {name} ({row['dropped']:.1%} of the neurons): perplexity {row['perplexity']} "
            f"instead of {row['perplexity_whole']}, KL {row['kl']}, same choice {row['same_choice']:.1%}"
        )


def main() -> int:
    """Measure one model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("text", type=Path, nargs="?", default=CALIBRATION)
    parser.add_argument("--chunks", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = run(options.model, options.text, options.chunks)
    if options.json:
        print(json.dumps(found))
    else:
        show(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
