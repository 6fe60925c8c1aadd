"""The report on paper: typst, tagged, with the same words and charts as the page."""

import html
import re
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from lms import pdf as paper
from lms.evaluation.queries.reports import partners
from lms.evaluation.screens.page import Screen, show
from lms.evaluation.screens.report import Report
from lms.evaluation.tables.table import Printed
from lms.language import gettext as _
from lms.language import localise, show_date

TABLES = ("by-training", "modules", "published", "questions", "exercises", "skipped-steps")


def pdf(report: Report) -> bytes:
    """The report as PDF/UA-1 on A4, in the language in force."""
    return paper.compile("report", document(report), localise(report.title))


def document(report: Report) -> dict[str, Any]:
    """What the template prints."""
    screen = show(report, {})
    logos = {partner.id: partner.logo for partner in partners([held.id for held in report.held], with_logos=True)}
    return {
        "words": _words(screen),
        "eyebrow": screen.eyebrow,
        "title": screen.title,
        "intro": screen.intro,
        "places": [f"{place}, {days}" for place, days, _count in screen.places],
        "sexes": [[name, count, percent] for _key, name, count, percent in screen.sexes],
        "sector_note": screen.tables["by-sector"].note if "by-sector" in screen.tables else "",
        "seats": _seats(screen),
        "charts": {name: _chart(drawing) for name, drawing in screen.charts.items()},
        "scale": list(screen.scale),
        "figures": [
            {"key": line.key, "number": line.number, "size": line.size, "finding": line.finding,
             "base": " · ".join(filter(None, (line.base, line.beside))),
             "note": _published(line.published, line.origin, line.differs), "differs": line.differs}
            for line in screen.headlines
        ],
        "gain": asdict(screen.gain) if screen.gain else None,
        "tables": {key: _table(screen.tables[key]) for key in TABLES if key in screen.tables},
        "quotes": [_("“%(quote)s”", quote=quote) for quote in screen.quotes],
        "conclusions": list(screen.conclusions),
        "advice": [{"text": one.text, "small": _small(one.addressee, one.due, one.state, one.state_name)} for one in screen.advice],
        "notes": list(screen.notes),
        "partners": [
            {"name": partner.name, "words": partner.words, "logo": logos[partner.id]} for partner in screen.partners
        ],
        "credit": screen.credit,
    }  # fmt: skip


def _words(screen: Screen) -> dict[str, str]:
    return {
        "brand": _("Local teams"),
        "who": _("Who took part"),
        "ray": _("Each ray is one person."),
        "attended": _("Participants were there for %(share)s of the half-days.", share=screen.attended)
        if screen.attended
        else "",
        "sectors": _("By sector"),
        "rated": _("How they rated the training"),
        "none": _("No evaluation yet"),
        "knowledge": _("Knowledge before and after"),
        "before": _("before"),
        "after": _("after"),
        "difference": _("difference in points"),
        "rough": _("Five to nine people took both tests; the means are rounded to tens."),
        "gain": _("Normalised gain of the means, a secondary figure: %(gain)s.", gain=screen.gain.gain)
        if screen.gain
        else "",
        "quotes": _("In the words of participants"),
        "conclusions": _("Conclusions"),
        "recommendations": _("Recommendations"),
        "about": _("About the data"),
        "details": _("Figures in detail"),
    }


def _seats(screen: Screen) -> dict[str, str] | None:
    missing, single = screen.empty_seats
    if not (missing or single):
        return None
    said = [_("Nobody came from: %(sectors)s.", sectors=missing) if missing else ""]
    said.append(_("Only one person each: %(sectors)s.", sectors=single) if single else "")
    return {"head": _("Empty places at the table."), "text": " ".join(filter(None, said))}


def _chart(drawing: Markup) -> dict[str, str]:
    """The drawing and, in words, what it shows."""
    found = re.search(r'aria-label="([^"]*)"', drawing)
    return {"svg": str(drawing), "words": html.unescape(found[1]) if found else ""}


def _published(figure: str, origin: str, differs: bool) -> str:
    if not figure:
        return ""
    return f"{_('Published: %(figure)s', figure=figure)} – {origin}" if differs else _("as published")


def _table(table: Printed) -> dict[str, Any]:
    return {
        "title": table.title,
        "head": [list(head) for head in table.headers],
        "rows": [list(row) for row in table.rows],
        "note": table.note,
    }


def _small(addressee: str, due: Any, state: str, name: str) -> str:
    parts = [addressee, show_date(due) if due else "", name if state != "proposed" else ""]
    return " · ".join(filter(None, parts))
