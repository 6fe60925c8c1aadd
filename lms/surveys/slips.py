"""Personal links on paper and in mail. A link is one person's own, so it goes to that person and nobody else."""

from collections.abc import Sequence

from lms import pdf
from lms.content.course import Survey
from lms.language import gettext, in_script, localise, show_dates
from lms.surveys.rules import FOLLOW_UP_OPEN
from lms.trainings.models import Training


def sheet(training: Training, survey: Survey, people: Sequence[tuple[str, str]]) -> bytes:
    """A PDF with a slip for each (name, address): eight to an A4 page, to be cut and handed over one by one."""
    data = {
        "title": localise(survey.title),
        "place": in_script(training.municipality.name_sr),
        "dates": show_dates(training.starts_on, training.ends_on),
        "for": gettext("For:"),
        "how": gettext("Point the camera of your phone at the picture, or type the address."),
        "own": gettext("This link is yours alone. Please do not pass it on."),
        "slips": [{"name": name, "address": address, "qr": pdf.qr_svg(address)} for name, address in people],
        "qr_words": gettext("Picture with your personal link"),
    }
    return pdf.compile("slips", data, localise(survey.title))


def mail_text(training: Training, survey: Survey) -> tuple[str, str]:
    """Subject and text of the message; `{link}` stands for the personal link."""
    text = gettext(
        "Hello,\n\nsome time ago you took part in the training in %(place)s (%(dates)s). We would like to know what has stayed of "
        "it in your work. The questionnaire takes about %(minutes)s minutes and can be answered in several sittings.\n\nThis link "
        "is yours alone; please do not pass it on. It is valid for %(days)s days from the opening of the questionnaire:\n",
        place=in_script(training.municipality.name_sr),
        dates=show_dates(training.starts_on, training.ends_on),
        minutes=survey.minutes,
        days=FOLLOW_UP_OPEN.days,
    )
    return localise(survey.title), f"{text}\n{{link}}\n"
