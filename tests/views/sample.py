"""A made-up life, and a client that serves it: for looking at the windows, not for testing them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.views import sample_life

NOW = datetime.now().replace(hour=10, minute=42, second=0, microsecond=0)
Listener = Callable[[str, dict[str, Any]], None]


def _time(days: int, hour: int = 10, minute: int = 40) -> str:
    return (NOW - timedelta(days=days)).replace(hour=hour, minute=minute).isoformat()


def memory(identity: str, speaker: str, text: str, days: int, **more: Any) -> dict[str, Any]:
    return {
        "memory_id": identity,
        "source_id": None,
        "conversation": "talk/1",
        "speaker": speaker,
        "role": "person" if speaker == "me" else "other",
        "kind": "turn",
        "time": _time(days),
        "recorded_at": _time(days),
        "origin": "talk",
        "text": text,
        "remembered": True,
        "hidden": False,
        **more,
    }


def found(source: dict[str, Any], quote: str, strength: float, why: list[str]) -> dict[str, Any]:
    return {**source, "score": strength, "strength": strength, "why": why, "quote": quote}


FLIGHT = memory("m1", "me", "Mara turns 40 this year, 28 November, we should plan something.", 200)
NOTEBOOK = memory(
    "m2",
    "Mara",
    "We talked about it at the station. Honestly a good linen notebook, nothing with a lock on it, haha. "
    "And please no surprise party in Lisbon, I would rather walk along the river.",
    72,
    origin="whatsapp",
)
WALNUTS = memory("m3", "me", "Remember: no walnuts when Mara is here.", 340)
OTHERS = [
    memory(f"o{n}", "Mara", text, 20 + n * 9)
    for n, text in enumerate(
        ("The tram to Belém leaves every ten minutes.", "I found a room near Graça, 74 a night.", "Call Jo.")
    )
]
FOUND = [
    found(FLIGHT, "28 November", 0.91, ["name", "date"]),
    found(NOTEBOOK, "linen notebook", 0.58, ["meaning"]),
    found(WALNUTS, "no walnuts", 0.74, ["name"]),
    *[found(other, other["text"][:20], 0.3, ["session"]) for other in OTHERS],
]


def citation(n: int, source: dict[str, Any]) -> dict[str, Any]:
    keys = ("memory_id", "source_id", "conversation", "speaker", "time", "quote", "role")
    return {"n": n, **{key: source[key] for key in keys if key in source}}


def answer(identity: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "answer_id": identity,
        "question_id": f"q{identity}",
        "text": text,
        "kind": "question",
        "source": "model",
        "abstained": False,
        "stopped": False,
        "model": "SmolLM2",
        "ms": 1200,
        "citations": [],
        "considered": [],
        **more,
    }


def turns(question: str, reply: dict[str, Any], days: int = 0) -> list[dict[str, Any]]:
    shared = {"time": _time(days), "remembered": True}
    return [
        {"memory_id": f"q{reply['answer_id']}", "role": "person", "speaker": "me", "text": question}
        | shared
        | {"answer": None},
        {"memory_id": reply["answer_id"], "role": "assistant", "speaker": "Second Me", "text": reply["text"]}
        | shared
        | {"answer": reply},
    ]


BIRTHDAY = answer(
    "a1",
    "Mara's birthday is on **Saturday 28 November**.[1] In September she said she would love a good "
    "**linen notebook**, “nothing with a lock on it”.[2] You also noted that she is allergic to walnuts,[3] "
    "in case of cake.",
    citations=[citation(n, f) for n, f in enumerate(FOUND[:3], start=1)],
    considered=[f["memory_id"] for f in FOUND],
)
MOVED = answer("a2", "Noted: you fly on **29 November** now.", kind="statement", source="words", ms=90)
SHOES = answer(
    "a3", "I don't know that about you. Nothing you told me mentions it.", source="words", abstained=True
)
GENERAL = answer(
    "a4",
    "Lisbon has two airports in plan and one in use:\n\n- **Humberto Delgado**, in the city\n- Montijo, "
    "not yet built\n\nThe metro's red line goes there; a ticket can be paid at the gate.",
    kind="general",
    source="general",
)
PLAIN = answer(
    "a5",
    "You said on 3 May: “Mara turns 40 this year, 28 November, we should plan something.” [1]\n\nMara said "
    "on 12 September: “Honestly a good linen notebook, nothing with a lock on it, haha.” [2]",
    source="memories",
    citations=[citation(n, f) for n, f in enumerate(FOUND[:2], start=1)],
    considered=[f["memory_id"] for f in FOUND[:2]],
)
LISBON = [
    *turns(
        "When does Mara want to leave for Lisbon, and what was the thing about the airport there?", GENERAL, 1
    ),
    *turns("When is Mara's birthday, and what did she say she wanted?", BIRTHDAY),
    *turns("I moved the flight to the 29th, so I'll see her on the Sunday.", MOVED),
    *turns("What is her shoe size?", SHOES),
]


def conversation(name: str, title: str, preview: str, days: int, temporary: bool = False) -> dict[str, Any]:
    return {
        "conversation": name,
        "title": title,
        "preview": preview,
        "updated": _time(days),
        "turns": 4,
        "temporary": temporary,
    }


CONVERSATIONS = [
    conversation("talk/1", "Lisbon trip", "Mara's birthday is on the Saturday, so I will", 0),
    conversation("talk/2", "Insurance letter", "The policy number is in the mail of March, the one with", 0),
    conversation("talk/3", "Piano lessons", "You said Tuesdays work best", 1),
    conversation("talk/4", "Groceries for Sunday", "Without walnuts, as always", 1),
    conversation("talk/5", "Moving to Oudegracht", "Keys on the 14th, meter readings before noon", 45),
    conversation("talk/6", "Running plan", "14 runs since March", 50),
]
STATUS = {
    "state": "unlocked",
    "memories": 4812,
    "pending_vectors": 0,
    "notices": [],
    "connections": 0,
    "model": {
        "name": "SmolLM2",
        "file": "smollm2.gguf",
        "bytes": 96_000_000,
        "resident_bytes": 81_000_000,
        "state": "ready",
    },
    "version": "0.1.0",
}


class SampleClient:
    """Serves the made-up life; `tell` sends a notification."""

    def __init__(
        self, conversations: list[dict[str, Any]] | None = None, more: dict[str, Any] | None = None
    ) -> None:
        self.more, self.calls = dict(more or {}), list[tuple[str, dict[str, Any]]]()
        self._listeners: list[Listener] = []
        self._guard = threading.Lock()
        self._conversations = CONVERSATIONS if conversations is None else conversations
        self.turns = {"talk/1": LISBON}

    def call(self, method: str, patience: float | None = None, **params: Any) -> Any:
        with self._guard:
            self.calls.append((method, params))
            return self.more[method] if method in self.more else self._answer(method, params)

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def close(self) -> None:
        self._listeners = []

    def tell(self, method: str, params: dict[str, Any]) -> None:
        for listener in self._listeners:
            listener(method, params)

    def _answer(self, method: str, params: dict[str, Any]) -> Any:
        every = {f["memory_id"]: f for f in FOUND}
        fixed: dict[str, Any] = {
            "status": STATUS,
            "model.status": STATUS["model"],
            "talk.conversations": self._conversations,
            "talk.turns": self.turns.get(params.get("conversation", ""), []),
            "talk.create": conversation("talk/new", "New conversation", "", 0, bool(params.get("temporary"))),
            "memory.get": every.get(params.get("memory_id", "")),
            "life.curve": sample_life.curve(),
            "life.pin": {**sample_life.curve(), "pinned": params.get("pinned")},
            "import.start": {"job": "j1"},
            "talk.again": {"turn": "t1"},
        }
        if method in ("talk.send", "talk.correct"):
            question = {"memory_id": "qx", "role": "person", "speaker": "me", "text": params["text"]}
            return {
                "turn": "t1",
                "question": {**question, "time": _time(0), "remembered": True, "answer": None},
            }
        return fixed.get(method, {})
