"""Real Firefox with our extension, driven through Marionette (its own remote protocol, over a local socket): no driver
beside it. The extension is loaded as a temporary add-on, which Firefox forgets at its end."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.extension.chromium import EXTENSION, HOST_NAME, IDS

PATIENCE = 60.0
"""Seconds until something that does not come is given up."""
PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 0,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "services.settings.server": "data:,",
}


def firefox_path() -> str | None:
    """Where Firefox is; None: not installed."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One running Firefox. Scripts run in a page, or in the browser's own window (`chrome`)."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._file = link.makefile("rb")
        self._number = 0
        self._receive()  # its greeting
        self.call("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"pageLoadStrategy": "normal"}}})
        self.call("WebDriver:SetTimeouts", {"script": int(PATIENCE * 1000)})

    def call(self, name: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """A command of Marionette; raises RuntimeError with Firefox's words when it fails."""
        self._number += 1
        body = json.dumps([0, self._number, name, parameters or {}]).encode()
        self._link.sendall(str(len(body)).encode() + b":" + body)
        _kind, _number, error, result = self._receive()
        if error:
            raise RuntimeError(f"{name}: {error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _receive(self) -> Any:
        size = b""
        while (letter := self._file.read(1)) != b":":
            if not letter:
                raise RuntimeError("Firefox ended")
            size += letter
        return json.loads(self._file.read(int(size)))

    def install(self) -> str:
        """Load the extension for as long as this Firefox runs; gives its id."""
        given: str = self.call("Addon:Install", {"path": str(EXTENSION), "temporary": True})
        return given

    def open(self, address: str) -> None:
        self.call("WebDriver:Navigate", {"url": address})

    def page(self, script: str, *arguments: object) -> Any:
        """Run a script in the page: the body of a function, its arguments as `arguments`."""
        return self._run("content", script, arguments)

    def chrome(self, script: str, *arguments: object) -> Any:
        """Run a script in the browser's own window; may be async (`await`)."""
        return self._run("chrome", script, arguments)

    def _run(self, context: str, script: str, arguments: tuple[object, ...]) -> Any:
        self.call("Marionette:SetContext", {"value": context})
        try:
            body = f"const done = arguments[arguments.length - 1]; (async () => {{ {script} }})().then(done, "
            body += "(error) => done({ failed: String(error) }));"
            given = {"script": body, "args": list(arguments), "newSandbox": True}
            result = self.call("WebDriver:ExecuteAsyncScript", given)
        finally:
            self.call("Marionette:SetContext", {"value": "content"})
        if isinstance(result, dict) and "failed" in result:
            raise RuntimeError(result["failed"])
        return result

    def host_name(self) -> str:
        """What the extension's own pages are under: moz-extension://NAME/."""
        given: str = self.chrome(
            "return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", IDS["firefox"]
        )
        return given

    def command(self, key: str) -> None:
        """What the browser does at a shortcut of the extension (Alt, Shift and a letter): the `key` of its window is
        run, the same that a pressed key runs."""
        self.chrome(
            """[...document.querySelectorAll("keyset[id^=ext-keyset-id-extension_second-me] key")]
                .find((each) => each.getAttribute("key") === arguments[0]).doCommand()""",
            key,
        )

    def close(self) -> None:
        """End it; a Firefox that ended already is none to end."""
        with suppress(RuntimeError, OSError):
            self.call("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._file.close()
        self._link.close()


@contextmanager
def running_firefox(host: Path | None = None, *, headless: bool = True) -> Iterator[Firefox]:
    """Firefox with a fresh profile and the extension; `host`: the native host that it may start."""
    with tempfile.TemporaryDirectory(prefix="second-me-firefox-") as folder:
        home = Path(folder)
        profile = home / "profile"
        profile.mkdir()
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()
        ]
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        if host is not None:
            allow_host(home, host)
        flags = ["--marionette", "--remote-allow-system-access", "--no-remote", "--profile", str(profile)]
        command = [str(firefox_path()), *(["--headless"] if headless else []), *flags]
        # An input method that waits for a server of its own would swallow keys.
        environment = {**os.environ, "HOME": str(home), "GTK_IM_MODULE": "gtk-im-context-simple"}
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            started = Firefox(_connect(profile, process))
            try:
                started.install()
                yield started
            finally:
                started.close()
        finally:
            _end(process)


def allow_host(home: Path, host: Path) -> None:
    """Write the host's manifest where Firefox looks."""
    manifests = home / ".mozilla" / "native-messaging-hosts"
    manifests.mkdir(parents=True)
    manifest = {
        "name": HOST_NAME, "description": "A host of the tests", "path": str(host), "type": "stdio",
        "allowed_extensions": [IDS["firefox"]],
    }  # fmt: skip
    (manifests / f"{HOST_NAME}.json").write_text(json.dumps(manifest), "utf-8")


def _connect(profile: Path, process: subprocess.Popen[bytes]) -> socket.socket:
    """The port is written into the profile when Marionette listens."""
    port = profile / "MarionetteActivePort"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if port.exists() and port.read_text().strip():
            return socket.create_connection(("127.0.0.1", int(port.read_text())), timeout=PATIENCE)
        time.sleep(0.1)
    raise RuntimeError("Firefox did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
