"""Words to the person, on stderr: stdout belongs to what is started."""

from __future__ import annotations

import sys
from collections.abc import Callable

MISSING = 2
"""Exit code when something has to be installed first by the person."""


class Fault(Exception):
    """Something outside is in the way: `what` happened, and the `action` that helps.

    `code` is the exit code.
    """

    def __init__(self, what: str, action: str, code: int = 1) -> None:
        super().__init__(what)
        self.what, self.action, self.code = what, action, code


def tell(text: str) -> None:
    """One message, on stderr."""
    print(text, file=sys.stderr, flush=True)


def can_ask() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str) -> bool:
    """Yes unless the person says no."""
    print(question + " [Y/n] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("", "y", "yes")


def guarded(run: Callable[[], int]) -> int:
    """Run a command; faults become sentences, Ctrl+C becomes exit code 130."""
    try:
        return run()
    except Fault as fault:
        tell(fault.what)
        tell(fault.action)
        return fault.code
    except KeyboardInterrupt:
        tell("\nStopped. Start again, and it goes on where it was.")
        return 130
