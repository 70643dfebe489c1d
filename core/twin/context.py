"""A question in the light of the one before: "And in winter?", "What does she eat?"."""

from __future__ import annotations

import re

from second_me.core.recall.keys import query_terms, words

_LEANING = frozenset("he she it they him her them his hers its their theirs there".split())
_CONTINUES = re.compile(r"^(?:and|what about|how about|und|et|y)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w-]+")


def in_context(question: str, previous: str | None) -> str:
    """The question with what it leans on: the names of the turn before, or all of it where it has none.

    "What is her shoe size?" after "When is Anna's birthday?" asks about Anna, not about her birthday.
    """
    if not previous:
        return question
    if _CONTINUES.match(question) and len(query_terms(question)) <= 3:
        return f"{previous.strip()} {question}"
    if not _LEANING & set(words(question)) or _NAME.search(question):
        return question
    names = list(dict.fromkeys(_NAME.findall(previous)))
    leaning_on = " ".join(names) if names else " ".join(query_terms(previous))
    return f"{question} ({leaning_on})" if leaning_on else question
