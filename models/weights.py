"""What of a loaded model's weights can be less than all of it: rungs of a ladder, experts from the disk, both or
neither.

What changes no answer goes first: experts leave memory until their window is at its least, then rungs go down. Only
the thread that decodes calls.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from second_me.core.ports import EnvironmentFault
from second_me.models import pages
from second_me.models.budget_shape import least_bytes, stack_of
from second_me.models.elastic.ladder import Ladder, find_ladder
from second_me.models.elastic.live import ElasticModel, LiveModel
from second_me.models.elastic.stack import Stack
from second_me.models.experts.layout import NotKnown, experts_of, spared_by_window
from second_me.models.experts.shape import not_known
from second_me.models.experts.streaming import ExpertWindow
from second_me.models.header import Header
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Mismatch

LEAST_QUALITY = 0.5
"""Following free memory ends here: a model that is half as sure of the next word still writes sentences. Only
a number that the person chose goes lower."""


class Weights:
    """The weights of one loaded model. `state`: of the ladder, "none", "ready" or "refused"; `why`: what keeps the
    model larger than it could be."""

    def __init__(self, model: LoadedModel, header: Header, ladders: Path | None) -> None:
        self._model, self._header = model, header
        self.state, self.why = "none", ""
        self.ladder: Ladder | None = None
        self.window: ExpertWindow | None = None
        self._elastic: ElasticModel | None = None
        self._stack: Stack | None = None
        self._loss = 0.0
        if ladders is not None:
            self._open(ladders)
        if not model.copied_bytes and spared_by_window(header):
            self._find_experts()
        if model.copied_bytes:  # the file's own bytes of what was copied are still mapped
            for stretch in pages.mapped(self.files):
                pages.give_back(stretch.first, stretch.last - stretch.first)

    @property
    def adjustable(self) -> bool:
        """Whether they can be less than all."""
        return self._stack is not None or self.window is not None

    @property
    def most(self) -> int:
        """Bytes of all of them, as the model came."""
        return self._header.weight_bytes

    @property
    def held(self) -> int:
        """Bytes that they may take as they are set now."""
        rungs = self._elastic.live.now if self._elastic and self._stack else {}
        changed = {name: rungs[name].size for name in self._stack.base} if self._stack else {}
        window = self.window.size if self.window else 0
        return self._always + sum(changed.values()) + window

    @property
    def quality(self) -> float | None:
        """What the loss of the plan leaves, 1 at full size, where a window makes the ladder's own curve another
        model's; None where there is no such plan."""
        return round(math.exp(-self._loss), 4) if self._stack and self.window else None

    @property
    def rungs(self) -> Mapping[str, int]:
        """The types in use, where they may be others than the file's."""
        if self._elastic is None:
            return {}
        return {name: place.kind for name, place in self._elastic.live.now.items()}

    @property
    def files(self) -> list[Path]:
        """The files whose pages are weights."""
        if self._elastic is not None:
            return self._elastic.files
        return [part.resolve() for part in self._header.parts]

    def least(self, chosen: bool) -> int:
        """Bytes at the smallest: for a number that the person chose, or as far as following free memory goes."""
        rungs = self._stack.lowest if self._stack else 0
        if self._stack and self.ladder and not chosen:
            rungs = self._stack.with_loss(-math.log(LEAST_QUALITY))
            if self.window is None:
                rungs = max(self._stack.lowest, least_bytes(self.ladder, LEAST_QUALITY))
        return self._always + rungs + (self.window.least if self.window else 0)

    def fit(self, room: int, drop: bool) -> bool:
        """Be at most `room` bytes, as far as they can; whether anything changed. `drop`: what is not in use
        leaves the system's cache, too."""
        left = room - self._always
        changed = False
        if self.window is not None:
            changed = self._fit_window(self.window, left - (self._stack.full if self._stack else 0))
            left -= self.window.size if self.window else 0
        if self._elastic is not None and self._stack is not None:
            changed = self._fit_rungs(self._elastic, self._stack, left, drop) or changed
        return changed

    def settle(self) -> None:
        """Between two decodes: give back what a batch needed beyond the window."""
        if self.window is not None and self.window.opened:
            self.window.settle()

    def sweep(self) -> None:
        """Give back what the system has mapped of rungs that are not in use."""
        if self._elastic is not None:
            self._elastic.give_back_unused()

    def close(self) -> None:
        """Put the model's own weights back."""
        if self.window is not None:
            self.window.close()
        if self._elastic is not None:
            self._elastic.close()
            self._elastic = self._stack = self.ladder = None

    @property
    def _always(self) -> int:
        """Bytes that have neither rungs nor a window."""
        experts = self.window.experts.size if self.window else 0
        return self.most - experts - (self._stack.full if self._stack else 0)

    def _open(self, ladders: Path) -> None:
        try:
            self.ladder = find_ladder(ladders, self._header)
            if self.ladder is None:
                return
            self._elastic = ElasticModel(self._model, self._header, self.ladder)
            self._stack, self.state = stack_of(self.ladder, self._header), "ready"
        except EnvironmentFault as fault:
            self._refuse(fault.what)
        except Mismatch as problem:
            self._refuse(
                f"The live weights are not what the model's file says ({problem}): it runs at its full size."
            )

    def _refuse(self, why: str) -> None:
        self.state, self.why = "refused", why
        self.ladder = self._stack = None

    def _find_experts(self) -> None:
        """Experts can come from the disk one by one when not all fit."""
        try:
            experts = experts_of(self._header)
            live = self._elastic.live if self._elastic else LiveModel(self._model, self._header)
            self.window = ExpertWindow(live, experts) if experts is not None else None
        except (NotKnown, Mismatch) as problem:
            self.why = not_known(problem)

    def _fit_window(self, window: ExpertWindow, room: int) -> bool:
        """All experts in the file's mapping where they fit, else a window of what is allowed."""
        if room >= window.experts.size:
            changed = window.opened
            window.close()
            return changed
        room = max(room, window.least)
        if window.opened:
            changed = room != window.size
            window.resize(room)
            return changed
        try:
            window.open(room)
        except EnvironmentFault as fault:
            self.why, self.window = fault.what, None
        return True

    def _fit_rungs(self, elastic: ElasticModel, stack: Stack, room: int, drop: bool) -> bool:
        plan = stack.plan(max(room, stack.lowest))
        try:
            applied = elastic.apply(plan.rungs, drop=drop)
        except EnvironmentFault as fault:
            self.close()
            self._refuse(fault.what)
            return True
        self._loss = plan.loss
        return applied.tensors > 0
