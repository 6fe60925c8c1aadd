"""Stores tests as people would have filled them in, many at once."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.demo.rules import Answers
from lms.surveys.keys import pseudonym
from lms.surveys.models import Answer, Opening, Response

Sheet = tuple[int, Answers, bool]  # participant, answers, sent


def add_sheets(session: Session, opening: Opening, sheets: Iterable[Sheet]) -> None:
    """One response for each sheet, under the participant's pseudonym of this training."""
    ready = [(pseudonym(opening.training_id, person), answers, sent) for person, answers, sent in sheets]
    responses = [Response(opening_id=opening.id, pseudonym=name, submitted=sent) for name, _, sent in ready]
    session.add_all(responses)
    session.flush()
    rows: list[dict[str, Any]] = [
        {"response_id": response.id, "item": item, "value": value, "version": 1, "token": ""}
        for response, (_, answers, _) in zip(responses, ready, strict=True)
        for item, value in answers.items()
    ]
    if rows:
        session.execute(sa.insert(Answer), rows)
