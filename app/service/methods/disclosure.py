"""Who may know what: clearances, contacts, what is set by hand; the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from second_me.app.service import shapes
from second_me.app.service.disclosure_levels import fact_level, memory_level
from second_me.app.service.methods.memory import number_of
from second_me.app.service.others import LONGEST_NAME
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, is_text, text_of
from second_me.app.words import tr
from second_me.core.disclosure.audit import AuditMemory
from second_me.core.disclosure.gate import Hand, Place, Rules
from second_me.core.disclosure.levels import (
    OTHERS,
    Audience,
    Clearance,
    Sensitivity,
    Topic,
    sensitivity_of,
)
from second_me.core.disclosure.sensitivity import Part, corrected, fact_parts, text_parts
from second_me.core.memory.facts.claims import Fact
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
NOTHING = "nothing"
"""The level of an audience that may know nothing by level."""
_LARGEST_ID = 2**53
_Word = TypeVar("_Word")


def _bad(name: str, known: str) -> EnvironmentFault:
    return EnvironmentFault("bad_parameters", tr("{name} is one of: {known}.", name=name, known=known))


def word_of(params: Params, name: str, of: Callable[[str], _Word], known: str) -> _Word:
    """A parameter that is one of some words. Raises EnvironmentFault("bad_parameters")."""
    try:
        return of(text_of(params, name, 100))
    except ValueError:
        raise _bad(name, known) from None


def words_of(params: Params, name: str, of: Callable[[str], _Word], known: str) -> frozenset[_Word]:
    """A list of some words. Raises EnvironmentFault("bad_parameters")."""
    given = params.get(name)
    if not isinstance(given, list) or not all(is_text(each) for each in given):
        raise _bad(name, known)
    try:
        return frozenset(of(each) for each in given)
    except ValueError:
        raise _bad(name, known) from None


def audience_of(params: Params, name: str = "audience") -> Audience:
    """Who: one of all audiences. Raises EnvironmentFault("bad_parameters")."""
    return word_of(params, name, Audience, ", ".join(Audience))


def other_of(params: Params, name: str = "audience") -> Audience:
    """Somebody who is not the person. Raises EnvironmentFault("bad_parameters")."""
    audience = audience_of(params, name)
    if audience is Audience.ME:
        raise _bad(name, ", ".join(OTHERS))
    return audience


def _level(word: str) -> Sensitivity | None:
    return None if word == NOTHING else sensitivity_of(word)


def _clearance(audience: Audience, rules: Rules) -> Params:
    clearance = rules.clearance(audience)
    return {
        "audience": audience.value,
        "level": NOTHING if clearance.level is None else clearance.level.word,
        "topics": sorted(topic.value for topic in clearance.topics),
        "slots": sorted(slot.value for slot in clearance.slots),
        "changed": audience in rules.clearances,
    }


class DisclosureMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def audiences(self, peer: Peer, params: Params) -> Any:
        """`disclosure.audiences`."""
        rules = self._state.house.disclosure.rules()
        return [_clearance(audience, rules) for audience in OTHERS]

    def set_clearance(self, peer: Peer, params: Params) -> Any:
        """`disclosure.set_clearance`."""
        audience, store = other_of(params), self._state.house.disclosure
        if params.get("reset"):
            store.set_clearance(audience, None)
        else:
            store.set_clearance(audience, _changed(store.rules().clearance(audience), params))
        shape = _clearance(audience, store.rules())
        self._record("clearance", {key: shape[key] for key in ("level", "topics", "changed")}, audience.value)
        return shape

    def contacts(self, peer: Peer, params: Params) -> Any:
        """`disclosure.contacts`."""
        known = self._state.house.disclosure.contacts()
        return [{"name": name, "audience": audience.value} for name, audience in known.items()]

    def map_contact(self, peer: Peer, params: Params) -> Any:
        """`disclosure.map_contact`."""
        name = text_of(params, "name", LONGEST_NAME).strip()
        audience = None if params.get("audience") is None else other_of(params)
        self._state.house.disclosure.map_contact(name, audience)
        self._record("contact", {}, None if audience is None else audience.value, name)
        return {}

    def get(self, peer: Peer, params: Params) -> Any:
        """`disclosure.get`."""
        fact = self._fact(params)
        return (
            fact_level(self._state.house, fact)
            if fact
            else memory_level(self._state.house, self._memory(params))
        )

    def set(self, peer: Peer, params: Params) -> Any:
        """`disclosure.set`."""
        house, fact = self._state.house, self._fact(params)
        memory_id = fact.kept.memory_id if fact else self._memory(params)
        rules, place = house.disclosure.rules(), _place(memory_id, fact)
        hand = None if params.get("reset") else _hand(rules.by_hand.get(place, Hand()), params)
        house.disclosure.set_by_hand(place, None if hand == Hand() else hand)
        if hand is not None and hand.sensitivity is not None and params.get("sensitivity"):
            house.disclosure.keep_learned(
                corrected(rules.learned, self._parts(memory_id, fact, rules), hand.sensitivity)
            )
        shape = fact_level(house, fact) if fact else memory_level(house, memory_id)
        row = AuditMemory(memory_id, bool(shape["cleared_for"]), "by_hand")
        detail = {key: shape[key] for key in ("sensitivity", "topic", "cleared_for")}
        house.audit.record("disclosure", detail, house.clock.now(), consent="by_hand", memories=[row])
        return shape

    def reset(self, peer: Peer, params: Params) -> Any:
        """`disclosure.reset`."""
        self._state.house.disclosure.keep_learned({})
        return {}

    def audit(self, peer: Peer, params: Params) -> Any:
        """`audit.list`."""
        limit = number_of(params, "limit", 100)
        action = text_of(params, "action", 100) if params.get("action") else None
        return [_entry(entry) for entry in self._state.house.audit.entries(limit, action)]

    def _record(self, action: str, detail: Params, audience: str | None, name: str | None = None) -> None:
        house = self._state.house
        house.audit.record(
            action, detail, house.clock.now(), audience=audience, asker=name, consent="by_hand"
        )

    def _fact(self, params: Params) -> Fact | None:
        if params.get("fact_id") is None:
            return None
        fact = self._state.house.book.get(number_of(params, "fact_id", 0, _LARGEST_ID))
        if fact is None:
            raise EnvironmentFault("not_found", tr("There is no fact of this id."))
        return fact

    def _memory(self, params: Params) -> str:
        memory_id = text_of(params, "memory_id")
        if self._state.house.episodes.get(memory_id) is None:
            raise EnvironmentFault("not_found", tr("There is no memory of this id."))
        return memory_id

    def _parts(self, memory_id: str, fact: Fact | None, rules: Rules) -> tuple[Part, ...]:
        """What was said of it before the person spoke."""
        if fact is not None:
            return fact_parts(fact, rules.learned)
        episode = self._state.house.episodes.get(memory_id)
        return text_parts(episode.text if episode else "", rules.learned)

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "disclosure.audiences": self.audiences,
            "disclosure.set_clearance": self.set_clearance,
            "disclosure.contacts": self.contacts,
            "disclosure.map_contact": self.map_contact,
            "disclosure.get": self.get,
            "disclosure.set": self.set,
            "disclosure.reset": self.reset,
            "audit.list": self.audit,
        }


def _place(memory_id: str, fact: Fact | None) -> Place:
    if fact is None:
        return Place(memory_id)
    claim = fact.kept.claim
    return Place(memory_id, claim.slot, claim.value.start, claim.value.end)


def _changed(clearance: Clearance, params: Params) -> Clearance:
    """A clearance with what a request says of it."""
    levels = ", ".join([NOTHING, *(level.word for level in Sensitivity if level is not Sensitivity.SECRET)])
    if "level" in params:
        level = word_of(params, "level", _level, levels)
        if level is Sensitivity.SECRET:
            raise EnvironmentFault(
                "bad_parameters",
                tr("Secrets are told to nobody by level."),
                tr("Clear the very memory instead."),
            )
        clearance = replace(clearance, level=level)
    if "topics" in params:
        clearance = replace(
            clearance, topics=words_of(params, "topics", Topic, ", ".join(Topic)) - {Topic.NONE}
        )
    if "slots" in params:
        clearance = replace(clearance, slots=words_of(params, "slots", Slot, ", ".join(Slot)))
    return clearance


def _hand(known: Hand, params: Params) -> Hand:
    """What was set by hand with what a request says of it; null takes it back."""
    levels = ", ".join(level.word for level in Sensitivity)
    if "sensitivity" in params:
        given = params["sensitivity"] is not None
        known = replace(
            known, sensitivity=word_of(params, "sensitivity", sensitivity_of, levels) if given else None
        )
    if "topic" in params:
        given = params["topic"] is not None
        known = replace(known, topic=word_of(params, "topic", Topic, ", ".join(Topic)) if given else None)
    if "cleared_for" in params:
        cleared = words_of(params, "cleared_for", Audience, ", ".join(OTHERS))
        known = replace(known, cleared_for=cleared - {Audience.ME})
    return known


def _entry(entry: Mapping[str, Any]) -> Params:
    rows = [
        {"memory_id": row.memory_id, "told": row.told, "reason": row.reason, "text": row.text}
        for row in entry["memories"]
    ]
    kept = {key: entry[key] for key in ("id", "action", "detail", "audience", "asker", "consent")}
    return {**kept, "time": shapes.time_text(entry["at"]), "memories": rows}
