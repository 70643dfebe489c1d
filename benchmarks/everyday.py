"""What is answered and what is not known, in the first person, over the few notes of one person.

    python benchmarks/everyday.py [--half open|blind|all] [--models FOLDER] [--words-only] [--json]

The thirty notes of `benchmarks/data/everyday` go into a vault of their own as `remember` keeps them, a day apart;
its forty questions are asked of the twin without a model. LoCoMo has questions in the third person only; nothing is
fitted on these.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filled_vault import PASSPHRASE

from second_me.app.paths import HomeLayout
from second_me.app.service.house import House
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.ports import EnvironmentFault, Scope
from second_me.core.recall.recall import vector_key
from second_me.core.twin.answers import Answer
from second_me.core.twin.twin import Turn

DATA = Path(__file__).parent / "data" / "everyday"
FIRST_NOTE, ASKED_AT = datetime(2024, 5, 1, 18), datetime(2024, 6, 3, 9)
BATCH = 16


def lines_of(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the data."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


@contextmanager
def noted(notes: Sequence[str], models: Path | None) -> Iterator[tuple[House, list[str]]]:
    """A new vault that holds the notes, and their memory ids. Without models words alone decide."""
    folder = Path(tempfile.mkdtemp(prefix="second-me-everyday-"))
    try:
        if models is not None:
            shutil.copytree(models, folder / "home" / "models")
        door = HomeDoor(HomeLayout(folder / "home"), SystemClock(), lambda _status: None)
        house, _ = door.create(PASSPHRASE)
        try:
            kept = [_keep(house, text, FIRST_NOTE + timedelta(days=n)) for n, text in enumerate(notes)]
            if models is not None:
                _embed(house)
            yield house, kept
        finally:
            house.model.close()
            house.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(house: House, text: str, at: datetime) -> str:
    note = NewEpisode("notes", "me", text, at, Role.PERSON, Kind.NOTE, origin="note")
    return house.episodes.append(note, at).memory_id


def _embed(house: House) -> None:
    house.vectors.use_embedder(house.embedder.name, house.embedder.dimensions)
    while chunks := house.vectors.pending(BATCH):
        rows = house.embedder.embed([vector_key(chunk.text, chunk.speaker) for chunk in chunks])
        house.vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})


def asked(house: House, question: str) -> Answer:
    """The twin's answer without a model; what it takes for no question about the memories is none here either."""
    turn = Turn(question, Scope(), use_model=False, now=ASKED_AT)
    *_, last = house.twin.reply(turn, lambda: False)
    assert isinstance(last, Answer)
    return last


def judged(house: House, memories: dict[str, str], question: dict[str, Any]) -> dict[str, Any]:
    """One question: `right` when the note is cited, or when nothing is where there is none."""
    answer = asked(house, question["question"])
    cited = [memories[each.memory_id] for each in answer.citations]
    best = max((each.strength for each in answer.considered), default=0.0)
    wanted = question["note"]
    return {
        "question": question["question"],
        "right": wanted in cited if wanted else not cited,
        "first": bool(cited) and cited[0] == wanted,
        "told": bool(wanted),
        "cited": cited,
        "best": round(best, 3),
    }


def figures(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How many of how many, and the balanced accuracy of answering against not knowing."""
    told, untold = [row for row in rows if row["told"]], [row for row in rows if not row["told"]]
    answered = sum(bool(row["cited"]) for row in told) / len(told)
    abstained = sum(row["right"] for row in untold) / len(untold)
    return {
        "answerable": len(told),
        "note cited": sum(row["right"] for row in told),
        "note cited first": sum(row["first"] for row in told),
        "not told": len(untold),
        "not known": sum(row["right"] for row in untold),
        "cited on average": round(sum(len(row["cited"]) for row in told) / len(told), 2),
        "balanced accuracy": round((answered + abstained) / 2, 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("open", "blind", "all"), default="all")
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--words-only", action="store_true", help="without an embedder")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.words_only and arguments.models is None:
        print("--models FOLDER (with the starter models) or --words-only", file=sys.stderr)
        return 2
    notes = lines_of("notes.jsonl")
    questions = [q for q in lines_of("questions.jsonl") if arguments.half in ("all", q["half"])]
    models = None if arguments.words_only else arguments.models
    try:
        with noted([note["text"] for note in notes], models) as (house, kept):
            memories = dict(zip(kept, (note["id"] for note in notes), strict=True))
            rows = [judged(house, memories, question) for question in questions]
    except EnvironmentFault as fault:
        print(f"{fault.what} {fault.action}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps({**figures(rows), "questions": rows}))
        return 0
    for row in rows:
        print(f"{'+' if row['right'] else '-'} {row['best']:.2f} {row['question']}  {' '.join(row['cited'])}")
    print(figures(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
