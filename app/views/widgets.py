"""Small shared pieces of the windows. Everything that can have the focus has an accessible name."""

from __future__ import annotations

from second_me.app.views.widgets_parts import (
    Card,
    Chip,
    ElidedLabel,
    Line,
    LinkButton,
    Plane,
    Scroll,
    SearchField,
    SectionLabel,
    StrengthBar,
    button,
    clear_layout,
    fill_height,
    icon_button,
    label,
    restyle,
    set_look,
)
from second_me.app.views.widgets_states import (
    EmptyState,
    ErrorBanner,
    Skeleton,
    UndoToast,
)

__all__ = [
    "Card",
    "Chip",
    "ElidedLabel",
    "EmptyState",
    "ErrorBanner",
    "Line",
    "LinkButton",
    "Plane",
    "Scroll",
    "SearchField",
    "SectionLabel",
    "Skeleton",
    "StrengthBar",
    "UndoToast",
    "button",
    "clear_layout",
    "fill_height",
    "icon_button",
    "label",
    "restyle",
    "set_look",
]
