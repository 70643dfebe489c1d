"""The prompt's layout: what stays first, so that its KV stays valid; memories and question at the end.

The question is stated twice, before and after the memories (Just Read Twice).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from second_me.core.memory.episodes import Episode, Role
from second_me.core.ports import Message
from second_me.core.recall.date_words import date_words


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of the memories a model is shown: tokens, and how many of them at most."""

    tokens: int = 800
    memories: int = 5


STARTER = Budget(tokens=400, memories=2)
"""A model that only phrases mixes memories up when it sees more than two (docs/decisions.md)."""

ANSWER_INSTRUCTIONS = "You answer questions about notes in one sentence."
TALK_INSTRUCTIONS = (
    "You are Second Me, a calm and honest assistant. Answer briefly, in one or two sentences."
    " You know nothing about the person who writes to you."
)


def line(number: int, episode: Episode) -> str:
    """One memory as the model sees it: numbered, dated, who said it."""
    speaker = "You" if episode.role is Role.PERSON else episode.speaker
    date = date_words(episode.spoken_at)
    return f'[{number}] {speaker} said{f" on {date}" if date else ""}: "{episode.text.strip()}"'


def fitting(
    episodes: Sequence[Episode], budget: Budget, count_tokens: Callable[[str], int]
) -> tuple[Episode, ...]:
    """The first memories whose lines fit the budget; one that is too long alone is passed over."""
    taken: list[Episode] = []
    left = budget.tokens
    for episode in episodes:
        cost = count_tokens(line(1, episode)) + 2
        if cost <= left and len(taken) < budget.memories:
            taken.append(episode)
            left -= cost
    return tuple(taken)


def answer_prompt(question: str, memories: Sequence[Episode]) -> list[Message]:
    """The messages for a grounded answer."""
    lines = "\n".join(line(number, episode) for number, episode in enumerate(memories, 1))
    user = f"Question: {question}\n\nNotes:\n{lines}\n\nQuestion: {question} Answer in one sentence."
    return [Message("system", ANSWER_INSTRUCTIONS), Message("user", user)]


def talk_prompt(text: str, history: Sequence[Message]) -> list[Message]:
    """The messages for small talk and general requests: the last turns, never the memories."""
    return [Message("system", TALK_INSTRUCTIONS), *history, Message("user", text)]
