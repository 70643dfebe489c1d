"""A question in the light of the one before: "And in winter?", "What does she eat?"."""

from __future__ import annotations

import re

from second_me.core.recall.keys import query_terms, words

_LEANING = frozenset("he she it they him her them his hers its their theirs that this there those these".split())
_CONTINUES = re.compile(r"^(?:and|what about|how about|und|et|y)\b", re.IGNORECASE)


def in_context(question: str, previous: str | None) -> str:
    """The question, with the previous one before it when it cannot stand alone."""
    if not previous:
        return question
    said = words(question)
    leans = bool(_LEANING & set(said)) and not re.search(r"(?<!^)\b[A-Z][a-z]", question)
    short = bool(_CONTINUES.match(question)) and len(query_terms(question)) <= 3
    return f"{previous.strip()} {question}" if leans or short else question
