"""Memories: the timeline, search, one memory, deletion and erasure."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from second_me.app.service import shapes
from second_me.app.service.disclosure_levels import described
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, is_text, optional_text, text_of
from second_me.app.words import tr
from second_me.core.memory.episodes import Kind, Narrowing, NewEpisode, Role
from second_me.core.memory.erasure import Selection
from second_me.core.ports import EnvironmentFault, Scope
from second_me.core.recall.deep import DEPTH, Deep
from second_me.core.recall.found import Found

Params = dict[str, Any]
MOST = 1000
READING_SECONDS = 30.0
"""How long an erasure of a person waits for what is not read for facts yet."""
LOOK_THROUGH = 300
"""Memories that a search with filters finds before it filters."""
_FADED = {"hide": False, "only": True, "all": None}


def number_of(params: Params, name: str, default: int, most: int = MOST) -> int:
    """A count, 1..most. Raises EnvironmentFault("bad_parameters")."""
    value = default if params.get(name) is None else params[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise EnvironmentFault(
            "bad_parameters", tr("{name} is a number from 1 to {most}.", name=name, most=most)
        )
    return value


def time_of(params: Params, name: str) -> datetime | None:
    """A time, ISO 8601; a zone is turned into local time. Raises EnvironmentFault("bad_parameters")."""
    value = params.get(name)
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(str(value))
        return parsed.astimezone().replace(tzinfo=None) if parsed.tzinfo else parsed
    except (ValueError, OverflowError, OSError):
        raise EnvironmentFault(
            "bad_parameters", tr("{value} is no time.", value=value), tr("Write it like 2024-06-01T08:00:00.")
        ) from None


def ids_of(params: Params, name: str = "memory_ids") -> list[str]:
    """The memory ids of a request. Raises EnvironmentFault("bad_parameters")."""
    given = params.get(name)
    if not isinstance(given, list) or not given or not all(is_text(each) for each in given):
        raise EnvironmentFault("bad_parameters", tr("Name at least one memory by its id."))
    return given


def _narrowing(state: ServiceState, params: Params, usual: str) -> Narrowing:
    """What is to be shown; `usual` is "hide" or "all": of what has faded, unless the request says.

    Raises EnvironmentFault("bad_parameters").
    """
    faded, pinned, kind = params.get("faded") or usual, params.get("pinned"), params.get("kind")
    if not isinstance(faded, str) or faded not in _FADED:
        raise EnvironmentFault("bad_parameters", tr("faded is hide, only or all."))
    if pinned is not None and not isinstance(pinned, bool):
        raise EnvironmentFault("bad_parameters", tr("{name} is true or false.", name="pinned"))
    if kind is not None and kind not in tuple(Kind):
        raise EnvironmentFault("bad_parameters", tr("kind is turn, note or document."))
    if not isinstance(params.get("contradicting", False), bool | None):
        raise EnvironmentFault("bad_parameters", tr("{name} is true or false.", name="contradicting"))
    among = _contradicting(state) if params.get("contradicting") else None
    return Narrowing(_FADED[faded], pinned, optional_text(params, "speaker"), kind, among)


def _contradicting(state: ServiceState) -> frozenset[str]:
    """The memories that tell what waits in the inbox of contradictions."""
    pairs = state.house.book.contradictions()
    return frozenset(fact.kept.memory_id for pair in pairs for fact in (pair.first, pair.second))


def _scope(params: Params) -> Scope:
    return Scope(after=time_of(params, "after"), before=time_of(params, "before_time"))


def selection_of(params: Params) -> Selection:
    """What a request means to erase. Raises EnvironmentFault("bad_parameters"), also when it names nothing."""
    person = optional_text(params, "person")
    selection = Selection(
        memory_ids=tuple(ids_of(params)) if params.get("memory_ids") else (),
        conversations=tuple(_names_of(params)) if params.get("conversations") else (),
        person=" ".join(person.split()) if person else None,
        mentioning=bool(params.get("mentioning")),
        after=time_of(params, "after"),
        before=time_of(params, "before"),
    )
    if selection.empty:
        raise EnvironmentFault("bad_parameters", tr("Say what is to be erased."))
    return selection


def _names_of(params: Params) -> list[str]:
    given = params["conversations"]
    if not isinstance(given, list) or not all(is_text(each) for each in given):
        raise EnvironmentFault("bad_parameters", tr("Conversations are a list of their names."))
    return given


def search(state: ServiceState, text: str, k: int, scope: Scope, now: datetime | None = None) -> list[Found]:
    """Recall with the meaning where there is an embedder, by words alone where there is none. `now` is when it is
    asked; without it, by the clock."""
    try:
        vector = state.house.recall.embed(text)
    except EnvironmentFault:
        vector = None
    asked_at = now or state.house.clock.now()
    return list(state.house.recall.find(text, k, scope, vector, asked_at).found)


def _missing() -> EnvironmentFault:
    return EnvironmentFault("not_found", tr("There is no memory of this id."))


def _detail(state: ServiceState, memory_id: str) -> Params:
    house = state.house
    episode = house.episodes.get(memory_id)
    if episode is None:
        raise _missing()
    around = house.episodes.neighbours(episode.seq, 2)
    used = []
    for answer_id in house.used_in(memory_id):
        answer = house.episodes.get(answer_id)
        record = house.conversations.answers([answer_id]).get(answer_id)
        question = house.episodes.get(record.question_id) if record and record.question_id else None
        conversation = house.conversations.get(answer.conversation) if answer else None
        if answer and conversation and answer.hidden_at is None:
            used.append(
                {
                    "answer_id": answer_id,
                    "conversation": conversation.name,
                    "title": conversation.title,
                    "question": question.text if question else "",
                    "time": shapes.time_text(answer.spoken_at),
                }
            )
    return {
        **shapes.memory(episode),
        "before": [shapes.memory(around[at]) for at in sorted(around) if at < 0],
        "after": [shapes.memory(around[at]) for at in sorted(around) if at > 0],
        "used_in": used,
        "facts": described(house, house.book.of_memory(memory_id)),
    }


class MemoryMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def timeline(self, peer: Peer, params: Params) -> Any:
        """`memory.timeline`."""
        before = optional_text(params, "before")
        start = self._state.house.episodes.get(before) if before else None
        limit = number_of(params, "limit", 200)
        only = _narrowing(self._state, params, "hide")
        house = self._state.house
        shown = house.episodes.timeline(start.seq if start else None, limit, _scope(params), only)
        strengths = house.lives.strengths([each.seq for each in shown])
        return [{**shapes.memory(each), "strength": round(strengths.get(each.seq, 1.0), 3)} for each in shown]

    def find(self, peer: Peer, params: Params) -> Any:
        """`memory.search`."""
        text, limit = text_of(params, "text", 10_000), number_of(params, "limit", 30)
        only = _narrowing(self._state, params, "all")
        if only == Narrowing():
            found = search(self._state, text, limit, _scope(params))
        else:
            found = search(self._state, text, max(limit, LOOK_THROUGH), _scope(params))
            shown = self._state.house.episodes.admitted([each.episode.seq for each in found], only)
            found = [each for each in found if each.episode.seq in shown][:limit]
        return [shapes.found(each) for each in found]

    def speakers(self, peer: Peer, params: Params) -> Any:
        """`memory.speakers`."""
        mine = {"me", self._state.house.settings.get("me")}
        return [name for name in self._state.house.episodes.speakers() if name and name not in mine]

    def get(self, peer: Peer, params: Params) -> Any:
        """`memory.get`."""
        return _detail(self._state, text_of(params, "memory_id"))

    def delete(self, peer: Peer, params: Params) -> Any:
        """`memory.delete`."""
        if not self._state.house.episodes.hide(text_of(params, "memory_id"), self._state.house.clock.now()):
            raise _missing()
        self._state.changed()
        return {}

    def restore(self, peer: Peer, params: Params) -> Any:
        """`memory.restore`."""
        if not self._state.house.episodes.restore(text_of(params, "memory_id")):
            raise _missing()
        self._state.changed()
        return {}

    def preview(self, peer: Peer, params: Params) -> Any:
        """`memory.preview_erasure`."""
        return shapes.receipt(self._state.house.episodes.preview_erasure(selection_of(params)))

    def erase(self, peer: Peer, params: Params) -> Any:
        """`memory.erase`."""
        selection = selection_of(params)
        if selection.person is not None:
            self._state.jobs.read(READING_SECONDS)  # what holds the name is read no more afterwards
        receipt = self._state.house.episodes.erase(selection)
        self._state.turns.talks.forget({*receipt.memories, *receipt.answers})
        self._state.changed()
        return shapes.receipt(receipt)

    def remember(self, peer: Peer, params: Params) -> Any:
        """`remember`."""
        now = self._state.house.clock.now()
        said = time_of(params, "time") or now
        kept = self._state.house.episodes.append(
            NewEpisode("notes", "me", text_of(params, "text"), said, Role.PERSON, Kind.NOTE, origin="note"),
            now,
        )
        self._state.changed()
        return {"memory_id": kept.memory_id}

    def recall(self, peer: Peer, params: Params) -> Any:
        """`recall`."""
        started = time.perf_counter()
        now = time_of(params, "now")
        scope = Scope(conversation=optional_text(params, "conversation"))
        text, k = text_of(params, "text", 10_000), number_of(params, "k", 10)
        found = search(self._state, text, max(k, DEPTH) if params.get("deep") else k, scope, now)
        if params.get("deep"):
            found = list(self._state.house.deepener.looked(text, found, Deep.ALWAYS, lambda: False))[:k]
        spent = round((time.perf_counter() - started) * 1000, 2)
        keys = ("memory_id", "source_id", "conversation", "speaker", "time", "text", "score", "why")
        memories = [
            {key: value for key, value in shapes.found(each).items() if key in keys} for each in found
        ]
        return {"id": params.get("id"), "ms": spent, "memories": memories}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "memory.timeline": self.timeline,
            "memory.search": self.find,
            "memory.speakers": self.speakers,
            "memory.get": self.get,
            "memory.delete": self.delete,
            "memory.restore": self.restore,
            "memory.preview_erasure": self.preview,
            "memory.erase": self.erase,
            "remember": self.remember,
            "recall": self.recall,
        }
