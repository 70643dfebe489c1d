"""Choosing with a real model: the starter obeys the grammar, and is known not to be capable."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.facts.reading.choosing import (
    MAX_TOKENS,
    candidates,
    choose_claims,
    grammar_of,
    is_capable,
    messages_of,
)
from second_me.models.client import ModelProcess

TEXT = "I moved to Bergen and my sister Ida makes boats."


def test_the_grammar_parses_and_what_the_starter_selects_is_in_the_text(model: ModelProcess) -> None:
    found = candidates(TEXT)
    answer = model.generator.constrained(messages_of(TEXT, found), grammar_of(len(found)), MAX_TOKENS)
    assert answer == "none" or ": " in answer
    for claim in choose_claims(TEXT, datetime(2024, 6, 10), model.generator):
        assert claim.value.of(TEXT) in TEXT


@pytest.mark.soak
def test_the_starter_is_not_capable(model: ModelProcess) -> None:
    assert not is_capable(model.generator)
