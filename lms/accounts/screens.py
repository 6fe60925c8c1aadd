"""The audit log as it is read: entries in words, equal ones after each other folded into one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from lms.accounts import queries, wording
from lms.accounts.models import AuditEntry
from lms.accounts.subjects import Subject, named
from lms.language import gettext as _
from lms.language import in_script

PAGE = 50  # entries read for one page, before folding


@dataclass(frozen=True)
class Line:
    """Equal actions of one person on one subject, the newest first. `stored` are the entries as they are in the log."""

    at: datetime
    who: str
    sentence: str
    subject: Subject
    details: str
    count: int
    stored: tuple[AuditEntry, ...]


@dataclass(frozen=True)
class Log:
    """One page of the log; `older` is the entry before which the next page begins."""

    lines: tuple[Line, ...]
    kind: str
    kinds: tuple[tuple[str, str], ...]  # key and name of each filter, the first for everything
    older: int | None


def log(kind: str, before: int | None) -> Log:
    """The newest entries of one kind of action ("" for all), older than the entry `before`. At most five statements."""
    kind = kind if kind in wording.KINDS else ""
    entries = queries.audit_page(before, tuple(wording.SENTENCES.get(kind, ())), PAGE)
    names = named({entry.subject for entry in entries})
    groups = [
        tuple(group)
        for _key, group in groupby(entries, lambda one: (one.account_id, one.account_name, one.action, one.subject))
    ]
    return Log(
        lines=tuple(_line(group, names) for group in groups),
        kind=kind,
        kinds=(("", _("Everything")), *((key, _(name)) for key, name in wording.KINDS.items())),
        older=entries[-1].id if len(entries) == PAGE else None,
    )


def _line(group: Sequence[AuditEntry], names: dict[str, Subject]) -> Line:
    newest = group[0]
    return Line(
        at=newest.at,
        who=in_script(newest.account_name) if newest.account_id else _("command line"),
        sentence=wording.sentence(newest.action),
        subject=names.get(newest.subject, Subject(newest.subject)),
        details=wording.details(newest.detail) if len(group) == 1 else "",
        count=len(group),
        stored=tuple(group),
    )
