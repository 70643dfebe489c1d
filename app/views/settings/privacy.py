"""Privacy and security: the passphrase, the lock, the person's name; who may know what, and what was told."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.settings.knowing import ContactsCard, KnowingCard
from second_me.app.views.settings.section import Section
from second_me.app.views.settings.told import ToldCard
from second_me.app.views.unlock import words as unlock_words
from second_me.app.views.unlock.field import PassphraseField
from second_me.app.views.unlock.new_passphrase import NewPassphrase
from second_me.app.views.widgets import Card, button, label, set_look
from second_me.app.words import tr


class PassphraseDialog(QDialog):
    """The passphrase now, then the new one twice. Accepted when the vault has taken it."""

    def __init__(self, service: Service, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._service = service
        self.setWindowTitle(tr("Change the passphrase"))
        self.now = PassphraseField(theme, tr("Passphrase now"), tr("Passphrase now"))
        self.form = NewPassphrase(theme)
        self.failure = label("", "danger")
        self.progress = QProgressBar(maximum=0, textVisible=False)
        self.progress.setAccessibleName(tr("Changing the passphrase"))
        self.leave, self.change = button(tr("Cancel")), button(tr("Change"), "primary")
        self.leave.setAutoDefault(False)
        self.change.setAutoDefault(False)
        self.now.entered.connect(self.form.setFocus)
        self.now.changed.connect(self._typed)
        self.form.changed.connect(self._typed)
        self.form.entered.connect(self.submit)
        self.leave.clicked.connect(self.reject)
        self.change.clicked.connect(self.submit)
        self._arrange()
        self._set_busy(False)
        self.now.setFocus()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label(tr("Change the passphrase"), "heading"))
        column.addWidget(label(tr("The recovery key stays the same."), "muted"))
        column.addSpacing(GRID)
        for part in (self.now, self.form, self.progress, self.failure):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.change)
        column.addLayout(row)
        self.failure.hide()
        self.setFixedWidth(420)

    def submit(self) -> None:
        """Ask the vault."""
        if self.busy or not self._complete():
            return
        self.failure.hide()
        self._set_busy(True)
        secret = {"passphrase": self.now.text(), "new_passphrase": self.form.text()}
        self._service.request("vault.change_passphrase", secret, self._changed, self._failed)

    def done(self, result: int) -> None:
        """Nothing typed stays behind."""
        self.now.wipe()
        self.form.wipe()
        super().done(result)

    def _changed(self, _result: object) -> None:
        self._set_busy(False)
        self.accept()

    def _failed(self, fault: RemoteFault) -> None:
        self._set_busy(False)
        advice = "" if fault.code in unlock_words.WRONG else unlock_words.advice(fault)
        self.failure.setText(f"{unlock_words.wrong(fault)} {advice}".strip())
        self.failure.show()
        self.now.setFocus()
        self.now.line.selectAll()

    def _complete(self) -> bool:
        return bool(self.now.text()) and self.form.ready()

    def _typed(self) -> None:
        self.change.setEnabled(not self.busy and self._complete())

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.now.freeze(busy)
        self.form.freeze(busy)
        self.progress.setVisible(busy)
        self._typed()


class PrivacySection(Section):
    """Cards: passphrase, lock, name; who may know what, people, the log. `open_memory` leads to the Memory place."""

    lock_requested = Signal()
    open_memory = Signal(str)

    def __init__(self, service: Service, theme: Theme) -> None:
        lead = tr("Everything you tell me is encrypted on this computer. Nothing is sent anywhere.")
        super().__init__(tr("Privacy and security"), lead)
        self._service, self._theme = service, theme
        self.change = button(tr("Change…"), name=tr("Change the passphrase"))
        self.lock = button(tr("Lock now"))
        self.lock.setToolTip(tr("Ctrl+L"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Your name"))
        self.name.setPlaceholderText(tr("Your name"))
        self.save = button(tr("Save"), name=tr("Save your name"))
        self.passphrase_said, self.name_said = label("", "good"), label("", "good")
        self.change.clicked.connect(self.open_dialog)
        self.lock.clicked.connect(self._lock)
        self.save.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.name.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.save.setEnabled(False)
        self.knowing, self.people, self.told = KnowingCard(service), ContactsCard(service), ToldCard(service)
        self.told.open_memory.connect(self.open_memory)
        self._place()

    def _place(self) -> None:
        text = tr("It opens your memories. Nobody can reset it; the recovery key is the only other way in.")
        self.content.addWidget(_card(tr("Passphrase"), text, self.change, self.passphrase_said))
        text = tr("Closes the vault and forgets the key until the passphrase is typed again.")
        self.content.addWidget(_card(tr("Lock"), text, self.lock))
        card = Card(tr("Your name"))
        card.body.setContentsMargins(GRID * 2, GRID * 1, GRID * 2, GRID * 2)
        card.body.addWidget(label(tr("Your name"), "strong"))
        card.body.addWidget(label(tr("So that I know which words are yours in what you import."), "muted"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        card.body.addLayout(row)
        card.body.addWidget(self.name_said)
        self.name_said.hide()
        self.content.addWidget(card)
        self.heading(tr("Who may know what"))
        self.content.addWidget(
            label(tr("What I may tell when somebody else asks. You are told everything."), "muted")
        )
        self.content.addWidget(self.knowing)
        self.heading(tr("People"))
        self.content.addWidget(self.people)
        self.heading(tr("What was told and withheld"))
        self.content.addWidget(self.told)
        self.content.addStretch(1)

    def entered(self) -> None:
        """Bring the cards up to date; read the name, unless it is being edited."""
        for card in (self.knowing, self.people, self.told):
            card.entered()
        if not self.name.isModified():
            self._service.request("settings.get", {}, self._know)

    def open_dialog(self) -> PassphraseDialog:
        """Ask for the passphrases."""
        dialog = PassphraseDialog(self._service, self._theme, self)
        dialog.accepted.connect(self._passphrase_changed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _passphrase_changed(self) -> None:
        _say(self.passphrase_said, tr("Changed. The old passphrase opens nothing any more."))

    def _know(self, settings: dict[str, Any]) -> None:
        self.name.setText(str(settings.get("me") or ""))

    def _save(self) -> None:
        name = {"me": self.name.text().strip()}
        if not name["me"]:
            return
        self._service.request("settings.set", name, self._saved, self._name_failed)

    def _saved(self, _result: object) -> None:
        self.name.setModified(False)
        _say(self.name_said, tr("Saved."))

    def _name_failed(self, fault: RemoteFault) -> None:
        _say(self.name_said, f"{fault.what} {fault.action}".strip(), "danger")

    def _lock(self) -> None:
        self.lock_requested.emit()
        self._service.request("vault.lock", {}, failed=self._locked)

    def _locked(self, _fault: RemoteFault) -> None:
        """The service ends by locking, so that it may not answer any more."""


def _say(place: QLabel, text: str, look: str = "good") -> None:
    place.setText(text)
    set_look(place, look=look)
    place.show()


def _card(title: str, text: str, action: QPushButton, said: QWidget | None = None) -> Card:
    card = Card(title)
    card.body.setContentsMargins(GRID * 2, GRID * 1, GRID * 2, GRID * 1)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(title, "strong"))
    words.addWidget(label(text, "muted"))
    if said is not None:
        words.addWidget(said)
        said.hide()
    row = QHBoxLayout()
    row.setSpacing(GRID * 2)
    row.addLayout(words, 1)
    row.addWidget(action)
    card.body.addLayout(row)
    return card
