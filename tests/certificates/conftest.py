"""Keys of one's own, for tests that change or destroy them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask


@pytest.fixture
def own_keys(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """An empty KEYS_DIR for this test alone."""
    previous, app.config["KEYS_DIR"] = app.config["KEYS_DIR"], tmp_path / "keys"
    yield app.config["KEYS_DIR"]
    app.config["KEYS_DIR"] = previous
