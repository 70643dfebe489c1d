"""Keeps the loaded chat model within its budget: looks at free memory, plans, applies between two tokens.

Only the thread that decodes calls it. What can change is in `weights.py`; a model whose weights cannot runs plainly,
and the shape says why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from second_me.models import pages
from second_me.models.budget import STALLED, BudgetPolicy, reserve
from second_me.models.budget_shape import Shape, rest_shape
from second_me.models.experts.shape import experts_in_use, held_layers, refusal
from second_me.models.experts.streaming import ExpertWindow
from second_me.models.fit import F16, Q4_0, Q8_0, need
from second_me.models.free_memory import MemoryReader, Reading
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.weights import Weights

LOOK = 0.25
"""Seconds between two looks at free memory (a look takes a third of a millisecond)."""

SCARCE = 2
"""Memory is scarce when less than so many times the reserve is free."""

SWEEP = 1.0
"""Seconds between two sweeps over what is not in use (half a millisecond)."""


@dataclass(frozen=True, slots=True)
class Working:
    """Bytes of a context beside the weights: KV, compute buffers; `before`: anonymous bytes without it."""

    kv: int
    compute: int
    before: int

    @property
    def total(self) -> int:
        """Both."""
        return self.kv + self.compute


class Keeper:
    """The budget of one loaded model. `fixed` bytes, or None to follow free memory."""

    def __init__(
        self,
        model: LoadedModel,
        ladders: Path | None,
        fixed: int | None,
        reader: MemoryReader,
        told: Callable[[], None],
    ) -> None:
        self._model, self._reader, self._told = model, reader, told
        self._header = read_header(model.path)
        self.weights = Weights(model, self._header, ladders)
        self._working = Working(0, 0, 0)
        self._fixed = fixed
        self._looked = self._swept = float("-inf")
        self._reading: Reading | None = None
        self._allowed = 0
        self._policy = self._new_policy()

    @property
    def window(self) -> ExpertWindow | None:
        """The window of experts; None for a model that needs none."""
        return self.weights.window

    def working(self, working: Working) -> None:
        """The context beside the weights is there now."""
        self._working = working
        self._policy = self._new_policy()
        self._looked = float("-inf")
        self._allowed = 0  # the same number leaves less for the weights now

    def holds(self, kv: int) -> None:
        """The conversation's KV takes so many bytes now."""
        if kv != self._working.kv:
            self._working = dataclasses.replace(self._working, kv=kv)
            self._policy.move(*self._bounds())
            self._looked = float("-inf")
            self._allowed = 0

    def kv_kind(self) -> int:
        """ggml's type for a conversation's keys and values: the lowest steps of all are less exact ones, where
        a usual conversation has no room beside the least of the weights."""
        room = self._room() - self._working.compute - self.weights.least(True)
        fitting = (kind for kind in (F16, Q8_0) if need(self._header, kv_kind=kind).kv <= room)
        return next(fitting, Q4_0)

    @property
    def pressed(self) -> bool:
        """Whether others wait for what is held: what can be computed again should go.

        Where there is much room, whoever waits does so in a control group of its own, and nothing of ours helps.
        """
        reading = self._reading
        scarce = reading is not None and reading.available < SCARCE * reserve(reading)
        stalled = reading is not None and (reading.pressure or 0.0) >= STALLED
        return (stalled and scarce) or self._policy.warning is not None

    def choose(self, fixed: int | None, now: float) -> None:
        """Another budget, at once."""
        self._fixed = fixed
        self._policy = self._new_policy()
        self._looked = float("-inf")
        self.tick(now)

    def tick(self, now: float) -> None:
        """Look, if it is time, and apply what follows. Between two tokens."""
        if now - self._looked < LOOK:
            return
        self._looked = now
        self._reading = self._reader.read()
        own = self._working.total + (self.window.resident_bytes if self.window else 0)
        allowed = self._policy.decide(now, self._reading, own)
        if now - self._swept >= SWEEP:
            self._swept = now
            self.weights.sweep()
        self.weights.settle()
        if allowed == self._allowed:
            return
        self._allowed = allowed
        least = self.weights.least(True)
        if self.weights.fit(allowed - self._working.total, drop=self._fixed is None):
            if self.weights.least(True) != least:  # something of it failed
                self._policy = self._new_policy()
            self._told()

    def close(self) -> None:
        """Put the model's own weights back."""
        self.weights.close()

    def shape(self, state: str, kv_resident: int) -> Shape:
        """`budget.status` of docs/protocol.md."""
        weights, held = self.weights, self._working
        shape = rest_shape(self._header, weights.ladder, self._fixed, held.kv, held.compute, weights.rungs)
        resident = pages.resident(weights.files)
        in_window = self.window.resident_bytes if self.window else 0
        working = max(0, resident.anonymous - in_window - self._working.before)
        kv = min(kv_resident, working)
        reading = self._reading or self._reader.read()
        return {
            **shape,
            "allowed": self._allowed or shape["full"],
            "held": {"weights": weights.held, "kv": self._working.kv, "compute": self._working.compute},
            "resident": {
                "weights": resident.files + self._model.copied_bytes + in_window,
                "kv": kv,
                "compute": min(self._working.compute, working - kv),
            },
            "lowest": shape["lowest"] if weights.adjustable else shape["full"],
            "quality": shape["quality"] if weights.quality is None else weights.quality,
            "layers": held_layers(shape["layers"], self.window),
            "experts": experts_in_use(
                self._header, self.window, weights.state == "ready" or bool(self._model.copied_bytes)
            ),
            "free": reading.available,
            "short": self._policy.short,
            "pressure": reading.pressure,
            "ladder": weights.state,
            "why": self._sentence(),
            "state": state,
        }

    def _sentence(self) -> str | None:
        """Why the model is not as small as it could be, and that even so it is too large now."""
        unknown = None if self.weights.adjustable else refusal(self._header)
        said = (self.weights.why or unknown, self._policy.warning)
        return " ".join(each for each in said if each) or None

    def _new_policy(self) -> BudgetPolicy:
        return BudgetPolicy(*self._bounds(), self._fixed)

    def _bounds(self) -> tuple[int, int]:
        """Bytes that the model may hold, least and most."""
        least = self.weights.least(self._fixed is not None) if self.weights.adjustable else self.weights.most
        return least + self._working.total, self.weights.most + self._working.total

    def _room(self) -> int:
        """Bytes that weights, KV and compute buffers have together."""
        if self.weights.adjustable:
            return self._allowed
        reading = self._reading or self._reader.read()
        free = reading.available + self._working.total - reserve(reading)
        return free if self._fixed is None else min(free, self._fixed)
