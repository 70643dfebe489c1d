"""What the extracts of sessions hold, where segments end, and how long making grains takes.

    python benchmarks/overviews.py DATA [--models FOLDER] [--json] [--show CONVERSATION]

DATA is a file in the form of LoCoMo's `locomo10.json`. Its turns go into a vault of their own; with a folder that
holds the starter models they get vectors, without one segments are cut by words.

Coverage: of the turns that are evidence for LoCoMo's questions, the share of which a sentence stands in the
extract of its session; beside as many sentences from the session's beginning, at random (mean of 20 draws), and
the longest ones. The extracts know nothing of the questions. Segments: three exchanges or more of different
sessions of one conversation are joined, and the cuts compared with the seams: Pk (Beeferman 1999; smaller is
better, an even grid and no cut at all beside).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from recall_locomo import questions_of, turns_of

from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import Episode, NewEpisode
from second_me.core.ports import Embedder, EnvironmentFault, Scope
from second_me.core.recall.extracts import Pointer, Sentence, sentences_of
from second_me.core.recall.grains import Grain, GrainMaker, rows_of, sentences_at
from second_me.core.recall.keys import date_words, search_key
from second_me.core.recall.rarity import Rarity
from second_me.core.recall.recall import vector_key
from second_me.core.recall.segments import exchanges, segments
from second_me.models.client import ModelProcess
from second_me.models.starter import find_models
from second_me.storage.index.full_text import FullText
from second_me.storage.index.vectors import Vectors
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.repositories.grains import Grains
from second_me.storage.vault import Vault, create_vault

NOW = datetime(2030, 1, 1)
DRAWS = 20


class Place:
    """A vault with the data in it."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.episodes, self.words, self.vectors = (
            Episodes(vault, search_key, split), FullText(vault), Vectors(vault),
        )  # fmt: skip
        self.grains, self.rarity = Grains(vault), Rarity(self.words)
        self.maker = GrainMaker(self.grains, self.episodes.by_seq, self.rarity)

    def take_in(self, samples: Sequence[dict[str, Any]]) -> int:
        """Store all turns; returns how many."""
        lines = [line for sample in samples for line in turns_of(sample)]
        new = [
            NewEpisode(
                line["conversation"], line["speaker"], line["text"], datetime.fromisoformat(line["time"]),
                source_id=line["id"], origin="import",
            )
            for line in lines
        ]  # fmt: skip
        return self.episodes.append_many(new, NOW)[0]

    def embed(self, embedder: Embedder) -> float:
        """Give every chunk its vector; returns seconds."""
        started = time.perf_counter()
        self.vectors.use_embedder(embedder.name, embedder.dimensions)
        while chunks := self.vectors.pending(64):
            rows = embedder.embed([vector_key(chunk.text, chunk.speaker) for chunk in chunks])
            self.vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})
        return time.perf_counter() - started

    def make(self) -> float:
        """Make all grains; returns seconds."""
        started = time.perf_counter()
        while self.maker.make_next(NOW):
            pass
        return time.perf_counter() - started

    def sessions(self, conversation: str) -> dict[int, list[Episode]]:
        """The turns of a conversation by session, in order."""
        found: dict[int, list[Episode]] = {}
        for turn in sorted(
            self.episodes.timeline(None, 100_000, Scope(conversation=conversation)), key=lambda each: each.seq
        ):
            found.setdefault(turn.session, []).append(turn)
        return found


@contextmanager
def place() -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="second-me-benchmark-"))
    vault, _ = create_vault(folder / "vault", "benchmark-passphrase")
    try:
        yield Place(vault)
    finally:
        vault.close()
        shutil.rmtree(folder, ignore_errors=True)


Choose = Callable[[list[Sentence], int], Sequence[Sentence | Pointer]]


def first(told: list[Sentence], count: int) -> Sequence[Sentence]:
    return told[:count]


def longest(told: list[Sentence], count: int) -> Sequence[Sentence]:
    return sorted(told, key=lambda each: -len(each.text))[:count]


def drawn(numbers: random.Random) -> Choose:
    return lambda told, count: numbers.sample(told, min(count, len(told)))


def coverage(here: Place, samples: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Share of evidence turns that each choice of sentences holds, over all questions with evidence."""
    extracts = session_extracts(here)
    ways: dict[str, list[tuple[Choose, float]]] = {
        "first": [(first, 1.0)],
        "longest": [(longest, 1.0)],
        "random": [(drawn(random.Random(seed)), 1 / DRAWS) for seed in range(DRAWS)],
    }
    hits: dict[str, float] = dict.fromkeys(["extract", *ways], 0.0)
    letters: dict[str, float] = dict.fromkeys(hits, 0.0)
    wanted = sentences = 0
    for sample in samples:
        asked = [turn for question in questions_of(sample) for turn in sorted(question["evidence"])]
        for number, turns in here.sessions(f"locomo/{sample['sample_id']}").items():
            source = {turn.source_id: turn.seq for turn in turns}
            evidence = [source[each] for each in asked if each in source]
            told = [each for turn in turns for each in sentences_of(turn, 0)]
            extract = extracts.get(number, [])
            wanted, sentences = wanted + len(evidence), sentences + len(extract)
            _count(hits, letters, "extract", extract, evidence, 1.0)
            for name, choices in ways.items():
                for choose, share in choices:
                    _count(hits, letters, name, choose(told, len(extract)), evidence, share)
    return {
        "evidence_turns": wanted,
        "sentences": sentences,
        "share": {name: round(value / wanted, 3) for name, value in hits.items()},
        "letters": {name: round(value / max(sentences, 1)) for name, value in letters.items()},
    }


def _count(
    hits: dict[str, float],
    letters: dict[str, float],
    name: str,
    chosen: Sequence[Sentence | Pointer],
    evidence: Sequence[int],
    share: float,
) -> None:
    held = {each.seq for each in chosen}
    hits[name] += share * sum(seq in held for seq in evidence)
    letters[name] += share * sum(each.end - each.start for each in chosen)


def session_extracts(here: Place) -> dict[int, list[Pointer]]:
    """{session: its extract}."""
    pointers = here.grains.pointers(Grain.SESSION, None, None, Scope(), None)
    episodes = here.episodes.by_seq([pointer.seq for pointer in pointers])
    found: dict[int, list[Pointer]] = {}
    for pointer in pointers:
        found.setdefault(episodes[pointer.seq].session, []).append(pointer)
    return found


def joined(here: Place, conversation: str, numbers: random.Random) -> tuple[list[Episode], set[int]]:
    """Stretches of 3 to 8 exchanges of different sessions in a row, and the indices at which one begins."""
    turns: list[Episode] = []
    seams: set[int] = set()
    sessions = [each for each in here.sessions(conversation).values() if len(exchanges(each)) >= 8]
    for session in numbers.sample(sessions, min(6, len(sessions))):
        pairs = exchanges(session)
        length = numbers.randint(3, 8)
        start = numbers.randrange(len(pairs) - length + 1)
        seams.add(len(turns))
        turns += [session[at] for pair in pairs[start : start + length] for at in pair]
    return turns, seams - {0}


def pk(cuts: set[int], seams: set[int], length: int) -> float:
    """Probability that two turns half a mean stretch apart are wrongly held to be (not) of one stretch."""
    reach = max(1, round(length / (len(seams) + 1) / 2))
    wrong = sum(
        any(at < cut <= at + reach for cut in cuts) != any(at < seam <= at + reach for seam in seams)
        for at in range(length - reach)
    )
    return wrong / max(length - reach, 1)


def seams_found(here: Place, samples: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Mean Pk over joined stretches, 10 of each conversation."""
    numbers, scores = random.Random(0), dict[str, list[float]]()
    for sample in samples:
        for _ in range(10):
            turns, seams = joined(here, f"locomo/{sample['sample_id']}", numbers)
            by = {
                "segments": rows_of(turns, here.grains.vectors_of([turn.seq for turn in turns])),
                "words alone": rows_of(turns, {}),
            }
            cuts = {
                name: set(np.cumsum([len(part) for part in segments(turns, rows)])[:-1].tolist())
                for name, rows in by.items()
            }
            step = max(1, round(len(turns) / (len(seams) + 1)))
            cuts |= {"even grid": set(range(step, len(turns), step)), "no cut": set()}
            for name, each in cuts.items():
                scores.setdefault(name, []).append(pk(each, seams, len(turns)))
    return {name: round(sum(values) / len(values), 3) for name, values in scores.items()}


def show(here: Place, conversation: str) -> None:
    """The extract of every session, for the eye."""
    extracts = session_extracts(here)
    for number, turns in here.sessions(f"locomo/{conversation}").items():
        print(f"\n{date_words(turns[0].spoken_at)}, {len(turns)} turns")
        by_seq: Mapping[int, Episode] = {turn.seq: turn for turn in turns}
        for sentence in sentences_at(extracts.get(number, []), here.episodes.by_seq):
            print(f"  {by_seq[sentence.seq].speaker}: {sentence.text}")


def measured(here: Place, samples: Sequence[dict[str, Any]], models: Path | None) -> dict[str, Any]:
    out: dict[str, Any] = {"turns": here.take_in(samples)}
    files = find_models(models) if models else None
    if files is not None:
        process = ModelProcess(None, files.embedder)
        try:
            out["vectors_seconds"] = round(here.embed(process.embedder), 1)
        finally:
            process.close()
    out["grains_seconds"] = round(here.make(), 1)
    return {**out, "coverage": coverage(here, samples), "pk": seams_found(here, samples)}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that has the starter models")
    parser.add_argument("--show", metavar="CONVERSATION", help="print its sessions' extracts too")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text())
    with place() as here:
        try:
            out = measured(here, samples, arguments.models)
        except EnvironmentFault as fault:
            print(f"{fault.what} {fault.action}", file=sys.stderr)
            return 2
        if arguments.show:
            show(here, re.sub(r"^locomo/", "", arguments.show))
    if arguments.json:
        print(json.dumps(out))
        return 0
    held = out["coverage"]
    print(
        f"\n{out['turns']} turns; vectors {out.get('vectors_seconds', '-')} s, grains {out['grains_seconds']} s"
    )
    print(f"{held['sentences']} sentences in extracts; of {held['evidence_turns']} evidence turns they hold")
    for name, share in held["share"].items():
        print(f"  {name:10} {share:.3f}   {share / held['share']['random']:.2f} x random   "
              f"{held['letters'][name]} letters a sentence")  # fmt: skip
    print("Pk of segments: " + ", ".join(f"{name} {value:.3f}" for name, value in out["pk"].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
