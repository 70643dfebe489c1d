"""Where browsers look for host manifests, and whether a browser is there (tried on Linux; the others by their makers'
documents).

https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-location
https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#manifest_location
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SNAP, FLATPAK = "snap", "flatpak"
_SCRIPT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that we know. Folders are relative: to the person's settings on Linux (`config`, Firefox: the home), to
    Application Support on a Mac, to Software\\ in the person's registry on Windows."""

    name: str
    title: str
    commands: tuple[str, ...]
    linux: str
    mac: str
    windows: str
    application: str
    flatpak: str
    firefox: bool = False


BROWSERS = (
    Browser("chromium", "Chromium", ("chromium", "chromium-browser"), "chromium", "Chromium", "Chromium",
            "Chromium", "org.chromium.Chromium"),
    Browser("chrome", "Google Chrome", ("google-chrome", "google-chrome-stable"), "google-chrome", "Google/Chrome",
            "Google\\Chrome", "Google Chrome", "com.google.Chrome"),
    Browser("edge", "Microsoft Edge", ("microsoft-edge", "microsoft-edge-stable"), "microsoft-edge", "Microsoft Edge",
            "Microsoft\\Edge", "Microsoft Edge", "com.microsoft.Edge"),
    Browser("brave", "Brave", ("brave-browser", "brave"), "BraveSoftware/Brave-Browser", "BraveSoftware/Brave-Browser",
            "BraveSoftware\\Brave-Browser", "Brave Browser", "com.brave.Browser"),
    Browser("vivaldi", "Vivaldi", ("vivaldi", "vivaldi-stable"), "vivaldi", "Vivaldi", "Vivaldi", "Vivaldi",
            "com.vivaldi.Vivaldi"),
    Browser("firefox", "Firefox", ("firefox", "firefox-esr"), ".mozilla", "Mozilla", "Mozilla", "Firefox",
            "org.mozilla.firefox", firefox=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desktop:
    """The person's side of this computer: system, home, environment."""

    platform: str
    home: Path
    environment: Mapping[str, str]

    @classmethod
    def here(cls) -> Desktop:
        """This one."""
        return cls(sys.platform, Path.home(), os.environ)

    @property
    def windows(self) -> bool:
        """Whether manifests are named in the registry."""
        return self.platform == "win32"

    def profile(self, browser: Browser) -> Path | None:
        """The folder in which a browser keeps what is the person's; None on Windows."""
        if self.windows:
            return None
        if self.platform == "darwin":
            return self.home / "Library" / "Application Support" / browser.mac
        if browser.firefox:
            return self.home / browser.linux
        config = self.environment.get("XDG_CONFIG_HOME")
        return (Path(config) if config else self.home / ".config") / browser.linux

    def manifests(self, browser: Browser) -> Path | None:
        """The folder of a browser's host manifests; None on Windows."""
        profile = self.profile(browser)
        if profile is None:
            return None
        lower = browser.firefox and self.platform != "darwin"
        return profile / ("native-messaging-hosts" if lower else "NativeMessagingHosts")

    def command(self, browser: Browser) -> Path | None:
        """The browser's program."""
        path = self.environment.get("PATH")
        found = (shutil.which(each, path=path) for each in browser.commands)
        return next((Path(each) for each in found if each), None)

    def present(self, browser: Browser) -> bool:
        """Whether this browser is, or was, on this computer."""
        if self.windows:
            return _registered(browser)
        if self.platform == "darwin":
            applications = (Path("/Applications"), self.home / "Applications")
            return any((each / f"{browser.application}.app").exists() for each in applications)
        return self._used(browser) or self.command(browser) is not None or bool(self.sandbox(browser))

    def _used(self, browser: Browser) -> bool:
        """Whether more than a folder of manifests lies in its profile."""
        profile, manifests = self.profile(browser), self.manifests(browser)
        if profile is None or not profile.is_dir():
            return False
        return any(each != manifests for each in profile.iterdir())

    def sandbox(self, browser: Browser) -> str:
        """`snap` or `flatpak` when the browser is one that cannot start programs outside; "" when it can."""
        if not self.platform.startswith("linux"):
            return ""
        command = self.command(browser)
        if command is not None:
            return SNAP if _is_snap(command) else ""
        places = (self.home / ".local/share/flatpak/app", Path("/var/lib/flatpak/app"))
        return FLATPAK if any((each / browser.flatpak).exists() for each in places) else ""


def _is_snap(command: Path) -> bool:
    """Whether a command leads into a snap: it lies there, is a link to it, or a script that calls it (Ubuntu)."""
    try:
        real = command.resolve()
        if real.name == "snap" or "/snap/" in f"{command} {real}":
            return True
        with real.open("rb") as script:
            head = script.read(_SCRIPT_BYTES)
    except OSError:
        return False
    return head.startswith(b"#!") and b"/snap/bin/" in head


def _registered(browser: Browser) -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CURRENT_USER, f"Software\\{browser.windows}"))
    except OSError:
        return False
    return True
