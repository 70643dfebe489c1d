"""One file a command, all of them clients of the service.

A command's module has `HELP`, `add_arguments(parser)` and `run(arguments) -> int` (the exit code).
"""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "ask": "second_me.app.cli.ask",
    "remember": "second_me.app.cli.remember",
    "import": "second_me.app.cli.import_",
    "recall": "second_me.app.cli.recall",
    "facts": "second_me.app.cli.facts",
    "contradictions": "second_me.app.cli.contradictions",
    "fields": "second_me.app.cli.fields",
    "fill": "second_me.app.cli.fill",
    "erase": "second_me.app.cli.erase",
    "pin": "second_me.app.cli.pin",
    "curve": "second_me.app.cli.curve",
    "audit": "second_me.app.cli.audit",
    "model": "second_me.app.cli.model",
    "budget": "second_me.app.cli.budget",
    "browser": "second_me.app.cli.browser",
    "lock": "second_me.app.cli.lock",
    "doctor": "second_me.app.cli.doctor",
    "terminal": "second_me.app.cli.terminal",
    "service": "second_me.app.cli.service",
}
"""Name of a command -> its module, imported only when it is called."""
