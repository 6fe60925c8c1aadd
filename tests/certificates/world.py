"""A training on its last day, with people who were there and people who were not."""

from datetime import timedelta
from typing import Any

from lms import clock
from lms.accounts.models import Account
from lms.certificates.actions import issue_all
from lms.certificates.models import Certificate
from lms.certificates.queries import own_certificate
from lms.extensions import db
from lms.surveys import keys
from lms.surveys.models import Opening, Response
from lms.trainings.models import Attendance, Participant, Training
from tests.builders import a_participant, a_training, an_account, save


def the_last_day(trainer: Account | None = None, **more: Any) -> Training:
    """A training that ends today; `attendance_percent` 75 of four half-days, so three are enough."""
    today = clock.today()
    values = {"starts_on": today - timedelta(days=1), "ends_on": today, "attendance_percent": 75} | more
    return a_training(trainer=trainer or an_account("trainer"), **values)


def was_there(training: Training, half_days: int, name: str = "Јелена Марковић", **more: Any) -> Participant:
    """A participant who was noted as present in the first `half_days`."""
    participant = a_participant(training, name, **more)
    for half_day in training.half_days[:half_days]:
        save(Attendance(participant_id=participant.id, half_day_id=half_day.id, how="qr"))
    return participant


def a_certificate(training: Training | None = None, name: str = "Јелена Марковић", **more: Any) -> Certificate:
    """The certificate of somebody who was there all the time."""
    training = training or the_last_day()
    participant = was_there(training, 4, name, **more)
    issue_all(training)
    found = own_certificate(participant.id)
    assert found
    return found


def open_post_test(training: Training) -> Opening:
    """The test at the end has been opened."""
    return save(Opening(training_id=training.id, survey="knowledge", moment="post", opened_at=clock.now()))


def hand_in(opening: Opening, participant: Participant) -> None:
    """This participant has handed it in."""
    known_as = keys.pseudonym(opening.training_id, participant.id)
    save(Response(opening_id=opening.id, pseudonym=known_as, submitted=True))


def tamper(certificate: Certificate, **values: Any) -> None:
    """Somebody changes the row behind the software's back."""
    for field, value in values.items():
        setattr(certificate, field, value)
    db.session.commit()
