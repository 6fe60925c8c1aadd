"""Making runs, and who sits where. A seat and its code belong to the exercise alone; no survey knows them."""

import secrets
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.extensions import db
from lms.simulations.models import Run, Seat
from lms.simulations.moves import leave, sit_down
from lms.simulations.play import move_within
from lms.trainings.models import Participant, Training
from lms.trainings.rules import CODE_ALPHABET, SEAT_CODE_LENGTH, normalise_code

LONGEST_NAME = 80


def make_run(
    training: Training, case_key: str, name: str, holders: Mapping[str, int | None], mode: str = "live"
) -> Run:
    """A run with a seat for each role; `holders` says who gets which (a participant's id). Recorded for staff's runs."""
    with writing() as session:
        run = new_run(session, training, case_key, name, holders=holders, mode=mode)
        if mode != "solo":
            record(session, "run.made", f"training {training.id}", case=case_key, run=run.id)
    return run


def new_run(
    session: Session, training: Training, case_key: str, name: str, *, holders: Mapping[str, int | None], mode: str
) -> Run:
    """The same inside the caller's transaction."""
    run = Run(
        training_id=training.id, course_hash=training.course_hash, case_key=case_key, mode=mode, name=name[:LONGEST_NAME],
        projector_token=secrets.token_urlsafe(16), created_at=clock.now(),
    )  # fmt: skip
    run.seats = [
        Seat(role=role, participant_id=holder, code=_new_code(), token=secrets.token_urlsafe(16))
        for role, holder in holders.items()
    ]
    session.add(run)
    session.flush()
    return run


def _new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(SEAT_CODE_LENGTH))


def seat_by_code(training_id: int, typed: str) -> Seat:
    """The seat whose code was typed. Raises Refused with a sentence that is the same for wrong and for finished."""
    code = normalise_code(typed)
    seat = db.session.scalar(
        sa.select(Seat).join(Run).where(Run.training_id == training_id, Seat.code == code, Run.state != "finished")
    )
    if seat is None:
        raise Refused("There is no seat with this code now. Check the code or ask the facilitator.", status=422)
    return seat


def take(seat: Seat, participant: Participant) -> None:
    """`participant` sits down in `seat`: a free one, or their own again. Refused when somebody else holds it."""
    with writing() as session:
        held = session.get(Seat, seat.id, populate_existing=True)
        if held is None or held.participant_id not in (None, participant.id):
            raise Refused("Somebody already sits in this seat. Ask the facilitator for another one.")
        run = session.get_one(Run, held.run_id, populate_existing=True)
        if run.state == "finished":
            raise Refused("The exercise is over.")
        if held.participant_id is None:
            _stand_up(session, run, participant.id)
            held.participant_id = participant.id
            run.seating += 1
            session.flush()
        move_within(session, run, sit_down(held.role))


def give(seat: Seat, participant_id: int | None, reason: str = "") -> None:
    """The facilitator gives `seat` to somebody else, or frees it. The new person says by themselves that they are there."""
    with writing() as session:
        held = session.get_one(Seat, seat.id, populate_existing=True)
        run = session.get_one(Run, held.run_id)
        if held.participant_id == participant_id:
            return
        if participant_id is not None:
            _stand_up(session, run, participant_id)
        held.participant_id = participant_id
        held.seen_at = None
        run.seating += 1
        session.flush()
        move_within(session, run, leave(held.role, "freed"))
        record(session, "run.seat_given", f"training {run.training_id}", run=run.id, role=held.role, reason=reason)


def _stand_up(session: Session, run: Run, participant_id: int) -> None:
    """Nobody sits in two seats of one run."""
    old = session.scalar(sa.select(Seat).where(Seat.run_id == run.id, Seat.participant_id == participant_id))
    if old is not None:
        old.participant_id = None
        session.flush()
        move_within(session, run, leave(old.role, "freed"))


def forget_names(session: Session, training_id: int) -> None:
    """The training is closed: the seats forget who sat in them. What groups played stays; practice alone belonged to its person
    and goes."""
    session.execute(sa.delete(Run).where(Run.training_id == training_id, Run.mode == "solo"))
    mine = sa.select(Run.id).where(Run.training_id == training_id)
    session.execute(sa.update(Seat).where(Seat.run_id.in_(mine)).values(participant_id=None))
    session.execute(sa.update(Run).where(Run.id.in_(mine)).values(seating=Run.seating + 1))


def remove_run(run: Run) -> None:
    """Take back a run that has not begun."""
    with writing() as session:
        held = session.get_one(Run, run.id, populate_existing=True)
        if held.state != "preparing":
            raise Refused("This exercise has begun; it can be ended, but not removed.")
        record(session, "run.removed", f"training {run.training_id}", run=run.id, case=run.case_key)
        session.delete(held)
