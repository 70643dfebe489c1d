"""The locked window: one field and nothing of the content.

Passphrase, or the recovery key and then a new passphrase. A failure is told after the same time, whatever
was wrong, and the field waits until then.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.unlock import words
from second_me.app.views.unlock.field import PassphraseField, centred
from second_me.app.views.unlock.new_passphrase import NewPassphrase
from second_me.app.views.widgets import ErrorBanner, LinkButton, Plane, button, label
from second_me.app.words import tr

FAILURE_MS = 1500
"""From the try to the word that it was wrong, whatever was wrong with it."""

COLUMN = 380


class Way(Enum):
    """What is asked for."""

    PASSPHRASE = auto()
    RECOVERY = auto()
    RENEWAL = auto()
    """Unlocked by the recovery key: a new passphrase is due."""


class UnlockView(Plane):
    """One field. `unlocked` is emitted when the content may be shown."""

    unlocked = Signal()

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__("background")
        self._service, self._theme = service, theme
        self._recovery_key = ""
        self._since = QElapsedTimer()
        self._fault: RemoteFault | None = None
        self._late = QTimer(self, singleShot=True)
        self._late.timeout.connect(self._tell)
        self.way = Way.PASSPHRASE
        self.busy = False
        self._build()
        self.ask(Way.PASSPHRASE)

    def _build(self) -> None:
        self.title = label("", "title")
        self.lead = label("", "muted")
        self.field = PassphraseField(self._theme, tr("Passphrase"))
        self.renewal = NewPassphrase(self._theme)
        self.failure = label("", "danger")
        self.action = button("", "primary")
        self.progress = QProgressBar(maximum=0, textVisible=False)
        self.progress.setAccessibleName(tr("Unlocking"))
        self.other_way = LinkButton("", "accent")
        self.fault_place = QVBoxLayout()
        self.field.entered.connect(self.submit)
        self.field.changed.connect(self._typed)
        self.renewal.entered.connect(self.submit)
        self.renewal.changed.connect(self._typed)
        self.action.clicked.connect(self.submit)
        self.other_way.clicked.connect(self._switch)
        self._arrange()

    def _arrange(self) -> None:
        self.column = QWidget()
        self.column.setMaximumWidth(COLUMN)
        column = QVBoxLayout(self.column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        lock = label("")
        self._theme.follow(
            lock, lambda: lock.setPixmap(self._theme.pixmap("lock", "muted", 28, self.devicePixelRatioF()))
        )
        for text in (lock, self.title, self.lead):
            column.addWidget(text)
        column.addSpacing(GRID)
        for part in (self.field, self.renewal, self.progress, self.failure, self.action):
            column.addWidget(part)
        column.addWidget(self.other_way, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self.fault_place)
        keep = self.progress.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        whole.addStretch(2)
        whole.addLayout(centred(self.column))
        whole.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        """The field is ready for typing as soon as it is seen."""
        super().showEvent(event)
        self._entry().setFocus()

    def resizeEvent(self, event: Any) -> None:
        """As wide as it may be."""
        super().resizeEvent(event)
        self.column.setFixedWidth(min(COLUMN, self.width() - GRID * 6))

    def ask(self, way: Way) -> None:
        """Show what is asked for."""
        self.way = way
        self.title.setText(words.title(way.name))
        self.lead.setText(words.lead(way.name))
        self.action.setText(words.action(way.name))
        self.action.setAccessibleName(words.action(way.name))
        name = tr("Recovery key") if way is Way.RECOVERY else tr("Passphrase")
        self.field.line.setAccessibleName(name)
        self.field.line.setPlaceholderText(name)
        self.field.wipe()
        self.renewal.wipe()
        self.failure.hide()
        self.field.setVisible(way is not Way.RENEWAL)
        self.renewal.setVisible(way is Way.RENEWAL)
        self.other_way.setVisible(way is not Way.RENEWAL)
        back = way is Way.RECOVERY
        self.other_way.setText(tr("Use the passphrase") if back else tr("Use the recovery key"))
        self.other_way.setAccessibleName(self.other_way.text())
        self._set_busy(False)
        self._entry().setFocus()

    def submit(self) -> None:
        """Try what was typed."""
        if self.busy or not self._complete():
            return
        self.failure.hide()
        self._clear_fault()
        self._set_busy(True)
        self._since.start()
        if self.way is Way.RENEWAL:
            secret = {"recovery_key": self._recovery_key, "new_passphrase": self.renewal.text()}
            self._service.request("vault.change_passphrase", secret, self._opened, self._failed)
        elif self.way is Way.RECOVERY:
            key = self.field.text().strip()
            self._service.request("vault.unlock", {"recovery_key": key}, self._renew, self._failed)
        else:
            passphrase = {"passphrase": self.field.text()}
            self._service.request("vault.unlock", passphrase, self._opened, self._failed)

    def _renew(self, _result: object) -> None:
        self._recovery_key = self.field.text().strip()
        self.ask(Way.RENEWAL)

    def _opened(self, _result: object) -> None:
        self._recovery_key = ""
        self.ask(Way.PASSPHRASE)
        self.unlocked.emit()

    def _failed(self, fault: RemoteFault) -> None:
        self._fault = fault
        self._late.start(max(0, FAILURE_MS - self._since.elapsed()))

    def _tell(self) -> None:
        fault, self._fault = self._fault, None
        if fault is None:
            return
        self._set_busy(False)
        if fault.code in words.WRONG:
            self.failure.setText(words.wrong(fault))
            self.failure.show()
            self._entry().setFocus()
            self.field.line.selectAll()
        else:
            self._show_fault(fault)

    def _show_fault(self, fault: RemoteFault) -> None:
        """The fault stands below; the button above is the way to try again."""
        self.action.setText(tr("Try again"))
        self.action.setAccessibleName(tr("Try again"))
        self.fault_place.addWidget(ErrorBanner(self._theme, fault.what, words.advice(fault)))

    def _clear_fault(self) -> None:
        while (item := self.fault_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _switch(self) -> None:
        self._clear_fault()
        self.ask(Way.PASSPHRASE if self.way is Way.RECOVERY else Way.RECOVERY)

    def _typed(self) -> None:
        self.action.setEnabled(not self.busy and self._complete())

    def _complete(self) -> bool:
        return self.renewal.ready() if self.way is Way.RENEWAL else bool(self.field.text().strip())

    def _entry(self) -> QWidget:
        return self.renewal if self.way is Way.RENEWAL else self.field

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.field.freeze(busy)
        self.renewal.freeze(busy)
        self.progress.setVisible(busy)
        self.other_way.setEnabled(not busy)
        self._typed()
