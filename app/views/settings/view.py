"""The settings place: a list of sections beside the one that is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import FOLD_BELOW, GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.settings.appearance import AppearanceSection
from second_me.app.views.settings.memory import MemorySection
from second_me.app.views.settings.model import ModelSection
from second_me.app.views.settings.privacy import PrivacySection
from second_me.app.views.settings.section import Section
from second_me.app.views.settings.tables import AboutSection, ShortcutsSection
from second_me.app.views.widgets import Line, Plane, button
from second_me.app.words import tr

SIDE = 220


class SettingsView(Plane):
    """Sections: Model, Privacy and security, Appearance, Memory, Shortcuts, About."""

    lock_requested = Signal()
    """The person asked to lock; the service has been told."""
    open_memory = Signal(str)
    """The person wants to see a memory."""

    def __init__(
        self,
        service: Service,
        theme: Theme,
        preferences: Preferences,
        fetch_models: Callable[[], ModelFetch] = ModelFetch,
    ) -> None:
        super().__init__("surface")
        self.model = ModelSection(service, theme, fetch_models)
        self.privacy = PrivacySection(service, theme)
        self.privacy.lock_requested.connect(self.lock_requested)
        self.privacy.open_memory.connect(self.open_memory)
        self.memory = MemorySection(service, theme)
        self.sections: tuple[Section, ...] = (
            self.model,
            self.privacy,
            AppearanceSection(theme, preferences),
            self.memory,
            ShortcutsSection(),
            AboutSection(service),
        )
        self.names = [section.accessibleName() for section in self.sections]
        self.choices = QButtonGroup(self)
        self.choice = QComboBox()
        self._stack = QStackedLayout()
        self._arrange()
        self.choices.idClicked.connect(self.open_section)
        self.choice.activated.connect(self.open_section)
        self._mark(0)

    def _arrange(self) -> None:
        for section in self.sections:
            self._stack.addWidget(section)
        self.side = self._side()
        self.top = QWidget()
        top = QVBoxLayout(self.top)
        top.setContentsMargins(GRID * 2, 14, GRID * 2, 0)
        self.choice.addItems(self.names)
        self.choice.setAccessibleName(tr("Section"))
        top.addWidget(self.choice)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addLayout(self._stack, 1)
        self.line = Line("down")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.line)
        row.addLayout(right, 1)

    def _side(self) -> Plane:
        side = Plane("background")
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 14, 12, 14)
        column.setSpacing(2)
        for number, name in enumerate(self.names):
            choice = button(name, "row")
            choice.setCheckable(True)
            self.choices.addButton(choice, number)
            column.addWidget(choice)
        column.addStretch(1)
        return side

    def open_section(self, number: int) -> None:
        """Show a section by its place in the list."""
        self._mark(number)
        self.sections[number].entered()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the open section up to date."""
        super().showEvent(event)
        self.sections[self._stack.currentIndex()].entered()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 720 px of the window the list becomes a box above the section."""
        super().resizeEvent(event)
        folded = self.window().width() < FOLD_BELOW
        self.side.setVisible(not folded)
        self.line.setVisible(not folded)
        self.top.setVisible(folded)
        for section in self.sections:
            section.fold(folded)

    def _mark(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.choice.setCurrentIndex(number)
        self.choices.button(number).setChecked(True)
