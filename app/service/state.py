"""What the service is at a moment: locked or unlocked, and who must hear of changes."""

from __future__ import annotations

import contextlib
import hmac
import secrets
import threading
from collections.abc import Callable
from typing import Any

from second_me.app.connections import ConnectionCounter
from second_me.app.paths import HomeLayout
from second_me.app.service.filling.fills import Fills
from second_me.app.service.filling.link import BrowserLink, NoBrowsers
from second_me.app.service.house import House, VaultDoor
from second_me.app.service.jobs import VectorJobs, adopt_embedder
from second_me.app.service.lives import come
from second_me.app.service.surroundings import Activity, load, on_battery
from second_me.app.service.turns import Turns
from second_me.app.service.upkeep import Upkeep
from second_me.app.service.upkeep_jobs import jobs_of
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault
from second_me.core.upkeep import Surroundings

READ_SECONDS = 3.0
"""How long a proposal waits for what was said a moment ago to be read for facts."""


class ServiceState:
    """The vault's door, and while it is open the house with its jobs and turns.

    `link` are the paired browsers, `windowed` whether a window is connected, `opened` is told of the fills of a vault
    that was opened: set once, before anybody is served.
    """

    def __init__(
        self,
        layout: HomeLayout,
        door: VaultDoor,
        broadcast: Callable[..., None],
        connections: ConnectionCounter,
        end: Callable[[], None],
    ) -> None:
        self.layout, self.broadcast, self.connections, self.end = layout, broadcast, connections, end
        self._door = door
        self._opening = threading.Lock()
        self._house: House | None = None
        self._turns: Turns | None = None
        self._jobs: VectorJobs | None = None
        self._upkeep: Upkeep | None = None
        self._fills: Fills | None = None
        self.activity = Activity()
        self.link: BrowserLink = NoBrowsers()
        self.windowed: Callable[[], bool] = lambda: False
        self.opened: Callable[[Fills], None] = lambda fills: None
        self._proof_key = secrets.token_bytes(32)
        self._proof = b""
        self._told_facts = 0

    @property
    def name(self) -> str:
        """`absent`, `locked` or `unlocked`."""
        if self._house is not None:
            return "unlocked"
        return "locked" if self._door.exists() else "absent"

    @property
    def house(self) -> House:
        """The open house. Raises EnvironmentFault("locked")."""
        if self._house is None:
            code = "locked" if self._door.exists() else "no_vault"
            raise EnvironmentFault(code, tr("Second Me is locked."), tr("Unlock it with your passphrase."))
        return self._house

    @property
    def turns(self) -> Turns:
        """The turns of the talk. Raises EnvironmentFault("locked")."""
        _ = self.house
        assert self._turns is not None
        return self._turns

    @property
    def jobs(self) -> VectorJobs:
        """The jobs of the background. Raises EnvironmentFault("locked")."""
        _ = self.house
        assert self._jobs is not None
        return self._jobs

    @property
    def upkeep(self) -> Upkeep:
        """The work that nobody waits for. Raises EnvironmentFault("locked")."""
        _ = self.house
        assert self._upkeep is not None
        return self._upkeep

    @property
    def fills(self) -> Fills:
        """Forms in the browser. Raises EnvironmentFault("locked")."""
        _ = self.house
        assert self._fills is not None
        return self._fills

    def busy(self) -> bool:
        """Whether work is going on that should end before the process does."""
        return self._jobs is not None and self._jobs.busy()

    def create(self, passphrase: str) -> str:
        """Make the vault and open it; returns the recovery key."""
        with self._opening:
            if self._door.exists():
                raise EnvironmentFault(
                    "vault_exists", tr("There is a vault already."), tr("Unlock it with its passphrase.")
                )
            house, recovery_key = self._door.create(passphrase)
            self._enter(house)
            self._proof = self._proof_of(passphrase)
            self.layout.locked_marker.unlink(missing_ok=True)
        return recovery_key

    def unlock(self, passphrase: str | None, recovery_key: str | None) -> None:
        """Open the vault; when it is open, only prove the passphrase."""
        _need_one(passphrase, recovery_key)
        with self._opening:
            if self._house is not None:
                self._prove(passphrase)
                return
            self._enter(self._door.open(passphrase=passphrase, recovery_key=recovery_key))
            if passphrase is not None:
                self._proof = self._proof_of(passphrase)
            self.layout.locked_marker.unlink(missing_ok=True)

    def change_passphrase(self, new: str, passphrase: str | None, recovery_key: str | None) -> None:
        """Wrap the key anew."""
        _need_one(passphrase, recovery_key)
        self._door.change_passphrase(new, passphrase=passphrase, recovery_key=recovery_key)
        self._proof = b""

    def changed(self) -> None:
        """Tell everybody how many memories there are now, and that vectors may be missing."""
        come(self.house, self.house.clock.now())
        self.broadcast("memories.changed", memories=self.house.episodes.count())
        self.facts_changed()
        self.jobs.wake()

    def facts_changed(self) -> None:
        """Tell everybody when facts are others than they were."""
        changes = self.house.facts.changes()
        if changes != self._told_facts:
            self._told_facts = changes
            self.broadcast("facts.changed")

    def close(self) -> None:
        """Leave the house in order."""
        if self._turns is not None:
            self._turns.stop_all()
        if self._fills is not None:
            self._fills.close()
        if self._upkeep is not None:
            self._upkeep.close()
        if self._jobs is not None:
            self._jobs.close()
        if self._house is not None:
            self._house.model.close()
            self._house.close()
            self._house = None

    def _enter(self, house: House) -> None:
        with contextlib.suppress(EnvironmentFault):
            adopt_embedder(house)
        come(house, house.clock.now())
        self._house = house
        self._turns = Turns(house, self.changed)
        self._fills = Fills(
            house, lambda: self.link, self.broadcast, lambda: self.windowed(), lambda: self.jobs.read(READ_SECONDS)
        )  # fmt: skip
        self.opened(self._fills)
        self._told_facts = house.facts.changes()
        self._jobs = VectorJobs(
            house, lambda pending: self.broadcast("vectors.progress", pending=pending), self.facts_changed
        )
        self._jobs.wake()
        self._upkeep = Upkeep(jobs_of(house), house.upkeep, house.clock, self._around, self._upkeep_changed)
        self._upkeep.start()

    def _upkeep_changed(self) -> None:
        self.broadcast("upkeep.changed")
        self.facts_changed()

    def _around(self) -> Surroundings:
        """What goes on: upkeep waits for it."""
        return Surroundings(
            answering=self.turns.answering(),
            serving=self.activity.serving(),
            embedding=self.jobs.busy(),
            still=self.activity.still(),
            on_battery=on_battery(),
            load=load(),
        )

    def _prove(self, passphrase: str | None) -> None:
        """A client that brings a passphrase to an open vault must bring the right one."""
        if passphrase is None:
            return
        if self._proof and hmac.compare_digest(self._proof, self._proof_of(passphrase)):
            return
        self._door.verify(passphrase)
        self._proof = self._proof_of(passphrase)

    def _proof_of(self, passphrase: str) -> bytes:
        return hmac.digest(self._proof_key, passphrase.encode(), "sha256")


def _need_one(passphrase: str | None, recovery_key: str | None) -> None:
    if passphrase is None and recovery_key is None:
        raise EnvironmentFault("bad_parameters", tr("Neither a passphrase nor a recovery key was given."))


def text_of(params: dict[str, Any], name: str, longest: int = 1_000_000) -> str:
    """A text parameter that holds something. Raises EnvironmentFault("bad_parameters")."""
    value = params.get(name)
    if not isinstance(value, str) or not value.strip():
        raise EnvironmentFault("bad_parameters", tr("There is no text in {name}.", name=name))
    if len(value) > longest:
        raise EnvironmentFault(
            "bad_parameters", tr("The text is too long."), tr("Import it as a file instead.")
        )
    if not is_text(value):
        raise EnvironmentFault("bad_parameters", tr("The text is not valid Unicode."))
    return value.replace("\0", "")


def is_text(value: object) -> bool:
    """Whether a value is a text that can be stored: without lone surrogates."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def optional_text(params: dict[str, Any], name: str) -> str | None:
    """A text parameter, or None."""
    return text_of(params, name) if params.get(name) else None
