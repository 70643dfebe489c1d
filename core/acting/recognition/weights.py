"""The weights of field typing, read from `resources/weights/fields.npz` (made by `benchmarks/fit_fields.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from second_me.core.acting.recognition.model import ContextModel, Floats, WordModel
from second_me.core.acting.recognition.rules import Rules

NO_TYPE = "none"
"""The first of the model's types: not a field of any kind that we know."""


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """All that types fields.

    `types` are the columns of both models, `NO_TYPE` first. `contexts` are fitted alike from other beginnings; their
    mean counts. The chance of no type is multiplied with `reluctance`. `chances` and `right` are the corners of the
    curve from what the models say to how often that is right. `origin` names the data and its licence.
    """

    types: tuple[str, ...]
    words: WordModel
    contexts: tuple[ContextModel, ...]
    rules: Rules
    reluctance: float
    said: Floats
    right: Floats
    origin: str

    @classmethod
    def read(cls, npz: bytes, rules_text: str) -> FieldWeights:
        """From the file's bytes and the text of `resources/fields/rules.toml`.

        Raises ValueError where they are not what they should be.
        """
        try:
            with np.load(BytesIO(npz), allow_pickle=False) as arrays:
                held = {name: arrays[name] for name in arrays.files}
            return cls(
                types=tuple(str(held["types"]).split()),
                words=WordModel(held["vocabulary"], unpacked(held, "words")),
                contexts=tuple(_context(held, number) for number in range(int(held["contexts"]))),
                rules=Rules.read(rules_text),
                reluctance=float(held["reluctance"]),
                said=held["said"],
                right=held["right"],
                origin=str(held["origin"]),
            )
        except (KeyError, OSError, EOFError, BadZipFile) as error:
            raise ValueError(f"no weights of field typing: {error}") from error

    def calibrated(self, chances: Floats) -> Floats:
        """How often what the models give such a chance is right; rises with the chance."""
        return np.interp(chances, self.said, self.right).astype(np.float32)


def packed(name: str, values: Floats) -> dict[str, npt.NDArray[Any]]:
    """Whole numbers of 8 bits, and what one of them is worth in each row."""
    worth = np.abs(values).max(axis=1, keepdims=True) / 127 + 1e-12
    return {name: np.rint(values / worth).astype(np.int8), f"{name}_worth": worth.astype(np.float32)}


def unpacked(held: Mapping[str, npt.NDArray[Any]], name: str) -> Floats:
    """What `packed` was given, nearly."""
    values: Floats = held[name].astype(np.float32) * held[f"{name}_worth"]
    return values


def _context(held: Mapping[str, npt.NDArray[Any]], number: int) -> ContextModel:
    name = f"context{number}"
    return ContextModel(
        unpacked(held, f"{name}_inner"),
        held[f"{name}_bias"],
        unpacked(held, f"{name}_outer"),
        held[f"{name}_outer_bias"],
    )
