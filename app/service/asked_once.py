"""Which contradictions the talk has asked about: each is asked about once, then it waits in the inbox."""

from __future__ import annotations

import json
from collections.abc import Iterable

from second_me.app.service.house import Settings
from second_me.core.memory.facts.claims import Contradiction

_KEY = "asked_contradictions"
_MOST = 500
"""Pairs that are kept, the latest."""


class AskedOnce:
    """Kept in the vault, as ids of claims: no words."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, contradiction: Contradiction) -> bool:
        """Whether it was asked about."""
        return _pair(contradiction) in self._pairs()

    def keep(self, contradictions: Iterable[Contradiction]) -> None:
        """They are being asked about."""
        pairs = [*self._pairs(), *map(_pair, contradictions)]
        self._settings.set(_KEY, json.dumps(list(dict.fromkeys(pairs))[-_MOST:]))

    def _pairs(self) -> list[tuple[int, int]]:
        return [(first, second) for first, second in json.loads(self._settings.get(_KEY) or "[]")]


def _pair(contradiction: Contradiction) -> tuple[int, int]:
    return contradiction.first.kept.claim_id, contradiction.second.kept.claim_id
