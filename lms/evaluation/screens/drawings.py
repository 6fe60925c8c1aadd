"""The charts of a report by name: the same strings on the page, in the PDF, and as files."""

from collections.abc import Callable

from markupsafe import Markup

from lms import charts
from lms.evaluation.rules.answers import Answered, Full
from lms.evaluation.rules.knowledge import Gained, Part
from lms.evaluation.rules.numbers import percent
from lms.evaluation.rules.privacy import Band
from lms.evaluation.screens.report import Report
from lms.evaluation.tables.report import reversed_scale
from lms.evaluation.tables.table import Percent, reads
from lms.evaluation.wording import base_line, category_name, sex_name
from lms.language import gettext as _
from lms.language import localise, ngettext, show_number
from lms.sectors import sector


def drawings(report: Report) -> dict[str, Markup]:
    """Every chart that the report has figures for, in the language in force."""
    makers: dict[str, Callable[[Report], Markup | None]] = {
        "participants": participants,
        "sectors": sectors,
        "knowledge": knowledge,
        "shifts": shifts,
    }
    made = {name: maker(report) for name, maker in makers.items()}
    made |= {one.answered.item.key: question(one.answered) for one in report.headlines}
    return {name: drawing for name, drawing in made.items() if drawing is not None}


def participants(report: Report) -> Markup | None:
    """One ray a person."""
    people = report.people
    count = {one.key: one.count for one in people.by_sex}
    if not people.total:
        return None
    parts = ", ".join(f"{sex_name(one.key)} {one.count}" for one in people.by_sex)
    caption = ngettext("person", "people", people.total)
    hidden = count.get("", 0) + people.published_only
    return charts.rays(
        count.get("f", 0), count.get("m", 0), hidden, title=f"{people.total} {caption}: {parts}", caption=caption
    )


def sectors(report: Report) -> Markup | None:
    """Participants by sector, the largest first."""
    rows = [charts.Bar(sector(one.key).name, one.count, reads(Percent(one.percent))) for one in report.people.by_sector]
    return charts.bars(rows, title=_("Participants by sector"), width=520) if rows else None


def question(one: Answered) -> Markup | None:
    """The answers to one question as one bar; None where a distribution may not be shown."""
    if not isinstance(one.result, Full) or one.item.type not in ("scale", "yes-no"):
        return None
    counts = {category.key: category.count for category in one.result.categories}
    if one.item.type == "scale":
        shares = [counts[key] for key in reversed_scale(one.item)] + [one.result.cannot_judge]
    else:
        shares = [counts["yes"], 0, 0, 0, counts["no"]]
    base = one.result.base
    labels = [_short(count, base) for count in shares[:5]] + [str(count) for count in shares[5:]]
    return charts.likert(shares, labels, title=_in_words(one, counts), width=400)


def _short(count: int, base: int) -> str:
    return f"{show_number(percent(count, base, 1) or 0, 1)}%"  # type: ignore[arg-type]


def _in_words(one: Answered, counts: dict[str, int]) -> str:
    told = ", ".join(f"{category_name(one.item, key)} {counts[key]}" for key in reversed_scale(one.item) if counts[key])
    return f"{localise(one.item.text)} {told}; {base_line(one)}"


def knowledge(report: Report) -> Markup | None:
    """Shares of right answers before and after: all together, and by module."""
    result = report.knowledge
    if not isinstance(result, Gained):
        return None
    rows = [_change(localise(report.modules.get(part.module, part.module)), part) for part in result.parts]
    whole = charts.Change(_("all together"), float(result.before) / 100, float(result.after) / 100,
                          _percent(result.before), _percent(result.after), strong=True)  # fmt: skip
    title = _("Right answers before and after the training, all together and by module")
    shown = [row for row in rows if row is not None]
    return charts.slope([whole, *shown], title=title, heads=(_("before"), _("after")), width=400)


def _change(name: str, part: Part) -> charts.Change | None:
    if isinstance(part.before, Band) or isinstance(part.after, Band):
        return None
    return charts.Change(
        name, float(part.before) / 100, float(part.after) / 100, _percent(part.before), _percent(part.after)
    )


def _percent(value: object) -> str:
    return f"{show_number(float(str(value)))}%"


def shifts(report: Report) -> Markup | None:
    """Question by question: who went from right to wrong, and from wrong to right."""
    if not isinstance(report.knowledge, Gained):
        return None
    rows = [
        charts.Shift(localise(one.item.text), one.worse, one.better)
        for one in report.knowledge.changes
        if isinstance(one.worse, int) and isinstance(one.better, int)
    ]
    heads = (_("right, then wrong"), _("wrong, then right"))
    title = _("People whose answer changed, question by question")
    return charts.paired_shift(rows, title=title, heads=heads, width=560) if rows else None
