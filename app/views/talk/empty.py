"""The Talk place before anything was said: what will be here, and how one may begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from second_me.app.views.widgets import Chip, EmptyState
from second_me.app.words import tr


def talk_empty(write: Callable[[str], None], focus: Callable[[], None]) -> EmptyState:
    """`write` puts an example into the composer, where it can be changed before it is sent."""
    page = EmptyState(
        tr("What is on your mind?"),
        tr(
            "Tell me something to remember, or ask about what you told me. Answers show where they come from."
        ),
    )
    page.extra.setContentsMargins(0, 12, 0, 0)
    page.extra.setSpacing(8)
    for example in (
        tr("Mara flies to Lisbon on 3 May, seat 14A"),
        tr("When does Mara fly, and from where?"),
        tr("What did I say about the piano lessons?"),
    ):
        chip = Chip(example, checkable=False)
        chip.setAccessibleName(tr("Example: {example}", example=example))
        chip.clicked.connect(lambda _=False, example=example: write(example))
        chip.clicked.connect(focus)
        row = QHBoxLayout()
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignHCenter)
        page.extra.addLayout(row)
    return page
