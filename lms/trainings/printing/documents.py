"""Each printed document of a training as data, and as PDF in the language in force."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from lms import pdf
from lms.language import gettext, in_script, localise, show_date, show_dates
from lms.sectors import sector
from lms.trainings.models import HalfDay, Participant, Partner, ProgrammeItem, Training
from lms.trainings.rules import show_code
from lms.trainings.tables import Table, half_day_name
from lms.trainings.timetable import minutes_of, time_of

PAPERS = ("a4", "a3")
MOST_LOGOS = 8  # on a poster; further partners are named in words


def _frame(training: Training) -> dict[str, Any]:
    """What stands on every document."""
    return {
        "brand": gettext("Local teams"),
        "training": localise({"sr": training.title_sr, "en": training.title_en}),
        "place": in_script(training.municipality.name_sr),
        "venue": in_script(training.venue),
        "dates": show_dates(training.starts_on, training.ends_on),
    }


Credits = list[dict[str, Any]]


def credits(partners: Sequence[Partner], logos: Mapping[int, bytes]) -> Credits:
    """Partners as they are thanked: the credit line, or the name; the first eight with their logos."""
    rows = []
    for place, partner in enumerate(partners):
        name = localise({"sr": partner.name_sr, "en": partner.name_en})
        words = localise({"sr": partner.credit_sr, "en": partner.credit_en}) or name
        rows.append({"name": name, "words": words, "logo": logos.get(partner.id) if place < MOST_LOGOS else None})
    return rows


def poster(training: Training, join_address: str, site: str, thanks: Credits, paper: str) -> bytes:
    """How to come in: QR code and typed code, for the door and the wall."""
    data = _frame(training) | {
        "paper": paper if paper in PAPERS else "a4",
        "title": gettext("Join the training"),
        "steps": [gettext("Point your phone’s camera at the picture,"), gettext("or open %(site)s", site=site)],
        "type_code": gettext("and type the code"),
        "code": show_code(training.join_code),
        "qr": pdf.qr_svg(join_address),
        "qr_words": gettext("QR code that opens %(address)s", address=join_address),
        "no_password": gettext("No password and no application are needed. Your answers are never beside your name."),
        "credits": thanks,
    }
    return pdf.compile("poster", data, title=data["title"])


def name_tags(training: Training, people: Sequence[Participant]) -> bytes:
    """Eight to a page, to be cut."""
    tags = [
        {
            "name": person.name,
            "institution": person.institution,
            "place": in_script(person.municipality.name_sr) if person.municipality else "",
            "sector": sector(person.sector).name,
        }
        for person in people
    ]
    data = _frame(training) | {"tags": tags}
    return pdf.compile("name_tags", data, title=gettext("Name tags"))


def signature_sheet(training: Training, half_day: HalfDay, people: Sequence[Participant], spare: int = 8) -> bytes:
    """For a half-day: everybody by the alphabet, room to sign, and `spare` empty rows for those who came unannounced."""
    rows = [_signed_row(number, person) for number, person in enumerate(people, start=1)]
    rows += [_signed_row(number, None) for number in range(len(rows) + 1, len(rows) + spare + 1)]
    day = training.starts_on + timedelta(days=half_day.day - 1)
    data = _frame(training) | {
        "title": gettext("Signature sheet"),
        "half_day": f"{half_day_name(half_day.number)}, {show_date(day)}",
        "head": [gettext("No."), gettext("Name"), gettext("Sector"), gettext("Institution"), gettext("Signature")],
        "rows": rows,
        "trainer": gettext("Trainer"),
        "note": gettext("By signing you confirm only that you were present. The sheet is kept by the organiser."),
    }
    return pdf.compile("signature_sheet", data, title=f"{data['title']}: {data['half_day']}")


def _signed_row(number: int, person: Participant | None) -> list[str]:
    if person is None:
        return [str(number), "", "", ""]
    place = in_script(person.municipality.name_sr) if person.municipality else ""
    institution = ", ".join(filter(None, (person.institution, place)))
    return [str(number), person.name, sector(person.sector).short, institution]


def programme(training: Training, items: Sequence[ProgrammeItem], thanks: Credits) -> bytes:
    """The programme of all days."""
    days = []
    for number in sorted({item.day for item in items}):
        date = show_date(training.starts_on + timedelta(days=number - 1), weekday=True)
        lines = [_programme_line(item) for item in items if item.day == number]
        days.append({"title": gettext("Day %(number)d", number=number), "date": date, "lines": lines})
    data = _frame(training) | {"title": gettext("Programme"), "days": days, "credits": thanks}
    return pdf.compile("programme", data, title=f"{data['title']}: {data['training']}")


def _programme_line(item: ProgrammeItem) -> dict[str, Any]:
    ends = time_of(minutes_of(item.starts) + item.minutes)
    return {
        "time": f"{item.starts:%H:%M}–{ends:%H:%M}",
        "title": localise(item.title),
        "note": localise(item.note),
        "pause": item.kind == "break",
    }


def attendance(training: Training, table: Table) -> bytes:
    """The attendance of all half-days, for the organiser's file."""
    data = _frame(training) | {
        "title": table.title,
        "head": list(table.headers),
        "rows": [[str(cell) for cell in row] for row in table.rows],
    }
    return pdf.compile("attendance", data, title=f"{table.title}: {data['training']}")
