"""The faults that both sides of the pipe speak of."""

from __future__ import annotations

from pathlib import Path

from second_me.core.ports import EnvironmentFault


def absent() -> EnvironmentFault:
    """No model is there."""
    return EnvironmentFault(
        "model_absent", "There is no model on this computer yet.", "Run: second-me model fetch starter"
    )


def unusable(path: Path, why: str) -> EnvironmentFault:
    """A model file that is there and cannot be used; `why` completes "...: it is damaged"."""
    return EnvironmentFault(
        "model_failed",
        f"The model file {path.name} cannot be used: {why}.",
        "Fetch the model again or choose another one.",
    )


def crashed() -> EnvironmentFault:
    """The process died under a request."""
    return EnvironmentFault(
        "model_failed",
        "The model stopped unexpectedly.",
        "Ask again: it starts anew. If that does not help, choose another model.",
    )
