"""From a switch of conversation to the first token, beside reading the conversation again, in turns.

    python benchmarks/switching.py [--models FOLDER] [--sizes 500 2000 8000] [--rounds 5] [--json]
    python benchmarks/switching.py --soak MINUTES [--conversations 200] [--json]

Through the real process of the model and the real encrypted files. In each round two conversations of as many
tokens are switched to and fro: the file of the one is read, decrypted, sent and put back, and the prompt's last
words are read. *Again*: the prompt as it was left. *Next*: with the answer and a new question. Both after
some seconds in the other conversation. *At once*: as *again*, but the other is left as soon as its answer has
come, so its state is taken out and sent first. *Ahead*: as *again*, but the conversation was entered when it was
opened, before the question; *switch* is how long that took. The peer is the
same process with nothing kept that reads the same prompt from its first token. Every answer must be the peer's;
in this process, the scores after a state that went through the files must be those of a context that has
read nothing else, bit by bit. *Plain* is that prompt in batches of 512, as llama-cpp-python's own `Llama` reads
it. The soak is `switching_soak.py`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import psutil

from second_me.core.ports import Message, Sampling
from second_me.models.chat import ChatContext
from second_me.models.client import ModelProcess
from second_me.models.context import Context
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE, fetch_starter
from second_me.storage.keys import KdfParameters
from second_me.storage.states import States
from second_me.storage.vault import create_vault

LENGTH = 8704
"""Tokens of context: 8,000, the answer and the next question."""

ANSWER = Sampling(max_tokens=8)
WAYS = ("switch", "next", "again", "at once", "ahead", "prefill")
PAUSE = 2.5
"""Seconds until a state is saved: a second of rest, and the time between two looks."""
SYSTEM = Message("system", "You are calm and honest, and answer briefly, in one or two sentences.")
SENTENCES = (
    "{name} walked along the river and counted {n} boats before the rain came.",
    "The train from {place} was {n} minutes late, and nobody could say why.",
    "In the evening {name} cooked soup with {n} carrots and read an old newspaper.",
    "There is a shop in {place} which sells nothing but maps; {n} of them hang in the window.",
)
WHO = {"a": ("Anna", "Thun"), "b": ("Ben", "Olten")}


def talk(model: LoadedModel, size: int, name: str, place: str) -> list[Message]:
    """A conversation of about so many tokens, ending with a question."""
    said, number = [SYSTEM], 0
    while True:
        texts = [SENTENCES[(number + k) % 4].format(name=name, place=place, n=number + k) for k in range(3)]
        more = [Message("user", " ".join(texts[:2])), Message("assistant", texts[2])]
        asked = [*said, *more, Message("user", f"What did {name} cook?")]
        if len(model.prompt(asked).tokens) > size:
            return [*said, asked[-1]]
        said += more
        number += 3


def following(base: Sequence[Message]) -> list[Message]:
    """The next prompt of the conversation."""
    return [*base, Message("assistant", "It was a soup."), Message("user", "And what did the shop sell?")]


class House:
    """A vault with its states, and the model's process."""

    def __init__(self, folder: Path, chat: Path, most_bytes: int, length: int) -> None:
        quick = KdfParameters(memory_kib=64, iterations=1, lanes=1)
        self.vault, _ = create_vault(folder / "vault", "benchmark-passphrase", quick)
        self.states = States(self.vault, most_bytes)
        self.process = ModelProcess(chat, None, states=self.states, length=length)

    def first_token(self, prompt: Sequence[Message], conversation: str | None) -> tuple[float, str]:
        """(seconds to the first words, the answer)."""
        began = time.perf_counter()
        stream = self.process.generator.stream(prompt, ANSWER, lambda: False, conversation)
        first = next(stream)
        return time.perf_counter() - began, first + "".join(stream)

    def open(self, conversation: str) -> float:
        """As a window does: enter it ahead of the question; seconds until that is done."""
        switching = self.process.switching
        began = time.perf_counter()
        self.process.prepare(conversation)
        while switching._inside is None or switching._inside[1] != conversation:
            time.sleep(0.001)
        return time.perf_counter() - began

    def prefill(self, prompt: Sequence[Message]) -> tuple[float, str]:
        """The same from nothing."""
        with self.process.forgetting():
            pass
        return self.first_token(prompt, None)

    def close(self) -> None:
        self.process.close()
        self.states.close()
        self.vault.close()


@contextmanager
def house(chat: Path, most_bytes: int, length: int = LENGTH) -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        made = House(Path(folder), chat, most_bytes, length)
        try:
            yield made
        finally:
            made.close()


def measure(place: House, talks: dict[str, list[Message]], rounds: int) -> dict[str, Any]:
    """Times in seconds of every way, and whether all answers were the peer's."""
    times: dict[str, list[float]] = {}
    answers: dict[tuple[str, str], set[str]] = {}

    def ask(name: str, way: str, prompt: list[Message], kept: bool = True) -> None:
        took, answer = place.first_token(prompt, name) if kept else place.prefill(prompt)
        answers.setdefault((name, str(len(prompt))), set()).add(answer)
        times.setdefault(way, []).append(took)

    for number in range(rounds):
        for way in ("before", "next", "again", "at once", "ahead"):
            for name, base in talks.items():
                later = way != "before"
                if way != "at once":
                    time.sleep(PAUSE)
                if way == "ahead":
                    times.setdefault("switch", []).append(place.open(name))
                ask(name, way, following(base) if later else base)
        name = sorted(talks)[number % 2]
        ask(name, "prefill", following(talks[name]), kept=False)
    same = all(len(said) == 1 for said in answers.values())
    return {way: times[way] for way in WAYS} | {"same": same}


def identical(model: LoadedModel, states: States, base: list[Message]) -> dict[str, Any]:
    """Scores after a state that went through the files, and what each part of the way takes in seconds."""

    def scores(chat: ChatContext, prompt: list[Message]) -> np.ndarray[Any, np.dtype[np.float32]]:
        list(chat.answer(prompt, Sampling(max_tokens=1)))
        return chat._context.logits(-1).copy()

    parts: dict[str, float] = {}

    def timed(name: str, began: float) -> float:
        parts[name] = time.perf_counter() - began
        return time.perf_counter()

    used, other = ChatContext(model, LENGTH), ChatContext(model, LENGTH)
    used.enter("identical")
    scores(used, base)
    began = time.perf_counter()
    state = used.to_save()
    began = timed("take out", began)
    assert state is not None
    states.keep("identical", state)
    while not (found := states._path(states._key or b"", "identical")).exists():
        time.sleep(0.001)
    timed("encrypt and write", began)
    began = time.perf_counter()
    read = states.find("identical")
    began = timed("read and decrypt", began)
    assert read is not None and bytes(read) == bytes(state)
    assert other.enter("identical", read)
    timed("put back", began)
    restored, uninterrupted = scores(other, following(base)), scores(used, following(base))
    other.forget()
    fresh = scores(other, following(base))
    for chat in (used, other):
        chat.close()
    timed("plain", _plain(model, following(base)))
    same = np.array_equal(restored, fresh) and np.array_equal(uninterrupted, fresh)
    return {"same": same, "bytes": len(state), "file": found.stat().st_size, "parts": parts}


def _plain(model: LoadedModel, prompt: list[Message]) -> float:
    """When reading a prompt began, in batches of 512 and without a cut at messages; it is read on return."""
    context, tokens = Context(model, LENGTH, 512, outputs=1), model.prompt(prompt).tokens
    began = time.perf_counter()
    for start in range(0, len(tokens), 512):
        context.decode(tokens[start : start + 512], start)
    took = time.perf_counter() - began
    context.close()
    return time.perf_counter() - took


def summary(size: int, found: dict[str, Any], check: dict[str, Any]) -> dict[str, Any]:
    median = {way: statistics.median(found[way]) for way in WAYS}
    return {
        "tokens": size,
        "rounds": len(found["prefill"]),
        **{f"{way.replace(' ', '_')}_ms": round(1000 * median[way], 1) for way in median},
        **{f"{way.replace(' ', '_')}_ratio": round(median["prefill"] / median[way], 1) for way in WAYS[:5]},
        "spread_ms": {
            way: [round(1000 * min(found[way]), 1), round(1000 * max(found[way]), 1)] for way in median
        },
        "answers_identical": found["same"],
        "logits_identical": check["same"],
        "state_bytes": check["bytes"],
        "parts_ms": {name: round(1000 * took, 1) for name, took in check["parts"].items()},
    }


def main() -> int:
    """Exit code 1 when a bit or an answer differs."""
    options = _options()
    fetch_starter(options.models, lambda _file, _done, _total: None)
    chat = options.models / CHAT_FILE
    if options.soak:
        from switching_soak import soak

        found = soak(chat, options.soak, options.conversations)
        print(json.dumps(found, indent=None if options.json else 1))
        return 0 if found["ok"] else 1
    rows = []
    model = LoadedModel(chat)
    for size in options.sizes:
        with house(chat, 4 << 30) as place:
            talks = {name: talk(model, size, *who) for name, who in WHO.items()}
            found = measure(place, talks, options.rounds if size < 8000 else min(options.rounds, 3))
            place.process.close()
            rows.append(summary(size, found, identical(model, place.states, talks["a"])))
        if not options.json:
            print(json.dumps(rows[-1]), flush=True)
    model.close()
    if options.json:
        print(json.dumps({"load": psutil.getloadavg(), "rows": rows}))
    return 0 if all(row["answers_identical"] and row["logits_identical"] for row in rows) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    cache = platformdirs.user_cache_path("second-me-tests") / "models"
    parser.add_argument("--models", type=Path, default=cache)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000, 8000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--soak", type=float, metavar="MINUTES")
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
