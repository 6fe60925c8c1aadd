"""What changes: series, published figures, conclusions and recommendations; and the note that a report was taken away."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms import clock
from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.evaluation.models import Finding, PublishedFigure, Selection, Series, series_trainings
from lms.evaluation.queries import answers
from lms.evaluation.rules.privacy import check_selection, connected

SERIES_TEXTS = ("title_sr", "title_en", "intro_sr", "intro_en", "credit_sr", "credit_en")
FINDING_FIELDS = ("text_sr", "text_en", "addressee", "owner", "due_on", "state", "state_note")


def make_series(texts: Mapping[str, Any], training_ids: Collection[int]) -> int:
    """A new series; its id. Refused (409) when its report would speak of fewer than ten people."""
    with writing() as session:
        _remember(session, training_ids)
        series = Series(**{name: texts.get(name) or "" for name in SERIES_TEXTS})
        session.add(series)
        session.flush()
        _join(session, series.id, training_ids)
        record(session, "series.made", f"series {series.id}", trainings=sorted(training_ids))
        return series.id


def change_series(series_id: int, texts: Mapping[str, Any], training_ids: Collection[int]) -> None:
    """Other texts, other trainings. Refused (409) as in `make_series`."""
    with writing() as session:
        _remember(session, training_ids)
        values = {name: texts.get(name) or "" for name in SERIES_TEXTS}
        session.execute(sa.update(Series).where(Series.id == series_id).values(values))
        session.execute(sa.delete(series_trainings).where(series_trainings.c.series_id == series_id))
        _join(session, series_id, training_ids)
        record(session, "series.changed", f"series {series_id}", trainings=sorted(training_ids))


def drop_series(series_id: int) -> None:
    """No longer a series; that its trainings were once reported together stays remembered."""
    with writing() as session:
        session.execute(sa.delete(Series).where(Series.id == series_id))
        record(session, "series.dropped", f"series {series_id}")


def _join(session: Session, series_id: int, training_ids: Collection[int]) -> None:
    rows = [{"series_id": series_id, "training_id": training} for training in sorted(set(training_ids))]
    session.execute(sa.insert(series_trainings), rows)


def remember_selection(training_ids: Collection[int]) -> None:
    """Trainings that are reported together without being a series. Refused (409) as in `make_series`."""
    with writing() as session:
        _remember(session, training_ids)


def _remember(session: Session, training_ids: Collection[int]) -> None:
    """Keep for ever that these trainings were reported together: what later reports may show depends on it."""
    chosen, earlier = frozenset(training_ids), answers.earlier_selections()
    if not chosen:
        raise Refused("Choose at least one training.", status=422)
    if chosen in earlier:
        return
    groups = answers.evaluated(connected(chosen, [*earlier, chosen])).senders()
    check_selection(groups, earlier, chosen)
    session.add(Selection(trainings=" ".join(map(str, sorted(chosen)))))


def publish(series_id: int, published: bool) -> None:
    """Let report readers see the series, or take it back from them."""
    with writing() as session:
        moment = clock.now() if published else None
        session.execute(sa.update(Series).where(Series.id == series_id).values(published_at=moment))
        record(session, "series.published" if published else "series.withdrawn", f"series {series_id}")


def keep_figure(series_id: int, item: str, percent: Decimal, source: str) -> None:
    """A figure as it was published elsewhere; it replaces what was kept for the same question."""
    with writing() as session:
        session.execute(_figure(series_id, item))
        session.add(PublishedFigure(series_id=series_id, item=item, percent=float(percent), source=source))
        record(session, "figure.kept", f"series {series_id}", item=item, percent=str(percent))


def drop_figure(series_id: int, item: str) -> None:
    """No published figure for this question any more."""
    with writing() as session:
        session.execute(_figure(series_id, item))
        record(session, "figure.dropped", f"series {series_id}", item=item)


def _figure(series_id: int, item: str) -> sa.Delete:
    return sa.delete(PublishedFigure).where(PublishedFigure.series_id == series_id, PublishedFigure.item == item)


# ---- conclusions and recommendations ----

Home = Mapping[str, int]  # {"training_id": 7} or {"series_id": 3}


def add_finding(home: Home, kind: str, fields: Mapping[str, Any]) -> None:
    """A conclusion or recommendation at the end of its list."""
    with writing() as session:
        last = session.scalar(sa.select(sa.func.max(Finding.position)).filter_by(**home).where(Finding.kind == kind))
        session.add(Finding(**home, kind=kind, position=(last or 0) + 1, **_fields(fields)))
        record(session, "finding.added", subject_of(home), kind=kind)


def change_finding(home: Home, finding_id: int, fields: Mapping[str, Any]) -> None:
    """Other words, another state."""
    with writing() as session:
        session.execute(sa.update(Finding).filter_by(id=finding_id, **home).values(_fields(fields)))
        record(session, "finding.changed", subject_of(home), finding=finding_id, state=fields.get("state", ""))


def drop_finding(home: Home, finding_id: int) -> None:
    """Take a conclusion or recommendation out."""
    with writing() as session:
        session.execute(sa.delete(Finding).filter_by(id=finding_id, **home))
        record(session, "finding.dropped", subject_of(home), finding=finding_id)


def move_finding(home: Home, finding_id: int, up: bool) -> None:
    """Change places with the neighbour above or below; the ends stay where they are."""
    with writing() as session:
        moved = session.scalar(sa.select(Finding).filter_by(id=finding_id, **home))
        if moved is None:
            return
        same = sa.select(Finding).filter_by(kind=moved.kind, **home).order_by(Finding.position, Finding.id)
        order = list(session.scalars(same.execution_options(populate_existing=True)))
        place = order.index(moved)
        other = place - 1 if up else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        for position, finding in enumerate(order, start=1):
            finding.position = position


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: fields[name] for name in FINDING_FIELDS if name in fields}
    return {name: value if value is not None or name == "due_on" else "" for name, value in known.items()}


def subject_of(home: Home) -> str:
    """What the audit log calls the home of a report: „series 3”."""
    return " ".join(f"{name.removesuffix('_id')} {number}" for name, number in home.items())


def note_export(subject: str, form: str) -> None:
    """Somebody took a report away as a file."""
    with writing() as session:
        record(session, "report.exported", subject, format=form)
