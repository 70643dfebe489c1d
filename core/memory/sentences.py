"""Where the sentences of a text end, in every script."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bNr)(?<!\bNo)(?<!\bProf)(?<!\be\.g)(?<!\bi\.e)"
    r"[.!?]+[\"'”’)]*(?=\s|$)|[。！？।॥۔؟]+[\"'”’)]*|\n+"
)
"""Matches what ends a sentence."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text in code points, outer white space left out."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append((first, first + len(piece.strip())))
    return spans


def sentences(text: str) -> list[str]:
    """Sentences of a text, verbatim, outer white space trimmed."""
    return [text[start:end] for start, end in sentence_spans(text)]
