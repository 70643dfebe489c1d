"""The person's own words in a question: "the lab" is looked for by the words of what it means, too (MARK).

The words of the meaning are further spellings of the term, as `core.recall.entities` gives names further ones: however
long a meaning is, it counts no more than the term itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from second_me.core.memory.facts.claims import Defined
from second_me.core.memory.glossary import uses
from second_me.core.recall.asked import Asked
from second_me.core.recall.keys import query_terms, spellings, words


def with_meanings(asked: Asked, entries: Sequence[Defined]) -> Asked:
    """The question with the words of meanings beside the terms of the glossary that it uses."""
    found = uses(asked.question, entries) if entries else ()
    groups = dict(asked.groups)
    for use in found:
        meant = [word for word in query_terms(use.meaning) if word not in asked.said]
        more = [spelled for group in spellings(asked.question, meant).values() for spelled in group]
        for term in words(asked.question[use.start : use.end]):
            if term in groups:
                groups[term] = tuple(dict.fromkeys((*groups[term], *more)))
    return replace(asked, groups=groups) if found else asked
