"""Who may know what: a row an audience, and the people whom the person has said to be one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.settings.disclosure_words import (
    LEVELS,
    TOPICS,
    audience_name,
    clearance_words,
    level_name,
    topic_name,
)
from second_me.app.views.widgets import Card, Chip, Line, LinkButton, button, clear_layout, label
from second_me.app.words import tr
from second_me.core.disclosure.levels import OTHERS

Clearance = dict[str, Any]


class AudienceRow(QWidget):
    """What one audience may know: a sentence, the level, the topics."""

    def __init__(self, service: Service, clearance: Clearance, failed: Any) -> None:
        super().__init__()
        self._service, self._failed = service, failed
        self.audience = str(clearance["audience"])
        name = audience_name(self.audience)
        self.words = label("", "muted")
        self.level = QComboBox()
        self.level.setAccessibleName(tr("What {who} may know", who=name.lower()))
        for level in LEVELS:
            self.level.addItem(level_name(level), level)
        self.topics = {topic: Chip(topic_name(topic)) for topic in TOPICS}
        self.usual = LinkButton(tr("As usual"), name=tr("{who}: as usual again", who=name))
        for topic, chip in self.topics.items():
            chip.setAccessibleName(tr("{who}: {topic}", who=name, topic=topic_name(topic)))
            chip.setToolTip(tr("Private things about {topic}, too", topic=topic_name(topic).lower()))
            chip.clicked.connect(self._set)
        self.level.activated.connect(self._set)
        self.usual.clicked.connect(self._reset)
        self._arrange(name)
        self.show_clearance(clearance)

    def _arrange(self, name: str) -> None:
        title = label(name, "strong", wrap=False)
        title.setBuddy(self.level)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(title, 1)
        top.addWidget(self.usual)
        top.addWidget(self.level)
        chips = QHBoxLayout()
        chips.setSpacing(GRID // 2)
        for chip in self.topics.values():
            chip.setMinimumWidth(_width_when_on(chip))
            chips.addWidget(chip)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addLayout(chips)

    def show_clearance(self, clearance: Clearance) -> None:
        """As it stands."""
        self.words.setText(clearance_words(clearance))
        self.level.setCurrentIndex(self.level.findData(clearance["level"]))
        everything = clearance["level"] == "private"
        for topic, chip in self.topics.items():
            chip.setChecked(everything or topic in clearance["topics"])
            chip.setEnabled(not everything)
        self.usual.setVisible(bool(clearance["changed"]))
        self._topics = list(clearance["topics"])

    def _set(self) -> None:
        level = str(self.level.currentData())
        # at "private" every chip is on by itself: what was chosen before is kept
        on = [t for t, chip in self.topics.items() if chip.isChecked() and chip.isEnabled()]
        topics = on if any(chip.isEnabled() for chip in self.topics.values()) else self._topics
        wanted = {"audience": self.audience, "level": level, "topics": topics}
        self._service.request("disclosure.set_clearance", wanted, self.show_clearance, self._failed)

    def _reset(self) -> None:
        wanted = {"audience": self.audience, "reset": True}
        self._service.request("disclosure.set_clearance", wanted, self.show_clearance, self._failed)


def _width_when_on(chip: Chip) -> int:
    """What its text takes in bold, with the sides: the layout asks only once."""
    font = chip.font()
    font.setBold(True)
    return QFontMetrics(font).horizontalAdvance(chip.text()) + GRID * 3


class KnowingCard(Card):
    """The rows of all audiences."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("Who may know what"))
        self._service = service
        self.rows: list[AudienceRow] = []
        self.failure = label("", "danger")
        self.failure.hide()
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self.body.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addWidget(self.failure)
        self.body.addLayout(self._column)

    def entered(self) -> None:
        """Ask how it stands."""
        self._service.request("disclosure.audiences", {}, self.show_all, self._failed)

    def show_all(self, clearances: list[Clearance]) -> None:
        """Rows once, then what stands in them."""
        self.failure.hide()
        if len(self.rows) != len(clearances):
            clear_layout(self._column)
            self.rows = [AudienceRow(self._service, each, self._failed) for each in clearances]
            for row in self.rows:
                if row is not self.rows[0]:
                    self._column.addWidget(Line())
                self._column.addWidget(row)
        for row, clearance in zip(self.rows, clearances, strict=True):
            row.show_clearance(clearance)

    def _failed(self, fault: RemoteFault) -> None:
        self.failure.setText(f"{fault.what} {fault.action}".strip())
        self.failure.show()


def _audiences(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for audience in OTHERS:
        box.addItem(audience_name(audience.value), audience.value)
    return box


class ContactsCard(Card):
    """Who is which audience; a name that is not among them is a stranger."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("People"))
        self._service = service
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name of somebody"))
        self.audience = _audiences(tr("Who they are"))
        self.add = button(tr("Add"), name=tr("Add this person"))
        self.add.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.none = label(tr("Nobody yet: whoever asks is a stranger."), "muted")
        self.failure = label("", "danger")
        self.failure.hide()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(GRID)
        self.grid.setVerticalSpacing(GRID // 2)
        self.grid.setColumnStretch(0, 1)
        self._arrange()

    def _arrange(self) -> None:
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.name, 1)
        row.addWidget(self.audience)
        row.addWidget(self.add)
        for part in (self.none, self.grid, row, self.failure):
            if isinstance(part, QLabel):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)

    def entered(self) -> None:
        """Ask who is known."""
        self._service.request("disclosure.contacts", {}, self.show_contacts, self._failed)

    def show_contacts(self, contacts: list[dict[str, Any]]) -> None:
        """A row each."""
        self.none.setVisible(not contacts)
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, contact in enumerate(contacts):
            self._row(number, str(contact["name"]), str(contact["audience"]))

    def _row(self, number: int, name: str, audience: str) -> None:
        box = _audiences(tr("Who {name} is", name=name))
        box.setCurrentIndex(box.findData(audience))
        box.activated.connect(lambda _at: self._map(name, str(box.currentData())))
        away = LinkButton(tr("Remove"), "danger", name=tr("Remove {name}", name=name))
        away.clicked.connect(lambda: self._map(name, None))
        who = label(name)
        who.setMinimumWidth(40)
        self.grid.addWidget(who, number, 0)
        self.grid.addWidget(box, number, 1)
        self.grid.addWidget(away, number, 2, Qt.AlignmentFlag.AlignRight)

    def _add(self) -> None:
        name = self.name.text().strip()
        if name:
            self.name.clear()
            self._map(name, str(self.audience.currentData()))

    def _map(self, name: str, audience: str | None) -> None:
        wanted = {"name": name, "audience": audience}
        self._service.request("disclosure.map_contact", wanted, self._mapped, self._failed)

    def _mapped(self, _result: object) -> None:
        self.failure.hide()
        self.entered()

    def _failed(self, fault: RemoteFault) -> None:
        self.failure.setText(f"{fault.what} {fault.action}".strip())
        self.failure.show()
