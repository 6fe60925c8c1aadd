"""Files that an earlier demo left under the same numbers."""

from pathlib import Path

from flask import current_app


def remove_mark(training_id: int) -> None:
    """A new training has the number of one whose pseudonym key was destroyed: it may have a key of its own."""
    _folder().joinpath(f"survey-{training_id}.destroyed").unlink(missing_ok=True)


def remove_keys(training_id: int) -> None:
    """The training is gone, and so are its answers: neither key nor mark is needed."""
    remove_mark(training_id)
    _folder().joinpath(f"survey-{training_id}.key").unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = current_app.config["KEYS_DIR"]
    return folder
