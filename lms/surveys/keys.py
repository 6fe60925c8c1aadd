"""Pseudonym keys: one file a training, outside the database and its backups. Without the key nobody can tell who answered."""

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from flask import current_app

from lms.errors import Refused

_known: dict[Path, bytes] = {}


def pseudonym(training_id: int, participant_id: int) -> bytes:
    """16 bytes that stand for a participant in the answers of one training: HMAC-SHA256 under the training's key.

    Refused (409) after the key was destroyed.
    """
    return hmac.digest(_key(training_id), str(participant_id).encode(), "sha256")[:16]


def alive(training_id: int) -> bool:
    """False once the key of a training was destroyed."""
    return not os.path.exists(_mark(_path(training_id)))


def destroy(training_id: int) -> bool:
    """Remove the key of a training and leave a mark that it existed; False when there is none."""
    path = _path(training_id)
    if not path.exists():
        return False
    _known.pop(path, None)
    _mark(path).touch(mode=0o600)
    path.write_bytes(secrets.token_bytes(32))  # on most discs this overwrites in place; the unlink is what counts
    path.unlink()
    return True


def existing() -> list[int]:
    """The trainings whose key is still there."""
    folder: Path = current_app.config["KEYS_DIR"]
    return sorted(int(path.stem.removeprefix("survey-")) for path in folder.glob("survey-*.key"))


def _path(training_id: int) -> Path:
    return _path_in(current_app.config["KEYS_DIR"], training_id)


@lru_cache(maxsize=1000)
def _path_in(folder: Path, training_id: int) -> Path:
    return folder / f"survey-{training_id}.key"


@lru_cache(maxsize=1000)
def _mark(path: Path) -> Path:
    return path.with_suffix(".destroyed")


def _key(training_id: int) -> bytes:
    path = _path(training_id)
    if path in _known and os.path.exists(path):  # another process may have destroyed it
        return _known[path]
    _known.pop(path, None)
    if not path.exists():
        _create(training_id)
    _known[path] = path.read_bytes()
    return _known[path]


def _create(training_id: int) -> None:
    """Several processes may be first at once: whoever links first wins, the others use that key."""
    path = _path(training_id)
    if not alive(training_id):
        raise Refused(
            "The answers of this training can no longer be linked to anybody, so nothing more can be answered."
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
