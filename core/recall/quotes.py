"""The part of a memory that matters most for a question, verbatim."""

from __future__ import annotations

from collections.abc import Collection

from second_me.core.memory.sentences import sentences
from second_me.core.recall.keys import words

MOST_CHARACTERS = 240


def stem(word: str) -> str:
    """A crude English stem, only for comparing words of a question with words of a memory."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "edly", "ed", "es", "s", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word.removesuffix(ending)
            return base + "y" if ending in ("ies", "ied") else base
    return word


def best_quote(text: str, terms: Collection[str]) -> str:
    """The whole text when it is short, else the sentences around the one that holds most of the terms."""
    if len(text) <= MOST_CHARACTERS:
        return text.strip()
    wanted = {stem(term) for term in terms}
    pieces = sentences(text) or [text]
    counts = [len(wanted & {stem(word) for word in words(piece)}) for piece in pieces]
    at = counts.index(max(counts))
    start = text.find(pieces[at])
    end = start + len(pieces[at])
    for follower in pieces[at + 1 :]:
        until = text.find(follower, end) + len(follower)
        if until - start > MOST_CHARACTERS:
            break
        end = until
    return text[start : min(end, start + MOST_CHARACTERS)].strip()
