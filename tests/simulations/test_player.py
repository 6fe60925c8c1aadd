"""What a player does: entering, choosing, sharing, passing on, stepping out, looking back; with and without JavaScript."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.extensions import db
from lms.simulations import facilitation, moves, play
from lms.simulations.models import Run, RunEvent, Seat
from tests.builders import a_course_with_a_case, a_participant, a_run, a_training, as_participant
from tests.conftest import Statements

HTMX = {"HX-Request": "true"}
HANDOFF = {"handoff": "to-topolje", "item": ["plate"], "channel": "duty", "consent": "given", "token": "t1"}


@pytest.fixture
def run(app: Flask) -> Run:
    """Three people at two tables: police and social in Ravnograd, police in Topolje."""
    training = a_training(course_hash=a_course_with_a_case())
    names = {"police": "Ана Анић", "social": "Вера Верић", "police_topolje": "Цеца Цецић"}
    return a_run(training, **{role: a_participant(training, name) for role, name in names.items()})


def phone_of(app: Flask, run: Run, role: str) -> FlaskClient:
    """The phone of the person in `role`."""
    seat = db.session.query(Seat).filter_by(run_id=run.id, role=role).one()
    return as_participant(app.test_client(), seat.participant)


@pytest.fixture
def police(app: Flask, run: Run) -> FlaskClient:
    return phone_of(app, run, "police")


def address(run: Run, more: str = "") -> str:
    return f"/t/{run.training_id}/exercises/{run.id}{more}"


def begin(run: Run, *roles: str) -> None:
    for role in roles or ("police", "social", "police-topolje"):
        play.move(run, moves.sit_down(role))
    play.move(run, facilitation.start("нема других"))


def events(run: Run) -> list[str]:
    number = run.id
    db.session.rollback()
    return [row.kind for row in db.session.query(RunEvent).filter_by(run_id=number).order_by(RunEvent.seq)]


def to_the_other_town(run: Run) -> None:
    begin(run)
    play.move(run, facilitation.go_on("call", "даље"))


def test_the_content_notice_comes_before_the_card(run: Run, police: FlaskClient) -> None:
    page = police.get(address(run)).text
    assert "Помиње се принуда, без описа." in page
    assert "Дежурате. Позив је забележен." not in page
    answer = police.post(address(run, "/present"))
    assert answer.status_code == 303
    page = police.get(address(run)).text
    assert "Дежурате. Позив је забележен." in page
    assert "Чекаоница" in page


def test_the_waiting_room_knows_roles_and_no_names_and_only_ones_own_card(run: Run, police: FlaskClient) -> None:
    play.move(run, moves.sit_down("police"))
    page = police.get(address(run)).text
    assert "Водитељка случаја" in page
    assert "Вера" not in page
    assert "Породица вам није позната." not in page  # the police would cover it, but its person is expected


def test_every_screen_says_that_it_is_an_exercise(run: Run, police: FlaskClient) -> None:
    pages = [police.get(address(run)).text]
    begin(run)
    pages.append(police.get(address(run)).text)
    play.move(run, facilitation.end("крај"))
    pages += [police.get(address(run, more)).text for more in ("", "/review")]
    assert all("Вежба." in page and "strip--sim" in page for page in pages)


@pytest.mark.parametrize(("headers", "status"), [({}, 303), (HTMX, 200)])
def test_a_choice_is_stored_and_answered_with_the_screen(
    run: Run, police: FlaskClient, headers: dict[str, str], status: int
) -> None:
    begin(run)
    data = {"decision": "first", "option": "talk", "phase": "alone"}
    answer = police.post(address(run, "/votes"), data=data, headers=headers)
    assert answer.status_code == status
    if status == 303:
        assert answer.location == address(run, "#d-first")
        answer = police.get(address(run))
    assert "Ваш избор: 1" in answer.text
    assert ("<html" in answer.text) == (status == 303)
    assert "1 од 2" in answer.text


def test_the_bar_that_leads_to_a_decision_knows_the_form_before_which_it_makes_way(
    run: Run, police: FlaskClient
) -> None:
    begin(run)
    page = police.get(address(run)).text
    assert 'id="vote-first-alone"' in page.split("choosing--new", 1)[1].split(">", 1)[0]
    assert 'data-waits-for="vote-first-alone"' in page.split("votedock", 1)[1]
    police.post(address(run, "/votes"), data={"decision": "first", "option": "talk", "phase": "alone"}, headers=HTMX)
    page = police.get(address(run)).text
    assert "Ваш избор: 1" in page
    assert "choosing--new" not in page, "what has been chosen and sent hides no bar of another decision"


def test_the_same_choice_twice_is_one_vote_and_another_one_replaces_it(run: Run, police: FlaskClient) -> None:
    begin(run)
    data = {"decision": "first", "option": "talk", "phase": "alone"}
    for option in ("talk", "talk", "wait"):
        assert police.post(address(run, "/votes"), data=data | {"option": option}, headers=HTMX).status_code == 200
    assert events(run).count("VoteCast") == 2
    assert "Ваш избор: 2" in police.get(address(run)).text


def test_ones_own_move_takes_the_focus_to_its_place(run: Run, police: FlaskClient) -> None:
    begin(run)
    data = {"decision": "first", "option": "talk", "phase": "alone"}
    text = police.post(address(run, "/votes"), data=data, headers=HTMX).text
    assert 'id="d-first" data-focus' in text
    assert "data-focus" not in police.get(address(run, "/screen"), headers=HTMX).text


@pytest.mark.parametrize(("headers", "beside"), [({}, "<html"), (HTMX, "data-problem")])
def test_a_choice_that_comes_too_late_is_told_in_a_sentence(
    run: Run, police: FlaskClient, headers: dict[str, str], beside: str
) -> None:
    begin(run)
    play.move(run, facilitation.decide("first", "wait", "време"))
    data = {"decision": "first", "option": "talk", "phase": "table"}
    answer = police.post(address(run, "/votes"), data=data, headers=headers)
    assert answer.status_code == 409
    assert "ваш избор је стигао после тога" in answer.text
    assert beside in answer.text
    assert "VoteCast" not in events(run)


@pytest.mark.parametrize(
    "data",
    [{}, {"decision": "x" * 5000, "option": "talk"}, {"decision": "first", "option": "none"}, {"decision": "first"}],
)
def test_odd_choices_change_nothing(run: Run, police: FlaskClient, data: dict[str, str]) -> None:
    begin(run)
    assert police.post(address(run, "/votes"), data=data).status_code in (409, 422)
    assert "VoteCast" not in events(run)


def test_a_fact_is_shared_once_and_stands_on_the_table(app: Flask, run: Run, police: FlaskClient) -> None:
    begin(run)
    social, far = phone_of(app, run, "social"), phone_of(app, run, "police-topolje")
    fact = "Ово је други позив ове недеље."
    assert fact not in social.get(address(run)).text
    for _ in range(2):
        assert police.post(address(run, "/facts"), data={"fact": "second-call"}).location == address(
            run, "#f-second-call"
        )
    assert events(run).count("FactShared") == 1
    assert "Подељено са столом" in police.get(address(run)).text
    assert fact in social.get(address(run)).text
    assert fact not in far.get(address(run)).text


def test_somebody_elses_fact_cannot_be_shared(run: Run, police: FlaskClient) -> None:
    begin(run)
    assert police.post(address(run, "/facts"), data={"fact": "nothing-here"}).status_code == 404
    assert "FactShared" not in events(run)


def test_the_form_for_passing_on_stands_outside_what_changes(run: Run, police: FlaskClient) -> None:
    to_the_other_town(run)
    assert "<textarea" in police.get(address(run)).text
    assert "<textarea" not in police.get(address(run, "/screen")).text
    assert 'href="#handoff-to-topolje.0"' in police.get(address(run, "/screen")).text
    assert "<textarea" in police.get(address(run, "/handoffs")).text


def test_passing_on_is_done_once_and_leaves_a_new_form(app: Flask, run: Run, police: FlaskClient) -> None:
    to_the_other_town(run)
    for _ in range(2):
        assert police.post(address(run, "/handoffs"), data=HANDOFF | {"note": "Плави комби."}).status_code == 303
    assert events(run).count("HandedOver") == 1
    assert 'id="handoff-to-topolje.1"' in police.get(address(run)).text
    page = police.get(address(run)).text
    assert 'id="handed-to-topolje"' in page  # beside the decision; the form under it opens again at a press
    assert page.count("Јављено у ") == 2
    assert "Јави још нешто" in page
    page = phone_of(app, run, "police-topolje").get(address(run)).text
    assert "Плави комби." in page
    assert "Опис возила" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"item": []}, "Изаберите шта"),
        ({"channel": ""}, "Изаберите којим путем"),
        ({"consent": ""}, "пристал"),
        ({"note": "Зовите 064 123 4567"}, "064 123 4567"),
        ({"note": "а" * 301}, "300"),
    ],
)
def test_what_is_missing_or_too_much_is_told_and_nothing_typed_is_lost(
    run: Run, police: FlaskClient, change: dict[str, object], sentence: str
) -> None:
    to_the_other_town(run)
    answer = police.post(address(run, "/handoffs"), data=HANDOFF | {"note": "Плави комби."} | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert str(change.get("note", "Плави комби.")) in answer.text
    assert 'value="t1"' in answer.text
    if "item" not in change:
        assert re.search(r'value="plate" checked', answer.text)
    assert "HandedOver" not in events(run)


def test_stepping_out_is_one_press_and_hides_the_story(app: Flask, run: Run, police: FlaskClient) -> None:
    begin(run)
    answer = police.post(address(run, "/away"), headers=HTMX)
    assert "Изашли сте" in answer.text
    assert "Комшиница јавља" not in answer.text
    others = phone_of(app, run, "social").get(address(run)).text
    assert "Покривате и улогу" in others
    assert "Изаш" not in others
    police.post(address(run, "/present"))
    assert "Комшиница јавља" in police.get(address(run)).text
    assert "Покривате и улогу" not in phone_of(app, run, "social").get(address(run)).text


def test_in_a_pause_one_reads_and_does_not_choose(run: Run, police: FlaskClient) -> None:
    begin(run)
    play.move(run, facilitation.pause())
    page = police.get(address(run)).text
    assert "Пауза." in page
    assert page.index("simtop__pause") < page.index("</header>"), "the header stays in sight"
    assert "Шта прво?" in page
    assert 'name="option"' not in page
    data = {"decision": "first", "option": "talk", "phase": "alone"}
    assert police.post(address(run, "/votes"), data=data).status_code == 409


def test_the_screen_is_sent_when_it_is_new(run: Run, police: FlaskClient) -> None:
    begin(run)
    version = play.look(run).version
    assert police.get(address(run, f"/screen?seen={version}")).status_code == 204
    assert police.get(address(run, f"/screen?seen={version - 1}")).status_code == 200
    assert police.get(address(run, "/screen?seen=odd")).status_code == 200
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):  # nobody wrote anything; time has brought the next phase
        text = police.get(address(run, f"/screen?seen={version}")).text
    assert "Одлучује сто" in text


def test_a_screen_costs_one_statement(run: Run, police: FlaskClient, statements: Statements) -> None:
    begin(run)
    police.get(address(run, "/screen"))
    with statements:
        assert police.get(address(run, "/screen")).status_code == 200
    assert statements.count == 1


def test_kept_screens_belong_to_a_seat_and_a_language_and_carry_the_readers_own_token(app: Flask, run: Run) -> None:
    begin(run)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        first, second = phone_of(app, run, "police"), phone_of(app, run, "social")
        tokens = set()
        for phone, brief in ((first, "Дежурате. Позив"), (second, "Породица вам није позната.")):
            for _ in range(2):
                text = phone.get(address(run)).text
                assert brief in text
            tokens |= set(re.findall(r'name="csrf_token" value="([^"]+)"', text))
            sent = {"decision": "first", "option": "talk", "phase": "alone", "csrf_token": tokens.pop()}
            assert phone.post(address(run, "/votes"), data=sent).status_code == 303
        first.set_cookie("language", "en")
        assert "You are on duty. The call was noted." in first.get(address(run)).text
        first.set_cookie("language", "sr_Latn")
        assert "Dežurate. Poziv je zabeležen." in first.get(address(run)).text
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_review_opens_when_the_exercise_is_over(run: Run, police: FlaskClient) -> None:
    begin(run)
    police.post(address(run, "/votes"), data={"decision": "first", "option": "employer", "phase": "alone"})
    play.move(run, facilitation.decide("first", "employer", "време"))
    assert police.get(address(run, "/review")).location == address(run)
    play.move(run, facilitation.end("крај"))
    assert "Отвори разбор" in police.get(address(run)).text
    review = police.get(address(run, "/review")).text
    assert "Рекли су му. Сада знају и где сам." in review
    assert "штети особи" in review
    assert "Самостално сте изабрали 3." in review
    assert "Замолила је да не зовете послодавца." in review  # was not on the table by then
    assert "Шта је остало на вашој картици" in review


def test_other_people_of_the_training_see_nothing_of_the_run(app: Flask, run: Run) -> None:
    begin(run)
    other = as_participant(app.test_client(), a_participant(run.training, "Мина Мић"))
    for more in ("", "/screen", "/handoffs", "/review"):
        assert other.get(address(run, more)).status_code == 404
    for more in ("/votes", "/facts", "/present", "/away", "/handoffs", "/go-on"):
        assert other.post(address(run, more)).status_code == 404


def test_only_practice_goes_on_at_a_players_press(run: Run, police: FlaskClient) -> None:
    begin(run)
    assert police.post(address(run, "/go-on"), data={"seen": play.look(run).version}).status_code == 403


def test_decisions_of_another_table_are_not_shown(app: Flask, run: Run) -> None:
    begin(run)
    assert "Шта прво?" not in phone_of(app, run, "police-topolje").get(address(run)).text
    play.move(run, facilitation.decide("first", "employer", "време"))
    assert "Позвати послодавца" not in phone_of(app, run, "police-topolje").get(address(run)).text
