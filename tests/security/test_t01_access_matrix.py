"""T1: every route × method × actor against the table in git; a missing line fails.

Views are replaced by a stub that answers "reached": only the gate is tried, nothing is changed.
Write the table anew with: ACCESS_MATRIX=write pytest tests/security/test_t01_access_matrix.py, and read the difference.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.security.actors import World, build

TABLE = Path(__file__).parent / "access.csv"


@pytest.fixture
def stubbed(app: Flask) -> Iterator[Flask]:
    """The application with every view replaced by "reached", its access rule kept."""
    views = dict(app.view_functions)
    for endpoint, view in views.items():

        def stub(**_arguments: Any) -> str:
            return "reached"

        stub.access_rule = view.access_rule
        app.view_functions[endpoint] = stub
    yield app
    app.view_functions.update(views)


def arguments(rule: Rule, world: World) -> dict[str, Any]:
    """A value for every part of the address, pointing into training A."""
    known = {"training_id": world.own.id, "participant_id": world.own_person.id, "token": world.own.join_token}
    return {name: known.get(name, 1 if "int" in str(rule._converters[name].__class__).lower() else "x") for name in rule.arguments}


def matrix(app: Flask, world: World) -> list[tuple[str, str, str]]:
    """Every (route, method, who gets through), sorted."""
    lines = []
    for rule in app.url_map.iter_rules():
        address = rule.build(arguments(rule, world))[1]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            through = [name for name, browser in world.browsers.items() if browser.open(address, method=method).text == "reached"]
            lines.append((rule.rule, method, " · ".join(through) if len(through) < len(world.browsers) else "everybody"))
    return sorted(lines)


def test_t01_every_route_lets_in_exactly_whom_the_table_names(stubbed: Flask) -> None:
    found = matrix(stubbed, build(stubbed))
    if os.environ.get("ACCESS_MATRIX") == "write":
        with TABLE.open("w", newline="") as file:
            csv.writer(file).writerows([("route", "method", "who gets through"), *found])
    with TABLE.open(newline="") as file:
        written = [tuple(row) for row in csv.reader(file)][1:]
    assert found == written


def test_t01_nobody_half_way_in_gets_past_the_front(stubbed: Flask) -> None:
    for route, _method, through in matrix(stubbed, build(stubbed)):
        if "before the second step" in through or "expired sign-in" in through or "forgotten device" in through:
            assert route.startswith("/sign-in"), route
