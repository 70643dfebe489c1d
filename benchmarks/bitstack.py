"""BitStack's decomposition, from its paper, as the peer of elastic weights.

    python benchmarks/bitstack.py MODEL TEXT --importance FILE --calibration TEXT [--k 4] [--work FOLDER] [--json]

Wang et al. 2024, "BitStack: Any-Size Compression of Large Language Models in Variable Memory Environments"
(arXiv:2410.23918). Each weight matrix, its columns multiplied by the size of their inputs, is taken apart
again and again: the signs of what is left, one bit each, times a rank-k factorization (SVD) of its absolute
values, in float16. One such pair is a block; the sum of a matrix's first n blocks is the matrix at n blocks.
The blocks of all matrices are in one stack: first everyone's first block, then everyone's second, and so on,
in the order in which adding the block alone to the model at the level below lowers the perplexity of
calibration text most (the paper's "average" sorting, its default).

What the paper leaves open: the embedding, which is also the output matrix here, is one more matrix of the
stack, scaled as the output's input (the paper keeps it in float16: `--whole-embedding` shows that). Inputs'
sizes are the square roots of ours' importance matrix (the paper's norms, up to a factor). Counted: signs,
factors, and 2 bytes a column for scales that no norm or matrix before can take over (attention's output
and the embedding). Rows and columns that are zero, as in the padded starter, stay zero in every block and are
left out of the computing, but not of the count.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from quality import Chunk, Floats, Judge, Quality, chunks_of

from second_me.models import ggml
from second_me.models.elastic.live import elastic_tensors
from second_me.models.elastic.material import Material
from second_me.models.header import TensorInfo

Bits = npt.NDArray[np.uint8]
Halves = npt.NDArray[np.float16]
LEVELS = 8
"""Blocks of a matrix at most: over 9 bits a weight."""
ORDER_TOKENS = 256
"""Calibration text that every block is tried on: as much as ours reads to find its worths."""
SMALLEST_SCALE = 1e-4
"""Of a column's input, against the largest: columns that nothing enters are not blown up."""
KS = (1, 2, 4, 8, 16)
SCALED_APART = ("attn_output", "token_embd")


@dataclass(frozen=True)
class Block:
    """Signs (one bit each, rows padded to whole bytes in memory) and factors of the absolute values."""

    signs: Bits
    left: Halves
    right: Halves

    def values(self) -> Floats:
        """The block as a matrix."""
        columns = self.right.shape[1]
        magnitudes = self.left.astype(np.float32) @ self.right.astype(np.float32)
        negative = np.unpackbits(self.signs, axis=1, count=columns).view(bool)
        return np.where(negative, -magnitudes, magnitudes)


@dataclass(frozen=True)
class Decomposed:
    """A matrix of `shape` (rows, columns) in blocks; those cover the rows and columns that are not zero."""

    shape: tuple[int, int]
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    scale: Floats
    blocks: tuple[Block, ...]

    def values(self, count: int) -> Floats:
        """The matrix at so many blocks."""
        total = np.zeros((len(self.rows), len(self.columns)), np.float32)
        for block in self.blocks[:count]:
            total += block.values()
        whole = np.zeros(self.shape, np.float32)
        whole[np.ix_(self.rows, self.columns)] = total / self.scale
        return whole


def block_bytes(shape: tuple[int, int], k: int) -> int:
    """Bytes of one block: a bit a sign, two bytes a number of the factors."""
    rows, columns = shape
    return -(-rows * columns // 8) + 2 * k * (rows + columns)


def decompose(values: Floats, sizes: Floats, k: int, count: int) -> Decomposed:
    """Take a matrix (rows, columns) apart. `sizes`: of the inputs, (columns,)."""
    rows, columns = np.flatnonzero(values.any(1)), np.flatnonzero(values.any(0))
    scale = np.maximum(sizes[columns], SMALLEST_SCALE * sizes.max()).astype(np.float32)
    left_over = values[np.ix_(rows, columns)] * scale
    blocks = []
    for _ in range(count):
        block = one_block(left_over, k)
        blocks.append(block)
        left_over -= block.values()
    return Decomposed(values.shape, rows, columns, scale, tuple(blocks))


def one_block(values: Floats, k: int) -> Block:
    """Absolute value decomposition: the best rank-k factors of what the signs leave."""
    magnitudes = np.abs(values)
    left, right = factors(magnitudes, k)
    return Block(np.packbits(values < 0, axis=1), left, right)


def factors(values: Floats, k: int) -> tuple[Halves, Halves]:
    """The first k terms of the singular value decomposition, the values' roots in both factors."""
    if values.shape[0] < values.shape[1]:
        right, left = factors(values.T, k)
        return left.T, right.T
    squares = (values.T @ values).astype(np.float64)
    _, vectors = np.linalg.eigh(squares)
    first = vectors[:, ::-1][:, :k].astype(np.float32)
    product = values @ first
    roots = np.sqrt(np.maximum(np.linalg.norm(product, axis=0), np.finfo(np.float32).tiny))
    return (product / roots).astype(np.float16), (first * roots).T.astype(np.float16)


class BitStack:
    """All matrices of a model in blocks of rank k, kept in a work folder once they are made."""

    def __init__(
        self, judge: Judge, importance: Mapping[str, Floats], k: int, work: Path, levels: int = LEVELS
    ) -> None:
        self.k, self.levels = k, levels
        self.tensors = {tensor.name: tensor for tensor in elastic_tensors(judge.header)}
        self.rest = judge.header.weight_bytes - sum(tensor.size for tensor in self.tensors.values())
        self._judge, self._importance = judge, importance
        self._folder = work / f"bitstack-{self._mark()}-k{k}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._now: dict[str, int] = {}

    def _mark(self) -> str:
        path = self._judge.model.path
        said = f"{path.resolve()} {path.stat().st_size} {path.stat().st_mtime_ns} {self.levels}"
        digest = hashlib.sha256(said.encode())
        for name in self.tensors:
            digest.update(self._importance[name].tobytes())
        return digest.hexdigest()[:12]

    def matrix(self, name: str) -> Decomposed:
        """A matrix in its blocks, from the folder or made."""
        file = self._folder / f"{name}.npz"
        if not file.exists():
            made = self._make(self.tensors[name])
            part = file.with_suffix(".part.npz")
            with part.open("wb") as opened:
                np.savez(opened, **as_arrays(made))  # type: ignore[arg-type]
            part.replace(file)
        with np.load(file) as kept:
            return from_arrays(kept)

    def _make(self, tensor: TensorInfo) -> Decomposed:
        values = np.concatenate(list(Material({}, 1).pieces(tensor)))
        return decompose(values, np.sqrt(self._importance[tensor.name]), self.k, self.levels)

    def size_of(self, name: str, count: int) -> int:
        """Bytes of a matrix at so many blocks; at none it is whole, as it came."""
        tensor = self.tensors[name]
        if count == 0:
            return tensor.weights * 2
        apart = 2 * tensor.shape[0] if any(part in name for part in SCALED_APART) else 0
        return count * block_bytes((tensor.weights // tensor.shape[0], tensor.shape[0]), self.k) + apart

    def size(self, counts: Mapping[str, int]) -> int:
        """Bytes of the model's weights with so many blocks of each matrix."""
        return self.rest + sum(self.size_of(name, count) for name, count in counts.items())

    @property
    def disk(self) -> int:
        """Bytes of all blocks of all matrices."""
        return self.size(dict.fromkeys(self.tensors, self.levels))

    def apply(self, counts: Mapping[str, int]) -> None:
        """Put the matrices into the live model as float16; 0 blocks: as it came."""
        for name, count in counts.items():
            if self._now.get(name) == count:
                continue
            if count:
                self._judge.put(name, ggml.F16, self.matrix(name).values(count).astype(np.float16))
            else:
                self._judge.live.set(name, self._judge.live.source[name])
            self._now[name] = count

    def order(self, level: int, chunk: Chunk) -> list[str]:
        """In which order the matrices get their block after `level`: lowest perplexity first."""
        file = self._folder / f"order-{hashlib.sha256(str(chunk).encode()).hexdigest()[:12]}-{level}.json"
        losses: dict[str, float] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        self.apply(dict.fromkeys(self.tensors, level))
        for name in self.tensors:
            if name not in losses:
                self.apply({name: level + 1})
                losses[name] = self._judge.loss(chunk)
                self.apply({name: level})
                file.write_text(json.dumps(losses), "utf-8")
        return sorted(losses, key=losses.__getitem__)

    def plan(self, size: int, chunk: Chunk) -> dict[str, int]:
        """Blocks of each matrix: the longest part of the stack that fits. ValueError under the first level."""
        for level in range(self.levels, 0, -1):
            counts = dict.fromkeys(self.tensors, level)
            if self.size(counts) > size:
                continue
            if level < self.levels:
                for name in self.order(level, chunk):
                    if self.size({**counts, name: level + 1}) > size:
                        break
                    counts[name] = level + 1
            return counts
        raise ValueError(f"one block of each matrix has more than {size} bytes")


def as_arrays(made: Decomposed) -> dict[str, npt.NDArray[Any]]:
    """For a file."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "shape": np.array(made.shape), "rows": made.rows, "columns": made.columns, "scale": made.scale
    }  # fmt: skip
    for number, block in enumerate(made.blocks):
        arrays |= {f"signs{number}": block.signs, f"left{number}": block.left, f"right{number}": block.right}
    return arrays


def from_arrays(kept: Mapping[str, npt.NDArray[Any]]) -> Decomposed:
    """From a file."""
    count = sum(name.startswith("signs") for name in kept)
    blocks = tuple(Block(kept[f"signs{at}"], kept[f"left{at}"], kept[f"right{at}"]) for at in range(count))
    rows, columns = (int(length) for length in kept["shape"])
    return Decomposed((rows, columns), kept["rows"], kept["columns"], kept["scale"], blocks)


def levels_of(stack: BitStack, judge: Judge, whole: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The model at every level, all matrices at the same; those named `whole` are left as they came."""
    for level in range(1, stack.levels + 1):
        counts = {name: 0 if name in whole else level for name in stack.tensors}
        stack.apply(counts)
        found = judge.quality()
        yield {"k": stack.k, "level": level, "bytes": stack.size(counts), **asdict(found)}


def calibration_chunk(judge: Judge, text: Path) -> Chunk:
    """The text that blocks are sorted by."""
    return chunks_of(judge.model, text, 1, ORDER_TOKENS)[0]


def show(row: Mapping[str, Any], weights: int) -> None:
    """One level as a line."""
    found = Quality(**{key: row[key] for key in Quality.__dataclass_fields__})
    bits = 8 * row["bytes"] / weights
    print(
        f"k {row['k']:2}, {row['level']} blocks: {row['bytes'] / 1e6:7.2f} MB, {bits:5.2f} bits a weight,"
        f" perplexity {found.perplexity:10.2f}, KL {found.kl:.4f}",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--importance", type=Path, required=True, help="importance.npz of a ladder's folder")
    parser.add_argument("--k", type=int, nargs="*", default=KS)
    parser.add_argument("--levels", type=int, default=LEVELS)
    parser.add_argument("--chunks", type=int, default=4)
    parser.add_argument("--work", type=Path, default=Path("benchmark-work"))
    parser.add_argument("--whole-embedding", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    judge = Judge(arguments.model, arguments.text, arguments.chunks, arguments.work)
    with np.load(arguments.importance) as kept:
        importance = {name: kept[name] for name in kept.files}
    whole = ["token_embd.weight"] if arguments.whole_embedding else []
    try:
        for k in arguments.k:
            stack = BitStack(judge, importance, k, arguments.work, arguments.levels)
            for row in levels_of(stack, judge, whole):
                print(json.dumps(row), flush=True) if arguments.json else show(row, judge.header.parameters)
    finally:
        judge.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
