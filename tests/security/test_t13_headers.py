"""T13: headers on every answer, errors and downloads included; cookies; two people behind one caching proxy."""

import json
import re
from collections.abc import Iterator
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import config
from lms.app import create_app
from lms.extensions import db
from tests.security.actors import browser
from tests.security.crawl import Visit, visit
from tests.security.world import World

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
    "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
    "object-src": "'none'",
}  # fmt: skip
# Answers that hold nobody's data and may be kept; everything else may not.
MAY_BE_KEPT = {"files.static_file": "public", "files.favicon": "public"}
PICTURES = {"trainings.logo", "evaluation.logo"}  # of organisers and donors: in the reader's own browser only


def faults(seen: Visit) -> Iterator[str]:
    """What is wrong with the headers of one answer."""
    headers: dict[str, str] = {}
    for name, value in seen.headers:
        headers[name] = value
    policy = dict(part.strip().split(" ", 1) for part in headers.get("Content-Security-Policy", "").split(";") if part)
    for part, wanted in POLICY.items():
        if policy.get(part) != wanted:
            yield f"policy {part}: {policy.get(part)}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "may be sniffed"
    if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield "tells others where it came from"
    if "Cross-Origin-Opener-Policy" not in headers or "Permissions-Policy" not in headers:
        yield "opener or permissions"
    if headers.get("Server", "").lower().startswith("werkzeug") or "X-Powered-By" in headers:
        yield "tells what it runs on"
    yield from _kept(seen, headers)


def _kept(seen: Visit, headers: dict[str, str]) -> Iterator[str]:
    cache = headers.get("Cache-Control", "")
    if seen.endpoint in MAY_BE_KEPT and seen.status == 200:
        if "private" in cache or "Set-Cookie" in headers:
            yield f"static: {cache}"
    elif seen.endpoint in PICTURES and seen.status == 200:
        if "private" not in cache:
            yield f"picture: {cache}"
    elif cache != "no-store":
        yield f"may be kept: {cache}"
    if seen.endpoint not in MAY_BE_KEPT and not {"cookie", "hx-request"} <= {
        name.strip().lower() for name in headers.get("Vary", "").split(",")
    }:
        yield f"the same for everybody: {headers.get('Vary')}"


def test_t13_every_answer_carries_every_header(visits: list[Visit]) -> None:
    assert not [f"{seen}: {fault}" for seen in visits if seen.status < 500 for fault in faults(seen)]


@pytest.fixture
def odd_answers(house: Flask, world: World) -> list[Visit]:
    """Errors, redirects, unusual methods, downloads by POST."""
    house.config["WTF_CSRF_ENABLED"] = True
    trainer, nobody = browser(house, world, "trainer"), house.test_client()
    found = [visit(nobody, "anonymous", "400", "/join", method="POST", data={})]
    house.config["WTF_CSRF_ENABLED"] = False
    found += [
        visit(nobody, "anonymous", "404", "/no-such-page"),
        visit(nobody, "anonymous", "405", "/help", method="DELETE"),
        visit(nobody, "anonymous", "options", "/help", method="OPTIONS"),
        visit(nobody, "anonymous", "head", "/help", method="HEAD"),
        visit(nobody, "anonymous", "redirect", "/trainings"),
        visit(nobody, "anonymous", "413", "/join", method="POST", data={"code": "x" * 9_000_000}),
        visit(nobody, "anonymous", "422", "/join", method="POST", data={"code": "nothing"}),
        visit(trainer, "trainer", "xlsx", "/trainings/1001/attendance/export", method="POST", data={"as": "xlsx"}),
        visit(trainer, "trainer", "pdf", "/trainings/1001/attendance/export", method="POST", data={"as": "pdf"}),
        visit(trainer, "trainer", "recovery", "/account/recovery-codes", method="POST"),
        visit(trainer, "trainer", "404 fragment", "/trainings/2001", fragment=True),
    ]
    for _ in range(12):
        found.append(visit(nobody, "anonymous", "429", "/resume", method="POST", data={"code": "nothing"}))
    return found


def test_t13_errors_and_downloads_too(odd_answers: list[Visit]) -> None:
    assert [seen.status for seen in odd_answers[:12]] == [400, 404, 405, 200, 200, 303, 413, 422, 200, 200, 200, 404]
    assert odd_answers[-1].status in (422, 429)
    assert not [f"{seen}: {fault}" for seen in odd_answers for fault in faults(seen)]


def test_t13_our_own_errors_too(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "testing", False)
    monkeypatch.setitem(house.config, "PROPAGATE_EXCEPTIONS", False)
    view = house.view_functions["trainings.help"]

    def broken() -> str:
        raise RuntimeError

    broken.access_rule = view.access_rule  # type: ignore[attr-defined]
    monkeypatch.setitem(house.view_functions, "trainings.help", broken)
    seen = visit(house.test_client(), "anonymous", "500", "/help")
    assert seen.status == 500
    assert not list(faults(seen))


def test_t13_pages_hold_nothing_that_the_policy_would_block(visits: list[Visit]) -> None:
    inline = re.compile(
        r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:|<base|<iframe|<object|<embed", re.I
    )
    foreign = re.compile(r"\s(?:src|href|action|poster|data|hx-[\w:-]+)=\"(?:https?:)?//(?!localhost)", re.I)
    found = {f"{seen.endpoint}: {match[0]}" for seen in visits if seen.html for match in inline.finditer(seen.html)}
    found |= {f"{seen.endpoint}: {match[0]}" for seen in visits if seen.html for match in foreign.finditer(seen.html)}
    assert not found


def test_t13_htmx_keeps_no_pages(visits: list[Visit]) -> None:
    """Evaluated code and inline scripts are stopped by the policy; what a page showed is asked for anew, never kept."""
    page = next(seen.html for seen in visits if seen.endpoint == "trainings.help" and seen.status == 200)
    settings = re.search(r"name=\"htmx-config\"\s+content='([^']*)'", page)
    assert settings
    assert json.loads(unescape(settings[1]))["history"] == "reload"


class Proxy:
    """A shared cache in front of the house, as greedy as the standard allows (RFC 9111)."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[dict[str, str], bytes, dict[str, str]]] = {}

    def get(self, client: FlaskClient, address: str, cookies: str) -> bytes:
        if address in self.kept:
            headers, body, asked = self.kept[address]
            varies = [name.strip().lower() for name in headers.get("Vary", "").split(",")]
            if "cookie" not in varies or asked["cookie"] == cookies:
                return body
        answer = client.get(address)
        headers = dict(answer.headers)
        cache = headers.get("Cache-Control", "")
        if not {"no-store", "private"} & {part.strip() for part in cache.split(",")}:
            self.kept[address] = (headers, answer.data, {"cookie": cookies})
        return answer.data


def test_t13_a_caching_proxy_never_shows_one_person_the_page_of_another(
    house: Flask, world: World, visits: list[Visit]
) -> None:
    """Both have a page under the same address: their lists of trainings, their account, the start page, `/t/…`."""
    proxy = Proxy()
    first, second = browser(house, world, "trainer"), browser(house, world, "trainer of another training")
    for address in ("/", "/account", "/trainings", "/reports", "/join", "/sign-in", "/teams"):
        one, two = proxy.get(first, address, "a"), proxy.get(second, address, "b")
        assert without_tokens(two) == without_tokens(second.get(address).data), address
        if address == "/account":
            assert one != two
    assert not proxy.kept
    assert proxy.get(first, _stylesheet(visits), "a")
    assert proxy.kept  # what is everybody's


def without_tokens(page: bytes) -> bytes:
    """A token tells the second in which it was made."""
    return re.sub(rb"(X-CSRFToken&#34;: &#34;|X-CSRFToken\": \"|csrf_token\"[^>]*value=\")[^\"&]+", b"", page)


def _stylesheet(visits: list[Visit]) -> str:
    page = next(seen.html for seen in visits if seen.endpoint == "trainings.help" and seen.status == 200)
    found = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert found
    return found[1]


def cookies(answer: Any) -> dict[str, Any]:
    """The cookies that an answer sets, with their attributes."""
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.getlist("Set-Cookie"):
        found.load(line)
    return dict(found)


@pytest.fixture
def production(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser at a server in production, over TLS."""
    environment = {"ENVIRONMENT": "production", "SECRET_KEY": "k" * 40, "DATA_DIR": str(tmp_path)}
    app = create_app(config.settings(environment) | {"TESTING": True, "WTF_CSRF_ENABLED": False})
    with app.app_context():
        db.create_all()
        yield app.test_client()
        db.engine.dispose()


def test_t13_cookies_in_production(production: FlaskClient) -> None:
    secure = {"base_url": "https://example.org"}
    answers = [
        production.post("/join", data={"code": "nothing"}, **secure),
        production.get("/language/en?next=/", **secure),
        production.get("/theme/dark?next=/", **secure),
    ]
    found = {name: cookie for answer in answers for name, cookie in cookies(answer).items()}
    assert {"__Host-session", "language", "theme"} <= found.keys()
    for name, cookie in found.items():
        assert cookie["httponly"], name
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    assert answers[0].headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert production.application.config["DEVICE_COOKIE_NAME"] == "__Host-device"


def test_t13_cookies_of_devices_and_browsers(house: Flask, world: World) -> None:
    code = {"code": world.tokens["resume colleague", 1]}
    answer = house.test_client().post("/resume", data=code, base_url="https://localhost")
    assert answer.status_code == 303
    cookie = cookies(answer)["device"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


@pytest.mark.parametrize("secret", ["", "short", "k" * 31])
def test_t13_production_does_not_start_without_a_key(secret: str) -> None:
    with pytest.raises(config.SettingMissing):
        config.settings({"ENVIRONMENT": "production", "SECRET_KEY": secret})


def test_t13_nothing_is_debugged(house: Flask) -> None:
    assert not house.debug
    assert not config.settings({}).get("DEBUG")
