"""The application without its main window: it shows proposals when a browser asks and no window of ours is open.

The browser's relay starts it in the person's session (docs/browser.md). It ends by itself when the vault is locked, or
when nothing was to be shown for a while.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.views.application import dressed
from second_me.app.views.bridge import Service
from second_me.app.views.fill.desk import ProposalDesk
from second_me.app.words import tr

IDLE_MS = 600_000


class HiddenApplication(QObject):
    """A desk for proposals and the connection behind it."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._app, self._theme = app, theme
        self._service: Service | None = None
        self.desk: ProposalDesk | None = None
        self.idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self.idle.timeout.connect(self.leave)

    def start(self) -> None:
        """Show what waits. Raises RemoteFault when there is no unlocked vault: nothing is started or unlocked here."""
        home = home_folder()
        if HomeLayout(home).locked_marker.exists():
            raise _locked()
        client = Client.connect(home, "window", start=False)
        if client.state != "unlocked":
            client.close()
            raise _locked()
        self._service = Service(client, self)
        self._service.closed.connect(self.leave)
        self.desk = ProposalDesk(self._service, self._theme, self)
        self.desk.busy.connect(self.idle.stop)
        self.desk.quiet.connect(self.idle.start)
        self.desk.look()
        self.idle.start()

    def leave(self) -> None:
        """Take everything off the screen and end."""
        self.idle.stop()
        if self.desk is not None:
            self.desk.clear()
        if self._service is not None:
            self._service.close()
        self._app.quit()


def _locked() -> RemoteFault:
    return RemoteFault("locked", tr("Second Me is locked."), tr("Unlock it in its window, or in a terminal."))


def stay_hidden() -> int:
    """Run until there is nothing to do; the process's exit code. Raises RemoteFault before that."""
    app, _preferences, theme = dressed(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    application = HiddenApplication(app, theme)
    application.start()
    return int(app.exec())
