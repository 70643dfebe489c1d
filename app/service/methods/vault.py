"""Hello, the vault's door, status, notices, settings."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from second_me.app.service.house import DEEP, OFF, ON, looks_longer
from second_me.app.service.methods.memory import number_of
from second_me.app.service.methods.upkeep import listing
from second_me.app.service.server import Method, Peer
from second_me.app.service.shapes import time_text
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.words import tr, trn
from second_me.core.memory.forgetting import FASTEST, SLOWEST
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
LARGEST_ID = 2**63 - 1
PACE = "pace"


def _notice_text(notice: Mapping[str, Any]) -> str:
    detail = notice.get("detail") or {}
    if notice["code"] == "lost_commits":
        return trn(
            "The last change to the vault was lost: its log was damaged on the disk. All else is whole.",
            "The last {n} changes to the vault were lost: its log was damaged on the disk. All else is whole.",
            int(detail.get("lost", detail.get("commits", 1))),
        )
    if notice["code"] == "counter_damaged":
        return tr(
            "The file that guards against lost changes was damaged; whether a change is missing is unknown."
        )
    if notice["code"] == "upkeep_found":
        return _what_checks_found(detail.get("found", {}), detail.get("left", {}))
    return str(notice["code"])


def _pace(value: object) -> float:
    """The pace of forgetting. Raises EnvironmentFault("bad_parameters")."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not FASTEST <= value <= SLOWEST:
        raise EnvironmentFault(
            "bad_parameters",
            tr("The pace is a number from {fastest} to {slowest}.", fastest=FASTEST, slowest=SLOWEST),
        )
    return float(value)


def _what_checks_found(found: Mapping[str, int], left: Mapping[str, int]) -> str:
    told = trn(
        "While checking, one thing in the vault did not fit.",
        "While checking, {n} things in the vault did not fit.",
        sum(found.values()),
    )
    if not left:
        return told + " " + tr("All was put right; no memory is touched by it.")
    if "damaged" in left:
        return (
            told + " " + tr("A part of the file is damaged: bring back a copy of the vault if you have one.")
        )
    return (
        told
        + " "
        + trn(
            "One could not be put right by itself.",
            "{n} could not be put right by themselves.",
            sum(left.values()),
        )
    )


class VaultMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def hello(self, peer: Peer, params: Params) -> Any:
        """`hello`."""
        return {"version": version("second-me"), "state": self._state.name}

    def create(self, peer: Peer, params: Params) -> Any:
        """`vault.create`."""
        return {"recovery_key": self._state.create(text_of(params, "passphrase", 1000))}

    def unlock(self, peer: Peer, params: Params) -> Any:
        """`vault.unlock`."""
        self._state.unlock(optional_text(params, "passphrase"), optional_text(params, "recovery_key"))
        return {"state": self._state.name}

    def change_passphrase(self, peer: Peer, params: Params) -> Any:
        """`vault.change_passphrase`."""
        self._state.change_passphrase(
            text_of(params, "new_passphrase", 1000),
            optional_text(params, "passphrase"),
            optional_text(params, "recovery_key"),
        )
        return {}

    def lock(self, peer: Peer, params: Params) -> Any:
        """`vault.lock`."""
        try:
            if self._state.name != "absent":
                self._state.layout.locked_marker.touch()
        except OSError:
            raise EnvironmentFault(
                "read_only",
                tr("The service ended, but that you locked could not be noted: the folder is read-only."),
                tr("Give this user the right to write in the folder of Second Me."),
            ) from None
        finally:
            self._state.broadcast("locked")
            self._state.end()
        return {}

    def status(self, peer: Peer, params: Params) -> Any:
        """`status`."""
        shape: Params = {
            "state": self._state.name,
            "version": version("second-me"),
            "connections": self._state.connections.count,
            "memories": 0,
            "pending_vectors": 0,
            "notices": [],
            "model": None,
            "upkeep": [],
        }
        if self._state.name == "unlocked":
            house = self._state.house
            shape |= {
                "memories": house.episodes.count(),
                "pending_vectors": self._state.jobs.pending(),
                "model": house.model.status(),
                "upkeep": listing(self._state),
                "notices": [
                    {
                        "id": each["id"],
                        "code": each["code"],
                        "text": _notice_text(each),
                        "time": time_text(each["at"]),
                    }
                    for each in house.notices.listing()
                ],
            }
        return shape

    def dismiss(self, peer: Peer, params: Params) -> Any:
        """`notice.dismiss`."""
        self._state.house.notices.dismiss(number_of(params, "id", 0, LARGEST_ID))
        return {}

    def settings_get(self, peer: Peer, params: Params) -> Any:
        """`settings.get`."""
        settings = self._state.house.settings
        return {"me": settings.get("me"), DEEP: looks_longer(settings), PACE: self._state.house.lives.pace()}

    def settings_set(self, peer: Peer, params: Params) -> Any:
        """`settings.set`."""
        if "me" in params:
            self._state.house.settings.set("me", text_of(params, "me", 200).strip())
        if DEEP in params:
            self._state.house.settings.set(DEEP, ON if params[DEEP] else OFF)
        if PACE in params:
            self._state.house.lives.set_pace(_pace(params[PACE]))
            self._state.jobs.wake()
        return {}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "hello": self.hello,
            "vault.create": self.create,
            "vault.unlock": self.unlock,
            "vault.change_passphrase": self.change_passphrase,
            "vault.lock": self.lock,
            "status": self.status,
            "notice.dismiss": self.dismiss,
            "settings.get": self.settings_get,
            "settings.set": self.settings_set,
        }
