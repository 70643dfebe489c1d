"""The person's part of the Windows registry, where browsers look for host manifests there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from second_me.app.browser.places import Browser

_KEY = "Software\\{browser}\\NativeMessagingHosts\\me.second.host"


class Registry(Protocol):
    """Which manifest a browser is told of."""

    def get(self, browser: Browser) -> Path | None:
        """The manifest's path, if there is one."""

    def set(self, browser: Browser, manifest: Path) -> None:
        """Tell the browser of a manifest. Raises OSError."""

    def remove(self, browser: Browser) -> None:
        """Tell it of none. Raises OSError."""


class NoRegistry:
    """Systems without one."""

    def get(self, browser: Browser) -> Path | None:
        """See `Registry`."""
        return None

    def set(self, browser: Browser, manifest: Path) -> None:
        """See `Registry`."""

    def remove(self, browser: Browser) -> None:
        """See `Registry`."""


def this_registry() -> Registry:
    """The registry of this system."""
    return WindowsRegistry() if sys.platform == "win32" else NoRegistry()


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """HKEY_CURRENT_USER (written by its documents; not tried)."""

        def get(self, browser: Browser) -> Path | None:
            """See `Registry`."""
            try:
                value = winreg.QueryValue(winreg.HKEY_CURRENT_USER, _KEY.format(browser=browser.windows))
            except OSError:
                return None
            return Path(value) if value else None

        def set(self, browser: Browser, manifest: Path) -> None:
            """See `Registry`."""
            key = _KEY.format(browser=browser.windows)
            winreg.SetValue(winreg.HKEY_CURRENT_USER, key, winreg.REG_SZ, str(manifest))

        def remove(self, browser: Browser) -> None:
            """See `Registry`."""
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _KEY.format(browser=browser.windows))

else:

    class WindowsRegistry(NoRegistry):
        """There is none here."""
