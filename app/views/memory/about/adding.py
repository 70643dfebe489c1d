"""Telling a fact: of whom, what it is about, the value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit

from second_me.app.service.slot_words import group_name, slot_name
from second_me.app.theme.tokens import GRID
from second_me.app.views.memory.about.editors import LONGEST
from second_me.app.views.widgets import Card, LinkButton, button, label
from second_me.app.words import tr
from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.slots import Group, Slot, slots_of

NARROW = 560


class AddFact(Card):
    """`added` carries subject, slot and value; `left`: it is not wanted."""

    added = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Add a fact"))
        self.who, self.what, self.value = QComboBox(), QComboBox(), QLineEdit()
        self.who.setAccessibleName(tr("Of whom"))
        self.what.setAccessibleName(tr("What it is about"))
        self.what.setModel(_slots(self))
        self.what.setProperty("look", "list")
        self.what.setMaxVisibleItems(14)
        self.value.setPlaceholderText(tr("In your own words"))
        self.value.setAccessibleName(tr("Value"))
        self.value.setMaxLength(LONGEST)
        self.keep = button(tr("Add"), "primary", tr("Add this fact"))
        self.cancel = LinkButton(tr("Cancel"), name=tr("Add nothing"))
        for combo in (self.who, self.what):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
        self.value.textChanged.connect(self._can)
        self.value.returnPressed.connect(self._add)
        self.keep.clicked.connect(self._add)
        self.cancel.clicked.connect(self.left)
        self._arrange()
        self.show_people([])
        self.what.setCurrentIndex(self.what.findData(Slot.NAME.value))
        self._can("")

    def _arrange(self) -> None:
        self.body.setContentsMargins(GRID * 2, GRID + 4, GRID * 2, GRID + 4)
        self.body.addWidget(
            label(tr("It becomes a memory of yours, like anything else that you tell."), "muted")
        )
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(GRID)
        self._line.addWidget(self.who, 2)
        self._line.addWidget(self.what, 3)
        self._line.addWidget(self.value, 5)
        self.body.addLayout(self._line)
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_people(self, people: Sequence[str]) -> None:
        """Whom a fact can be told of; without people it is not asked."""
        before = self.who.currentData()
        self.who.clear()
        self.who.addItem(tr("You"), ME)
        for name in people:
            self.who.addItem(name, name)
        self.who.setCurrentIndex(max(self.who.findData(before), 0))
        self.who.setVisible(bool(people))

    def lay_out(self, width: int) -> None:
        """Under each other where it is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if width < NARROW else across)

    def start(self) -> None:
        """Empty, with the focus on what it is about."""
        self.value.clear()
        self.show()
        self.what.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _can(self, text: str) -> None:
        self.keep.setEnabled(bool(text.strip()))

    def _add(self) -> None:
        value = self.value.text().strip()
        if value:
            self.added.emit(str(self.who.currentData()), str(self.what.currentData()), value)


def _slots(parent: AddFact) -> QStandardItemModel:
    """All slots under the names of their groups, which cannot be chosen."""
    model = QStandardItemModel(parent)
    bold = QFont(parent.font())
    bold.setWeight(QFont.Weight.DemiBold)
    for group in Group:
        heading = QStandardItem(group_name(group))
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(bold)
        model.appendRow(heading)
        for slot in slots_of(group):
            item = QStandardItem(slot_name(slot))
            item.setData(slot.value, Qt.ItemDataRole.UserRole)
            item.setData(slot_name(slot), Qt.ItemDataRole.AccessibleTextRole)
            model.appendRow(item)
    return model
