"""What is too large is refused at once, in words, and changes nothing (T46, light)."""

import gc
import io
import time
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from tests.security.actors import browser
from tests.security.stored import Watch
from tests.security.world import World

MEGABYTE = 1024 * 1024
BODIES: dict[str, dict[str, Any]] = {
    "nine megabytes typed": {"data": {"code": "x" * 9 * MEGABYTE}},
    "two megabytes typed": {"data": {"code": "x" * 2 * MEGABYTE}},
    "a million fields": {"data": "a=&" * 1_000_000, "content_type": "application/x-www-form-urlencoded"},
    "ten thousand parts": {
        "data": {f"part{number}": "x" for number in range(10_000)}, "content_type": "multipart/form-data"
    },
    "a field of two megabytes in parts": {"data": {"code": "x" * 2 * MEGABYTE}, "content_type": "multipart/form-data"},
    "a text of nine megabytes": {"data": b"x" * 9 * MEGABYTE, "content_type": "text/plain"},
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
@pytest.mark.parametrize("guarded", [True, False])
def test_too_large_a_body_is_refused_fast(house: Flask, world: World, watch: Watch, what: str, guarded: bool) -> None:
    house.config["WTF_CSRF_ENABLED"] = guarded
    sent = EnvironBuilder(path="/join", method="POST", **BODIES[what]).get_environ()  # packing it is the sender's work
    client = house.test_client()
    gc.collect()  # what other tests have left is not looked through meanwhile
    start = time.process_time()
    answer = client.open(sent)
    took = time.process_time() - start
    house.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code in ((413, 422) if what.startswith("a text") else (413,))  # not a form: not even read
    assert took < 1
    assert "превелик" in answer.text.lower() or answer.status_code != 413
    assert not watch.changes()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/trainings/1001/roster", "roster"), ("/drafts/import", "pack"), ("/drafts/1041/figures", "drawing"),
        ("/drafts/1041/surveys/knowledge/exchange", "questions"), ("/drafts/1041/files/cases/small.yaml", "title.sr"),
    ],
)  # fmt: skip
def test_too_large_a_file_is_refused(house: Flask, world: World, watch: Watch, address: str, field: str) -> None:
    trainer = browser(house, world, "trainer")
    start = time.process_time()
    answer = trainer.post(address, data={field: (io.BytesIO(b"x" * 9 * MEGABYTE), "spisak.csv"), "name": "x"})
    assert answer.status_code == 413
    assert time.process_time() - start < 1
    assert not watch.changes()
