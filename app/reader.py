"""The reader of facts that ships."""

from __future__ import annotations

from second_me.core.memory.facts.keeping import Reader
from second_me.core.memory.facts.reading import READER_VERSION, read_claims

READER = Reader(READER_VERSION, read_claims, lambda text: ())
