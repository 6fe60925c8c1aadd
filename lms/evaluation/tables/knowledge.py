"""The tables of the tests: the whole, by module, by question."""

from lms.evaluation.rules.knowledge import Gained, RoughGain
from lms.evaluation.screens.report import Report
from lms.evaluation.tables.table import Cell, Column, Percent, Table, share
from lms.language import gettext as _
from lms.language import localise


def knowledge(report: Report) -> list[Table]:
    """Before and after: the whole, by module, by item."""
    result = report.knowledge
    head = (Column("measure", _("Measure")), Column("value", _("Value")))
    if isinstance(result, RoughGain):
        rows: tuple[tuple[Cell, ...], ...] = (
            (_("Right answers before, rounded to tens"), Percent(result.before)),
            (_("Right answers after, rounded to tens"), Percent(result.after)),
        )
        return [Table("knowledge", _("Knowledge before and after"), head, rows)]
    if not isinstance(result, Gained):
        return [Table("knowledge", _("Knowledge before and after"), head, ((_("People who took both tests"), result),))]
    return [Table("knowledge", _("Knowledge before and after"), head, _whole(result)), modules(report), items(result)]


def _whole(result: Gained) -> tuple[tuple[Cell, ...], ...]:
    return (
        (_("People who took both tests"), result.pairs),
        (_("People who took only one"), result.unmatched),
        (_("Questions"), result.items),
        (_("Right answers before"), Percent(result.before)),
        (_("Right answers after"), Percent(result.after)),
        (_("Difference, in percentage points, computed from unrounded values"), result.difference),
        (_("95% interval of the difference, from"), result.low),
        (_("95% interval of the difference, to"), result.high),
        (_("Normalised gain of the means"), result.gain),
    )


def modules(report: Report) -> Table:
    """Shares of right answers by module."""
    columns = (Column("module", _("Module")), Column("items", _("Questions")), *_before_after())
    parts = report.knowledge.parts if isinstance(report.knowledge, Gained) else ()
    rows = tuple(
        (localise(report.modules.get(part.module, part.module)), part.items, share(part.before), share(part.after))
        for part in parts
    )
    return Table("modules", _("Knowledge by module"), columns, rows)


def _before_after() -> tuple[Column, Column]:
    meaning = _("share of right answers, in percent")
    return Column("before", _("Before"), meaning), Column("after", _("After"), meaning)


def items(result: Gained) -> Table:
    """Shares of right answers by item, and who went from right to wrong and from wrong to right."""
    columns = (
        Column("item", _("Key")),
        Column("question", _("Question")),
        *_before_after(),
        Column("worse", _("Right, then wrong"), _("people whose answer was right before and not after")),
        Column("better", _("Wrong, then right"), _("people whose answer was right after and not before")),
    )
    rows = tuple(
        (one.item.key, localise(one.item.text), share(one.before), share(one.after), one.worse, one.better)
        for one in result.changes
    )
    return Table("items", _("Knowledge by question"), columns, rows, named_by=2)
