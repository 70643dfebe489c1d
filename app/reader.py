"""The reader of facts that ships."""

from __future__ import annotations

from second_me.core.memory.facts.claims import Passage
from second_me.core.memory.facts.keeping import Reader
from second_me.core.memory.facts.reading import READER_VERSION, read_claims
from second_me.core.memory.facts.reading.definitions import read_definitions


def _definitions(text: str) -> list[tuple[Passage, Passage]]:
    return [(each.term, each.meaning) for each in read_definitions(text)]


READER = Reader(READER_VERSION, read_claims, _definitions)
