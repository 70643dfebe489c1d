"""Make `resources/weights/related_words.txt`: English words that may stand for one another, by the embedder.

    python benchmarks/related_words.py [--models FOLDER] [--words 12000] [--least 0.6] [--most 16] [--write]

The words are the commonest of the embedder's own vocabulary (WordPiece lists are sorted by how common a piece
is), each embedded alone; no text of anybody is read. A line holds a word and those near to it, each with a
tenth of its nearness: ((cosine - 0.45) / 0.55) ** 1.5, the curve that was used when the weights were fitted.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

import numpy as np
from gguf import GGUFReader

from second_me.core.recall.keys import STOP_WORDS
from second_me.models.client import ModelProcess
from second_me.models.starter import fetch_starter

FILE = Path(__file__).parent.parent / "resources" / "weights" / "related_words.txt"
ORIGIN = (
    "# Words near to a word, by all-MiniLM-L6-v2 (Apache-2.0); made by benchmarks/related_words.py.\n"
    "# word near:tenths near:tenths ...\n"
)
BATCH = 64
WORD = re.compile(r"\u2581([a-z]{3,})")


def vocabulary(embedder: Path, most: int) -> list[str]:
    """The commonest whole words of the embedder's vocabulary, without stop words."""
    field = GGUFReader(embedder).fields["tokenizer.ggml.tokens"]
    pieces = (bytes(field.parts[at]).decode() for at in field.data)
    found = (match[1] for piece in pieces if (match := WORD.fullmatch(piece)))
    return [word for word in found if word not in STOP_WORDS][:most]


def nearness(cosine: float) -> float:
    """0..1."""
    return max(0.0, (cosine - 0.45) / 0.55) ** 1.5


def lines(words: list[str], vectors: np.ndarray, least: float, most: int) -> list[str]:
    """The lines of the table, words in alphabetical order."""
    made = []
    for at, word in enumerate(words):
        cosines = vectors @ vectors[at]
        cosines[at] = -1
        best = [int(near) for near in np.argsort(-cosines)[:most] if cosines[near] >= least]
        tenths = [f"{words[near]}:{max(1, round(10 * nearness(float(cosines[near]))))}" for near in best]
        if tenths:
            made.append(" ".join([word, *tenths]))
    return sorted(made)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--words", type=int, default=12_000)
    parser.add_argument("--least", type=float, default=0.6, help="least cosine")
    parser.add_argument("--most", type=int, default=16, help="most words to a word")
    parser.add_argument("--write", action="store_true", help="replace the file that ships")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="second-me-benchmark-") as folder:
        models = fetch_starter(arguments.models or Path(folder), lambda _file, _done, _total: None)
        words = vocabulary(models.embedder, arguments.words)
        process = ModelProcess(None, models.embedder)
        try:
            parts = [process.embedder.embed(words[at : at + BATCH]) for at in range(0, len(words), BATCH)]
        finally:
            process.close()
    made = lines(words, np.concatenate(parts), arguments.least, arguments.most)
    text = ORIGIN + "\n".join(made) + "\n"
    if arguments.write:
        FILE.write_text(text, "utf-8")
    print(f"{len(words)} words, {len(made)} with others near, {text.count(':')} pairs, {len(text)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
