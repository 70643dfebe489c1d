"""Patterns of fields: whether a text matches one, in time that grows with the text's length only.

A page's pattern may be made to take for ever ("(a+)+$"), so it is not given to a backtracking engine. It is read into
states (Thompson's construction) and all of them are followed at once. What is not understood (looking around, back
references, Unicode classes) or needs too many states is not judged.
https://swtch.com/~rsc/regexp/regexp1.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 300
"""Characters of a pattern that is read."""
MOST_STATES = 4000
MOST_REPEATS = 256
MOST_DEPTH = 40
Test = Callable[[str], bool]


class _Unread(Exception):
    """The pattern is not judged."""


@dataclass(slots=True)
class _State:
    """A step: `test` takes a sign to `out`; without a test both `out` and `other` follow at once. -1: open."""

    test: Test | None
    out: int = -1
    other: int = -1


def matches(pattern: str, text: str) -> bool | None:
    """Whether all of a text matches, as the browser would ask; None: not judged."""
    states = _compiled(pattern)
    if states is None:
        return None
    start, end, steps = states
    here = _reached(steps, {start})
    for sign in text:
        moved = {step.out for step in (steps[at] for at in here) if step.test is not None and step.test(sign)}
        here = _reached(steps, moved)
        if not here:
            return False
    return end in here


def _reached(steps: tuple[_State, ...], starts: set[int]) -> set[int]:
    found, waiting = set(starts), list(starts)
    while waiting:
        step = steps[waiting.pop()]
        if step.test is None:
            for place in (step.out, step.other):
                if place >= 0 and place not in found:
                    found.add(place)
                    waiting.append(place)
    return found


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[int, int, tuple[_State, ...]] | None:
    if not pattern or len(pattern) > LONGEST:
        return None
    try:
        return _Reader(pattern).read()
    except (_Unread, IndexError, ValueError):
        return None


_Piece = tuple[int, int]
"""The first state of a piece, and its last, which is open."""


class _Reader:
    """Reads one pattern into states."""

    def __init__(self, pattern: str) -> None:
        self._text, self._at, self._steps, self._depth = pattern, 0, list[_State](), 0

    def read(self) -> tuple[int, int, tuple[_State, ...]]:
        """(first state, last state, all states). Raises _Unread, IndexError or ValueError."""
        start, end = self._either()
        if self._at < len(self._text):
            raise _Unread
        return start, end, tuple(self._steps)

    def _new(self, test: Test | None = None) -> int:
        if len(self._steps) >= MOST_STATES:
            raise _Unread
        self._steps.append(_State(test))
        return len(self._steps) - 1

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _take(self) -> str:
        sign = self._text[self._at]
        self._at += 1
        return sign

    def _either(self) -> _Piece:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _Unread
        start, end = self._row()
        while self._peek() == "|":
            self._take()
            other_start, other_end = self._row()
            fork, join = self._new(), self._new()
            self._steps[fork].out, self._steps[fork].other = start, other_start
            self._steps[end].out = self._steps[other_end].out = join
            start, end = fork, join
        self._depth -= 1
        return start, end

    def _row(self) -> _Piece:
        start = end = self._new()
        while self._peek() not in ("", "|", ")"):
            first, last = self._repeated()
            self._steps[end].out = first
            end = last
        return start, end

    def _repeated(self) -> _Piece:
        begin = self._at
        piece = self._one()
        after = self._at
        least, most = self._count()
        if (least, most) == (1, 1):
            return piece
        copies = [piece]
        resume = self._at
        for _ in range(max(least, most or 0, 1) - 1):
            self._at = begin
            copies.append(self._one())
            if self._at != after:
                raise _Unread
        self._at = resume
        return self._chained(copies, least, most)

    def _chained(self, copies: list[_Piece], least: int, most: int | None) -> _Piece:
        """Copies in a row, of which those behind `least` may be left out; without `most` the last comes again."""
        end = self._new()
        start = at = self._new()
        for number, (first, last) in enumerate(copies):
            self._steps[at].out = first
            if number >= least:
                self._steps[at].other = end
            at = self._new()
            self._steps[last].out = at
        if most is None:
            self._steps[at].out, self._steps[at].other = copies[-1][0], end
        else:
            self._steps[at].out = end
        return start, end

    def _count(self) -> tuple[int, int | None]:
        sign = self._peek()
        if sign not in ("*", "+", "?", "{"):
            return 1, 1
        self._take()
        counts: tuple[int, int | None] = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign, (1, 1))
        if sign == "{":
            counts = self._braces()
        if self._peek() == "?":
            self._take()
        if self._peek() in ("*", "+", "?", "{"):
            raise _Unread
        return counts

    def _braces(self) -> tuple[int, int | None]:
        close = self._text.index("}", self._at)
        low, comma, high = self._text[self._at : close].partition(",")
        self._at = close + 1
        least = int(low)
        most = least if not comma else int(high) if high else None
        if max(least, most or 0) > MOST_REPEATS or (most is not None and (most < least or most == 0)):
            raise _Unread
        return least, most

    def _one(self) -> _Piece:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign in "^$":
            return self._anchor(sign)
        if sign == "[":
            return self._step(self._class())
        if sign == ".":
            return self._step(lambda one: one not in "\r\n\u2028\u2029")
        if sign == "\\":
            return self._step(self._escape())
        if sign in "*+?{":
            raise _Unread
        return self._step(lambda one: one == sign)

    def _step(self, test: Test) -> _Piece:
        first, last = self._new(test), self._new()
        self._steps[first].out = last
        return first, last

    def _group(self) -> _Piece:
        if self._peek() == "?":
            self._take()
            if self._take() != ":":
                raise _Unread
        piece = self._either()
        if self._take() != ")":
            raise _Unread
        return piece

    def _anchor(self, sign: str) -> _Piece:
        """The whole is matched anyway; an anchor that could stand within it is not judged."""
        before, behind = self._text[: self._at - 1], self._text[self._at :]
        if before.strip("^(?:") if sign == "^" else behind.strip("$)?"):
            raise _Unread
        place = self._new()
        return place, place

    def _class(self) -> Test:
        turned = self._peek() == "^"
        if turned:
            self._take()
        tests: list[Test] = []
        while (sign := self._take()) != "]":
            if sign == "[" or self._text.startswith(("&&", "--"), self._at - 1):
                raise _Unread
            low = self._escape() if sign == "\\" else sign
            if self._peek() == "-" and self._text[self._at + 1] != "]":
                tests.append(self._range(low))
            else:
                tests.append(low if callable(low) else low.__eq__)
        return lambda one: any(test(one) for test in tests) != turned

    def _range(self, low: Test | str) -> Test:
        self._take()
        high = self._take()
        end = self._escape() if high == "\\" else high
        first, last = _single(low), _single(end)
        if first > last:
            raise _Unread
        return lambda one: first <= one <= last

    def _escape(self) -> Test:
        sign = self._take()
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign == "u" and self._peek() != "{":
            return _Sign(self._hex(4))
        if sign == "x":
            return _Sign(self._hex(2))
        if sign in _CONTROLS:
            return _Sign(_CONTROLS[sign])
        if sign.isalnum():
            raise _Unread
        return _Sign(sign)

    def _hex(self, count: int) -> str:
        digits = self._text[self._at : self._at + count]
        self._at += count
        if len(digits) < count:
            raise _Unread
        return chr(int(digits, 16))


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign, as a test."""

    sign: str

    def __call__(self, one: str) -> bool:
        return one == self.sign


def _single(given: Test | str) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, _Sign):
        return given.sign
    raise _Unread


def _is_word(one: str) -> bool:
    return one.isascii() and (one.isalnum() or one == "_")


_CLASSES: dict[str, Test] = {
    "d": lambda one: "0" <= one <= "9", "D": lambda one: not "0" <= one <= "9",
    "w": _is_word, "W": lambda one: not _is_word(one),
    "s": str.isspace, "S": lambda one: not one.isspace(),
}  # fmt: skip
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
