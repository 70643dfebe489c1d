"""Prompt-lookup drafting against plain writing: what drafts copied from the prompt save, and what they cost.

    python benchmarks/lookup.py MODEL [--data LOCOMO] [--prompts 12] [--turns 3] [--threads 2] [--json]

Answers often copy from the memories in the prompt. So the tokens that followed the last few tokens where they
stood before are drafted, read in one batch behind the last token, and kept as far as the model would have
drawn them (prompt lookup decoding, Saxena 2023; llama.cpp's `lookup`). *Plain* is one token after the other.
Prompts are the app's own (`answer_prompt`): questions of LoCoMo's form in DATA with the turns that hold the
answer, filled up to two with their neighbours, and questions about sixty turns that were made up
(`first_token.py`) with the two turns that share the most with them. Greedy, with the app's penalty.

Every side writes on from the same KV of each prompt; the order rotates from turn to turn. Each side counts with
its shortest time of a prompt, which is the one that other programs disturbed least (with `--threads 1` it is the
processor's), and a ratio is of the same prompt. *Accepted* counts drafted tokens that stood, *equal* answers that
are plain's to the last character (a token that is read in a batch is rounded otherwise than one read alone).
First comes what a batch of so many tokens takes against one token.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from first_token import made_up
from locomo import questions_of, turns_of
from overhead import FixedCores, clock_of

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.ports import Sampling
from second_me.core.recall.keys import query_terms, words
from second_me.core.twin.prompt import STARTER, answer_prompt, fitting
from second_me.core.twin.twin import ANSWER_TOKENS
from second_me.models.context import Context
from second_me.models.fit import BATCH
from second_me.models.llama import LoadedModel
from second_me.models.sampler import PENALTY_REACH, penalised
from second_me.models.threads import physical_cores

LENGTH = 1024
PENALTY = Sampling().repeat_penalty
SHOWN = STARTER.memories
COPIED = 4
"""Words in a row that an answer shares with its memories from which it counts as one that copies."""
SIZES = (1, 2, 3, 4, 5, 6, 8, 9)
SIZE_TURNS = 15


@dataclass(frozen=True)
class Way:
    """How to write. `draft`: tokens drafted at most (0: plain); `gram`: how many must have stood before."""

    draft: int
    gram: int

    @property
    def name(self) -> str:
        """For the table."""
        return f"{self.gram}-gram, {self.draft} drafted" if self.draft else "plain"


WAYS = (Way(0, 0), *(Way(draft, gram) for gram in (2, 3) for draft in (2, 3, 5, 8)))


@dataclass
class Written:
    """One answer of one way. `seconds` without reading the prompt."""

    tokens: list[int]
    seconds: float
    drafts: int = 0
    drafted: int = 0
    accepted: int = 0


def episode(number: int, line: dict[str, Any]) -> Episode:
    """A turn as the prompt takes it."""
    when = datetime.fromisoformat(line["time"])
    return Episode(
        str(number), number, line["conversation"], line["id"], line["speaker"], Role.OTHER, Kind.TURN,
        line["text"], when, when, 0,
    )  # fmt: skip


def locomo(data: Path, count: int) -> Iterator[tuple[str, list[Episode]]]:
    """Questions with the turns that answer them, spread over all conversations and kinds."""
    asked = []
    for sample in json.loads(data.read_text("utf-8")):
        lines = turns_of(sample)
        at = {line["id"]: number for number, line in enumerate(lines)}
        for question in questions_of(sample):
            places = sorted(at[found] for found in question["evidence"] if found in at)[:SHOWN]
            if places and question["category"] != 5:
                if len(places) < SHOWN:
                    places.append(min(places[-1] + 1, len(lines) - 1))
                asked.append((question["question"], [episode(place, lines[place]) for place in places]))
    yield from asked[:: max(1, len(asked) // count)][:count]


def own(count: int) -> Iterator[tuple[str, list[Episode]]]:
    """Questions about the turns that were made up, with those that share the most words with them."""
    lines, questions = made_up()
    for question in questions[:count]:
        terms = set(query_terms(question))
        order = sorted(range(len(lines)), key=lambda n: -len(terms & set(words(lines[n]["text"]))))
        yield question, [episode(number, lines[number]) for number in order[:SHOWN]]


def draft_of(tokens: Sequence[int], way: Way) -> list[int]:
    """What followed the last `gram` tokens where they stood last before."""
    tail = list(tokens[-way.gram :])
    for start in range(len(tokens) - way.gram - 1, -1, -1):
        if tokens[start : start + way.gram] == tail:
            return list(tokens[start + way.gram : start + way.gram + way.draft])
    return []


def write(context: Context, prompt: list[int], first: int, way: Way) -> Written:
    """Write on after the prompt, whose KV is there and whose first token is drawn."""
    model, context_tokens, answer = context.model, [*prompt, first], [first]
    result, clock = Written(answer, 0.0), clock_of(model.cores.most)
    began = clock()
    while len(answer) < ANSWER_TOKENS and not model.ends(answer[-1]):
        position = len(context_tokens) - 1
        draft = draft_of(context_tokens, way)[: ANSWER_TOKENS - len(answer) - 1] if way.draft else []
        context.decode([answer[-1], *draft], position, every=True)
        stood = 0
        for index in range(len(draft) + 1):
            scores = penalised(context.logits(index), answer[-PENALTY_REACH:], PENALTY)
            token = int(scores.argmax())
            model.piece(token)
            answer.append(token)
            context_tokens.append(token)
            if index == len(draft) or token != draft[index] or model.ends(token):
                break
            stood += 1
        if stood < len(draft):
            context.forget(position + stood + 1)
        result.drafts += bool(draft)
        result.drafted += len(draft)
        result.accepted += stood
    result.seconds = clock() - began
    return result


def read(context: Context, prompt: list[int]) -> int:
    """Read a prompt from nothing; the first token of the answer."""
    context.forget(0)
    for start in range(0, len(prompt), BATCH):
        context.decode(prompt[start : start + BATCH], start)
    return int(context.logits(-1).argmax())


def batches(context: Context, prompt: list[int]) -> dict[int, float]:
    """Milliseconds of a batch by its number of tokens, after the prompt; the least of turns that rotate."""
    read(context, prompt)
    clock = clock_of(context.model.cores.most)
    taken: dict[int, list[float]] = {size: [] for size in SIZES}
    for number in range(SIZE_TURNS + 1):
        for size in SIZES[number % len(SIZES) :] + SIZES[: number % len(SIZES)]:
            began = clock()
            context.decode(prompt[:size], len(prompt), every=True)
            context.logits(size - 1)
            taken[size].append(1000 * (clock() - began))
            context.forget(len(prompt))
    return {size: min(times) for size, times in taken.items()}


def copies(text: str, memories: Sequence[Episode]) -> bool:
    """Whether an answer repeats some words in a row of its memories."""
    said = re.findall(r"\w+", text.lower())
    shown = " ".join(" ".join(re.findall(r"\w+", memory.text.lower())) for memory in memories)
    runs = (" ".join(said[at : at + COPIED]) for at in range(len(said) - COPIED + 1))
    return any(f" {run} " in f" {shown} " for run in runs)


def measure(model: LoadedModel, asked: Sequence[tuple[str, list[Episode]]], turns: int) -> dict[str, Any]:
    """All ways on all prompts."""
    context = Context(model, LENGTH, BATCH)
    prompts, rows = [], []
    for question, memories in asked:
        shown = fitting(memories, STARTER, lambda text: len(model.tokenize(text)))
        prompts.append((model.prompt(answer_prompt(question, shown)), shown))
    cost = batches(context, prompts[0][0])
    for prompt, shown in prompts:
        first = read(context, prompt)
        if model.ends(first):
            continue
        found: dict[str, list[Written]] = {way.name: [] for way in WAYS}
        for number in range(turns):
            turn = number % len(WAYS) * 4 % len(WAYS)
            for way in WAYS[turn:] + WAYS[:turn]:
                found[way.name].append(write(context, prompt, first, way))
                context.forget(len(prompt))
        text = b"".join(map(model.piece, found["plain"][0].tokens)).decode("utf-8", "replace")
        rows.append({"prompt": len(prompt), "text": text, "copies": copies(text, shown), "found": found})
    context.close()
    return {"batch_ms": cost, "ways": [summary(way, rows) for way in WAYS], "answers": [
        {key: row[key] for key in ("prompt", "text", "copies")} for row in rows
    ]}  # fmt: skip


def summary(way: Way, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One way over all prompts. `ratio`: tokens a second over plain's, the median over prompts."""
    speeds = [max(map(speed, row["found"][way.name])) for row in rows]
    ratios = [own / max(map(speed, row["found"]["plain"])) for own, row in zip(speeds, rows, strict=True)]
    once = [row["found"][way.name][0] for row in rows]
    drafts = sum(each.drafts for each in once)
    return {
        "way": way.name,
        "tokens_a_second": statistics.median(speeds),
        "ratio": statistics.median(ratios),
        "ratio_copying": middle([r for r, row in zip(ratios, rows, strict=True) if row["copies"]]),
        "ratio_others": middle([r for r, row in zip(ratios, rows, strict=True) if not row["copies"]]),
        "least_ratio": min(ratios),
        "greatest_ratio": max(ratios),
        "drafted": sum(each.drafted for each in once),
        "accepted_a_draft": sum(each.accepted for each in once) / drafts if drafts else None,
        "drafts_a_token": drafts / sum(len(each.tokens) for each in once),
        "equal": sum(row["found"][way.name][0].tokens == row["found"]["plain"][0].tokens for row in rows),
    }


def speed(written: Written) -> float:
    """Tokens a second after the first, which comes with the prompt."""
    return (len(written.tokens) - 1) / written.seconds


def middle(values: Sequence[float]) -> float | None:
    """The median, where there is one."""
    return statistics.median(values) if values else None


def show(result: dict[str, Any]) -> None:
    """The figures as lines."""
    one = result["batch_ms"][1]
    sizes = (f"{size}: {ms:.1f} ms ({ms / one:.2f})" for size, ms in result["batch_ms"].items())
    print("tokens in a batch:", ", ".join(sizes))
    copying = sum(row["copies"] for row in result["answers"])
    print(f"{len(result['answers'])} answers, {copying} of them copy {COPIED} words in a row or more")
    print(f"{'':20}{'tok/s':>7}{'ratio':>7}{'copying':>9}{'others':>8}{'least':>7}{'most':>6}{'accepted':>10}"
          f"{'drafts':>8}{'equal':>7}")  # fmt: skip
    for row in result["ways"]:
        numbers = [
            row[key] for key in ("ratio", "ratio_copying", "ratio_others", "least_ratio", "greatest_ratio")
        ]
        said = [f"{number:.2f}" if number is not None else "-" for number in numbers]
        accepted = f"{row['accepted_a_draft']:.2f}" if row["accepted_a_draft"] is not None else "-"
        print(
            f"{row['way']:20}{row['tokens_a_second']:7.1f}{said[0]:>7}{said[1]:>9}{said[2]:>8}{said[3]:>7}"
            f"{said[4]:>6}{accepted:>10}{row['drafts_a_token']:8.2f}{row['equal']:7}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--prompts", type=int, default=12, help="of each kind")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    asked = [*own(arguments.prompts), *(locomo(arguments.data, arguments.prompts) if arguments.data else ())]
    model = LoadedModel(arguments.model, FixedCores(arguments.threads), repack=True)
    result = measure(model, asked, arguments.turns)
    model.close()
    result = {"model": arguments.model.name, "threads": arguments.threads, **result}
    if arguments.json:
        print(json.dumps(result))
    else:
        show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
