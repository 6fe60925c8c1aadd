"""Ed25519 keys that sign certificates: files in KEYS_DIR/certificates, outside the database.

`current.key` is the private key (only the server's user may read it); `<key id>.pub` are the public keys of all times.
Public keys are never removed: a certificate is checked for as long as people show it.
"""

import base64
import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:  # imported on first use only
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KEY_ID = re.compile(r"[0-9a-f]{16}")


def sign(message: bytes) -> tuple[bytes, str]:
    """The signature (64 bytes) of `message` by the current key, and that key's id. The first use creates the key."""
    key = _current()
    return key.sign(message), key_id(_public(key))


def rotate() -> str:
    """Make a new current key; the old one can sign no more, its public key stays. Returns the id of the new key."""
    draft = _draft()
    known_as = _publish(draft)
    os.replace(draft, _folder() / "current.key")
    return known_as


def key_id(public_key: bytes) -> str:
    """The first 8 bytes of the SHA-256 of a public key, in hexadecimal."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def public_key(known_as: str) -> bytes:
    """The public key (32 bytes) with this id; b"" when there is none or its file does not hold that key."""
    if not _KEY_ID.fullmatch(known_as):
        return b""
    try:
        key = bytes.fromhex((_folder() / f"{known_as}.pub").read_text("ascii"))
    except (OSError, ValueError):
        return b""
    return key if key_id(key) == known_as else b""


def public_keys() -> list[bytes]:
    """The public keys of all times, in the order of their ids."""
    return [key for path in sorted(_folder().glob("*.pub")) if (key := public_key(path.stem))]


def as_jwk(public: bytes) -> dict[str, str]:
    """A public key as a JSON Web Key (RFC 8037)."""
    x = base64.urlsafe_b64encode(public).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "kid": key_id(public), "x": x, "use": "sig", "alg": "EdDSA"}


def _folder() -> Path:
    keys: Path = current_app.config["KEYS_DIR"]
    return keys / "certificates"


def _current() -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = _folder() / "current.key"
    if not path.exists():
        _create(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))


def _create(path: Path) -> None:
    """Several processes may be first at once: whoever links first wins, the others use that key."""
    draft = _draft()
    known_as = _publish(draft)
    try:
        os.link(draft, path)
    except FileExistsError:
        (_folder() / f"{known_as}.pub").unlink()
    finally:
        draft.unlink()


def _draft() -> Path:
    """A new private key in a file of its own, safely on the disc."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{secrets.token_hex(8)}.draft"
    _write(draft, secrets.token_bytes(32).hex(), 0o600)
    return draft


def _publish(draft: Path) -> str:
    """The public half of a private key goes to the disc before anything is signed with it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = _public(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(draft.read_text("ascii"))))
    _write(_folder() / f"{key_id(public)}.pub", public.hex(), 0o644)
    return key_id(public)


def _public(key: "Ed25519PrivateKey") -> bytes:
    return key.public_key().public_bytes_raw()


def _write(path: Path, text: str, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
