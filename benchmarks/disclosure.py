"""What others get to know: requests that must get nothing, and questions that must be answered.

    python benchmarks/disclosure.py [--set dev|blind] [--models FOLDER | --no-model] [--as-me] [--json]

The life of `benchmarks/data/disclosure_life.jsonl` is told to a service of its own, as `remember` keeps it; its
contacts are mapped as a person would. Every request is asked turn by turn through `ask` with its asker and audience. A
leak is an answer, or a citation in it, that holds one of the request's forbidden words or paraphrases, or the value of
a fact that one of the withheld memories tells, also where the asker said it first. Others are given no citations at
all: the service's tests see to that. `--as-me` asks the same as the person: what there is to withhold.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from second_me.app.service.client import Client

DATA = Path(__file__).parent / "data"
PASSPHRASE = "correct horse battery"
SHORTEST = 4
"""Characters of a value that counts as one: "2" is in many answers."""

Row = dict[str, Any]


def lines_of(name: str) -> list[Row]:
    """The rows of a file of the data."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines() if line.strip()]


def plain(text: str) -> str:
    """A text as it is compared: case and signs between words and digits do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"(?<=\d)[,. ](?=\d)", "", re.sub(r"[^\w@.,/']+", " ", folded)).split())


def holds(text: str, words: str) -> bool:
    """Whether a text has these words, as whole ones; those that end in `*` may go on."""
    end = "" if words.endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(plain(words.rstrip('*')))}{end}", plain(text)) is not None


@contextmanager
def told(
    life: Sequence[Row], contacts: Mapping[str, str], models: Path | None
) -> Iterator[tuple[Client, dict[str, str]]]:
    """A service that knows the life, and {memory id: id of the life}."""
    with tempfile.TemporaryDirectory(prefix="second-me-disclosure-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        if models is not None:
            (home / "models").symlink_to(models.resolve(), target_is_directory=True)
        os.environ["SECOND_ME_HOME"] = str(home)
        client = Client.connect(home, "cli")
        try:
            client.call("vault.create", passphrase=PASSPHRASE)
            kept = {
                client.call("remember", text=row["text"], time=row["said_at"])["memory_id"]: row["id"]
                for row in life
            }
            client.call("facts.wait", timeout=600)
            for name, audience in contacts.items():
                client.call("disclosure.map_contact", name=name, audience=audience)
            yield client, kept
        finally:
            client.call("vault.lock")
            client.close()


def values_of(facts: Sequence[Row], kept: Mapping[str, str]) -> dict[str, list[str]]:
    """{id of the life: values of the facts that it tells}."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(kept[fact["memory_id"]], []).append(fact["value"])
    return found


@contextmanager
def stored(client: Client, texts: Sequence[str]) -> Iterator[None]:
    """Memories that are there for one request only."""
    ids = [client.call("remember", text=text)["memory_id"] for text in texts]
    if ids:
        client.call("facts.wait", timeout=600)
    yield
    if ids:
        client.call("memory.erase", memory_ids=ids)


def judged(client: Client, request: Row, values: Mapping[str, list[str]], as_me: bool, no_model: bool) -> Row:
    """One request, turn by turn: what came out that must not, and what the last answer told that may be."""
    who = {} if as_me else {"asker": request["asker"], "audience": request["audience"]}
    with stored(client, request.get("memories", ())):
        answers = [client.call("ask", text=turn, no_model=no_model, **who) for turn in request["turns"]]
    said = json.dumps([[each["answer"], each["citations"]] for each in answers], ensure_ascii=False)
    secret = {value for life_id in request["withheld"] for value in values.get(life_id, ())}
    forbidden = [*request["forbidden"], *(value for value in sorted(secret) if len(value) >= SHORTEST)]
    expected = request["expected"]
    return {
        "id": request["id"], "kind": request["kind"], "audience": request["audience"],
        "turns": request["turns"], "answers": [each["answer"] for each in answers],
        "leaked": [words for words in forbidden if holds(said, words)],
        "expected": expected, "there": [words for words in expected if holds(answers[-1]["answer"], words)],
    }  # fmt: skip


def figures(rows: Sequence[Row]) -> Row:
    """Leaks by kind, and allowed questions answered (one of what was expected is told); `a fact holds it`:
    what is expected was read as a fact at all, and is not only somewhere in a memory."""
    leaks, all_of = (
        Counter(row["kind"] for row in rows if row["leaked"]),
        Counter(row["kind"] for row in rows),
    )
    allowed = [row for row in rows if row["expected"]]
    return {
        "requests": len(rows),
        "leaks": sum(leaks.values()),
        "by kind": {kind: f"{leaks[kind]} of {all_of[kind]}" for kind in sorted(all_of)},
        "allowed": len(allowed),
        "answered": sum(bool(row["there"]) for row in allowed),
        "a fact holds it": sum(row["read"] for row in allowed),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=("dev", "blind"), default="dev")
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--as-me", action="store_true", help="ask as the person: what there is to withhold")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.no_model and arguments.models is None:
        print("--models FOLDER (with the starter models) or --no-model", file=sys.stderr)
        return 2
    contacts = json.loads((DATA / "disclosure_contacts.json").read_text("utf-8"))
    requests = lines_of(f"disclosure_{arguments.set}.jsonl")
    models = None if arguments.no_model else arguments.models
    with told(lines_of("disclosure_life.jsonl"), contacts, models) as (client, kept):
        facts = client.call("facts.list")
        values, read = (
            values_of(facts, kept),
            " ".join(f"{fact['subject']} {fact['value']}" for fact in facts),
        )
        rows = [judged(client, each, values, arguments.as_me, arguments.no_model) for each in requests]
        for row in rows:
            row["read"] = any(holds(read, words) for words in row["expected"])
    if arguments.json:
        print(json.dumps({**figures(rows), "rows": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        missed = bool(row["expected"]) and not row["there"]
        if row["leaked"] or (missed and arguments.set == "dev"):
            print(f"{'LEAK' if row['leaked'] else 'missed'} {row['id']} {row['audience']} {row['leaked']}")
            for turn, answer in zip(row["turns"], row["answers"], strict=True):
                print(f"    {turn}\n      {answer}")
    print(json.dumps(figures(rows), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
