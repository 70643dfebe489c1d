"""What the Model section says of models that are larger than what may be held: mixtures of experts, and dense ones."""

from __future__ import annotations

from second_me.app.model_words import too_large_words
from second_me.app.views.settings.model_words import Shape, size_words
from second_me.app.words import tr

SHARES = ((1, 20), (1, 10), (1, 5), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (9, 10))
"""How people say a share."""


def experts_words(shape: Shape) -> str:
    """A mixture of experts: what of it lies on the disk, what is held, how often a word waits; empty for others."""
    experts = shape["experts"]
    if experts is None:
        return ""
    size = size_words(experts["bytes"])
    first = tr("Each word asks a few of this model's experts.")
    if experts["state"] == "refused":
        return tr(
            "Its experts ({size}) cannot be read from the disk one by one, so it has one size.", size=size
        )
    if experts["state"] == "whole":
        return joined_sentences(
            first, tr("All of them ({size}) may be held, so that no word waits for the disk.", size=size)
        )
    if experts["resident"] is None:
        held = tr("Up to {window} of {size} will be held, the others are read from the disk when they are asked.",
                  window=size_words(experts["window"]), size=size)  # fmt: skip
        return joined_sentences(first, held)
    held = tr("{size} of them lie on the disk, {held} are held now.",
              size=size, held=size_words(experts["resident"]))  # fmt: skip
    return joined_sentences(first, held, waiting_words(experts["missing"]))


def waiting_words(missing: float | None) -> str:
    """How often a word waits for the disk, as people count: `About 1 choice in 3`."""
    if missing is None:
        return tr("What is missing is read when it is asked.")
    if missing < 0.02:
        return tr("Hardly a choice has to wait for the disk.")
    if missing > 0.95:
        return tr("Nearly every choice has to wait for the disk.")
    few, of = min(SHARES, key=lambda share: abs(share[0] / share[1] - missing))
    if few == 1:
        return tr("About 1 choice in {of} has to wait for the disk.", of=of)
    return tr("About {few} choices in {of} have to wait for the disk.", few=few, of=of)


def joined_sentences(*sentences: str) -> str:
    """What there is of them, one after the other."""
    return " ".join(each for each in sentences if each)


def why_words(shape: Shape, row: Shape | None) -> str:
    """What stands in the way of a smaller model, and what it means when it is too large. `row`: its own of
    `models.list`. What the card of the size steps says is left out."""
    said_below = shape["ladder"] in ("useless", "refused") and shape["lowest"] >= shape["full"]
    why = "" if said_below else str(shape.get("why") or "")
    hopeless = row is not None and (row.get("fits") == "no" or row.get("ladder") == "useless")
    steps = tr("A smaller model would answer faster.") if hopeless else tr("Size steps would make it fit.")
    return joined_sentences(why, too_large_words(shape, steps))


def is_warning(shape: Shape) -> bool:
    """Whether what `why_words` says is felt: the model holds more than it should."""
    return shape["short"] > 0 or bool(too_large_words(shape, ""))
