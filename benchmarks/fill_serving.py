"""Serves pages on two origins of this machine, and keeps what was asked of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST_BODY = 1 << 20


@dataclass
class Served:
    """`origin` and `other` serve the same pages; `asked` are the requests for anything else: what a page has sent."""

    origin: str
    other: str
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, name: str, html: str, words: Mapping[str, str]) -> str:
        """Serve a page in which `{{WORD}}` stands for something; its address."""
        for word, meaning in {"OTHER": self.other, **words}.items():
            html = html.replace("{{" + word + "}}", meaning)
        self.pages["/" + name] = html.encode()
        return f"{self.origin}/{name}"


class _Handler(BaseHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        page = self.served.pages.get(self.path.split("?")[0])
        if page is None and self.path != "/favicon.ico":
            self.served.asked.append(f"GET {self.path}")
        self.send_response(200 if page is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page or b"nothing")

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BODY))
        self.served.asked.append(f"POST {self.path} {body.decode('utf-8', 'replace')}")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Received</title>received")

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serving() -> Iterator[Served]:
    """Two servers on free ports of 127.0.0.1, until the block ends."""
    handler = type("Handler", (_Handler,), {})
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for _ in range(2)]
    served = Served(*(f"http://127.0.0.1:{server.server_address[1]}" for server in servers))
    handler.served = served
    threads = [threading.Thread(target=server.serve_forever, daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield served
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
