"""From Enter to the memories on the screen, to the first token, to the end; plain llama-cpp-python beside it.

    python benchmarks/first_token.py [DATA] [--models FOLDER] [--questions 12] [--json]

The turns go through the real service in a home of its own: a conversation is imported, each question is a
turn of a new conversation. *Cold* is the first turn of a service that has just been unlocked: no model is
loaded. *Plain* is the high-level `Llama` class on the same GGUF with the same prompt and as many threads, up
to its first token, measured right after each turn, its model loaded before. DATA is a file in the form of
LoCoMo's `locomo10.json`, of which the first conversation is taken; without it, a small one that was made up.
"""

from __future__ import annotations

import argparse
import json
import queue
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import llama_cpp
from locomo import questions_of, turns_of

from second_me.app.paths import HomeLayout
from second_me.app.service.client import Client
from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.twin.prompt import STARTER, answer_prompt, fitting
from second_me.models.client import ModelProcess
from second_me.models.starter import fetch_starter
from second_me.models.threads import FreeCores

PASSPHRASE = "benchmark-passphrase"
COLD_STARTS = 3
CONTEXT = 4096
PATIENCE = 120.0
"""Seconds that a turn may take."""

ME, OTHER = "Mara", "Jonas"
TALK = """\
Hi Jonas, I finally moved to Bern last weekend.|Great! Which part of the town?
I rent a small flat in the Lorraine quarter, on the third floor.|Is it quiet there?
Yes, except for the tram. My neighbour is called Mrs Keller.|Do you have a garden?
No garden, but a balcony with tomatoes and basil.|I envy you, mine died of frost.
I start my new job at the city library on Monday.|What will you do there?
I will look after the old maps and scan them.|That suits you.
My brother Tim plays the cello in an orchestra in Basel.|Do you go to his concerts?
I went to one in March, they played Dvorak.|I have never been there.
By the way, I am allergic to hazelnuts, so no cake of your aunt.|Noted! She bakes with almonds too.
My dentist is Doctor Frei, she is on Market Street.|Is she good?
Very gentle. She pulled my wisdom tooth in April.|Ouch.
I bought a red bicycle for 340 francs.|Second hand?
Yes, from a student in Thun.|Well done.
My sister Anna has her birthday on the ninth of June.|What will you give her?
She wants a book about mushrooms.|I know a good one.
My cat is called Minka and she is eleven years old.|Is she healthy?
She has bad kidneys and gets special food.|Poor thing.
We are going to Lisbon in September for ten days.|Who is coming along?
Anna and her husband Luca, we booked the train.|By train to Portugal, brave.
I am learning Portuguese on Tuesday evenings.|How is it going?
Slowly, the verbs are hard for me.|Say something!
My car broke down near Olten, the gearbox is done for.|What did you do?
I sold it to a garage for 800 francs.|So you cycle now.
I run ten kilometres every Sunday along the Aare.|In winter too?
Only when there is no ice on the path.|Sensible.
My favourite dish is still lentil soup with lemon.|I will cook it for you.
My mother had an operation on her knee in May.|How is she?
She walks again with a stick and complains about it.|So she is well.
The wifi at the flat is from the provider in the cellar, box number 12.|Good to know.
I want to see the northern lights before I am forty.|Go to Tromso."""
QUESTIONS = (
    "Where did I move to?", "What does my brother play?", "What am I allergic to?", "What is my cat called?",
    "When is Anna's birthday?", "Who is my dentist?", "Where are we going in September?", "What did I buy?",
    "What is my favourite dish?", "What am I learning on Tuesday evenings?", "Where do I work?",
    "What happened to my car?",
)  # fmt: skip


def made_up() -> tuple[list[dict[str, Any]], list[str]]:
    """Sixty turns over ten days, and questions about them."""
    lines: list[dict[str, Any]] = []
    when = datetime(2024, 5, 3, 18, 0)
    for number, row in enumerate(TALK.splitlines()):
        said = zip((ME, OTHER), row.split("|"), strict=True)
        for speaker, text in said:
            lines.append(
                {
                    "id": str(len(lines)),
                    "conversation": "made-up",
                    "speaker": speaker,
                    "time": (when + timedelta(days=number // 3, minutes=len(lines))).isoformat(),
                    "text": text,
                }
            )
    return lines, list(QUESTIONS)


def given(data: Path, number: int) -> tuple[list[dict[str, Any]], list[str]]:
    """The first conversation of LoCoMo's form, and questions that it answers, spread over it."""
    sample = json.loads(data.read_text("utf-8"))[0]
    asked = [q["question"] for q in questions_of(sample) if q["category"] != 5]
    return turns_of(sample), asked[:: max(1, len(asked) // number)]


class Person:
    """Who types: a client of the service of a home."""

    def __init__(self, home: Path) -> None:
        self._heard: queue.SimpleQueue[tuple[float, str, dict[str, Any]]] = queue.SimpleQueue()
        self.client = Client.connect(home, "cli")
        self.client.subscribe(lambda method, said: self._heard.put((time.perf_counter(), method, said)))
        self.client.call(
            "vault.create" if self.client.state == "absent" else "vault.unlock", passphrase=PASSPHRASE
        )

    def bring(self, file: Path, me: str | None) -> None:
        """Import a file and wait for its vectors."""
        job = self.client.call("import.start", paths=[str(file)], format="jsonl", me=me, wait=True)["job"]
        while True:
            _, method, said = self._heard.get(timeout=10 * PATIENCE)
            if method == "import.done" and said["job"] == job:
                return

    def ask(self, question: str) -> dict[str, Any]:
        """One turn: milliseconds from Enter, the memories that were shown, the answer."""
        name = self.client.call("talk.create")["conversation"]
        entered = time.perf_counter()
        turn = self.client.call("talk.send", conversation=name, text=question)["turn"]
        seen: dict[str, Any] = {"question": question, "memories": [], "said": ""}
        while True:
            at, method, said = self._heard.get(timeout=PATIENCE)
            if said.get("turn") != turn:
                continue
            passed = (at - entered) * 1000
            if method == "turn.recalled":
                seen |= {"recalled": passed, "memories": said["memories"]}
            elif method == "turn.token":
                seen.setdefault("first_token", passed)
                seen["said"] += said["text"]
            elif method in ("turn.done", "turn.failed"):
                return seen | {"end": passed, "answer": said.get("answer")}

    def leave(self, lock: bool = False) -> None:
        """Hang up; with `lock`, end the service and wait until it has gone."""
        if lock:
            self.client.call("vault.lock")
            while self._heard.get(timeout=PATIENCE)[1] != "closed":
                pass
        self.client.close()


class Plain:
    """What llama-cpp-python does with the same prompt by itself. It keeps the prompt's beginning too."""

    def __init__(self, file: Path) -> None:
        self._cores = FreeCores()
        self._llama = llama_cpp.Llama(
            str(file),
            n_ctx=CONTEXT,
            n_threads=self._cores.most,
            n_threads_batch=self._cores.most,
            verbose=False,
        )

    def first_token(self, question: str, memories: Sequence[Episode]) -> float:
        """Milliseconds to the first piece of text."""
        threads = self._cores.threads()
        llama_cpp.llama_set_n_threads(self._llama.ctx, threads, threads)
        messages = [
            {"role": each.role, "content": each.content} for each in answer_prompt(question, memories)
        ]
        started = time.perf_counter()
        pieces = self._llama.create_chat_completion(messages, stream=True, temperature=0.0, max_tokens=4)
        for piece in pieces:
            if piece["choices"][0]["delta"].get("content"):
                break
        passed = (time.perf_counter() - started) * 1000
        pieces.close()
        return passed

    def count(self, text: str) -> int:
        """Tokens of a text."""
        return len(self._llama.tokenize(text.encode(), add_bos=False))

    def close(self) -> None:
        """Give the model back."""
        self._llama.close()


def episode(memory: dict[str, Any]) -> Episode:
    """A memory of the protocol as the prompt takes it."""
    when = datetime.fromisoformat(memory["time"]) if memory["time"] else None
    return Episode(
        memory["memory_id"], 0, memory["conversation"], memory["source_id"], memory["speaker"],
        Role(memory["role"]), Kind(memory["kind"]), memory["text"], when, when or datetime.min, 0,
    )  # fmt: skip


def beside(plain: Plain, turn: dict[str, Any]) -> None:
    """Give the turn's prompt to the plain library too; what it took goes into the turn."""
    strong = [episode(each) for each in turn["memories"] if each["strength"] >= 0.5]
    shown = fitting(strong, STARTER, plain.count)
    if "first_token" in turn and shown:
        turn["plain"] = plain.first_token(turn["question"], shown)


def embedding_times(embedder: Path, questions: Sequence[str]) -> list[float]:
    """Milliseconds that the vector of a question takes, the embedder loaded."""
    process = ModelProcess(None, embedder)
    times = []
    try:
        process.embedder.embed(["warm"], urgent=True)
        for question in questions:
            started = time.perf_counter()
            process.embedder.embed([question], urgent=True)
            times.append((time.perf_counter() - started) * 1000)
    finally:
        process.close()
    return times


@contextmanager
def scratch() -> Any:
    """A folder that goes when all is over."""
    folder = Path(tempfile.mkdtemp(prefix="second-me-benchmark-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(
    lines: list[dict[str, Any]], questions: list[str], me: str | None, models: Path | None
) -> dict[str, Any]:
    """All turns, cold and warm, and the times of the parts."""
    with scratch() as folder:
        home = folder / "home"
        if models:
            shutil.copytree(models, home / "models")
        files = fetch_starter(HomeLayout(home).models, lambda _file, _done, _total: None)
        turns = folder / "turns.jsonl"
        turns.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        person = Person(home)
        person.bring(turns, me)
        cold = []
        for at in range(COLD_STARTS):
            person.leave(lock=True)
            person = Person(home)
            cold.append(person.ask(questions[at % len(questions)]))
        plain = Plain(files.chat)
        warm = []
        for question in questions:
            warm.append(person.ask(question))
            beside(plain, warm[-1])
        person.leave(lock=True)
        plain.close()
        return {"cold": cold, "warm": warm, "embedding": embedding_times(files.embedder, questions)}


def middle(turns: Sequence[dict[str, Any]], what: str) -> float | None:
    """The median over the turns that have it, in milliseconds."""
    values = [turn[what] for turn in turns if what in turn]
    return round(statistics.median(values), 1) if values else None


def summary(measured: dict[str, Any], turns: int) -> dict[str, Any]:
    """The figures to report; all times are medians in milliseconds."""
    warm = measured["warm"]
    pairs = [turn for turn in warm if "plain" in turn]
    answers = [turn["answer"] for turn in warm if turn["answer"]]
    embedding = statistics.median(measured["embedding"])
    recalled = middle(warm, "recalled") or 0.0
    reading = [turn["first_token"] - turn["recalled"] for turn in warm if "first_token" in turn]
    return {
        "turns": turns,
        "questions": len(warm),
        "cold": {what: middle(measured["cold"], what) for what in ("recalled", "first_token", "end")},
        "warm": {what: middle(warm, what) for what in ("recalled", "first_token", "end")},
        "parts": {
            "embedding": round(embedding, 1),
            "storing_and_recall": round(recalled - embedding, 1),
            "prompt_to_first_token": round(statistics.median(reading), 1) if reading else None,
        },
        "plain_first_token": middle(pairs, "plain"),
        "ratio": round(statistics.median(t["first_token"] / t["plain"] for t in pairs), 2) if pairs else None,
        "accepted": sum(answer["source"] == "model" for answer in answers),
        "written": sum("first_token" in turn for turn in warm),
        "abstained": sum(answer["abstained"] for answer in answers),
    }


def show(result: dict[str, Any]) -> None:
    """The figures as lines."""
    print(f"{result['turns']} turns, {result['questions']} questions; medians in milliseconds from Enter")
    print(f"{'':6}{'memories':>10}{'first token':>13}{'end':>8}")
    for state in ("cold", "warm"):
        row = result[state]
        print(f"{state:6}{row['recalled']!s:>10}{row['first_token']!s:>13}{row['end']!s:>8}")
    print("of it, warm:", ", ".join(f"{part} {ms}" for part, ms in result["parts"].items()))
    print(
        f"plain llama-cpp-python, same prompt, to its first token: {result['plain_first_token']};"
        f" ours over it: {result['ratio']}"
    )
    print(
        f"words of the model that stood: {result['accepted']} of {result['written']} written;"
        f" {result['abstained']} of {result['questions']} questions: not known"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--questions", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    lines, questions = given(arguments.data, arguments.questions) if arguments.data else made_up()
    me = None if arguments.data else ME
    measured = measure(lines, questions[: arguments.questions], me, arguments.models)
    result = summary(measured, len(lines))
    if arguments.json:
        turns = [
            {key: value for key, value in turn.items() if key != "memories"} for turn in measured["warm"]
        ]
        print(json.dumps({**result, "asked": turns}))
    else:
        show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
