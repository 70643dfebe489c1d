"""The left side of the memory place: search, filter, the rows, and what stands there when there are none."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.importing import ImportPanel
from second_me.app.views.memory.chips import FilterChips
from second_me.app.views.memory.delegate import RowDelegate
from second_me.app.views.memory.feed import Feed
from second_me.app.views.memory.rows import Memory, MemoryRows, Who
from second_me.app.views.widgets import (
    ErrorBanner,
    LinkButton,
    Plane,
    SearchField,
    SectionLabel,
    Skeleton,
    clear_layout,
    icon_button,
    label,
)
from second_me.app.words import tr, trn


class RowList(QListView):
    """The rows. Enter opens one, Delete deletes it."""

    opened = Signal()
    delete = Signal()

    def __init__(self, theme: Theme, rows: MemoryRows) -> None:
        super().__init__()
        self.setModel(rows)
        self.setItemDelegate(RowDelegate(theme, self))
        self.setAccessibleName(tr("Memories"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete; all else as in every list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete.emit()
        else:
            super().keyPressEvent(event)


class Side(Plane):
    """Search, chips and list. `chosen` carries the memory that is current, `opened` that it was asked for."""

    chosen = Signal(dict)
    opened = Signal()
    delete = Signal()
    imported = Signal(int)

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__("background")
        self._service, self._theme = service, theme
        self.rows = MemoryRows(self)
        self.feed = Feed(service, self.rows, self)
        self.field = SearchField(theme, tr("Search your memories"))
        self.importer = icon_button(theme, "plus", tr("Import files"), look="framed")
        self.importer.setCheckable(True)
        self.panel = ImportPanel(service, upright=True)
        self.panel.hide()
        self.summary = SectionLabel("")
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.list = RowList(theme, self.rows)
        self.skeleton = Skeleton(theme, lines=9)
        self.nothing = label("", "muted")
        self.look_on = LinkButton(tr("Look further back"), "accent")
        self.unfilter = LinkButton(tr("Show all"), "accent", tr("Take the filters away"))
        self.trouble = QVBoxLayout()
        self.chips = FilterChips()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.field, 1)
        top.addWidget(self.importer)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, 14, GRID * 2, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.panel)
        column.addLayout(self.trouble)
        column.addWidget(self.summary)
        column.addWidget(self.skeleton)
        column.addWidget(self.nothing)
        column.addWidget(self.look_on, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.unfilter, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.nothing.setContentsMargins(GRID, GRID * 2, GRID, 0)
        for part in (self.summary, self.skeleton, self.nothing, self.look_on, self.unfilter):
            part.hide()

    def _connect(self) -> None:
        self.field.asked.connect(self._ask)
        self.chips.changed.connect(self.feed.narrow)
        self.unfilter.clicked.connect(self.chips.clear)
        self.field.returnPressed.connect(self._into_list)
        self.importer.toggled.connect(self.panel.setVisible)
        self.panel.imported.connect(self.imported)
        self.feed.loading.connect(self._loading)
        self.feed.settled.connect(self._settled)
        self.feed.failed.connect(self._failed)
        self.look_on.clicked.connect(self.feed.look_on)
        self.list.opened.connect(self.opened)
        self.list.delete.connect(self.delete)
        self.list.selectionModel().currentChanged.connect(self._current)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.field)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._into_list)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.field)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.field.clear)

    def reload(self) -> None:
        """Ask for the rows again, and for who can be chosen."""
        self.feed.ask(self.feed.text)
        self._service.request("memory.speakers", {}, self._who_spoke, lambda _fault: None, self)

    def current(self) -> Memory | None:
        """The memory that is current in the list."""
        return self.rows.memory(self.list.currentIndex())

    def select(self, memory_id: str) -> bool:
        """Make a memory current; False when it is not among the rows."""
        position = self.rows.position(memory_id)
        if position is None:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
            return False
        self._go(position)
        return True

    def drop(self, memory_id: str) -> None:
        """Take a memory out; its neighbour becomes current."""
        position = self.rows.position(memory_id)
        self.rows.drop(memory_id)
        if position is not None:
            self._select_near(position)
        self._settled()

    def _who_spoke(self, names: list[str]) -> None:
        self.chips.speakers = list(names)

    def _ask(self, text: str) -> None:
        if text != self.feed.text:
            self.feed.ask(text)

    def _into_list(self) -> None:
        if self.rows.shown:
            self.list.setFocus()

    def _go(self, position: int) -> None:
        index = self.rows.index(position)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flags)

    def _select_near(self, position: int) -> None:
        """The first memory at or after a row, else the last before it."""
        places = [n for n in range(self.rows.rowCount()) if self.rows.memory(self.rows.index(n)) is not None]
        if places:
            self._go(next((n for n in places if n >= position), places[-1]))

    def _current(self, index: QModelIndex) -> None:
        memory = self.rows.memory(index)
        if memory is not None:
            self.chosen.emit(dict(memory))

    def _loading(self) -> None:
        clear_layout(self.trouble)
        if not self.rows.shown:
            self.nothing.hide()
            self.look_on.hide()
            self.unfilter.hide()
            self.list.hide()
            self.skeleton.start()

    def _settled(self) -> None:
        self.skeleton.stop()
        shown = self.rows.shown
        searched = bool(self.feed.text)
        self.summary.setText(self._summary_words(shown))
        self.summary.setVisible(searched and shown > 0)
        if not shown and self.list.hasFocus():
            self.field.setFocus()  # hiding the list would hand the focus on to Delete
        self.list.setVisible(shown > 0)
        self.nothing.setText(self._nothing_words())
        self.nothing.setVisible(shown == 0)
        self.look_on.setVisible(shown == 0 and self.feed.more)
        self.unfilter.setVisible(shown == 0 and self.feed.filters.narrowed)
        if shown and self.current() is None:
            self._select_near(0)

    def _summary_words(self, shown: int) -> str:
        if self.rows.literal:
            return trn("{n} found", "{n} found, best first", shown)
        return tr("Nothing mentions “{what}”. Nearest in meaning:", what=self.feed.text)

    def _nothing_words(self) -> str:
        filters = self.feed.filters
        if self.rows.fetched and filters.who is not Who.ALL:
            who = tr("you") if filters.who is Who.YOU else tr("others")
            return tr("None of the {n:,} memories looked at is by {who}.", n=self.rows.fetched, who=who)
        if self.feed.text and not filters.narrowed:
            return tr("Nothing you told me mentions “{what}”.", what=self.feed.text)
        return tr("No memory is like that.") if filters.narrowed else tr("Nothing here yet.")

    def _failed(self, fault: RemoteFault) -> None:
        self.skeleton.stop()
        clear_layout(self.trouble)
        again = LinkButton(tr("Try again"), "accent")
        again.clicked.connect(lambda: self.feed.ask(self.feed.text))
        self.trouble.addWidget(ErrorBanner(self._theme, fault.what, fault.action))
        self.trouble.addWidget(again)
