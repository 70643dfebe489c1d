"""The tab About me: what waits to be decided, then facts by group, then people."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, READING_WIDTH
from second_me.app.views.bridge import Service
from second_me.app.views.focus import order_by_place
from second_me.app.views.memory.about.acting import Acting
from second_me.app.views.memory.about.adding import AddFact
from second_me.app.views.memory.about.grouping import people
from second_me.app.views.memory.about.inbox import Inbox
from second_me.app.views.memory.about.known import Known
from second_me.app.views.memory.about.listing import Listing
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.widgets import (
    EmptyState,
    ErrorBanner,
    LinkButton,
    Plane,
    Scroll,
    SearchField,
    Skeleton,
    UndoToast,
    button,
    clear_layout,
    label,
)
from second_me.app.words import tr

FOLD = 560
"""Below this width margins are narrow."""


class AboutView(Plane):
    """What is known, with where it is known from. `open_memory` carries a memory id."""

    open_memory = Signal(str)

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__("surface")
        self._theme = theme
        self._sought: int | None = None
        self.known = Known(service, self)
        self.field = SearchField(theme, tr("Search what is known"))
        self.add_it = button(tr("Add a fact"))
        self.adding = AddFact()
        self.inbox = Inbox()
        self.listing = Listing(theme)
        self.nothing = label("", "muted")
        told = tr("What you tell of yourself, such as where you live or what you like, will stand here.")
        self.empty = EmptyState(tr("Nothing is known of you yet"), told, tr("Add a fact"))
        self.skeleton = Skeleton(theme, lines=8)
        self.trouble = QVBoxLayout()
        self.toast = UndoToast(self)
        self.acting = Acting(service, self.known, self.toast, self)
        self._arrange()
        self._connect()
        self.setFocusProxy(self.field)
        for part in (self.adding, self.inbox, self.empty, self.skeleton, self.nothing):
            part.hide()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.field, 1)
        top.addWidget(self.add_it)
        self.area = Scroll(tr("About me"))
        self._inside = QWidget()
        self._inside.setMaximumWidth(READING_WIDTH)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addLayout(top)
        self._column.addSpacing(GRID // 2)
        self._column.addLayout(self.trouble)
        for part in (self.adding, self.skeleton, self.inbox, self.nothing, self.listing):
            self._column.addWidget(part)
        self._line = QHBoxLayout()
        self._line.addStretch(1)
        self._line.addWidget(self._inside, 100)
        self._line.addStretch(1)
        self.area.column.addLayout(self._line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.known.loading.connect(self._loading)
        self.known.changed.connect(self._show)
        self.known.failed.connect(self._failed)
        self.known.refused.connect(self._refused)
        self.field.asked.connect(lambda _text: self._show())
        self.add_it.clicked.connect(self.start_adding)
        self.empty.acted.connect(self.start_adding)
        self.adding.added.connect(self._add)
        self.adding.left.connect(self._stop_adding)
        self.inbox.decided.connect(self.acting.settle)
        self.inbox.opened.connect(self.open_memory)
        self.listing.acted.connect(self._act)
        self.listing.edited.connect(self.acting.edit)
        self.listing.ended.connect(self.acting.end)
        self.listing.levelled.connect(self.acting.set_level)
        self.listing.rested.connect(self._show)
        self.listing.rebuilt.connect(lambda: order_by_place(self._inside))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.field)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.field.clear)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows and cards fold with the width."""
        super().resizeEvent(event)
        margin = GRID * 2 if self.width() < FOLD else GRID * 3
        self._line.setContentsMargins(margin, 14, margin, GRID * 4)
        for part in (self.inbox, self.listing, self.adding):
            part.lay_out(self._room())

    def reveal(self, fact_id: int) -> None:
        """Bring a fact to the eye and give it the focus."""
        self.field.clear()
        self._sought = fact_id
        self._show()

    def show_inbox(self) -> None:
        """To the contradictions."""
        self.area.verticalScrollBar().setValue(0)
        self.inbox.focus_first()

    def start_adding(self) -> None:
        """Open the form."""
        self.adding.show_people(people(self.known.facts))
        self.adding.start()
        self._choose_page()

    def _room(self) -> int:
        margins = self._line.contentsMargins()
        return min(self.width() - margins.left() - margins.right() - GRID, READING_WIDTH)

    def _find(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _loading(self) -> None:
        if not self.known.ready and self.skeleton.isHidden():
            clear_layout(self.trouble)
            self._choose_page()
            self.skeleton.start()

    def _show(self) -> None:
        if not self.known.ready or self.listing.busy:
            return
        clear_layout(self.trouble)
        self.skeleton.stop()
        text, bar = self.field.text().strip(), self.area.verticalScrollBar()
        at = bar.value()
        self.inbox.show_pairs([] if text else self.known.contradictions, self._room())
        self.listing.show_facts(self.known.facts, text, self._room())
        self.nothing.setText(tr("Nothing known has “{what}” in it.", what=text))
        self.nothing.setVisible(bool(text) and not self.listing.rows)
        self._choose_page()
        order_by_place(self._inside)
        QTimer.singleShot(0, self, lambda: bar.setValue(at))
        if self._sought is not None:
            self._find_row(self._sought)
            self._sought = None

    def _find_row(self, fact_id: int) -> None:
        self.listing.open_past_of(fact_id)
        row = self.listing.row(fact_id)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(20, row, lambda: self.area.ensureWidgetVisible(row, 0, GRID * 8))

    def _choose_page(self) -> None:
        """The page that says that nothing is known, or the facts."""
        none = self.known.ready and not self.known.facts and not self.known.contradictions
        nothing = none and self.adding.isHidden()
        self.empty.setVisible(nothing)
        self.area.setVisible(not nothing)

    def _add(self, subject: str, slot: str, value: str) -> None:
        self.acting.add(subject, slot, value)
        self._stop_adding()

    def _stop_adding(self) -> None:
        self.adding.hide()
        self._choose_page()
        self.add_it.setFocus()

    def _act(self, what: str, fact: Fact) -> None:
        if what == "open":
            self.open_memory.emit(str(fact["memory_id"]))
        else:
            self.acting.act(what, fact)

    def _failed(self, fault: RemoteFault) -> None:
        self.skeleton.stop()
        self._say(fault)
        again = LinkButton(tr("Try again"), "accent")
        again.clicked.connect(self.known.reload)
        self.trouble.addWidget(again)

    def _refused(self, fault: RemoteFault) -> None:
        self._say(fault)

    def _say(self, fault: Any) -> None:
        clear_layout(self.trouble)
        self.trouble.addWidget(ErrorBanner(self._theme, str(fault.what), str(fault.action)))
