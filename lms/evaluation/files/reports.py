"""A report as PDF, XLSX, CSV or JSON, and its charts as pictures."""

import io
import re
import zipfile
from typing import NamedTuple

from lms import clock
from lms.evaluation.files import pictures, printed, text, xlsx
from lms.evaluation.screens.report import Report
from lms.evaluation.tables.codebook import codebook
from lms.evaluation.tables.report import tables
from lms.evaluation.tables.table import Table
from lms.language import HTML_LANG, current, localise
from lms.language import gettext as _
from lms.serbian import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS = {
    "summary": ("summary",),
    "participants": ("by-sex", "by-sector", "trainings"),
    "evaluation": ("headlines", "published", "questions", "distribution", "by-training"),
    "knowledge": ("knowledge", "modules", "items"),
    "exercises": ("exercises", "skipped-steps"),
    "findings": ("conclusions", "recommendations", "quotes"),
}


class File(NamedTuple):
    """What a browser saves."""

    content: bytes
    mimetype: str
    name: str


def make(report: Report, form: str) -> File:
    """The report as `pdf`, `xlsx`, `json`, `csv` (all figures in one table) or `zip` (CSVs with their codebook).

    Texts are in the language in force.
    """
    name = file_name(report)
    if form == "pdf":
        return File(printed.pdf(report), "application/pdf", f"{name}.pdf")
    made = tables(report)
    out = io.BytesIO()
    if form == "xlsx":
        xlsx.write(sheets(made), out)
        return File(out.getvalue(), XLSX, f"{name}.xlsx")
    if form == "json":
        day = clock.today().isoformat()
        text.write_json(localise(report.title), made, out, language=HTML_LANG[current()], counted_on=day)
        return File(out.getvalue(), "application/json", f"{name}.json")
    if form == "csv":
        text.write_figures(made, out)
        return File(out.getvalue(), "text/csv", f"{name}.csv")
    return File(packed(made), "application/zip", f"{name}-csv.zip")


def sheets(made: list[Table]) -> dict[str, list[Table]]:
    """The tables by worksheet, the codebook last."""
    titles = {
        "summary": _("Summary"),
        "participants": _("Participants"),
        "evaluation": _("Evaluation"),
        "knowledge": _("Knowledge"),
        "exercises": _("Exercises"),
        "findings": _("Findings"),
    }
    known = {table.key: table for table in made}
    found = {titles[sheet]: [known[key] for key in keys if key in known] for sheet, keys in SHEETS.items()}
    return {name: held for name, held in found.items() if held} | {_("Codebook"): [codebook(made)]}


def packed(made: list[Table]) -> bytes:
    """All figures as one CSV, the codebook, and each table by itself, in a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("figures.csv", "w") as file:
            text.write_figures(made, file)
        for name, table in [("codebook", codebook(made)), *((f"tables/{table.key}", table) for table in made)]:
            with archive.open(f"{name}.csv", "w") as file:
                text.write_table(table, file)
    return out.getvalue()


def picture(name: str, drawing: str, form: str) -> File:
    """A chart as SVG or PNG."""
    if form == "svg":
        return File(str(drawing).encode(), "image/svg+xml", f"{name}.svg")
    return File(pictures.png(str(drawing)), "image/png", f"{name}.png")


def file_name(report: Report) -> str:
    """„izvestaj-nis-2022” in letters that every system keeps."""
    places = "-".join(dict.fromkeys(held.place for held in report.held[:3]))
    kind = _("report")
    return re.sub(r"[^a-z0-9]+", "-", fold(f"{kind} {places} {report.ends_on.year}")).strip("-")
