"""How much something is liked: words behind it that are no part of it."""

from __future__ import annotations

from second_me.core.memory.facts.reading.said import Said
from second_me.core.memory.facts.reading.values import Span

_DEGREES = (
    "with a passion", "with a vengeance", "with all my heart", "with every fibre", "to bits", "to pieces", "to death",
    "to the moon", "from the bottom", "like mad", "like crazy", "like anything", "like poison", "beyond words",
    "beyond measure", "by far", "in general", "in all forms", "of all kinds",
)  # fmt: skip


def without_degree(said: Said, span: Span) -> Span:
    """A phrase without the words at its end that say how much ("coriander with a passion")."""
    first, last = span
    for at in range(first + 1, last):
        tail = " ".join(word.low for word in said.words[at : at + 4]) + " "
        if tail.startswith(tuple(degree + " " for degree in _DEGREES)):
            return (first, at)
    return span
