"""The head of a conversation: its title, whether what is said here is remembered, and the two folds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QStackedWidget

from second_me.app.theme.style import Theme
from second_me.app.views.widgets import ElidedLabel, LinkButton, Plane, icon_button
from second_me.app.words import tr

HEIGHT = 47
_NARROW = 500


class Header(Plane):
    """Title (F2 renames), remember state, buttons for the list and for Why."""

    renamed = Signal(str)
    temporary_wanted = Signal()
    list_wanted = Signal()
    why_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface")
        self._narrow, self._known = False, False
        self._full_state = self._short_state = ""
        self.setFixedHeight(HEIGHT)
        self._title = ElidedLabel(look="heading")
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._edit = QLineEdit()
        self._edit.setAccessibleName(tr("Title of the conversation"))
        self._edit.returnPressed.connect(self._take)
        self._edit.installEventFilter(self)
        self._titles = QStackedWidget()
        self._titles.addWidget(self._title)
        self._titles.addWidget(self._edit)
        self._state = LinkButton("")
        self._state.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        theme.follow(self._state, lambda: self._state.setIcon(theme.icon("chevron")))
        self._menu = QMenu(self)
        self._menu.addAction(tr("Start a temporary conversation"), self.temporary_wanted.emit)
        self._menu.addAction(tr("Rename this conversation (F2)"), self.edit)
        self._state.clicked.connect(self._open_menu)
        self.list_button = icon_button(theme, "list", tr("Conversations (Ctrl+B)"))
        self.list_button.clicked.connect(self.list_wanted)
        self.why_button = icon_button(theme, "why", tr("Why (Ctrl+I)"))
        self.why_button.clicked.connect(self.why_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.list_button)
        row.addSpacing(4)
        row.addWidget(self._titles, 1)
        row.addWidget(self._state)
        row.addWidget(self.why_button)
        self.show_title("", temporary=False, known=False)

    def show_title(self, title: str, temporary: bool, known: bool) -> None:
        """What conversation this is; `known` when it exists already and can be renamed."""
        self._titles.setCurrentIndex(0)
        self._known = known and not temporary
        new = tr("Temporary conversation") if temporary else tr("New conversation")
        self._title.set_full(title or new)
        words = tr("temporary: nothing here is kept") if temporary else tr("what I say here is remembered")
        self._full_state = words
        self._short_state = tr("temporary") if temporary else tr("remembered")
        self._state.setText(words)
        self._state.setAccessibleName(words)
        self._menu.actions()[1].setEnabled(self._known)
        self._shorten()

    def title(self) -> str:
        """The title shown."""
        return self._title.full()

    def edit(self) -> None:
        """Let the person type another title; Enter takes it, Esc leaves it."""
        if not self._known:
            return
        self._edit.setText(self._title.full())
        self._edit.selectAll()
        self._titles.setCurrentIndex(1)
        self._edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc and leaving the field keep the old title."""
        left = event.type() == QEvent.Type.FocusOut
        escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if left or escaped:
            self._titles.setCurrentIndex(0)
            return escaped
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the state is one word."""
        super().resizeEvent(event)
        self._narrow = self.width() < _NARROW
        self._shorten()

    def _shorten(self) -> None:
        self._state.setText(self._short_state if self._narrow else self._full_state)
        self._state.setToolTip(self._full_state)

    def _take(self) -> None:
        title = self._edit.text().strip()
        self._titles.setCurrentIndex(0)
        if title and title != self._title.full():
            self._title.set_full(title)
            self.renamed.emit(title)

    def _open_menu(self) -> None:
        self._menu.popup(self._state.mapToGlobal(self._state.rect().bottomLeft()))
