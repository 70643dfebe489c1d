"""Writes `vectors.json`, the cross-check of both ends of the secure channel: `python -m tests.browser.vectors`.

The extension's JavaScript and our Python read the same file. Keys of this file are known to everybody: for tests only.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from second_me.app.service.browsers import secrets as secret

FIELDS = [{"index": 0, "value": "Zürich 苏"}]
VECTORS = Path(__file__).with_name("vectors.json")


def _bytes(word: str) -> bytes:
    return hashlib.sha256(f"second-me test vector {word}".encode()).digest()


def _key(word: str) -> ec.EllipticCurvePrivateKey:
    return secret.key_of(_bytes(word))


def _shown(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    point = secret.point_of(key)
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "d": secret.encoded(secret.scalar_of(key)),
        "x": secret.encoded(point[1:33]),
        "y": secret.encoded(point[33:]),
    }
    return {"jwk": jwk, "public": secret.encoded(point)}


def _box(key: bytes, number: int, message: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(message, ensure_ascii=False)
    return {
        "text": text,
        "frame": {"n": number, "box": secret.encoded(secret.sealed(key, number, text.encode()))},
    }


def vectors() -> dict[str, Any]:
    """All that two sides with these keys and nonces say; signatures are others each time, and all are right."""
    extension, host, extension_share, host_share = (
        _key(word) for word in ("extension", "host", "extension share", "host share")
    )
    theirs, ours = secret.point_of(extension), secret.point_of(host)
    pair_e, pair_h, open_e, open_h = (_bytes(word) for word in ("pair e", "pair h", "open e", "open h"))
    transcript = secret.Transcript(
        theirs, ours, open_e, open_h, secret.point_of(extension_share), secret.point_of(host_share)
    )
    digest = transcript.digest()
    to_host, to_extension = secret.session_keys(host_share, secret.point_of(extension_share), digest)
    encoded = secret.encoded
    return {
        "extension": _shown(extension),
        "host": _shown(host),
        "pairing": {
            "extension_nonce": encoded(pair_e),
            "host_nonce": encoded(pair_h),
            "commit": encoded(secret.commitment(pair_e, theirs)),
            "code": secret.pairing_code(theirs, ours, pair_e, pair_h),
        },
        "session": {
            "extension_nonce": encoded(open_e),
            "host_nonce": encoded(open_h),
            "extension_share": _shown(extension_share),
            "host_share": _shown(host_share),
            "transcript": encoded(digest),
            "host_proof": encoded(secret.sign(host, digest, secret.HOST)),
            "extension_proof": encoded(secret.sign(extension, digest, secret.EXTENSION)),
            "key_to_host": encoded(to_host),
            "key_to_extension": encoded(to_extension),
        },
        "sealed": {
            "to_extension": [
                _box(to_extension, 0, {"kind": "ready"}),
                _box(to_extension, 1, {"kind": "fill", "proposal": "p", "fields": FIELDS}),
            ],
            "to_host": [_box(to_host, 0, {"kind": "undo"}), _box(to_host, 256, {"kind": "gone", "proposal": "p"})],
        },
    }  # fmt: skip


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
