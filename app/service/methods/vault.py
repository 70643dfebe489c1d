"""Hello, the vault's door, status, notices, settings."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from second_me.app.service.shapes import time_text
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.words import tr, trn

Params = dict[str, Any]


def _notice_text(notice: Mapping[str, Any]) -> str:
    detail = notice.get("detail") or {}
    if notice["code"] == "lost_commits":
        return trn(
            "The last change to the vault was lost: its log was damaged on the disk. All else is whole.",
            "The last {n} changes to the vault were lost: its log was damaged on the disk. All else is whole.",
            int(detail.get("lost", detail.get("commits", 1))),
        )
    if notice["code"] == "counter_damaged":
        return tr("The file that guards against lost changes was damaged; whether a change is missing is unknown.")
    return str(notice["code"])


def methods(state: ServiceState) -> dict[str, Method]:
    """The table of this subject."""

    def hello(peer: Peer, params: Params) -> Any:
        return {"version": version("second-me"), "state": state.name}

    def create(peer: Peer, params: Params) -> Any:
        return {"recovery_key": state.create(text_of(params, "passphrase", 1000))}

    def unlock(peer: Peer, params: Params) -> Any:
        state.unlock(optional_text(params, "passphrase"), optional_text(params, "recovery_key"))
        return {"state": state.name}

    def change_passphrase(peer: Peer, params: Params) -> Any:
        state.change_passphrase(
            text_of(params, "new_passphrase", 1000),
            optional_text(params, "passphrase"),
            optional_text(params, "recovery_key"),
        )
        return {}

    def lock(peer: Peer, params: Params) -> Any:
        state.layout.locked_marker.touch()
        state.broadcast("locked")
        state.end()
        return {}

    def status(peer: Peer, params: Params) -> Any:
        shape: Params = {
            "state": state.name,
            "version": version("second-me"),
            "connections": state.connections.count,
            "memories": 0,
            "pending_vectors": 0,
            "notices": [],
            "model": None,
        }
        if state.name == "unlocked":
            house = state.house
            shape |= {
                "memories": house.episodes.count(),
                "pending_vectors": state.jobs.pending(),
                "model": house.model.status(),
                "notices": [
                    {"id": each["id"], "code": each["code"], "text": _notice_text(each), "time": time_text(each["at"])}
                    for each in house.notices.listing()
                ],
            }
        return shape

    def dismiss(peer: Peer, params: Params) -> Any:
        state.house.notices.dismiss(int(params.get("id", 0)))
        return {}

    def settings_get(peer: Peer, params: Params) -> Any:
        return {"me": state.house.settings.get("me")}

    def settings_set(peer: Peer, params: Params) -> Any:
        if "me" in params:
            state.house.settings.set("me", text_of(params, "me", 200).strip())
        return {}

    return {
        "hello": hello,
        "vault.create": create,
        "vault.unlock": unlock,
        "vault.change_passphrase": change_passphrase,
        "vault.lock": lock,
        "status": status,
        "notice.dismiss": dismiss,
        "settings.get": settings_get,
        "settings.set": settings_set,
    }
