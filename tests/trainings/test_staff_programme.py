"""The programme is fitted to the real hours and goes into people's calendars."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.models import Account
from lms.errors import Refused
from lms.extensions import db
from lms.trainings.calendar import Event, calendar_text
from lms.trainings.models import ProgrammeItem, Training
from lms.trainings.timetable import Conflict, Line, conflicts, half_day_number, shifted, swapped
from tests.builders import a_training, an_account, save, sign_in

NINE, TEN = 9 * 60, 10 * 60


@pytest.fixture
def training(client: FlaskClient) -> Training:
    trainer: Account = an_account("trainer")
    sign_in(client, trainer)
    training = a_training(trainer=trainer, starts_on=date(2027, 5, 14), ends_on=date(2027, 5, 15))
    for day, hour, minutes, kind in (
        (1, 9, 60, "module"),
        (1, 10, 15, "break"),
        (1, 11, 60, "talk"),
        (2, 13, 45, "survey"),
    ):
        save(
            ProgrammeItem(
                training_id=training.id, key=f"k{day}{hour}", day=day, starts=time(hour), minutes=minutes, kind=kind,
                title_sr=f"Ставка {day}-{hour}", title_en=f"Line {day}-{hour}", survey="knowledge" if kind == "survey" else "",
            )
        )  # fmt: skip
    return training


def stored() -> dict[str, tuple[time, int]]:
    db.session.rollback()
    return {item.key: (item.starts, item.minutes) for item in db.session.scalars(sa.select(ProgrammeItem))}


def item_id(key: str) -> int:
    return db.session.scalars(sa.select(ProgrammeItem.id).filter_by(key=key)).one()


def test_overlaps_missing_days_and_midnight_are_found() -> None:
    lines = [
        Line(1, 1, NINE, 90),
        Line(2, 1, TEN, 60),
        Line(3, 3, NINE, 30),
        Line(4, 1, 23 * 60 + 30, 60),
        Line(5, 1, TEN + 60, 30),
    ]
    assert conflicts(lines, days=2) == [
        Conflict("overlap", 2, 1, 30),
        Conflict("late", 4),
        Conflict("day", 3),
    ]


def test_a_long_line_conflicts_with_everything_inside_it() -> None:
    lines = [Line(1, 1, NINE, 180), Line(2, 1, TEN, 30), Line(3, 1, TEN + 60, 30)]
    assert [conflict.line for conflict in conflicts(lines, 1)] == [2, 3]


lines = st.lists(st.tuples(st.integers(1, 2), st.integers(0, 1300), st.integers(1, 120)), min_size=1, max_size=12).map(
    lambda rows: [Line(number, *row) for number, row in enumerate(rows, start=1)]
)


@given(lines, st.integers(-240, 240), st.data())
def test_moving_the_rest_keeps_its_order_and_gaps(programme: list[Line], minutes: int, data: st.DataObject) -> None:
    pivot = data.draw(st.sampled_from(programme))
    try:
        moved = shifted(programme, pivot.id, minutes)
    except Refused:
        return
    assert pivot.id not in moved
    for line in programme:
        if line.id in moved:
            assert line.day == pivot.day
            assert moved[line.id] == line.starts + minutes
            assert 0 <= moved[line.id] <= 24 * 60 - line.minutes


@given(lines, st.booleans(), st.data())
def test_changing_places_twice_is_as_before_when_nothing_overlaps(
    programme: list[Line], down: bool, data: st.DataObject
) -> None:
    programme = [line for line in programme if not any(c.line == line.id for c in conflicts(programme, 2))]
    programme = [line for line in programme if not conflicts(programme, 2)]
    if not programme:
        return
    line = data.draw(st.sampled_from(programme))
    once = swapped(programme, line.id, down)
    after = [Line(o.id, o.day, once.get(o.id, o.starts), o.minutes) for o in programme]
    assert not conflicts(after, 2)
    twice = swapped(after, line.id, not down) if once else {}
    assert {o.id: twice.get(o.id, o.starts) for o in after} == {o.id: o.starts for o in programme}


def test_a_line_is_added_changed_and_removed(client: FlaskClient, training: Training) -> None:
    values = {"day": "2", "starts": "14:00", "minutes": "20", "kind": "talk", "title_sr": "Нова ставка", "title_en": ""}
    page = client.get(f"/trainings/{training.id}/programme/new?day=2").text
    assert 'value="13:45"' in page  # after the last line of that day
    client.post(f"/trainings/{training.id}/programme/new", data=values)
    added = db.session.scalars(sa.select(ProgrammeItem).filter_by(title_sr="Нова ставка")).one()
    client.post(f"/trainings/{training.id}/programme/{added.id}", data=values | {"minutes": "0"})
    assert stored()[added.key] == (time(14), 20)
    client.post(f"/trainings/{training.id}/programme/{added.id}", data=values | {"minutes": "25"})
    assert stored()[added.key] == (time(14), 25)
    client.post(f"/trainings/{training.id}/programme/{added.id}/remove")
    assert added.key not in stored()


def test_changing_a_survey_line_keeps_which_survey_it_opens(client: FlaskClient, training: Training) -> None:
    values = {"day": "2", "starts": "15:00", "minutes": "20", "kind": "survey", "title_sr": "Тест", "title_en": ""}
    client.post(f"/trainings/{training.id}/programme/{item_id('k213')}", data=values)
    db.session.rollback()
    assert db.session.scalars(sa.select(ProgrammeItem.survey).filter_by(key="k213")).one() == "knowledge"


def test_the_rest_of_the_day_moves_and_overlaps_are_said_in_words(client: FlaskClient, training: Training) -> None:
    address = f"/trainings/{training.id}/programme"
    client.post(f"{address}/{item_id('k19')}/shift", data={"minutes": "20"})
    assert stored()["k110"] == (time(10, 20), 15)
    assert stored()["k111"] == (time(11, 20), 60)
    assert stored()["k213"] == (time(13), 45)
    answer = client.post(f"{address}/{item_id('k19')}/shift", data={"minutes": "-30"}, follow_redirects=True)
    assert "Изаберите мање минута." in answer.text
    assert stored()["k110"] == (time(10, 20), 15)
    values = {
        "day": "1",
        "starts": "09:00",
        "minutes": "90",
        "kind": "module",
        "title_sr": "Ставка 1-9",
        "title_en": "",
    }
    client.post(f"{address}/{item_id('k19')}", data=values)
    assert "Преклапа се са „Ставка 1-9” 10 минута." in client.get(address).text


def test_moving_the_rest_says_how_to_take_it_back_and_what_to_look_at(client: FlaskClient, training: Training) -> None:
    address = f"/trainings/{training.id}/programme/{item_id('k111')}"
    client.post(address, data=line_values("Вече", starts="18:30", minutes="90"))
    shift = f"/trainings/{training.id}/programme/{item_id('k110')}/shift"
    page = client.post(shift, data={"minutes": "20"}, follow_redirects=True).text
    assert "померите га за -20 мин." in page
    assert "Дан се сада завршава у 20:20." in page
    assert "Иза ове ставке" in page
    client.post(shift, data={"minutes": "-20"})
    assert stored()["k111"] == (time(18, 30), 90)


def line_values(title: str, **changes: str) -> dict[str, str]:
    values = {"day": "1", "starts": "11:00", "minutes": "60", "kind": "talk", "title_sr": title, "title_en": ""}
    return values | changes


def seen(page: str) -> str:
    return page.split('name="seen"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_of_two_tabs_the_second_sees_both_versions_before_it_wins(client: FlaskClient, training: Training) -> None:
    address = f"/trainings/{training.id}/programme/{item_id('k111')}"
    old = seen(client.get(address).text)
    assert client.post(address, data=line_values("Прва", seen=old)).status_code == 303
    answer = client.post(address, data=line_values("Друга", seen=old))
    assert answer.status_code == 422
    assert "неко други изменио" in answer.text
    assert "Прва" in answer.text
    assert "Друга" in answer.text
    assert client.post(address, data=line_values("Друга", seen=seen(answer.text))).status_code == 303
    db.session.rollback()
    assert db.session.scalars(sa.select(ProgrammeItem.title_sr).filter_by(key="k111")).one() == "Друга"


@pytest.mark.parametrize("day", ["0", "3"])
def test_a_day_that_the_training_does_not_have_is_refused_in_words(
    client: FlaskClient, training: Training, day: str
) -> None:
    for path in ("new", item_id("k111")):
        answer = client.post(f"/trainings/{training.id}/programme/{path}", data=line_values("Негде", day=day))
        assert answer.status_code == 422
        assert f"Ова обука нема {day}. дан; последњи је 2." in answer.text
    db.session.rollback()
    assert set(db.session.scalars(sa.select(ProgrammeItem.day))) == {1, 2}


def test_to_a_day_that_is_no_longer_of_the_training_nothing_is_added(client: FlaskClient, training: Training) -> None:
    training.ends_on = training.starts_on
    db.session.commit()
    page = client.get(f"/trainings/{training.id}/programme").text
    assert "programme/new?day=1" in page
    assert "programme/new?day=2" not in page


def test_lines_change_places(client: FlaskClient, training: Training) -> None:
    client.post(f"/trainings/{training.id}/programme/{item_id('k19')}/move", data={"to": "down"})
    assert stored()["k110"] == (time(9), 15)
    assert stored()["k19"] == (time(9, 15), 60)


def test_a_line_of_another_training_is_not_here(client: FlaskClient, training: Training) -> None:
    other = a_training()
    for path in ("", "/remove", "/move", "/shift"):
        address = f"/trainings/{other.id}/programme/{item_id('k19')}{path}"
        assert client.post(address, data={"minutes": "5"}).status_code == 404
        address = f"/trainings/{training.id}/programme/999{path}"
        assert client.post(address, data={"minutes": "5"}).status_code == 404


def test_the_half_day_is_told_by_the_hour() -> None:
    assert [half_day_number(1, NINE), half_day_number(1, 13 * 60), half_day_number(2, NINE)] == [1, 2, 3]


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


@pytest.mark.parametrize("language", ["sr", "sr_Latn", "en"])
def test_the_calendar_has_an_event_for_each_half_day(client: FlaskClient, training: Training, language: str) -> None:
    client.set_cookie("language", language)
    answer = client.get(f"/trainings/{training.id}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    lines = unfolded(answer.get_data(as_text=True))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "DTSTART;TZID=Europe/Belgrade:20270514T090000" in lines
    assert "DTEND;TZID=Europe/Belgrade:20270514T120000" in lines
    assert "BEGIN:VTIMEZONE" in lines
    by_line = unfolded(client.get(f"/trainings/{training.id}/calendar.ics?by=line").get_data(as_text=True))
    assert by_line.count("BEGIN:VEVENT") == 3  # not the break


def test_the_zone_of_the_calendar_changes_its_clocks_as_belgrade_does() -> None:
    text = calendar_text("x", "", [], "host", datetime(2027, 1, 1, tzinfo=UTC))
    assert re.search(r"TZOFFSETTO:\+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", text)
    belgrade = ZoneInfo("Europe/Belgrade")
    for year in range(2026, 2036):
        change = max(date(year, 3, day) for day in range(25, 32) if date(year, 3, day).weekday() == 6)
        before = datetime.combine(change, time(1), belgrade).utcoffset()
        assert before == timedelta(hours=1)
        assert datetime.combine(change, time(4), belgrade).utcoffset() == timedelta(hours=2)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_title_makes_a_whole_calendar(title: str, place: str) -> None:
    title, place = ("".join(sign for sign in text if sign.isprintable() or sign == "\n") for text in (title, place))
    event = Event("key", date(2027, 5, 14), NINE, 60, title, title)
    lines = unfolded(calendar_text(title, place, [event], "host", datetime(2027, 1, 1, tzinfo=UTC)))
    assert lines.count("BEGIN:VEVENT") == 1
    summary = next(line for line in lines if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    plain = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], summary)
    assert plain == title


def test_a_line_that_was_removed_in_another_tab_is_missed_in_words(client: FlaskClient, training: Training) -> None:
    item = db.session.scalars(sa.select(ProgrammeItem)).first()
    address = f"/trainings/{training.id}/programme/{item.id}"
    text = {"day": "1", "starts": "09:00", "minutes": "30", "kind": "talk", "title_sr": "Увод"}
    client.post(f"{address}/remove")
    for answer in (client.get(address), client.post(address, data=text)):
        assert answer.status_code == 404
        assert "Ове ставке више нема у програму." in answer.text
