"""What a vault's files hold in clear: the eyes of somebody who has the key.

Three ways, none of which asks the vault itself: a copy that SQLite rekeys to no key at all (`clear_copy`), the pages of
the main file decrypted one by one, free ones too (`clear_pages`), and every frame of the log, also those of before the
last checkpoint (`clear_frames`). The cipher is sqlite3mc's "chacha20": a page ends with 16 bytes of nonce, whose last
four count together with the page's number, and 16 bytes of tag; block 0 of the key stream makes the page's own key.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.poly1305 import Poly1305

from second_me.storage.connection import PAGE_BYTES
from second_me.storage.files import VaultFiles
from second_me.storage.keys import Envelope
from tests.storage.conftest import PASSPHRASE

_RESERVED, _NONCE, _CLEAR_HEAD = 32, 16, 24
_WAL_HEAD, _FRAME_HEAD = 32, 24


@dataclass(frozen=True)
class Frame:
    """A frame of the log. `at` is where it begins; `current`: of the generation that counts, complete commits only."""

    at: int
    page: int
    commits: bool
    current: bool
    content: bytes


def data_key(folder: Path, passphrase: str = PASSPHRASE) -> bytes:
    return Envelope.read(VaultFiles(folder).keys).open_with_passphrase(passphrase)


def clear_copy(folder: Path, key: bytes) -> bytes:
    """The bytes of a copy (log folded in) that was rekeyed to plain text."""
    files = VaultFiles(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        copy = Path(place) / "copy.db"
        shutil.copyfile(files.database, copy)
        if files.log.exists():
            shutil.copyfile(files.log, copy.with_name("copy.db-wal"))
        db = apsw.Connection(str(copy))
        try:
            db.execute("PRAGMA cipher = 'chacha20'")
            db.execute(f"PRAGMA key = 'raw:{key.hex()}'")
            db.execute("PRAGMA journal_mode = DELETE").fetchall()
            db.execute("PRAGMA rekey = ''").fetchall()
        finally:
            db.close()
        content = copy.read_bytes()
    assert content.startswith(b"SQLite format 3\0"), "the copy is not in clear"
    return content


def clear_page(key: bytes, page: int, content: bytes) -> bytes:
    """One page in clear. Raises InvalidSignature when it is not what was written."""
    end = len(content) - _RESERVED
    nonce, tag = content[end : end + _NONCE], content[end + _NONCE :]
    (counted,) = struct.unpack("<I", nonce[12:])
    counter = counted ^ page
    keys = _stream(key, counter, nonce, bytes(64))
    head = _CLEAR_HEAD if page == 1 else 0
    seal = Poly1305(keys[:32])
    seal.update(content[: end + _NONCE])
    seal.verify(tag)
    return content[:head] + _stream(keys[32:], (counter + 1) & 0xFFFFFFFF, nonce, content[head:end])


def _stream(key: bytes, counter: int, nonce: bytes, content: bytes) -> bytes:
    return Cipher(ChaCha20(key, struct.pack("<I", counter) + nonce[:12]), None).encryptor().update(content)


def clear_pages(folder: Path, key: bytes) -> bytes:
    """All pages of the main file, one after the other."""
    content = VaultFiles(folder).database.read_bytes()
    pages = range(len(content) // PAGE_BYTES)
    return b"".join(clear_page(key, n + 1, content[n * PAGE_BYTES : (n + 1) * PAGE_BYTES]) for n in pages)


def frames(log: Path) -> Iterator[Frame]:
    """All frames of a log file, old generations too."""
    content = log.read_bytes() if log.exists() else b""
    salts = content[16:24]
    starts = range(_WAL_HEAD, len(content) - PAGE_BYTES - _FRAME_HEAD + 1, PAGE_BYTES + _FRAME_HEAD)
    found = []
    for at in starts:
        page, pages_after = struct.unpack(">II", content[at : at + 8])
        ours = content[at + 8 : at + 16] == salts
        body = content[at + _FRAME_HEAD : at + _FRAME_HEAD + PAGE_BYTES]
        found.append(Frame(at, page, pages_after > 0, ours, body))
    last = max((n for n, frame in enumerate(found) if frame.current and frame.commits), default=-1)
    for n, frame in enumerate(found):
        yield Frame(frame.at, frame.page, frame.commits, frame.current and n <= last, frame.content)


def clear_frames(folder: Path, key: bytes) -> bytes:
    """Every frame of the log in clear."""
    return b"".join(clear_page(key, each.page, each.content) for each in frames(VaultFiles(folder).log))


def everything(folder: Path, key: bytes) -> bytes:
    """All that can be read of a vault's folder, copies of before migrations too."""
    copies = b"".join(path.read_bytes() for path in VaultFiles(folder).copies())
    return clear_copy(folder, key) + clear_pages(folder, key) + clear_frames(folder, key) + copies
