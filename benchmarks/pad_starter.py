"""The starter's equal with rows of a multiple of 256, so that every ggml type admits its rows.

    python benchmarks/pad_starter.py STARTER OUT [--check TEXT] [--json]

SmolLM2-135M is 576 wide, and k- and i-quants come in blocks of 256. Zero channels make it 768 wide: the
embedding's rows, the matrices' rows and columns and whole attention heads that are zero give zero, norms are
scaled so that the mean over more channels comes out the same (weights by sqrt(576/768), epsilon by 576/768),
and the new query heads come in one group with the new KV head. What it computes is the starter's function; it
is written in F16 (382 MB), with the starter's tokenizer and template. `--check` compares both on a text, and
with the starter in F16 at its own width, which differs by nothing but zeros: the starter itself also rounds
what its quantized matrices read.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt
from quality import Quality, compare

Floats = npt.NDArray[np.float32]
BLOCK = 256
ARCHITECTURE = "llama"
CHECKED_CHUNKS = 4


@dataclass(frozen=True)
class Shape:
    """What the width of a model says."""

    width: int
    heads: int
    kv_heads: int

    @property
    def head(self) -> int:
        """Channels of a head."""
        return self.width // self.heads

    def widened(self, width: int) -> Shape:
        """The same heads and groups, more of them. ValueError when they do not come out whole."""
        heads = width // self.head
        group = self.heads // self.kv_heads
        if width % self.head or heads % group:
            raise ValueError(f"{width} channels are no whole groups of {group} heads of {self.head}")
        return Shape(width, heads, heads // group)


def shape_of(reader: gguf.GGUFReader) -> Shape:
    """Width and heads of a model of the llama kind."""

    def number(key: str) -> int:
        return int(reader.fields[f"{ARCHITECTURE}.{key}"].contents())

    return Shape(
        number("embedding_length"), number("attention.head_count"), number("attention.head_count_kv")
    )


def pad(starter: Path, out: Path, width: int | None = None) -> Shape:
    """Write the wide equal (default: the next multiple of 256) and say its shape."""
    reader = gguf.GGUFReader(starter)
    old = shape_of(reader)
    new = old.widened(width or -(-old.width // BLOCK) * BLOCK)
    writer = gguf.GGUFWriter(out, ARCHITECTURE)
    for field in reader.fields.values():
        copy_entry(writer, field, changed_entries(reader, old, new))
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        widened = widen(tensor.name, values, old, new)
        writer.add_tensor(tensor.name, widened if widened.ndim == 1 else widened.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return new


def changed_entries(reader: gguf.GGUFReader, old: Shape, new: Shape) -> dict[str, Any]:
    """The metadata that is not the starter's; None is left out."""
    epsilon = f"{ARCHITECTURE}.attention.layer_norm_rms_epsilon"
    return {
        "general.name": f"{reader.fields['general.name'].contents()} {new.width} wide",
        "general.file_type": int(gguf.LlamaFileType.MOSTLY_F16),
        "general.quantization_version": None,
        f"{ARCHITECTURE}.embedding_length": new.width,
        f"{ARCHITECTURE}.attention.head_count": new.heads,
        f"{ARCHITECTURE}.attention.head_count_kv": new.kv_heads,
        epsilon: reader.fields[epsilon].contents() * old.width / new.width,
    }


def copy_entry(writer: gguf.GGUFWriter, field: gguf.ReaderField, changed: dict[str, Any]) -> None:
    """One entry of the metadata; the writer makes the header's and the architecture's own."""
    if field.name.startswith("GGUF.") or field.name == "general.architecture":
        return
    value = changed.get(field.name, field.contents())
    if value is not None:
        inner = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, value, field.types[0], inner)


def widen(name: str, values: Floats, old: Shape, new: Shape) -> Floats:
    """A tensor with zeros where the new channels and heads are."""
    if values.ndim == 1:
        scaled = values * np.float32(math.sqrt(old.width / new.width))
        return np.pad(scaled, (0, new.width - old.width))
    queries, keys = new.width - old.width, (new.kv_heads - old.kv_heads) * old.head
    rows = {"attn_q": queries, "attn_output": queries, "ffn_down": queries, "attn_k": keys, "attn_v": keys}
    kind = re.sub(r"^blk\.\d+\.|\.weight$", "", name)
    columns = 0 if kind == "ffn_down" else queries
    return np.pad(values, ((0, rows.get(kind, 0)), (0, columns)))


def check(starter: Path, padded: Path, text: Path) -> dict[str, Quality]:
    """Both against the starter's twin in F16: logits, the most likely token, perplexity."""
    with tempfile.TemporaryDirectory(prefix="second-me-benchmark-") as folder:
        twin = Path(folder) / "twin.gguf"
        pad(starter, twin, shape_of(gguf.GGUFReader(starter)).width)
        return {
            "padded": compare(twin, padded, text, CHECKED_CHUNKS),
            "starter": compare(twin, starter, text, CHECKED_CHUNKS),
        }


def show(result: dict[str, Quality]) -> None:
    """The comparison as lines."""
    print("against the starter in F16 at its own width:")
    for name, row in result.items():
        print(
            f"  {name:8} perplexity {row.perplexity:.3f} (F16: {row.source_perplexity:.3f}),"
            f" KL {row.kl:.2e}, logits differ by {row.largest:.4f} at most,"
            f" same first choice {row.same_choice:.2%}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("starter", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", type=Path, metavar="TEXT")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    shape = pad(arguments.starter, arguments.out)
    result = check(arguments.starter, arguments.out, arguments.check) if arguments.check else {}
    if arguments.json:
        print(json.dumps({**asdict(shape), **{name: asdict(row) for name, row in result.items()}}))
    else:
        print(f"{arguments.out}: {shape.width} wide, {shape.heads} heads, {shape.kv_heads} KV heads")
        show(result) if result else None
    return 0


if __name__ == "__main__":
    sys.exit(main())
