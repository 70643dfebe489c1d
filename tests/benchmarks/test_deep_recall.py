"""Deep recall's benchmark: it goes on where it stopped, and finds the weight that a ranking was made with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from second_me.core.recall.deep import standardised
from tests.core.test_deep import memory


def asked(seed: int, weight: float) -> Any:
    """A question whose evidence is drawn by score + weight * likelihood."""
    import deep_recall

    chance = np.random.default_rng(seed)
    scores, nats = np.sort(chance.normal(size=20))[::-1], chance.normal(size=20)
    likely = np.exp(scores + weight * standardised(nats))
    evidence = f"t{chance.choice(20, p=likely / likely.sum())}"
    found = [memory(number, float(score)) for number, score in enumerate(scores)]
    found = [
        replace(each, episode=replace(each.episode, source_id=f"t{number}"))
        for number, each in enumerate(found)
    ]
    question = {"evidence": {evidence}, "category": 4, "conversation": f"c{seed % 5}"}
    return deep_recall.Asked(question, tuple(found), tuple(nats.tolist()))


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.5])
def test_the_weight_is_found_again(weight: float) -> None:
    import deep_recall

    assert deep_recall.fitted([asked(seed, weight) for seed in range(600)]) == pytest.approx(weight, abs=0.4)


def test_the_table_counts_the_evidence_and_the_margin_keeps_the_gain() -> None:
    import deep_recall

    questions = [asked(seed, 2.0) for seed in range(200)]
    rows, weights = deep_recall.table(questions)
    assert rows["single-hop"]["questions"] == rows["all"]["questions"] == 200
    assert rows["all"]["always"]["R@5"] > rows["all"]["without"]["R@5"] + 0.1
    assert rows["all"]["when undecided"]["R@5"] > rows["all"]["without"]["R@5"]
    assert 0.1 < rows["looked longer"] <= 1
    assert len(weights) == 5


def test_what_was_read_is_known_after_a_stop_in_mid_line(tmp_path: Path) -> None:
    import deep_recall

    cache = deep_recall.Cache(tmp_path / "deep" / "cache.jsonl")
    cache.put("q", "t", -2.5, 12)
    cache.close()
    with (tmp_path / "deep" / "cache.jsonl").open("a") as file:
        file.write('{"q": "q", "t": "u", "na')
    again = deep_recall.Cache(tmp_path / "deep" / "cache.jsonl")
    assert again.get("q", "t") == -2.5
    assert again.get("q", "u") is None
    again.put("q", "u", -1.0, 12)
    again.close()
    third = deep_recall.Cache(tmp_path / "deep" / "cache.jsonl")
    assert third.get("q", "u") == -1.0
    third.close()
