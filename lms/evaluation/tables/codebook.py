"""What each column of each table holds, and what stands in the place of a figure that is not given."""

from collections.abc import Iterable

from lms.evaluation.rules.privacy import Band, Suppressed
from lms.evaluation.tables.table import Column, Table, reads
from lms.language import gettext as _


def codebook(tables: Iterable[Table]) -> Table:
    """One line a column, then one line for each word that stands in the place of a figure."""
    columns = (
        Column("table", _("Table")),
        Column("column", _("Column")),
        Column("label", _("Heading")),
        Column("meaning", _("Meaning")),
    )
    lines = [(table.title, column.key, column.label, column.meaning) for table in tables for column in table.columns]
    return Table("codebook", _("Codebook"), columns, (*lines, *_signs()))


def _signs() -> list[tuple[str, str, str, str]]:
    everywhere = _("all tables")
    return [
        (everywhere, "", reads(Suppressed("none")), _("Nobody answered.")),
        (everywhere, "", reads(Suppressed("few")), _("One to four answers; nothing is said about them.")),
        (everywhere, "", reads(Suppressed("detail")), _("Five to nine answers, too few for this figure; or a figure that would give away a smaller group.")),
        (everywhere, "", reads(Suppressed("unanimous")), _("It would tell what everybody answered.")),
        (everywhere, "", reads(Band(90, 100)), _("All or nearly all gave the same answer; the exact share is not given.")),
    ]  # fmt: skip
