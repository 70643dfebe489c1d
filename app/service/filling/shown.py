"""Which window shows which proposal: all of them hear of it, and one shows it."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Collection

from second_me.app.service.server import Peer
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault


class Shown:
    """The first window that asks is given a proposal to show, until its connection ends. Safe from several threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._by: dict[str, weakref.ref[Peer]] = {}

    def claim(self, proposal_id: str, peer: Peer, waiting: Collection[str]) -> None:
        """`waiting`: the proposals that still wait. Raises EnvironmentFault("taken") when another window shows it."""
        with self._guard:
            self._by = {each: by for each, by in self._by.items() if each in waiting and by() is not None}
            by = self._by.setdefault(proposal_id, weakref.ref(peer))()
        if by is not peer:
            raise EnvironmentFault("taken", tr("Another window of Second Me shows this proposal."))
