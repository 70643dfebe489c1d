"""A conversation's state as bytes that leave the process, and the states of instructions that stay in it.

    b"SMKV" | length of the head | head (JSON) | tokens (int32) | KV as llama.cpp writes it

The head says what the KV was computed with; a state of another model, another length of context, another
layout, or one whose parts do not add up is no state. Which rungs the weights had is not in it: a state
holds under every plan of its model, and is the same bits as a fresh one under the plan it was saved with. That
nobody changed the bytes is for the storage to prove, which is encrypted and authenticated.
"""

from __future__ import annotations

import json
import struct
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from second_me.models.frames import LARGEST

FORMAT = 1
START = struct.Struct("<4sI")
MAGIC = b"SMKV"

LARGEST_STATE = LARGEST - (1 << 20)
"""Bytes of KV that are saved at most: a state goes through the pipe in one frame."""

PREFIXES = 4
PREFIX_BYTES = 64 << 20
"""Instructions that are kept in memory, and the bytes of all of them: a starter's take 23 kB a token."""


@dataclass(frozen=True, slots=True)
class KeptState:
    """What a state holds: tokens, where they were cut for reading, and their KV."""

    tokens: list[int]
    cuts: list[int]
    kv: memoryview


def head_of(mark: str, tokens: Sequence[int], cuts: Sequence[int], kv_bytes: int) -> bytes:
    """All that stands before the KV. `mark` says what it was computed with."""
    head = {"format": FORMAT, "mark": mark, "tokens": len(tokens), "cuts": list(cuts), "kv": kv_bytes}
    text = json.dumps(head).encode("ascii")
    return START.pack(MAGIC, len(text)) + text + np.asarray(tokens, "<i4").tobytes()


def parse(state: bytes | memoryview, mark: str) -> KeptState | None:
    """The parts of a state; None when it is torn, of another format or computed with something else."""
    content = memoryview(state)
    try:
        magic, length = START.unpack_from(content)
        if magic != MAGIC:
            return None
        at = START.size + length
        head = json.loads(bytes(content[START.size : at]))
        count, cuts, kv_bytes = int(head["tokens"]), [int(end) for end in head["cuts"]], int(head["kv"])
        fits = head["format"] == FORMAT and head["mark"] == mark and len(content) == at + 4 * count + kv_bytes
    except (struct.error, ValueError, KeyError, TypeError):
        return None
    if not fits or not _rising(cuts) or cuts[-1] != count:
        return None
    tokens = np.frombuffer(content, "<i4", count, at).tolist()
    return KeptState(tokens, cuts, content[at + 4 * count :])


def _rising(cuts: Sequence[int]) -> bool:
    return bool(cuts) and all(a < b for a, b in zip((0, *cuts), cuts, strict=False))


class Prefixes:
    """States of the instructions that conversations begin with, the last used ones."""

    def __init__(self, most: int = PREFIXES, most_bytes: int = PREFIX_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[tuple[int, ...], memoryview] = OrderedDict()

    def find(self, tokens: Sequence[int]) -> memoryview | None:
        """The KV of exactly these tokens."""
        key = tuple(tokens)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, tokens: Sequence[int], kv: memoryview) -> None:
        """Keep one; the ones that were not used for longest go."""
        if len(kv) > self._most_bytes:
            return
        self._kept[tuple(tokens)] = kv
        while len(self._kept) > self._most or sum(map(len, self._kept.values())) > self._most_bytes:
            self._kept.popitem(last=False)

    def drop(self, tokens: Sequence[int]) -> None:
        """Forget one."""
        self._kept.pop(tuple(tokens), None)

    def clear(self) -> None:
        """Forget them all."""
        self._kept.clear()
