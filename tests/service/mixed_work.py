"""Work of all kinds on a service that may be killed at any moment; each notes what was acknowledged to it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from tests.service.kit import Ear

LINES = 12
"""Lines of an import: fewer than a batch, so that it is there as a whole or not at all."""

PAUSE = 0.1
"""Seconds between two imports: others want to write, too."""


@dataclass
class Acknowledged:
    """What the service said that it has done. `texts` {memory id: text}; `erased`: words of what was erased;
    `imports` {conversation: whether it was said to be done}; `edits`: values of facts;
    `answers` {answer id: ids that it cites}."""

    texts: dict[str, str] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)
    imports: dict[str, bool] = field(default_factory=dict)
    edits: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)


class MixedWork:
    """All workers of one round; every one goes on until the service is gone."""

    def __init__(self, client: Client, folder: Path, number: int, done: Acknowledged) -> None:
        self._client, self._folder, self._number, self._done = client, folder, number, done
        self._ear = Ear(client)
        works = (self._talk, self._note, self._bring, self._edit, self._erase)
        self._threads = [threading.Thread(target=self._guarded, args=(work,)) for work in works]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _guarded(self, work: Callable[[int], None]) -> None:
        turn = 0
        while True:
            try:
                work(turn)
            except RemoteFault as fault:
                assert fault.code == "closed", fault
                return
            turn += 1

    def _word(self, kind: str, turn: int) -> str:
        """No word is the beginning of another: what is looked for is never a part of what is still there."""
        return f"{kind}q{self._number}z{turn:05}"

    def _talk(self, turn: int) -> None:
        """Statements and questions, each waited for."""
        name = self._client.call("talk.create")["conversation"]
        text = f"My {self._word('parrot', turn)} lives in the shed."
        for said in (text, "Where does my parrot live?"):
            sent = self._client.call("talk.send", conversation=name, text=said)
            self._done.texts[sent["question"]["memory_id"]] = said
            heard = self._ear.until(
                lambda method, params, turn=sent["turn"]: (
                    method == "closed"  # type: ignore[misc]
                    or (method in ("turn.done", "turn.failed") and params["turn"] == turn)
                )
            )[-1]
            if heard[0] == "closed":
                raise RemoteFault("closed", "")
            if heard[0] == "turn.done":
                answer = heard[1]["answer"]
                self._done.answers[answer["answer_id"]] = [each["memory_id"] for each in answer["citations"]]

    def _note(self, turn: int) -> None:
        text = f"I like {self._word('Plum', turn)}. I live in {self._word('Town', turn)}."
        self._done.texts[self._client.call("remember", text=text)["memory_id"]] = text

    def _bring(self, turn: int) -> None:
        name = self._word("chat", turn)
        lines = [
            {
                "id": str(n),
                "conversation": name,
                "speaker": "Mara",
                "time": None,
                "text": f"{name} line {n} of many",
            }
            for n in range(LINES)
        ]
        source = self._folder / f"{name}.jsonl"
        source.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
        self._done.imports[name] = False
        waited = threading.Event()
        ended: list[bool] = []

        def hear(method: str, _params: dict[str, object]) -> None:
            if method in ("import.done", "closed"):
                ended.append(method == "import.done")
                waited.set()

        self._client.subscribe(hear)
        self._client.call("import.start", paths=[str(source)], me="Mara")
        waited.wait(60)
        self._done.imports[name] = ended[0]
        time.sleep(PAUSE)

    def _edit(self, turn: int) -> None:
        value = self._word("Dish", turn)
        self._client.call("facts.add", slot="likes", value=value)
        self._done.edits.append(value)

    def _erase(self, turn: int) -> None:
        """What it has just told."""
        word = self._word("secret", turn)
        told = self._client.call("remember", text=f"My {word} is buried.")["memory_id"]
        self._client.call("memory.erase", memory_ids=[told])
        self._done.erased.append(word)
