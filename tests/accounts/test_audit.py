"""The audit log as an administrator reads it, and what an invitation must hold."""

import ast
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts import audit, wording
from lms.accounts.models import Account
from lms.database import writing
from lms.extensions import db
from tests.builders import a_training, an_account, sign_in
from tests.conftest import Statements

SOURCES = Path(__file__).parents[2] / "lms"


def recorded() -> set[str]:
    """Every action named in a call of record(); for „f"team.{kind}"” what stands before the brace."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                named = [one for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)]
                found |= {one.value for one in named if isinstance(one.value, str)}
    return found


def test_every_recorded_action_has_a_sentence() -> None:
    actions = recorded()
    assert len(actions) > 50
    assert not {one for one in actions if not one.endswith(".") and one not in wording.OF_ACTION}
    assert {"team.activity", "team.plan"} <= wording.OF_ACTION.keys()
    assert {one for one in actions if one.endswith(".")} == {"team."}


@pytest.fixture
def administrator(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, an_account("administrator", name="Ана Анић"))


def note(times: int, action: str, subject: str, **detail: object) -> None:
    for _ in range(times):
        with writing() as session:
            audit.record(session, action, subject, **detail)


def test_equal_entries_are_one_sentence_about_a_named_training(administrator: FlaskClient) -> None:
    training = a_training()
    note(14, "attendance.noted", f"training {training.id}", present=1, absent=0, how="list")
    page = administrator.get("/staff/audit").text
    assert "забележено присуство, 14 пута" in page
    assert re.search(rf'<a class="link" href="/trainings/{training.id}/report">Крагујевац, ', page)
    assert audit.first_broken_entry() is None


def test_details_are_words_and_the_stored_entry_is_folded_away(administrator: FlaskClient) -> None:
    note(1, "account.roles", f"account {an_account('trainer', name='Бојан Бојић').id}", roles=["trainer"], active=True)
    page = administrator.get("/staff/audit").text
    assert "(улоге: водитељ" in page
    assert ">Бојан Бојић</a>" in page
    assert page.index("Запис у дневнику</summary>") < page.index("account.roles")


def test_the_log_is_read_by_kind_of_action(administrator: FlaskClient) -> None:
    note(1, "export.made", "overview 2026", what="xlsx")
    note(1, "certificate.revoked", "certificate SOP-1", reason="грешка")
    exports = administrator.get("/staff/audit?kind=exports").text
    assert "преузета датотека" in exports
    assert "покривеност, 2026." in exports
    assert "опозвано уверење" not in exports
    assert "опозвано уверење" in administrator.get("/staff/audit?kind=certificates").text
    assert administrator.get("/staff/audit?kind=unknown").status_code == 200


def test_a_subject_that_is_gone_or_unknown_stands_as_stored(administrator: FlaskClient) -> None:
    for subject in ("training 999", "certificate", "series 77", "team 5", "nothing known"):
        note(1, "training.changed", subject)
    page = administrator.get("/staff/audit").text
    assert "training 999" in page
    assert "nothing known" in page


def test_names_cost_one_statement_for_each_kind(administrator: FlaskClient, statements: Statements) -> None:
    for _ in range(5):
        note(1, "training.changed", f"training {a_training().id}")
    with statements:
        administrator.get("/staff/audit")
    assert statements.count <= 6


def invite(client: FlaskClient, **fields: object):
    return client.post("/staff", data={"name": "Вера Верић", "email": "vera@example.org", "roles": "trainer"} | fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "А" * 300}, "од 2 до 120 знакова"),
        ({"name": "А"}, "од 2 до 120 знакова"),
        ({"name": "1234 -"}, "од 2 до 120 знакова"),
        ({"roles": []}, "Изаберите бар једну улогу."),
        ({"email": "вера@example.org"}, ""),
    ],
)
def test_an_invitation_needs_a_name_an_address_and_a_role(
    administrator: FlaskClient, fields: dict[str, object], sentence: str
) -> None:
    answer = invite(administrator, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1


def test_a_whole_invitation_is_made(administrator: FlaskClient) -> None:
    assert invite(administrator).status_code == 200
    assert db.session.scalar(sa.select(Account).where(Account.email == "vera@example.org")) is not None
