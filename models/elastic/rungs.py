"""Which rungs a tensor can have: the one table of quantizations that ladders are made of."""

from __future__ import annotations

from second_me.models import ggml

KINDS = {
    "IQ1_M": 29,
    "IQ2_XXS": 16,
    "Q2_K": 10,
    "IQ3_XXS": 18,
    "Q3_K": 11,
    "IQ3_S": 21,
    "IQ4_XS": 23,
    "MXFP4": 39,
    "IQ4_NL": 20,
    "Q4_0": 2,
    "NVFP4": 40,
    "Q4_K": 12,
    "Q4_1": 3,
    "Q5_0": 6,
    "Q5_K": 13,
    "Q5_1": 7,
    "Q6_K": 14,
    "Q8_0": 8,
}
"""Names and ggml type numbers. Left out: IQ1_S, IQ2_XS and IQ2_S (20,000 to 80,000 weights a second; hours for
a model, for a step that the neighbours make nearly as well), and Q1_0, Q2_0, TQ1_0 and TQ2_0, which are for
models that were trained in them (relative error of ordinary weights over 0.4)."""

WORST_ERROR = 0.25
"""A rung that loses more of a tensor's weighted energy is not used: IQ1_M loses about 0.18."""


def admitted(columns: int, source: int) -> list[int]:
    """Types below the source's in bits whose blocks fit a row of `columns`, fewest bits first."""
    fits = [
        kind
        for kind in KINDS.values()
        if columns % ggml.block_length(kind) == 0 and ggml.bits(kind) < ggml.bits(source)
    ]
    return sorted(fits, key=ggml.bits)


def probe(kinds: list[int]) -> int:
    """The rung whose loss is measured in the whole model: the one nearest 3.4 bits that is quick to make.

    Low enough that its loss stands out of the rounding, high enough that loss is still in proportion to the
    error.
    """
    quick = [kind for kind in kinds if kind not in (KINDS["IQ1_M"], KINDS["IQ2_XXS"])] or kinds
    return min(quick, key=lambda kind: abs(ggml.bits(kind) - 3.4))
