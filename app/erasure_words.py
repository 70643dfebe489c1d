"""A receipt of an erasure in words, for the window and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from second_me.app.words import tr, trn

Receipt = Mapping[str, Any]


def along(receipt: Receipt) -> list[str]:
    """What goes beside the memories themselves, in parts of a sentence."""
    answers, titles, facts = len(receipt["answers"]), _number(receipt, "titles"), _number(receipt, "facts")
    parts = [
        (answers, trn("{n} answer that used it", "{n} answers that used it", answers)),
        (facts, trn("{n} fact", "{n} facts", facts)),
        (titles, trn("{n} title made of it", "{n} titles made of it", titles)),
    ]
    return [words for number, words in parts + _traces(receipt) if number]


def _traces(receipt: Receipt) -> list[tuple[int, str]]:
    """What was kept of it elsewhere."""
    glossary, grains = _number(receipt, "glossary"), _number(receipt, "grains")
    audit, recalls = _number(receipt, "audit"), _number(receipt, "recalls")
    states, copies = _number(receipt, "states"), _number(receipt, "migration_copies")
    return [
        (glossary, trn("{n} word that it explains", "{n} words that it explains", glossary)),
        (grains, trn("its place in {n} summary", "its place in {n} summaries", grains)),
        (recalls, trn("the trace of {n} recall", "the traces of {n} recalls", recalls)),
        (audit, trn("its part in {n} entry of the log", "its part in {n} entries of the log", audit)),
        (states, trn("{n} saved state of the model", "{n} saved states of the model", states)),
        (copies, trn("{n} old copy of the vault", "{n} old copies of the vault", copies)),
    ]


def remaining(receipt: Receipt) -> str:
    """What no erasure reaches, in a sentence."""
    if "imported_files" in receipt.get("remains", ()):
        return tr(
            "Not reached: copies of the vault that you made yourself, and the files that it was imported from."
        )
    return tr("Not reached: copies of the vault that you made yourself.")


def nothing(receipt: Receipt) -> bool:
    """Whether there was nothing to erase."""
    kinds = ("memories", "answers", "conversations")
    return not (any(receipt[kind] for kind in kinds) or _number(receipt, "facts"))


def memories(receipt: Receipt) -> str:
    """`3 memories`; with the conversations that go as a whole."""
    number, names = len(receipt["memories"]), len(receipt.get("conversations", ()))
    words = trn("{n} memory", "{n} memories", number)
    if not names:
        return words
    return tr(
        "{memories} and {conversations}",
        memories=words,
        conversations=trn("{n} conversation", "{n} conversations", names),
    )


def _number(receipt: Receipt, name: str) -> int:
    return int(receipt.get(name, 0))
