"""Stays: what says that somebody was somewhere for years, and not for an hour."""

from __future__ import annotations

from itertools import pairwise

from second_me.core.memory.facts.reading.said import Said


def for_years(said: Said) -> bool:
    """ "(I was at Siemens) from 2012 (until 2018)", "(in 2019 I was at Kettle & Crane) full time"."""
    lows = [word.low for word in said.words[said.at :]]
    pairs = list(pairwise(lows))
    began = any(low == "from" and len(year) == 4 and year.isdigit() for low, year in pairs)
    began = began or ("for" in lows and bool({"years", "decades"} & set(lows)))
    return began or ("full", "time") in pairs or ("part", "time") in pairs or "full-time" in lows
