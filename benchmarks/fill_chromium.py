"""Real Chromium with the extension, on a screen of its own; the person's keys are pressed on it.

The shortcut is pressed as keys of the X server (XTEST), which is what grants the extension the page. With `gesture`
"button" the extension's button is pressed instead (DevTools' `Extensions.triggerAction`), for systems where a key does
not arrive; which of both it was is said in the results.
"""

from __future__ import annotations

import base64
import json
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from fill_house import TellingHouse
from fill_judging import Held

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "resources" / "extension"
READING = (Path(__file__).parent / "fill_reading.js").read_text("utf-8")
SHORTCUT = ("Alt_L", "Shift_L", "f")
PATIENCE = 30.0
"""Seconds until what does not come is given up."""
SETTLING_MS = 250


class Absent(Exception):
    """Something that the benchmark needs is not on this machine; the message says what."""


def chromium_path() -> str:
    """Where Chromium is. Raises Absent."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise Absent("Chromium is not installed")
    return found


def need_all() -> None:
    """Raises Absent for the first thing that is missing."""
    chromium_path()
    for name in ("Xvfb", "openbox"):
        if shutil.which(name) is None:
            raise Absent(f"{name} is not installed")
    for module in ("playwright", "Xlib"):
        try:
            __import__(module)
        except ImportError:
            raise Absent(f"the Python package {module} is not installed") from None
    if not (EXTENSION / "manifest.json").is_file():
        raise Absent("there is no extension in resources/extension")


@contextmanager
def own_screen() -> Iterator[dict[str, str]]:
    """The variables of a virtual screen with a window manager."""
    sys.path.insert(0, str(ROOT / "packaging"))
    from bootstrap.screen import virtual_screen

    with virtual_screen() as variables:
        yield variables


class Keys:
    """Keys of the X server, pressed with XTEST: whatever has the focus gets them."""

    def __init__(self, display: str) -> None:
        from Xlib import XK
        from Xlib.display import Display

        self._display, self._names = Display(display), XK

    def press(self, *names: str) -> None:
        """Press the keys in this order, and let them go in the other one."""
        from Xlib import X
        from Xlib.ext import xtest

        codes = [self._display.keysym_to_keycode(self._names.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()

    def close(self) -> None:
        self._display.close()


class FormBrowser:
    """One Chromium with the extension, one tab at a time. `gesture` is "keys" or "button"."""

    def __init__(self, context: Any, keys: Keys, gesture: str, identity: str) -> None:
        self._context, self._keys, self.gesture, self.identity = context, keys, gesture, identity
        self._devtools = context.browser.new_browser_cdp_session()
        self.page = context.pages[0]
        self._session: Any = None

    def open(self, address: str) -> None:
        """The page in a new tab, alone and in front, loaded and settled."""
        page = self._context.new_page()
        for other in self._context.pages:
            if other != page:
                other.close()
        self.page = page
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.goto(address, timeout=PATIENCE * 1000)
        page.bring_to_front()
        page.wait_for_timeout(SETTLING_MS)
        self._session = self._context.new_cdp_session(page)

    def again(self) -> None:
        """Look at the tab anew: it may show another page by now."""
        self._session.detach()
        self._session = self._context.new_cdp_session(self.page)

    def ask(self) -> None:
        """The person's gesture: the shortcut, or the button and the command that the shortcut gives."""
        if self.gesture == "keys":
            self._keys.press(*SHORTCUT)
            return
        tabs = self._devtools.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        target = next(each["targetId"] for each in tabs if each["url"] == self.page.url)
        self._devtools.send("Extensions.triggerAction", {"id": self.identity, "targetId": target})
        self.worker().evaluate(
            "async () => { const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});"
            " chrome.commands.onCommand.dispatch('fill', tab); }"
        )

    def press(self, *names: str) -> None:
        """Keys of the person."""
        self._keys.press(*names)

    def worker(self) -> Any:
        """The extension's background."""
        workers = self._context.service_workers
        return (
            workers[0] if workers else self._context.wait_for_event("serviceworker", timeout=PATIENCE * 1000)
        )

    def fields(self) -> list[dict[str, Any]]:
        """Every field of the page and of its frames, and what it holds; read where the page's scripts reach nothing."""
        found = self._in_own_world(f"({READING})(false)")
        if self.main("Boolean(window.roots)"):
            known = {field["id"] for field in found}
            found += [each for each in self.main(f"({READING})(true)") if each["id"] not in known]
        for frame in self.page.frames[1:]:
            if self._apart(frame):
                found += frame.evaluate(READING, False)
        return found

    def held(self) -> dict[str, Held]:
        """What the fields hold, by name; all radios of a name are one."""
        held: dict[str, Held] = {}
        for field in self.fields():
            if not held.get(field["name"], Held()).value:
                held[field["name"]] = Held(field["value"], field["text"])
        return held

    def by_id(self) -> dict[str, str]:
        """What the fields hold, by id."""
        return {field["id"]: field["value"] for field in self.fields()}

    def main(self, expression: str) -> Any:
        """The value of an expression among the page's own scripts."""
        given = {"expression": expression, "returnByValue": True}
        return self._session.send("Runtime.evaluate", given)["result"].get("value")

    def picture(self, file: Path) -> None:
        """The whole page as it looks now."""
        shot = self._session.send("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
        file.write_bytes(base64.b64decode(shot["data"]))

    def _in_own_world(self, expression: str) -> Any:
        frame = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self._session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "benchmark"})
        given = {"expression": expression, "contextId": world["executionContextId"], "returnByValue": True}
        answer = self._session.send("Runtime.evaluate", given)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def _apart(self, frame: Any) -> bool:
        """Whether a frame is of another origin than the page, so that reading the page has not seen into it."""
        expression = "(() => { try { return !frameElement; } catch (_) { return true; } })()"
        return not frame.is_detached() and bool(frame.evaluate(expression))


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End the page's process when the block takes longer: a page that stands still holds every call to it for ever.

    What waited then raises playwright's Error.
    """
    watch = threading.Timer(seconds, _end_pages)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def _end_pages() -> None:
    for process in psutil.Process().children(recursive=True):
        try:
            words = process.cmdline()
            if "--type=renderer" in words and "--extension-process" not in words:
                process.kill()
        except psutil.Error:
            continue


@contextmanager
def form_browser(house: TellingHouse, gesture: str = "keys") -> Iterator[FormBrowser]:
    """Chromium of this house, with the extension paired through the relay; it ends with the block."""
    from playwright.sync_api import sync_playwright

    installed = house.run("browser", "install")
    if installed.returncode:
        raise Absent(f"the host manifest was not written: {installed.stderr.strip()[-300:]}")
    profile = house.folder / "config" / "chromium"
    _write_preferences(profile)
    keys = Keys(house.environment["DISPLAY"])
    try:
        with sync_playwright() as tool:
            context = tool.chromium.launch_persistent_context(
                profile, executable_path=chromium_path(), headless=False,
                no_viewport=True, env=dict(house.environment), ignore_default_args=["--disable-extensions"],
                args=["--no-sandbox", "--lang=en", "--no-first-run", f"--load-extension={EXTENSION}",
                      f"--disable-extensions-except={EXTENSION}", "--enable-unsafe-extension-debugging",
                      "--window-size=1200,1000", "--window-position=0,0"],
            )  # fmt: skip
            try:
                yield _paired(FormBrowser(context, keys, gesture, _identity(context)), context, house)
            finally:
                context.close()
    finally:
        keys.close()


def _write_preferences(profile: Path) -> None:
    """The browser's own offers to keep an address or a password would take the keys after a page has sent itself."""
    told = {
        "autofill": {"profile_enabled": False, "credit_card_enabled": False}, "credentials_enable_service": False,
        "profile": {"password_manager_enabled": False},
    }  # fmt: skip
    (profile / "Default").mkdir(parents=True, exist_ok=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(told), "utf-8")


def _identity(context: Any) -> str:
    workers = context.service_workers
    worker = workers[0] if workers else context.wait_for_event("serviceworker", timeout=PATIENCE * 1000)
    return str(worker.url.split("/")[2])


def _paired(browser: FormBrowser, context: Any, house: TellingHouse) -> FormBrowser:
    """Pair as a person does: the window waits for a browser, the popup asks, both codes are compared."""
    house.client.call("browser.allow_pairing", seconds=120)
    popup = context.new_page()
    popup.goto(f"chrome-extension://{browser.identity}/popup.html")
    popup.locator("#pair").wait_for(state="visible", timeout=PATIENCE * 1000)
    popup.locator("#pair").click()
    heard = house.wait_for(["browser.pairing"], PATIENCE)
    if heard is None:
        raise RuntimeError(f"no pairing began; the popup says: {popup.inner_text('body')!r}")
    until = time.monotonic() + PATIENCE
    while (shown := popup.locator("#code").inner_text()) == "" and time.monotonic() < until:
        popup.wait_for_timeout(50)
    same = shown.replace(" ", "") == heard[1]["code"].replace(" ", "")
    house.client.call("browser.confirm_pairing", pairing_id=heard[1]["pairing_id"], same=same)
    popup.locator("#fill").wait_for(state="visible", timeout=PATIENCE * 1000)
    if not same:
        raise RuntimeError("the codes of the two sides are different")
    return browser
