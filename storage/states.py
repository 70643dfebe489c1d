"""States of conversations on the disk: what the model has computed of them, so that entering one costs no time.

    <vault>/states/<name>.state      b"SMST" | version | salt | length | stretches, each encrypted for itself

A state can be computed anew, and holds what was said as clearly as the words. So: AES-256-GCM under a key that
lies in the vault, a key of its own for each file, everything bound to the conversation, its name a keyed hash.
Erasing anything makes another key in the same transaction and removes the files; whatever is left behind by a
crash opens with no key that there is. What is damaged, cut off or foreign is removed, and is no state.

Files are written by a thread, whole or not at all, without waiting for the disk. They are bounded in bytes, the
ones that were not used for longest go first; a full disk means that a state is not kept, and nothing else.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import shutil
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from second_me.core.ports import EnvironmentFault
from second_me.storage.access import Vault
from second_me.storage.keys import derive
from second_me.storage.state_key import find_state_key, state_key

MOST_BYTES = 512 << 20
"""All states together: about 40 conversations of 560 tokens, or 3 of 8,000, on the starter."""

DISK_SHARE = 10
"""They never take more than this part (a tenth) of what is free on the disk, their own bytes counted as free."""

WAITING_BYTES = 256 << 20
"""States that wait to be written: more than that are dropped, the oldest first."""

STRETCH = 1 << 20
"""Bytes that are encrypted at a time: other threads run in between."""

HEAD = struct.Struct("<4sI32sQ")
MAGIC = b"SMST"
VERSION = 1
TAG = 16


def free_bytes(folder: Path) -> int:
    """Bytes that are free on the disk of a folder. Raises OSError."""
    return shutil.disk_usage(folder).free


class States:
    """The port SessionState. Thread-safe; `close` writes what still waits."""

    def __init__(
        self, vault: Vault, most_bytes: int = MOST_BYTES, free: Callable[[Path], int] = free_bytes
    ) -> None:
        self._vault, self._most_bytes, self._free = vault, most_bytes, free
        self._folder = vault.files.states
        self._changed = threading.Condition()
        self._key = find_state_key(vault)
        self._waiting: OrderedDict[str, bytes | memoryview] = OrderedDict()
        self._writing: tuple[str, bytes | memoryview] | None = None
        self._paused = self._closed = False
        self._writer: threading.Thread | None = None

    def keep(self, conversation: str, state: bytes | memoryview) -> None:
        """Keep the latest state of a conversation; returns at once."""
        with self._changed:
            if self._paused or self._closed or len(state) > self._most_bytes:
                return
            self._waiting.pop(conversation, None)
            self._waiting[conversation] = state
            while sum(map(len, self._waiting.values())) > WAITING_BYTES and len(self._waiting) > 1:
                self._waiting.popitem(last=False)
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_all, name="states", daemon=True)
                self._writer.start()
            self._changed.notify_all()

    def find(self, conversation: str) -> bytes | memoryview | None:
        """The latest state of a conversation; None when there is none, or none that can be trusted."""
        with self._changed:
            if self._paused or self._closed:
                return None
            if conversation in self._waiting:
                return self._waiting[conversation]
            if self._writing is not None and self._writing[0] == conversation:
                return self._writing[1]
            key = self._key
        if key is None:
            return None
        path = self._path(key, conversation)
        try:
            state = read_state(path, key, conversation)
            os.utime(path)
            return state
        except FileNotFoundError:
            return None
        except (OSError, InvalidTag):
            _remove(path)
            return None

    def drop(self, conversation: str) -> None:
        """Forget the state of a conversation."""
        with self._changed:
            self._waiting.pop(conversation, None)
            self._changed.wait_for(lambda: self._writing is None or self._writing[0] != conversation)
            if self._key is not None:
                _remove(self._path(self._key, conversation))

    @contextlib.contextmanager
    def erasing(self) -> Iterator[None]:
        """Around an erasure, which removes the files: no state is kept or found meanwhile, and if anything was
        erased (the vault has another key) those that wait to be written go too."""
        with self._changed:
            self._paused = True
            self._changed.wait_for(lambda: self._writing is None)
        try:
            yield
        finally:
            key = None
            with contextlib.suppress(EnvironmentFault):
                key = find_state_key(self._vault)
            with self._changed:
                if key != self._key:
                    self._waiting.clear()
                self._key, self._paused = key, False
                self._changed.notify_all()

    def close(self) -> None:
        """Write what still waits, and end. May be called twice."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._writer is not None:
            self._writer.join()

    def _write_all(self) -> None:
        while self._next():
            # A full disk, a folder that cannot be written to: then there is no state.
            try:
                with contextlib.suppress(OSError, EnvironmentFault):
                    self._write()
            finally:
                with self._changed:
                    self._writing = None
                    self._changed.notify_all()

    def _next(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: (self._waiting and not self._paused) or self._closed)
            if self._waiting:
                self._writing = self._waiting.popitem(last=False)
            return self._writing is not None

    def _write(self) -> None:
        assert self._writing is not None
        conversation, state = self._writing
        if self._key is None:
            self._key = state_key(self._vault)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._path(self._key, conversation)
        if self._make_room(path, HEAD.size + len(state) + TAG * (len(state) // STRETCH + 1)):
            path.unlink(missing_ok=True)  # so that the bound holds while the new one grows, too
            write_state(path, self._key, conversation, state)

    def _make_room(self, path: Path, size: int) -> bool:
        """Remove what was not used for longest until a file of `size` fits in place of `path`."""
        kept = {file: file.stat() for file in self._folder.iterdir() if file != path}
        used = sum(found.st_size for found in kept.values())
        replaced = path.stat().st_size if path.exists() else 0
        free = self._free(self._folder) + used + replaced
        most = min(self._most_bytes, free // DISK_SHARE)
        for file in sorted(kept, key=lambda file: kept[file].st_mtime_ns):
            if used + size <= most:
                break
            file.unlink(missing_ok=True)
            used -= kept[file].st_size
        return used + size <= most

    def _path(self, key: bytes, conversation: str) -> Path:
        name = hmac.digest(derive(key, "names of states"), conversation.encode(), "sha256")
        return self._folder / f"{name.hex()[:32]}.state"


def write_state(path: Path, key: bytes, conversation: str, state: bytes | memoryview) -> None:
    """Write a state, whole or not at all. Raises OSError.

    Without waiting for the disk: what a power cut tears does not open.
    """
    head = HEAD.pack(MAGIC, VERSION, secrets.token_bytes(32), len(state))
    cipher, content = _cipher(key, head), memoryview(state)
    temporary = path.with_suffix(".part")
    room = bytearray(STRETCH + TAG)
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb", 0) as file:
            file.write(head)
            for number, start in enumerate(range(0, len(state), STRETCH)):
                part = content[start : start + STRETCH]
                sealed = memoryview(room)[: len(part) + TAG]
                cipher.encrypt_into(_nonce(number), part, _bound(head, conversation, number), sealed)
                _write_whole(file, sealed)
        temporary.replace(path)
    except BaseException:
        _remove(temporary)
        raise


def read_state(path: Path, key: bytes, conversation: str) -> memoryview:
    """The state in a file. Raises OSError, and InvalidTag for whatever was not written for it with this key."""
    with path.open("rb", 0) as file:
        head = file.read(HEAD.size)
        if len(head) < HEAD.size or head[:8] != HEAD.pack(MAGIC, VERSION, b"", 0)[:8]:
            raise InvalidTag
        size = HEAD.unpack(head)[3]
        parts = -(-size // STRETCH)
        if path.stat().st_size != HEAD.size + size + TAG * parts:
            raise InvalidTag
        cipher, room = _cipher(key, head), bytearray(STRETCH + TAG)
        content = np.empty(size, np.uint8).data  # not zeroed before, as a bytearray would be
        for number, start in enumerate(range(0, size, STRETCH)):
            part = content[start : start + STRETCH]
            sealed = memoryview(room)[: len(part) + TAG]
            if file.readinto(sealed) != len(sealed):
                raise InvalidTag
            cipher.decrypt_into(_nonce(number), sealed, _bound(head, conversation, number), part)
    return content


def _cipher(key: bytes, head: bytes) -> AESGCM:
    """A key for one file alone, by its salt: so nonces may simply count."""
    return AESGCM(derive(key, f"state {HEAD.unpack(head)[2].hex()}"))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "little")


def _bound(head: bytes, conversation: str, number: int) -> bytes:
    return head + number.to_bytes(4, "little") + conversation.encode()


def _write_whole(file: FileIO, content: memoryview) -> None:
    while content:
        content = content[file.write(content) :]


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
