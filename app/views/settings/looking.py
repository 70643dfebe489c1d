"""The switch whether the talk looks longer when recall is undecided."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.widgets import Card, label
from second_me.app.words import tr


class LookingCard(Card):
    """One switch, kept in the vault when it is moved. `entered` reads it."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("Looking longer"))
        self._service = service
        self.switch = QCheckBox(tr("Look longer when undecided"))
        self.switch.setAccessibleName(tr("Look longer when undecided"))
        self.switch.setEnabled(False)  # until it is known
        self.failure = label("", "danger")
        self.failure.hide()
        text = tr(
            "When several memories fit about equally, the model reads them before it answers: two seconds at most."
        )
        self.switch.setAccessibleDescription(text)
        self.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self.switch)
        words.addWidget(label(text, "muted"))
        words.addWidget(self.failure)
        self.body.addLayout(words)
        self.switch.clicked.connect(self._keep)

    def entered(self) -> None:
        """Ask how it stands."""
        self._service.request("settings.get", {}, self._know, self._failed)

    def _know(self, settings: dict[str, Any]) -> None:
        self.failure.hide()
        self.switch.setChecked(bool(settings["deep"]))
        self.switch.setEnabled(True)

    def _keep(self, on: bool) -> None:
        self.failure.hide()
        self._service.request("settings.set", {"deep": on}, failed=self._not_kept)

    def _not_kept(self, fault: RemoteFault) -> None:
        self.switch.setChecked(not self.switch.isChecked())
        self._failed(fault)

    def _failed(self, fault: RemoteFault) -> None:
        self.failure.setText(f"{fault.what} {fault.action}".strip())
        self.failure.show()
