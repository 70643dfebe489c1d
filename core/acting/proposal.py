"""What is proposed for a form: a row a field, each with its reason. Nothing of it leaves before the person agrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from second_me.core.acting.forms import Option


@dataclass(frozen=True, slots=True)
class Typed:
    """What a field asks for, one of `types.TYPES` (None: nothing that we know), and the calibrated chance, 0 to 1,
    that this is right."""

    type: str | None
    confidence: float


class Decision(StrEnum):
    """What is to become of a field."""

    FILL = "fill"
    DRAFT = "draft"
    UNKNOWN = "unknown"
    SECRET = "secret"
    OBSTACLE = "obstacle"
    OCCUPIED = "occupied"
    WITHHELD = "withheld"
    NOT_A_FIELD = "not_a_field"


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a proposal.

    `value` is what would be put into the field (None: nothing is known), `shown` how the person sees it (a select's
    text). `label` is the field's, as a person would call it. `sources` are ids of the memories that `value` was
    looked up in, `quote` and `said_at` of the first of them; `before` an earlier value that it replaced. `cleared`:
    the gate lets this site's audience know it; `ticked`: it is filled unless the person says no. `reason` is a word
    for programs (the obstacle, the gate's reason, "formatted", "split", "learned").
    """

    index: int
    label: str
    typed: Typed
    decision: Decision
    value: str | None = None
    shown: str = ""
    sources: tuple[str, ...] = ()
    quote: str = ""
    said_at: datetime | None = None
    before: str = ""
    cleared: bool = False
    ticked: bool = False
    reason: str = ""
    options: tuple[Option, ...] = field(default=())
