"""The arithmetic of the secure channel between the extension and the service (docs/browser.md): keys, signatures, the
code that both sides show, sealed frames. Nothing here keeps a state or knows a message.

Public keys are 65 bytes (an uncompressed point of P-256), signatures 64 (r and s), nonces 32, all as base64url without
padding where they stand in JSON.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES, NONCE_BYTES, PROOF_BYTES, DIGEST_BYTES = 65, 32, 64, 32
PAIRING, SESSION, FRAME = b"second-me pairing 1", b"second-me session 1", b"second-me 1"
HOST, EXTENSION = b"host", b"extension"
LAST_NUMBER = 2**53 - 1
"""The last number of a frame: the largest whole number that JavaScript counts to without a gap."""

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*\Z")


def encoded(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decoded(text: object, length: int | None = None) -> bytes:
    """The bytes of base64url without padding; of exactly `length` bytes when it is given.

    Raises ValueError for anything else, also for a second spelling of the same bytes.
    """
    if not isinstance(text, str) or not _ALPHABET.match(text):
        raise ValueError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise ValueError("not base64url") from None
    if encoded(data) != text or (length is not None and len(data) != length):
        raise ValueError("not the bytes that were expected")
    return data


def new_nonce() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(NONCE_BYTES)


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key of P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def key_of(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """The key whose secret number is `scalar` (32 bytes, big endian). Raises ValueError."""
    return ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())


def scalar_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The secret number of a key, 32 bytes, big endian."""
    return key.private_numbers().private_value.to_bytes(32, "big")


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_of(point: bytes) -> ec.EllipticCurvePublicKey:
    """The public key of 65 bytes. Raises ValueError for a point that is not on the curve."""
    if len(point) != KEY_BYTES or point[0] != 4:
        raise ValueError("not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def commitment(nonce: bytes, key: bytes) -> bytes:
    """What the extension promises before it sees our nonce, so that neither side can choose the code."""
    return hashlib.sha256(nonce + key).digest()


def pairing_code(extension_key: bytes, host_key: bytes, extension_nonce: bytes, host_nonce: bytes) -> str:
    """Six digits, "123 456", that both sides show."""
    digest = hashlib.sha256(PAIRING + extension_key + host_key + extension_nonce + host_nonce).digest()
    digits = f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
    return f"{digits[:3]} {digits[3:]}"


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that the two sides said in the clear before a session: identity keys, nonces, fresh shares."""

    extension_key: bytes
    host_key: bytes
    extension_nonce: bytes
    host_nonce: bytes
    extension_share: bytes
    host_share: bytes

    def digest(self) -> bytes:
        """What both sides sign, and what salts their keys."""
        parts = (
            self.extension_key, self.host_key, self.extension_nonce, self.host_nonce, self.extension_share,
            self.host_share,
        )  # fmt: skip
        return hashlib.sha256(SESSION + b"".join(parts)).digest()


def sign(key: ec.EllipticCurvePrivateKey, digest: bytes, side: bytes) -> bytes:
    """The proof of one side ("host", "extension"), 64 bytes."""
    r, s = decode_dss_signature(key.sign(digest + side, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def proves(point: bytes, digest: bytes, side: bytes, proof: bytes) -> bool:
    """Whether the owner of a public key signed. Raises ValueError for a key that is none."""
    r, s = int.from_bytes(proof[:32], "big"), int.from_bytes(proof[32:], "big")
    try:
        public_of(point).verify(encode_dss_signature(r, s), digest + side, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return len(proof) == PROOF_BYTES


def session_keys(own: ec.EllipticCurvePrivateKey, other: bytes, digest: bytes) -> tuple[bytes, bytes]:
    """The keys (32 bytes each) of what the extension sends and of what the service sends. Raises ValueError."""
    shared = own.exchange(ec.ECDH(), public_of(other))
    both = HKDF(algorithm=hashes.SHA256(), length=64, salt=digest, info=SESSION).derive(shared)
    return both[:32], both[32:]


def sealed(key: bytes, number: int, content: bytes) -> bytes:
    """Frame `number` of one direction, encrypted and authenticated (AES-256-GCM)."""
    return AESGCM(key).encrypt(number.to_bytes(12, "big"), content, FRAME)


def opened(key: bytes, number: int, box: bytes) -> bytes:
    """The content of a sealed frame. Raises ValueError when it was not sealed with this key and number."""
    try:
        return AESGCM(key).decrypt(number.to_bytes(12, "big"), box, FRAME)
    except InvalidTag:
        raise ValueError("the frame does not open") from None
