"""What stands above and below the rows of a proposal: the page and its site; what is allowed there, and the buttons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.fill import words
from second_me.app.views.fill.words import Proposal
from second_me.app.views.widgets import ElidedLabel, LinkButton, button, label, set_look
from second_me.app.words import tr


class SiteLabel(QLabel):
    """A host. What tells whose it is stands at its end, so that is what stays when it is too long."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strong-small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.full = ""

    def put(self, name: str) -> None:
        """The whole name."""
        self.full = name
        self.setAccessibleName(name)
        self._cut()

    def sizeHint(self) -> QSize:
        """All of it on one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.full) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self.full, Qt.TextElideMode.ElideLeft, self.width()))


class Header(QWidget):
    """How many fields, of which page, in which browser; the site is the last word, and never cut before the title."""

    dragged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = True
        self.title = label("", "heading")
        self.page, self.site = ElidedLabel("", "muted"), SiteLabel()
        self.browser = label("", "muted", wrap=False)
        self.page.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.site.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hint = label(tr("Esc leaves"), "muted", wrap=False)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.page)
        line.addWidget(self.browser)
        line.addWidget(self.site)
        line.addStretch(1)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.title)
        text.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 2, GRID + 4, GRID * 2, GRID + 4)
        row.setSpacing(GRID * 2)
        row.addLayout(text, 1)
        row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_page(self, proposal: Proposal) -> None:
        """Title, browser and site."""
        site = str(proposal.get("site") or "")
        title, browser = words.page_title(proposal), words.browser_name(proposal)
        self.page.set_full(title)
        self.page.setVisible(bool(title))
        around = "· " if title else ""
        self.browser.setText(f"{around}{browser} · " if browser else around)
        self.site.put(words.site_name(site))
        open_to_all = words.is_open(site)
        set_look(self.site, tone="warn" if open_to_all else "")
        self.site.setToolTip(tr("Not encrypted: others on the way can read it") if open_to_all else site)
        self._share()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The window is dragged by it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.dragged.emit()

    def hide_page(self) -> None:
        """Only the heading stays."""
        self._told = False
        for part in (self.page, self.browser, self.site):
            part.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title gives way before the site does."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        room = self.width() - GRID * 6 - self.hint.sizeHint().width()
        room -= self.site.sizeHint().width()
        browser = self.browser.sizeHint().width()
        self.browser.setVisible(self._told and room > browser + GRID * 6)
        self.page.setMaximumWidth(max(room - browser, 0))


class Footer(QWidget):
    """`site_set` carries {"rule"} or {"audience"} as the person chose it."""

    site_set = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.site = LinkButton("")
        self.site.clicked.connect(self.open_menu)
        self.leave = button(tr("Not here"))
        self.fill = button(tr("Fill  ⏎"), "primary", tr("Fill"))
        self.leave.setToolTip(tr("Esc"))
        self.fill.setToolTip(tr("Return"))
        self._rule, self._audience = "ask", "shop"
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.fill)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(GRID * 2, GRID + 4, GRID * 2, GRID + 4)
        self._row.setSpacing(GRID)
        self._row.addWidget(self.site, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(buttons, 1)

    def show_site(self, proposal: Proposal) -> None:
        """What is allowed there now."""
        self._rule = str(proposal.get("rule") or "ask")
        self._audience = str(proposal.get("audience") or "shop")
        said = tr("This site: {rule}", rule=words.rule(self._rule))
        self.site.setText(f"{said} ▾")
        who = tr("It is treated as {who}.", who=words.audience(self._audience))
        self.site.setToolTip(who)
        self.site.setAccessibleName(f"{said}. {who}")

    def menu(self) -> QMenu:
        """What may be chosen, made for this moment."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rules = {"ask": tr("Ask each time"), "never": tr("Never on this site")}
        self._choices(menu, "rule", rules, self._rule)
        menu.addSeparator()
        heading = menu.addAction(tr("This site is …"))
        heading.setEnabled(False)
        self._choices(menu, "audience", {who: words.audience(who) for who in words.AUDIENCES}, self._audience)
        return menu

    def open_menu(self) -> None:
        """Above the line that opens it, where the window has room."""
        menu = self.menu()
        menu.popup(self.site.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def wanted_height(self, width: int) -> int:
        """Pixels at a width."""
        self._fold(width)
        return self._row.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In two lines where one is too short."""
        super().resizeEvent(event)
        self._fold(self.width())

    def _choices(self, menu: QMenu, name: str, choices: dict[str, str], now: str) -> None:
        group = QActionGroup(menu)
        for word, text in choices.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(word == now)
            action.triggered.connect(partial(self.site_set.emit, {name: word}))
            group.addAction(action)

    def _fold(self, width: int) -> None:
        needed = self.site.sizeHint().width() + self.leave.sizeHint().width() + self.fill.sizeHint().width()
        down = needed + GRID * 7 > width
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
