"""The tokens keep what UI.md promises, and a change of the look reaches what is on the screen."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from second_me.app.theme import icons, sheet, tokens
from second_me.app.theme.style import Theme
from second_me.app.views.widgets import StrengthBar, icon_button, label

PALETTES = {"light": tokens.LIGHT, "dark": tokens.DARK}
DRAWINGS = sorted(
    entry.name.removesuffix(".svg")
    for entry in (files("second_me.resources") / "icons").iterdir()
    if entry.name.endswith(".svg")
)
REFERENCE = {
    "light": "F6F5F1 FFFFFF FBFAF7 E3E0D8 ECEAE3 1E2423 5E6A69 0F6B66 DFEFEC 8F5600 2E6B3A A3312B",
    "dark": "151919 1C2121 212727 323A3A 262D2D E7EBEA 9CA9A7 62C6BC 173836 E3A850 80C690 E88A83",
}
ROLES = "background surface raised border selection text muted accent accent_soft warn good danger"


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    (scheme, text, ground)
    for scheme in PALETTES
    for text, grounds in tokens.TEXT_ON.items()
    for ground in grounds
]


@pytest.mark.parametrize(("scheme", "text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(scheme: str, text: tokens.Role, ground: tokens.Role) -> None:
    palette = PALETTES[scheme]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", PALETTES)
def test_the_colours_are_the_agreed_ones(scheme: str) -> None:
    given = dict(zip(ROLES.split(), REFERENCE[scheme].split(), strict=True))
    assert {role: PALETTES[scheme][role][1:] for role in given} == given  # type: ignore[index]


def test_the_stylesheet_names_no_colour_and_no_text_size_of_its_own() -> None:
    source = sheet._TEMPLATE.template
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(", source)
    assert not re.search(r"font-size:\s*[0-9]", source)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_icon_draws_something_in_its_colour(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, QColor("#ff0000"), 24).toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    assert all(colour.red() > 240 and colour.green() < 16 for colour in inked)


def test_a_change_of_scheme_reaches_labels_icons_and_painted_things(theme: Theme, qtbot: QtBot) -> None:
    words, bar = label("Lisbon"), StrengthBar(theme, 1.0)
    button = icon_button(theme, "talk", "Talk")
    for widget in (words, bar, button):
        qtbot.addWidget(widget)
        widget.show()
    before = button.icon().cacheKey()
    with qtbot.waitSignal(theme.changed):
        theme.use("dark", 1.0)
    assert words.palette().color(words.foregroundRole()).name().upper() == tokens.DARK["text"]
    assert button.icon().cacheKey() != before
    middle = bar.grab().toImage().pixelColor(bar.width() // 2, bar.height() // 2)
    assert middle.name().upper() == tokens.DARK["accent"]


def test_the_persons_text_size_is_followed(theme: Theme, qtbot: QtBot) -> None:
    words = QLabel("Lisbon")
    qtbot.addWidget(words)
    words.show()
    before = words.fontMetrics().height()
    theme.use("light", 1.5)
    assert words.fontMetrics().height() > before * 1.3


def test_the_systems_text_size_is_followed(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    words = QLabel("Lisbon")
    qtbot.addWidget(words)
    words.show()
    before, font = words.fontMetrics().height(), qapp.font()
    larger = qapp.font()
    larger.setPixelSize(24)
    qapp.setFont(larger)
    try:
        qtbot.waitUntil(lambda: words.fontMetrics().height() > before)
    finally:
        qapp.setFont(font)


def test_the_systems_scheme_is_followed(theme: Theme, qapp: QApplication) -> None:
    theme.use("system", 1.0)
    was = theme.dark
    other = Qt.ColorScheme.Light if was else Qt.ColorScheme.Dark
    qapp.styleHints().setColorScheme(other)
    if qapp.styleHints().colorScheme() != other:
        pytest.skip("this platform has no colour scheme to follow")
    assert theme.dark is not was
    assert theme.colour("surface").name().upper() == PALETTES["dark" if theme.dark else "light"]["surface"]


def test_what_follows_the_theme_ends_with_its_widget(theme: Theme, qtbot: QtBot) -> None:
    seen: list[int] = []
    words = QLabel()
    theme.follow(words, lambda: seen.append(1))
    words.deleteLater()
    qtbot.wait(10)
    theme.use("dark", 1.0)
    assert seen == [1]
