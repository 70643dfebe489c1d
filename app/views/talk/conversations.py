"""The list of conversations at the left: search, new, temporary, and the conversations by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.talk.phrases import group
from second_me.app.views.widgets import (
    ElidedLabel,
    LinkButton,
    Plane,
    Scroll,
    SearchField,
    SectionLabel,
    Skeleton,
    button,
    clear_layout,
    icon_button,
    label,
    set_look,
)
from second_me.app.words import tr

_PAGE = 80


class ConversationRow(QPushButton):
    """One conversation: title and the beginning of its last turn."""

    wanted = Signal(str, dict)
    """"open", "rename", "delete" or "erase", and the conversation."""
    stepped = Signal(int)
    """Up (-1) or down (1) was pressed."""

    def __init__(self, conversation: dict[str, Any]) -> None:
        super().__init__()
        self.conversation = conversation
        self.setProperty("look", "row")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.clicked.connect(lambda: self.wanted.emit("open", self.conversation))
        self._title = ElidedLabel()
        self._preview = ElidedLabel(look="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(3)
        for part in (self._title, self._preview):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(part)
        self.toggled.connect(self._weigh)
        self.show_conversation(conversation)

    def show_conversation(self, conversation: dict[str, Any]) -> None:
        """Fill in."""
        self.conversation = conversation
        title = conversation["title"]
        self._title.set_full(tr("{title} · temporary", title=title) if conversation["temporary"] else title)
        self._preview.set_full(conversation["preview"] or tr("Nothing said yet"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(conversation["preview"])

    def sizeHint(self) -> QSize:
        """As high as the two lines."""
        return self._column.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete deletes, Enter opens, Up and Down walk."""
        names = {Qt.Key.Key_F2: "rename", Qt.Key.Key_Delete: "delete"}
        names |= {Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open"}
        name = names.get(Qt.Key(event.key()))
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:  # a button of a group would press its neighbour
            self.stepped.emit(step)
        elif name is None:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(name, self.conversation)

    def _weigh(self, chosen: bool) -> None:
        set_look(self._title, look="strong" if chosen else "")

    def actions_menu(self) -> QMenu:
        """What can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename"), lambda: self.wanted.emit("rename", self.conversation))
        menu.addAction(tr("Delete"), lambda: self.wanted.emit("delete", self.conversation))
        if not self.conversation["temporary"]:  # of which nothing is kept
            menu.addAction(tr("Erase…"), lambda: self.wanted.emit("erase", self.conversation))
        return menu

    def _menu(self, at: QPoint) -> None:
        self.actions_menu().popup(self.mapToGlobal(at))


class ConversationList(Plane):
    """Says what is wanted; the conversations are given to it."""

    opened = Signal(dict)
    rename_wanted = Signal(dict)
    delete_wanted = Signal(dict)
    erase_wanted = Signal(dict)
    new_wanted = Signal(bool)
    searched = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("background")
        self.setAccessibleName(tr("Conversations"))
        self._rows: dict[str, ConversationRow] = {}
        self._chosen: str | None = None
        self._all: Sequence[dict[str, Any]] = ()
        self._shown = _PAGE
        self.search = SearchField(theme, tr("Search what was said"))
        self.search.asked.connect(self.searched)
        self.setFocusProxy(self.search)
        self.new = button(tr("New conversation"))
        self.new.setToolTip(tr("Ctrl+N"))
        self.new.clicked.connect(lambda: self.new_wanted.emit(False))
        self.temporary = icon_button(
            theme, "dashed-circle", tr("Temporary conversation: nothing of it is kept"), look="framed"
        )
        self.temporary.clicked.connect(lambda: self.new_wanted.emit(True))
        self._skeleton = Skeleton(theme, 6)
        self._scroll = Scroll(tr("Conversations"))
        self._scroll.column.setContentsMargins(0, 0, 4, GRID)
        self._scroll.column.setSpacing(0)
        self._build()
        self._skeleton.start()

    def show_conversations(self, conversations: Sequence[dict[str, Any]]) -> None:
        """Replace the list, latest first."""
        self._skeleton.stop()
        self._all = conversations
        self._fill()

    def choose(self, name: str | None) -> None:
        """Mark the conversation that is open."""
        self._chosen = name
        for row_name, row in self._rows.items():
            row.setAutoExclusive(False)
            row.setChecked(row_name == name)
            row.setAutoExclusive(True)

    def rows(self) -> list[ConversationRow]:
        """The rows shown, in order."""
        return list(self._rows.values())

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.new, 1)
        row.addWidget(self.temporary)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 8, 0)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self._skeleton)
        column.addWidget(self._scroll, 1)
        self.search.setMinimumHeight(36)

    def _fill(self) -> None:
        clear_layout(self._scroll.column)
        self._rows = {}
        heading = ""
        for conversation in self._all[: self._shown]:
            title = group(conversation["updated"], date.today())
            if title != heading:
                heading = title
                self._scroll.column.addWidget(SectionLabel(title))
            self._scroll.column.addWidget(self._row(conversation))
        if len(self._all) > self._shown:
            self._add(LinkButton(tr("Show earlier ones")))
        if not self._all:
            words = tr("Nothing found.") if self.search.text() else tr("Your conversations will be here.")
            self._scroll.column.addWidget(_note(words))
        self.choose(self._chosen)

    def _add(self, more: LinkButton) -> None:
        more.clicked.connect(self._show_more)
        self._scroll.column.addWidget(more)

    def _walk(self, row: ConversationRow, step: int) -> None:
        rows = self.rows()
        at = min(max(rows.index(row) + step, 0), len(rows) - 1)
        rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(rows[at])

    def _show_more(self) -> None:
        self._shown += _PAGE
        self._fill()

    def _row(self, conversation: dict[str, Any]) -> ConversationRow:
        row = ConversationRow(conversation)
        row.wanted.connect(self._want)
        row.stepped.connect(lambda step: self._walk(row, step))
        self._rows[conversation["conversation"]] = row
        return row

    def _want(self, what: str, conversation: dict[str, Any]) -> None:
        signals = {
            "open": self.opened,
            "rename": self.rename_wanted,
            "delete": self.delete_wanted,
            "erase": self.erase_wanted,
        }
        signals[what].emit(conversation)


def _note(words: str) -> QWidget:
    note = label(words, "muted")
    note.setContentsMargins(GRID, GRID * 2, GRID, 0)
    return note
