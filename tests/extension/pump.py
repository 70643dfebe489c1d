"""The native host of the tests: bytes from Chromium to the socket whose path is given, and back. What is said there is
the test's business."""

from __future__ import annotations

import os
import socket
import sys
import threading


def main(path: str) -> None:
    """Until one of the two ends."""
    link = socket.socket(socket.AF_UNIX)
    link.connect(path)
    threading.Thread(target=_outwards, args=(link,), daemon=True).start()
    while data := os.read(0, 65536):
        link.sendall(data)
    os._exit(0)


def _outwards(link: socket.socket) -> None:
    while data := link.recv(65536):
        os.write(1, data)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
