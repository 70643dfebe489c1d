"""Appearance: light or dark, and how large the text is. Both take effect at once."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSlider

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Scheme, Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.settings.section import Section
from second_me.app.views.widgets import Card, LinkButton, label
from second_me.app.words import tr

SCHEME_KEY = "appearance.scheme"
SCALE_KEY = "appearance.text_scale"
SMALLEST, LARGEST, STEP = 80, 200, 10
"""Per cent of the system's text size."""


class AppearanceSection(Section):
    """Scheme and text size, kept in the preferences."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__(tr("Appearance"), tr("Applied as you choose it."))
        self._theme, self._preferences = theme, preferences
        self.schemes = QButtonGroup(self)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(SMALLEST // STEP, LARGEST // STEP)
        self.slider.setValue(round(theme.text_scale * 100 / STEP))
        self.slider.setPageStep(2)
        self.slider.setMinimumHeight(GRID * 3)
        self.slider.setAccessibleName(tr("Text size"))
        self.shown = label("", "muted", wrap=False)
        self.usual = LinkButton(tr("Usual size"), "accent")
        self.slider.valueChanged.connect(self._resize)
        self.usual.clicked.connect(lambda: self.slider.setValue(100 // STEP))
        self.content.addWidget(self._scheme_card())
        self.content.addWidget(self._size_card())
        self.content.addStretch(1)
        self._tell()

    def _scheme_card(self) -> Card:
        card = Card(tr("Light or dark"))
        card.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        card.body.addWidget(label(tr("Light or dark"), "strong"))
        row = QHBoxLayout()
        row.setSpacing(GRID * 3)
        for scheme, name in (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))):
            choice = QRadioButton(name)
            choice.setAccessibleName(name)
            choice.setChecked(scheme == self._theme.scheme)
            choice.toggled.connect(lambda on, scheme=scheme: self._recolour(scheme) if on else None)
            self.schemes.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _size_card(self) -> Card:
        card = Card(tr("Text size"))
        card.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(label(tr("Text size"), "strong", wrap=False))
        head.addWidget(self.shown, 1)
        head.addWidget(self.usual)
        card.body.addLayout(head)
        card.body.addWidget(self.slider)
        return card

    def _recolour(self, scheme: str) -> None:
        self._preferences.set(SCHEME_KEY, scheme)
        self._theme.use(cast(Scheme, scheme), self._theme.text_scale)

    def _resize(self, value: int) -> None:
        scale = value * STEP / 100
        self._preferences.set(SCALE_KEY, scale)
        self._theme.use(self._theme.scheme, scale)
        self._tell()

    def _tell(self) -> None:
        per_cent = self.slider.value() * STEP
        self.shown.setText(tr("{n} % of the system's", n=per_cent))
        self.usual.setEnabled(per_cent != 100)
