from __future__ import annotations

from pathlib import Path
from typing import Any

import pruning
import pytest
from locomo import questions_of

from tests.storage.conftest import make

SAMPLES: list[dict[str, Any]] = [
    {
        "sample_id": name,
        "conversation": {
            "session_1_date_time": "1:00 pm on 8 May, 2023",
            "session_1": [
                {"dia_id": f"D1:{n}", "speaker": who, "text": text.format(n=n)}
                for n, text in enumerate(texts, 1)
                for who in ("Mara",)
            ],
        },
        "qa": [{"question": "Which lantern did Mara paint?", "evidence": ["D1:2"], "category": 4}],
    }
    for name, texts in {
        "one": (
            "Good to see you. The weather is fine today.",
            "Yesterday I painted the green lantern.",
            "See you!",
        ),
        "two": ("We sailed to the island. It rained a lot there.", "Mara is a friend of the painters."),
    }.items()
]


def test_distractors_are_the_same_every_time_and_made_of_sentences() -> None:
    sentences = pruning.sentences_of([], SAMPLES[1:])
    assert "We sailed to the island." in sentences
    once, again = (list(pruning.distractors(sentences, ["Mara", "Jon"], 50)) for _ in range(2))
    assert once == again
    assert len({each.source_id for each in once}) == 50
    assert all(any(sentence in each.text for sentence in sentences) for each in once)


def test_every_way_is_measured_and_a_bound_of_one_row_loses_words(tmp_path: Path) -> None:
    kit = make(tmp_path / "vault")
    sentences = pruning.sentences_of([], SAMPLES[1:])
    episodes = pruning.stored(kit.vault, SAMPLES[:1], pruning.distractors(sentences, ["Mara"], 60))
    asked = questions_of(SAMPLES[0])
    asked[0]["evidence"] = {f"{asked[0]['conversation']}/D1:2"}
    found = pruning.measure(kit.vault, episodes, asked, [1])
    assert list(found) == [pruning.PLAIN, "every word", "1 rows"]
    for row in found.values():
        assert row["index"]["R@5"] == row["recall"]["R@5"] == 1.0
        assert row["index"]["p95"] >= row["index"]["p50"] > 0
    kit.vault.close()


def test_ways_with_every_word_rank_alike(tmp_path: Path) -> None:
    kit = make(tmp_path / "vault")
    sentences = pruning.sentences_of([], SAMPLES[1:])
    episodes = pruning.stored(kit.vault, SAMPLES[:1], pruning.distractors(sentences, ["Mara"], 60))
    question = {"id": "q", "question": "Did Mara sail to the island in the rain?"}
    ways = [
        pruning.Way(kit.vault, episodes, lambda: pruning.PlainOr(kit.vault, None)),
        pruning.Way(kit.vault, episodes, lambda: pruning.FullText(kit.vault, None)),
    ]
    for way in ways:
        way.ask(question)
    assert len(ways[0].by_index["q"]) == pruning.DEPTH
    assert ways[0].by_recall == ways[1].by_recall
    kit.vault.close()


def test_nothing_is_embedded() -> None:
    with pytest.raises(RuntimeError, match="vector"):
        pruning.NoEmbedder().embed(["text"])
