"""The proposal: a window of its own near the form. Return fills, Esc leaves, and nothing is told to the page before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, TEXT
from second_me.app.views.fill import words
from second_me.app.views.fill.editors import RETURN
from second_me.app.views.fill.fields import Fields
from second_me.app.views.fill.floating import Floating, beside, browser_window, screen_of, within
from second_me.app.views.fill.frame import Footer, Header
from second_me.app.views.fill.words import Proposal
from second_me.app.views.widgets import Line
from second_me.app.words import tr

WIDTH = 520
GRACE_MS = 400
"""For so long after it appears, keys that were meant for the page agree to nothing."""


class ProposalWindow(Floating):
    """`agreed` carries the rows to fill (protocol's shape), `left` that it was left, `site_set` what the person said of
    the site. It closes itself after the first two."""

    agreed = Signal(list)
    left = Signal()
    site_set = Signal(dict)
    closed = Signal()

    def __init__(self, theme: Theme, proposal: Proposal) -> None:
        super().__init__(theme)
        self.proposal = proposal
        self._over = False
        self._browser = browser_window(proposal.get("window"))
        self.header, self.fields, self.footer = Header(), Fields(theme), Footer()
        self._lines = (Line(), Line())
        for part in (self.header, self._lines[0], self.fields, self._lines[1], self.footer):
            self.inside.addWidget(part)
        self.inside.setStretchFactor(self.fields, 1)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._connect()
        self.show_proposal(proposal)
        self._place()

    def show_proposal(self, proposal: Proposal) -> None:
        """Its rows and its site, also when they are others now."""
        self.proposal = proposal
        self.header.show_page(proposal)
        self.footer.show_site(proposal)
        self.fields.show_rows(proposal["rows"])
        self._count()

    def withdraw(self) -> None:
        """The page is another one: say so, keep nothing."""
        self._finish(tr("The page was left or has changed. Nothing was filled."))

    def agree(self) -> None:
        """Fill what is ticked, once there was time to see it."""
        if self._grace.isActive() or self._over:
            return
        rows = [row.answer() for row in self.fields.ticked()]
        if rows:
            self._over = True
            self.agreed.emit(rows)
            self.close()

    def leave(self) -> None:
        """Fill nothing."""
        if not self._over:
            self._over = True
            self.left.emit()
        self.close()

    def is_withdrawn(self) -> bool:
        """Whether it only says that the page has changed."""
        return self.fields.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took."""
        if self.is_withdrawn() or event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in RETURN:
            self._return(event)
        elif event.key() == Qt.Key.Key_F1:
            self._show_source()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the desktop is left."""
        if not self._over:
            self._over = True
            self.left.emit()
        self._wipe()
        super().closeEvent(event)
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the focus, and time to be seen."""
        super().showEvent(event)
        self._grace.start()
        self.raise_()
        self.activateWindow()
        self._first().setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        told = f"{self.header.title.text()}. {words.page_title(self.proposal)}, {self.header.site.full}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def changeEvent(self, event: QEvent) -> None:
        """Coming to the front later needs its time as well."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._grace.start()

    def _connect(self) -> None:
        self.header.dragged.connect(self.drag)
        self.fields.changed.connect(self._count)
        self.fields.grown.connect(self._place)
        self.footer.fill.clicked.connect(self.agree)
        self.footer.leave.clicked.connect(self.leave)
        self.footer.site_set.connect(self.site_set)
        self._theme.changed.connect(self._place)

    def _first(self) -> QWidget:
        """Where the focus begins: the button, or the first question where nothing is known."""
        if self.footer.fill.isEnabled() or self.is_withdrawn():
            return self.footer.fill
        asked = (row.value for row in self.fields.rows if row.value.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return next(asked, self.footer.leave)

    def _count(self) -> None:
        ticked = len(self.fields.ticked())
        said = words.heading(ticked, self.fields.fields())
        self.header.title.setText(said)
        self.setWindowTitle(said)
        self.footer.fill.setEnabled(ticked > 0)

    def _return(self, event: QKeyEvent) -> None:
        """A button that has the focus does what it says; anywhere else Return fills."""
        there = QApplication.focusWidget()
        if event.isAutoRepeat():
            return
        if isinstance(there, QPushButton) and there is not self.footer.fill:
            there.click()
        else:
            self.agree()

    def _show_source(self) -> None:
        row = self.fields.focused()
        for each in [row] if row is not None else self.fields.rows:
            each.show_source()
        self._place()

    def wanted_size(self, room: QSize) -> QSize:
        """What its card wants: the drawing's width, and the height of its rows, as far as there is room."""
        width = min(round(WIDTH * self._theme.pixels("body") / TEXT["body"]), room.width())
        height = self.header.heightForWidth(width) + 4
        if not self.is_withdrawn():
            height += self.footer.wanted_height(width) + self.fields.wanted_height(width - 2)
        return QSize(width, min(height, room.height()))

    def _place(self) -> None:
        """Beside the browser; where it was moved to it stays."""
        shown = self.isVisible()
        room = screen_of(self.card() if shown else self._browser).adjusted(GRID, GRID, -GRID, -GRID)
        size = self.wanted_size(room.size())
        if shown:
            self.put(within(QRect(self.card().topLeft(), size), room))
        else:
            self.put(beside(self._browser, room, size, self.isRightToLeft()))

    def _wipe(self) -> None:
        self.proposal = {**self.proposal, "rows": []}
        self.fields.wipe()

    def _finish(self, said: str) -> None:
        self._over = True
        self._wipe()
        self.fields.hide()
        for part in (*self._lines, self.footer):
            part.hide()
        self.header.title.setText(said)
        self.header.hide_page()
        self.header.hint.setText(tr("Any key closes"))
        self.setWindowTitle(said)
        self._place()
        self.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
