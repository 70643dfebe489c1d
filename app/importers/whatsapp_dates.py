"""Which number of a WhatsApp date is the day: the export follows the phone's settings and does not say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import NamedTuple


class Order(Enum):
    """Order of the numbers in a date; the value is the place of year, month, day."""

    DAY_FIRST = (2, 1, 0)
    MONTH_FIRST = (2, 0, 1)
    YEAR_FIRST = (0, 1, 2)


class WrittenDate(NamedTuple):
    """A date as it stands: three numbers, what separates them, whether its time says AM or PM."""

    numbers: tuple[int, int, int]
    separator: str
    half_days: bool


class Decision(NamedTuple):
    """The order for the whole file; `certain` is false when the dates allow another reading."""

    order: Order
    certain: bool


def day(written: WrittenDate, order: Order) -> date | None:
    """The day that is meant, None when there is no such day. Two digits are of this century."""
    year, month, number = (written.numbers[place] for place in order.value)
    try:
        return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        return None


def decide(dates: Sequence[WrittenDate]) -> Decision:
    """The order in which the fewest dates are impossible and the fewest go back in time.

    Counted, not demanded: a message may quote another chat. When both readings are as good, the separators
    and AM/PM tell the phone's country.
    """
    if sum(written.numbers[0] > 99 for written in dates) * 2 > len(dates):
        return Decision(Order.YEAR_FIRST, True)
    readings = (Order.DAY_FIRST, Order.MONTH_FIRST)
    days = {order: [day(written, order) for written in dates] for order in readings}
    faults = {order: _faults(found) for order, found in days.items()}
    if faults[Order.DAY_FIRST] != faults[Order.MONTH_FIRST]:
        return Decision(min(faults, key=lambda order: faults[order]), True)
    same = days[Order.DAY_FIRST] == days[Order.MONTH_FIRST]
    return Decision(_usual(dates), same)


def _faults(days: Sequence[date | None]) -> tuple[int, int]:
    """(impossible days, steps back in time)."""
    possible = [found for found in days if found is not None]
    return len(days) - len(possible), sum(later < earlier for earlier, later in pairwise(possible))


def _usual(dates: Sequence[WrittenDate]) -> Order:
    american = sum(written.separator == "/" and written.half_days for written in dates)
    return Order.MONTH_FIRST if american * 2 > len(dates) else Order.DAY_FIRST
