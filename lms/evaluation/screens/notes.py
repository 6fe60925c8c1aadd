"""„About the data”: what the figures rest on, and what is not shown and why, in sentences."""

from lms.evaluation.rules.answers import Banded, Rough
from lms.evaluation.rules.knowledge import Gained
from lms.evaluation.rules.privacy import Suppressed
from lms.evaluation.screens.report import Report
from lms.evaluation.tables.report import rounding_note
from lms.language import gettext as _
from lms.language import in_script, ngettext


def notes(report: Report) -> tuple[str, ...]:
    """The sentences that belong to this report, the general ones first."""
    return (*_about_people(report), *_about_answers(report), *_about_knowledge(report), *_about_source(report))


def _about_people(report: Report) -> list[str]:
    said = [
        _(
            "Sex and sector were given on joining. They are only counted: they are never crossed with each other or with answers."
        )
    ]
    if report.people.by_sector and report.people.sector_sum != 100:
        said.append(rounding_note(report))
    if report.people.published_only:
        known = report.people.published_only
        text = ngettext(
            "%(num)s participant is known only as a published number, without sex and sector.",
            "%(num)s participants are known only as a published number, without sex and sector.",
            known,
        )
        said.append(text)
    return said


def _about_answers(report: Report) -> list[str]:
    if not report.answers:
        return []
    said = [
        _(
            "The evaluation is anonymous: its answers are linked neither to names nor to tests. Shares are of those who answered and could judge."
        )
    ]
    if isinstance(report.forms, int) and report.forms <= report.people.total:
        said.append(
            _(
                "%(forms)s of %(people)s participants sent the evaluation.",
                forms=report.forms,
                people=report.people.total,
            )
        )
    if report.left_out:
        places = ", ".join(in_script(held.place) for held in report.left_out)
        said.append(
            _(
                "Not counted: answers from %(places)s. They are fewer than ten, and the difference to other reports would show them.",
                places=places,
            )
        )
    results = [one.result for one in report.answers]
    if any(isinstance(result, Banded) for result in results):
        said.append(_("Where all or nearly all gave the same answer, only a band is given."))
    if any(isinstance(result, Rough | Suppressed) for result in results):
        said.append(
            _(
                "Fewer than 5 answers are not shown at all; from 5 to 9 only a mean rounded to a half. Distributions and quotes begin with 10 answers."
            )
        )
    return said  # fmt: skip


def _about_knowledge(report: Report) -> list[str]:
    result = report.knowledge
    if not isinstance(result, Gained):
        return []
    said = _(
        "The tests compare the same people before and after, first attempts only: %(pairs)s took both tests, %(unmatched)s only one. "
        "The interval is Student's t on paired differences.",
        pairs=result.pairs,
        unmatched=result.unmatched,
    )
    return [said]


def _about_source(report: Report) -> list[str]:
    said = []
    if any(one.differs for one in report.headlines):
        said.append(
            _(
                "Where a published figure differs from the computed one, both are shown; the data were not changed to fit."
            )
        )
    if report.demo:
        said.append(_("Demonstration data: people and answers are invented."))
    return said  # fmt: skip
