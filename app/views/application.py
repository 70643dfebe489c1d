"""The application of the window: first run, unlocking, the places, locking, and over again.

Each time it is locked the service's process ends; the next unlocking happens in a new one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMessageBox, QWidget

from second_me.app.paths import home_folder
from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from second_me.app.views.fill.desk import ProposalDesk
from second_me.app.views.fill.place import FillPlace
from second_me.app.views.first_run.view import FirstRunView
from second_me.app.views.memory import MemoryPlace
from second_me.app.views.settings.appearance import SCALE_KEY, SCHEME_KEY
from second_me.app.views.settings.view import SettingsView
from second_me.app.views.shell import MainWindow
from second_me.app.views.talk.view import TalkView
from second_me.app.views.unlock.view import UnlockView
from second_me.app.words import tr

SMALLEST = (480, 560)


class Application(QObject):
    """Owns the window that is shown and the connection behind it."""

    def __init__(self, app: QApplication, preferences: Preferences, theme: Theme) -> None:
        super().__init__(app)
        self._app, self._preferences, self._theme = app, preferences, theme
        self._service: Service | None = None
        self.desk: ProposalDesk | None = None
        self.window: QWidget | None = None
        self._leaving = False

    def start(self) -> None:
        """Connect, and show what the vault's state asks for. Raises RemoteFault when no service can be had."""
        client = Client.connect(home_folder(), "window")
        self._service = Service(client, self)
        self._service.closed.connect(self._closed)
        if client.state == "unlocked":
            self._open()
        elif client.state == "absent":
            self._greet(self._service)
        else:
            self._ask(self._service)

    def leave(self) -> None:
        """Close everything; the service ends by itself when it has nothing left to do."""
        self._leaving = True
        self._clear()
        if self._service is not None:
            self._service.close()
        self._app.quit()

    def _greet(self, service: Service) -> None:
        view = FirstRunView(service, self._theme)
        view.finished.connect(self._open)
        self._show_gate(view)

    def _ask(self, service: Service) -> None:
        view = UnlockView(service, self._theme)
        view.unlocked.connect(self._open)
        self._show_gate(view)

    def _show_gate(self, view: QWidget) -> None:
        gate = QMainWindow()
        gate.setWindowTitle(tr("Second Me"))
        gate.setMinimumSize(*SMALLEST)
        gate.setCentralWidget(view)
        if self.window is not None:
            gate.setGeometry(self.window.geometry())  # locking changes what the window shows, not where it is
        else:
            gate.resize(720, 640)
        self._replace(gate)
        field = view.findChild(QLineEdit)
        (field or view).setFocus()

    def _open(self) -> None:
        assert self._service is not None
        service, theme, preferences = self._service, self._theme, self._preferences
        talk = TalkView(service, theme, preferences)
        memory, fill = MemoryPlace(service, theme, preferences), FillPlace(service, theme)
        settings = SettingsView(service, theme, preferences)
        places: dict[str, QWidget] = {"talk": talk, "memory": memory, "fill": fill, "settings": settings}
        window = MainWindow(service, theme, preferences, places)
        window.lock_requested.connect(self._lock)
        settings.lock_requested.connect(self._lock)
        window.quit_requested.connect(window.close)
        talk.open_memory.connect(self._then(window, "memory", memory.open_memory))
        talk.search_memory.connect(self._then(window, "memory", memory.search))
        for place in (settings, fill):
            place.open_memory.connect(self._then(window, "memory", memory.open_memory))
        fill.wanted.connect(lambda: self._call(window))
        memory.open_conversation.connect(self._then(window, "talk", talk.open_conversation))
        self._replace(window)
        self.desk = ProposalDesk(service, theme, service)
        self.desk.look()

    def _call(self, window: MainWindow) -> None:
        """Something of the Fill place waits for the person."""
        window.open_place("fill")
        self._app.alert(window)

    def _then(self, window: MainWindow, place: str, show: Callable[[str], None]) -> Callable[[str], None]:
        def go(what: str) -> None:
            window.open_place(place)
            show(what)

        return go

    def _lock(self) -> None:
        self._clear()
        if self._service is not None:
            self._service.request("vault.lock", failed=lambda fault: None)

    def _clear(self) -> None:
        """Nothing of the content stays on the screen, in no window of ours."""
        if self.desk is not None:
            self.desk.clear()
            self.desk = None
        if isinstance(self.window, MainWindow):
            self.window.clear_content()

    def _closed(self) -> None:
        """The service has ended: locked by somebody, or crashed. Either way the content leaves the screen."""
        if self._leaving:
            return
        self._clear()
        try:
            self.start()
        except RemoteFault as fault:
            QMessageBox.critical(self.window, tr("Second Me"), f"{fault}\n{fault.action}".strip())
            self.leave()

    def _replace(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()


def dressed(argv: list[str]) -> tuple[QApplication, Preferences, Theme]:
    """The application, with what the window remembers about itself and the look that it asks for."""
    app = QApplication.instance() or QApplication(argv)
    assert isinstance(app, QApplication)
    app.setApplicationName("second-me")
    app.setApplicationDisplayName(tr("Second Me"))
    app.setDesktopFileName("second-me")
    preferences = Preferences(home_folder())
    theme = apply_theme(app, preferences.get(SCHEME_KEY, "system"), preferences.get(SCALE_KEY, 1.0))
    return app, preferences, theme


def open_window() -> int:
    """Run the window until it is closed; the process's exit code. Raises RemoteFault before it is shown."""
    app, preferences, theme = dressed(sys.argv[:1])
    application = Application(app, preferences, theme)
    application.start()
    app.lastWindowClosed.connect(application.leave)
    return int(app.exec())
