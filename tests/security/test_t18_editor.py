"""T18, the editor: whatever a made-up form, button or file says, the answer is one of ours, and what it has done can be looked at and taken back."""

import io
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.authoring import documents
from lms.authoring.models import Draft
from lms.authoring.queries import files_of_draft
from lms.content.addresses import inside
from lms.content.page_shapes import BLOCK
from lms.extensions import db
from tests.security import crawl
from tests.security.actors import browser
from tests.security.forms import choices, distinct
from tests.security.hostile_packs import SVG, drawings_that_act, drawings_that_grow, drawings_that_reach_out
from tests.security.stored import Watch
from tests.security.test_t18_odd_input import BROKEN, SQL
from tests.security.world import World

PATHS = crawl.PARTS_OF["authoring.document"]["path"]
NO_ADDRESSES = (
    "", ".", "..", "[]", "[#]", "[#0]", "[#-1]", "[#999999]", "stages[", "stages[call", "stages[call]]", "stages[#999999]", "stages[no].title.sr",
    "title", "title.sr", "title.de", "key", "stages.call", '"', '"\\ud800"', '"\\u0000"."x"', "roles[police].\"a'b\"", "stages[call]" * 60,
    "[call]" * 130, "a." * 200, "х" * 400, "a" * 100_000, "stages[call].decisions[first].options[talk].set.x y", "blocks[#0].kind", "__class__",
    "stages[call].when::flag", "\x00", "items[#0][#0][#0]", "programme[#0].items[#0]", "scales", "scales.extent", "flags", "cases[#0]",
)  # fmt: skip
WORDS = ("add", "remove", "up", "down", "by", "", "ADD", "__class__", "write")
ODD = [*BROKEN.values(), *SQL[:6]]


def look_at_everything(client: FlaskClient, place: str = "/drafts/1041/files/cases/small.yaml") -> None:
    """Every page that shows the case, and the draft as a whole."""
    case = "/drafts/1041/cases/small"
    pages = (
        "map",
        "matrix/roles",
        "matrix/steps",
        "sees",
        "sees?role=social&stage=alone",
        "play",
        "explore",
        "explore/part",
    )
    for address in (
        place,
        *(f"{case}/{page}" for page in pages),
        "/drafts/1041",
        "/drafts/1041/publish",
        "/drafts/1041/steps",
    ):
        answer = client.get(address)
        assert answer.status_code in (200, 404, 422), (address, answer.status_code)


def commands(files: documents.Files, path: str, random: Random) -> Iterator[str]:
    """What buttons say, and what none says, about what is there and what is not."""
    there = list(inside(documents.shown(files, path)))
    lists, members = (
        [at for at, value in there if isinstance(value, list)],
        [at for at, _value in there if at.endswith("]")],
    )
    real = [f"add:{at}" for at in lists] + [f"{word}:{at}" for at in members for word in ("remove", "up", "down")]
    for _ in range(24):
        yield random.choice(real or ["add:competencies"])
        at = random.choice((*NO_ADDRESSES, *(at for at, _value in there)))
        more = random.choice(("", ":1", ":-2", ":999", ":9999999999", ":text", ":quote", "::", ":x:y"))
        yield f"{random.choice(WORDS)}:{at}{more}"


@pytest.mark.parametrize("path", PATHS)
def test_t18_whatever_a_button_of_the_editor_says_can_be_shown_and_taken_back(
    house: Flask, world: World, path: str
) -> None:
    trainer, random, draft = browser(house, world, "trainer"), Random(path), db.session.get_one(Draft, 1041)
    first, before = draft.version, files_of_draft(draft)
    documents_before = {one: documents.shown(before, one) for one in PATHS}
    for number, command in enumerate(commands(before, path, random)):
        asked = {"at": random.choice(("", *NO_ADDRESSES, *crawl.FORMS_OF.get(path, ())))}
        answer = trainer.post(f"/drafts/1041/files/{path}", data={"do": command}, query_string=asked)
        assert answer.status_code in (303, 409, 422), command
        if answer.status_code == 303:
            assert trainer.get(answer.location).status_code == 200, command
        if number % 9 == 0:
            look_at_everything(trainer)
    look_at_everything(trainer)
    db.session.rollback()
    assert draft.version > first + 1
    for version in range(draft.version, first, -1):
        assert trainer.post(f"/drafts/1041/steps/{version}/take-back").status_code == 303
    db.session.rollback()
    after = files_of_draft(draft)
    assert {one: documents.shown(after, one) for one in PATHS} == documents_before


@pytest.mark.parametrize("path", PATHS)
def test_t18_what_a_button_adds_goes_with_one_step_back(house: Flask, world: World, path: str) -> None:
    trainer, draft = browser(house, world, "trainer"), db.session.get_one(Draft, 1041)
    before, added = files_of_draft(draft), 0
    there = [("", documents.shown(before, path)), *inside(documents.shown(before, path))]
    kinds = [f"blocks:{kind}" for kind in BLOCK.records] if path.startswith("pages/") else ["scales"]
    for at in (*(at for at, value in there if isinstance(value, list)), *kinds):
        trainer.post(f"/drafts/1041/files/{path}", data={"do": f"add:{at}"})
        db.session.rollback()
        if files_of_draft(draft) != before:
            added += 1
            trainer.post(f"/drafts/1041/steps/{draft.version}/take-back")
            db.session.rollback()
        assert files_of_draft(draft) == before, at
    assert added


def test_t18_no_address_within_a_document_breaks_a_page(house: Flask, world: World, watch: Watch) -> None:
    trainer = browser(house, world, "trainer")
    for at in (*NO_ADDRESSES, *ODD):
        for address in ("files/cases/small.yaml", "files/sources.yaml", "files/pages/m1", "cases/small/map"):
            assert trainer.get(f"/drafts/1041/{address}", query_string={"at": at}).status_code in (200, 413), at
        body = {"was:title.sr": "", "title.sr": "x", "do": at, "theirs": at, "mine": at, "next": at}
        answer = trainer.post("/drafts/1041/files/cases/small.yaml", data=body, query_string={"at": at})
        assert answer.status_code in (303, 409, 413, 422), at
    for path in (
        "",
        "cases",
        "cases/",
        "cases/no.yaml",
        "../course.yaml",
        "pages/m1.sr.md",
        "cases/small.yaml/x",
        "figures/steps.sr.svg",
        "a" * 5000,
    ):
        for method in ("GET", "POST"):
            assert trainer.open(f"/drafts/1041/files/{path}", method=method).status_code in (308, 404), path
    assert not watch.changes()


def test_t18_a_form_of_the_editor_with_anything_in_it_is_answered_soon(
    house: Flask, world: World, watch: Watch
) -> None:
    trainer, address = browser(house, world, "trainer"), "/drafts/1041/files/cases/small.yaml?at=stages%5Bcall%5D"
    long = {f"stages[call].{name}.sr": "ш" * 20_001 for name in ("title", "text")}
    bodies: list[dict[str, Any]] = [
        {f"was:field{number}": "x" for number in range(900)},
        {f"was:field{number}": "x" for number in range(900)} | {f"field{number}": "текст" for number in range(900)},
        long | {f"was:{name}": "" for name in long},
        {"was:stages[call].minutes": "x", "stages[call].minutes": "9" * 5000},
        {"was:stages[call].minutes": ["", "x"], "stages[call].minutes": ["1", "2", "3"]},
        {"do": "add:no" + ":" * 50_000},
        {
            "stages[call].decisions[first].opens.when::flag": ["trust"] * 400,
            "was:stages[call].decisions[first].opens.when": "",
        },
        {"was:": "", "": "x", "was:was:": "x", "[": "]"},
    ]
    for number, body in enumerate(bodies):
        for headers in ({}, {"HX-Request": "true"}):
            start = time.process_time()
            answer = trainer.post(address, data=body, headers=headers)
            assert time.process_time() - start < 2, number
            assert answer.status_code in (200, 303, 409, 413, 422), number
            assert all(len(cookie) < 4000 for cookie in answer.headers.getlist("Set-Cookie")), (
                number
            )  # larger ones are not kept
    assert not watch.changes()


@pytest.mark.parametrize("trial", ["1051", "1052", "1053"])
def test_t18_no_button_of_a_trial_breaks(house: Flask, world: World, trial: str) -> None:
    trainer, address = browser(house, world, "trainer"), f"/drafts/1041/trials/{trial}"
    words = (
        "send",
        "send-softer",
        "hold",
        "skip",
        "next",
        "decide",
        "reopen",
        "agree",
        "pass",
        "undo",
        "tell",
        "cover",
        "start",
        "__class__",
        "",
    )
    for number, odd in enumerate(("", "first", "van", "first:talk", "call", "no", "a:b:c:d", *ODD[::2])):
        said = odd.decode("latin-1") if isinstance(odd, bytes) else odd
        for word in words[number % 3 :: 3]:
            assert trainer.post(f"{address}/moves", data={"move": f"{word}:{said}"}).status_code in (303, 409, 422)
        for what in ("votes", "facts", "handoffs", "go-on", "present")[number % 2 :: 2]:
            body = dict.fromkeys(
                (
                    "decision",
                    "option",
                    "phase",
                    "fact",
                    "seen",
                    "handoff",
                    "item",
                    "channel",
                    "consent",
                    "note",
                    "token",
                ),
                odd,
            )
            assert trainer.post(f"{address}/as/police/{what}", data=body).status_code in (303, 403, 404, 409, 422)
    for role in ("nobody", "\x00", "a" * 3000, "ш", "__class__"):
        assert trainer.post(f"{address}/as/{role}/votes").status_code == 404
    assert trainer.get(address).status_code == 200
    assert trainer.post(f"{address}/again").status_code == 303


def test_t18_a_trial_begins_from_anything(house: Flask, world: World) -> None:
    trainer = browser(house, world, "trainer")
    for odd in ("0", "-99", "1", "true", "", *ODD):
        flags = {f"flag-{name}": odd for name in ("trust", "warned", "calls", "no", "")}
        answer = trainer.post("/drafts/1041/cases/small/play", data={"who": odd, "stage": odd} | flags)
        assert answer.status_code == 303
        assert trainer.get(answer.location).status_code == 200
    assert trainer.post("/drafts/1041/cases/no/play").status_code == 404


def test_t18_no_drawing_that_is_sent_breaks_or_takes_long(house: Flask, world: World, watch: Watch) -> None:
    trainer = browser(house, world, "trainer")
    drawings: list[bytes] = [
        b"", b"\x00", b"<svg", b"<svg/>", b"\xff\xfe<\x00", b"GIF89a", SVG.format("", "<g>" * 3000).encode(), SVG.format("", "x" * 900_000).encode(),
        SVG.format("", '<text x="1">' + "ш" * 100_000 + "</text>").encode(), SVG.format("", "<g>" * 500 + "</g>" * 500).encode(),
    ]  # fmt: skip
    start = time.process_time()
    for content in drawings:
        for name, language in (("steps", ".sr"), ("../../x", ""), ("", ".de"), ("ш" * 5000, ".en")):
            sent = {"drawing": (io.BytesIO(content), "x.svg"), "name": name, "language": language}
            assert trainer.post("/drafts/1041/figures", data=sent).status_code in (303, 422)
    assert time.process_time() - start < 5
    assert trainer.get("/drafts/1041/pages/m1/preview").status_code == 200
    for path in ("figures/../course.yaml", "course.yaml", "figures/no.svg", "", "figures/steps.sr.svg\n", "\x00"):
        assert trainer.post("/drafts/1041/figures/remove", data={"path": path}).status_code == 404
    assert not [change for change in watch.changes() if "course.yaml" in change]


def test_t18_no_file_with_questions_breaks_or_takes_long(house: Flask, world: World, watch: Watch) -> None:
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    files = (
        b"", b"\x00" * 100, b"PK\x03\x04" + b"\x00" * 100, b"\xd0\xcf\x11\xe0" + b"\x00" * 600, b"<?xml version='1.0'?><quiz>", b"%PDF-1.7",
        f'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "lol">{laughs}]><quiz><question type="truefalse"><name><text>&i;</text></name></question></quiz>'.encode(),
        b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz><question type="essay"><questiontext><text>&a;</text>',
        "::x:: Питање {=да ~не}".encode(), ("{" * 50_000).encode(), ("::" * 50_000 + "{=a ~b}").encode(), "Питање;Одговор 1\n".encode() * 600,
        ("Питање;" * 3000 + "\n").encode(), ("Питање (sr)\n" + "x" * 900_000).encode(), "=1+1;Питање\n=cmd;x\n".encode(),
    )  # fmt: skip
    trainer, start = browser(house, world, "trainer"), time.process_time()
    for content in files:
        body = {"questions": (io.BytesIO(content), "x.csv"), "language": "sr"}
        answer = trainer.post("/drafts/1041/surveys/knowledge/exchange", data=body)
        assert answer.status_code in (200, 422, 429), content[:40]
        assert "root:" not in answer.text
    assert time.process_time() - start < 20
    assert not watch.changes()


def test_t18_no_choice_among_what_is_offered_breaks(house: Flask, world: World, sheets: list[Any], anew: Any) -> None:
    """Of questions that were read from a file, and of what the original of a fork has become."""
    for sheet in distinct(sheets):
        if sheet.endpoint in ("authoring.survey_import", "authoring.take_over", "authoring.import_confirm"):
            for odd in ("x", *ODD[::3]):
                more = {f"{name}-{odd!r}"[:300]: odd for name in ("choice", "piece")}
                answer = browser(house, world, sheet.actor).post(
                    sheet.action, data=sheet.filled() | {name: odd for _, name in choices([sheet])} | more
                )
                assert answer.status_code in (200, 303, 404, 409, 422), (sheet, odd)
                anew()


def test_t18_pictures_in_a_pack_are_as_harmless_as_those_sent_alone(house: Flask, world: World, watch: Watch) -> None:
    trainer = browser(house, world, "trainer")
    for kind in (drawings_that_act, drawings_that_reach_out, drawings_that_grow):
        for content in kind():
            answer = trainer.post("/drafts/import", data={"pack": (io.BytesIO(content), "x.zip")})
            assert answer.status_code in (422, 429), content[:40]
    assert not watch.changes()
