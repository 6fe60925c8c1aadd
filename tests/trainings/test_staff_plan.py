"""Planning a training: creating, copying, settings, the lobby, closing, who runs it."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from lms import clock
from lms.accounts.models import Account, AuditEntry
from lms.certificates.rules import half_days_needed as certificate_half_days
from lms.content.actions import store_files
from lms.content.files import read_folder
from lms.content.queries import course_of
from lms.extensions import db
from lms.trainings import rules
from lms.trainings.models import Attendance, HalfDay, Participant, Partner, Training, TrainingStaff
from tests.builders import COURSE, a_course, a_municipality, a_participant, a_training, an_account, save, sign_in


@pytest.fixture
def trainer(client: FlaskClient) -> Account:
    account = an_account("trainer")
    sign_in(client, account)
    return account


def plan(course_hash: str = "", **changes: str) -> dict[str, str]:
    values = {
        "course_hash": course_hash, "title_sr": "Обука у Крагујевцу", "title_en": "", "municipality_code": "kragujevac",
        "venue": "Сала 2", "starts_on": "2027-05-14", "ends_on": "2027-05-15",
    }  # fmt: skip
    return values | changes


def again(training: Training) -> Training:
    """The training as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    return training


def actions() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_new_training_copies_the_programme_and_has_its_half_days_and_codes(
    client: FlaskClient, trainer: Account
) -> None:
    a_municipality()
    answer = client.post("/trainings/new", data=plan(a_course()))
    training = db.session.scalars(sa.select(Training)).one()
    assert answer.headers["Location"].endswith(f"/trainings/{training.id}")
    assert [half_day.number for half_day in training.half_days] == [1, 2, 3, 4]
    assert [half_day.day for half_day in training.half_days] == [1, 1, 2, 2]
    assert len({half_day.token for half_day in training.half_days}) == 4
    assert len(training.programme) > 5
    assert len(training.join_code) == 8
    assert training.state == "draft"
    assert db.session.get(TrainingStaff, (training.id, trainer.id)).role == "trainer"  # type: ignore[union-attr]
    assert actions() == ["training.created"]


def test_a_plan_with_wrong_days_is_shown_again_with_what_was_typed(client: FlaskClient, trainer: Account) -> None:
    a_municipality()
    answer = client.post("/trainings/new", data=plan(a_course(), ends_on="2027-05-13"))
    assert answer.status_code == 422
    assert "Сала 2" in answer.text
    assert "Последњи дан: То је пре првог дана." in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", answer.text))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Training)) == 0


@pytest.mark.parametrize(
    "wrong", [{"ends_on": "2027-05-28"}, {"title_sr": "Обука " * 50}, {"venue": "с" * 201}, {"title_en": "T" * 151}]
)
def test_what_is_too_long_is_said_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, trainer: Account, wrong: dict[str, str]
) -> None:
    a_municipality()
    answer = client.post("/trainings/new", data=plan(a_course(), **{"title_en": "Typed before"} | wrong))
    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in answer.text
    assert "Сала 2" in answer.text or "venue" in wrong
    assert "Typed before" in answer.text or "title_en" in wrong
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Training)) == 0


def test_a_serbian_title_in_latin_is_taken_with_a_gentle_warning(client: FlaskClient, trainer: Account) -> None:
    a_municipality()
    answer = client.post("/trainings/new", data=plan(a_course(), title_sr="Obuka u Nišu"), follow_redirects=True)
    assert "остаће латиницом" in answer.text
    assert "остаће" not in client.post("/trainings/new", data=plan(a_course()), follow_redirects=True).text


def test_of_a_title_in_latin_is_warned_only_when_it_is_changed(client: FlaskClient, trainer: Account) -> None:
    address = f"/trainings/{a_training(trainer=trainer).id}/settings"
    said = [
        "остаће латиницом" in client.post(address, data=settings(**values), follow_redirects=True).text
        for values in ({"title_sr": "Obuka"}, {"title_sr": "Obuka", "venue": "Нова сала"}, {"title_sr": "Obuka 2"})
    ]
    assert said == [True, False, True]


def test_planning_is_for_trainers_and_administrators(client: FlaskClient) -> None:
    sign_in(client, an_account("reader"))
    assert client.get("/trainings/new").status_code == 404


def test_a_copy_has_everything_but_people_and_answers(client: FlaskClient, trainer: Account) -> None:
    old = a_training(trainer=trainer)
    colleague = an_account("trainer")
    save(TrainingStaff(training_id=old.id, account_id=colleague.id, role="observer"))
    save(Partner(training_id=old.id, position=1, kind="donor", name_sr="Донатор", logo=b"png", has_logo=True))
    a_participant(old)
    client.post(f"/trainings/{old.id}/duplicate", data=plan())
    new = db.session.scalars(sa.select(Training).where(Training.id != old.id)).one()
    assert new.starts_on == date(2027, 5, 14)
    assert new.join_token != old.join_token
    assert [item.key for item in new.programme] == [item.key for item in old.programme]
    assert [(partner.name_sr, partner.logo) for partner in new.partners] == [("Донатор", b"png")]
    roles = {
        row.account_id: row.role for row in db.session.scalars(sa.select(TrainingStaff).filter_by(training_id=new.id))
    }
    assert roles == {trainer.id: "trainer", colleague.id: "observer"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Participant).filter_by(training_id=new.id)) == 0


def settings(**changes: str) -> dict[str, str]:
    more = {
        "attendance_percent": "75",
        "teaching_hours": "16",
        "accreditation": "",
        "lobby_opens_at": "",
        "lobby_closes_at": "",
    }
    return plan() | more | changes


def test_the_course_with_the_most_hours_is_offered_first(client: FlaskClient, trainer: Account) -> None:
    for key in ("a-short", "z-long", "m-short"):
        files = read_folder(COURSE)
        files["course.yaml"] = files["course.yaml"].replace("key: small", f"key: {key}")
        if key == "z-long":
            files["course.yaml"] = re.sub(r"teaching_hours: \d+", "teaching_hours: 40", files["course.yaml"])
        store_files(files)
    page = client.get("/trainings/new").text
    offered = [course_of(value).key for value in re.findall(r'<option[^>]*value="([0-9a-f]{64})"', page)]
    assert offered == ["z-long", "a-short", "m-short"]


def test_a_third_day_brings_two_more_half_days_and_a_day_less_takes_them(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    address = f"/trainings/{training.id}/settings"
    assert client.post(address, data=settings(ends_on="2027-05-16")).status_code == 303
    again(training)
    numbers = sa.select(HalfDay.number).filter_by(training_id=training.id).order_by(HalfDay.number)
    assert list(db.session.scalars(numbers)) == [1, 2, 3, 4, 5, 6]
    client.post(address, data=settings(ends_on="2027-05-14"))
    again(training)
    assert list(db.session.scalars(numbers)) == [1, 2]
    assert training.attendance_percent == 75


def test_a_day_on_which_people_were_present_cannot_be_taken_away(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    person = a_participant(training)
    save(Attendance(participant_id=person.id, half_day_id=training.half_days[3].id, how="qr"))
    answer = client.post(f"/trainings/{training.id}/settings", data=settings(ends_on="2027-05-14"))
    assert answer.status_code == 422
    db.session.expire_all()
    assert len(db.session.get_one(Training, training.id).half_days) == 4


def test_days_with_attendance_move_only_when_it_is_confirmed(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    save(Attendance(participant_id=a_participant(training).id, half_day_id=training.half_days[0].id, how="qr"))
    address = f"/trainings/{training.id}/settings"
    assert 'name="days_moved"' not in client.get(address).text
    answer = client.post(address, data=settings(venue="Нова сала"))
    assert answer.status_code == 422
    assert 'name="days_moved"' in answer.text
    assert "Нова сала" in answer.text
    assert client.post(address, data=settings(days_moved="y")).status_code == 303
    assert again(training).starts_on == date(2027, 5, 14)


@pytest.mark.parametrize(("percent", "words"), [(80, "4 од 4"), (75, "3 од 4"), (0, "1 од 4")])
def test_the_share_of_attendance_is_said_in_half_days(
    client: FlaskClient, trainer: Account, percent: int, words: str
) -> None:
    training = a_training(trainer=trainer, attendance_percent=percent)
    page = client.get(f"/trainings/{training.id}/settings").text
    assert f"{percent} % значи {words} полудневна блока." in page


def test_half_days_are_counted_as_for_the_certificate() -> None:
    counts = [(half_days, percent) for half_days in range(2, 29, 2) for percent in range(101)]
    assert all(rules.half_days_needed(*count) == certificate_half_days(*count) for count in counts)


def test_lobby_hours_are_typed_on_a_clock_in_serbia(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    hours = settings(lobby_opens_at="2027-05-14T07:30", lobby_closes_at="2027-05-15T18:00")
    client.post(f"/trainings/{training.id}/settings", data=hours)
    assert clock.local(again(training).lobby_opens_at).isoformat() == "2027-05-14T07:30:00+02:00"  # type: ignore[arg-type]


def test_opening_the_lobby_opens_a_planned_training_now(client: FlaskClient, trainer: Account) -> None:
    training = a_training(state="draft", trainer=trainer)
    training.lobby_opens_at = clock.now() + timedelta(days=1)
    training.lobby_closes_at = clock.now() - timedelta(hours=1)
    db.session.commit()
    client.post(f"/trainings/{training.id}/lobby", data={"open": "yes"})
    assert again(training).state == "open"
    assert training.lobby_opens_at <= clock.now() < training.lobby_closes_at
    client.post(f"/trainings/{training.id}/lobby", data={"open": "no"})
    assert again(training).lobby_closes_at <= clock.now()
    assert actions() == ["training.lobby_opened", "training.lobby_closed"]


HOURS, BUTTON, BY_ITSELF = "Улази се QR кодом", "Пријаву отварате дугметом", "Сама се затвара"


@pytest.mark.parametrize(
    ("state", "opens", "closes", "said"),
    [
        ("open", -1, 8, {HOURS}),
        ("open", 1, 8, {HOURS}),  # opens by itself
        ("draft", -1, 8, {BUTTON, BY_ITSELF}),
        ("open", -2, -1, {BUTTON}),  # was closed by hand
        ("closed", -1, 8, set()),
    ],
)
def test_the_lobby_says_when_people_come_in_or_how_it_is_opened(
    client: FlaskClient, trainer: Account, state: str, opens: int, closes: int, said: set[str]
) -> None:
    training = a_training(state=state, trainer=trainer)
    training.lobby_opens_at = clock.now() + timedelta(hours=opens)
    training.lobby_closes_at = clock.now() + timedelta(hours=closes)
    db.session.commit()
    page = client.get(f"/trainings/{training.id}/lobby").text
    assert {words for words in (HOURS, BUTTON, BY_ITSELF) if words in page} == said


def test_closing_ends_open_attendance_and_can_be_taken_back(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    client.post(f"/trainings/{training.id}/attendance/1", data={"open": "yes"})
    client.post(f"/trainings/{training.id}/close")
    assert (again(training).state, training.half_days[0].closes_at is not None) == ("closed", True)
    assert client.post(f"/trainings/{training.id}/lobby", data={"open": "yes"}).status_code == 409
    client.post(f"/trainings/{training.id}/reopen")
    assert (again(training).state, training.closed_at) == ("open", None)


def test_a_part_is_given_by_address_and_the_last_trainer_stays(client: FlaskClient, trainer: Account) -> None:
    training = a_training(trainer=trainer)
    colleague = an_account("trainer", name="Ана Колегиница")
    address = f"/trainings/{training.id}/staff"
    assert client.post(address, data={"email": "nobody@example.org", "role": "trainer"}).status_code == 422
    assert client.post(f"{address}/{trainer.id}/dismiss").status_code == 409
    client.post(address, data={"email": colleague.email.upper(), "role": "observer"})
    assert "Ана Колегиница" in client.get(f"/trainings/{training.id}/settings").text
    assert client.post(address, data={"email": trainer.email, "role": "reader"}).status_code == 422
    client.post(address, data={"email": colleague.email, "role": "trainer"})
    assert client.post(f"{address}/{trainer.id}/dismiss").status_code == 303
    assert client.get(f"/trainings/{training.id}").status_code == 404


def test_the_list_has_ones_own_trainings_and_the_office_sees_all(client: FlaskClient, trainer: Account) -> None:
    mine = a_training(trainer=trainer)
    a_training()
    a_participant(mine)
    assert client.get("/trainings").text.count("<tr>") == 2  # the head and one
    sign_in(client, an_account("office"))
    assert client.get("/trainings").text.count("<tr>") == 3


def test_every_address_of_a_training_is_closed_to_others(client: FlaskClient) -> None:
    training = a_training(trainer=an_account("trainer"))
    paths = ["", "/settings", "/lobby", "/wall", "/programme", "/teams", "/partners", "/participants", "/roster", "/attendance",
             "/print", "/print/poster.pdf", "/print/name-tags.pdf", "/calendar.ics", "/participants/new", "/duplicate"]  # fmt: skip
    sign_in(client, an_account("trainer", "author", "reader"))
    assert {client.get(f"/trainings/{training.id}{path}").status_code for path in paths} == {404}
    sign_in(client, an_account("office", "administrator"))
    answers = {path: client.get(f"/trainings/{training.id}{path}").status_code for path in paths}
    assert {path for path, status in answers.items() if status == 200} == {"/calendar.ics"}
