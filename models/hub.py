"""What a server's answers mean for a download."""

from __future__ import annotations

import re

import httpx

from second_me.core.ports import EnvironmentFault

RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class Interrupted(Exception):
    """The connection failed; another may not. `pause`: seconds that the server asks for."""

    def __init__(self, why: str, pause: float | None = None) -> None:
        super().__init__(why)
        self.pause = pause


class AnotherFile(Exception):
    """What the server has now is not what the part belongs to."""


def check_status(answer: httpx.Response, name: str) -> None:
    """Whether an answer holds the file. Raises Interrupted, EnvironmentFault."""
    status = answer.status_code
    if status in (200, 206, 416):
        return
    if status in (408, 425, 429) or status >= 500:
        raise Interrupted(f"the server answered {status}", pause_of(answer))
    if status in (404, 410):
        raise EnvironmentFault(
            "not_found", f"The hub does not have {name} any more.", "Choose another model."
        )
    if status in (401, 403):
        raise EnvironmentFault(
            "refused",
            f"The hub does not give {name} to everybody (it answered {status}).",
            "Fetch it with a browser after accepting its licence there, or choose another model.",
        )
    raise EnvironmentFault(
        "refused", f"The hub does not give {name} (it answered {status}).", "Try later, or another model."
    )


def words_of(problem: httpx.TransportError) -> str:
    """Why there is no answer; completes "could not be fetched: "."""
    if isinstance(problem, httpx.TimeoutException):
        return "the server does not answer"
    if isinstance(problem, httpx.ConnectError):
        return "the server cannot be reached"
    if isinstance(problem, httpx.ProxyError):
        return "the proxy refuses"
    return "the connection was lost"


def tag_of(answer: httpx.Response) -> str | None:
    """What tells this version of the file from another: a strong ETag, else its date."""
    tag = answer.headers.get("ETag")
    if tag and not tag.startswith("W/"):
        return str(tag)
    date = answer.headers.get("Last-Modified")
    return str(date) if date else None


def range_of(answer: httpx.Response) -> tuple[int, int]:
    """(first byte, length of the whole file) of a part. Raises AnotherFile."""
    found = RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if found is None:
        raise AnotherFile
    return int(found[1]), int(found[2])


def length_of(answer: httpx.Response) -> int | None:
    """Bytes that the answer promises; None where it does not say."""
    said = answer.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else None


def pause_of(answer: httpx.Response) -> float | None:
    """Seconds that the server asks to wait; None where it does not."""
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else None
