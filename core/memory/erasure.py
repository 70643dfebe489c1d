"""What is to be erased, and what an erasure took.

A selection names memories by their ids, and others by what they are: of some conversations, of a person, of a
period. Conversations, person and period narrow each other; the ids are taken beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from second_me.core.memory.facts.claims import ME

__all__ = ["ME", "ErasureReceipt", "Remains", "Selection", "mentions"]

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
_OF_A_WORD = re.compile(f"[^\\W{_SPACELESS}]")
"""A letter or digit of a script that leaves spaces between words."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to erase.

    `person`: everything that this speaker said (`ME`: all that the person said, whatever an import calls them), and
    the facts about them; names are compared without regard to case. `mentioning`: what others said with that name in
    it, too. `after` <= time < `before` is when it was said, or, without a time of its own, its place in its
    conversation; what has no place in time is of no period.
    """

    memory_ids: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()
    person: str | None = None
    mentioning: bool = False
    after: datetime | None = None
    before: datetime | None = None

    @classmethod
    def of(cls, what: Selection | Sequence[str]) -> Selection:
        """A selection, or one of memory ids."""
        return what if isinstance(what, Selection) else cls(tuple(what))

    @property
    def is_whole_person(self) -> bool:
        """Whether it is all of somebody else: then their name goes as well, where it was kept as one."""
        others = self.person not in (None, ME)
        return others and not self.conversations and self.after is None and self.before is None

    @property
    def by_kind(self) -> bool:
        """Whether it names anything but ids."""
        return bool(self.conversations or self.person or self.after or self.before)

    @property
    def empty(self) -> bool:
        """Whether it names nothing."""
        return not (self.memory_ids or self.by_kind)

    @property
    def whole_conversations(self) -> bool:
        """Whether the conversations go as a whole, with name and title."""
        return bool(self.conversations) and not (self.person or self.after or self.before)


class Remains:
    """What no erasure reaches, as codes of a receipt."""

    BACKUPS = "backups"
    """Copies of the vault that the person made."""
    IMPORTED_FILES = "imported_files"
    """The files that some of it was imported from."""


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """What an erasure took, or would take.

    Ids of memories and of answers derived from them; `missing`: ids and conversations that were asked for and are not
    there; `conversations`: names of those of which nothing is left. Counts: pieces (`chunks`) and their vectors,
    titles, facts, entries of the glossary, summaries (`grains`) that stood on it, entries of the audit log whose texts
    went, recalls by which it was remembered, saved states of the model, copies of the vault made before migrations.
    `mentions`: memories of others that stay and hold the person's name. `remains`: codes of what it does not reach.
    """

    memories: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()
    chunks: int = 0
    vectors: int = 0
    titles: int = 0
    facts: int = 0
    glossary: int = 0
    grains: int = 0
    audit: int = 0
    recalls: int = 0
    states: int = 0
    migration_copies: int = 0
    mentions: int = 0
    remains: tuple[str, ...] = (Remains.BACKUPS,)


def mentions(text: str, name: str) -> bool:
    """Whether a text holds a name as words of its own, also with an "s" behind it; case does not matter."""
    words = " ".join(name.casefold().split())
    if not words:
        return False
    before = r"(?<!\w)" if _OF_A_WORD.match(words[0]) else ""
    after = r"s?(?!\w)" if _OF_A_WORD.match(words[-1]) else ""
    pattern = before + r"\s+".join(map(re.escape, words.split(" "))) + after
    return re.search(pattern, text.casefold()) is not None
