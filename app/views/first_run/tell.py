"""Step 3: something to remember, told or imported."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.importing import ImportPanel
from second_me.app.views.first_run.pages import Page
from second_me.app.views.widgets import ErrorBanner, button, clear_layout, label
from second_me.app.words import tr

KEPT_IN_SIGHT = 3


class TellPage(Page):
    """A line to type, a place to drop files on. Continue also keeps a line that is still in the field."""

    def __init__(self, service: Service, theme: Theme) -> None:
        lead = tr("One sentence is enough to begin. You can tell and import more at any time.")
        super().__init__(3, tr("Tell me something"), lead)
        self._service, self._theme = service, theme
        self._leaving = False
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("My name is …"))
        self.line.setAccessibleName(tr("Something to remember"))
        self.line.returnPressed.connect(self.tell)
        self.remember = button(tr("Remember"))
        self.remember.clicked.connect(self.tell)
        self.line.textChanged.connect(lambda text: self.remember.setEnabled(bool(text.strip())))
        self.remember.setEnabled(False)
        self.told = QVBoxLayout()
        self.trouble = QVBoxLayout()
        self.panel = ImportPanel(service)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.remember)
        self.body.addLayout(row)
        self.body.addLayout(self.told)
        self.body.addLayout(self.trouble)
        self.body.addSpacing(GRID)
        self.body.addWidget(self.panel)
        self.next.setText(tr("Begin"))
        self.next.setAccessibleName(tr("Begin"))
        self.skip.hide()

    def entered(self) -> None:
        """Type at once."""
        self.line.setFocus()

    def go(self) -> None:
        """Keep what is still in the field, then begin."""
        self._leaving = True
        if self.line.text().strip():
            self.tell()
        else:
            self.onward.emit()

    def tell(self) -> None:
        """Remember the line."""
        text = self.line.text().strip()
        if not text:
            return
        clear_layout(self.trouble)
        self.line.clear()
        self._service.request(
            "remember",
            {"text": text},
            lambda _result: self._kept(text),
            lambda fault: self._failed(fault, text),
            owner=self,
        )

    def _kept(self, text: str) -> None:
        self.told.addWidget(label(tr("Remembered: {what}", what=text), "good"))
        while self.told.count() > KEPT_IN_SIGHT:
            item = self.told.takeAt(0)
            if item is not None and (oldest := item.widget()) is not None:
                oldest.deleteLater()
        if self._leaving:
            self.onward.emit()

    def _failed(self, fault: RemoteFault, text: str) -> None:
        self._leaving = False
        if not self.line.text():
            self.line.setText(text)
        self.trouble.addWidget(ErrorBanner(self._theme, fault.what, fault.action))
