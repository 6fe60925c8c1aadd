"""The report as a page: everything in words, in the language in force, so that the template only prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup

from lms.evaluation.models import Finding
from lms.evaluation.rules.answers import Banded, Full, Rough
from lms.evaluation.rules.knowledge import Gained, RoughGain
from lms.evaluation.rules.privacy import Band
from lms.evaluation.screens.drawings import drawings, question
from lms.evaluation.screens.notes import notes
from lms.evaluation.screens.report import Headline, Report
from lms.evaluation.tables.report import distribution, said, tables
from lms.evaluation.tables.table import Percent, Printed, figure, printed, reads, share
from lms.evaluation.wording import (
    base_line,
    category_name,
    exact_words,
    finding_line,
    origin_line,
    sex_name,
    state_name,
    top_two_words,
)
from lms.language import current, in_script, localise, show_dates, show_number
from lms.language import gettext as _
from lms.sectors import RING, sector


@dataclass(frozen=True)
class Line:
    """A headline figure: the number large, what it means, the bar, and where it stands beside the published one."""

    key: str
    number: str
    size: str  # of the number: "" for a share, "band", "word"
    finding: str
    question: str
    base: str
    beside: str  # the other share: of one category, or of 4 and 5
    drawing: Markup | None
    twin: Printed | None
    published: str = ""
    differs: bool = False
    origin: str = ""


@dataclass(frozen=True)
class SectorBar:
    """A sector with its people; `width` in percent of the largest."""

    name: str
    icon: str
    count: int
    percent: str
    width: str


@dataclass(frozen=True)
class Gain:
    """Knowledge before and after in words."""

    before: str
    after: str
    difference: str = ""
    interval: str = ""
    gain: str = ""
    pairs: str = ""
    rough: bool = False


@dataclass(frozen=True)
class Advice:
    """A recommendation with the small lines under it."""

    text: str
    addressee: str
    due: date | None
    state: str
    state_name: str


class Thanked(NamedTuple):
    """Somebody who is thanked: the credit line; or what they are, and their name."""

    id: int
    kind: str
    has_logo: bool
    name: str
    words: str


@dataclass(frozen=True)
class Screen:
    """The page of a report."""

    title: str
    eyebrow: str
    intro: str
    credit: str
    places: tuple[tuple[str, str, int], ...]  # place, days, participants
    total: int
    sexes: tuple[tuple[str, str, int, str], ...]  # key, name, count, percent
    sectors: tuple[SectorBar, ...]
    empty_seats: tuple[str, str]  # sectors from which nobody came, and from which one person did
    attended: str
    scale: tuple[str, ...]  # labels of the bars' colours, from the strongest agreement
    headlines: tuple[Line, ...]
    charts: Mapping[str, Markup]
    chart_names: Mapping[str, str]
    tables: Mapping[str, Printed]
    gain: Gain | None
    quotes: tuple[str, ...]  # in Serbian, in the reader's script
    quote_language: str
    conclusions: tuple[str, ...]
    advice: tuple[Advice, ...]
    partners: tuple[Thanked, ...]
    notes: tuple[str, ...]
    home: Mapping[str, int]
    series: bool

    def address(self, view: str, **more: str | int) -> str:
        """The address of one of the report's files."""
        values: dict[str, Any] = {**self.home, **more}
        return url_for(f"evaluation.{view}", **values)


def show(report: Report, home: Mapping[str, int]) -> Screen:
    """The page of `report`; `home` is its address: {"training_id": 7} or {"series_id": 3}."""
    people = report.people
    return Screen(
        title=localise(report.title),
        eyebrow=eyebrow(report),
        intro=localise(report.intro),
        credit=localise(report.credit),
        places=tuple((in_script(h.place), show_dates(h.starts_on, h.ends_on), h.participants) for h in report.held),
        total=people.total,
        sexes=tuple((one.key, sex_name(one.key), one.count, reads(Percent(one.percent))) for one in people.by_sex),
        sectors=sector_bars(report),
        empty_seats=empty_seats(report),
        attended="" if people.attended is None else f"{show_number(float(people.attended), 1)}%",
        scale=scale_labels(report),
        headlines=tuple(headline(one) for one in report.headlines),
        charts=drawings(report),
        chart_names=chart_names(report),
        tables={table.key: printed(table) for table in tables(report)},
        gain=gain(report),
        quotes=tuple(in_script(quote) for quote in report.quotes),
        quote_language="sr-Cyrl" if current() == "sr" else "sr-Latn",
        conclusions=tuple(said(finding) for finding in report.conclusions),
        advice=tuple(advice(finding) for finding in report.recommendations),
        partners=thanked(report),
        notes=notes(report),
        home=home,
        series=report.series,
    )


def thanked(report: Report) -> tuple[Thanked, ...]:
    """Whom to thank. Where the series has a text of its own for that, only the logos stand beside it."""
    rows = []
    for one in report.partners:
        name = localise({"sr": one.name_sr, "en": one.name_en})
        credit = localise({"sr": one.credit_sr, "en": one.credit_en})
        rows.append(Thanked(one.id, "" if credit else one.kind, one.has_logo, name, credit or name))
    for kind in ("organiser", "partner", "donor"):  # those with a name alone, each role once
        plain = [one for one in rows if one.kind == kind and not one.has_logo]
        if len(plain) > 1:
            rows[rows.index(plain[0])] = plain[0]._replace(words=", ".join(one.words for one in plain))
            rows = [one for one in rows if one not in plain[1:]]
    if localise(report.credit):
        return tuple(one._replace(kind="", words="") for one in rows if one.has_logo)
    return tuple(rows)


def chart_names(report: Report) -> dict[str, str]:
    """What to call each chart where it can be saved."""
    numbered = {one.answered.item.key: str(place) for place, one in enumerate(report.headlines, start=1)}
    names = {
        "participants": _("Participants"),
        "sectors": _("Sectors"),
        "knowledge": _("Knowledge"),
        "shifts": _("Questions"),
    }
    return names | numbered


def eyebrow(report: Report) -> str:
    """The line over the title: what this is, and when it was."""
    kind = _("Report on a series of trainings") if report.series else _("Report on a training")
    return f"{kind}, {show_dates(report.starts_on, report.ends_on)}"


def sector_bars(report: Report) -> tuple[SectorBar, ...]:
    """Sectors by size."""
    largest = max((one.count for one in report.people.by_sector), default=1)
    return tuple(
        SectorBar(sector(one.key).name, sector(one.key).icon, one.count, reads(Percent(one.percent)), f"{100 * one.count / largest:.2f}%")
        for one in report.people.by_sector
    )  # fmt: skip


def empty_seats(report: Report) -> tuple[str, str]:
    """The sectors of the ring without anybody, and those with one person."""
    if not report.people.by_sector:
        return "", ""
    count = {one.key: one.count for one in report.people.by_sector}
    missing = [sector(code).name for code in RING if not count.get(code)]
    single = [sector(code).name for code in RING if count.get(code) == 1]
    return ", ".join(missing), ", ".join(single)


def scale_labels(report: Report) -> tuple[str, ...]:
    """What the colours of the bars mean, when all scales of the main figures have the same words."""
    scales = [one.answered.item for one in report.headlines if one.answered.item.type == "scale"]
    worded = {tuple(category_name(item, str(key)) for key in (5, 4, 3, 2, 1)) for item in scales}
    return worded.pop() if len(worded) == 1 else ()


def headline(one: Headline) -> Line:
    """A headline figure in words."""
    item, result = one.answered.item, one.answered.result
    cell = share(one.main)
    number = reads(cell)
    base = base_line(one.answered)
    told = isinstance(result, Full | Banded)
    if isinstance(result, Rough):
        number = _("mean %(mean)s", mean=show_number(float(result.mean), 1))
    elif isinstance(result, Full) and item.type == "yes-no":
        parts = [f"{category_name(item, c.key)} {c.count}" for c in result.categories]
        base = f"{base}: {', '.join(parts)}"
    twin = distribution((one.answered,))
    known = one.published
    return Line(
        key=item.key,
        number=number,
        size="" if isinstance(cell, Percent) else "band" if isinstance(cell, Band) else "word",
        finding=finding_line(item, one.leads_with_two) if told else localise(item.text),
        question=localise(item.text),
        base=base,
        beside=beside(one),
        drawing=question(one.answered),
        twin=printed(twin) if twin.rows else None,
        published=reads(Percent(known.percent)) if known else "",
        differs=one.differs,
        origin=origin_line(known.origin) if known and known.origin else "",
    )


def beside(one: Headline) -> str:
    """„тачно „у значајној мери”: 8,33%”, or the share of 4 and 5; empty where there is none to show."""
    if not isinstance(one.beside, Decimal | Band):
        return ""
    words = exact_words(one.answered.item) if one.leads_with_two else top_two_words(one.answered.item)
    told = reads(share(one.beside))
    return _("only %(words)s: %(figure)s", words=words, figure=told) if one.leads_with_two else f"{words}: {told}"


def gain(report: Report) -> Gain | None:
    """Knowledge in words; None when nothing may be said."""
    result = report.knowledge
    if isinstance(result, RoughGain):
        return Gain(_percent(result.before), _percent(result.after), rough=True)
    if not isinstance(result, Gained):
        return None
    return Gain(
        before=_percent(result.before),
        after=_percent(result.after),
        difference=_points(result.difference),
        interval=_(
            "95%% interval: %(low)s to %(high)s; computed from unrounded values",
            low=_points(result.low),
            high=_points(result.high),
        ),
        gain="" if result.gain is None else figure(result.gain),
        pairs=_(
            "%(pairs)s people took both tests, %(unmatched)s only one.", pairs=result.pairs, unmatched=result.unmatched
        ),
    )


def _percent(value: Decimal) -> str:
    return f"{show_number(float(value), 1)}%"


def _points(value: Decimal) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{show_number(float(abs(value)), 1)}"


def advice(finding: Finding) -> Advice:
    """A recommendation in words."""
    addressee = in_script(finding.addressee)
    return Advice(said(finding), addressee, finding.due_on, finding.state, state_name(finding.state))
