"""Made-up clearances, contacts and a log, for looking at Settings, Privacy and security."""

from __future__ import annotations

from typing import Any

from tests.views import sample_budget


def _clearance(
    audience: str, level: str, topics: tuple[str, ...] = (), slots: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "audience": audience, "level": level, "topics": list(topics), "slots": list(slots),
        "changed": audience == "stranger",
    }  # fmt: skip


AUDIENCES = [
    _clearance("partner", "private"),
    _clearance("family", "ordinary", ("family",), ("street-address", "postal-code")),
    _clearance("colleague", "ordinary", ("work",)),
    _clearance("shop", "nothing", (), ("name", "tel", "email", "street-address")),
    _clearance("stranger", "public", ("home",)),
    _clearance("program", "nothing"),
]
CONTACTS = [
    {"name": "Devika Anandakrishnan-Oyelaran", "audience": "colleague"},
    {"name": "Mara", "audience": "partner"},
    {"name": "Porter Street Flowers", "audience": "shop"},
]


def _row(memory_id: str, told: bool, reason: str, text: str = "") -> dict[str, Any]:
    return {"memory_id": memory_id, "told": told, "reason": reason, "text": text}


def _entry(number: int, action: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "time": f"2026-11-2{number}T10:42:00", "action": action, "audience": None, "asker": None,
        "consent": "", "detail": {}, "memories": [], **more,
    }  # fmt: skip


ENTRIES = [
    _entry(7, "answer", audience="colleague", asker="Devika Anandakrishnan-Oyelaran", consent="clearance",
           detail={"slots": ["job", "health"]},
           memories=[_row("m1", True, "cleared", "bridge inspector"), _row("m2", False, "too_sensitive")]),
    _entry(6, "answer", audience="stranger", memories=[]),
    _entry(5, "answer", audience="family", asker="Jonas", consent="by_hand",
           memories=[_row("m3", True, "by_hand", "The tuba concert starts at nine in the barn.")]),
    _entry(4, "clearance", audience="stranger", consent="by_hand"),
    _entry(3, "contact", audience="partner", asker="Mara", consent="by_hand"),
    _entry(2, "erase", detail={"memories": 3}),
]  # fmt: skip
EVERYTHING = {
    "disclosure.audiences": AUDIENCES,
    "disclosure.contacts": CONTACTS,
    "disclosure.set_clearance": AUDIENCES[1],
    "audit.list": ENTRIES,
    "budget.status": sample_budget.FIXED,
    "models.list": sample_budget.MODELS,
    "settings.get": {"me": "Nora", "deep": False},
}
"""What `tests.views.sample.SampleClient` answers beside the rest."""
