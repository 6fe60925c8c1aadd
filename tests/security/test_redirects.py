"""Whatever stands in `next`, people stay on this site."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from tests.security.actors import browser
from tests.security.world import World

ELSEWHERE = (
    "//evil.example", "https://evil.example", "http:evil.example", "https:/evil.example", "/\\evil.example",
    "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example",
    " //evil.example", "///evil.example", "/ /evil.example/", "/\x00/evil.example", "/%09/evil.example", "/.//evil.example",
    "/..//evil.example", "javascript:alert(1)", "data:text/html,x", "//evil.example/%2f..", "/\u2028/evil.example",
    "//\u3002evil.example", "/\\\\evil.example", "@evil.example", "evil.example", "?//evil", "", "/help\r\nSet-Cookie: a=b",
)  # fmt: skip


def stays(location: str) -> bool:
    """As a browser reads it: blanks and control characters at the ends and tabs and line ends anywhere are dropped,
    backslashes are slashes."""
    read = "".join(sign for sign in location.strip("".join(map(chr, range(33)))) if sign not in "\t\r\n")
    read = read.replace("\\", "/")
    return read.startswith("/") and not read.startswith("//") and not urlsplit(read).netloc


@pytest.mark.parametrize("following", ELSEWHERE)
@pytest.mark.parametrize("address", ["/language/en", "/language/xx", "/theme/dark", "/theme/xx"])
def test_switches_lead_back_to_this_site(house: Flask, address: str, following: str) -> None:
    answer = house.test_client().get(address, query_string={"next": following})
    assert answer.status_code == 303
    assert stays(answer.headers["Location"])
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("address", ["files/cases/small.yaml", "steps/3/take-back"])
def test_the_editor_leads_back_to_this_site(house: Flask, world: World, address: str) -> None:
    for following in ELSEWHERE:
        trainer = browser(house, world, "trainer")
        for query in ({}, {"next": following, "at": following, "latin": following}):
            answer = trainer.post(f"/drafts/1041/{address}", data={"next": following}, query_string=query)
            assert answer.status_code in (303, 409)
            assert stays(answer.headers.get("Location", "/"))


@pytest.mark.parametrize("following", ELSEWHERE)
def test_signing_in_leads_to_this_site(
    house: Flask, world: World, following: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.accounts.secrets.password_fits", lambda *_: True)
    monkeypatch.setattr("lms.accounts.actions._use_totp", lambda *_: True)
    client = house.test_client()
    email = f"{world.canaries['address of Тренер А']}@example.org"
    first = client.post("/sign-in", query_string={"next": following}, data={"email": email, "password": "x" * 12})
    assert first.location == "/sign-in/code"
    answer = client.post("/sign-in/code", data={"code": "123456"})
    assert answer.status_code == 303
    assert stays(answer.headers["Location"])


def test_after_signing_in_one_is_where_one_wanted_to_be(house: Flask, world: World) -> None:
    asked = "/trainings/1001/participants?q=a&show=waiting"
    query = parse_qs(urlsplit(house.test_client().get(asked).headers["Location"]).query)
    assert query == {"next": [asked]}


def test_a_guarded_address_is_come_back_to(house: Flask, world: World) -> None:
    for address in (
        "/trainings/1001/participants?q=a&b=//evil.example",
        "//evil.example/trainings",
        "/trainings/%0d%0aX: y",
    ):
        answer = house.test_client().get(address)
        assert answer.status_code in (303, 308, 404)
        assert stays(answer.headers.get("Location", "/").replace("http://localhost", ""))
