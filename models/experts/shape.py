"""`experts` of `budget.status` (docs/protocol.md): what a mixture has on the disk, and what of it is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from second_me.models import pages
from second_me.models.experts.layout import NotKnown, bytes_of_experts, experts_of, spared_by_window
from second_me.models.header import Header

if TYPE_CHECKING:  # the window knows llama.cpp, which is not needed to say what lies on the disk
    from second_me.models.experts.streaming import ExpertWindow

Shape = dict[str, Any]

WHOLE, ON_DEMAND, REFUSED = "whole", "on demand", "refused"

NEEDS_LINUX = "Reading experts one by one needs Linux: this model stays whole."


def refusal(header: Header) -> str | None:
    """Why a mixture's experts cannot be read one by one; None for all other models."""
    try:
        experts = experts_of(header)
    except NotKnown as problem:
        return not_known(problem)
    return None if experts is None or pages.LINUX else NEEDS_LINUX


def not_known(problem: Exception) -> str:
    """The sentence for experts that are not what `layout.py` knows."""
    return f"This model's experts are not laid out as known here ({problem}): it stays whole."


def experts_at_rest(header: Header, room: int) -> Shape | None:
    """Of a model that is not loaded; None for a dense one. `room`: bytes for the experts, by the number that was
    chosen."""
    size = bytes_of_experts(header)
    if not size:
        return None
    spared = spared_by_window(header)
    if not spared:
        return _shape(REFUSED if refusal(header) else WHOLE, size, size)
    return _shape(WHOLE, size, size) if room >= size else _shape(ON_DEMAND, size, max(room, size - spared))


def experts_in_use(header: Header, window: ExpertWindow | None, whole: bool) -> Shape | None:
    """Of a loaded model. `whole`: it is one that needs no window (it has size steps, or was copied)."""
    size = bytes_of_experts(header)
    if not size:
        return None
    if window is None:
        needed = not whole and spared_by_window(header) > 0
        return _shape(REFUSED if needed or refusal(header) else WHOLE, size, size)
    if not window.opened:
        return _shape(WHOLE, size, size)
    counted = window.counters
    return {
        **_shape(ON_DEMAND, size, window.size),
        "resident": window.resident_bytes,
        # A batch reads all of the next layer, too: more may be read than was chosen so far.
        "missing": min(1.0, round(counted.missing / counted.chosen, 4)) if counted.chosen else None,
        "read_bytes": counted.read_bytes,
    }


def held_layers(layers: Iterable[Shape], window: ExpertWindow | None) -> list[Shape]:
    """The rows of `layers` with `held`: all of their bytes but those of the experts that are not in the window."""
    absent: Mapping[str, int] = {}
    if window is not None and window.opened:
        absent = {str(index): size for index, size in window.absent_bytes().items()}
    return [{**row, "held": max(0, row["bytes"] - absent.get(row["name"], 0))} for row in layers]


def _shape(state: str, size: int, window: int) -> Shape:
    return {
        "state": state,
        "bytes": size,
        "window": window,
        "resident": None,
        "missing": None,
        "read_bytes": 0,
    }
