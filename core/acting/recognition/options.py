"""What the choices of a select are like: codes, numbers, months, years, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.words import folded

SAMPLED = 16
"""Choices that are looked at word by word, evenly spread over the list."""


def option_features(field: Field) -> list[str]:
    """Features of the choices of a field; none for a field without any."""
    if field.kind in ("radio", "checkbox"):
        return [f"ov:{folded(each.value)[:20]}" for each in field.options]
    if field.tag != "select":
        return []
    values = [each.value.strip() for each in field.options if each.value.strip()]
    texts = [each.text for each in field.options if each.text]
    features = [f"on:{_amount(len(field.options))}"]
    features += [f"ov:{folded(each)[:20]}" for each in _spread(values)]
    features += [f"ot:{folded(each)[:30]}" for each in _spread(texts)]
    features += [f"{name}:{what}" for name, each in (("vs", values), ("ts", texts)) for what in _kinds(each)]
    if values and len(texts) >= len(values):
        same = sum(one == two for one, two in zip(reversed(values), reversed(texts), strict=False))
        features.append("same" if same > len(values) / 2 else "differ")
    return features


def _amount(count: int) -> str:
    """A count in steps that grow: 0 to 15 as they are, then powers of 1.4 or so."""
    if count < 16:
        return str(count)
    return next((str(step) for step in (20, 26, 32, 34, 45, 60, 85, 120, 180, 260) if count <= step), "more")


def _spread(texts: Sequence[str]) -> list[str]:
    step = max(1, -(-len(texts) // SAMPLED))
    return [*texts[::step], *texts[-1:]]


def _kinds(texts: Sequence[str]) -> list[str]:
    """What most of the choices are."""
    if not texts:
        return ["none"]
    found = []
    if _most(len(each) == 2 and each.isalpha() and each.isupper() for each in texts):
        found.append("two")
    if _most(len(each) == 3 and each.isalpha() and each.isupper() for each in texts):
        found.append("three")
    if _most("+" in each for each in texts):
        found.append("plus")
    numbers = [int(each) for each in texts if each.isascii() and each.isdigit() and len(each) < 9]
    if len(numbers) > len(texts) * 0.6:
        found += ["number", _range(min(numbers), max(numbers))]
        found.append("falling" if numbers[0] > numbers[-1] else "rising")
    return found or ["words"]


def _most(facts: Iterable[bool]) -> bool:
    told = list(facts)
    return sum(told) > len(told) * 0.6


def _range(least: int, most: int) -> str:
    """What a list of numbers is likely for, by its ends."""
    if least >= 1900 and most <= 2100:
        return "years" if most - least > 25 else "few years"
    for name, high in (("months", 12), ("two digits", 31), ("hundred", 100)):
        if most <= high:
            return name
    return "large"
