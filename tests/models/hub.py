"""A hub on this computer: real HTTP over real sockets, with the faults that hubs and networks have."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Hub:
    """What the server has and how it behaves. `asked`: the Range of each request, None where there was none."""

    content: bytes
    ranges: bool = True
    etag: str | None = '"one"'
    honest_tag: bool = True
    cut_after: list[int] = field(default_factory=list)
    """Bytes after which each of the next answers is cut off."""
    statuses: list[int] = field(default_factory=list)
    """Answers of the next requests, before it behaves."""
    length: int | None = None
    """What it says instead of the true length."""
    chunked: bool = False
    redirects: int = 0
    hold: threading.Event | None = None
    """Waited for before the last byte of every answer."""
    asked: list[str | None] = field(default_factory=list)
    url: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class _Server(ThreadingHTTPServer):
    hub: Hub


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        hub = self.server.hub
        if self.path.startswith("/to/"):
            left = int(self.path.split("/")[2])
            self._only(302, f"/to/{left - 1}" if left > 1 else "/org/repo/resolve/main/file.gguf")
            return
        hub.asked.append(self.headers.get("Range"))
        if hub.statuses:
            self._only(hub.statuses.pop(0))
            return
        self._send(hub)

    def _only(self, status: int, location: str | None = None) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if status == 429:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, hub: Hub) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        condition = self.headers.get("If-Range")
        start = int(wanted[1]) if wanted and hub.ranges else 0
        if condition is not None and hub.honest_tag and condition != hub.etag:
            start = 0
        if start and start >= len(hub.content):
            self._only(416)
            return
        body = hub.content[start:]
        self.send_response(206 if start else 200)
        if start:
            total = len(hub.content)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        if hub.etag:
            self.send_header("ETag", hub.etag)
        if hub.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(body) if hub.length is None else hub.length))
        self.end_headers()
        self._body(hub, body)

    def _body(self, hub: Hub, body: bytes) -> None:
        cut = hub.cut_after.pop(0) if hub.cut_after else None
        if cut is not None:
            self.wfile.write(body[:cut])
            self.close_connection = True
            return
        if hub.chunked:
            self.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
            return
        if hub.hold is not None:
            self.wfile.write(body[:-1])
            self.wfile.flush()
            hub.hold.wait(60)
            body = body[-1:]
        self.wfile.write(body)
        if hub.length is not None:
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:  # the client went away
            return

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """The hub, while it runs; its address is in `url`."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.hub = hub
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    hub.url = base + (f"/to/{hub.redirects}" if hub.redirects else "/org/repo/resolve/main/file.gguf")
    try:
        yield hub
    finally:
        if hub.hold is not None:
            hub.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
