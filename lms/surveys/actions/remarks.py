"""The remark desk: taking names out of free texts, and choosing what may be printed."""

import sqlalchemy as sa

from lms.database import writing
from lms.errors import Refused
from lms.surveys.models import Remark
from lms.surveys.queries.evaluations import readable
from lms.surveys.rules import FEWEST_FOR_REMARKS


def treat(training_id: int, key: bytes, redacted: str | None, quoted: bool) -> None:
    """Store what staff made of a remark: `redacted` replaces its text (None: as written, empty: not shown), `quoted`: printed.

    Refused: 404 when the training has no such readable remark, 409 when its author did not allow it to be quoted.
    """
    with writing() as session:
        remark = session.scalar(
            sa.select(Remark)
            .where(Remark.key == key, Remark.opening_id.in_(readable(FEWEST_FOR_REMARKS, [training_id])))
            .execution_options(populate_existing=True)
        )
        if remark is None:
            raise Refused("There is no such remark in this training.", status=404)
        if quoted and not remark.may_quote:
            raise Refused("The person who wrote this did not allow it to be quoted.")
        remark.redacted = redacted if redacted != remark.text else None
        remark.quoted = quoted
