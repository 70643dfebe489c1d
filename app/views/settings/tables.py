"""Shortcuts and About: what can be read, not changed."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel

from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.settings import licences
from second_me.app.views.settings.section import Section, pairs
from second_me.app.views.widgets import Card, label
from second_me.app.words import tr, trn


def shortcuts() -> list[tuple[str, list[tuple[str, str]]]]:
    """The shortcuts that exist, by place: (place, [(keys, what they do)]); keys in Qt's portable notation."""
    return [
        (
            tr("Everywhere"),
            [
                ("Ctrl+1", tr("Talk")),
                ("Ctrl+2", tr("Memory")),
                ("Ctrl+3", tr("Fill")),
                ("Ctrl+4", tr("Settings")),
                ("Ctrl+L", tr("Lock")),
                ("Ctrl+Q", tr("Quit")),
            ],
        ),
        (
            tr("Talk"),
            [
                ("Return", tr("Send")),
                ("Shift+Return", tr("New line")),
                ("Ctrl+N", tr("New conversation")),
                ("Ctrl+Shift+N", tr("New temporary conversation")),
                ("Ctrl+F", tr("Search the conversations")),
                ("F2", tr("Rename the conversation")),
                ("Ctrl+B", tr("Fold the list of conversations")),
                ("Ctrl+I", tr("Fold the memories behind an answer")),
            ],
        ),
        (
            tr("Memory"),
            [
                ("Ctrl+F", tr("Search")),
                ("Down", tr("From the search into the list, and on")),
                ("Return", tr("Open the memory")),
                ("Del", tr("Delete it; can be undone for 30 days")),
                ("Esc", tr("Back to the list")),
            ],
        ),
        (
            tr("Proposal for a form"),
            [
                ("Return", tr("Fill what is ticked")),
                ("Esc", tr("Leave, fill nothing")),
                ("Space", tr("Tick a field or not")),
                ("Down", tr("To the next field")),
                ("Shift+Return", tr("New line in a longer text")),
                ("F1", tr("What was said, and when")),
            ],
        ),
    ]


class ShortcutsSection(Section):
    """A table."""

    def __init__(self) -> None:
        super().__init__(tr("Shortcuts"), tr("Everything can be reached with Tab and the arrow keys too."))
        for place, rows in shortcuts():
            self.content.addWidget(label(place, "strong"))
            card = Card(place)
            card.body.addLayout(_grid([(native(keys), words) for keys, words in rows]))
            self.content.addWidget(card)
            self.content.addSpacing(GRID)
        self.content.addStretch(1)


def native(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class AboutSection(Section):
    """Version, connections, and what everything rests on."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("About"), tr("Remembers for you, on your own computer."))
        self._service = service
        self.connections = label(connection_words(0), wrap=False)
        self.memories = label("", wrap=False)
        form = pairs()
        versions = tr("Python {python}, Qt {qt}", python=platform.python_version(), qt=qVersion())
        rows: Sequence[tuple[str, QLabel]] = [
            (tr("Version"), label(licences.version(), selectable=True, wrap=False)),
            (tr("Runs on"), label(versions, selectable=True, wrap=False)),
            (tr("Network"), self.connections),
            (tr("Memories"), self.memories),
            (tr("Licence"), label("Apache-2.0", wrap=False)),
        ]
        for title, value in rows:
            form.addRow(label(title, "muted", wrap=False), value)
        card = Card(tr("About"))
        card.body.addLayout(form)
        self.content.addWidget(card)
        self.heading(tr("Built on"))
        self.content.addWidget(self._built_on())
        self.content.addStretch(1)

    def entered(self) -> None:
        """Ask for the numbers."""
        self._service.request("status", {}, self._know)

    def _know(self, status: dict[str, Any]) -> None:
        self.connections.setText(connection_words(int(status["connections"])))
        self.memories.setText(f"{int(status['memories']):,}")

    @staticmethod
    def _built_on() -> Card:
        card = Card(tr("Libraries and models with their licences"))
        card.body.addLayout(_grid([(f"{u.name} {u.version}".strip(), u.licence) for u in licences.used()]))
        return card


def connection_words(connections: int) -> str:
    """`0 connections since start`."""
    return trn("{n} connection since start", "{n} connections since start", connections)


def _grid(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GRID * 3)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    for position, (left, right) in enumerate(rows):
        name, value = label(left, wrap=False), label(right, "muted", selectable=True)
        grid.addWidget(name, position, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, position, 1, Qt.AlignmentFlag.AlignTop)
    return grid
