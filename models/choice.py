"""What the person chose: which chat model, and how much of the machine it may hold.

It lies in `choice.json` beside the models, because it is about this computer and not about the person.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from second_me.models.disk import replace_text

CHOICE_FILE = "choice.json"


@dataclass(frozen=True, slots=True)
class Choice:
    """`chat`: the file of the chat model (None: the starter). `budget`: bytes (None: follow free memory)."""

    chat: Path | None = None
    budget: int | None = None


def read_choice(folder: Path) -> Choice:
    """The choice of a folder of models. What is absent or damaged is not chosen."""
    try:
        kept = json.loads((folder / CHOICE_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Choice()
    if not isinstance(kept, dict):
        return Choice()
    chat, budget = kept.get("chat"), kept.get("budget")
    return Choice(
        Path(chat) if isinstance(chat, str) and chat and "\0" not in chat else None,
        budget if isinstance(budget, int) and not isinstance(budget, bool) and budget > 0 else None,
    )


def write_choice(folder: Path, choice: Choice) -> None:
    """Keep a choice, as a whole or not at all. Raises EnvironmentFault ("disk_full", "read_only")."""
    chat = None if choice.chat is None else str(choice.chat)
    replace_text(folder / CHOICE_FILE, json.dumps({"chat": chat, "budget": choice.budget}) + "\n")
