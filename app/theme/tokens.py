"""The one token file: colours by role, the grid, radii, text sizes. Nothing else names a colour or a size.

Colours are sRGB hex. Lengths are device-independent pixels. Text sizes are pixels at a system font of
`SYSTEM_TEXT`; `second_me.app.theme.style` scales them with the system's font and the person's wish.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Role = Literal[
    "background",
    "surface",
    "raised",
    "border",
    "selection",
    "text",
    "muted",
    "accent",
    "accent_soft",
    "on_accent",
    "warn",
    "good",
    "danger",
]
Step = Literal["tiny", "small", "body", "reading", "title"]

LIGHT: Final[Mapping[Role, str]] = {
    "background": "#F6F5F1",
    "surface": "#FFFFFF",
    "raised": "#FBFAF7",
    "border": "#E3E0D8",
    "selection": "#ECEAE3",
    "text": "#1E2423",
    "muted": "#5E6A69",
    "accent": "#0F6B66",
    "accent_soft": "#DFEFEC",
    "on_accent": "#FFFFFF",
    "warn": "#8F5600",
    "good": "#2E6B3A",
    "danger": "#A3312B",
}

DARK: Final[Mapping[Role, str]] = {
    "background": "#151919",
    "surface": "#1C2121",
    "raised": "#212727",
    "border": "#323A3A",
    "selection": "#262D2D",
    "text": "#E7EBEA",
    "muted": "#9CA9A7",
    "accent": "#62C6BC",
    "accent_soft": "#173836",
    "on_accent": "#151919",
    "warn": "#E3A850",
    "good": "#80C690",
    "danger": "#E88A83",
}

TEXT_ON: Final[Mapping[Role, tuple[Role, ...]]] = {
    "text": ("background", "surface", "raised", "selection", "accent_soft"),
    "muted": ("background", "surface", "raised", "selection"),
    "accent": ("background", "surface", "raised", "selection", "accent_soft"),
    "warn": ("background", "surface", "raised"),
    "good": ("background", "surface", "raised"),
    "danger": ("background", "surface", "raised"),
    "on_accent": ("accent",),
}
"""Which text role may stand on which background role; a test proves 4.5:1 for each of them."""

GRID: Final = 8
RADIUS_CONTROL: Final = 8
RADIUS_CARD: Final = 10

SYSTEM_TEXT: Final = 13.5
TEXT: Final[Mapping[Step, float]] = {
    "tiny": 11.5,
    "small": 12.5,
    "body": 13.5,
    "reading": 15.0,
    "title": 18.0,
}

READING_WIDTH: Final = 760
SIDE_LIST: Final = 264
SIDE_WHY: Final = 308
FOLD_BELOW: Final = 720
SMALLEST: Final = (480, 560)
MOTION_MS: Final = 150
