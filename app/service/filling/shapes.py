"""Proposals and fills as the protocol's JSON."""

from __future__ import annotations

from typing import Any

from second_me.app.service.filling.open import Proposal
from second_me.app.service.filling.words import reason_words
from second_me.app.service.shapes import time_text
from second_me.core.acting.forms import Form
from second_me.core.acting.proposal import Row
from second_me.core.acting.proposing import TICKED_FROM
from second_me.core.acting.store import Fill, FilledField, FillState, KnownSite

Json = dict[str, Any]
SURE, LIKELY = 0.9, TICKED_FROM
"""Chances from which the type of a field is called sure, or likely: what is ticked is that at least."""


def confidence_word(chance: float) -> str:
    """How sure it is what a field asks for."""
    return "sure" if chance >= SURE else "likely" if chance >= LIKELY else "unsure"


def _word(item: Row) -> str:
    """What was given to this very field before is what it asks for, whatever its type."""
    return "sure" if item.reason == "learned" else confidence_word(item.typed.confidence)


def row(form: Form, item: Row) -> Json:
    """A row of a proposal."""
    field = form.fields[item.index]
    return {
        "index": item.index,
        "id": field.id,
        "name": field.name,
        "label": item.label,
        "section": field.section,
        "type": item.typed.type,
        "confidence": round(item.typed.confidence, 3),
        "word": _word(item),
        "decision": item.decision.value,
        "value": item.value,
        "shown": item.shown or item.value or "",
        "ticked": item.ticked,
        "cleared": item.cleared,
        "draft": item.decision.value == "draft",
        "source_ids": list(item.sources),
        "quote": item.quote,
        "said_at": time_text(item.said_at),
        "before": item.before,
        "why": reason_words(item),
        "options": [{"value": each.value, "text": each.text} for each in item.options],
        "kind": field.kind,
    }


def proposal(item: Proposal) -> Json:
    """A proposal."""
    return {
        "proposal_id": item.proposal_id,
        "site": item.site.site,
        "title": item.form.title,
        "browser": item.browser,
        "rule": item.site.rule.value,
        "audience": item.site.audience.value,
        "made_at": time_text(item.made_at),
        "window": dict(item.window),
        "rows": [row(item.form, each) for each in item.rows],
    }


def _field(item: FilledField) -> Json:
    return {
        "index": item.index,
        "type": item.type,
        "label": item.label,
        "source_ids": list(item.sources),
        "by_hand": item.by_hand,
        "ok": item.ok,
    }


def fill(item: Fill, can_undo: bool) -> Json:
    """A fill; `can_undo`: the browser may still hold what stood there before."""
    undone = item.state in (FillState.UNDONE, FillState.STOPPED)
    return {
        "fill_id": item.fill_id,
        "proposal_id": item.proposal_id,
        "time": time_text(item.at),
        "site": item.site,
        "title": item.title,
        "browser": item.browser,
        "state": item.state.value,
        "can_undo": can_undo and not undone,
        "fields": [_field(each) for each in item.fields],
    }


def site(item: KnownSite) -> Json:
    """A site."""
    settings = item.settings
    return {
        "site": settings.site,
        "rule": settings.rule.value,
        "audience": settings.audience.value,
        "fills": item.fills,
        "last": time_text(item.last),
    }
