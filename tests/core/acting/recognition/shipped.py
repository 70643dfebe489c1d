"""The weights and the rules that the product ships."""

from __future__ import annotations

from pathlib import Path

from second_me.core.acting.recognition.weights import FieldWeights

RESOURCES = Path(__file__).parents[4] / "resources"
RULES_TEXT = (RESOURCES / "fields" / "rules.toml").read_text("utf-8")


def shipped_weights() -> FieldWeights:
    """As `app/wiring.py` loads them."""
    return FieldWeights.read((RESOURCES / "weights" / "fields.npz").read_bytes(), RULES_TEXT)
