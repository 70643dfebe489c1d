"""Keys as a person presses them: through the X server's test extension (XTEST)."""

from __future__ import annotations

from Xlib import XK, X, display
from Xlib.ext import xtest


def press(screen: str, *names: str) -> None:
    """Hold the keys in their order, then let them go. `screen`: DISPLAY; `names`: keysyms, "Alt_L", "f"."""
    server = display.Display(screen)
    try:
        codes = [server.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(server, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(server, X.KeyRelease, code)
        server.sync()
    finally:
        server.close()
