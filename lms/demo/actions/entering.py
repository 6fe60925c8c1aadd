"""Coming in with one press, to look around: only for demo accounts and the prepared devices."""

from lms import clock
from lms.accounts import sessions
from lms.accounts.models import Account
from lms.accounts.sessions import digest
from lms.database import writing
from lms.trainings.actions.joining import new_device_token
from lms.trainings.models import Device


def sign_in_as(account: Account) -> str:
    """A complete sign-in of a demo account; its token."""
    with writing() as session:
        return sessions.begin(session, account, second_step=True)


def bind_device(participant_id: int) -> str:
    """One more device of a participant; the token for its cookie."""
    token = new_device_token()
    with writing() as session:
        session.add(
            Device(token_hash=digest(token), participant_id=participant_id, label="/demo", added_at=clock.now())
        )
    return token
