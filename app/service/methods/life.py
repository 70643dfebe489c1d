"""The life of a memory: its curve, pins, letting go, taking back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from second_me.app.service.methods.memory import number_of
from second_me.app.service.server import Method, Peer
from second_me.app.service.shapes import time_text
from second_me.app.service.state import ServiceState, text_of
from second_me.app.words import tr
from second_me.core.memory.course import Point, course
from second_me.core.memory.forgetting import faded, strength, trace
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
_LARGEST_ID = 2**62


class LifeMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def curve(self, peer: Peer, params: Params) -> Any:
        """`life.curve`."""
        return self._curve(text_of(params, "memory_id"))

    def pin(self, peer: Peer, params: Params) -> Any:
        """`life.pin`."""
        return self._changed(params, self._state.house.lives.pin, "pinned")

    def fade(self, peer: Peer, params: Params) -> Any:
        """`life.fade`."""
        return self._changed(params, self._state.house.lives.let_go, "faded")

    def take_back(self, peer: Peer, params: Params) -> Any:
        """`life.take_back`."""
        memory_id = text_of(params, "memory_id")
        if not self._state.house.lives.take_back(memory_id, number_of(params, "id", 0, _LARGEST_ID)):
            raise _missing()
        return self._curve(memory_id)

    def copied(self, peer: Peer, params: Params) -> Any:
        """`talk.copied`."""
        self._state.turns.lessons.copied(text_of(params, "answer_id"))
        return {}

    def _changed(self, params: Params, change: Any, name: str) -> Params:
        memory_id, wanted = text_of(params, "memory_id"), params.get(name, True)
        if not isinstance(wanted, bool):
            raise EnvironmentFault("bad_parameters", tr("{name} is true or false.", name=name))
        if not change(memory_id, wanted):
            raise _missing()
        self._state.changed()
        return self._curve(memory_id)

    def _curve(self, memory_id: str) -> Params:
        lives = self._state.house.lives
        kept = lives.get(memory_id)
        if kept is None:
            raise _missing()
        days, pace, life = lives.days(), lives.pace(), kept.life
        today = max(1, len(days))
        drawn = course(life, days, pace)
        return {
            "memory_id": memory_id,
            "pinned": life.pinned,
            "faded": faded(life, today, pace),
            "let_go": life.released(),
            "strength": round(strength(life, today, pace), 4),
            "stability": round(trace(life, pace).stability * pace, 2),
            "born": time_text(drawn.past[0][0]),
            "recalls": [
                {
                    "id": each.use_id,
                    "at": time_text(each.at),
                    "grade": each.use.grade.value,
                    "cause": each.cause,
                }
                for each in kept.uses
            ],
            "past": _points(drawn.past),
            "ahead": _points(drawn.ahead),
            "half": time_text(drawn.half),
        }

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "life.curve": self.curve,
            "life.pin": self.pin,
            "life.fade": self.fade,
            "life.take_back": self.take_back,
            "talk.copied": self.copied,
        }


def _points(points: Sequence[Point]) -> list[list[Any]]:
    return [[time_text(when), round(height, 4)] for when, height in points]


def _missing() -> EnvironmentFault:
    return EnvironmentFault("not_found", tr("There is no memory of this id."))
