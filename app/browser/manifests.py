"""Host manifests: the files that tell a browser which program to start for our extension. Written and removed here, and
never where somebody else's lies.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from second_me.app.browser.extension import Ids
from second_me.app.browser.places import BROWSERS, Browser, Desktop
from second_me.app.browser.registry import Registry, this_registry
from second_me.app.paths import HOME_VARIABLE

HOST = "me.second.host"
ABSENT, INSTALLED, OUTDATED, OTHER_HOME, FOREIGN = "absent", "installed", "outdated", "other_home", "foreign"
"""What lies in the place of our manifest: nothing, ours, ours with other contents, that of another home of Second Me,
somebody else's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a browser. `path` is the manifest's; `sandbox` as in `Desktop.sandbox`."""

    browser: Browser
    present: bool
    sandbox: str
    state: str
    path: Path

    def shape(self) -> dict[str, Any]:
        """As docs/command-line.md has it."""
        return {
            "browser": self.browser.name,
            "name": self.browser.title,
            "present": self.present,
            "sandbox": self.sandbox,
            "state": self.state,
            "manifest": str(self.path),
        }


class Manifests:
    """The manifests of one home of Second Me on one desktop."""

    def __init__(self, home: Path, desktop: Desktop, ids: Ids, registry: Registry | None = None) -> None:
        self._home, self._desktop, self._ids = home, desktop, ids
        self._registry = registry or this_registry()

    @property
    def starter(self) -> Path:
        """The program that browsers start: a script that knows Python and the home."""
        return self._home / "browser" / ("host.bat" if self._desktop.windows else "host")

    def standing(self, browser: Browser) -> Standing:
        """What is there now."""
        path = self._path(browser)
        return Standing(
            browser,
            self._desktop.present(browser),
            self._desktop.sandbox(browser),
            self._state(browser),
            path,
        )

    def install(self, browser: Browser, replace: bool = False) -> Standing:
        """Write the starter and a manifest; what is somebody else's stays, unless `replace`. Raises OSError."""
        state = self._state(browser)
        if state not in (FOREIGN, OTHER_HOME) or replace:
            self._write_starter()
            path = self._path(browser)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, self.text(browser), 0o644)
            self._registry.set(browser, path)
        return self.standing(browser)

    def remove(self, browser: Browser) -> Standing:
        """Remove the manifest if it is ours, and the starter after the last one. Raises OSError."""
        if self._state(browser) in (INSTALLED, OUTDATED):
            self._registry.remove(browser)
            self._path(browser).unlink(missing_ok=True)
        states = {self._state(each) for each in BROWSERS}
        if not states & {INSTALLED, OUTDATED}:
            self.starter.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self.starter.parent.rmdir()  # unless something of somebody else's lies in it
        return self.standing(browser)

    def text(self, browser: Browser) -> str:
        """The manifest of a browser."""
        allowed = (
            {"allowed_extensions": list(self._ids.firefox)}
            if browser.firefox
            else {"allowed_origins": self._ids.origins()}
        )
        manifest = {
            "name": HOST,
            "description": "Second Me",
            "path": str(self.starter),
            "type": "stdio",
            **allowed,
        }
        return json.dumps(manifest, indent=2) + "\n"

    def _path(self, browser: Browser) -> Path:
        folder = self._desktop.manifests(browser)
        if folder is None:
            return self._home / "browser" / f"{browser.name}.json"
        return folder / f"{HOST}.json"

    def _state(self, browser: Browser) -> str:
        path = self._registry.get(browser) if self._desktop.windows else self._path(browser)
        if path is None or not (path.exists() or path.is_symlink()):
            return ABSENT
        try:
            text = path.read_text(encoding="utf-8")
            found = json.loads(text)
            started = found["path"]
        except (OSError, ValueError, KeyError, TypeError):
            return FOREIGN
        if not isinstance(started, str) or found.get("name") != HOST:
            return FOREIGN
        if Path(started) != self.starter:
            return OTHER_HOME if _is_starter(Path(started)) else FOREIGN
        return INSTALLED if text == self.text(browser) and self._starts() else OUTDATED

    def _starts(self) -> bool:
        """Whether the starter is there as we would write it."""
        try:
            return self.starter.read_bytes() == self._starter_text().encode("utf-8", "surrogateescape")
        except OSError:
            return False

    def _write_starter(self) -> None:
        self.starter.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(self.starter, self._starter_text(), 0o700)

    def _starter_text(self) -> str:
        command = [sys.executable, "-m", "second_me.app.browser.relay"]
        if self._desktop.windows:
            called = subprocess.list2cmdline(command).replace("%", "%%")
            home = str(self._home).replace("%", "%%")
            return f'@echo off\r\nset "{HOME_VARIABLE}={home}"\r\n{called} %*\r\n'
        home = shlex.quote(str(self._home))
        return f'#!/bin/sh\n{HOME_VARIABLE}={home}\nexport {HOME_VARIABLE}\nexec {shlex.join(command)} "$@"\n'


def _is_starter(path: Path) -> bool:
    return path.name in ("host", "host.bat") and path.parent.name == "browser"


def _write(path: Path, text: str, mode: int) -> None:
    """Write a file whole, or not at all; a link in its place is replaced, not followed."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))
    new.chmod(mode)
    new.replace(path)
