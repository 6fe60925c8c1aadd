"""The trainer's side of surveys."""

import re
from datetime import datetime, time, timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from lms import clock
from lms.extensions import db
from lms.surveys import keys
from lms.surveys.actions import keys as key_actions
from lms.surveys.actions.answers import save as save_answers
from lms.surveys.models import FollowUpLink, Opening, Remark
from lms.surveys.rules import Change, proposed
from lms.trainings.models import ProgrammeItem, Training
from tests.builders import a_participant, a_training, an_account, save, sign_in
from tests.surveys.world import HOUR, a_closed_evaluation, an_opening, place


@pytest.fixture
def trainer(app):
    return an_account("trainer")


@pytest.fixture
def training(trainer):
    return a_training(trainer=trainer)


@pytest.fixture
def staff(client, trainer):
    return sign_in(client, trainer)


def all_surveys(training):
    return f"/trainings/{training.id}/surveys"


def test_every_survey_of_the_course_is_listed_with_its_state(staff, training):
    an_opening(training)
    an_opening(training, moment="post", closed=True)
    page = staff.get(all_surveys(training)).text
    for name in ("Улазни тест", "Излазни тест", "отворено", "затворено", "није отворено"):
        assert name in page


def test_opening_and_closing_take_one_press(staff, training):
    address = f"{all_surveys(training)}/knowledge/pre"
    assert staff.post(f"{address}/open").location == all_surveys(training)
    assert db.session.scalar(sa.select(Opening.closed_at)) is None
    assert "„Улазни тест” – отворено" in staff.get(all_surveys(training)).text
    staff.post(f"{address}/close")
    assert "„Улазни тест” – затворено" in staff.get(all_surveys(training)).text
    assert "Отвори поново" in staff.get(all_surveys(training)).text


def test_closing_the_evaluation_asks_first_and_offers_no_reopening(staff, training):
    an_opening(training, "evaluation", "")
    assert "Затворити оцену трајно?" in staff.get(all_surveys(training)).text
    staff.post(f"{all_surveys(training)}/evaluation/once/close")
    assert "Отвори поново" not in staff.get(all_surveys(training)).text
    assert staff.post(f"{all_surveys(training)}/evaluation/once/open").status_code == 409


def test_the_trainer_can_remind_those_who_have_not_begun_a_test(staff, training):
    an_opening(training)
    begun, not_begun = a_participant(training, "Ана Анић"), a_participant(training, "Бојан Бојић")
    save_answers(place(begun), [Change("q1", "a")])
    page = staff.get(all_surveys(training)).text
    assert "1 особа још није почела" in page
    assert not_begun.name in page
    assert begun.name not in page
    assert "започето: 1" in page


def test_closing_a_test_asks_first_while_somebody_is_in_the_middle_of_it(staff, training):
    an_opening(training)
    begun = a_participant(training, "Ана Анић")
    assert "Да ли да се затвори?" not in staff.get(all_surveys(training)).text
    save_answers(place(begun), [Change("q1", "a")])
    assert "1 особа је почела и још није послала. Да ли да се затвори?" in staff.get(all_surveys(training)).text


def test_nobodys_name_stands_by_the_evaluation(staff, training):
    an_opening(training, "evaluation", "")
    person = a_participant(training, "Ана Анић")
    page = staff.get(all_surveys(training)).text
    assert person.name not in page
    assert "послато: мање од пет" in page


def test_the_page_takes_few_statements(staff, training, statements):
    for moment in ("pre", "post"):
        an_opening(training, moment=moment)
    for number in range(25):
        save_answers(place(a_participant(training, f"Особа {number}")), [Change("q1", "a")])
    staff.get(all_surveys(training))
    with statements:
        staff.get(all_surveys(training))
    assert statements.count == 8  # who is there: 2, the training: 1, surveys: 5


def test_the_wall_shows_the_address_as_a_picture(staff, training):
    page = staff.get(f"{all_surveys(training)}/knowledge/pre/wall").text
    assert f"/t/{training.id}/surveys/knowledge/pre" in page
    assert "<svg" in page
    assert "subnav" not in page  # a wall is for the hall, not for whoever runs the training


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""), ("post", "/knowledge/pre/open"), ("post", "/knowledge/pre/close"), ("get", "/knowledge/pre/wall"),
        ("post", "/follow-up-3/extend"), ("post", "/follow-up-3/mail"), ("post", "/follow-up-3/slips"),
        ("get", "/remarks"), ("post", "/remarks/00"),
    ],
)  # fmt: skip
def test_other_trainers_find_nothing_here(app, training, method, path):
    stranger = sign_in(app.test_client(), an_account("trainer"))
    assert getattr(stranger, method)(all_surveys(training) + path).status_code == 404
    assert getattr(app.test_client(), method)(all_surveys(training) + path).status_code == 303  # sign in


def test_surveys_that_the_course_does_not_have_are_not_there(staff, training):
    for path in ("/nothing/pre/open", "/knowledge/once/open", "/knowledge/extend", "/evaluation/slips"):
        assert staff.post(all_surveys(training) + path).status_code == 404


class TestProposal:
    NOW = datetime(2026, 5, 14, 16, 0, tzinfo=clock.BELGRADE)

    def test_the_survey_whose_time_has_come_is_proposed(self):
        planned = {("t", "pre"): self.NOW - 8 * HOUR, ("t", "post"): self.NOW + HOUR / 10, ("e", ""): self.NOW + HOUR}
        assert proposed(planned, [], self.NOW) == ("t", "post")

    def test_none_before_its_time_and_none_beside_an_open_one(self):
        planned = {("t", "post"): self.NOW + HOUR}
        assert proposed(planned, [], self.NOW) is None
        assert proposed(planned, [("t", "pre")], self.NOW + HOUR) is None

    def test_the_programme_proposes_on_the_page(self, staff, training):
        now = clock.local(clock.now())
        save(
            ProgrammeItem(
                training_id=training.id, key="pre", day=1 + (now.date() - training.starts_on).days, starts=time(0, 0),
                minutes=20, kind="survey", title_sr="Улазни тест", survey="knowledge", moment="pre",
            )
        )  # fmt: skip
        page = staff.get(all_surveys(training)).text
        assert page.count("време је") == 1
        assert "1. дан у 00:00" in page

    def test_a_follow_up_is_proposed_three_months_later(self, staff, training):
        with clock.stopped_at(clock.now() + timedelta(days=100)):
            sign_in(staff, training_trainer(training))
            assert "време је" in staff.get(all_surveys(training)).text


def training_trainer(training):
    from lms.accounts.models import Account
    from lms.trainings.models import TrainingStaff

    return db.session.scalar(
        sa.select(Account)
        .join(TrainingStaff, TrainingStaff.account_id == Account.id)
        .where(TrainingStaff.training_id == training.id)
    )


class TestFollowUps:
    def test_slips_come_as_a_pdf(self, staff, training):
        a_participant(training, "Ана Анић")
        staff.post(f"{all_surveys(training)}/follow-up-3/once/open")
        response = staff.post(f"{all_surveys(training)}/follow-up-3/slips")
        assert response.content_type == "application/pdf"
        assert response.data.startswith(b"%PDF")
        assert "направљено: 1" in staff.get(all_surveys(training)).text

    def test_mail_goes_to_those_who_gave_an_address(self, app, staff, training, monkeypatch):
        sent = []
        monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
        monkeypatch.setitem(app.config, "MAIL_SENDER", "obuke@example.org")
        monkeypatch.setattr("lms.mail.send", lambda to, subject, text: sent.append((to, text)) or to.startswith("a"))
        for name, email in (("Ана", "ana@example.org"), ("Бојан", "bojan@example.org"), ("Вера", "")):
            a_participant(training, name, email=email)
        staff.post(f"{all_surveys(training)}/follow-up-3/once/open")
        staff.post(f"{all_surveys(training)}/follow-up-3/mail")
        assert [to for to, _text in sent] == ["ana@example.org", "bojan@example.org"]
        tokens = [re.search(r"http://localhost/f/([\w-]{43})\n", text)[1] for _to, text in sent]
        assert len(set(tokens)) == 2
        page = staff.get(all_surveys(training)).text
        assert "направљено: 2" in page
        assert "послато е-поштом: 1" in page  # the other address was refused: that person gets a slip

    def test_two_more_weeks(self, staff, training):
        staff.post(f"{all_surveys(training)}/follow-up-3/once/open")
        before = db.session.scalar(sa.select(Opening.closed_at))
        staff.post(f"{all_surveys(training)}/follow-up-3/extend")
        db.session.rollback()
        assert db.session.scalar(sa.select(Opening.closed_at)) - before == timedelta(days=14)


class TestRemarkDesk:
    def test_it_opens_after_the_close_with_ten_or_more(self, staff, training):
        an_opening(training, "evaluation", "")
        assert "Нема коментара за читање" in staff.get(f"{all_surveys(training)}/remarks").text

    def test_nine_are_too_few(self, staff, training):
        a_closed_evaluation(training, 9, texts=9)
        assert "Нема коментара за читање" in staff.get(f"{all_surveys(training)}/remarks").text
        assert "/remarks" not in staff.get(all_surveys(training)).text

    def test_names_come_out_and_quotes_are_chosen(self, staff, training):
        a_closed_evaluation(training, 10, texts=10)
        desk = f"{all_surveys(training)}/remarks"
        assert desk in staff.get(all_surveys(training)).text
        allowed = db.session.scalar(sa.select(Remark).where(Remark.may_quote).limit(1))
        response = staff.post(f"{desk}/{allowed.key.hex()}", data={"text": "Без имена.", "quoted": "y"})
        assert response.status_code == 303
        db.session.rollback()
        page = unescape(staff.get(desk).text)
        assert "Без имена.</textarea>" in page
        assert "биће објављено" in page
        assert "Како је написано" in page

    def test_an_unknown_remark_is_not_there(self, staff, training):
        a_closed_evaluation(training, 10, texts=10)
        for key in ("00" * 16, "zz"):
            response = staff.post(f"{all_surveys(training)}/remarks/{key}", data={"text": "х"})
            assert response.status_code == 404


class TestKeys:
    """T25, as far as the keys go: move the clock."""

    def closed(self, training, on: datetime):
        stored = db.session.get(Training, training.id)
        stored.closed_at = on
        db.session.commit()
        return keys.pseudonym(training.id, 1)

    def test_the_key_of_a_running_training_is_kept(self, training):
        keys.pseudonym(training.id, 1)
        fate = next(fate for fate in key_actions.destroy_due_keys() if fate.training_id == training.id)
        assert (fate.due, fate.destroyed) == (None, False)

    def test_it_waits_for_the_follow_up_and_goes_thirty_days_later(self, app, training, trainer):
        person = a_participant(training)
        self.closed(training, clock.now())
        follow_up = an_opening(training, "follow-up-3", "", closed_at=clock.now() + timedelta(days=120))
        save(FollowUpLink(token_hash=b"h" * 32, opening_id=follow_up.id, participant_id=person.id))
        due = clock.local(follow_up.closed_at).date() + timedelta(days=30)
        path = app.config["KEYS_DIR"] / f"survey-{training.id}.key"
        for day, there in ((due - timedelta(days=1), True), (due, False)):
            with clock.stopped_at(datetime.combine(day, time(12), clock.BELGRADE)):
                fates = {fate.training_id: fate for fate in key_actions.destroy_due_keys()}
            assert path.exists() is there
            assert fates[training.id].due == due
            assert fates[training.id].destroyed is not there
        assert db.session.scalar(sa.select(sa.func.count()).select_from(FollowUpLink)) == 0
        (app.config["KEYS_DIR"] / f"survey-{training.id}.destroyed").unlink()

    def test_the_command_says_what_became_of_each_key(self, app, training):
        keys.pseudonym(training.id, 1)
        result = app.test_cli_runner().invoke(args=["surveys", "destroy-keys"])
        assert f"training {training.id}: the key is kept, because the training is not closed" in result.output
        assert result.exit_code == 0

    def test_the_sweep_is_a_command_too(self, app):
        assert app.test_cli_runner().invoke(args=["surveys", "sweep"]).exit_code == 0

    def test_after_the_key_is_gone_states_are_still_shown(self, app, training):
        from lms.surveys.queries import own_states

        an_opening(training)
        keys.pseudonym(training.id, 1)
        keys.destroy(training.id)
        assert own_states(training.id, 1)["knowledge", "pre"].state == "open"
        (app.config["KEYS_DIR"] / f"survey-{training.id}.destroyed").unlink()


def test_own_states_take_one_statement(app, training, statements):
    from lms.surveys.queries import own_states

    person = a_participant(training)
    an_opening(training)
    an_opening(training, "evaluation", "")
    save_answers(place(person), [Change("q1", "a"), Change("q2", ["a"]), Change("q3", "a")])
    save_answers(place(person), [Change("q3", None, version=1)])
    training_id, person_id = training.id, person.id
    with statements:
        states = own_states(training_id, person_id)
    assert statements.count == 1
    assert (states["knowledge", "pre"].answered, states["knowledge", "pre"].submitted) == (2, False)
    assert states["evaluation", ""].state == "open"
