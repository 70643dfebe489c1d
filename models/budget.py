"""How many bytes the model may hold: what is free right now, with hysteresis; or a number that was chosen.

    policy = BudgetPolicy(floor, ceiling, fixed=None)
    policy.decide(now, reader.read(), own)      # between tokens; four times a second is enough

Going down is for the machine's sake and happens at once. Coming up is for the answer's sake and waits: the
room must have been larger by a margin for some seconds, and then the budget climbs stair by stair, to a margin
under the least room of those seconds. So noise smaller than the margin moves it no more once it has settled.
Stalls (pressure) take a share more, also while the numbers still look well; a lid then rises slowly, the way
TCP shares a line (additive increase, multiplicative decrease).
"""

from __future__ import annotations

from collections import deque

from second_me.models.free_memory import Reading

MB = 1 << 20

HOLD = 4.0
"""Seconds of enough room before the budget comes up."""

STAIRS, STAIR_PAUSE = 32, 0.25
"""It then climbs from the floor to the ceiling in so many stairs, with so many seconds between them."""

MARGIN_SHARE, MARGIN_LEAST = 0.05, 16 * MB
"""What the room keeps over a budget that comes up: the larger of the two."""

STALLED = 0.1
"""Share of time waiting for memory from which there is pressure. Well-fed systems show 0.00."""

STEP_SHARE, STEP_PAUSE = 0.1, 0.5
"""What a step under pressure takes from the budget, and the seconds until there can be another."""

LID_SECONDS = 60.0
"""Seconds in which the lid that pressure left rises from the floor to the ceiling."""

MACHINE_SHARE, MACHINE_LEAST, RESERVE_MOST = 0.1, 256 * MB, 2048 * MB
"""Left free for everybody else on a machine: so much of it, at least, at most."""

GROUP_SHARE, GROUP_LEAST = 0.08, 24 * MB
"""The same in a control group with a limit, whose processes are few and known. It also has to hold the code
of the model's process, which counts as available: about 20 MB of it are in use."""


def reserve(reading: Reading) -> int:
    """Bytes to leave free: of the machine a tenth, but 256 MB to 2 GB; of a group's limit 8 %, from 24 MB."""
    share, least = (GROUP_SHARE, GROUP_LEAST) if reading.limited else (MACHINE_SHARE, MACHINE_LEAST)
    return min(RESERVE_MOST, max(least, int(share * reading.total)))


def margin(room: int) -> int:
    """Bytes that stay between the room and a budget that comes up."""
    return max(MARGIN_LEAST, int(MARGIN_SHARE * room))


class BudgetPolicy:
    """Bytes that weights, KV and compute buffers may hold: from `floor` to `ceiling` (0 <= floor <= ceiling).

    `fixed` is the number that the person chose; None follows free memory. Another choice is another policy.
    """

    def __init__(self, floor: int, ceiling: int, fixed: int | None = None) -> None:
        if not 0 <= floor <= ceiling:
            raise ValueError("a floor over the ceiling")
        self.floor, self.ceiling, self.fixed = floor, ceiling, fixed
        self._following = _Following(floor, ceiling)
        self._missing = 0

    def move(self, floor: int, ceiling: int) -> None:
        """Other bounds, as a conversation grows; what was learned of the machine stays."""
        if not 0 <= floor <= ceiling:
            raise ValueError("a floor over the ceiling")
        self.floor, self.ceiling = floor, ceiling
        self._following.move(floor, ceiling)

    def decide(self, now: float, reading: Reading, own: int) -> int:
        """The budget from now on. `now`: seconds of a clock that never goes back. `own`: our anonymous bytes
        (KV, compute buffers), which `reading.available` lacks because we hold them already."""
        spare = reserve(reading)
        room = reading.available + own - spare
        if self.fixed is None:
            budget = self._following.decide(now, room, reading.pressure or 0.0, spare)
        else:
            budget = min(max(self.fixed, self.floor), self.ceiling)
        self._missing = max(0, budget - room)
        return budget

    @property
    def short(self) -> int:
        """Bytes that the last budget was more than could be spared."""
        return self._missing

    @property
    def warning(self) -> str | None:
        """A sentence when the last budget was more than could be spared; None when all is well."""
        return warning(self._missing, self.fixed)


def warning(short: int, fixed: int | None) -> str | None:
    """A sentence for a budget that is `short` bytes more than can be spared; None when all is well."""
    if not short:
        return None
    missing = f"{-(-short // MB)} MB"
    if fixed is None:
        return f"Even at its smallest the model needs {missing} more than can be spared now."
    return f"The chosen budget is {missing} more than can be spared now: the computer may become slow."


class _Following:
    """The budget that follows free memory."""

    def __init__(self, floor: int, ceiling: int) -> None:
        self._target: int | None = None
        self._climbed = 0.0
        self._steady = _Steady(HOLD)
        self._lid = _Lid(floor, ceiling)
        self.move(floor, ceiling)

    def move(self, floor: int, ceiling: int) -> None:
        """Other bounds."""
        self._floor, self._ceiling = floor, ceiling
        self._stair = max(1, (ceiling - floor) // STAIRS)
        self._lid.move(floor, ceiling)

    def decide(self, now: float, room: int, pressure: float, spare: int) -> int:
        """The new target. Stalls while more than `spare` bytes are free besides are of other people's limits."""
        least = self._steady.add(now, room)
        if self._target is None:
            return self._settle(min(room - margin(room), self._ceiling))
        lid = self._lid.at(now)
        if pressure >= STALLED and room - self._target < spare:
            self._steady.restart(now)
            lid = self._lid.lower(now, self._target)
        if min(room, lid) < self._target:
            self._steady.restart(now)
            return self._settle(min(room, lid))
        return self._settle(self._higher(now, min(lid, least - margin(least)) if least is not None else 0))

    def _higher(self, now: float, top: int) -> int:
        """A stair up towards `top`, where there is one to climb and it is time."""
        assert self._target is not None
        top = min(top, self._ceiling)
        far = top - self._target >= self._stair or (top == self._ceiling and top > self._target)
        if not far or now - self._climbed < STAIR_PAUSE:
            return self._target
        self._climbed = now
        return min(top, self._target + self._stair)

    def _settle(self, target: int) -> int:
        self._target = max(self._floor, target)
        return self._target


class _Steady:
    """The least room of the last seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = self._last = float("-inf")
        self._rooms: deque[tuple[float, int]] = deque()  # ascending in both: nothing larger before a smaller

    def add(self, now: float, room: int) -> int | None:
        """Note a room; the least one, or None until it has been watched for so many seconds."""
        if now - self._last > self._seconds:
            self.restart(now)
        self._last = now
        while self._rooms and self._rooms[-1][1] >= room:
            self._rooms.pop()
        self._rooms.append((now, room))
        while self._rooms[0][0] < now - self._seconds:
            self._rooms.popleft()
        return self._rooms[0][1] if now - self._began >= self._seconds else None

    def restart(self, now: float) -> None:
        """Watch anew from now on."""
        self._began = now


class _Lid:
    """What pressure leaves: lowered by a share, rising at a steady pace."""

    def __init__(self, floor: int, ceiling: int) -> None:
        self._height, self._since = ceiling, float("-inf")
        self.move(floor, ceiling)

    def move(self, floor: int, ceiling: int) -> None:
        """Other bounds; where nothing has lowered it, it is at the ceiling."""
        self._ceiling, self._pace = ceiling, (ceiling - floor) / LID_SECONDS

    def at(self, now: float) -> int:
        """Where it is now."""
        risen = self._pace * (now - self._since) if self._pace else 0.0
        return self._ceiling if risen >= self._ceiling else min(self._ceiling, self._height + int(risen))

    def lower(self, now: float, target: int) -> int:
        """A step under the target, unless there was one just now; where it is then."""
        if now - self._since >= STEP_PAUSE:
            self._height, self._since = int(target * (1 - STEP_SHARE)), now
        return self.at(now)
