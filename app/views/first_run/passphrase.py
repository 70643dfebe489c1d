"""Step 1: the passphrase that makes the vault, then the recovery key, seen once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QProgressBar

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.pages import Page
from second_me.app.views.unlock.new_passphrase import NewPassphrase
from second_me.app.views.widgets import Card, ErrorBanner, button, clear_layout, label, set_look
from second_me.app.words import tr


class PassphrasePage(Page):
    """Makes the vault. There is no way around a passphrase, so this page cannot be skipped."""

    made = Signal(str)
    """The recovery key."""

    def __init__(self, service: Service, theme: Theme) -> None:
        lead = tr("It encrypts what you tell me, on this computer. It cannot be reset.")
        super().__init__(1, tr("Choose a passphrase"), lead, backward=False)
        self._service, self._theme = service, theme
        self.skip.hide()
        self.form = NewPassphrase(theme)
        self.progress = QProgressBar(maximum=0, textVisible=False)
        self.progress.setAccessibleName(tr("Making the vault"))
        keep = self.progress.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keep)
        self.form.changed.connect(self._typed)
        self.form.entered.connect(self.go)
        self.body.addWidget(self.form)
        self.body.addWidget(self.progress)
        self._set_busy(False)

    def go(self) -> None:
        """Make the vault."""
        if self.busy or not self.form.ready():
            return
        clear_layout(self.body, keep=2)
        self._set_busy(True)
        secret = {"passphrase": self.form.text()}
        self._service.request("vault.create", secret, self._made, self._failed)

    def entered(self) -> None:
        """Type at once."""
        self.form.setFocus()

    def _made(self, result: dict[str, Any]) -> None:
        self._set_busy(False)
        self.form.wipe()
        self.made.emit(result["recovery_key"])

    def _failed(self, fault: RemoteFault) -> None:
        self._set_busy(False)
        self.body.addWidget(ErrorBanner(self._theme, fault.what, fault.action))

    def _typed(self) -> None:
        self.next.setEnabled(not self.busy and self.form.ready())

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.form.freeze(busy)
        self.progress.setVisible(busy)
        self._typed()


class RecoveryPage(Page):
    """Shows the recovery key until it is kept."""

    def __init__(self) -> None:
        lead = tr("If you forget the passphrase, only this key opens the vault. It is shown this one time.")
        super().__init__(1, tr("Keep the recovery key"), lead, backward=False)
        self.skip.hide()
        self.key = label("", "reading", selectable=True)
        self.key.setAccessibleName(tr("Recovery key"))
        self.key.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.key.setTextInteractionFlags(flags)
        self.key.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.copy = button(tr("Copy"), name=tr("Copy the recovery key"))
        self.save = button(tr("Save to file…"), name=tr("Save the recovery key to a file"))
        self.said = label("", "muted")
        self.kept = QCheckBox(tr("I have kept it"))
        self.kept.setAccessibleName(self.kept.text())
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._choose_file)
        self.kept.toggled.connect(self.next.setEnabled)
        self.next.setEnabled(False)
        self._place()

    def _place(self) -> None:
        card = Card()
        card.body.addWidget(self.key)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addStretch(1)
        self.body.addWidget(card)
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        self.body.addSpacing(GRID)
        self.body.addWidget(self.kept, 0, Qt.AlignmentFlag.AlignLeft)
        self.said.hide()

    def show_key(self, key: str) -> None:
        """The key to keep; an empty one forgets it."""
        self.key.setText(key)
        self.kept.setChecked(False)

    def entered(self) -> None:
        """Copying comes first."""
        self.copy.setFocus()

    def save_to(self, path: Path) -> None:
        """Write the key to a file that only this user may read."""
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(tr("Recovery key of Second Me:") + f"\n{self.key.text()}\n")
        except OSError as error:
            self._say(tr("It could not be saved: {reason}.", reason=error.strerror), "danger")
            return
        self._say(tr("Saved. Keep the file away from this computer: whoever reads it can open the vault."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())
        self._say(tr("Copied. Other programs can read the clipboard; paste it where you keep it, soon."))

    def _choose_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, tr("Save the recovery key"), tr("Second Me recovery key.txt"), tr("Text (*.txt)")
        )
        if path:
            self.save_to(Path(path))

    def _say(self, text: str, look: str = "muted") -> None:
        self.said.setText(text)
        set_look(self.said, look=look)
        self.said.show()
