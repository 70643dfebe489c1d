"""What was learned from a memory, as cards that lead to About me."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from second_me.app.views.breaking import breakable
from second_me.app.views.memory.about import words
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.widgets import Card, label
from second_me.app.words import tr


def fact_card(fact: Fact, opened: Callable[[int], None]) -> Card:
    """`Anna · Likes · linen notebooks`, since when below; a click or Return opens it in About me."""
    today = date.today()
    line = " · ".join((words.subject(fact), words.what(fact), words.value(fact)))
    below = [words.over(fact, today)] if words.is_past(fact) else []
    below = [words.since(fact, today), *below, words.level(fact)]
    if fact.get("confirmed"):
        below.append(tr("confirmed"))
    card = Card(tr("{fact}. Open in About me", fact=words.spoken(fact, today)), choosable=True)
    card.setCursor(Qt.CursorShape.PointingHandCursor)
    card.setToolTip(tr("Open in About me"))
    card.body.setSpacing(2)
    card.body.addWidget(label(breakable(line), "past" if words.is_past(fact) else ""))
    card.body.addWidget(label(" · ".join(part for part in below if part), "muted"))
    card.clicked.connect(lambda: opened(int(fact["fact_id"])))
    return card
