"""Personal links to a follow-up: by mail for those who gave an address, on printed slips for the others."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.accounts.audit import record
from lms.accounts.sessions import digest
from lms.content.course import Survey
from lms.database import writing
from lms.errors import Refused
from lms.surveys.actions.statements import if_open
from lms.surveys.models import FollowUpLink, Opening
from lms.trainings.models import Attendance, Participant, Training


@dataclass(frozen=True)
class PersonalLink:
    """A participant with a fresh token. The token exists only here: the database keeps its hash."""

    participant: Participant
    token: str


def make_links(training: Training, survey: Survey, by_mail: bool) -> list[PersonalLink]:
    """Fresh links for those whom no mail has reached yet: those with an address (`by_mail`), or all of them (slips).

    Links made for them before are void. Refused (409) when the follow-up is not open.
    """
    with writing() as session:
        opening_id = session.scalar(sa.select(Opening.id).where(*if_open(training.id, survey.key, "")))
        if opening_id is None:
            raise Refused("Open the follow-up first; then its links can be made.")
        people = [person for person in _not_reached(session, training.id, opening_id) if person.email or not by_mail]
        links = [PersonalLink(person, secrets.token_urlsafe(32)) for person in people]
        _replace(session, opening_id, links)
        if links:
            record(
                session, "survey.links", f"training {training.id}", survey=survey.key, links=len(links), mail=by_mail
            )
    return links


def note_sent(training: Training, survey: Survey, participant_ids: Sequence[int]) -> None:
    """The mail server took the links of these participants."""
    ours = sa.select(Opening.id).where(Opening.training_id == training.id, Opening.survey == survey.key)
    with writing() as session:
        session.execute(
            sa.update(FollowUpLink)
            .where(FollowUpLink.opening_id.in_(ours), FollowUpLink.participant_id.in_(participant_ids))
            .values(sent=True)
        )


def _not_reached(session: Session, training_id: int, opening_id: int) -> list[Participant]:
    """Those who were there and to whom no mail with a link went out."""
    reached = sa.select(FollowUpLink.participant_id).where(FollowUpLink.opening_id == opening_id, FollowUpLink.sent)
    present = sa.select(Attendance.participant_id).where(Attendance.participant_id == Participant.id).exists()
    return list(
        session.scalars(
            sa.select(Participant)
            .where(
                Participant.training_id == training_id,
                sa.or_(Participant.joined_at.is_not(None), present),
                Participant.id.not_in(reached),
            )
            .order_by(Participant.sort_key, Participant.id)
        )
    )


def _replace(session: Session, opening_id: int, links: Sequence[PersonalLink]) -> None:
    people = [link.participant.id for link in links]
    session.execute(
        sa.delete(FollowUpLink).where(FollowUpLink.opening_id == opening_id, FollowUpLink.participant_id.in_(people))
    )
    if links:
        rows = [
            {
                "token_hash": digest(link.token),
                "opening_id": opening_id,
                "participant_id": link.participant.id,
                "sent": False,
            }
            for link in links
        ]
        session.execute(sa.insert(FollowUpLink), rows)
