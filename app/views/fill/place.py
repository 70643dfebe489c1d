"""The Fill place: the last fills, what is allowed on which site, and the paired browsers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import FOLD_BELOW, GRID
from second_me.app.views.bridge import Service
from second_me.app.views.fill import words
from second_me.app.views.fill.browsers import BrowsersCard
from second_me.app.views.fill.history import FillsCard
from second_me.app.views.fill.pairing import PairingCard
from second_me.app.views.fill.sites import SitesCard
from second_me.app.views.settings.section import Section
from second_me.app.views.widgets import (
    EmptyState,
    ErrorBanner,
    Plane,
    Skeleton,
    UndoToast,
    clear_layout,
    label,
)
from second_me.app.words import tr


class FillPlace(Plane):
    """What the rail's Fill opens. `wanted`: something here waits for the person, such as a browser's number."""

    open_memory = Signal(str)
    wanted = Signal()

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__("background")
        self._service, self._theme = service, theme
        self._missing, self._there = {"fills", "sites", "browsers"}, set[str]()
        self.section = Section(tr("Fill"), _lead())
        self.fills, self.sites, self.browsers = FillsCard(), SitesCard(theme), BrowsersCard()
        self.pairing = PairingCard(service)
        self.empty = EmptyState(tr("No browser is paired yet"), _when_empty(), tr("Pair a browser"))
        self.skeleton = Skeleton(theme, 5)
        self.toast = UndoToast(self)
        self._banners = QVBoxLayout()
        self._arrange()
        self._connect()
        self.skeleton.start()

    def _arrange(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.section)
        content = self.section.content
        content.addLayout(self._banners)
        content.addWidget(self.skeleton)
        content.addWidget(self.empty)
        self._headings = [
            label(title, "heading") for title in (tr("Last fills"), tr("Sites"), tr("Browsers"))
        ]
        content.addWidget(self.pairing)
        for heading, card in zip(self._headings, self._cards(), strict=True):
            heading.setContentsMargins(0, GRID * 2, 0, 0)
            content.addWidget(heading)
            content.addWidget(card)
        content.addStretch(1)
        self.pairing.hide()
        self._reveal()

    def _cards(self) -> tuple[FillsCard, SitesCard, BrowsersCard]:
        return self.fills, self.sites, self.browsers

    def _connect(self) -> None:
        self._service.notified.connect(self._hear)
        self.fills.undo.connect(self._undo)
        self.fills.open_memory.connect(self.open_memory)
        self.fills.more_wanted.connect(self._ask_fills)
        self.sites.set.connect(self._set_site)
        self.browsers.forget.connect(self._forget)
        self.browsers.pair.connect(self.pair)
        self.empty.acted.connect(self.pair)
        self.pairing.closed.connect(self._pairing_over)
        self.pairing.paired.connect(self._paired)

    def entered(self) -> None:
        """Ask for everything."""
        self._ask_fills()
        self._ask_sites()
        self._ask_browsers()

    def pair(self) -> None:
        """How a browser is paired."""
        self._show_pairing()
        self.pairing.begin()
        self.section.ensureWidgetVisible(self.pairing, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.entered()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first thing that can be done."""
        super().focusInEvent(event)
        if not self._missing:
            self.focusNextChild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less margin where there is less room."""
        super().resizeEvent(event)
        self.section.fold(self.window().width() < FOLD_BELOW)

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "browser.pairing":
            self.wanted.emit()
            self._show_pairing()
            self.pairing.ask(params)
            QTimer.singleShot(0, self, lambda: self.section.ensureWidgetVisible(self.pairing, 0, 0))
        elif self.isVisible() and method == "fill.changed":
            self._ask_fills()
            self._ask_sites()
        elif self.isVisible() and method == "browser.changed":
            self._ask_browsers()

    def _ask_fills(self) -> None:
        """One more than is shown: then there are more."""
        self._service.request("fill.list", {"limit": self.fills.limit + 1}, self._show_fills, self._failed)

    def _ask_sites(self) -> None:
        self._service.request("fill.sites", {}, self._show_sites, self._failed)

    def _ask_browsers(self) -> None:
        self._service.request("browser.list", {}, self._show_browsers, self._failed)

    def _show_fills(self, fills: Sequence[dict[str, Any]]) -> None:
        self.fills.show_fills(fills)
        self._arrived("fills", bool(fills))

    def _show_sites(self, sites: Sequence[dict[str, Any]]) -> None:
        self.sites.show_sites(sites)
        self._arrived("sites", bool(sites))

    def _show_browsers(self, browsers: Sequence[dict[str, Any]]) -> None:
        self.browsers.show_browsers(browsers)
        self.pairing.see(browsers)
        self._arrived("browsers", bool(browsers))

    def _arrived(self, what: str, any_there: bool) -> None:
        self._missing.discard(what)
        (self._there.add if any_there else self._there.discard)(what)
        if not self._missing:
            self.skeleton.stop()
            clear_layout(self._banners)
        self._reveal()

    def _reveal(self) -> None:
        """The cards come together, so that nothing moves under the mouse."""
        known = not self._missing
        for part in (*self._headings, *self._cards()):
            part.setVisible(known and bool(self._there))
        self.empty.setVisible(known and not self._there and self.pairing.isHidden())
        if known and self.hasFocus():  # it waited until there is something to stand on
            self.focusNextChild()

    def _show_pairing(self) -> None:
        self.browsers.add.hide()
        self.pairing.show()
        self._reveal()

    def _failed(self, fault: RemoteFault) -> None:
        self.skeleton.stop()
        clear_layout(self._banners)
        banner = ErrorBanner(self._theme, fault.what, fault.action, tr("Try again"))
        banner.acted.connect(self.entered)
        self._banners.addWidget(banner)

    def _undo(self, fill_id: object) -> None:
        self._service.request("fill.undo", {"fill_id": fill_id}, self._undone, self._not_done)

    def _undone(self, told: dict[str, Any]) -> None:
        self.toast.offer(words.undone(len(told["restored"]), len(told["left"])))

    def _set_site(self, choice: dict[str, Any]) -> None:
        self._service.request("fill.set_site", choice, self._site_set, self._not_done)

    def _site_set(self, site: dict[str, Any]) -> None:
        name, who = words.site_name(str(site["site"])), words.audience(str(site["audience"]))
        never = site["rule"] == "never"
        said = (
            tr("{site}: never", site=name)
            if never
            else tr("{site}: asked each time, as {who}", site=name, who=who)
        )
        self.toast.offer(said)

    def _forget(self, browser: dict[str, Any]) -> None:
        name = words.plain(browser["name"], 60)
        said = tr("{browser} is forgotten. Pair it again to fill in it.", browser=name)
        wanted = {"browser_id": browser["browser_id"]}
        self._service.request(
            "browser.forget", wanted, lambda _none: self.toast.offer(said), self._not_done, self
        )

    def _not_done(self, fault: RemoteFault) -> None:
        """What was asked for did not happen: say why, and show what is."""
        self.toast.offer(f"{fault.what} {fault.action}".strip())
        self.entered()

    def _paired(self, name: str) -> None:
        if not self.pairing.isHidden():
            self._pairing_over()
        self.toast.offer(tr("{browser} is paired.", browser=name))

    def _pairing_over(self) -> None:
        self.pairing.hide()
        self.browsers.add.show()
        self._reveal()
        self.browsers.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_browsers()


def _when_empty() -> str:
    return tr("Once one is, the last fills, the sites and what each of them may know stand here.")


def _lead() -> str:
    return tr(
        "When you ask for it in a form, I show what I would fill in and where I know it from. Only what you agree to "
        "leaves this place."
    )
