"""The rail at the left: one button a place, built from what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout

from second_me.app.theme.style import Theme
from second_me.app.views.widgets import Plane
from second_me.app.words import tr

RAIL_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Place:
    """How a place appears in the rail. `last` stands at the bottom."""

    name: str
    label: str
    icon: str
    last: bool = False


def place_called(name: str) -> Place:
    """The known places; an unknown name is shown as it is."""
    known = {
        "talk": Place("talk", tr("Talk"), "talk"),
        "memory": Place("memory", tr("Memory"), "memory"),
        "fill": Place("fill", tr("Fill"), "fill"),
        "settings": Place("settings", tr("Settings"), "settings", last=True),
    }
    return known.get(name, Place(name, name.capitalize(), "more"))


class Rail(Plane):
    """Buttons for the places, in the order given. `chosen` names the place."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, places: Sequence[Place]) -> None:
        super().__init__("background")
        self.setAccessibleName(tr("Places"))
        self.setFixedWidth(RAIL_WIDTH)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 14)
        column.setSpacing(6)
        for number, place in enumerate(places, start=1):
            button = self._button(theme, place, number)
            if place.last:
                column.addStretch(1)
            column.addWidget(button)
        if not any(place.last for place in places):
            column.addStretch(1)

    def choose(self, name: str) -> None:
        """Show which place is open."""
        self._buttons[name].setChecked(True)

    def _button(self, theme: Theme, place: Place, number: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "rail")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.setText(place.label)
        button.setToolTip(tr("{place} (Ctrl+{number})", place=place.label, number=number))
        button.setAccessibleName(place.label)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(button, lambda: button.setIcon(theme.icon(place.icon, "muted", "accent")))
        button.clicked.connect(lambda: self.chosen.emit(place.name))
        self._buttons[place.name] = button
        self._group.addButton(button)
        return button
