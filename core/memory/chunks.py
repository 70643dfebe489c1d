"""Long texts in pieces that an embedder of short reach can hold.

The starter embedder was trained on 128 to 256 word pieces; beyond that the mean over tokens blurs. So a
piece has about 200 tokens (estimated at 4 letters a token, 1 a CJK letter) and shares two sentences at most
with the one before.
"""

from __future__ import annotations

import re

MOST_TOKENS = 200
OVERLAP_TOKENS = 40
_SENTENCE = re.compile(r"[^.!?\n。！？]*(?:[.!?。！？]+[\"'”’)\]]*\s*|\n+|$)")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def estimated_tokens(text: str) -> int:
    """Tokens of a text without asking a tokenizer; errs on the large side for scripts without spaces."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide + 3) // 4


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _SENTENCE.finditer(text) if match.end() > match.start()]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence that is too long alone, cut by length."""
    step = MOST_TOKENS * (1 if _WIDE.search(text, start, end) else 4)
    return [(at, min(at + step, end)) for at in range(start, end, step)]


def split(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) in code points that cover the text in order; one span when it is short."""
    if estimated_tokens(text) <= MOST_TOKENS:
        return [(0, len(text))]
    units = [piece for start, end in _sentences(text) for piece in _pieces(text, start, end)]
    spans: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    for unit in units:
        if held and estimated_tokens(text[held[0][0] : unit[1]]) > MOST_TOKENS:
            spans.append((held[0][0], held[-1][1]))
            held = _tail(text, held)
            if held and estimated_tokens(text[held[0][0] : unit[1]]) > MOST_TOKENS:
                held = []
        held.append(unit)
    spans.append((held[0][0], held[-1][1]))
    return spans


def _tail(text: str, held: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tail: list[tuple[int, int]] = []
    for unit in reversed(held[-2:]):
        if estimated_tokens(text[unit[0] : held[-1][1]]) > OVERLAP_TOKENS:
            break
        tail.insert(0, unit)
    return tail
