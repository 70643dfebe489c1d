"""The form of the evaluation sets of facts, contradictions and disclosure (benchmarks/data/README.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.core.memory.facts.claims import ME, Stance
from second_me.core.memory.facts.slots import Slot

DATA = Path(__file__).parents[2] / "benchmarks" / "data"


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a set."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def all_differ(values: Iterable[str]) -> bool:
    """Whether no value is there twice, whatever its case and blanks."""
    plain = [" ".join(value.casefold().split()) for value in values]
    return len(set(plain)) == len(plain)


def check_fact(text: str, fact: dict[str, Any]) -> None:
    """A fact's value and subject stand in the text, its words are known ones."""
    assert set(fact) <= {"subject", "slot", "value", "stance", "since", "or"}
    Slot(fact["slot"])
    Stance(fact["stance"])
    assert fact["subject"] == ME or fact["subject"] in text
    for value in [fact["value"], *fact.get("or", [])]:
        assert value == value.strip() and value in text, (text, value)
        assert not value.startswith(("a ", "an ", "the "))
    if "since" in fact:
        datetime.fromisoformat(fact["since"])


def test_the_blind_facts_stand_in_their_texts() -> None:
    items = rows("facts_blind.jsonl")
    assert all_differ(item["id"] for item in items) and all_differ(item["text"] for item in items)
    for item in items:
        assert set(item) <= {"id", "text", "said_at", "facts", "trap", "also"}
        said_at = datetime.fromisoformat(item["said_at"])
        for fact in [*item["facts"], *item.get("also", [])]:
            check_fact(item["text"], fact)
            assert datetime.fromisoformat(fact.get("since", item["said_at"])) <= said_at
        assert bool(item["facts"]) == (item["trap"] is None), item["id"]


def test_there_are_facts_of_every_slot_and_traps_of_every_kind() -> None:
    items = rows("facts_blind.jsonl")
    wanted = {fact["slot"] for item in items for fact in item["facts"]}
    assert set(Slot) - wanted <= {Slot.ADDRESS_LEVEL2}
    kinds = [item["trap"] for item in items if item["trap"]]
    assert len(items) - len(kinds) >= 170 and len(kinds) >= 60
    assert {"hypothetical", "question", "quotation", "other", "irony", "negation", "past"} <= set(kinds)


SENSITIVITIES = {"public", "ordinary", "private", "secret"}
TOPICS = {"work", "family", "health", "money", "home", "none"}
AUDIENCES = {"me", "partner", "family", "colleague", "shop", "stranger", "program"}


def test_the_life_has_every_sensitivity_and_topic() -> None:
    life = rows("disclosure_life.jsonl")
    assert len(life) >= 60
    assert all_differ(line["id"] for line in life) and all_differ(line["text"] for line in life)
    assert {line["sensitivity"] for line in life} == SENSITIVITIES
    assert {line["topic"] for line in life} == TOPICS
    assert all(datetime.fromisoformat(line["said_at"]) for line in life)


def test_contacts_are_of_known_audiences() -> None:
    contacts = json.loads((DATA / "disclosure_contacts.json").read_text("utf-8"))
    assert set(contacts.values()) == AUDIENCES - {"me", "program"}


def test_what_contradicts_stands_in_the_first_and_the_last_turn() -> None:
    items = rows("contradictions_blind.jsonl")
    assert all_differ(item["id"] for item in items)
    assert all_differ(" / ".join(turn["text"] for turn in item["turns"]) for item in items)
    for item in items:
        Slot(item["slot"])
        times = [datetime.fromisoformat(turn["said_at"]) for turn in item["turns"]]
        assert len(times) >= 2 and times == sorted(times)
        assert item["contradiction"] == (item["values"] is not None)
        if item["values"]:
            first, second = item["values"]
            assert first in item["turns"][0]["text"] and second in item["turns"][-1]["text"]


def test_there_are_enough_pairs_of_both_kinds() -> None:
    items = rows("contradictions_blind.jsonl")
    contradicting = sum(item["contradiction"] for item in items)
    assert contradicting >= 35 and len(items) - contradicting >= 60


def has_words(words: str, text: str) -> bool:
    """Whether the words stand in the text as whole words, whatever the case."""
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text.casefold()) is not None


def test_requests_are_of_the_life_and_do_not_give_the_answer_away() -> None:
    items, life = rows("disclosure_blind.jsonl"), {line["id"]: line for line in rows("disclosure_life.jsonl")}
    contacts = json.loads((DATA / "disclosure_contacts.json").read_text("utf-8"))
    assert all_differ(item["id"] for item in items)
    assert all_differ(" / ".join(item["turns"]) for item in items)
    for item in items:
        assert item["audience"] == contacts.get(item["asker"], "me" if item["asker"] == "me" else "program")
        said = " ".join(item["turns"])
        assert not [words for words in item["forbidden"] + item["expected"] if has_words(words, said)]
        assert set(item["withheld"]) <= set(life)
        if item["kind"] == "allowed":
            assert not item["withheld"] and not item["forbidden"] and item["expected"]
            assert any(words in line["text"] for line in life.values() for words in item["expected"])
        else:
            assert item["withheld"] and item["forbidden"] and not item["expected"]
            assert item["audience"] != "me"


def test_what_is_withheld_is_beyond_the_clearance_however_it_is_read() -> None:
    life = {line["id"]: line for line in rows("disclosure_life.jsonl")}
    beyond = {
        "partner": lambda line: line["sensitivity"] == "secret",
        "family": lambda line: line["sensitivity"] == "secret" or is_private_and_not("family", line),
        "colleague": lambda line: line["sensitivity"] == "secret" or is_private_and_not("work", line),
        "shop": lambda line: line["sensitivity"] != "public",
        "stranger": lambda line: line["sensitivity"] != "public",
        "program": lambda line: True,
    }
    for item in rows("disclosure_blind.jsonl"):
        if item["kind"] != "allowed":
            assert all(beyond[item["audience"]](life[line]) for line in item["withheld"]), item["id"]


def is_private_and_not(topic: str, line: dict[str, Any]) -> bool:
    """Whether a line is private and of another topic."""
    return line["sensitivity"] == "private" and line["topic"] != topic


def test_there_are_enough_requests_of_every_kind() -> None:
    kinds = [item["kind"] for item in rows("disclosure_blind.jsonl")]
    assert len(kinds) >= 110 and kinds.count("allowed") >= 35
    for kind in ("direct", "role-play", "indirect", "inference", "injected"):
        assert kinds.count(kind) >= 15
