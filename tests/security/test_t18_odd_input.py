"""T18 and T50, light: whatever is typed or put into an address, the answer is one of ours: never an error of the server.

What gets through is stored, and then every page that shows it is looked at.
"""

import re
from typing import Any

import pytest
from flask import Flask

from tests.security import crawl
from tests.security.actors import browser
from tests.security.crawl import visit
from tests.security.forms import Sheet, choices, distinct
from tests.security.stored import Watch
from tests.security.world import World

SQL = (
    "'", "''", "1'; DROP TABLE participants; --", "' OR '1'='1", "\" OR 1=1 --", "') UNION SELECT password_hash FROM accounts --",
    "1 AND SLEEP(5)", "%", "_", "%%%", "\\", "\\'", "*", "NULL", "0x27", "1;", "/**/", "'||(SELECT 1)||'", "[a]", "a' ESCAPE 'a", "{", "}",
)  # fmt: skip
SHOWN = {  # odd, but somebody may be called so
    "three hundred letters": "Ж" * 300,
    "other alphabets and emoji": "Əli 王小明 محمد Ὀδυσσεύς ประชา 👩🏽‍🚒🏳️‍🌈🇷🇸",
    "right to left, nothing to see, marks on marks": "\u202eанА\u202c \u200fעברית\u200f\u200b\u2060\ufeff\u00ad"
    + "\u0301\u0327\u0489" * 15,
}
BROKEN = {
    "a NUL": "Ана\x00Јовић", "control signs": "Ана\x01\x07\x08\x1b[31m\x7f\x85", "a lonely half": b"\xed\xa0\x80\xff\xfe\xc3",
    "five thousand letters": "ш" * 5000, "blanks": " \t\u3000\xa0 ", "lines": "а\r\nб\rв\nг", "figures": "9" * 400, "not a number": "1e999",
    "below zero": "-1", "Arabic figures": "٣٣", "a day that was not": "2026-02-31", "the last day": "9999-12-31", "year ten thousand": "10000-01-01",
    "the first day": "0001-01-01", "an hour that is not": "25:61", "infinite": "NaN", "large": str(2**63), "larger": str(10**30), "half": "0.5",
}  # fmt: skip
LEADS_AWAY = re.compile(
    r"remove|delete|discard|dismiss|leave|sign-out|close|reset|end-device|merge|confirm|lobby|revoke"
)


def send(app: Flask, world: World, sheet: Sheet, text: Any, names: list[str]) -> list[str]:
    """Send the form with `text` in some of its fields; what went wrong."""
    body = sheet.filled() | dict.fromkeys(names, text)
    client = browser(app, world, sheet.actor)
    seen = visit(client, sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)
    return [f"{sheet} {names} {text!r}: {seen.status} {seen.error}"[:400]] if seen.status >= 500 else []


@pytest.mark.parametrize("what", SHOWN)
def test_t18_odd_names_are_taken_or_refused_and_then_shown(
    house: Flask, world: World, sheets: list[Sheet], what: str
) -> None:
    faults = []
    for sheet in distinct([one for one in sheets if one.texts]):
        if not LEADS_AWAY.search(sheet.action):
            faults += send(house, world, sheet, SHOWN[what], sheet.texts)
    assert not faults, "\n".join(faults)
    for actor in ("anonymous", "trainee", "trainer", "administrator"):
        client = browser(house, world, actor)
        for rule in crawl.rules(house, "GET"):
            seen = visit(client, actor, rule.endpoint, crawl.address_of(house, world, rule))
            if seen.status >= 500:
                faults.append(f"{seen} {seen.error}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("start", range(0, len(BROKEN), 3))
def test_t18_what_is_not_text_is_refused_in_words(
    house: Flask, world: World, anew: Any, sheets: list[Sheet], start: int
) -> None:
    """Each form six times, the many of the editor three times, each time with other pieces in its fields."""
    faults, pieces = [], list(BROKEN.values())
    for number, sheet in enumerate(distinct([one for one in sheets if one.fields])):
        if sheet.endpoint == "authoring.save_document" and (start // 3 + number) % 2:
            continue
        every = [name for name, one in sheet.fields.items() if one.kind != "file" and name != "csrf_token"]
        body = {name: pieces[(start + number + 5 * place) % len(pieces)] for place, name in enumerate(every)}
        client = browser(house, world, sheet.actor)
        seen = visit(client, sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)
        faults += [f"{sheet} {body!r}: {seen.error}"[:500]] if seen.status >= 500 else []
        if sheet.texts:
            faults += send(house, world, sheet, pieces[(start + number) % len(pieces)], sheet.texts)
        anew()
    assert not faults, "\n".join(faults)


def test_t18_no_field_that_is_not_typed_breaks_its_form(
    house: Flask, world: World, anew: Any, sheets: list[Sheet]
) -> None:
    """Hidden fields, choices and buttons, one at a time, in a form that is otherwise right."""
    faults = []
    for sheet, name in choices(distinct(sheets)):
        for text in ("x", str(2**63)):
            faults += send(house, world, sheet, text, [name])
            anew()
    assert not faults, "\n".join(faults)


def test_t18_nothing_at_all_and_everything_twice(house: Flask, world: World, anew: Any, sheets: list[Sheet]) -> None:
    faults = []
    for sheet in distinct(sheets):
        for body in ({}, {name: ["x", "y", "1"] for name in sheet.fields}, {f"{name}[]": "x" for name in sheet.fields}):
            client = browser(house, world, sheet.actor)
            seen = visit(client, sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)
            faults += [f"{sheet} {body}: {seen.error}"] if seen.status >= 500 else []
            anew()
    assert not faults, "\n".join(faults)


def test_t18_no_piece_of_sql_breaks_a_form(house: Flask, world: World, anew: Any, sheets: list[Sheet]) -> None:
    faults = []
    for number, sheet in enumerate(distinct([one for one in sheets if one.fields])):
        every = [name for name, one in sheet.fields.items() if one.kind != "file" and name != "csrf_token"]
        for piece in (SQL[number % len(SQL)], "".join(SQL)):
            faults += send(house, world, sheet, piece, every) + send(house, world, sheet, piece, sheet.texts)
            anew()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("actor", ["anonymous", "trainee", "trainer", "administrator"])
def test_t18_no_piece_of_anything_breaks_an_address(house: Flask, world: World, watch: Watch, actor: str) -> None:
    client, faults = browser(house, world, actor), []
    odd = [*SQL, *(text for text in BROKEN.values() if isinstance(text, str) and len(text) < 500), *SHOWN.values()]
    for rule in crawl.rules(house, "GET"):
        names = [
            *crawl.parameters(house, rule),
            *(("year", "form", "table", "q", "status") if rule.endpoint in crawl.QUERIES_OF else ()),
        ]
        address = crawl.address_of(house, world, rule)
        if not names or visit(client, actor, rule.endpoint, address).status not in (200, 404):
            continue
        for text in odd[len(rule.rule) % 3 :: 3]:
            seen = visit(client, actor, rule.endpoint, address, query_string=dict.fromkeys(names, text))
            faults += [f"{seen} {text!r}: {seen.error}"] if seen.status >= 500 else []
    assert not faults, "\n".join(faults)
    assert not [change for change in watch.changes() if not change.startswith("audit_entries")]


@pytest.mark.parametrize("number", ["0", str(2**31), str(10**30), "-1", "٣"])
def test_t18_no_number_breaks_an_address(house: Flask, world: World, number: str) -> None:
    faults = []
    for actor in ("trainee", "trainer", "office"):
        client = browser(house, world, actor)
        for method in ("GET", "POST"):
            for rule in crawl.rules(house, method):
                address = crawl.address_of(house, world, rule)
                for found in re.finditer(r"(?<=[/-])\d+(?=[/.]|$)", address):
                    other = address[: found.start()] + number + address[found.end() :]
                    seen = visit(client, actor, rule.endpoint, other, method=method)
                    faults += [f"{method} {seen} {seen.error}"] if seen.status >= 500 else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "piece",
    [
        "../../config.py",
        "..%2f..%2fconfig.py",
        "%2e%2e/",
        "/etc/passwd",
        "css/../../config.py",
        "%00",
        "css",
        "a" * 5000,
    ],
)
def test_t19_no_path_leads_out_of_the_static_folder(house: Flask, piece: str) -> None:
    answer = house.test_client().get(f"/static/x/{piece}")
    assert answer.status_code in (301, 308, 400, 404)
    assert "SECRET_KEY" not in answer.text


@pytest.mark.parametrize("header", ["HX-Request", "HX-Current-URL", "HX-Target", "HX-Request-Type", "Accept-Language", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "If-None-Match", "Range", "Sec-Fetch-Site", "Cookie", "Accept-Encoding"])  # fmt: skip
def test_t18_no_header_breaks_a_page(house: Flask, world: World, header: str) -> None:
    for value in (
        "'",
        "x" * 4000,
        "\xff\xfe",
        "true",
        "bytes=0-",
        "http://zqxvk.example/%zz",
        "language=xx; theme=<b>; device=\xff; session=.a.b",
    ):
        for address in ("/", "/help", "/join", "/sign-in", "/t/1001", "/trainings/1001"):
            answer = browser(house, world, "trainer").get(address, headers={header: value})
            assert answer.status_code < 500
            assert "zqxvk" not in answer.text


def test_t18_a_foreign_host_is_not_believed_where_an_address_is_configured(house: Flask, world: World) -> None:
    """Links that leave the server – invitations, QR codes – are made of PUBLIC_URL."""
    house.config["PUBLIC_URL"] = "https://timovi.example.org"
    try:
        admin = house.test_client()
        admin.set_cookie("session", world.cookies["administrator"]["session"], domain="evil.example")
        page = admin.post("/staff/1012/reset", base_url="http://evil.example").text
        assert "https://timovi.example.org/invitation/" in page
        assert "evil.example" not in page
    finally:
        house.config["PUBLIC_URL"] = ""
