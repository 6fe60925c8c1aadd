"""The trainee's home says what to do now."""

from datetime import datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from lms import clock
from lms.simulations import facilitation, moves, play
from lms.surveys.actions.answers import save as save_answers
from lms.surveys.rules import Change
from lms.today.rules import Mark, Moment, SurveyState, by_programme, mark, task
from lms.trainings.models import ProgrammeItem
from lms.trainings.rules import Slot, day_number, following_slot, present_slot
from tests.builders import a_course_with_a_case, a_day, a_participant, a_run, a_training, as_participant, save
from tests.surveys.world import an_opening, place

MORNING = Slot(1, 1, time(9), 60, "module")
BREAK = Slot(2, 1, time(10), 15, "break")
LATER = Slot(3, 1, time(10, 15), 45, "talk")
SECOND = Slot(4, 2, time(9), 30, "talk")
SLOTS = [MORNING, BREAK, LATER, SECOND]
OPEN = SurveyState("knowledge", "pre", open=True, answered=3, asked=20, submitted=False)


@pytest.mark.parametrize(
    ("day", "at", "kind", "slot"),
    [
        (0, time(12), "waiting", MORNING), (1, time(8), "waiting", MORNING), (1, time(9, 30), "slot", MORNING), (1, time(10, 5), "slot", BREAK),
        (1, time(18), "waiting", SECOND), (2, time(9), "slot", SECOND), (2, time(9, 30), "over", None), (3, time(9), "over", None),
    ],
)  # fmt: skip
def test_the_programme_says_what_is_on(day: int, at: time, kind: str, slot: Slot | None) -> None:
    found = task(SLOTS, Moment(day, 2, at), [])
    assert (found.kind, found.slot) == (kind, slot)


def test_an_open_survey_comes_before_the_programme_until_it_is_sent() -> None:
    assert task(SLOTS, Moment(1, 2, time(9, 30)), [OPEN]).survey is OPEN
    sent = SurveyState("knowledge", "pre", open=True, answered=20, asked=20, submitted=True)
    assert task(SLOTS, Moment(1, 2, time(9, 30)), [sent]).kind == "slot"


def test_what_the_programme_asks_first_is_asked_first() -> None:
    after = SurveyState("knowledge", "post", open=True, answered=0, asked=20, submitted=False)
    feelings = SurveyState("evaluation", "", open=True, answered=0, asked=9, submitted=False, anonymous=True)
    extra = SurveyState("extra", "", open=True, answered=0, asked=2, submitted=False)
    asking = [
        Slot(5, 2, time(15), 30, "survey", survey="knowledge", moment="post"),
        Slot(6, 2, time(15, 30), 15, "survey", survey="evaluation"),
    ]
    assert by_programme([extra, feelings, after], [*SLOTS, *asking]) == [after, feelings, extra]


@pytest.mark.parametrize(
    ("exercise", "surveys", "kind"),
    [("running", [OPEN], "exercise"), ("preparing", [OPEN], "survey"), ("preparing", [], "exercise"), ("", [], "slot")],
)
def test_a_running_exercise_comes_before_all_else(exercise: str, surveys: list[SurveyState], kind: str) -> None:
    assert task(SLOTS, Moment(1, 2, time(9, 30)), surveys, exercise).kind == kind


def test_lines_are_marked_by_the_clock_and_by_what_was_sent() -> None:
    present = present_slot(SLOTS, 1, time(10, 5))
    marks = [mark(slot, 1, time(10, 5), present, submitted=False) for slot in SLOTS]
    assert marks == [Mark.DONE, Mark.NOW, Mark.LATER, Mark.LATER]
    assert mark(SECOND, 1, time(10), present, submitted=True) is Mark.DONE
    assert mark(MORNING, 1, time(10, 5), present, submitted=False, waiting=True) is Mark.LATER


def test_breaks_are_not_what_comes_next() -> None:
    assert following_slot(SLOTS, 1, time(9, 30)) is LATER


@pytest.mark.parametrize(
    ("today", "number"), [("2026-05-13", 0), ("2026-05-14", 1), ("2026-05-15", 2), ("2026-05-20", 3)]
)
def test_days_are_counted_from_the_first(today: str, number: int) -> None:
    assert day_number(a_day("2026-05-14"), a_day("2026-05-15"), a_day(today)) == number


def an_item(training, starts: time, **more: object) -> ProgrammeItem:
    """A line of the programme on the first day."""
    values = {"key": f"k{starts:%H%M}", "day": 1, "minutes": 60, "kind": "talk", "title_sr": "Разговор"} | more
    return save(ProgrammeItem(training_id=training.id, starts=starts, **values))


def test_the_home_leads_to_the_open_test_and_then_to_the_module(client: FlaskClient) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    noon = datetime.combine(training.starts_on, time(12, 30), clock.BELGRADE)
    an_item(training, time(12), kind="module", page="m1", title_sr="Први модул")
    with clock.stopped_at(noon):
        assert f"/t/{training.id}/pages/m1?part=1" in client.get(f"/t/{training.id}").text
        an_opening(training, "knowledge", "pre")
        page = client.get(f"/t/{training.id}")
        assert f"/t/{training.id}/surveys/knowledge/pre" in page.text
        assert "Први модул" in page.text


def test_an_open_test_stays_in_sight_behind_a_running_exercise(client: FlaskClient) -> None:
    training = a_training(course_hash=a_course_with_a_case())
    person = a_participant(training)
    as_participant(client, person)
    run = a_run(training, police=person)
    play.move(run, moves.sit_down("police"))
    play.move(run, facilitation.start("нема других"))
    an_opening(training, "knowledge", "pre")
    page = client.get(f"/t/{training.id}").text
    assert "На вежбу" in page
    assert f"/t/{training.id}/surveys/knowledge/pre" in page


def test_a_test_that_was_begun_stays_in_sight_beside_a_survey_opened_early(client: FlaskClient) -> None:
    training = a_training()
    person = a_participant(training)
    as_participant(client, person)
    an_opening(training, "knowledge", "pre")
    save_answers(place(person), [Change("q1", "a")])
    an_opening(training, "evaluation", "")
    page = client.get(f"/t/{training.id}").text
    assert "surveys/knowledge/pre" in page
    assert "surveys/evaluation/once" in page
    assert page.count("Отворено, а још није послато") == 1


def test_before_and_after_the_training_the_home_says_so(client: FlaskClient) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    an_item(training, time(9), title_sr="Отварање")
    start = datetime.combine(training.starts_on, time(9), clock.BELGRADE)
    with clock.stopped_at(start - timedelta(days=1)):
        assert "Отварање" in client.get(f"/t/{training.id}").text
    with clock.stopped_at(start + timedelta(days=5)):
        assert "Обука је завршена" in client.get(f"/t/{training.id}").text


def test_htmx_gets_only_the_part_and_a_browser_the_page(client: FlaskClient) -> None:
    training = a_training()
    as_participant(client, a_participant(training))
    part = client.get(f"/t/{training.id}", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["Vary"]
    assert "<html" in client.get(f"/t/{training.id}").text
