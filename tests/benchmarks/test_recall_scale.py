from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from recall_scale import quantiles, share_found, table
from scale_figure import HEIGHT, SIZES, TIMES, TOP, Panel, draw
from scale_texts import Corpus, cached, memories

from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import Hit


def rows() -> list[dict[str, Any]]:
    """Three sizes; times grow with them."""
    return [
        {
            "memories": size, "recall_at_10": 0.99, "faster": 9.0, "index_bytes": 64 * size,
            "placement_bytes": 45 * size, "resident_bytes": 90_000_000 + 200 * size, "disk_bytes": 3000 * size,
            "resident_before": 80_000_000, "cpu_faster": 12.0,
            "cold": {part: {"p50": 3.0, "p95": 3.0, "cpu_p50": 2.5} for part in ("index", "placement")},
            **{
                name: {"p50": size / share, "p95": 2 * size / share, "cpu_p50": 0.9 * size / share}
                for name, share in {
                    "scan": 500, "vectors": 5000, "words": 3000, "recall": 2000, "recall_with_vector": 1900,
                    "cosines": 90000,
                }.items()
            },
        }
        for size in (1_000, 10_000, 100_000)
    ]  # fmt: skip


def test_all_is_on_the_paper() -> None:
    drawn = ElementTree.fromstring(draw(rows()))
    width = float(drawn.attrib["width"])
    circles = [each.attrib for each in drawn.iter() if each.tag.endswith("circle")]
    assert len(circles) == 3 * (len(TIMES) + len(SIZES))
    assert all(0 < float(c["cx"]) < width and TOP <= float(c["cy"]) < HEIGHT for c in circles)
    words = " ".join(each.text or "" for each in drawn.iter() if each.tag.endswith("text"))
    assert all(name in words for name, *_ in (*TIMES, *SIZES))
    assert "100,000" in words and "99.0%" in words


def test_less_is_lower_and_more_memories_are_further_right() -> None:
    panel = Panel(0, rows(), TIMES)
    assert panel.y(1.0) > panel.y(10.0)
    assert panel.x(1_000) < panel.x(10_000) < panel.x(100_000)
    assert draw(rows()[:1])  # one size has no span


def test_the_table_holds_every_figure() -> None:
    printed = table(rows())
    assert "100,000" in printed and "0.9900" in printed and "50.0" in printed
    told = quantiles([(1, 0.1), (2, 0.2), (3, 0.3)])
    assert told == {"p50": 2.0, "p95": 2.9, "cpu_p50": 0.2, "cpu_p95": 0.29}


def test_the_share_is_of_the_exact_ones() -> None:
    exact = [Hit(seq, 1 - seq / 100) for seq in range(20)]
    assert share_found(exact, exact) == 1.0
    assert share_found(exact[5:], exact) == 0.5


def made_of() -> Corpus:
    rng = np.random.default_rng(1)

    def unit(count: int) -> np.ndarray:
        drawn = rng.normal(size=(count, 8)).astype(np.float32)
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)

    real = [NewEpisode("c", "Anna", f"real {n}", None, source_id=str(n)) for n in range(6)]
    return Corpus(real, unit(6), [f"Sentence {n}." for n in range(9)], unit(9), ["who?"])


def test_memories_are_as_many_as_asked_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scale_texts.COMBINED", 20)
    source = made_of()
    assert sum(len(batch) for batch, _ in memories(source, 4)) == 4
    first, second = list(memories(source, 50, block=7)), list(memories(source, 50, block=7))
    told = [each for batch, _ in first for each in batch]
    assert len(told) == len({each.source_id + each.conversation for each in told if each.source_id}) == 50
    assert [batch for batch, _ in first] == [batch for batch, _ in second]
    vectors = np.concatenate([rows for _, rows in first])
    assert np.array_equal(vectors, np.concatenate([rows for _, rows in second]))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(50), abs=1e-5)
    combined = told[6].text
    held = [n for n in range(9) if f"Sentence {n}." in combined]
    assert held and vectors[6] @ source.pieces[held].sum(axis=0) > 0


def test_nothing_is_embedded_twice(tmp_path: Path) -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    file = tmp_path / "new" / "kept.npz"
    assert cached(["a", "bb"], embed, file).tolist() == [[1, 1], [2, 1]]
    assert cached(["bb", "ccc", "a"], embed, file).tolist() == [[2, 1], [3, 1], [1, 1]]
    assert asked == ["a", "bb", "ccc"]
    assert b"ccc" not in file.read_bytes()
