"""The file of what was measured about threads: a small JSON beside the models, by machine and model.

A damaged file is as if nothing had been measured: it is measured again. A disk that refuses loses only that.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from second_me.core.ports import EnvironmentFault
from second_me.models.disk import replace_text
from second_me.models.threads import Counts

THREADS_FILE = "threads.json"
MOST_NOTES = 50
MOST_THREADS = 512
"""GGML_MAX_N_THREADS of ggml.h."""


def read_counts(file: Path, machine: str, model: str) -> Counts | None:
    """What was measured; None where nothing was, or what is there cannot be."""
    noted = _notes(file).get(_key(machine, model))
    if not isinstance(noted, dict):
        return None
    writing, reading = _number(noted, "writing"), _number(noted, "reading")
    return Counts(writing, reading) if writing and reading else None


def write_counts(file: Path, machine: str, model: str, counts: Counts) -> None:
    """Keep what was measured, and what is known of the latest others."""
    notes = _notes(file)
    notes.pop(_key(machine, model), None)
    notes[_key(machine, model)] = {"writing": counts.writing, "reading": counts.reading}
    latest = dict(list(notes.items())[-MOST_NOTES:])
    with contextlib.suppress(EnvironmentFault):  # it is measured again after the next start
        replace_text(file, json.dumps(latest, indent=1) + "\n")


def _key(machine: str, model: str) -> str:
    return f"{machine}; {model}"


def _number(noted: dict[str, Any], what: str) -> int | None:
    number = noted.get(what)
    possible = isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST_THREADS
    return number if possible else None


def _notes(file: Path) -> dict[str, Any]:
    try:
        notes = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return notes if isinstance(notes, dict) else {}
