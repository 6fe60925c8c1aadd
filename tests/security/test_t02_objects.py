"""T2: two trainings that are twins. Whoever belongs to A tries every address and every form with the ids of B."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from lms.extensions import db
from lms.trainings.models import Attendance, Device, Participant
from tests.security.actors import browser
from tests.security.crawl import Visit, addresses, rules, visit
from tests.security.forms import Sheet, distinct
from tests.security.stored import Contents, Watch, contents
from tests.security.world import CLOSED, A, B, World

OF_A = ("trainee", "trainer", "observer", "report reader")
OWN = {
    "training_id",
    "series_id",
    "trial_id",
    "pending_id",
}  # what belongs to somebody; drafts are shared by all who write
KEEPERS = ("office", "administrator")  # may change every team and series; but never one through another
OWN_ID = re.compile(r"(?<![\w-])1(?=\d{3}(?!\w))")
ID_ANYWHERE = re.compile(r"(?<!\w)1(?=\d{3}(?!\w))")


def swapped(address: str) -> Iterator[str]:
    """`address` with one id of A, then with all of them, turned into those of B."""
    places = [found.start() for found in OWN_ID.finditer(address)]
    for chosen in [*((place,) for place in places), *([tuple(places)] if len(places) > 1 else [])]:
        yield "".join(str(B) if place in chosen else sign for place, sign in enumerate(address))


def refused(seen: Visit) -> bool:
    location = dict(seen.headers).get("Location", "")
    return seen.status in (404, 405) or (seen.status == 303 and location.startswith(("/sign-in", "/join")))


def attempts(app: Flask, world: World, actor: str) -> Iterator[tuple[str, str, str]]:
    """(method, endpoint, address) of everything with an id of B in it that `actor` has no business with."""
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if not rule.arguments & (OWN if actor in OF_A else {"team_id", "series_id"}):
                continue
            for address in addresses(app, world, rule):
                for other in dict.fromkeys(swapped(address)):
                    if actor in OF_A or (OWN_ID.search(other) and len(OWN_ID.findall(address)) > 1):
                        yield method, rule.endpoint, other


@pytest.mark.parametrize("actor", [*OF_A, *KEEPERS])
def test_t02_no_address_leads_to_the_other_training(
    house: Flask, world: World, watch: Watch, sheets: list[Sheet], actor: str
) -> None:
    bodies = {sheet.endpoint: sheet.filled() for sheet in sheets}
    strangers = {word for what, word in world.canaries.items() if what.endswith(f" {B}")}
    client, let_in = browser(house, world, actor), []
    for method, endpoint, address in dict.fromkeys(attempts(house, world, actor)):
        body = bodies.get(endpoint, {}) if method == "POST" else None
        seen = visit(client, actor, endpoint, address, method=method, data=_again(body))
        changed = watch.changes()
        if not refused(seen) or changed or any(word in seen.text for word in strangers):
            let_in.append(f"{method} {seen} {seen.error} {changed}")
    assert not let_in, "\n".join(let_in)


def _again(body: dict[str, Any] | None) -> dict[str, Any] | None:
    """A body without files, which can be sent once only."""
    return body and {name: value for name, value in body.items() if not isinstance(value, tuple)}


def of_b(everything: Contents) -> set[str]:
    """Every row that belongs to B: it holds one of its ids."""
    return {
        f"{table}: {row}"
        for table, rows in everything.items()
        for row in rows
        if any(isinstance(value, int) and B * 1000 <= value < (B + 1) * 1000 for value in row)
    }


def exchanged(sheet: Sheet) -> Iterator[tuple[str, dict[str, Any]]]:
    """The filled form with the ids in one field turned into those of B, field by field."""
    for name, one in sheet.fields.items():
        for value in dict.fromkeys([*one.values, *one.offered]):
            if ID_ANYWHERE.search(value) and one.kind != "text":
                yield name, {**sheet.filled(), name: [ID_ANYWHERE.sub(str(B), value)]}


def test_t02_no_form_of_one_training_reaches_into_the_other(
    house: Flask, world: World, put_back: Any, sheets: list[Sheet]
) -> None:
    before, reached, tried = of_b(contents()), [], set()
    for sheet in distinct([one for one in sheets if one.actor in OF_A]):
        for name, body in exchanged(sheet):
            if name == "team":  # the register of teams is everybody's
                continue
            client = browser(house, world, sheet.actor)
            seen = visit(client, sheet.actor, sheet.endpoint, sheet.action, method="POST", data=body)
            tried.add((sheet.endpoint, name))
            if seen.status >= 500 or of_b(contents()) != before:
                reached.append(f"{name} of {sheet}: {sorted(of_b(contents()) ^ before)} {seen.error}")
                put_back()
    assert not reached
    assert {("trainings.note_attendance", "mark"), ("trainings.merge_participants", "kept")} <= tried


def test_t02_a_colleagues_device_cannot_be_forgotten_by_its_number(house: Flask, world: World) -> None:
    number = db.session.query(Device).filter_by(participant_id=1102).one().token_hash
    for actor, address in (
        ("trainee", "/t/1001/me/end-device"),
        ("trainer", "/trainings/1001/participants/1101/end-devices"),
    ):
        browser(house, world, actor).post(address, data={"device": number.hex()})
        assert db.session.query(Device).filter_by(participant_id=1102).count() == 1, actor


@pytest.mark.parametrize("chosen", [1102, 1103, 2103, 4103])
def test_t02_an_entry_of_the_roster_is_taken_only_by_its_name_and_in_its_training(
    house: Flask, world: World, chosen: int
) -> None:
    body = {"chosen": chosen, "name": "Неко Други", "sector": "police", "municipality": "Ниш", "sex": "", "email": ""}
    before = _person(chosen)
    answer = house.test_client().post(f"/join/{world.tokens['join', A]}/details", data=body)
    assert answer.status_code == 409
    assert _person(chosen) == before


def _person(number: int) -> tuple[Any, ...]:
    db.session.expire_all()
    row = db.session.get_one(Participant, number)
    return row.name, row.joined_at, row.sector


def test_t02_codes_and_pictures_of_the_other_training_note_nobody(house: Flask, world: World) -> None:
    trainee = browser(house, world, "trainee")
    known = db.session.query(Attendance).count()
    assert trainee.post("/t/1001/here", data={"code": world.tokens["spoken 1", B]}).status_code == 422
    assert trainee.post(f"/t/1001/here/{world.tokens['here 1', B]}").status_code == 404
    assert db.session.query(Attendance).count() == known


@pytest.mark.parametrize("figure", [B, CLOSED])
def test_t02_remarks_are_treated_in_their_own_training_only(
    house: Flask, world: World, watch: Watch, figure: int
) -> None:
    address = f"/trainings/1001/surveys/remarks/{f'0{figure}0200' * 5}"
    answer = browser(house, world, "trainer").post(address, data={"text": "друго", "quoted": "y"})
    assert answer.status_code == 404
    assert not watch.changes()


def test_t02_a_series_holds_only_trainings_of_its_maker(house: Flask, world: World, watch: Watch) -> None:
    body = {"title_sr": "Све", "trainings": ["1001", "2001", "4001"]}
    for address in ("/reports/new", "/reports/1901/edit"):
        assert browser(house, world, "trainer").post(address, data=body).status_code == 422
    assert not watch.changes()


@pytest.mark.parametrize("actor", ["trainer of another training", "observer", "author"])
def test_t02_a_trial_and_a_pack_that_waits_are_seen_by_nobody_else_who_writes(
    house: Flask, world: World, watch: Watch, actor: str
) -> None:
    client = browser(house, world, actor)
    assert client.get("/drafts/1041").status_code == 200
    for trial in ("1051", "1052", "1053"):
        address = f"/drafts/1041/trials/{trial}"
        assert client.get(address).status_code == 404
        for button in ("as/police/votes", "moves", "undo", "again", "renew"):
            assert client.post(f"{address}/{button}", data={"move": "next:call"}).status_code == 404
    for part in ("", "/confirm", "/discard"):
        answer = client.open(f"/drafts/import/1061{part}", method="POST" if part else "GET")
        assert answer.status_code == 404
    assert not watch.changes()


def test_t02_a_trial_is_reached_through_its_own_draft_only(house: Flask, world: World) -> None:
    trainer = browser(house, world, "trainer")
    assert trainer.get("/drafts/1041/trials/1051").status_code == 200
    for draft in ("1042", "2041", "4041"):
        assert trainer.get(f"/drafts/{draft}/trials/1051").status_code == 404
        assert trainer.post(f"/drafts/{draft}/trials/1051/again").status_code == 404


def test_t02_what_was_read_from_a_file_is_taken_over_by_its_reader_into_its_survey_only(
    house: Flask, world: World, watch: Watch, sheets: list[Sheet]
) -> None:
    """What was read travels in the page, signed: for one person, draft and survey."""
    mine = next(sheet for sheet in sheets if "seal" in sheet.fields and "/1041/surveys/knowledge/" in sheet.action)
    seal = mine.fields["seal"].values[0]
    for actor, address, sent in (
        ("author", mine.action, seal),
        ("observer", mine.action, seal),
        (mine.actor, mine.action.replace("1041", "1042"), seal),
        (mine.actor, mine.action.replace("knowledge", "evaluation"), seal),
        (mine.actor, mine.action, f"{seal[:-1]}{'A' if seal[-1] != 'A' else 'B'}"),
        (mine.actor, mine.action, f"W10{seal[seal.index('.') :]}"),
        (mine.actor, mine.action, ""),
    ):
        answer = browser(house, world, actor).post(address, data=mine.filled() | {"seal": sent})
        assert answer.status_code == 404, (actor, address)
    assert not watch.changes()
    assert browser(house, world, mine.actor).post(mine.action, data=mine.filled()).status_code == 303
    assert watch.changes()


def test_t02_a_logo_is_shown_by_its_own_training_only(house: Flask, world: World) -> None:
    for actor in OF_A:
        for address in ("/trainings/1001/partners/2301/logo.png", "/trainings/1001/report/logos/2301.png"):
            assert browser(house, world, actor).get(address).status_code in (303, 404)
