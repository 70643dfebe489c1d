"""Choosing a passphrase: twice, with an honest hint of its strength."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.unlock.field import PassphraseField
from second_me.app.views.unlock.strength import Estimate, Level, estimate
from second_me.app.views.widgets import StrengthBar, label, set_look
from second_me.app.words import tr

SHORTEST = 8
"""Characters; the vault refuses shorter ones."""


def strength_words(found: Estimate) -> str:
    """The estimate as a sentence."""
    if found.level is Level.NONE:
        return tr("Four or five unrelated words are easy to keep and hard to guess.")
    words = {
        Level.WEAK: tr("Weak: a program would guess it."),
        Level.FAIR: tr("Fair: slows a guesser down."),
        Level.GOOD: tr("Good."),
        Level.STRONG: tr("Strong."),
    }[found.level]
    hint = tr("It holds a word that is tried first.") if found.common else ""
    return f"{words} {hint}".strip()


class NewPassphrase(QWidget):
    """Two fields and the hint. `ready` tells whether they can be used as they stand."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = PassphraseField(theme, tr("New passphrase"), tr("Passphrase"))
        self.second = PassphraseField(theme, tr("The same again"), tr("The same again"))
        self.bar = StrengthBar(theme, 0.0, width=64)
        self.hint = label(strength_words(estimate("")), "muted")
        self.mismatch = label("", "warn")
        self.setFocusProxy(self.first)
        self.first.changed.connect(self._judge)
        self.second.changed.connect(self._judge)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.entered)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.bar)
        row.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.first)
        column.addLayout(row)
        column.addWidget(self.second)
        column.addWidget(self.mismatch)
        self.mismatch.hide()

    def ready(self) -> bool:
        """Both the same and long enough."""
        return len(self.first.text()) >= SHORTEST and self.first.text() == self.second.text()

    def text(self) -> str:
        """The passphrase."""
        return self.first.text()

    def wipe(self) -> None:
        """Empty both."""
        self.first.wipe()
        self.second.wipe()

    def freeze(self, frozen: bool) -> None:
        """Take no typing for a while."""
        self.first.freeze(frozen)
        self.second.freeze(frozen)

    def _judge(self) -> None:
        found = estimate(self.first.text())
        self.bar.set_value(min(found.bits / 70, 1.0))
        short = 0 < len(self.first.text()) < SHORTEST
        at_least = tr("At least {n} characters.", n=SHORTEST)
        self.hint.setText(at_least if short else strength_words(found))
        set_look(self.hint, look="warn" if short or found.level is Level.WEAK else "muted")
        self._compare(self.first.text(), self.second.text())
        self.changed.emit()

    def _compare(self, first: str, second: str) -> None:
        """Complain only when the second can no longer become the first."""
        differs = bool(second) and not first.startswith(second)
        self.mismatch.setText(tr("The two are not the same.") if differs else "")
        self.mismatch.setVisible(differs)
