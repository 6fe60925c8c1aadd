"""T1: every route × method × actor against the table in git; a missing line fails.

Views are replaced by a stub that answers "reached": only the gate is tried, nothing is changed.
Write the table anew with: ACCESS_MATRIX=write pytest tests/security/test_t01_access_matrix.py, and read the difference.
"""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lms.extensions import db
from lms.trainings.models import Training
from tests.security.actors import ACTORS, OF_OTHER, OUTSIDERS, browser
from tests.security.crawl import address_of, rules
from tests.security.furnished import Furnished
from tests.security.world import World

TABLE = Path(__file__).parent / "access.csv"
HEAD = ("route", "method", "who gets through")
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
STAFF_ONLY = ("/trainings", "/staff", "/account", "/overview", "/reports", "/teams", "/courses", "/drafts")
# Every account of the matrix that holds the role of an author or of a trainer; an observer of one training is a trainer elsewhere.
WRITERS = {"author", "trainer", "trainer of another training", "observer"}
Line = tuple[str, str, str]
# Open to everybody, or to whoever holds the token or code in the address or form: nothing else may be.
PUBLIC = ("/", "/c", "/c/", "/demo", "/f/", "/favicon.ico", "/help", "/invitation/", "/join", "/join/", "/language/",
          "/live/wall/", "/privacy", "/resume", "/sign-in", "/static/", "/theme/", "/wall/")  # fmt: skip


@pytest.fixture(scope="module")
def matrix(furnished: Furnished) -> list[Line]:
    """Every (route, method, who gets through), sorted."""
    with furnished.entered() as (app, world), stubs(app):
        browsers = {actor: browser(app, world, actor) for actor in ACTORS}
        return sorted(_line(app, world, browsers, rule, method) for method in METHODS for rule in rules(app, method))


@contextmanager
def stubs(app: Flask) -> Iterator[None]:
    """Every view replaced by "reached", its access rule kept."""
    views = dict(app.view_functions)
    for endpoint, view in views.items():

        def stub(**_arguments: Any) -> str:
            return "reached"

        stub.access_rule = view.access_rule  # type: ignore[attr-defined]
        app.view_functions[endpoint] = stub
    try:
        yield
    finally:
        app.view_functions.update(views)


def _line(app: Flask, world: World, browsers: dict[str, FlaskClient], rule: Rule, method: str) -> Line:
    address = address_of(app, world, rule)
    through = [name for name, client in browsers.items() if client.open(address, method=method).text == "reached"]
    return rule.rule, method, "everybody" if len(through) == len(browsers) else " · ".join(through)


def test_t01_every_route_lets_in_exactly_whom_the_table_names(matrix: list[Line]) -> None:
    if os.environ.get("ACCESS_MATRIX") == "write":
        with TABLE.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEAD, *matrix])
    with TABLE.open(newline="") as file:
        written = [tuple(row) for row in csv.reader(file)][1:]
    assert set(matrix) - set(written) == set(), "not in the table, or not like this"
    assert set(written) - set(matrix) == set(), "in the table, but not so"
    assert len(matrix) == len(written)


def test_t01_whoever_is_not_known_gets_to_public_pages_only(matrix: list[Line]) -> None:
    for route, _method, through in matrix:
        if through == "everybody" or OUTSIDERS & set(through.split(" · ")):
            assert any(route == start or (len(start) > 1 and route.startswith(start)) for start in PUBLIC), route


def test_t01_nobody_of_another_training_gets_in(matrix: list[Line]) -> None:
    for route, _method, through in matrix:
        if "<int:training_id>" in route:
            assert not OF_OTHER & set(through.split(" · ")), route


def test_t01_observers_and_readers_of_a_training_change_nothing_in_it(matrix: list[Line]) -> None:
    for route, method, through in matrix:
        if route.startswith("/trainings/<int:training_id>") and method != "GET":
            assert not {"observer", "report reader", "office", "author"} & set(through.split(" · ")), (route, method)


def test_t01_a_trainee_reaches_nothing_of_staff_and_staff_nothing_of_a_trainee(matrix: list[Line]) -> None:
    for route, _method, through in matrix:
        if route.startswith(STAFF_ONLY):
            assert not {"trainee", "trainee of another training"} & set(through.split(" · ")), route
        if route.startswith("/t/"):
            assert through == "trainee", route


def test_t01_those_who_write_share_the_drafts_and_a_trial_or_a_pack_that_waits_is_its_owners_alone(
    matrix: list[Line],
) -> None:
    for route, method, through in matrix:
        if route.startswith("/drafts"):
            own = "<int:trial_id>" in route or "<int:pending_id>" in route
            assert set(through.split(" · ")) == ({"trainer"} if own else WRITERS), (route, method)


def test_t01_no_route_without_a_rule_can_be_served() -> None:
    from lms.access import init_access

    app = Flask("bare")
    app.add_url_rule("/open", "open", lambda: "open")
    with pytest.raises(RuntimeError, match="no access rule"):
        init_access(app)


@pytest.mark.parametrize("production", [True, False])
def test_t01_the_doors_for_trying_things_out_are_shut_in_production(house: Flask, production: bool) -> None:
    training = db.session.get_one(Training, 3001)
    training.demo = True
    db.session.commit()
    house.config["PRODUCTION"] = production
    try:
        client = house.test_client()
        answers = [client.get("/demo"), client.post("/demo/sign-in/administrator"), client.post("/demo/join/fresh")]
        assert [answer.status_code for answer in answers] == ([404] * 3 if production else [200, 404, 404])
    finally:
        house.config["PRODUCTION"] = False
