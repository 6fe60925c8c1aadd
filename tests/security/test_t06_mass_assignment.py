"""T6: whatever else a form brings along, only its own fields count.

Every form is sent twice from the same beginning: as it is, and with every column of the database as a further field.
Both times the database must end up the same.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

import pytest
from flask import Flask

from lms import clock
from lms.extensions import db
from tests.security.actors import browser
from tests.security.crawl import rules
from tests.security.forms import Sheet, distinct
from tests.security.stored import changes, contents
from tests.security.world import World

# What somebody might hope to set: another owner, a role, a state, a moment, a switch.
WANTED = ("2001", "1101", "trainer", "valid", "closed", "y", "2031-01-01")
NOT_SHOWN = {  # no page of this house shows these forms
    "trainings.start": "the same view as trainings.join",
    "surveys.mail_links": "only with a mail server",
    "demo.sign_in": "only in the demo",
    "demo.join": "only in the demo",
}

# A field of the form, though not on every page that shows it: where the remark's author allowed it; where words belong.
ELSEWHERE = {"surveys.treat_remark": {"quoted"}} | {
    f"simulations.{view}": {"reason"} for view in ("cover_role", "one_move", "moves_for_all")
}


@contextmanager
def no_chance(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Iterator[None]:
    """Time stands still and chance repeats itself, so that two runs can be compared."""
    chance = Random(1)
    with monkeypatch.context() as patch, clock.stopped_at(moment):
        patch.setattr(secrets, "token_urlsafe", lambda size=32: chance.randbytes(size).hex())
        patch.setattr(secrets, "token_bytes", lambda size=32: chance.randbytes(size))
        patch.setattr(secrets, "choice", chance.choice)
        patch.setattr(secrets, "randbelow", chance.randrange)
        patch.setattr("lms.surveys.actions.ballots._chance", chance)
        patch.setattr("lms.accounts.secrets.hash_password", lambda password: f"hash of {password}")
        patch.setattr("lms.accounts.secrets.encrypt", lambda secret: f"encrypted {secret}")
        yield


def columns() -> list[str]:
    """The name of every column, and what a form might call it."""
    names = {column.name for table in db.metadata.tables.values() for column in table.columns}
    return sorted(
        names | {f"{name}-0" for name in ("roles", "devices", "attendance")} | {"role_names", "is_admin", "_method"}
    )


def test_t06_further_fields_change_nothing(
    house: Flask, world: World, put_back: Any, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    names, wanted, moment, differing = columns(), Random(2), clock.now(), []
    for sheet in distinct(sheets):
        known = sheet.fields.keys() | ELSEWHERE.get(sheet.endpoint, set())
        extra = {name: wanted.choice(WANTED) for name in names if name not in known}
        ends = []
        for body in ({}, extra):
            put_back()
            with no_chance(monkeypatch, moment):
                client = browser(house, world, sheet.actor)
                answer = client.post(sheet.action, data=sheet.filled() | body)
            ends.append((answer.status_code, contents()))
        if ends[0][0] != ends[1][0] or ends[0][1] != ends[1][1]:
            differing.append(f"{sheet} {ends[0][0]} {ends[1][0]} {changes(ends[0][1], ends[1][1])[:2]}")
    assert not differing, "\n".join(differing)


def test_t06_every_form_of_the_house_was_tried(house: Flask, sheets: list[Sheet]) -> None:
    shown = {sheet.endpoint for sheet in sheets} | NOT_SHOWN.keys()
    missing = sorted({rule.endpoint for rule in rules(house, "POST")} - shown)
    assert not missing, "no page shows a form for these: furnish tests/security/world.py so that one does"


def test_t06_most_forms_were_filled_in_well_enough_to_be_taken(
    house: Flask, world: World, put_back: Any, sheets: list[Sheet]
) -> None:
    """Otherwise the tests of forms would try refusals only."""
    refused = set()
    taken = set()
    for sheet in distinct(sheets):
        status = browser(house, world, sheet.actor).post(sheet.action, data=sheet.filled()).status_code
        (taken if status in (200, 303) else refused).add(sheet.endpoint)
        put_back()
    assert len(refused - taken) <= 0.25 * len(taken), sorted(refused - taken)
