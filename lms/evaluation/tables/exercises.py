"""The tables of the exercises: figures by case, and the steps left out most often."""

from lms.evaluation.rules.exercises import Exercise, Figures
from lms.evaluation.rules.privacy import Suppressed
from lms.evaluation.screens.report import Report
from lms.evaluation.tables.table import Cell, Column, Table, share
from lms.language import gettext as _
from lms.language import localise


def exercises(report: Report) -> list[Table]:
    """One line a case; then one line a step that groups left out."""
    columns = (
        Column("case", _("Case")),
        Column("groups", _("Groups"), _("groups that played the case to its end")),
        Column("people", _("People"), _("roles that somebody played, in the groups that are counted")),
        Column("on_time", _("Steps on time"), _("of the steps of the procedure that the story called for, in percent")),
        Column("late", _("Steps late"), _("of the same steps, in percent")),
        Column("not_done", _("Steps not done"), _("of the same steps, in percent")),
        Column("in_line", _("Decisions in line"), _("of the decisions of the groups, in line with the procedure, in percent")),
        Column("handoffs", _("Hand-offs in order"), _("of the hand-offs that could be made: complete, in time and within the rules, in percent")),
        Column("alone", _("Right alone"), _("of the answers given alone, in line with the procedure, in percent")),
        Column("together", _("Right together"), _("of the same decisions when the groups took them, in percent")),
    )  # fmt: skip
    rows = tuple((localise(one.title), one.groups, *_figures(one)) for one in report.exercises)
    note = _("Only what at least ten people played. An exercise has no winner: groups are never compared here.")
    return [Table("exercises", _("Exercises"), columns, rows, note), skipped(report)]


def _figures(one: Exercise) -> tuple[Cell, ...]:
    it = one.figures
    if isinstance(it, Suppressed):
        return (it, *[None] * 7)  # said once in the line
    alone = share(it.together.alone) if it.together else None
    tables = share(it.together.tables) if it.together else None
    shares = (it.on_time, it.late, it.not_done, it.in_line, it.handoffs)
    return (it.people, *(share(value) for value in shares), alone, tables)


def skipped(report: Report) -> Table:
    """The steps that groups left out most often."""
    columns = (
        Column("case", _("Case")),
        Column("step", _("Step")),
        Column("groups", _("Groups"), _("groups that did not do the step, though the story called for it")),
        Column("of", _("Of"), _("groups in which the story called for the step")),
    )
    rows = tuple(
        (localise(one.title), localise(step.text), step.groups, step.of)
        for one in report.exercises
        if isinstance(one.figures, Figures)
        for step in one.figures.skipped
    )
    return Table("skipped-steps", _("Steps left out most often"), columns, rows, named_by=2)
