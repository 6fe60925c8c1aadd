"""The facilitator's pages: groups, seats, the console with its buttons, and the hall's wall."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Account, AuditEntry
from lms.extensions import db
from lms.simulations import commands, moves, play, seats
from lms.simulations.log import InjectHeld
from lms.simulations.models import Run, Seat
from lms.simulations.screens.wall import wall
from lms.trainings.models import Participant, Training, TrainingStaff
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training, an_account, save, sign_in


@pytest.fixture
def trainer(app: Flask) -> Account:
    return an_account("trainer")


@pytest.fixture
def training(trainer: Account) -> Training:
    return a_training(trainer=trainer, course_hash=a_course_with_a_case())


@pytest.fixture
def people(training: Training) -> list[Participant]:
    sectors = ("police", "social", "health", "police")
    names = ("Ана Анић", "Боја Бојић", "Вера Верић", "Горан Горић")
    return [a_participant(training, name, sector=sector) for name, sector in zip(names, sectors, strict=True)]


@pytest.fixture
def staff(client: FlaskClient, trainer: Account) -> FlaskClient:
    return sign_in(client, trainer)


def at(training: Training, end: str = "") -> str:
    return f"/trainings/{training.id}/exercises{end}"


def fresh(run: Run) -> Run:
    """As it is stored now, not as it was when this test last looked."""
    db.session.rollback()
    return db.session.get(Run, run.id, populate_existing=True)


def begun(training: Training, people: list[Participant], name: str = "Група 1") -> Run:
    run = a_run(training, name=name, police=people[0], health=people[2])
    for role in ("police", "health"):
        play.move(run, moves.sit_down(role))
    play.move(run, commands.read("start", "нема других"))
    return run


def test_groups_are_proposed_and_made_as_set_by_hand(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    page = staff.get(at(training, "/groups?case=small")).text
    chosen = dict(re.findall(r'<select[^>]* name="(seat-1-[\w-]+)">.*?<option value="(\d+)" selected', page, re.S))
    assert set(map(int, chosen.values())) == {one.id for one in people}
    form = {"case": "small", "count": "1", "name-1": "Први сто", **chosen}
    swapped = form | {"seat-1-police": form["seat-1-police-topolje"], "seat-1-police-topolje": form["seat-1-police"]}
    assert staff.post(at(training, "/groups"), data=swapped).status_code == 303
    run = db.session.scalars(sa.select(Run)).one()
    assert run.name == "Први сто"
    held = {seat.role: str(seat.participant_id) for seat in run.seats}
    assert held["police"] == swapped["seat-1-police"]
    assert len({seat.code for seat in run.seats}) == 4


def test_nobody_sits_twice_and_what_was_chosen_stays(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    form = {
        "case": "small",
        "count": "1",
        "name-1": "Сто",
        "seat-1-police": people[0].id,
        "seat-1-social": people[0].id,
    }
    answer = staff.post(at(training, "/groups"), data=form)
    assert answer.status_code == 422
    assert "Ана Анић" in answer.text
    assert 'value="Сто"' in answer.text
    assert not db.session.scalar(sa.select(sa.func.count()).select_from(Run))


def test_who_plays_in_a_group_already_is_not_proposed_again(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    begun(training, people)
    page = staff.get(at(training, "/groups?case=small")).text
    chosen = re.findall(r'<option value="(\d+)" selected', page)
    assert not {str(people[0].id), str(people[2].id)} & set(chosen)
    assert "већ у: Група 1" in page


def test_people_of_another_training_get_no_seat(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    stranger = a_participant(a_training(course_hash=training.course_hash), "Стран Странић")
    form = {"case": "small", "count": "1", "seat-1-police": stranger.id, "seat-1-social": people[1].id}
    staff.post(at(training, "/groups"), data=form)
    assert db.session.scalar(sa.select(Seat.participant_id).where(Seat.role == "police")) is None


def test_the_console_shows_every_table_and_its_part_that_changes(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    begun(training, people)
    a_run(training, name="Група 2", social=people[1])
    page = staff.get(at(training, "/console")).text
    assert "Група 1" in page
    assert "Група 2" in page
    part = staff.get(at(training, "/console/screen")).text
    assert "Група 2" in part
    assert "<html" not in part


def test_before_the_start_the_console_says_who_is_missing_and_how_to_begin_without_them(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    run = a_run(training, police=people[0], health=people[2])
    page = staff.get(at(training, "/console")).text
    assert page.count("У вежби: 0 од 2 особе") == 2, "beside the table's name and beside the room check"
    assert "Ана Анић · још није у вежби</p>" in page, "a seat with a person contradicts itself"
    assert 'празно · <b class="warn">ову улогу нико не покрива' in page
    assert "Још недостају обавезне улоге: " in page
    assert re.findall(r'value="start"[^>]*>(?:<svg.*?</svg>)?([^<]+)', page) == ["Почни без ових улога"]
    for role in ("police", "health"):
        play.move(run, moves.sit_down(role))
    page = staff.get(at(training, "/console")).text
    assert page.count("У вежби: 2 од 2 особе") == 2
    assert "Још недостају" not in page
    assert re.findall(r'value="start"[^>]*>(?:<svg.*?</svg>)?([^<]+)', page) == ["Почни", "Почни"]


def test_a_button_does_what_it_says_and_an_override_asks_why(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    run = begun(training, people)
    press = at(training, f"/{run.id}/moves")
    assert staff.post(press, data={"move": "decide:first:talk"}).status_code == 422
    assert staff.post(press, data={"move": "decide:first:talk", "reason": "време истиче"}).status_code == 303
    verdict = play.look(fresh(run)).verdicts[-1]
    assert (verdict.option, verdict.how, verdict.reason) == ("talk", "facilitator", "време истиче")
    noted = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "run.overridden")).all()
    assert len(noted) == 1
    staff.post(press, data={"move": "hold:van"})
    held = [one for one in play.events_of(fresh(run)) if isinstance(one, InjectHeld)]
    assert [one.reason for one in held] == ["по процени особе која води вежбу"]
    part = staff.post(press, data={"move": "pause"}, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert play.look(fresh(run)).paused


@pytest.mark.parametrize("move", ["", "nonsense", "decide", "decide:first", "excuse:nobody", "cover:nobody:police", "send:x", "extend:first:x", "next:x:y", "tell:nowhere"])  # fmt: skip
def test_a_button_that_does_not_exist_is_told_in_words(
    staff: FlaskClient, training: Training, people: list[Participant], move: str
) -> None:
    run = begun(training, people)
    version = fresh(run).version
    answer = staff.post(at(training, f"/{run.id}/moves"), data={"move": move, "reason": "зато"})
    assert answer.status_code in (409, 422)
    assert fresh(run).version == version


def test_one_press_pauses_all_and_a_table_that_cannot_is_told_of(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    first, second = begun(training, people), begun(training, people, "Група 2")
    waiting = a_run(training, name="Група 3", social=people[1])
    staff.post(at(training, "/moves"), data={"move": "pause"})
    assert play.look(fresh(first)).paused
    assert play.look(fresh(second)).paused
    start = {"move": "start", "run": [str(waiting.id)]}
    staff.post(at(training, "/moves"), data=start)
    assert "<p>Група 3: " in staff.get(at(training, "/console")).text
    part = staff.post(at(training, "/moves"), data=start, headers={"HX-Request": "true"})
    assert part.status_code == 409
    assert "<p>Група 3: " in part.text
    assert fresh(waiting).state == "preparing"


def test_a_seat_goes_to_somebody_else_and_is_covered_by_hand(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    run = begun(training, people)
    form = {"role": "police", "person": people[3].id, "reason": "замена"}
    assert staff.post(at(training, f"/{run.id}/seats"), data=form).status_code == 303
    assert not play.look(fresh(run)).seats["police"].held
    assert staff.post(at(training, f"/{run.id}/cover"), data={"role": "police", "by": "health"}).status_code == 303
    assert play.look(fresh(run)).seats["police"].by == "health"
    assert "Горан Горић" in staff.get(at(training, f"/{run.id}/seats")).text


def test_a_group_that_has_not_begun_can_be_taken_back_and_no_other(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    run, played = a_run(training, social=people[1]), begun(training, people)
    staff.post(at(training, f"/{run.id}/remove"))
    assert staff.post(at(training, f"/{played.id}/remove")).status_code == 409
    assert set(db.session.scalars(sa.select(Run.id))) == {played.id}


def test_an_observer_looks_and_presses_nothing(
    client: FlaskClient, training: Training, people: list[Participant]
) -> None:
    run = begun(training, people)
    observer = an_account("trainer")
    save(TrainingStaff(training_id=training.id, account_id=observer.id, role="observer"))
    sign_in(client, observer)
    assert 'name="move"' not in client.get(at(training, "/console")).text
    assert client.post(at(training, f"/{run.id}/moves"), data={"move": "pause"}).status_code == 404
    assert client.get(at(training, f"/{run.id}/seats")).status_code == 404


def test_a_run_of_another_training_is_not_there(
    staff: FlaskClient, training: Training, people: list[Participant]
) -> None:
    other = a_training(course_hash=training.course_hash)
    run = a_run(other, police=a_participant(other))
    assert staff.post(at(training, f"/{run.id}/moves"), data={"move": "pause"}).status_code == 404
    assert staff.post(at(training, "/moves"), data={"move": "start", "run": [str(run.id)]}).status_code == 303
    assert fresh(run).version == 0


def test_the_wall_knows_no_names_and_no_news_of_one_place(
    client: FlaskClient, training: Training, people: list[Participant]
) -> None:
    run = begun(training, people)
    play.move(run, commands.read("tell:ravnograd", "само за Равноград"))
    play.move(run, commands.read("tell:", "за све столове"))
    seats.take(next(seat for seat in run.seats if seat.role == "social"), people[1])
    page = client.get(f"/wall/{run.projector_token}").text
    assert "за све столове" in page
    assert "само за Равноград" not in page
    assert not [one.name for one in people if one.name in page]
    assert client.get("/wall/nonsense").status_code == 404


def test_the_wall_shows_a_question_only_when_every_table_decides(training: Training, people: list[Participant]) -> None:
    run = begun(training, people)
    case, state = play.case_of(run), play.look(run)
    shown = wall(case, state, play.now(), [], 0)
    assert [(one.question, one.place["sr"]) for one in shown.deciding] == [(None, "Равноград")]


def test_the_console_asks_the_database_a_few_things_however_many_tables(
    staff: FlaskClient, training: Training, people: list[Participant], app: Flask
) -> None:
    counted: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *words: counted.append(words[2]))

    def statements() -> int:
        staff.get(at(training, "/console"))
        counted.clear()
        staff.get(at(training, "/console"))
        return sum(not one.startswith("BEGIN") for one in counted)

    begun(training, people)
    few = statements()
    for number in range(2, 8):
        begun(training, people, f"Група {number}")
    assert statements() == few
    assert few <= 8
