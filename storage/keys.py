"""The data key and its envelope.

The vault is encrypted with one random data key that never changes. `vault.keys.json` holds it wrapped, once
in each *slot*: by the passphrase (Argon2id, then AES-256-GCM), by the recovery key (HKDF, then AES-256-GCM).
More kinds of slot may come (the system's keyring); slots of unknown kinds are kept as they are. Changing the
passphrase rewraps, and touches nothing else. Wrapping is bound to the vault, the kind and the parameters, so
that a slot cannot be moved or weakened without being noticed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from second_me.storage.faults import fault, translated
from second_me.storage.files import write_bytes_whole
from second_me.storage.recovery import new_recovery_key, parse_recovery_key

__all__ = [
    "Envelope",
    "KdfParameters",
    "check_strength",
    "derive",
    "new_data_key",
    "new_recovery_key",
    "parse_recovery_key",
]

VERSION: Final = 1
KEY_BYTES: Final = 32
PASSPHRASE: Final = "passphrase"
RECOVERY: Final = "recovery"
_MOST_MEMORY_KIB: Final = 4 * 1024 * 1024
_MOST_WORK_KIB: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Cost of Argon2id: memory in KiB, passes over it, and lanes that may run at once."""

    memory_kib: int
    iterations: int
    lanes: int

    def stretch(self, passphrase: str, salt: bytes) -> bytes:
        """A 256-bit key from a passphrase (its Unicode form does not matter)."""
        kdf = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))

    def believable(self) -> bool:
        """Whether a file's numbers can be computed at all; a damaged file must not eat the machine."""
        return (
            1 <= self.lanes <= 64
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and self.iterations >= 1
            and self.memory_kib * self.iterations <= _MOST_WORK_KIB
        )

    @classmethod
    def calibrated(cls, seconds: float = 0.5) -> KdfParameters:
        """Costs that take about `seconds` here: three passes (RFC 9106) over 64 to 256 MiB, then more passes.

        Never below 64 MiB and three passes, which is above OWASP's minimum (19 MiB, two passes).
        """
        least = cls(memory_kib=64 * 1024, iterations=3, lanes=min(4, os.cpu_count() or 1))
        started = time.perf_counter()
        least.stretch("calibration", bytes(16))
        room = seconds / max(time.perf_counter() - started, 1e-6)
        memory = 256 if room >= 4 else 128 if room >= 2 else 64
        passes = max(3, int(3 * room * 64 / memory))
        return replace(least, memory_kib=memory * 1024, iterations=min(passes, 64))


def check_strength(passphrase: str) -> None:
    """Raises EnvironmentFault "weak_passphrase" for what would be guessed at once."""
    plain = unicodedata.normalize("NFKC", passphrase)
    if len(plain) < 8 or len(set(plain)) < 4:
        raise fault("weak_passphrase")


def new_data_key() -> bytes:
    """A fresh random data key."""
    return secrets.token_bytes(KEY_BYTES)


def derive(data_key: bytes, purpose: str) -> bytes:
    """A key for one purpose (such as "commit counter") that tells nothing about the data key."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"second-me/" + purpose.encode()).derive(data_key)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


@dataclass(frozen=True, slots=True)
class Envelope:
    """The keys file: the vault's id and the slots, as they stand in the file."""

    vault_id: str
    slots: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def new(cls) -> Envelope:
        """Of a new vault, without slots yet."""
        return cls(secrets.token_hex(16))

    @classmethod
    def read(cls, path: Path) -> Envelope:
        """Raises EnvironmentFault "damaged" (missing or unreadable file) or "newer_version"."""
        try:
            with translated():
                content = path.read_bytes()
        except FileNotFoundError as error:
            raise fault("keys_missing") from error
        try:
            parsed = json.loads(content)
            if parsed["version"] > VERSION:
                raise fault("newer_version")
            if parsed["check"] != _digest(parsed):
                raise fault("keys_damaged")
            return cls(bytes.fromhex(parsed["vault_id"]).hex(), tuple(dict(slot) for slot in parsed["slots"]))
        except (ValueError, KeyError, TypeError) as error:
            raise fault("keys_damaged") from error

    def write(self, path: Path) -> None:
        """Put the file in place as a whole, durably."""
        content = {"version": VERSION, "vault_id": self.vault_id, "slots": list(self.slots)}
        content["check"] = _digest(content)
        with translated():
            write_bytes_whole(path, json.dumps(content, indent=1).encode())

    def with_passphrase(self, data_key: bytes, passphrase: str, kdf: KdfParameters) -> Envelope:
        """With the passphrase slot made anew; the old passphrase opens nothing any more."""
        salt = secrets.token_bytes(16)
        stated = {"name": "argon2id", "salt": _text(salt), **asdict(kdf)}
        return self._with_slot(PASSPHRASE, stated, kdf.stretch(passphrase, salt), data_key)

    def with_recovery_key(self, data_key: bytes, recovery_key: str) -> Envelope:
        """With the recovery slot made anew."""
        salt = secrets.token_bytes(16)
        stated = {"name": "hkdf-sha256", "salt": _text(salt)}
        return self._with_slot(RECOVERY, stated, _recovery_wrap(recovery_key, salt), data_key)

    def open_with_passphrase(self, passphrase: str) -> bytes:
        """The data key. Raises EnvironmentFault "wrong_passphrase"; "damaged" for a slot that is none."""
        slot = self._slot(PASSPHRASE)
        kdf = _parameters(slot)
        return self._unwrap(slot, kdf.stretch(passphrase, _salt(slot)), "wrong_passphrase")

    def open_with_recovery_key(self, recovery_key: str) -> bytes:
        """The data key. Raises "mistyped_recovery_key" or "wrong_recovery_key" as EnvironmentFault."""
        parse_recovery_key(recovery_key)
        slot = self._slot(RECOVERY)
        return self._unwrap(slot, _recovery_wrap(recovery_key, _salt(slot)), "wrong_recovery_key")

    def passphrase_cost(self) -> KdfParameters:
        """The stored cost of the passphrase slot."""
        return _parameters(self._slot(PASSPHRASE))

    def _slot(self, kind: str) -> Mapping[str, Any]:
        for slot in self.slots:
            if slot.get("kind") == kind:
                return slot
        raise fault("keys_damaged")

    def _with_slot(self, kind: str, kdf: Mapping[str, Any], wrap: bytes, data_key: bytes) -> Envelope:
        nonce = secrets.token_bytes(12)
        wrapped = AESGCM(wrap).encrypt(nonce, data_key, self._bound(kind, kdf))
        slot = {"kind": kind, "kdf": dict(kdf), "nonce": _text(nonce), "wrapped": _text(wrapped)}
        others = tuple(other for other in self.slots if other.get("kind") != kind)
        return replace(self, slots=(*others, slot))

    def _unwrap(self, slot: Mapping[str, Any], wrap: bytes, wrong: str) -> bytes:
        bound = self._bound(slot["kind"], slot["kdf"])
        try:
            nonce, wrapped = _bytes(slot["nonce"]), _bytes(slot["wrapped"])
            return AESGCM(wrap).decrypt(nonce, wrapped, bound)
        except InvalidTag as error:
            raise fault(wrong) from error
        except (KeyError, ValueError, TypeError) as error:
            raise fault("keys_damaged") from error

    def _bound(self, kind: str, kdf: Mapping[str, Any]) -> bytes:
        """What the wrapping is bound to."""
        return json.dumps(["second-me", VERSION, self.vault_id, kind, kdf], sort_keys=True).encode()


def _recovery_wrap(recovery_key: str, salt: bytes) -> bytes:
    kdf = HKDF(SHA256(), KEY_BYTES, salt=salt, info=b"second-me/recovery key")
    return kdf.derive(parse_recovery_key(recovery_key))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _salt(slot: Mapping[str, Any]) -> bytes:
    try:
        return _bytes(slot["kdf"]["salt"])
    except (KeyError, TypeError, binascii.Error) as error:
        raise fault("keys_damaged") from error


def _parameters(slot: Mapping[str, Any]) -> KdfParameters:
    try:
        kdf = slot["kdf"]
        found = KdfParameters(int(kdf["memory_kib"]), int(kdf["iterations"]), int(kdf["lanes"]))
    except (KeyError, TypeError, ValueError) as error:
        raise fault("keys_damaged") from error
    if not found.believable():
        raise fault("keys_damaged")
    return found


def _digest(content: Mapping[str, Any]) -> str:
    """Tells damage by accident from a wrong passphrase; against a forger there is the wrapping itself."""
    stated = {name: value for name, value in content.items() if name != "check"}
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()
