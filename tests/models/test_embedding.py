from __future__ import annotations

import threading

import numpy as np

from second_me.core.ports import Message, Sampling
from second_me.models.client import ModelProcess

TEXTS = [
    "A man is eating food.",
    "A man is eating a piece of bread.",
    "Yesterday Anna moved to Bern and found a flat near the river.",
    "",
    "zwei Äpfel, 東京",
    "word " * 700,
]


def test_the_conversion_keeps_the_meaning(model: ModelProcess) -> None:
    one, two = model.embedder.embed(TEXTS[:2])
    assert abs(float(one @ two) - 0.756) < 0.002, (
        "0.7564 in 32 bits; 8 bits round as the processor's kernels do"
    )


def test_rows_are_of_unit_length_and_of_the_told_dimensions(model: ModelProcess) -> None:
    rows = model.embedder.embed(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), model.embedder.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: ModelProcess) -> None:
    together = model.embedder.embed([*TEXTS, *reversed(TEXTS)])
    alone = np.concatenate([model.embedder.embed([text], urgent=True) for text in TEXTS])
    assert np.array_equal(together, np.concatenate([alone, alone[::-1]]))


def test_no_texts_give_no_rows(model: ModelProcess) -> None:
    assert model.embedder.embed([]).shape == (0, model.embedder.dimensions)


def test_an_urgent_text_is_answered_while_an_answer_is_written(model: ModelProcess) -> None:
    answer = model.generator.stream(
        [Message("user", "Tell me a long story about a lighthouse.")], Sampling(max_tokens=120), lambda: False
    )
    pieces = [next(answer)]
    urgent = model.embedder.embed(["Where did Anna move to?"], urgent=True)
    assert model.status()["state"] == "writing"
    pieces += answer
    assert urgent.shape[0] == 1
    assert len("".join(pieces)) > 100


def test_the_background_goes_on_while_an_answer_is_written_and_is_whole(model: ModelProcess) -> None:
    texts = [f"{TEXTS[2]} It was number {number}." for number in range(60)]
    rows: list[np.ndarray] = []
    background = threading.Thread(target=lambda: rows.append(model.embedder.embed(texts)))
    background.start()
    answer = model.generator.stream(
        [Message("user", "Tell me about rivers.")], Sampling(max_tokens=60), lambda: False
    )
    text = "".join(answer)
    background.join()
    assert text
    assert rows[0].shape == (60, 384)
    assert np.array_equal(rows[0][7], model.embedder.embed([texts[7]])[0])
