"""Facts, contradictions and the person's own words."""

from __future__ import annotations

from typing import Any, TypeVar

from second_me.app.service import fact_shapes
from second_me.app.service.disclosure_levels import described
from second_me.app.service.fact_edits import LONGEST, FactEdits
from second_me.app.service.methods.memory import number_of, time_of
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.words import tr
from second_me.core.memory.facts.claims import ME, Qualifier, State, Verdict
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
_LARGEST_ID = 2**53
_LONGEST_NAME = 200
_Word = TypeVar("_Word", Slot, Qualifier, Verdict)


class FactMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    @property
    def _edits(self) -> FactEdits:
        return FactEdits(self._state.house)

    def listing(self, peer: Peer, params: Params) -> Any:
        """`facts.list`."""
        book, when = self._state.house.book, time_of(params, "at")
        subject = optional_text(params, "subject")
        found = book.about(subject, when) if subject else book.all(when)
        if params.get("ended") is False:
            found = tuple(each for each in found if each.state is State.CURRENT)
        return described(self._state.house, found)

    def wait(self, peer: Peer, params: Params) -> Any:
        """`facts.wait`."""
        done = self._state.jobs.read(float(number_of(params, "timeout", 60, 3600)))
        return {"read": done and not self._state.house.keeper.waiting()}

    def add(self, peer: Peer, params: Params) -> Any:
        """`facts.add`."""
        made = self._edits.add(
            _one_of(Slot, params, "slot"),
            text_of(params, "value", LONGEST),
            (text_of(params, "subject", _LONGEST_NAME) if params.get("subject") else ME).strip(),
            _one_of(Qualifier, params, "qualifier") if params.get("qualifier") else Qualifier.NONE,
        )
        self._state.changed()
        return described(self._state.house, [made])[0]

    def edit(self, peer: Peer, params: Params) -> Any:
        """`facts.edit`."""
        made = self._edits.edit(_id(params), text_of(params, "value", LONGEST))
        self._state.changed()
        return described(self._state.house, [made])[0]

    def confirm(self, peer: Peer, params: Params) -> Any:
        """`facts.confirm`."""
        found = self._edits.confirm(_id(params))
        self._state.facts_changed()
        return described(self._state.house, [found])[0]

    def end(self, peer: Peer, params: Params) -> Any:
        """`facts.end`."""
        found = self._edits.end(_id(params), time_of(params, "at"))
        self._state.facts_changed()
        return described(self._state.house, [found])[0]

    def reopen(self, peer: Peer, params: Params) -> Any:
        """`facts.reopen`."""
        found = self._edits.reopen(_id(params))
        self._state.facts_changed()
        return described(self._state.house, [found])[0]

    def contradictions(self, peer: Peer, params: Params) -> Any:
        """`contradictions.list`."""
        return [fact_shapes.contradiction(each) for each in self._state.house.book.contradictions()]

    def settle(self, peer: Peer, params: Params) -> Any:
        """`contradictions.settle`."""
        verdict = None if params.get("verdict") is None else _one_of(Verdict, params, "verdict")
        self._edits.settle(_id(params, "first"), _id(params, "second"), verdict)
        self._state.facts_changed()
        return {}

    def glossary(self, peer: Peer, params: Params) -> Any:
        """`glossary.list`."""
        return [fact_shapes.defined(each) for each in self._state.house.glossary.listing()]

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "facts.list": self.listing,
            "facts.wait": self.wait,
            "facts.add": self.add,
            "facts.edit": self.edit,
            "facts.confirm": self.confirm,
            "facts.end": self.end,
            "facts.reopen": self.reopen,
            "contradictions.list": self.contradictions,
            "contradictions.settle": self.settle,
            "glossary.list": self.glossary,
        }


def _id(params: Params, name: str = "fact_id") -> int:
    if params.get(name) is None:
        raise EnvironmentFault("bad_parameters", tr("Name a fact by its id."))
    return number_of(params, name, 0, _LARGEST_ID)


def _one_of(kind: type[_Word], params: Params, name: str) -> _Word:
    try:
        return kind(text_of(params, name, 100))
    except ValueError:
        known = ", ".join(each.value for each in kind if each.value)
        raise EnvironmentFault(
            "bad_parameters", tr("{name} is one of: {known}.", name=name, known=known)
        ) from None
