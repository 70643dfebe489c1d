"""The first minute: a passphrase and its recovery key, the model, something to remember."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout

from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.first_run.model import ModelPage
from second_me.app.views.first_run.pages import Page
from second_me.app.views.first_run.passphrase import PassphrasePage, RecoveryPage
from second_me.app.views.first_run.tell import TellPage
from second_me.app.views.widgets import Plane


class FirstRunView(Plane):
    """Three steps. Only the passphrase is needed; `finished` is emitted at the end."""

    finished = Signal()

    def __init__(
        self, service: Service, theme: Theme, fetch_models: Callable[[], ModelFetch] = ModelFetch
    ) -> None:
        super().__init__("background")
        self.passphrase = PassphrasePage(service, theme)
        self.recovery = RecoveryPage()
        self.model = ModelPage(service, theme, fetch_models)
        self.tell = TellPage(service, theme)
        self.pages: tuple[Page, ...] = (self.passphrase, self.recovery, self.model, self.tell)
        self._stack = QStackedLayout(self)
        for page in self.pages:
            self._stack.addWidget(page)
        self.passphrase.made.connect(self._keep)
        self.recovery.onward.connect(lambda: self.show_page(self.model))
        self.model.back.connect(lambda: self.show_page(self.recovery))
        self.model.onward.connect(lambda: self.show_page(self.tell))
        self.tell.back.connect(lambda: self.show_page(self.model))
        self.tell.onward.connect(self._finish)

    def showEvent(self, event: QShowEvent) -> None:
        """The first field is ready for typing."""
        super().showEvent(event)
        self._page().entered()

    def show_page(self, page: Page) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)
        page.entered()

    def _page(self) -> Page:
        return self.pages[self._stack.currentIndex()]

    def _keep(self, recovery_key: str) -> None:
        self.recovery.show_key(recovery_key)
        self.show_page(self.recovery)

    def _finish(self) -> None:
        self.recovery.show_key("")
        self.finished.emit()
