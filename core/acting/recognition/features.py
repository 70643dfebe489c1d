"""What a field looks like: hashed features of its words, of its parts, and of the fields beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.recognition.options import option_features
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.words import pieces_of, words_of

Hashes = npt.NDArray[np.uint32]
"""Features of one field, each a 32-bit hash, shape (features,)."""

REACH = 3
"""How far away a field can be and still count as beside one."""
MIXER = {-2: 0x9E3779B1, -1: 0x85EBCA77, 1: 0xC2B2AE3D, 2: 0x27D4EB2F}
"""By step, odd numbers that a neighbour's hashes are multiplied with, so that they are features of their own."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen of a form, in the order of its fields: their features, and how the rules score them."""

    hashes: Sequence[Hashes]
    scores: Sequence[Mapping[str, float]]


def looks(form: Form, rules: Rules) -> Looks:
    """Looks at each field of a form; what the rules say of each place of a field is among its features."""
    language = form.language[:2].lower()
    told = [told_words(each) for each in form.fields]
    usual = _usual(told)
    parts = [rules.parts(each) for each in form.fields]
    scores = [rules.scores(each, told) for each, told in zip(form.fields, parts, strict=True)]
    said = [rule_features(*each) for each in zip(scores, parts, strict=True)]
    alone = [
        _hashes(own_features(field, told[at], language, usual) + said[at])
        for at, field in enumerate(form.fields)
    ]
    near = beside(form.fields)
    seen = [_hashes(_seen_beside(field, told[at]) + said[at]) for at, field in enumerate(form.fields)]
    return Looks([np.concatenate([alone[at], *_beside(near[at], seen)]) for at in range(len(alone))], scores)


def _hashes(features: Sequence[str]) -> Hashes:
    return np.fromiter(
        (crc32(each.encode("utf-8", "replace")) for each in features), np.uint32, len(features)
    )


def told_words(field: Field) -> dict[str, list[str]]:
    """The words of each text of a field, shortest useful stretch of it; `near` is the end of what stands before it."""
    return {
        "l": words_of(field.label)[:12],
        "a": words_of(field.aria)[:10],
        "p": words_of(field.placeholder)[:10],
        "t": words_of(field.title)[:8],
        "h": words_of(field.hint)[:8],
        "s": words_of(field.section)[:6],
        "n": pieces_of(field.name)[-8:],
        "i": pieces_of(field.id)[-8:],
        "b": words_of(field.before[-60:])[-6:],
        "f": words_of(field.after[:40])[:4],
    }


def main_words(told: dict[str, list[str]], kind: str) -> list[str]:
    """What a person would call the field: its label, or what stands in for one."""
    if kind in ("radio", "checkbox"):
        return told["l"] or told["a"] or told["f"]
    return told["l"] or told["a"] or told["p"] or told["t"] or told["b"][-3:]


def _usual(told: Sequence[dict[str, list[str]]]) -> frozenset[str]:
    """Words in the names of half of the fields or more ("billing", "address"): they tell nothing of one of them."""
    count = Counter(word for each in told for word in {*each["n"], *each["i"]})
    return frozenset(word for word, times in count.items() if times > 2 and times >= len(told) / 2)


def own_features(
    field: Field, told: dict[str, list[str]], language: str, usual: frozenset[str] = frozenset()
) -> list[str]:
    """All features of a field that need no other field."""
    main = main_words(told, field.kind)
    code = told["n"] or told["i"]
    features = [f"k:{field.kind}", f"lang:{language}", f"m:{' '.join(main[:5])}", f"c:{' '.join(told['n'])}"]
    features += [f"d:{' '.join(told['i'])}", "any"]
    for source, said in told.items():
        features += [f"{source}:{word}" for word in said]
        if not said:
            features.append(f"{source}-")
    features += [f"w:{word}" for word in _shared(told)]
    features += [f"w:{one} {two}" for said in (main, code) for one, two in pairwise(said)]
    special = [word for word in code if word not in usual]
    features += [f"u:{word}" for word in special[:6]] + [
        f"u:{' '.join(special[-2:])}",
        f"u1:{' '.join(special[-1:])}",
    ]
    features += [f"x:{field.tag}:{word}" for word in (*main[:4], *special[-3:])]
    features += [f"b1:{word}" for word in told["b"][-2:]]
    features += [f"g:{each}" for each in set(_grams(" ".join(main[:6])))]
    features += [f"g:{each}" for each in set(_grams(" ".join((*told["n"], *told["i"]))))]
    features += [f"ac:{word}" for word in field.autocomplete.lower().split()]
    return list(dict.fromkeys(features + _shape(field) + option_features(field)))


def rule_features(scores: Mapping[str, float], parts: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What the rules say of a field: the best types in all, and of each place those that it speaks for most."""
    first = sorted(((score, name) for name, score in scores.items()), reverse=True)[:3]
    features = [f"R:{name}:{_step(score)}" for score, name in first]
    features += [f"R:{name}" for _, name in first[:1]] or ["R-"]
    for place, told in parts.items():
        best = sorted(((score, name) for name, score in told.items()), reverse=True)[:2]
        features += [f"R{place}:{name}" for _, name in best]
    return features


def _step(score: float) -> int:
    return int(score * 4)


def _shared(told: dict[str, list[str]]) -> set[str]:
    """Words wherever they stand: what a label says on one page, a name says on another."""
    return {word for source in "lapnit" for word in told[source]} | set(told["b"][-3:])


def _shape(field: Field) -> list[str]:
    """Features of what a field takes."""
    shape = [
        f"len:{_bucket(field.maxlength)}",
        f"im:{field.inputmode.lower()}",
        f"o:{field.obstacle}",
        f"tag:{field.tag}",
    ]
    shape += [f"len:{field.kind}:{_bucket(field.maxlength)}"]
    if field.required:
        shape.append("required")
    if field.pattern:
        shape += ["pattern", f"pattern:{field.pattern[:60]}"]
    if field.filled:
        shape.append("filled")
    return shape


def _grams(text: str) -> list[str]:
    """Three to five signs in a row of each word of a text, with "<" and ">" at its ends."""
    marked = [f"<{word}>" for word in text.split()]
    return [
        word[at : at + size] for word in marked for size in (3, 4, 5) for at in range(len(word) - size + 1)
    ]


def _bucket(length: int | None) -> str:
    if length is None or length < 0:
        return ""
    return str(length) if length <= 12 else f"{length // 10}0" if length < 100 else "99"


def _seen_beside(field: Field, told: dict[str, list[str]]) -> list[str]:
    """What the fields beside this one take notice of."""
    main = main_words(told, field.kind)[:5]
    return list(
        dict.fromkeys([f"k:{field.kind}", *(f"w:{word}" for word in (*main, *told["n"], *told["i"]))])
    )


def beside(fields: Sequence[Field]) -> list[dict[int, int]]:
    """For each field the places of those before and after it, by step (-1: the one before).

    Only fields of the same form count, and neither radios nor checkboxes: an address stays together.
    """
    lines: dict[int, list[int]] = {}
    for at, field in enumerate(fields):
        if field.kind not in ("radio", "checkbox"):
            lines.setdefault(field.form, []).append(at)
    found = []
    for at, field in enumerate(fields):
        line = lines.get(field.form, [])
        left = bisect_left(line, at)
        right = left + (left < len(line) and line[left] == at)
        near = {-step: line[left - step] for step in range(1, REACH + 1) if left >= step}
        near |= {step: line[right + step - 1] for step in range(1, REACH + 1) if right + step <= len(line)}
        found.append(near)
    return found


def _beside(near: dict[int, int], seen: Sequence[Hashes]) -> list[Hashes]:
    """The hashes of the neighbours, mixed by where they stand."""
    nobody = np.array([1], np.uint32)
    return [
        (seen[near[step]] if step in near else nobody) * np.uint32(mixer) for step, mixer in MIXER.items()
    ]
