"""The memory place: its two tabs, the timeline and About me, and the ways between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.memory.about import AboutView
from second_me.app.views.memory.about.inbox import to_decide
from second_me.app.views.memory.view import MemoryView
from second_me.app.views.widgets import Chip, Line, Plane
from second_me.app.words import tr

TIMELINE, ABOUT = 0, 1


class MemoryPlace(Plane):
    """What the rail's Memory opens."""

    open_conversation = Signal(str)
    """The name of a conversation that an answer stands in."""

    def __init__(self, service: Service, theme: Theme, preferences: Preferences) -> None:
        super().__init__("background")
        self.timeline = MemoryView(service, theme, preferences)
        self.about = AboutView(service, theme)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Memory"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(tr("Timeline"))
        self.tabs.addTab(tr("About me"))
        self.decide = Chip("", checkable=False)
        self.decide.setProperty("tone", "warn")
        self.decide.hide()
        self._arrange()
        self._connect()
        self._turn(TIMELINE)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(GRID, GRID, GRID * 2, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.tabs)
        row.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.timeline)
        self._pages.addWidget(self.about)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(Line())
        whole.addLayout(self._pages, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.decide.clicked.connect(self.show_inbox)
        self.about.known.changed.connect(self._count)
        self.about.open_memory.connect(self.open_memory)
        self.timeline.detail.about_me.connect(self.show_fact)
        self.timeline.open_conversation.connect(self.open_conversation)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.about.known.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.about.known.watch(False)

    def open_memory(self, memory_id: str) -> None:
        """Open a memory in the timeline."""
        self.tabs.setCurrentIndex(TIMELINE)
        self.timeline.open_memory(memory_id)

    def search(self, text: str) -> None:
        """Search the timeline for a text."""
        self.tabs.setCurrentIndex(TIMELINE)
        self.timeline.search(text)

    def show_fact(self, fact_id: int) -> None:
        """A fact in About me."""
        self.tabs.setCurrentIndex(ABOUT)
        self.about.reveal(fact_id)

    def show_inbox(self) -> None:
        """What waits to be decided."""
        self.tabs.setCurrentIndex(ABOUT)
        self.about.show_inbox()

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.setFocusProxy(self.timeline if page == TIMELINE else self.about)

    def _count(self) -> None:
        waiting = len(self.about.known.contradictions)
        self.timeline.side.chips.show_waiting(waiting)
        self.decide.setText(to_decide(waiting))
        self.decide.setAccessibleName(tr("{n} statements to decide, open them", n=waiting))
        self.decide.setVisible(waiting > 0)
