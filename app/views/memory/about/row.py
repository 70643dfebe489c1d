"""One fact as a row: what, the value, since when and where from. One stop of the Tab key; its keys and its menu
do what its buttons do."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import breakable
from second_me.app.views.flow import Flow
from second_me.app.views.memory.about import words
from second_me.app.views.memory.about.editors import EndEditor, ValueEditor
from second_me.app.views.memory.about.source import SourceLink
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.widgets import LinkButton, icon_button, label, set_look
from second_me.app.words import tr
from second_me.core.memory.facts.claims import State

WHAT_WIDTH = 128
NARROW = 460
"""Below this width of a row, what it is about stands above the value."""


class FactRow(QFrame):
    """`acted` is "confirm", "reopen", "open", "erase" or "copy"; `edited` and `ended` carry what was given."""

    acted = Signal(str)
    edited = Signal(str)
    ended = Signal(object)
    levelled = Signal(str)
    """How private it is from now on: a word of `Sensitivity`."""
    moved = Signal(int)
    """Arrow keys: -1 to the row above, 1 to the one below."""
    rested = Signal()
    """It is no longer being edited."""

    def __init__(self, theme: Theme, fact: Fact, today: date, lead: bool = True) -> None:
        """`lead`: it is the first of its slot, so that what it is about is written."""
        super().__init__()
        self.fact, self._today, self._lead = fact, today, lead
        self._narrow = False
        self.setProperty("factrow", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.spoken(fact, today))
        self.setAccessibleDescription(tr("Return edits it, Space opens its menu."))
        self.editor: ValueEditor | EndEditor | None = None
        self.more = icon_button(theme, "more", tr("More about {what}", what=words.what(fact)))
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setFixedSize(GRID * 3 + 4, GRID * 3 + 2)
        self.more.clicked.connect(
            lambda: self.open_menu(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self._buttons()
        self._arrange()

    def _buttons(self) -> None:
        """Shown while the mouse or the focus is on the row."""
        self.edit_it = LinkButton(tr("Edit"), "accent", tr("Edit {what}", what=words.what(self.fact)))
        self.confirm_it = LinkButton(
            tr("Confirm"), "accent", tr("Confirm {what}", what=words.what(self.fact))
        )
        self.edit_it.clicked.connect(self.edit)
        self.confirm_it.clicked.connect(lambda: self.acted.emit("confirm"))
        for each in (self.edit_it, self.confirm_it):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            kept = each.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            each.setSizePolicy(kept)
            each.hide()

    def _arrange(self) -> None:
        past = words.is_past(self.fact)
        shown = words.what(self.fact) if self._lead else ""
        self.what, self.above = label(shown, "muted"), label(words.what(self.fact), "muted")
        self.what.setFixedWidth(WHAT_WIDTH)
        self.what.setContentsMargins(0, 1, 0, 0)
        self.value = label(breakable(words.value(self.fact)), "past" if past else "")
        leading = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.value.setAlignment(leading | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        self.value.setToolTip(str(self.fact.get("quote") or ""))
        self._under = self._caption(past)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(2)
        for part in (self.above, self.value, self._under):
            self._middle.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 4, 5, GRID - 2, 6)
        row.setSpacing(GRID)
        row.addWidget(self.what, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._middle, 1)
        for each in (self.confirm_it, self.edit_it, self.more):
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        self.above.hide()

    def _caption(self, past: bool) -> QWidget:
        """Since when, until when, the source as a link, whether it is confirmed."""
        holder = QWidget()
        line = Flow(GRID, 0)
        holder.setLayout(line)
        told = words.source(self.fact, self._today)
        if past:
            parts = [words.over(self.fact, self._today)]
        elif words.told_when_it_began(self.fact):
            parts, told = [], words.since_source(self.fact, self._today)
        else:
            parts = [words.since(self.fact, self._today)]
        for text in filter(None, parts):
            line.addWidget(label(text, "muted", wrap=False))
        self.source = SourceLink(told)
        self.source.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.source.clicked.connect(lambda: self.acted.emit("open"))
        line.addWidget(self.source)
        if words.is_guarded(self.fact):
            line.addWidget(label(words.level(self.fact), "muted", wrap=False))
        if self.fact.get("confirmed"):
            line.addWidget(label(tr("confirmed"), "good", wrap=False))
        return holder

    def lay_out(self, width: int) -> None:
        """Fold below NARROW."""
        narrow = width < NARROW
        self.what.setVisible(not narrow)
        self.above.setVisible(narrow and self._lead)
        for each in (self.edit_it, self.confirm_it):
            kept = each.sizePolicy()
            kept.setRetainSizeWhenHidden(not narrow)
            each.setSizePolicy(kept)
        self._narrow = narrow
        self._reveal(False)

    def edit(self) -> None:
        """Turn the value into a field."""
        editor = ValueEditor(words.what(self.fact), str(self.fact["value"]))
        editor.kept.connect(self.edited)
        self._open(editor)

    def end(self) -> None:
        """Ask since when."""
        editor = EndEditor(words.what(self.fact))
        editor.ended.connect(self.ended)
        self._open(editor)

    def close_editor(self) -> None:
        """Back to the row."""
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        self._middle.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self.value.show()
        self._under.show()
        self.setFocus()
        self.rested.emit()

    def open_menu(self, at: QPoint) -> None:
        """All that can be done."""
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """The menu, made for this moment."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        current = not words.is_past(self.fact)
        if current:
            _entry(menu, tr("Edit"), self.edit)
            if not self.fact.get("confirmed"):
                _entry(menu, tr("Confirm"), lambda: self.acted.emit("confirm"))
            _entry(menu, tr("No longer true…"), self.end)
            self._levels(menu.addMenu(tr("How private it is")))
        elif self.fact["state"] == State.ENDED.value:
            _entry(menu, tr("Still true"), lambda: self.acted.emit("reopen"))
        menu.addSeparator()
        _entry(menu, tr("Open the memory"), lambda: self.acted.emit("open"))
        _entry(menu, tr("Copy"), lambda: self.acted.emit("copy"))
        _entry(menu, tr("Erase the memory…"), lambda: self.acted.emit("erase"))
        return menu

    def _levels(self, menu: QMenu) -> None:
        """What it is held to be is ticked."""
        choice = QActionGroup(menu)
        for word, name in words.level_names().items():
            action = _entry(menu, name, partial(self.levelled.emit, word))
            action.setCheckable(True)
            action.setChecked(word == self.fact.get("sensitivity"))
            choice.addAction(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and F2 edit, Space and Menu open the menu, the arrows go to the next row."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not words.is_past(self.fact):
            self.edit()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu(self.mapToGlobal(QPoint(WHAT_WIDTH, self.height())))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button or the menu key."""
        self.open_menu(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit."""
        if not words.is_past(self.fact):
            self.edit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what can be done."""
        super().enterEvent(event)
        self._reveal(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Quiet again, unless it has the focus."""
        super().leaveEvent(event)
        self._reveal(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what can be done."""
        super().focusInEvent(event)
        self._reveal(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Quiet again, unless the mouse is on it."""
        super().focusOutEvent(event)
        self._reveal(self.underMouse())

    def _open(self, editor: ValueEditor | EndEditor) -> None:
        self.close_editor()
        self.editor = editor
        self._reveal(False)
        editor.left.connect(self.close_editor)
        if isinstance(editor, ValueEditor):
            self.value.hide()
        self._under.hide()
        self._middle.addWidget(editor)
        editor.show()
        editor.start()

    def _reveal(self, on: bool) -> None:
        can = on and self.editor is None and not self._narrow and not words.is_past(self.fact)
        self.edit_it.setVisible(can)
        self.confirm_it.setVisible(can and not self.fact.get("confirmed"))
        if on != bool(self.property("hovered")):
            set_look(self, hovered=on)


def _entry(menu: QMenu, text: str, act: object) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(act)
    return action
