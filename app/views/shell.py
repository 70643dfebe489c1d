"""The window's frame: rail, places, status bar. It knows the places only as widgets that it was given."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from second_me.app.preferences import Preferences
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, SMALLEST
from second_me.app.views.bridge import Service
from second_me.app.views.rail import Rail, place_called
from second_me.app.views.statusbar import StatusBar
from second_me.app.views.widgets import ErrorBanner, Line, clear_layout
from second_me.app.words import tr

_GEOMETRY = "window.geometry"
_PLACE = "window.place"
_STATUS_EVERY_MS = 5000

USUAL = (1280, 800)
DECORATION = (16, 48)
"""What a window manager's frame may take, in pixels."""


class MainWindow(QMainWindow):
    """One window over all places. `lock_requested` and `quit_requested` are acted on by who made it."""

    lock_requested = Signal()
    quit_requested = Signal()
    place_changed = Signal(str)

    def __init__(
        self, service: Service, theme: Theme, preferences: Preferences, places: dict[str, QWidget]
    ) -> None:
        super().__init__()
        self._service, self._theme, self._preferences = service, theme, preferences
        self._places = dict(places)
        self._stack = QStackedWidget()
        for place in places.values():
            self._stack.addWidget(place)
        self.rail = Rail(theme, [place_called(name) for name in places])
        self.rail.chosen.connect(self.open_place)
        self.status_bar = StatusBar()
        self.status_bar.asked.connect(self._open_if_there)
        self._banners = QVBoxLayout()
        self.setWindowTitle(tr("Second Me"))
        self.setMinimumSize(*SMALLEST)
        self.setCentralWidget(self._frame())
        self._shortcuts()
        self._restore()
        self._listen()

    def open_place(self, name: str) -> None:
        """Show a place and give it the focus."""
        place = self._places[name]
        self._stack.setCurrentWidget(place)
        self.rail.choose(name)
        self._preferences.set(_PLACE, name)
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.place_changed.emit(name)

    def place(self) -> str:
        """The place that is open."""
        shown = self._stack.currentWidget()
        return next((name for name, widget in self._places.items() if widget is shown), "")

    def clear_content(self) -> None:
        """Take everything of the person's off the window: on lock nothing may stay on the screen."""
        self._refresh.stop()
        self.setWindowTitle(tr("Second Me"))
        self.status_bar.clear()
        clear_layout(self._banners)
        for place in self._places.values():
            self._stack.removeWidget(place)
            place.hide()
            place.setParent(None)
            place.deleteLater()
        self._places = {}
        self.rail.setEnabled(False)

    def show_fault(self, fault: RemoteFault) -> None:
        """Say across the top what happened and what to do; one fault is not said twice."""
        for at in range(self._banners.count()):
            item = self._banners.itemAt(at)
            shown = item.widget() if item else None
            if isinstance(shown, ErrorBanner) and shown.what.text() == str(fault):
                return
        banner = ErrorBanner(self._theme, str(fault), fault.action)
        banner.dismissed.connect(banner.deleteLater)
        self._banners.addWidget(banner)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place."""
        self._preferences.set(_GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        super().closeEvent(event)

    def _frame(self) -> QWidget:
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(Line("down"))
        right = QVBoxLayout()
        right.setSpacing(0)
        self._banners.setContentsMargins(0, 0, 0, 0)
        self._banners.setSpacing(GRID)
        right.addLayout(self._banners)
        right.addWidget(self._stack, 1)
        middle.addLayout(right, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(Line("across"))
        whole.addWidget(self.status_bar)
        return inside

    def _shortcuts(self) -> None:
        for number, name in enumerate(self._places, start=1):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.activated.connect(lambda name=name: self._open_if_there(name))
        lock = QShortcut(QKeySequence("Ctrl+L"), self)
        lock.activated.connect(self.lock_requested)
        leave = QShortcut(QKeySequence("Ctrl+Q"), self)
        leave.activated.connect(self.quit_requested)

    def _open_if_there(self, name: str) -> None:
        if name in self._places:
            self.open_place(name)

    def _restore(self) -> None:
        kept = self._preferences.get(_GEOMETRY, "")
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))):
            self.resize(QSize(*USUAL).boundedTo(self.screen().availableSize() - QSize(*DECORATION)))
        name = self._preferences.get(_PLACE, "talk")
        if self._places:
            self.open_place(name if name in self._places else next(iter(self._places)))

    def _listen(self) -> None:
        self._service.notified.connect(self._hear)
        self._service.unhandled.connect(self.show_fault)
        self._refresh = QTimer(self, interval=_STATUS_EVERY_MS)
        self._refresh.timeout.connect(self._ask_status)
        self._refresh.start()
        self._ask_status()

    def _ask_status(self) -> None:
        self._service.request("status", {}, self._show_status, self._ignore)

    def _show_status(self, status: dict[str, Any]) -> None:
        if self._places:
            self.status_bar.show_status(status)

    def _ignore(self, fault: RemoteFault) -> None:
        """The status is asked again soon; what is wrong is told where the person does something."""

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if not self._places:
            return
        if method == "memories.changed":
            self.status_bar.show_memories(params["memories"])
        elif method == "vectors.progress":
            self.status_bar.show_pending(params["pending"])
        elif method == "model.changed":
            self.status_bar.show_model(params)
