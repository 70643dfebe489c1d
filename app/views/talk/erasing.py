"""A whole conversation is erased from its list: what would go is asked first, then the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.views.bridge import Service
from second_me.app.views.memory.erase import EraseConversationDialog

Conversation = dict[str, Any]


class ConversationEraser:
    """Asks over `owner`; calls `erased` with the conversation when it is gone, `failed` with what was in the way."""

    def __init__(
        self,
        service: Service,
        owner: QWidget,
        erased: Callable[[Conversation], None],
        failed: Callable[[RemoteFault], None],
    ) -> None:
        self._service, self._owner, self._erased, self._failed = service, owner, erased, failed

    def ask(self, conversation: Conversation) -> None:
        """Erase it, if the person means it."""
        self._request(
            "memory.preview_erasure", conversation, lambda preview: self._confirm(conversation, preview)
        )

    def _confirm(self, conversation: Conversation, preview: dict[str, Any]) -> None:
        dialog = EraseConversationDialog(conversation["title"], preview, self._owner.window())
        dialog.accepted.connect(
            lambda: self._request("memory.erase", conversation, lambda _: self._erased(conversation))
        )
        dialog.open()

    def _request(self, method: str, conversation: Conversation, done: Callable[[Any], None]) -> None:
        wanted = {"conversations": [conversation["conversation"]]}
        self._service.request(method, wanted, done, self._failed, self._owner)
