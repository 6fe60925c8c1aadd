"""T12: nobody is made to change anything by another site, and looking changes nothing."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.security import crawl
from tests.security.actors import browser
from tests.security.crawl import address_of, rules, visit
from tests.security.forms import Sheet, distinct
from tests.security.furnished import Furnished
from tests.security.stored import Watch, changes, contents
from tests.security.world import World

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# The public check of a certificate changes nothing and must work in a browser that keeps no cookies.
WITHOUT_TOKEN = {"certificates.enter", "certificates.verify"}
# What looking may write, and why. Nothing else.
WRITTEN_BY_LOOKING = {
    "attempts": "tries are counted",
    "audit_entries": "names or a report left the system as a file",
    "sign_ins": "a sign-in that has expired is forgotten",
}


@pytest.fixture
def guarded(house: Flask) -> Iterator[Flask]:
    """The house with tokens demanded, as it is in production."""
    house.config["WTF_CSRF_ENABLED"] = True
    yield house
    house.config["WTF_CSRF_ENABLED"] = False


def token_for(client: FlaskClient) -> str:
    """A token that this browser was given, on the page with the code field or on the sign-in page."""
    found = TOKEN.search(client.get("/join").text)
    assert found
    return found[1]


def test_t12_without_a_token_of_ones_own_nothing_is_accepted(guarded: Flask, world: World, watch: Watch) -> None:
    accepted = []
    for actor in ("anonymous", "trainee", "trainer", "office", "administrator", "before the second step"):
        own, stranger = browser(guarded, world, actor), guarded.test_client()
        foreign = token_for(stranger)
        for method in UNSAFE:
            for rule in rules(guarded, method):
                if rule.endpoint in WITHOUT_TOKEN:
                    continue
                for data in ({}, {"csrf_token": foreign}):
                    seen = visit(own, actor, rule.endpoint, address_of(guarded, world, rule), method=method, data=data)
                    if seen.status != 400:
                        accepted.append(f"{method} {seen} {sorted(data)}")
    assert not accepted
    assert not watch.changes()


def test_t12_a_token_in_a_header_of_another_session_is_not_accepted(guarded: Flask, world: World, watch: Watch) -> None:
    foreign = token_for(guarded.test_client())
    own = browser(guarded, world, "trainer")
    answer = own.post("/trainings/1001/close", headers={"X-CSRFToken": foreign})
    assert answer.status_code == 400
    assert not watch.changes()


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_t12_another_site_is_refused_even_with_the_right_token(
    guarded: Flask, world: World, watch: Watch, sheets: list[Sheet], origin: str
) -> None:
    accepted = []
    for sheet in distinct(sheets):
        client = browser(guarded, world, sheet.actor)
        body = sheet.filled() | {"csrf_token": token_for(client)}
        answer = client.post(sheet.action, data=body, headers={"Sec-Fetch-Site": origin})
        if answer.status_code != 403:
            accepted.append(f"{sheet} {answer.status_code}")
    assert not accepted
    assert not watch.changes()


def test_t12_the_right_token_from_this_site_is_accepted(guarded: Flask, world: World, watch: Watch) -> None:
    own = browser(guarded, world, "trainer")
    body = {"csrf_token": token_for(own)}
    answer = own.post("/trainings/1001/close", data=body, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert watch.changes()


def test_t12_every_form_carries_a_token(guarded: Flask, world: World, sheets: list[Sheet]) -> None:
    bare = []
    for address, actor in dict.fromkeys((sheet.page, sheet.actor) for sheet in distinct(sheets)):
        page = browser(guarded, world, actor).get(address).text
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL | re.IGNORECASE):
            if not TOKEN.search(form):
                bare.append(f"{address}: {form[:120]}")
    assert not [form for form in bare if not form.startswith("/c")]  # the public check of a certificate


def test_t12_looking_changes_nothing(furnished: Furnished) -> None:
    with furnished.entered() as (app, world):
        before = contents(set())
        for actor in ("anonymous", "trainee", "trainer", "administrator", "before the second step"):
            client = browser(app, world, actor)
            for rule in rules(app, "GET"):
                for address in crawl.addresses(app, world, rule):
                    visit(client, actor, rule.endpoint, address)
        found = changes(before, contents(set()))
    assert not [change for change in found if change.split()[0] not in WRITTEN_BY_LOOKING]


def test_t12_cookies_are_not_sent_along_from_other_sites(house: Flask, world: World) -> None:
    assert house.config["SESSION_COOKIE_SAMESITE"] == "Lax"


HERE = "http://localhost/sign-in"


@pytest.mark.parametrize(
    ("data", "headers", "offered"),
    [
        ({"code": "<b>ABCD"}, {"Referer": "http://localhost/join?again=1"}, True),
        ({"code": "<b>ABCD"}, {"Referer": "http://localhost/join", "Sec-Fetch-Site": "same-origin"}, True),
        ({"code": "<b>ABCD"}, {"Referer": "http://evil.example/join"}, False),
        ({"code": "<b>ABCD"}, {}, False),
        ({"code": "<b>ABCD"}, {"Referer": "http://localhost/join", "HX-Request": "true"}, False),
        ({"email": "<b>ABCD", "password": "secret"}, {"Referer": HERE}, False),
    ],
)
def test_t12_only_what_our_own_page_sent_is_offered_once_more(
    guarded: Flask, watch: Watch, data: dict[str, str], headers: dict[str, str], offered: bool
) -> None:
    """Another site must not put words into a form of ours that lacks nothing but a press; no password is put into a page."""
    answer = guarded.test_client().post("/join", data=data | {"csrf_token": "old"}, headers=headers)
    assert answer.status_code == 400
    assert ('name="code" value="&lt;b&gt;ABCD"' in answer.text) == offered
    assert ("data-resend" in answer.text) == offered
    assert "secret" not in answer.text
    assert "evil.example" not in answer.text
    assert 'value="old"' not in answer.text
    assert not watch.changes()
