"""The weights that ship (`resources/weights`), as the domain wants them."""

from __future__ import annotations

import json
from importlib.resources import files

from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.recall.deep import DeepWeights
from second_me.core.recall.evidence import EvidenceWeights, Signs
from second_me.core.recall.related import NearWords
from second_me.core.recall.reranker import RerankerWeights


def evidence_weights() -> EvidenceWeights:
    """The calibrated weights that ship (`resources/weights/evidence.json`)."""
    kept = json.loads(_read("evidence.json"))
    both, words = (Signs(**kept[name]) for name in ("both", "words"))
    return EvidenceWeights(both, words, float(kept["share"]))


def deep_weights() -> DeepWeights:
    """The weights of deep recall that ship (`resources/weights/deep.json`)."""
    kept = json.loads(_read("deep.json"))
    return DeepWeights(float(kept["weight"]), float(kept["margin"]))


def reranker_weights() -> RerankerWeights:
    """The weights of the ranking that ship (`resources/weights/reranker.json`)."""
    kept = json.loads(_read("reranker.json"))
    return RerankerWeights(kept["weights"], kept["deviations"])


def near_words() -> NearWords:
    """The words near in meaning that ship (`resources/weights/related_words.txt`)."""
    return NearWords(_read("related_words.txt"))


def field_weights() -> FieldWeights:
    """The weights of field typing that ship (`resources/weights/fields.npz`), with the rules beside them."""
    kept = files("second_me.resources")
    rules = kept.joinpath("fields", "rules.toml").read_text("utf-8")
    return FieldWeights.read(kept.joinpath("weights", "fields.npz").read_bytes(), rules)


def _read(name: str) -> str:
    return files("second_me.resources").joinpath("weights", name).read_text("utf-8")
