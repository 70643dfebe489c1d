from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import peer_libraries
import peers
import pytest

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for Python with a shell script")

TURNS = [
    {"id": f"D1:{n}", "conversation": f"locomo/{name}", "text": f"Mara: {name} {n}"}
    for name in ("one", "two")
    for n in range(30)
]
ASKED = [
    {"id": "one/0", "conversation": "locomo/one", "question": "first?", "evidence": {"D1:3"}, "category": 1},
    {
        "id": "two/0",
        "conversation": "locomo/two",
        "question": "second?",
        "evidence": {"D1:4", "D1:9"},
        "category": 4,
    },
]


def unit(rows: int) -> np.ndarray:
    made = np.random.default_rng(rows).normal(size=(rows, 8)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_the_cosine_stays_within_the_conversation() -> None:
    of_turns, of_questions = unit(60), unit(2)
    of_questions[0] = of_turns[3]
    of_questions[1] = of_turns[34]
    ranked = peers.cosine(TURNS, ASKED, of_turns, of_questions)
    assert (ranked["one/0"][0], ranked["two/0"][0]) == ("D1:3", "D1:4")
    assert [len(order) for order in ranked.values()] == [peers.DEPTH] * 2
    table = peers.table_of({"cosine": ranked}, ASKED)
    assert table["cosine"]["multi-hop"] == {"R@5": 1.0, "R@10": 1.0, "R@20": 1.0}
    assert table["cosine"]["single-hop"]["R@5"] >= 0.5


@on_posix
def test_what_a_library_is_given_can_be_read_again(tmp_path: Path) -> None:
    of_turns, of_questions = unit(60), unit(2)
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(0o755)
    told = peers.peers(script, tmp_path, TURNS, ASKED, (of_turns, of_questions))
    assert told == {name: {"failed": "without a word"} for name in peer_libraries.LIBRARIES}
    data = peer_libraries.read(tmp_path)
    assert data.turns == TURNS
    assert [question["id"] for question in data.questions] == ["one/0", "two/0"]
    assert data.vector_of()["second?"] == of_questions[1].tolist()


def test_a_library_opens_no_connection() -> None:
    program = (
        "import socket, peer_libraries; peer_libraries.stay_at_home()\n"
        "try: socket.create_connection(('192.0.2.1', 80), timeout=1)\n"
        "except ConnectionRefusedError as error: print(error)"
    )
    folder = Path(peer_libraries.__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, check=True
    )
    assert done.stdout.strip() == "a benchmark stays on its machine"


@on_posix
def test_a_failing_library_says_its_last_word(tmp_path: Path) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\necho first >&2\necho 'ImportError: none' >&2\nexit 1\n")
    script.chmod(0o755)
    assert peers.one(script, tmp_path, "chromadb") == {"failed": "ImportError: none"}
    (tmp_path / "ranked.json").write_text(json.dumps({"ranked": {}}))
    script.write_text("#!/bin/sh\nexit 0\n")
    assert peers.one(script, tmp_path, "chromadb") == {"ranked": {}}


class Lengths:
    """A named fake: a text's length is its vector."""

    name, dimensions = "lengths", 1

    def embed(self, texts: list[str], urgent: bool = False) -> np.ndarray:
        assert 0 < len(texts) <= peers.BATCH
        return np.array([[float(len(text))] for text in texts])


def test_texts_are_embedded_in_batches_and_stay_in_order() -> None:
    texts = ["x" * n for n in range(peers.BATCH * 2 + 3)]
    assert peers.embedded(Lengths(), texts)[:, 0].tolist() == list(map(float, range(len(texts))))
