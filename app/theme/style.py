"""Applying the tokens: one palette and one stylesheet, followed live when the system changes.

`Theme` is passed to whoever draws; there is no global one. Widgets that paint themselves or show an icon
use `follow`, everything else is reached by the stylesheet.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from second_me.app.theme import icons, tokens
from second_me.app.theme.sheet import sheet
from second_me.app.theme.tokens import Role, Step

Scheme = Literal["system", "light", "dark"]

_PALETTE: dict[QPalette.ColorRole, Role] = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "background",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Midlight: "border",
}


class _FontWatch(QWidget):
    """Never shown; hears that the system's font changed (a filter on the application would hear all else)."""

    font_changed = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.font_changed.emit()
        return super().event(event)


class _Follower(QObject):
    """Runs `apply` now and at every change for as long as its parent lives."""

    def __init__(self, theme: Theme, parent: QObject, apply: Callable[[], None]) -> None:
        super().__init__(parent)
        self._apply = apply
        theme.changed.connect(self.run)
        apply()

    def run(self) -> None:
        self._apply()


class Theme(QObject):
    """The look in force: colours by role, text sizes, icons. `changed` tells that any of it did."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme, text_scale: float) -> None:
        super().__init__(app)
        self._app, self._scheme, self._text_scale = app, scheme, text_scale
        self._icons: dict[tuple[str, str, str | None], QIcon] = {}
        self._files = TemporaryDirectory(prefix="second-me-look-", ignore_cleanup_errors=True)
        self._watch = _FontWatch()
        self._watch.font_changed.connect(self.refresh)
        app.styleHints().colorSchemeChanged.connect(self.refresh)
        app.setStyle("Fusion")
        self.use(scheme, text_scale)

    def use(self, scheme: Scheme, text_scale: float) -> None:
        """Choose a scheme and a text size (1.0: the system's)."""
        self._scheme, self._text_scale = scheme, text_scale
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
        self.refresh()

    def refresh(self) -> None:
        """Bring palette and stylesheet up to date; does nothing when they are."""
        style = sheet(self._values())
        if style == self._app.styleSheet():
            return
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(style)
        self.changed.emit()

    @property
    def scheme(self) -> Scheme:
        """What the person chose."""
        return self._scheme

    @property
    def text_scale(self) -> float:
        """What the person chose, 1.0 being the system's size."""
        return self._text_scale

    @property
    def dark(self) -> bool:
        """Whether the dark palette is in force."""
        if self._scheme == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._scheme == "dark"

    @property
    def still(self) -> bool:
        """Whether the system asks for no motion."""
        return self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0

    def colour(self, role: Role) -> QColor:
        """The colour of a role in the palette in force."""
        return QColor((tokens.DARK if self.dark else tokens.LIGHT)[role])

    def pixels(self, step: Step) -> float:
        """A text size in logical pixels; never below the drawings', however small the system's font."""
        system = max(QFontInfo(self._app.font()).pixelSize(), tokens.SYSTEM_TEXT)
        return tokens.TEXT[step] * system / tokens.SYSTEM_TEXT * self._text_scale

    def points(self, step: Step) -> str:
        """A text size as stylesheets and rich text take it, such as `10.13pt`."""
        per_pixel = 72.0 / self._app.primaryScreen().logicalDotsPerInch()
        return f"{self.pixels(step) * per_pixel:.2f}pt"

    def icon(self, name: str, role: Role = "muted", checked: Role | None = None) -> QIcon:
        """An icon in the colour of a role now; give it again on `changed`, or use `set_icon`."""
        off, on = self.colour(role), self.colour(checked) if checked else None
        key = (name, off.name(), on.name() if on else None)
        if key not in self._icons:
            self._icons[key] = icons.icon(name, off, on)
        return self._icons[key]

    def pixmap(self, name: str, role: Role, size: int, ratio: float = 1.0) -> QPixmap:
        """A drawing as a picture, `size` logical pixels wide."""
        return icons.pixmap(name, self.colour(role), size, ratio)

    def follow(self, owner: QObject, apply: Callable[[], None]) -> None:
        """Run `apply` now and at every change while `owner` lives."""
        _Follower(self, owner, apply)

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {role: self.colour(role).name() for role in tokens.LIGHT}
        values |= {step: self.points(step) for step in tokens.TEXT}
        values |= {"control": tokens.RADIUS_CONTROL, "card": tokens.RADIUS_CARD}
        values |= {"check": self._file("check", "on_accent"), "chevron": self._file("chevron", "muted")}
        return values

    def _file(self, name: str, role: Role) -> str:
        colour = self.colour(role)
        path = Path(self._files.name) / f"{name}-{colour.name()[1:]}.svg"
        if not path.exists():
            path.write_text(icons.tinted(name, colour), encoding="utf-8")
        return path.as_posix()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for place, role in _PALETTE.items():
            palette.setColor(place, self.colour(role))
        for place in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, place, self.colour("muted"))
        return palette


def apply_theme(app: QApplication, scheme: Scheme = "system", text_scale: float = 1.0) -> Theme:
    """Dress the application; the theme follows the system from then on."""
    return Theme(app, scheme, text_scale)
