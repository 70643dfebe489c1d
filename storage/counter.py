"""The commit counter: how many commits the vault has had, in a small file beside it.

A flipped byte in SQLite's write-ahead log silently drops the commits after it. The count inside the
database then falls behind this file, and the app can say so. The record is authenticated and bound to the
vault; it says nothing against somebody who puts back the vault and the counter of an earlier day.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from pathlib import Path

from second_me.storage.files import write_bytes_whole

_MAGIC = b"SMCOUNT1"
_RECORD = struct.Struct(">8s16sQ32s")


class CommitCounter:
    """The counter file of one vault; `key` is derived from the data key for this purpose alone."""

    def __init__(self, path: Path, key: bytes, vault_id: str) -> None:
        self._path, self._key, self._vault_id = path, key, bytes.fromhex(vault_id)

    def read(self) -> int | None:
        """The count; None when the file is missing, damaged or another vault's. Raises OSError."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        if len(content) != _RECORD.size:
            return None
        magic, vault_id, count, tag = _RECORD.unpack(content)
        genuine = hmac.compare_digest(tag, self._tag(count))
        return int(count) if genuine and magic == _MAGIC and vault_id == self._vault_id else None

    def write(self, count: int) -> None:
        """Overwrite the record in place: one write within one sector, synced. Raises OSError."""
        with self._path.open("r+b", buffering=0) as file:
            file.write(self._record(count))
            os.fsync(file.fileno())

    def reset(self, count: int) -> None:
        """Make the file anew: a new vault, a damaged record, or an older vault put back on purpose."""
        write_bytes_whole(self._path, self._record(count))

    def _record(self, count: int) -> bytes:
        return _RECORD.pack(_MAGIC, self._vault_id, count, self._tag(count))

    def _tag(self, count: int) -> bytes:
        return hmac.new(self._key, self._vault_id + count.to_bytes(8, "big"), hashlib.sha256).digest()
