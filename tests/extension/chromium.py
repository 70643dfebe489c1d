"""Real Chromium with our extension: the gesture that grants `activeTab`, what the background does, own pages.

The extension is the one in resources/extension, unchanged: `Extensions.triggerAction` presses its button.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Route, Worker, sync_playwright

EXTENSION = Path(__file__).parents[2] / "resources" / "extension"
IDS: Mapping[str, str] = json.loads((EXTENSION / "ids.json").read_text("utf-8"))
HOST_NAME = "me.second.host"
SITE = "https://shop.example"
PATIENCE = 20_000
"""Milliseconds until something that does not come is given up."""


def chromium_path() -> str | None:
    """Where Debian's Chromium is; None: not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One running Chromium with the extension."""

    def __init__(self, context: BrowserContext, profile: Path) -> None:
        self.context = context
        self.profile = profile
        self._pages: dict[str, tuple[str, str]] = {}
        self._numbers = count(1)
        browser = context.browser
        assert browser is not None
        self.devtools: CDPSession = browser.new_browser_cdp_session()
        context.route(re.compile("^https?:"), self._answer)

    def _answer(self, route: Route) -> None:
        """Nothing is asked of a network: addresses are pages of the test."""
        body, kind = self._pages.get(route.request.url.split("?")[0], ("<!doctype html>", "text/html"))
        route.fulfill(body=body, content_type=kind)

    @property
    def worker(self) -> Worker:
        """The extension's background."""
        workers = self.context.service_workers
        return workers[0] if workers else self.context.wait_for_event("serviceworker", timeout=PATIENCE)

    def serve(self, path: str, body: str, kind: str = "text/html; charset=utf-8", site: str = SITE) -> str:
        """Have an address answered; gives the address."""
        self._pages[site + path] = (body, kind)
        return site + path

    def open(self, body: str, path: str = "", site: str = SITE) -> Page:
        """A page of the test's own in a new tab in front, at an address of its own."""
        page = self.context.new_page()
        path = path or f"/form-{next(self._numbers)}"
        page.goto(self.serve(path, body, site=site))
        page.bring_to_front()
        return page

    def show(self, page: Page, body: str) -> Page:
        """Another page of the same site in the same tab, whose access then stays."""
        page.goto(self.serve(f"/form-{next(self._numbers)}", body))
        return page

    def press_button(self, page: Page) -> None:
        """The person presses the extension's button on this page, which then may be read. The popup, which would
        connect by itself, stays away."""
        page.bring_to_front()
        self.worker.evaluate("chrome.action.setPopup({ popup: '' })")
        tabs = self.devtools.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        found = [each["targetId"] for each in tabs if each["url"] == page.url]
        assert len(found) == 1, "each page has an address of its own"
        self.devtools.send("Extensions.triggerAction", {"id": IDS["chromium"], "targetId": found[0]})

    def stop_background(self) -> None:
        """End the background as the browser does when it has been quiet; it starts again at the next event. `worker`
        is of no use afterwards: playwright does not see the new one."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{IDS['chromium']}/popup.html")
        session = self.context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        page.close()

    def command(self, name: str) -> None:
        """What the background does at a shortcut, for the tab in front (its grant comes from `press_button`)."""
        self.worker.evaluate(
            """async (name) => {
                const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
                chrome.commands.onCommand.dispatch(name, tab);
            }""",
            name,
        )

    def read(self, page: Page) -> dict[str, Any]:
        """Press the button, unless this tab's site was already granted by it, and read the page with the extension's
        own door: {"page", "form"}."""
        tab = self._tab_id(page)
        if not self._granted(tab, 1):
            self.press_button(page)
            assert self._granted(tab, 100), "the button gave no access"
        return self.call("read", [tab])

    def may_read(self, page: Page) -> bool:
        """Whether the extension could read this page now."""
        return self._granted(self._tab_id(page), 1)

    def granted(self, page: Page) -> None:
        """Wait until the press of the button counts."""
        assert self._granted(self._tab_id(page), 100), "the button gave no access"

    def _granted(self, tab: int, rounds: int) -> bool:
        """Whether the page may be read: the press counts a moment after the browser was told."""
        asked = """async ([tab, rounds]) => {
            for (let round = 0; round < rounds; round++) {
                try {
                    return Boolean(await chrome.scripting.executeScript({ target: { tabId: tab }, func: () => 1 }));
                } catch { if (rounds > 1) await new Promise((done) => setTimeout(done, 50)); }
            }
            return false;
        }"""
        result: bool = self.worker.evaluate(asked, [tab, rounds])
        return result

    def fill(self, read: Mapping[str, Any], values: Mapping[int, str]) -> dict[str, Any]:
        """Fill fields (by index) of what was read: {"fields", "stopped"}."""
        wanted = [{"index": index, "value": value} for index, value in values.items()]
        return self.call("fill", [read["page"], wanted])

    def undo(self, read: Mapping[str, Any]) -> dict[str, Any]:
        """Put back what was there: {"fields", "stopped"}."""
        return self.call("undo", [read["page"]])

    def call(self, name: str, arguments: Sequence[object]) -> dict[str, Any]:
        """A function of tabs.js, called in the background, which has them in `doors`."""
        result: dict[str, Any] = self.worker.evaluate(
            "([name, given]) => globalThis.doors[name](...given)", [name, list(arguments)]
        )
        return result

    def _tab_id(self, page: Page) -> int:
        page.bring_to_front()
        result: int = self.worker.evaluate(
            "async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id"
        )
        return result


@contextmanager
def running(*, headless: bool = True, host: Path | None = None) -> Iterator[Browser]:
    """Chromium with the extension and a fresh profile; `host`: the native host that it may start. It ends with the
    block."""
    with tempfile.TemporaryDirectory(prefix="second-me-chromium-") as folder, sync_playwright() as tool:
        profile = Path(folder) / "profile"
        if host is not None:
            allow_host(profile, host)
        context = tool.chromium.launch_persistent_context(
            profile,
            executable_path=chromium_path(),
            headless=False,
            viewport={"width": 1000, "height": 700},
            args=[
                *(["--headless=new"] if headless else []),
                "--no-sandbox",
                "--lang=en",
                f"--load-extension={EXTENSION}",
                f"--disable-extensions-except={EXTENSION}",
                "--enable-unsafe-extension-debugging",
            ],
            ignore_default_args=["--disable-extensions"],
        )
        try:
            yield Browser(context, profile)
        finally:
            context.close()


def allow_host(profile: Path, host: Path) -> None:
    """Write the host's manifest into a profile."""
    manifests = profile / "NativeMessagingHosts"
    manifests.mkdir(parents=True)
    manifest = {
        "name": HOST_NAME,
        "description": "A host of the tests",
        "path": str(host),
        "type": "stdio",
        "allowed_origins": [f"chrome-extension://{IDS['chromium']}/"],
    }
    (manifests / f"{HOST_NAME}.json").write_text(json.dumps(manifest), "utf-8")
