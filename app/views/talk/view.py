"""The Talk place: three panels side by side, as many of them as the width allows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from second_me.app.preferences import Preferences
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import FOLD_BELOW, SIDE_LIST, SIDE_WHY, SMALLEST
from second_me.app.views.bridge import Service
from second_me.app.views.rail import RAIL_WIDTH
from second_me.app.views.talk.answer import AnswerMessage
from second_me.app.views.talk.conversations import ConversationList
from second_me.app.views.talk.erasing import ConversationEraser
from second_me.app.views.talk.pane import ConversationPane
from second_me.app.views.talk.why import WhyPanel
from second_me.app.views.widgets import Line, UndoToast
from second_me.app.words import tr

_WHY = "talk.why"
_LIST = "talk.list"
_FOLD = FOLD_BELOW - RAIL_WIDTH
_READING = 400
_ALL_THREE = SIDE_LIST + SIDE_WHY + _READING


class TalkView(QWidget):
    """The place itself. `open_memory` and `search_memory` lead to the Memory place."""

    open_memory = Signal(str)
    search_memory = Signal(str)

    def __init__(self, service: Service, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self._service, self._preferences = service, preferences
        self._narrow_panel = ""
        self.list = ConversationList(theme)
        self.pane = ConversationPane(service, theme)
        self.why = WhyPanel(service, theme)
        self.toast = UndoToast(self)
        self._eraser = ConversationEraser(service, self, self._erased, self._fault)
        self._lines = (Line("down"), Line("down"))
        self._build()
        self._connect_list()
        self._connect_pane()
        self._connect_why()
        self._shortcuts()
        service.notified.connect(self._hear)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list again."""
        query = self.list.search.text().strip()
        params = {"query": query} if query else {}
        self._service.request(
            "talk.conversations", params, self._show_conversations, self.pane.faulted.emit, self
        )

    def ask(self, text: str) -> None:
        """Send a turn in the open conversation."""
        self.pane.send(text)

    def open_conversation(self, name: str) -> None:
        """Open a conversation by its name; nothing happens when it is gone."""

        def found(conversations: list[dict[str, Any]]) -> None:
            for conversation in conversations:
                if conversation["conversation"] == name:
                    self._open(conversation)

        self._service.request("talk.conversations", {}, found, self._fault, self)

    def start_new(self, temporary: bool = False) -> None:
        """Begin a conversation."""
        self._narrow_panel = ""
        self.list.choose(None)
        self.pane.start_new(temporary)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The composer is where one writes."""
        self.pane.composer.focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Only the smallest window counts: the panels fold before they would hold it open."""
        return QSize(SMALLEST[0] - RAIL_WIDTH - 1, 400)

    def _build(self) -> None:
        self.list.setFixedWidth(SIDE_LIST)
        self.why.setFixedWidth(SIDE_WHY)
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._lines[0])
        row.addWidget(self.pane, 1)
        row.addWidget(self._lines[1])
        row.addWidget(self.why)

    def _connect_list(self) -> None:
        self.list.searched.connect(lambda _: self.refresh())
        self.list.new_wanted.connect(self.start_new)
        self.list.opened.connect(self._open)
        self.list.rename_wanted.connect(self._rename)
        self.list.delete_wanted.connect(self._delete)
        self.list.erase_wanted.connect(self._eraser.ask)

    def _connect_pane(self) -> None:
        self.pane.changed.connect(self.refresh)
        self.pane.search_memory.connect(self.search_memory)
        self.pane.why_wanted.connect(self._show_why)
        self.pane.cited.connect(self._cited)
        self.pane.answer_chosen.connect(self._explain)
        self.pane.faulted.connect(self._fault)
        self.pane.header.list_wanted.connect(self.toggle_list)
        self.pane.header.why_wanted.connect(self.toggle_why)

    def _connect_why(self) -> None:
        self.why.open_memory.connect(self.open_memory)
        self.why.number_chosen.connect(self._mark)
        self.why.again_without.connect(self._again_without)
        self.why.erased.connect(self.pane.reload)
        self.why.erased.connect(self.refresh)
        self.why.folded.connect(self.toggle_why)

    def _shortcuts(self) -> None:
        keys = {
            "Ctrl+N": lambda: self.start_new(False),
            "Ctrl+Shift+N": lambda: self.start_new(True),
            "Ctrl+I": self.toggle_why,
            "Ctrl+B": self.toggle_list,
            "Ctrl+F": self._search,
            "F2": self.pane.header.edit,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    # -- folding --------------------------------------------------------------------------------------

    def toggle_why(self) -> None:
        """Fold Why, or unfold it."""
        self._toggle("why", _WHY, self.why)

    def toggle_list(self) -> None:
        """Fold the conversations, or unfold them."""
        self._toggle("list", _LIST, self.list)

    def _toggle(self, name: str, key: str, panel: QWidget) -> None:
        showing = not panel.isHidden()
        if self.width() >= _ALL_THREE:
            self._preferences.set(key, not showing)
        else:
            self._narrow_panel = _folded(name, showing)
        self._arrange()
        if self.pane.isHidden():
            panel.setFocus()

    def _arrange(self) -> None:
        width = self.width()
        panel = self._narrow_panel
        if width >= _ALL_THREE:
            shown = (self._preferences.get(_LIST, True), True, self._preferences.get(_WHY, True))
        elif width >= _FOLD:
            shown = (panel not in ("why", "none"), True, panel == "why")
        else:
            shown = (panel == "list", panel not in ("list", "why"), panel == "why")
        self._show_panels(*shown)
        self.list.setFixedWidth(width if width < _FOLD else SIDE_LIST)
        self.why.setFixedWidth(width if width < _FOLD else SIDE_WHY)

    def _show_panels(self, conversations: bool, reading: bool, why: bool) -> None:
        wanted = (
            (self.list, conversations),
            (self._lines[0], conversations and reading),
            (self.pane, reading),
            (self._lines[1], why and reading),
            (self.why, why),
        )
        for panel, shown in sorted(wanted, key=lambda pair: pair[1]):  # hide first: never wider than allowed
            panel.setVisible(shown)

    # -- conversations --------------------------------------------------------------------------------

    def _show_conversations(self, conversations: list[dict[str, Any]]) -> None:
        self.list.show_conversations(conversations)
        name = self.pane.name()
        self.list.choose(name)
        for conversation in conversations:
            if conversation["conversation"] == name:
                self.pane.open(conversation)

    def _open(self, conversation: dict[str, Any]) -> None:
        self._narrow_panel = "" if self._narrow_panel == "list" else self._narrow_panel
        self.pane.open(conversation)
        self.list.choose(conversation["conversation"])
        self._arrange()
        self.pane.composer.focus()

    def _rename(self, conversation: dict[str, Any]) -> None:
        self._open(conversation)
        self.pane.header.edit()

    def _delete(self, conversation: dict[str, Any]) -> None:
        name = conversation["conversation"]
        self._service.request(
            "talk.delete", {"conversation": name}, lambda _: self._deleted(conversation), self._fault, self
        )

    def _deleted(self, conversation: dict[str, Any]) -> None:
        self._leave(conversation)
        words = tr("“{title}” was deleted", title=conversation["title"])
        self.toast.offer(words, lambda: self._restore(conversation))

    def _erased(self, conversation: dict[str, Any]) -> None:
        self._leave(conversation)
        self.toast.offer(tr("The conversation was erased for good"))

    def _leave(self, conversation: dict[str, Any]) -> None:
        if self.pane.name() == conversation["conversation"]:
            self.pane.start_new(False)
        self.refresh()

    def _restore(self, conversation: dict[str, Any]) -> None:
        params = {"conversation": conversation["conversation"]}
        self._service.request("talk.restore", params, lambda _: self.refresh(), self._fault, self)

    def _search(self) -> None:
        if self.list.isHidden():
            self.toggle_list()
        self.list.search.setFocus()

    # -- why ------------------------------------------------------------------------------------------

    def _explain(self, message: AnswerMessage | None) -> None:
        if message is None:
            self.why.clear()
        elif message.answer is not None:
            self.why.show_answer(message.answer, message.time, message.found)
        else:
            self.why.show_found(message.found)

    def _show_why(self) -> None:
        if self.why.isHidden():
            self.toggle_why()

    def _cited(self, message: AnswerMessage, number: int) -> None:
        self._show_why()
        self.why.choose(number)

    def _mark(self, number: int) -> None:
        chosen = self.pane.chosen()
        if chosen is not None:
            chosen.choose(number)

    def _again_without(self, memory_id: str) -> None:
        chosen = self.pane.chosen()
        if chosen is not None:
            self.pane.again(chosen, memory_id)

    def _fault(self, fault: RemoteFault) -> None:
        self.toast.offer(f"{fault} {fault.action}".strip())

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "locked":
            self.pane.clear()
            self.list.show_conversations([])


def _folded(name: str, showing: bool) -> str:
    """What the one foldable panel of a narrow window is after a toggle of `name`."""
    if not showing:
        return name
    return "none" if name == "list" else ""
