"""The memory place: a timeline with one search box, and the memory that is open beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from second_me.app.preferences import Preferences
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import FOLD_BELOW, GRID
from second_me.app.views.bridge import Done, Service
from second_me.app.views.first_run.importing import ImportPanel
from second_me.app.views.memory import phrases
from second_me.app.views.memory.detail import MemoryDetail
from second_me.app.views.memory.erase import EraseDialog
from second_me.app.views.memory.side import Side
from second_me.app.views.unlock.field import centred
from second_me.app.views.widgets import EmptyState, ErrorBanner, Line, Plane, UndoToast, clear_layout
from second_me.app.words import tr

SETTLE_MS = 60
"""How long the list's current row rests before its memory is fetched: arrow keys may be held down."""
REFRESH_MS = 1000
NARROWEST_LIST, WIDEST_LIST = 300, 470


class MemoryView(Plane):
    """Search, read, delete, erase."""

    open_conversation = Signal(str)
    """The name of a conversation that an answer stands in."""

    def __init__(self, service: Service, theme: Theme, preferences: Preferences) -> None:
        super().__init__("surface")
        self._service, self._theme = service, theme
        self._stale, self._folded, self._reading = True, False, False
        self._wanted: str | None = None
        self.side = Side(service, theme)
        self.detail = MemoryDetail(theme, service)
        choose = tr("Choose one from the list to read it in its place.")
        self.placeholder = EmptyState(tr("No memory is open"), choose)
        self.empty = EmptyState(
            tr("Nothing yet"),
            tr("What you tell me, and what you import, will stand here by date, word for word."),
        )
        self.first_import = ImportPanel(service)
        self.toast = UndoToast(self)
        self.trouble = QVBoxLayout()
        self._rest = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._arrange()
        self._connect()
        self.setFocusProxy(self.side.field)

    def _arrange(self) -> None:
        self.empty.extra.addSpacing(GRID)
        self.empty.extra.addLayout(centred(self.first_import))
        self.reading = QWidget()
        self._right = QStackedLayout()
        self._right.addWidget(self.placeholder)
        self._right.addWidget(self.detail)
        right = QVBoxLayout(self.reading)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self.trouble.setContentsMargins(GRID * 2, GRID, GRID * 2, 0)
        right.addLayout(self.trouble)
        right.addLayout(self._right, 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.line = Line("down")
        row.addWidget(self.side)
        row.addWidget(self.line)
        row.addWidget(self.reading, 1)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(both)
        self._whole.addWidget(self.empty)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._fetch)
        self._refresh.timeout.connect(self._refresh_if_seen)
        self.side.chosen.connect(self._choose)
        self.side.opened.connect(self._open)
        self.side.delete.connect(lambda: self.delete(self.side.current()))
        self.side.imported.connect(lambda _added: self.reload())
        self.side.feed.settled.connect(self._settled)
        self.first_import.imported.connect(lambda _added: self.reload())
        self.detail.back.connect(self.show_list)
        self.detail.delete.connect(lambda: self.delete(self.detail.memory))
        self.detail.erase.connect(self.erase)
        self.detail.open_conversation.connect(self.open_conversation)
        self._service.notified.connect(self._hear)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.setWhatsThis(tr("Search your memories"))
        find.activated.connect(self._find)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.detail)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.show_list)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold below 720 px of the window."""
        super().resizeEvent(event)
        folded = self.window().width() < FOLD_BELOW
        if folded != self._folded:
            self._folded, self._reading = folded, False
            self.detail.fold(folded)
        self.first_import.setFixedWidth(min(480, self.width() - GRID * 6))
        self._lay_out()

    def reload(self) -> None:
        """Ask for the rows again; the open memory stays."""
        self._stale = False
        self.side.reload()

    def search(self, text: str) -> None:
        """Search for a text, as if it had been typed."""
        self.side.field.setText(text)
        self._stale = False
        self.side.feed.ask(text.strip())
        self.show_list()

    def open_memory(self, memory_id: str) -> None:
        """Open a memory, wherever it is."""
        if not self.side.select(memory_id):
            self._rest.stop()
        self._get(memory_id)
        if self._folded:
            self._show_reading(True)

    def show_list(self) -> None:
        """Back from a memory to the list, where only one of them has room."""
        if self._folded:
            self._show_reading(False)
        self.side.list.setFocus()

    def delete(self, memory: Mapping[str, Any] | None) -> None:
        """Hide a memory, of the list or the open one; it can be undone at once here, and for 30 days."""
        if memory is None:
            return
        memory_id = str(memory["memory_id"])
        self._ask("memory.delete", {"memory_id": memory_id}, lambda _result: self._deleted(memory_id))

    def erase(self) -> None:
        """Ask what would go with the open memory, then ask the person."""
        memory = self.detail.memory
        if memory is None:
            return
        ids = {"memory_ids": [memory["memory_id"]]}
        self._ask("memory.preview_erasure", ids, lambda receipt: self._confirm(memory, receipt))

    def _deleted(self, memory_id: str) -> None:
        self._gone(memory_id)
        self.toast.offer(tr("Deleted. It can be restored for 30 days."), lambda: self._restore(memory_id))

    def _restore(self, memory_id: str) -> None:
        self._ask("memory.restore", {"memory_id": memory_id}, lambda _result: self._restored(memory_id))

    def _restored(self, memory_id: str) -> None:
        self._wanted = memory_id
        self.reload()

    def _confirm(self, memory: dict[str, Any], receipt: dict[str, Any]) -> None:
        dialog = EraseDialog(memory, receipt, self)
        dialog.accepted.connect(lambda: self._erase(str(memory["memory_id"])))
        dialog.open()

    def _erase(self, memory_id: str) -> None:
        ids = {"memory_ids": [memory_id]}
        self._ask("memory.erase", ids, lambda receipt: self._erased(memory_id, receipt))

    def _erased(self, memory_id: str, receipt: dict[str, Any]) -> None:
        self._gone(memory_id)
        self.toast.offer(phrases.erasure_receipt(receipt))

    def _gone(self, memory_id: str) -> None:
        if self.detail.memory is not None and self.detail.memory["memory_id"] == memory_id:
            self.detail.memory = None
            self._right.setCurrentWidget(self.placeholder)
            if self._folded:
                self._show_reading(False)
        self.side.drop(memory_id)

    def _choose(self, _memory: dict[str, Any]) -> None:
        if not self._folded:
            self._rest.start()

    def _fetch(self) -> None:
        current = self.side.current()
        if current is not None:
            self._get(str(current["memory_id"]))

    def _open(self) -> None:
        """Enter or a click: read it."""
        current = self.side.current()
        if current is None:
            return
        self._get(str(current["memory_id"]))
        if self._folded:
            self._show_reading(True)
        else:
            self.detail.focus_words()

    def _get(self, memory_id: str) -> None:
        self._wanted = memory_id
        clear_layout(self.trouble)
        self._ask("memory.get", {"memory_id": memory_id}, lambda memory: self._got(memory_id, memory))

    def _got(self, memory_id: str, memory: dict[str, Any]) -> None:
        if memory_id == self._wanted:
            self.detail.show_memory(memory)
            self._right.setCurrentWidget(self.detail)

    def _settled(self) -> None:
        feed = self.side.feed
        nothing = not self.side.rows.fetched and not feed.text and not feed.filters.narrowed
        self._whole.setCurrentIndex(1 if nothing else 0)
        if self._wanted is not None:
            self.side.select(self._wanted)

    def _ask(self, method: str, params: dict[str, Any], done: Done) -> None:
        self._service.request(method, params, done, self._failed, self)

    def _failed(self, fault: RemoteFault) -> None:
        clear_layout(self.trouble)
        self.trouble.addWidget(ErrorBanner(self._theme, fault.what, fault.action))

    def _find(self) -> None:
        if self._folded:
            self._show_reading(False)
        self.side.field.setFocus()
        self.side.field.selectAll()

    def _hear(self, method: str, _params: dict[str, Any]) -> None:
        decided = method == "facts.changed" and self.side.feed.filters.contradicting
        if method == "memories.changed" or decided:
            self._stale = True
            self._refresh.start()

    def _refresh_if_seen(self) -> None:
        """New memories appear by themselves at the top of the timeline, never under what is being read."""
        at_top = self.side.list.verticalScrollBar().value() == 0
        if self._stale and self.isVisible() and at_top:
            self.reload()

    def _show_reading(self, reading: bool) -> None:
        """Where only one side has room: the memory or the list."""
        self._reading = reading
        self._lay_out()
        if reading:
            self.detail.backward.setFocus()

    def _lay_out(self) -> None:
        """Both sides, or the one that has room."""
        self.side.setVisible(not (self._folded and self._reading))
        self.reading.setVisible(not self._folded or self._reading)
        self.line.setVisible(not self._folded)
        share = max(NARROWEST_LIST, min(WIDEST_LIST, round(self.width() * 0.38)))
        self.side.setFixedWidth(self.width() if self._folded else share)
