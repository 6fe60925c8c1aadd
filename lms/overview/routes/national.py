"""The national picture, and its yearly tables as files."""

import io

from flask import Response, make_response, request

from lms import ui
from lms.access import allow, row_number
from lms.errors import NotAllowed
from lms.evaluation.files import text, xlsx
from lms.language import gettext
from lms.overview import actions, tables
from lms.overview.access import national_reader
from lms.overview.routes import blueprint
from lms.overview.screens import national as screens
from lms.overview.wording import SHEETS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/overview")
@allow(national_reader)
def national() -> ui.Answer:
    """Where teams are, where people are missing, what has become of recommendations."""
    screen = screens.national(request.args.get("q", "")[:80], request.args.get("show") == "all")
    return ui.render_part("overview/national.html", "overview/_teams.html", screen=screen)


@blueprint.get("/overview/export")
@allow(national_reader)
def export() -> ui.Answer:
    """The tables of a year: all as a workbook, or one as CSV."""
    year, form = request.args.get("year", type=row_number), request.args.get("form", "xlsx")
    if year is None or form not in ("xlsx", "csv"):
        raise NotAllowed()
    return _file(year, form, request.args.get("table", "sectors"))


def _file(year: int, form: str, key: str) -> Response:
    made, file = tables.yearly_tables(year), io.BytesIO()
    if form == "csv":
        table = next((table for table in made if table.key == key), None)
        if table is None:
            raise NotAllowed()
        text.write_table(table, file)
        mimetype, name = "text/csv", f"lokalni-timovi-{year}-{key}.csv"
    else:
        xlsx.write({gettext(SHEETS[table.key]): [table] for table in made}, file)
        mimetype, name = XLSX, f"lokalni-timovi-{year}.xlsx"
    actions.note_export(year, name)
    response = make_response(file.getvalue())
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
