"""Reads the head of a GGUF file: metadata, and where each tensor lies. Takes milliseconds, loads nothing.

Nothing that a file says of itself is believed before it was held against the file's length, for files come
from anywhere. A model in several files ("...-00001-of-00003.gguf") is read as one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import math
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gguf import GGML_QUANT_SIZES

from second_me.models.faults import unusable
from second_me.models.header_bytes import Damaged, HeadReader, Value

TYPES: dict[int, tuple[str, int, int]] = {
    int(kind): (str(kind.name), int(block), int(size)) for kind, (block, size) in GGML_QUANT_SIZES.items()
}
"""ggml's types by number: (name, weights in a block, bytes of a block)."""

VERSIONS = (2, 3)
ALIGNMENT = 32
"""Bytes, where a file does not say."""
MOST_ENTRIES = 1 << 16
MOST_TENSORS = 1 << 17
MOST_PARTS = 1024
LEAST_ENTRY, LEAST_TENSOR = 13, 32
"""Bytes that an entry (empty name, one byte) and a tensor's description take at least."""
LARGEST = 1 << 62
PART = re.compile(r"^(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One tensor. `shape`: lengths, the fastest first; `kind`: ggml's type number; `offset`: in `file`."""

    name: str
    shape: tuple[int, ...]
    kind: int
    offset: int
    size: int
    file: Path

    @property
    def weights(self) -> int:
        """Numbers in it."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a model's file says. `path` is the first part, `size` the bytes of all parts."""

    path: Path
    version: int
    metadata: dict[str, Value]
    tensors: tuple[TensorInfo, ...]
    size: int
    parts: tuple[Path, ...]

    @property
    def architecture(self) -> str:
        """llama.cpp's name of the kind of model; empty where the file does not say."""
        return self.text("general.architecture") or ""

    @property
    def weight_bytes(self) -> int:
        """Bytes of all tensors."""
        return sum(tensor.size for tensor in self.tensors)

    @property
    def parameters(self) -> int:
        """Numbers in all tensors."""
        return sum(tensor.weights for tensor in self.tensors)

    def text(self, key: str) -> str | None:
        """A text; None where there is none."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) and value else None

    def number(self, key: str) -> int | None:
        """A whole number of the architecture (key without its name); None where there is none."""
        value = self.metadata.get(f"{self.architecture}.{key}")
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def by_layer(self, key: str) -> list[int | float | bool] | None:
        """A list of the architecture with a value a layer; None where there is none."""
        value = self.metadata.get(f"{self.architecture}.{key}")
        return value if isinstance(value, list) else None


def read_header(path: Path) -> Header:
    """The head of a model; of all its parts when it has several. Raises EnvironmentFault ("model_failed")."""
    heads = []
    for file in parts_of(path):
        with _opened(file) as (reader, promise):
            heads.append(_read_part(file, reader, promise))
    try:
        return _joined(heads)
    except Damaged as problem:
        raise unusable(path, str(problem)) from problem


def embedding_length(path: Path) -> int:
    """Dimensions of the vectors that the model makes. Raises EnvironmentFault ("model_failed")."""
    with _opened(path) as (reader, promise):
        found: dict[str, Value] = {}
        for key, value in _entries(reader, promise.entries):
            found[key] = value
            length = found.get(f"{found.get('general.architecture')}.embedding_length")
            if isinstance(length, int):
                return length
        raise Damaged("it does not say how long its vectors are")


def parts_of(path: Path) -> tuple[Path, ...]:
    """The files of a model, in order, by the name of any of them. Raises EnvironmentFault ("model_failed")."""
    named = PART.match(path.name)
    if named is None:
        return (path,)
    count = int(named["count"])
    if not 1 <= int(named["number"]) <= count <= MOST_PARTS:
        raise unusable(path, "its name says that it is a part of a model, but not which")
    ending = path.suffix
    files = [path.with_name(f"{named['stem']}-{n:05}-of-{count:05}{ending}") for n in range(1, count + 1)]
    absent = next((number for number, file in enumerate(files, 1) if not file.is_file()), None)
    if absent is not None:
        raise unusable(path, f"the model is in {count} files, and number {absent} is not there")
    return tuple(files)


@dataclass(frozen=True, slots=True)
class _Promise:
    """What the first 24 bytes say."""

    version: int
    tensors: int
    entries: int


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[HeadReader, _Promise]]:
    """A file behind its first 24 bytes. Whatever is wrong with it then becomes a fault that names it."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for ever
            raise Damaged("it is not a file")
        with path.open("rb") as file:
            reader = HeadReader(file, found.st_size)
            yield reader, _begin(reader)
    except FileNotFoundError as problem:
        raise unusable(path, "it is not there") from problem
    except OSError as problem:
        raise unusable(path, f"it cannot be read ({problem.strerror or problem})") from problem
    except Damaged as problem:
        raise unusable(path, str(problem)) from problem


def _begin(reader: HeadReader) -> _Promise:
    if reader.left == 0:
        raise Damaged("it is empty")
    if reader.left < 24 or reader.bytes(4) != b"GGUF":
        raise Damaged("it is not a GGUF file")
    version = reader.number("<I")
    if version and version & 0xFFFF == 0:
        raise Damaged("it was made for computers with the other order of bytes (big endian)")
    if version not in VERSIONS:
        raise Damaged(f"it is of version {version} of the format, and versions 2 and 3 are known here")
    promise = _Promise(version, reader.number("<Q"), reader.number("<Q"))
    if promise.tensors > min(MOST_TENSORS, reader.left // LEAST_TENSOR):
        raise Damaged(f"it is said to have {promise.tensors} tensors, more than it can hold")
    if promise.entries > min(MOST_ENTRIES, reader.left // LEAST_ENTRY):
        raise Damaged(f"its head is said to have {promise.entries} entries, more than it can hold")
    return promise


def _read_part(path: Path, reader: HeadReader, promise: _Promise) -> Header:
    size = reader.left + reader.position
    metadata = dict(_entries(reader, promise.entries))
    if len(metadata) < promise.entries:
        raise Damaged("an entry of its head is there twice")
    found = [_tensor(path, reader) for _ in range(promise.tensors)]
    alignment = metadata.get("general.alignment", ALIGNMENT)
    if not isinstance(alignment, int) or alignment < 1 or alignment & (alignment - 1) or alignment > size:
        raise Damaged(f"the distance of its tensors is said to be {alignment}")
    begin = -(-reader.position // alignment) * alignment
    if any(tensor.offset % alignment for tensor in found):
        raise Damaged("a tensor of it does not lie where tensors may lie")
    tensors = [dataclasses.replace(tensor, offset=begin + tensor.offset) for tensor in found]
    _check_places(tensors, size)
    return Header(path, promise.version, metadata, tuple(tensors), size, (path,))


def _entries(reader: HeadReader, count: int) -> Iterator[tuple[str, Value]]:
    for _ in range(count):
        key = reader.key()
        yield key, reader.value(reader.number("<I"))


def _tensor(path: Path, reader: HeadReader) -> TensorInfo:
    """One description; its offset is still counted from where the tensors begin."""
    name, dimensions = reader.key(), reader.number("<I")
    if not 1 <= dimensions <= 4:
        raise Damaged(f"the tensor {_shown(name)} is said to have {dimensions} dimensions")
    shape = tuple(reader.number("<Q") for _ in range(dimensions))
    kind, offset = reader.number("<I"), reader.number("<Q")
    weights = math.prod(shape)
    if not 0 < weights < LARGEST or offset >= LARGEST:
        raise Damaged(f"the lengths of the tensor {_shown(name)} make no sense")
    if kind not in TYPES:
        raise Damaged(f"the tensor {_shown(name)} is of type {kind}, which is not known here")
    _type_name, block, block_bytes = TYPES[kind]
    if shape[0] % block:
        raise Damaged(f"the rows of the tensor {_shown(name)} do not fit its type")
    return TensorInfo(name, shape, kind, offset, weights // block * block_bytes, path)


def _shown(name: str) -> str:
    """A name from a file, fit for a sentence."""
    return ascii(name[:64])


def _check_places(tensors: list[TensorInfo], size: int) -> None:
    """Every tensor inside the file, none over another."""
    if len({tensor.name for tensor in tensors}) < len(tensors):
        raise Damaged("a tensor of it is there twice")
    last = max((tensor.offset + tensor.size for tensor in tensors), default=0)
    if last > size:
        raise Damaged(f"it is not whole: {size} of {last} bytes are there")
    ordered = sorted(tensors, key=lambda tensor: tensor.offset)
    for before, after in itertools.pairwise(ordered):
        if before.offset + before.size > after.offset:
            raise Damaged(f"its tensors {_shown(before.name)} and {_shown(after.name)} lie over each other")


def _joined(heads: list[Header]) -> Header:
    """The parts of a model as one."""
    first = heads[0]
    _check_split(heads)
    tensors = [tensor for head in heads for tensor in head.tensors]
    if len({tensor.name for tensor in tensors}) < len(tensors):
        raise Damaged("a tensor of it is in two of its parts")
    promised = first.metadata.get("split.tensors.count")
    if len(heads) > 1 and isinstance(promised, int) and promised != len(tensors):
        raise Damaged(f"its parts have {len(tensors)} tensors, and it is said to have {promised}")
    return dataclasses.replace(
        first,
        tensors=tuple(tensors),
        size=sum(head.size for head in heads),
        parts=tuple(head.path for head in heads),
    )


def _check_split(heads: list[Header]) -> None:
    """What each part says of its place is what its name says."""
    count = heads[0].metadata.get("split.count", 1)
    if len(heads) == 1:
        if count not in (0, 1):
            raise Damaged(f"it is one of {count} parts, and its name does not say where the others are")
        return
    for number, head in enumerate(heads):
        if (head.metadata.get("split.no"), head.metadata.get("split.count")) != (number, len(heads)):
            raise Damaged(f"its part {number + 1} of {len(heads)} belongs to another model or place")
