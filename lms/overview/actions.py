"""The audit log hears of exports."""

from lms.accounts.audit import record
from lms.database import writing


def note_export(year: int, form: str) -> None:
    """Somebody took the tables of a year out of the system."""
    with writing() as session:
        record(session, "export.made", f"overview {year}", what=form)
