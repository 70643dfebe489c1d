"""What the locked window says."""

from __future__ import annotations

from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

WRONG = ("wrong_passphrase", "wrong_recovery_key", "mistyped_recovery_key", "weak_passphrase")
"""Faults of what was typed; all others are of the vault or the computer."""


def title(way: str) -> str:
    """The heading of a way in."""
    return {
        "PASSPHRASE": tr("Locked"),
        "RECOVERY": tr("Recovery key"),
        "RENEWAL": tr("Choose a new passphrase"),
    }[way]


def lead(way: str) -> str:
    """The sentence under it."""
    return {
        "PASSPHRASE": tr("Your memories are encrypted. The passphrase opens them."),
        "RECOVERY": tr("The key that you kept when the vault was made. Spaces and dashes do not matter."),
        "RENEWAL": tr("The recovery key opened the vault. The old passphrase ends with this."),
    }[way]


def action(way: str) -> str:
    """The button."""
    return tr("Use this passphrase") if way == "RENEWAL" else tr("Unlock")


def wrong(fault: RemoteFault) -> str:
    """What was wrong with what was typed."""
    known = {
        "wrong_passphrase": tr("That is not the passphrase."),
        "wrong_recovery_key": tr("That is a recovery key, but not this vault's."),
        "mistyped_recovery_key": tr("That recovery key has a typing mistake. Compare it with what you kept."),
    }
    return known.get(fault.code, fault.what)


def advice(fault: RemoteFault) -> str:
    """What to do about a fault; ours when the service gave none."""
    known = {
        "damaged": tr(
            "Nothing was changed. Look closer with second-me doctor, or put a backup in its place."
        ),
        "newer_version": tr("Nothing was changed. Update Second Me on this computer."),
        "read_only": tr("Nothing was changed. Make the folder writable, then try again."),
        "in_use": tr("Close the other program that has the vault open, then try again."),
        "disk_full": tr("Nothing was changed. Free some space, then try again."),
    }
    return fault.action or known.get(fault.code, "")
