"""Whether caps lock is on, as far as the typed letters tell: Qt has no question for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class CapsLock:
    """Learns from key presses. `on` is None until a letter with two cases, or the key itself, was seen."""

    def __init__(self) -> None:
        self.on: bool | None = None

    def learn(self, event: QKeyEvent) -> None:
        """Take a key press into account."""
        if event.key() == Qt.Key.Key_CapsLock and not event.isAutoRepeat():
            self.on = None if self.on is None else not self.on
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        told = told_by(event.text(), shift)
        self.on = self.on if told is None else told


def told_by(text: str, shift: bool) -> bool | None:
    """What one typed letter says: a capital without Shift, or a small letter with it, means on."""
    if len(text) != 1 or text.lower() == text.upper():
        return None
    return text.isupper() != shift
