"""The numbers of the window: quotas within the bytes, never more than the quota after a token, the worth of choices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from second_me.models.experts.layout import BURSTS, ExpertLayer, Experts
from second_me.models.experts.window import LayerWindow, quotas
from second_me.models.header import TensorInfo


def made(counts: list[int], used: int, expert_bytes: int) -> Experts:
    """Layers of one tensor each."""
    layers = tuple(
        ExpertLayer(at, count, (TensorInfo("t", (32, 1, count), 0, 0, count * expert_bytes, Path("f")),))
        for at, count in enumerate(counts)
    )
    return Experts(layers, used)


@given(
    st.lists(st.integers(4, 64), min_size=1, max_size=12),
    st.integers(1, 4),
    st.integers(1, 10**6),
    st.integers(0, 10**9),
)
def test_quotas_leave_room_for_the_layers_that_are_whole_meanwhile(
    counts: list[int], used: int, expert_bytes: int, size: int
) -> None:
    experts = made(counts, used, expert_bytes)
    for whole_layers, room in ((True, size - BURSTS * experts.largest_layer), (False, size)):
        found = quotas(experts, size, whole_layers)
        assert sum(found) * expert_bytes <= max(0, room)
        assert all(quota == 0 or used <= quota <= count for quota, count in zip(found, counts, strict=True))


def test_all_the_bytes_keep_all_experts() -> None:
    experts = made([8] * 6, 2, 100)
    assert quotas(experts, experts.size + BURSTS * experts.largest_layer, True) == (8,) * 6
    assert quotas(experts, experts.size) == (8,) * 6


def test_where_not_every_layer_can_have_a_tokens_the_first_ones_do() -> None:
    experts = made([8] * 6, 4, 100)
    assert quotas(experts, 6 * 3 * 100) == (4, 4, 4, 4, 0, 0)
    assert quotas(experts, 399) == (0,) * 6
    assert quotas(experts, 6 * 4 * 100 + 250) == (5, 5, 4, 4, 4, 4)


@given(
    st.integers(0, 16),
    st.lists(st.lists(st.integers(0, 15), min_size=3, max_size=3, unique=True), max_size=30),
)
def test_what_a_token_needs_is_resident_and_the_rest_within_the_quota(
    quota: int, tokens: list[list[int]]
) -> None:
    window = LayerWindow(16, quota)
    for token in tokens:
        before = window.resident.copy()
        change = window.choose(np.array([token], np.int32))
        assert before[change.drop].all() and not before[change.read].any()
        window.resident[change.drop] = False
        window.resident[change.read] = True
        assert window.resident[token].all()
        assert window.resident.sum() <= max(quota, 3)
        window.resident[window.settle()] = False
        assert window.resident.sum() <= quota


def test_the_least_chosen_goes_first() -> None:
    window = LayerWindow(8, 3)
    for token in ([0], [0], [1], [0], [2]):
        change = window.choose(np.array([token], np.int32))
        window.resident[change.read] = True
    assert window.choose(np.array([[3]], np.int32)).drop.tolist() == [1]
