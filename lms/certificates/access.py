"""Who may do what with a certificate. The rules load it into `g.certificate`."""

from flask import g

from lms.certificates import queries
from lms.errors import NotAllowed
from lms.trainings.access import participant_of, trainer_of


def issuer_of(training_id: int, certificate_id: int, **_arguments: object) -> None:
    """A trainer of the training in which this certificate was issued."""
    trainer_of(training_id)
    g.certificate = queries.certificate_in(training_id, certificate_id)
    if g.certificate is None:
        raise NotAllowed()


def holder_of(training_id: int, **_arguments: object) -> None:
    """The device's participant, who has been issued a certificate in this training."""
    participant_of(training_id)
    g.certificate = queries.own_certificate(g.participant.id)
    if g.certificate is None:
        raise NotAllowed()
