"""The mirror of `ggml_tensor`: a loaded model's live weights, seen and checked.

llama.cpp has no function that hands out a model's tensors. A context's evaluation callback is called for
every node of the graph, and a node's sources are the live weights. What the mirror reads there must agree
with the file's header and with the library's own view of the same tensor, at every load; if anything
differs, nothing is changed and the model runs plainly.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import llama_cpp

from second_me.models import ggml

KNOWN_VERSIONS = ("0.3.36",)
"""Releases of llama-cpp-python whose `ggml_tensor` is the one below."""

OBJECT_BYTES = 32
"""`GGML_OBJECT_SIZE`: `ggml_tensor_overhead` is this and the size of a tensor."""

SOURCES = 10

BY_CHOICE = next(op for op in range(64) if ggml.LIBRARY.ggml_op_name(op) == b"MUL_MAT_ID")
"""ggml's number of the operation that multiplies with some matrices of a stack."""


class Tensor(ctypes.Structure):
    """`struct ggml_tensor` of ggml.h."""


Tensor._fields_ = [
    ("type", ctypes.c_int),
    ("buffer", ctypes.c_void_p),
    ("ne", ctypes.c_int64 * 4),
    ("nb", ctypes.c_size_t * 4),
    ("op", ctypes.c_int),
    ("op_params", ctypes.c_int32 * 16),
    ("flags", ctypes.c_int32),
    ("src", ctypes.POINTER(Tensor) * SOURCES),
    ("view_src", ctypes.POINTER(Tensor)),
    ("view_offs", ctypes.c_size_t),
    ("data", ctypes.c_void_p),
    ("name", ctypes.c_char * 64),
    ("extra", ctypes.c_void_p),
    ("padding", ctypes.c_char * 8),
]


class Mismatch(Exception):
    """The live tensors are not what the mirror takes them for; the text says where they differ."""


class Observer(Protocol):
    """Looks at the nodes of a context's graphs."""

    def wants(self, node: Tensor) -> bool:
        """Asked before a node is computed: whether `sees` is to be called after it (which costs time)."""

    def sees(self, node: Tensor) -> None:
        """The node is computed; its sources' data are valid."""


class Callback:
    """An observer as a C callback. What it raises is kept in `problem`: llama.cpp would go on with the
    logits of the call before, so whoever decodes asks `problem` after every decode."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self.problem: BaseException | None = None
        self.pointer = llama_cpp.ggml_backend_sched_eval_callback(self._called)

    def _called(self, address: int, ask: bool, _data: int | None) -> bool:
        try:
            node = Tensor.from_address(address)
            if ask:
                return self._observer.wants(node)
            self._observer.sees(node)
            return True
        except BaseException as problem:  # noqa: BLE001 - C above us knows no exceptions; kept and raised later
            self.problem = problem
            return False


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file's header says of a tensor. `shape`: lengths, the fastest first."""

    shape: tuple[int, ...]
    kind: int
    size: int


class Live:
    """A model's live weights by name. llama.cpp may hold one weight twice (a tied embedding)."""

    def __init__(self) -> None:
        self._found: dict[str, dict[int, Tensor]] = {}
        self._uses: dict[str, set[str]] = {}
        self._choices: dict[str, set[bytes]] = {}

    def add(self, tensor: Tensor, use: str, choice: bytes | None = None) -> None:
        """A tensor that the callback has seen, and for what. The pointer is valid as long as the model."""
        name = tensor.name.decode("utf-8", "replace")
        self._found.setdefault(name, {})[ctypes.addressof(tensor)] = tensor
        self._uses.setdefault(name, set()).add(use)
        if choice is not None:
            self._choices.setdefault(name, set()).add(choice)

    def uses(self, name: str) -> set[str]:
        """The operations that the tensor is the first source of; "other" for any other use."""
        return self._uses[name]

    def choices(self, name: str) -> set[bytes]:
        """The nodes that say which of a stack's matrices are used."""
        return self._choices.get(name, set())

    def names(self) -> Iterable[str]:
        """What was found."""
        return self._found.keys()

    def of(self, name: str) -> list[Tensor]:
        """The tensors of this name."""
        return list(self._found[name].values())


class Finder:
    """Observes one decode and collects the weights that it uses."""

    def __init__(self, expected: Mapping[str, Expected]) -> None:
        self._names = {name.encode() for name in expected}
        self.live = Live()

    def wants(self, node: Tensor) -> bool:
        """Looks at the sources; never stops the graph."""
        for slot, source in enumerate(sources(node)):
            if source.name in self._names:
                self.live.add(source, operation(node) if slot == 0 else "other", choice_for(node))
        return False

    def sees(self, node: Tensor) -> None:
        """Never called."""


def sources(node: Tensor) -> Iterator[Tensor]:
    """What a node is computed from."""
    for pointer in node.src:
        if not pointer:
            return
        yield pointer.contents


def operation(node: Tensor) -> str:
    """What computes the node, by ggml's name ("MUL_MAT", "GET_ROWS")."""
    return str(ggml.LIBRARY.ggml_op_name(node.op).decode())


def choice_for(node: Tensor) -> bytes | None:
    """The name of the node that says which matrices of a stack this one multiplies with; None for other nodes."""
    return bytes(node.src[2].contents.name) if node.op == BY_CHOICE and node.src[2] else None


def check_library() -> None:
    """Raises Mismatch when this llama.cpp is not one whose tensors are known."""
    if llama_cpp.__version__ not in KNOWN_VERSIONS:
        raise Mismatch(f"llama-cpp-python {llama_cpp.__version__} is not one of {', '.join(KNOWN_VERSIONS)}")
    size = int(ggml.LIBRARY.ggml_tensor_overhead()) - OBJECT_BYTES
    if size != ctypes.sizeof(Tensor):
        raise Mismatch(f"a tensor has {size} bytes, not {ctypes.sizeof(Tensor)}")


def check_live(live: Live, expected: Mapping[str, Expected]) -> None:
    """Raises Mismatch when a live weight is not what the header says, or the library sees it differently."""
    for name in live.names():
        for tensor in live.of(name):
            difference = _difference(tensor, name, expected[name])
            if difference:
                raise Mismatch(f"{name}: {difference}")


def _difference(tensor: Tensor, name: str, said: Expected) -> str | None:
    address = ctypes.addressof(tensor)
    shape = said.shape + (1,) * (4 - len(said.shape))
    row = ggml.row_bytes(said.kind, said.shape[0])
    checks: dict[str, tuple[object, object]] = {
        "type": (tensor.type, said.kind),
        "lengths": (tuple(tensor.ne), shape),
        "bytes of a row": (tensor.nb[1], row),
        "bytes": (int(ggml.LIBRARY.ggml_nbytes(address)), said.size),
        "name": (ggml.LIBRARY.ggml_get_name(address), name.encode()),
        "a view": (bool(tensor.view_src), False),
        "no data": (bool(tensor.data), True),
        "repacked": (bool(tensor.extra), False),
    }
    wrong = [what for what, (found, wanted) in checks.items() if found != wanted]
    return ", ".join(wrong) if wrong else None
