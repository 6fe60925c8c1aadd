"""The fixed list of tables of a report. There are no others, and no filters: that is what keeps small groups hidden."""

from lms import clock
from lms.content.course import Item
from lms.evaluation.models import Finding
from lms.evaluation.rules.answers import Answered, Banded, Full, Rough, categories_of, share_of
from lms.evaluation.rules.knowledge import Gained, RoughGain
from lms.evaluation.rules.privacy import Suppressed
from lms.evaluation.screens.report import Headline, Report
from lms.evaluation.tables.exercises import exercises
from lms.evaluation.tables.knowledge import knowledge
from lms.evaluation.tables.table import Cell, Column, Percent, Table, reads, share
from lms.evaluation.wording import category_name, finding_line, origin_line, sex_name, state_name
from lms.language import gettext as _
from lms.language import in_script, localise
from lms.sectors import sector


def tables(report: Report) -> list[Table]:
    """All tables of the report, in the language in force; empty ones are left out."""
    made = [
        summary(report),
        *participants(report),
        *evaluation(report),
        *knowledge(report),
        *exercises(report),
        *findings(report),
    ]
    return [table for table in made if table.rows]


def summary(report: Report) -> Table:
    """The figures that stand at the front."""
    places = ", ".join(dict.fromkeys(in_script(held.place) for held in report.held))
    rows: list[tuple[Cell, ...]] = [
        (_("Title"), localise(report.title)),
        (_("Trainings"), len(report.held)),
        (_("Places"), places),
        (_("First day"), report.starts_on),
        (_("Last day"), report.ends_on),
        (_("Participants"), report.people.total),
        *((sex_name(count.key), count.count) for count in report.people.by_sex),
        (_("Half-days attended"), share(report.people.attended)),
        (_("Evaluations sent"), report.forms),
    ]
    for one in report.headlines:
        item = one.answered.item
        rows.append((finding_line(item, one.leads_with_two), share(one.main)))
        if one.beside is not None:
            rows.append((finding_line(item, not one.leads_with_two), share(one.beside)))
    if isinstance(report.knowledge, Gained | RoughGain):
        rows += [
            (_("Right answers before the training"), Percent(report.knowledge.before)),
            (_("Right answers after the training"), Percent(report.knowledge.after)),
        ]
    rows.append((_("Counted on"), clock.today()))
    return Table("summary", _("Summary"), (Column("what", _("What")), Column("value", _("Value"))), tuple(rows))


# ---- who took part ----


def participants(report: Report) -> list[Table]:
    """By sex, by sector, by training: exact counts, never crossed."""
    count, part = Column("count", _("People")), Column("percent", _("Share"), _("of all participants, in percent"))
    people = report.people
    by_sex = tuple((sex_name(one.key), one.count, Percent(one.percent)) for one in people.by_sex)
    by_sector = tuple((sector(one.key).name, one.count, Percent(one.percent)) for one in people.by_sector)
    held = tuple((in_script(one.place), one.starts_on, one.ends_on, one.participants) for one in report.held)
    note = "" if people.sector_sum == 100 or not by_sector else rounding_note(report)
    places = (Column("place", _("Place")), Column("first", _("First day")), Column("last", _("Last day")), count)
    return [
        Table("by-sex", _("Participants by sex"), (Column("sex", _("Sex")), count, part), by_sex),
        Table("by-sector", _("Participants by sector"), (Column("sector", _("Sector")), count, part), by_sector, note),
        Table("trainings", _("Trainings"), places, held, named_by=2),
    ]


def rounding_note(report: Report) -> str:
    """Why the printed shares do not add up to 100."""
    total = reads(Percent(report.people.sector_sum))
    return _("Each share is rounded to two decimals; together they make %(sum)s.", sum=total)


# ---- the evaluation ----


def evaluation(report: Report) -> list[Table]:
    """The headline figures, every question, every category, and each training of a series."""
    return [headlines(report), questions(report), distribution(report.answers), by_training(report), published(report)]


def headlines(report: Report) -> Table:
    """The figures that stand large in the report."""
    columns = (
        Column("question", _("Question")),
        Column("category", _("Answer"), _("the category whose exact share is the headline figure")),
        Column("percent", _("Share"), _("of those who answered and could judge, in percent")),
        Column("top_two", _("4 or 5"), _("share of the two highest categories of a scale, in percent")),
        Column("base", _("Answers"), _("how many answered and could judge")),
    )
    rows = tuple(
        (localise(one.answered.item.text), category_name(one.answered.item, str(one.answered.item.headline)), share(one.answered.headline), share(one.answered.top_two), base_of(one.answered))
        for one in report.headlines
    )  # fmt: skip
    return Table("headlines", _("Main figures"), columns, rows, named_by=2)


def base_of(one: Answered) -> Cell:
    """How many answers a result rests on; withheld for small groups."""
    if isinstance(one.result, Full | Banded):
        return one.result.base
    return Suppressed("detail") if isinstance(one.result, Rough) else one.result


def questions(report: Report) -> Table:
    """Every question that anybody answered, in one line."""
    columns = (
        Column("item", _("Key")),
        Column("question", _("Question")),
        Column("base", _("Answers"), _("how many answered and could judge")),
        Column("cannot_judge", _("Cannot judge"), _("chose “cannot judge”; not in the base")),
        Column("missing", _("No answer"), _("sent the form without answering this question; not in the base")),
        Column("mean", _("Mean"), _("of a scale from 1 to 5; rounded to a half when 5 to 9 answered")),
        Column("top_two", _("4 or 5"), _("share of the two highest categories of a scale, in percent")),
    )
    told = [one for one in report.answers if one.result != Suppressed("none")]
    rows = tuple((one.item.key, localise(one.item.text), *_question(one)) for one in told)
    return Table("questions", _("All questions"), columns, rows, named_by=2)


def _question(one: Answered) -> tuple[Cell, ...]:
    result = one.result
    if isinstance(result, Full):
        return (result.base, result.cannot_judge, result.missing, result.mean, share(result.top_two))
    if isinstance(result, Banded):
        told = Suppressed("unanimous") if one.item.type == "scale" else None
        return (result.base, result.cannot_judge, result.missing, told, told)
    if isinstance(result, Rough):
        hidden = Suppressed("detail")
        return (hidden, hidden, hidden, result.mean, hidden)
    return (result, None, None, None, None)


def distribution(answers: tuple[Answered, ...]) -> Table:
    """Every category of every question that ten or more answered."""
    columns = (
        Column("item", _("Key")),
        Column("question", _("Question")),
        Column("category", _("Answer")),
        Column("count", _("People")),
        Column("percent", _("Share"), _("of those who answered and could judge, in percent")),
    )
    rows = tuple(
        (one.item.key, localise(one.item.text), category_name(one.item, key), *_category(one, key))
        for one in answers
        if isinstance(one.result, Full | Banded)
        for key in reversed_scale(one.item)
    )
    return Table("distribution", _("Distribution of answers"), columns, rows, named_by=3)


def reversed_scale(item: Item) -> tuple[str, ...]:
    """Categories in the order in which they are drawn: a scale from the strongest agreement down."""
    keys = categories_of(item)
    return keys[::-1] if item.type == "scale" else keys


def _category(one: Answered, key: str) -> tuple[Cell, Cell]:
    if isinstance(one.result, Full):
        count = next(category.count for category in one.result.categories if category.key == key)
        return count, share(share_of(one.result, key))
    return Suppressed("unanimous"), share(share_of(one.result, key))


def by_training(report: Report) -> Table:
    """The headline shares of each training of a series that ten or more answered."""
    columns = (
        Column("place", _("Place")),
        Column("first", _("First day")),
        *(Column(one.answered.item.key, localise(one.answered.item.text)) for one in report.headlines),
    )
    rows = tuple(
        (in_script(row.held.place), row.held.starts_on, *(share(value) for value in row.shares))
        for row in report.by_training
    )
    two = any(one.leads_with_two for one in report.headlines)
    note = _("Of a scale: the share of 4 and 5 together.") if two else _("Of a scale: the share of one category.")
    return Table(
        "by-training", _("Main figures by training"), columns, rows if report.headlines else (), note, named_by=2
    )


def published(report: Report) -> Table:
    """Figures published elsewhere beside the computed ones."""
    columns = (
        Column("question", _("Question")),
        Column("published", _("Published"), _("as it was printed, in percent")),
        Column("computed", _("Computed"), _("from the answers kept here, in percent")),
        Column("possible", _("Can it be?"), _("whether the number of answers could give the published figure")),
        Column("source", _("Source")),
    )
    rows = tuple(_published(one) for one in report.headlines if one.published)
    return Table("published", _("Published figures"), columns, rows)


def _published(one: Headline) -> tuple[Cell, ...]:
    figure = one.published
    if figure is None:  # only rows with one are asked for
        return ()
    verdict = origin_line(figure.origin) if figure.origin else ""
    return (
        localise(one.answered.item.text),
        Percent(figure.percent),
        share(one.answered.headline),
        verdict,
        figure.source,
    )


# ---- conclusions and recommendations ----


def findings(report: Report) -> list[Table]:
    """Conclusions, and recommendations with whom they ask for what until when."""
    text = Column("text", _("Text"))
    number = Column("number", _("No."))
    conclusions = tuple((place, said(one)) for place, one in enumerate(report.conclusions, start=1))
    wanted = (
        Column("addressee", _("To whom")),
        Column("owner", _("Who follows it up")),
        Column("due", _("Until when")),
        Column("state", _("State")),
        Column("note", _("Note")),
    )
    recommendations = tuple(
        (
            place,
            said(one),
            in_script(one.addressee),
            in_script(one.owner),
            one.due_on,
            state_name(one.state),
            in_script(one.state_note),
        )
        for place, one in enumerate(report.recommendations, start=1)
    )
    quotes = tuple((place, in_script(quote)) for place, quote in enumerate(report.quotes, start=1))
    return [
        Table("conclusions", _("Conclusions"), (number, text), conclusions),
        Table("recommendations", _("Recommendations"), (number, text, *wanted), recommendations),
        Table("quotes", _("In the words of participants"), (number, text), quotes),
    ]


def said(finding: Finding) -> str:
    """A conclusion or recommendation in the language in force."""
    return localise({"sr": finding.text_sr, "en": finding.text_en})
