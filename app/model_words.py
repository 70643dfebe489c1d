"""What is said about models: the rows of `models.list`, each with a sentence that says why, and models that are
larger than what may be held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from second_me.app.words import tr

MB = 1_000_000
QUANTIZATION = re.compile(r"(?:^|[-._])(I?Q\d(?:_[A-Z0-9]+)*|MXFP4|BF16|F16)(?=[-.]|$)")


def model_row(listed: Any) -> dict[str, Any]:
    """A row of `models.list` for a `second_me.models.library.Listed`."""
    return _row_of_found(listed) if listed.found is not None else _row_of_entry(listed)


def _row_of_found(listed: Any) -> dict[str, Any]:
    found = listed.found
    header = found.header
    return {
        "name": found.name,
        "path": str(found.path),
        "source": found.source,
        "role": found.role,
        "architecture": header.architecture if header else None,
        "parameters": header.parameters if header and header.tensors else None,
        "quantization": listed.quantization or None,
        "bytes": found.size,
        "context": header.number("context_length") if header else None,
        "needs": listed.fit.need.total if listed.fit else None,
        "lowest": listed.fit.least if listed.fit else None,
        "fits": listed.fit.verdict if listed.fit else None,
        "why": _why(found.why, found.role, listed.fit),
        "in_use": listed.in_use,
        "ladder": listed.ladder,
        "licence": header.text("general.license") if header else None,
        "also": [str(path) for path in found.also],
    }


def _row_of_entry(listed: Any) -> dict[str, Any]:
    entry = listed.entry
    absent = dict.fromkeys(("path", "architecture", "parameters", "context", "needs", "lowest", "fits",
                            "ladder"), None)  # fmt: skip
    why = tr("Not on this computer: second-me model fetch {name}", name=entry.name)
    if listed.arrived:
        why = tr("{mb} MB of it have arrived: second-me model fetch {name} goes on.",
                 mb=listed.arrived // MB, name=entry.name)  # fmt: skip
    return {
        **absent,
        "name": entry.name,
        "source": "catalogue",
        "role": entry.role,
        "quantization": _quantization(entry.file),
        "bytes": None,
        "why": why,
        "in_use": False,
        "licence": entry.licence,
        "also": [],
    }


def _quantization(file: str) -> str | None:
    found = QUANTIZATION.search(Path(file).stem.upper())
    return found[1] if found else None


def _why(broken: str | None, role: str | None, fit: Any) -> str:
    if broken:
        return tr("It cannot be used: {why}", why=broken)
    if fit is not None:
        return _why_of_fit(fit)
    return {
        "embedding": tr("It makes vectors for recall; it writes no answers."),
        "projector": tr("It lets another model see or hear; it writes no answers."),
        "vocabulary": tr("It holds a vocabulary without weights."),
        "adapter": tr("It changes another model; it does not run by itself."),
    }.get(role or "", "")


def _why_of_fit(fit: Any) -> str:
    figures = {
        "weights": fit.need.weights // MB,
        "kv": fit.need.kv // MB,
        "total": -(-fit.need.total // MB),
        "room": fit.room // MB,
        "lowest": -(-fit.least // MB),
    }
    sentences = {
        "full": tr(
            "It fits: {total} MB ({weights} of weights, {kv} of conversation) of {room} free.", **figures
        ),
        "tight": tr("It fits tightly: {total} MB of {room} free.", **figures),
        "by ladder": tr(
            "It takes {total} MB and {room} are free; with a size ladder it needs about {lowest}.", **figures
        ),
        "by experts": tr(
            "It takes {total} MB and {room} are free; it runs from {lowest}, its experts read from the disk when "
            "they are needed.",
            **figures,
        ),
        "no": tr(
            "It does not fit: it takes {total} MB, {room} are free. It could run only slowly, from the disk.",
            **figures,
        ),
    }
    return sentences[fit.verdict]


def too_large_words(shape: Mapping[str, Any], steps: str) -> str:
    """What it means that a model (`budget.status`) has no size as small as what can be spared, or as what was
    chosen; empty where it has. `steps`: the sentence that says how size steps are made."""
    one_size = shape["lowest"] >= shape["full"]
    smallest = one_size or shape["bytes"] is None or shape["bytes"] <= shape["lowest"]
    if smallest and shape["short"] > 0:
        words = tr("Parts of it have to be read from the disk again and again, which is slow.")
    elif one_size and shape["bytes"] is not None and shape["bytes"] < shape["full"]:
        chosen = f"{shape['bytes'] // MB:,}"
        words = tr("It holds more than the {mb} MB that were chosen: it has one size only.", mb=chosen)
    else:
        return ""
    return f"{words} {steps}" if one_size and shape["ladder"] == "none" else words
