"""What the Model section says, from the shapes of `budget.status` and `models.list`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QLocale

from second_me.app.words import tr

MB = 1_000_000
Shape = Mapping[str, Any]

CHAT_ROLES = ("chat", "mixture of experts")
OWN, CATALOGUE = "second-me", "catalogue"


def size_words(size: float) -> str:
    """`96 MB`, `3.1 GB`."""
    return budget_words(size) if size < 1e9 else tr("{n} GB", n=QLocale().toString(size / 1e9, "f", 1))


def budget_words(size: float) -> str:
    """`96 MB`, `1,420 MB`: as fine as the slider is."""
    return tr("{n} MB", n=QLocale().toString(round(size / MB)))


def state_words(state: str) -> str:
    """The model's state for people."""
    return {
        "absent": tr("no model yet"),
        "idle": tr("at rest, loads when it is needed"),
        "loading": tr("loading"),
        "ready": tr("ready"),
        "writing": tr("writing an answer"),
        "failed": tr("could not be loaded"),
    }.get(state, state)


def quality_at(curve: Sequence[Sequence[float]], size: float) -> float | None:
    """Between the measured points; None where nothing was measured."""
    if not curve:
        return None
    below = [point for point in curve if point[0] <= size]
    above = [point for point in curve if point[0] > size]
    if not below or not above:
        return float((below[-1] if below else above[0])[1])
    (x, low), (y, high) = below[-1], above[0]
    return float(low + (high - low) * (size - x) / (y - x))


def expected_words(shape: Shape, size: float) -> str:
    """`of 600 MB, about 97 % of full quality`; a mixture of experts is as good at any size."""
    words = tr("of {full}", full=budget_words(shape["full"]))
    quality = quality_at(shape["curve"], size)
    if quality is None and shape["experts"] is not None:
        whole = size >= shape["full"] - MB  # the slider is as fine as that
        return (
            tr("{words}, full speed", words=words)
            if whole
            else tr("{words}, same answers, slower", words=words)
        )
    if quality is None:
        return words
    if quality > 0.9995:
        return tr("{words}, full quality", words=words)
    return tr("{words}, about {percent} % of full quality", words=words, percent=math.floor(100 * quality))


def now_size(shape: Shape) -> int:
    """Bytes that the model holds now, or may hold when it is loaded."""
    held = sum(shape["held"].values())
    return int(held or min(shape["allowed"], shape["full"]))


def resident_words(shape: Shape) -> str:
    """What is in the computer's memory now, and for what."""
    parts = shape["resident"]
    if not sum(parts.values()):
        return tr("Nothing of it is in this computer's memory now.")
    return tr(
        "In this computer's memory now: model {weights}, conversation {kv}, working space {compute}.",
        weights=budget_words(parts["weights"]),
        kv=budget_words(parts["kv"]),
        compute=budget_words(parts["compute"]),
    )


def held_share(layer: Shape) -> float:
    """How much of a layer is held, 0 to 1."""
    return float(layer["held"] / layer["bytes"]) if layer["bytes"] else 1.0


def legend_words(layers: Sequence[Shape]) -> str:
    """How to read the bar."""
    shares = [round(100 * held_share(layer)) for layer in layers if layer["name"] != "embedding"]
    if shares and min(shares) < 100:
        few, many = min(shares), max(shares)
        held = tr("{n}\u00a0%", n=few) if few == many else tr("{few} to {many}\u00a0%", few=few, many=many)
        return tr("One cell a layer, the stronger the more of it is held: {held}.", held=held)
    bits = [layer["bits"] for layer in layers if layer["name"] != "embedding"]
    if not bits:
        return ""
    low, high = bits_words(min(bits)), bits_words(max(bits))
    span = low if low == high else tr("{low} to {high}", low=low, high=high)
    return tr("One cell a layer, the stronger the finer: {span} bits a weight.", span=span)


def layer_words(layer: Shape) -> str:
    """One cell: `Layer 5: 3.4 of 5.0 bits a weight, 2 MB`, or `Layer 5: 20 MB of 58 MB held`."""
    name = (
        tr("Words in and out") if layer["name"] == "embedding" else tr("Layer {n}", n=int(layer["name"]) + 1)
    )
    if layer["held"] < layer["bytes"]:
        return tr(
            "{name}: {held} of {size} held",
            name=name,
            held=size_words(layer["held"]),
            size=size_words(layer["bytes"]),
        )
    return tr(
        "{name}: {bits} of {full} bits a weight, {size}",
        name=name,
        bits=bits_words(layer["bits"]),
        full=bits_words(layer["full_bits"]),
        size=size_words(layer["bytes"]),
    )


def bits_words(bits: float) -> str:
    """One digit after the point."""
    return QLocale().toString(float(bits), "f", 1)


def left_words(seconds: float | None) -> str:
    """`40 s left`, `12 min left`; empty while unknown."""
    if seconds is None:
        return ""
    if seconds < 60:
        return tr("{n} s left", n=max(1, round(seconds)))
    if seconds < 5400:
        return tr("{n} min left", n=round(seconds / 60))
    return tr("{n} h left", n=QLocale().toString(seconds / 3600, "f", 1))


def steps_phase_words(phase: str) -> str:
    """What is done while size steps are made."""
    return {
        "importance": tr("Reading sample text"),
        "errors": tr("Trying smaller sizes"),
        "sensitivity": tr("Finding out what matters"),
        "rungs": tr("Writing the sizes"),
        "quality": tr("Measuring the quality"),
    }.get(phase, tr("Working"))


def joined(*parts: str) -> str:
    """What there is of the parts, with dots between."""
    return " · ".join(part for part in parts if part)


def fetch_words(report: Shape) -> str:
    """`212 of 329 MB · 9 MB/s · 13 s left`."""
    done, total = int(report["done"]), int(report.get("total") or 0)
    speed, left = report.get("speed"), report.get("seconds_left")
    if total and done >= total:
        return tr("checking")
    if not total:
        return size_words(done)
    return joined(
        tr("{done} of {total}", done=size_words(done), total=size_words(total)),
        tr("{speed}/s", speed=size_words(speed)) if speed else "",
        left_words(left),
    )


def source_words(source: str) -> str:
    """Where a model comes from."""
    if source == OWN:
        return ""
    if source == CATALOGUE:
        return tr("can be downloaded")
    names = {"lm-studio": "LM Studio", "gpt4all": "GPT4All", "jan": "Jan", "ollama": "Ollama",
             "llama.cpp": "llama.cpp", "hub": tr("the hub's cache")}  # fmt: skip
    return tr("found in {place}", place=names.get(source, source))


def row_words(row: Shape) -> str:
    """The line behind a model's name."""
    return joined(
        source_words(str(row["source"])),
        size_words(row["bytes"]) if row.get("bytes") else "",
        str(row.get("licence") or "") if row["source"] == CATALOGUE else "",
        tr("{size} arrived", size=size_words(row["arrived"])) if row.get("arrived") else "",
        fits_words(row),
    )


def fits_words(row: Shape) -> str:
    """Whether a model fits the memory that is free now, and why not."""
    needs = size_words(row["needs"]) if row.get("needs") else ""
    sentence = {
        "full": tr("fits, takes {needs}", needs=needs),
        "tight": tr("fits just so, takes {needs}", needs=needs),
        "by experts": tr(
            "takes {needs}; runs from {lowest}, its experts read from the disk when needed",
            needs=needs,
            lowest=size_words(row.get("lowest") or 0),
        ),
        "by ladder": tr("takes {needs}; fits with size steps", needs=needs),
        "no": tr(
            "too large for now, takes {needs}; it would be slow, read from the disk again and again",
            needs=needs,
        ),
    }.get(str(row.get("fits") or ""))
    if sentence or row["source"] == CATALOGUE:
        return sentence or ""
    if row.get("role") == "embedding":
        return tr("finds memories by meaning")
    return str(row.get("why") or "")
