"""Series, published figures, conclusions: who may, what is refused, what is kept."""

import pytest
from flask.testing import FlaskClient

from lms.accounts.models import Account
from lms.evaluation.models import Finding, PublishedFigure, Selection, Series
from lms.extensions import db
from lms.trainings.models import Training, TrainingStaff
from tests.builders import a_day, a_training, an_account, save, sign_in
from tests.evaluation.test_reports import a_training_with
from tests.evaluation.world import a_closed_training, a_series, a_series_of_2022


def part(account: Account, role: str, *trainings: Training) -> None:
    save(*(TrainingStaff(training_id=training.id, account_id=account.id, role=role) for training in trainings))


@pytest.mark.parametrize("path", ["", ".pdf", ".xlsx", "/charts/sectors.svg", "/findings"])
def test_a_series_is_read_by_office_and_by_staff_of_all_its_trainings(client: FlaskClient, path: str) -> None:
    series = a_series_of_2022()
    address = f"/reports/{series.id}{path}"
    everywhere, somewhere, reader = an_account("trainer"), an_account("trainer"), an_account("reader")
    part(everywhere, "observer", *series.trainings)
    part(somewhere, "trainer", *series.trainings[:2])
    assert client.get(address).status_code == 303
    assert sign_in(client, somewhere).get(address).status_code == 404
    assert sign_in(client, reader).get(address).status_code == 404
    assert sign_in(client, everywhere).get(address).status_code == 200
    assert sign_in(client, an_account("administrator")).get(address).status_code == 200


def test_readers_see_a_series_once_it_is_shown_to_them(client: FlaskClient) -> None:
    series = a_series_of_2022()
    office, reader = an_account("office"), an_account("reader")
    sign_in(client, office).post(f"/reports/{series.id}/publish", data={"published": "1"})
    assert sign_in(client, reader).get(f"/reports/{series.id}").status_code == 200
    assert series.title_sr in client.get("/reports").get_data(as_text=True)
    sign_in(client, office).post(f"/reports/{series.id}/publish", data={"published": "0"})
    assert sign_in(client, reader).get(f"/reports/{series.id}").status_code == 404
    assert series.title_sr not in client.get("/reports").get_data(as_text=True)


def test_only_trainers_of_all_trainings_change_a_series(client: FlaskClient) -> None:
    series = a_series_of_2022()
    observer, trainer = an_account("trainer"), an_account("trainer")
    part(observer, "observer", *series.trainings)
    part(trainer, "trainer", *series.trainings)
    for path in ("/edit", "/published-figures", "/findings/new-conclusion"):
        assert sign_in(client, observer).get(f"/reports/{series.id}{path}").status_code == 404
        assert sign_in(client, trainer).get(f"/reports/{series.id}{path}").status_code == 200


def test_a_series_is_made_from_trainings(client: FlaskClient) -> None:
    trainings = [a_training_with(12, code, code) for code in "ab"]
    sign_in(client, an_account("office"))
    answer = client.post("/reports/new", data={"title_sr": "Прва серија", "trainings": [one.id for one in trainings]})
    assert answer.status_code == 303
    series = db.session.query(Series).one()
    assert {one.id for one in series.trainings} == {one.id for one in trainings}
    assert db.session.query(Selection).one().trainings == " ".join(str(one.id) for one in trainings)


def test_a_trainer_chooses_among_own_trainings_only(client: FlaskClient) -> None:
    trainer = an_account("trainer")
    own, other = a_training("closed", trainer=trainer), a_training_with(12)
    sign_in(client, trainer)
    data = {"title_sr": "Серија", "trainings": [own.id, other.id]}
    assert client.post("/reports/new", data=data).status_code == 422
    assert db.session.query(Series).count() == 0


def test_a_selection_that_would_show_a_small_training_is_refused_with_a_sentence(client: FlaskClient) -> None:
    trainings = [a_training_with(12, "a", "А"), a_training_with(14, "b", "Б"), a_training_with(7, "c", "В")]
    sign_in(client, an_account("office"))
    answer = client.post("/reports/new", data={"title_sr": "Серија", "trainings": [one.id for one in trainings]})
    assert answer.status_code == 422
    assert "открио одговоре мање од десет особа" in answer.get_data(as_text=True)
    assert db.session.query(Series).count() == db.session.query(Selection).count() == 0


def test_a_deleted_series_is_still_weighed(client: FlaskClient) -> None:
    """Its report may lie printed on a desk: leaving out one of its small trainings would show that one."""
    trainings = [a_training_with(n, code, code) for n, code in ((12, "a"), (6, "b"), (6, "c"))]
    series = a_series(trainings)
    sign_in(client, an_account("office"))
    assert client.post(f"/reports/{series.id}/delete").status_code == 303
    answer = client.post("/reports/new", data={"title_sr": "Друга", "trainings": [one.id for one in trainings[:2]]})
    assert answer.status_code == 422


def test_a_published_figure_is_typed_with_a_comma_and_replaced(client: FlaskClient) -> None:
    series = a_series([a_training_with(12)])
    sign_in(client, an_account("office"))
    address = f"/reports/{series.id}/published-figures"
    for percent in ("59,17", "60.5"):
        data = {"item": "e1", "percent": percent, "source": "Инфографик"}
        assert client.post(address, data=data).status_code == 303
    assert [(row.item, row.percent) for row in db.session.query(PublishedFigure)] == [("e1", 60.5)]
    assert client.post(address, data={"item": "e1", "percent": "101", "source": "x"}).status_code == 422
    client.post(f"{address}/e1/delete")
    db.session.rollback()
    assert db.session.query(PublishedFigure).count() == 0


@pytest.mark.parametrize("where", ["training", "series"])
def test_conclusions_and_recommendations_are_kept_in_order(client: FlaskClient, where: str) -> None:
    trainer = an_account("trainer")
    training = a_training("closed", trainer=trainer)
    home = f"/trainings/{training.id}" if where == "training" else f"/reports/{a_series([training]).id}"
    sign_in(client, trainer)
    for text in ("Прва", "Друга", "Трећа"):
        data = {"text_sr": text, "addressee": "Локални тимови", "due_on": "2026-12-31", "state": "accepted"}
        assert client.post(f"{home}/findings/new-recommendation", data=data).status_code == 303
    rows = db.session.query(Finding).order_by(Finding.position).all()
    assert (rows[0].text_sr, rows[0].state, rows[0].due_on) == ("Прва", "accepted", a_day("2026-12-31"))
    client.post(f"{home}/findings/{rows[2].id}/move", data={"to": "up"})
    client.post(f"{home}/findings/{rows[0].id}/delete")
    client.post(
        f"{home}/findings/{rows[1].id}", data={"text_sr": "Друга, боље", "state": "done", "state_note": "Урађено."}
    )
    db.session.rollback()
    db.session.expire_all()
    left = db.session.query(Finding).order_by(Finding.position).all()
    assert [(row.text_sr, row.state) for row in left] == [("Трећа", "accepted"), ("Друга, боље", "done")]
    page = client.get(f"{home}/findings").get_data(as_text=True)
    assert page.index("Трећа") < page.index("Друга, боље")


def test_personal_data_in_a_conclusion_is_sent_back(client: FlaskClient) -> None:
    trainer = an_account("trainer")
    training = a_training("closed", trainer=trainer)
    sign_in(client, trainer)
    data = {"text_sr": "Позвати Милу на 064/123-4567."}
    answer = client.post(f"/trainings/{training.id}/findings/new-conclusion", data=data)
    assert answer.status_code == 422
    assert db.session.query(Finding).count() == 0


def test_findings_of_another_home_cannot_be_reached(client: FlaskClient) -> None:
    trainer = an_account("trainer")
    own, other = a_training("closed", trainer=trainer), a_closed_training("nis", "Ниш", a_day("2022-05-17"))
    finding = save(Finding(training_id=other.id, kind="conclusion", position=1, text_sr="Туђе"))
    sign_in(client, trainer)
    assert client.get(f"/trainings/{own.id}/findings/{finding.id}").status_code == 404
    client.post(f"/trainings/{own.id}/findings/{finding.id}/delete")
    client.post(f"/trainings/{own.id}/findings/{finding.id}/move", data={"to": "up"})
    db.session.rollback()
    assert db.session.query(Finding).count() == 1
    assert client.get(f"/trainings/{other.id}/findings").status_code == 404


def test_an_observer_reads_conclusions_and_cannot_change_them(client: FlaskClient) -> None:
    observer, training = an_account("trainer"), a_training("closed")
    part(observer, "observer", training)
    sign_in(client, observer)
    assert client.get(f"/trainings/{training.id}/findings").status_code == 200
    assert client.get(f"/trainings/{training.id}/findings/new-conclusion").status_code == 404
