"""Keeps the loaded chat model within its budget: looks at free memory, plans, applies between two tokens.

Only the thread that decodes calls it. A model without a ladder runs plainly, and the shape says why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from second_me.core.ports import EnvironmentFault
from second_me.models import pages
from second_me.models.budget import STALLED, BudgetPolicy, reserve
from second_me.models.budget_shape import Shape, least_bytes, rest_shape
from second_me.models.elastic.ladder import Ladder, find_ladder
from second_me.models.elastic.live import ElasticModel, LiveModel
from second_me.models.elastic.stack import Stack
from second_me.models.experts.layout import NotKnown, experts_of, spared_by_window
from second_me.models.experts.shape import experts_in_use, held_layers, not_known, refusal
from second_me.models.experts.streaming import ExpertWindow
from second_me.models.fit import F16, Q4_0, Q8_0, need
from second_me.models.free_memory import MemoryReader, Reading
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Mismatch

LOOK = 0.25
"""Seconds between two looks at free memory (a look takes a third of a millisecond)."""


SWEEP = 1.0
"""Seconds between two sweeps over what is not in use (half a millisecond)."""

LEAST_QUALITY = 0.5
"""Following free memory ends here: a model that is half as sure of the next word still writes sentences. Only
a number that the person chose goes lower."""


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
        self._why: str | None = None
        self._state = "none"
        self._elastic: ElasticModel | None = None
        self._stack: Stack | None = None
        self._ladder: Ladder | None = None
        self.window: ExpertWindow | None = None
        if ladders is not None:
            self._open(ladders)
        if self._elastic is None and not model.copied_bytes and pages.LINUX:
            self._find_experts()
        if model.copied_bytes:  # the file's own bytes of what was copied are still mapped
            for stretch in pages.mapped(self._files()):
                pages.give_back(stretch.first, stretch.last - stretch.first)
        self._working = Working(0, 0, 0)
        self._fixed = fixed
        self._looked = self._swept = float("-inf")
        self._reading: Reading | None = None
        self._allowed = 0
        self._policy = self._new_policy()

    @property
    def elastic(self) -> bool:
        """Whether the model can be made smaller."""
        return self._elastic is not None

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

    def kv_kind(self) -> int:
        """ggml's type for a conversation's keys and values: the lowest steps of all are less exact ones, where
        a usual conversation has no room beside the least of the weights."""
        room = self._room() - self._working.compute - self._least_weights()
        fitting = (kind for kind in (F16, Q8_0) if need(self._header, kv_kind=kind).kv <= room)
        return next(fitting, Q4_0)

    @property
    def pressed(self) -> bool:
        """Whether others wait for what is held: what can be computed again should go."""
        stalled = self._reading is not None and (self._reading.pressure or 0.0) >= STALLED
        return stalled or self._policy.warning is not None

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
        if self._elastic is not None and now - self._swept >= SWEEP:
            self._swept = now
            self._elastic.give_back_unused()
        if self.window is not None and self.window.opened:
            self.window.settle()
        if allowed == self._allowed:
            return
        self._allowed = allowed
        if self._apply():
            self._told()

    def close(self) -> None:
        """Put the model's own weights back."""
        if self._elastic is not None:
            self._elastic.close()
            self._elastic = None
        if self.window is not None:
            self.window.close()

    def shape(self, state: str, kv_resident: int) -> Shape:
        """`budget.status` of docs/protocol.md."""
        rungs = self._rungs()
        shape = rest_shape(
            self._header, self._ladder, self._fixed, self._working.kv, self._working.compute, rungs
        )
        held = sum(layer["bytes"] for layer in shape["layers"])
        resident = pages.resident(self._files())
        in_window = self.window.resident_bytes if self.window else 0
        if self.window is not None:
            held -= self.window.experts.size - self.window.size
        working = max(0, resident.anonymous - in_window - self._working.before)
        kv = min(kv_resident, working)
        reading = self._reading or self._reader.read()
        return {
            **shape,
            "allowed": self._allowed or shape["full"],
            "held": {"weights": held, "kv": self._working.kv, "compute": self._working.compute},
            "resident": {
                "weights": resident.files + self._model.copied_bytes + in_window,
                "kv": kv,
                "compute": min(self._working.compute, working - kv),
            },
            "lowest": shape["lowest"] if self.elastic or self.window else shape["full"],
            "layers": held_layers(shape["layers"], self.window),
            "experts": experts_in_use(
                self._header, self.window, self.elastic or bool(self._model.copied_bytes)
            ),
            "free": reading.available,
            "short": self._policy.short,
            "pressure": reading.pressure,
            "ladder": self._state,
            "why": self._sentence(),
            "state": state,
        }

    def _sentence(self) -> str | None:
        """Why the model is not as small as it could be, and that even so it is too large now."""
        said = (self._why or (None if self.elastic else refusal(self._header)), self._policy.warning)
        return " ".join(each for each in said if each) or None

    def _open(self, ladders: Path) -> None:
        try:
            ladder = find_ladder(ladders, self._header)
            if ladder is None:
                return
            self._elastic = ElasticModel(self._model, self._header, ladder)
            self._ladder, self._stack, self._state = ladder, ladder.stack(), "ready"
        except EnvironmentFault as fault:
            self._state, self._why = "refused", fault.what
        except Mismatch as problem:
            self._state = "refused"
            self._why = (
                f"The live weights are not what the model's file says ({problem}): it runs at its full size."
            )

    def _find_experts(self) -> None:
        """Experts can come from the disk one by one when not all fit."""
        try:
            experts = experts_of(self._header)
            if experts is not None and spared_by_window(self._header):
                self.window = ExpertWindow(LiveModel(self._model, self._header), experts)
        except (NotKnown, Mismatch) as problem:
            self._why = not_known(problem)

    def _new_policy(self) -> BudgetPolicy:
        return BudgetPolicy(*self._bounds(), self._fixed)

    def _bounds(self) -> tuple[int, int]:
        """Bytes that the model may hold, least and most."""
        beside = self._outside() + self._working.total
        if self.window is not None:
            return self._least_weights() + self._working.total, beside
        if self._stack is None or self._ladder is None:
            return beside, beside
        lowest = self._stack.lowest if self._fixed is not None else least_bytes(self._ladder, LEAST_QUALITY)
        return beside + max(lowest, self._stack.lowest), beside + self._stack.full

    def _least_weights(self) -> int:
        """Bytes of the weights at their smallest."""
        if self.window is not None:
            return self._outside() - self.window.experts.size + self.window.least
        return self._outside() + (self._stack.lowest if self._stack else 0)

    def _room(self) -> int:
        """Bytes that weights, KV and compute buffers have together."""
        if self.window is not None or self._stack is not None:
            return self._allowed
        reading = self._reading or self._reader.read()
        free = reading.available + self._working.total - reserve(reading)
        return free if self._fixed is None else min(free, self._fixed)

    def _fit_window(self, window: ExpertWindow) -> bool:
        """All experts in the file's mapping where they fit, else a window of what is allowed."""
        room = self._allowed - self._working.total - (self._outside() - window.experts.size)
        if room >= window.experts.size:
            changed = window.opened
            window.close()
            return changed
        if window.opened:
            window.resize(room)
            return True
        try:
            window.open(room)
        except EnvironmentFault as fault:
            self._why, self.window = fault.what, None
            self._policy = self._new_policy()
        return True

    def _apply(self) -> bool:
        if self.window is not None:
            return self._fit_window(self.window)
        if self._elastic is None or self._stack is None:
            return False
        room = self._allowed - self._outside() - self._working.total
        plan = self._stack.plan(max(room, self._stack.lowest))
        try:
            applied = self._elastic.apply(plan.rungs, drop=self._fixed is None)
        except EnvironmentFault as fault:
            self._state, self._why = "refused", fault.what
            self.close()
            self._stack = self._ladder = None
            self._policy = self._new_policy()
            return True
        return applied.tensors > 0

    def _outside(self) -> int:
        """Bytes of the weights that have no rungs."""
        return self._header.weight_bytes - (self._stack.full if self._stack else 0)

    def _rungs(self) -> Mapping[str, int]:
        if self._elastic is None:
            return {}
        return {name: place.kind for name, place in self._elastic.live.now.items()}

    def _files(self) -> list[Path]:
        if self._elastic is not None:
            return self._elastic.files
        return [part.resolve() for part in self._header.parts]
