"""What staff may type into the forms of a training."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from lms import clock
from lms.content.models import CourseVersion
from lms.language import alphabet_key, gettext, in_script, localise, show_moment
from lms.sectors import sectors
from lms.teams.models import Municipality
from lms.trainings.rules import LONGEST_NAME, LONGEST_TITLE, LONGEST_TRAINING
from lms.trainings.timetable import KINDS
from lms.ui import N_, Form, WholeNumberField

SEX = {"": N_("not stated"), "f": N_("woman"), "m": N_("man")}
PARTS = {"trainer": N_("trainer"), "observer": N_("observer"), "reader": N_("reader of the report")}
PARTNER_KINDS = {"organiser": N_("organiser"), "partner": N_("partner"), "donor": N_("donor")}
LINE_KINDS = {
    "registration": N_("registration"), "talk": N_("talk"), "module": N_("module"), "exercise": N_("exercise"),
    "simulation": N_("simulation"), "survey": N_("survey"), "certificate": N_("certificates"), "break": N_("break"),
}  # fmt: skip


def place_choices(places: Iterable[Municipality], empty: str) -> list[SelectChoice]:
    """Municipalities as choices by the alphabet of the page; namesakes are told apart by their district."""
    places = sorted(places, key=lambda place: alphabet_key(place.name_sr))
    names = Counter(place.name_sr for place in places)
    choices = [SelectChoice("", empty)]
    for place in places:
        name = place.name_sr if names[place.name_sr] == 1 else f"{place.name_sr} ({place.district_sr})"
        choices.append(SelectChoice(place.code, in_script(name)))
    return choices


def _choices(labels: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, gettext(label)) for code, label in labels.items()]


class PlanForm(Form):
    """A training before it begins: names, place, days."""

    title_sr = StringField(N_("Title in Serbian"), [InputRequired(), Length(max=LONGEST_TITLE)])
    title_en = StringField(N_("Title in English"), [Optional(), Length(max=LONGEST_TITLE)])
    municipality_code = SelectField(N_("City or municipality"), [InputRequired()])
    venue = StringField(N_("Venue"), [Optional(), Length(max=200)])
    starts_on = DateField(N_("First day"), [InputRequired()])
    ends_on = DateField(N_("Last day"), [InputRequired()])

    def __init__(self, places: Iterable[Municipality], **values: Any) -> None:
        super().__init__(**values)
        self.municipality_code.choices = place_choices(places, gettext("Choose…"))

    def validate_ends_on(self, field: DateField) -> None:
        """The last day is not before the first, and not too far from it."""
        if not self.starts_on.data or not field.data:
            return
        if field.data < self.starts_on.data:
            raise ValidationError(gettext("It is before the first day."))
        if (field.data - self.starts_on.data).days >= LONGEST_TRAINING:
            raise ValidationError(gettext("A training may have at most 14 days."))


class NewForm(PlanForm):
    """A new training is held from a version of a course."""

    course_hash = SelectField(N_("Course"), [InputRequired()])

    def __init__(self, versions: Iterable[CourseVersion], places: Iterable[Municipality], **values: Any) -> None:
        super().__init__(places, **values)
        newest: set[str] = set()
        self.course_hash.choices = []
        for version in versions:  # of each course the newest first
            when = show_moment(version.published_at)
            if version.course_key not in newest:
                when = gettext("the newest version, %(date)s", date=when)
            newest.add(version.course_key)
            self.course_hash.choices.append(SelectChoice(version.hash, f"{localise(_title(version))} ({when})"))


def _title(version: CourseVersion) -> dict[str, str]:
    return {"sr": version.title_sr, "en": version.title_en}


class SettingsForm(PlanForm):
    """What may be changed about a training at any time."""

    attendance_percent = WholeNumberField(
        N_("Attendance needed for the certificate, in percent of half-days"), [InputRequired(), NumberRange(0, 100)]
    )
    teaching_hours = WholeNumberField(N_("Teaching hours of 45 minutes"), [InputRequired(), NumberRange(0, 200)])
    accreditation = StringField(N_("Accreditation"), [Optional(), Length(max=300)])
    lobby_opens_at = DateTimeLocalField(N_("Joining opens"), [Optional()])
    lobby_closes_at = DateTimeLocalField(N_("Joining closes"), [Optional()])
    days_moved = BooleanField(N_("Yes, move the days together with the attendance"))

    def validate_lobby_closes_at(self, field: DateTimeLocalField) -> None:
        """Joining closes after it opens."""
        if self.lobby_opens_at.data and field.data and field.data <= self.lobby_opens_at.data:
            raise ValidationError(gettext("Joining must close after it opens."))

    def moment(self, field: DateTimeLocalField) -> datetime | None:
        """What was typed, as a moment on a clock in Serbia."""
        return field.data.replace(tzinfo=clock.BELGRADE) if field.data else None


class StaffForm(Form):
    """An account gets a part in the training."""

    email = EmailField(N_("E-mail address of the account"), [InputRequired(), Email(), Length(max=254)])
    role = SelectField(N_("Part"), [InputRequired()])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.role.choices = _choices(PARTS)


class LineForm(Form):
    """One line of the programme."""

    day = WholeNumberField(N_("Day"), [InputRequired()])
    starts = TimeField(N_("Begins"), [InputRequired()])
    minutes = WholeNumberField(N_("Minutes"), [InputRequired(), NumberRange(1, 720)])
    kind = SelectField(N_("Kind"), [InputRequired()])
    title_sr = StringField(N_("Title in Serbian"), [InputRequired(), Length(max=LONGEST_TITLE)])
    title_en = StringField(N_("Title in English"), [Optional(), Length(max=LONGEST_TITLE)])
    note_sr = TextAreaField(N_("Note in Serbian"), [Optional(), Length(max=2000)])
    note_en = TextAreaField(N_("Note in English"), [Optional(), Length(max=2000)])
    seen = HiddenField()  # how the line was when the form was made

    def __init__(self, days: int, **values: Any) -> None:
        super().__init__(**values)
        self.days = days
        self.kind.choices = _choices({kind: LINE_KINDS[kind] for kind in KINDS})

    def validate_day(self, field: WholeNumberField) -> None:
        """One of the days that the training has."""
        if field.data is not None and not 1 <= field.data <= self.days:
            raise ValidationError(
                gettext("The training has no day %(day)s; its last is day %(last)s.", day=field.data, last=self.days)
            )


class PartnerForm(Form):
    """An organiser, partner or donor."""

    kind = SelectField(N_("Named as"), [InputRequired()])
    name_sr = StringField(N_("Name in Serbian"), [InputRequired(), Length(max=200)])
    name_en = StringField(N_("Name in English"), [Optional(), Length(max=200)])
    credit_sr = StringField(N_("Credit line in Serbian"), [Optional(), Length(max=400)])
    credit_en = StringField(N_("Credit line in English"), [Optional(), Length(max=400)])
    logo = FileField(N_("Logo"), [Optional()])
    drop_logo = BooleanField(N_("Remove the logo"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = _choices(PARTNER_KINDS)

    def picture(self) -> bytes | None:
        """The uploaded picture, if there is one."""
        return self.logo.data.read() or None if self.logo.data else None


class PersonForm(Form):
    """A person on the list."""

    name = StringField(N_("First and last name"), [InputRequired(), Length(max=LONGEST_NAME)])
    sector = SelectField(N_("Sector"), [InputRequired()])
    institution = StringField(N_("Institution"), [Optional(), Length(max=160)])
    municipality_code = SelectField(N_("City or municipality"), [Optional()])
    sex = RadioField(N_("Sex"), [Optional()], default="")
    email = EmailField(N_("E-mail address"), [Optional(), Email(), Length(max=254)])

    def __init__(self, places: Iterable[Municipality], **values: Any) -> None:
        super().__init__(**values)
        self.sector.choices = [SelectChoice("", gettext("Choose…"))]
        self.sector.choices += [SelectChoice(sector.code, sector.name) for sector in sectors().values()]
        self.municipality_code.choices = place_choices(places, gettext("not stated"))
        self.sex.choices = _choices(SEX)

    def validate_name(self, field: StringField) -> None:
        """A name has letters."""
        if sum(sign.isalpha() for sign in field.data or "") < 2:
            raise ValidationError(gettext("Please type your first and last name in letters."))


class RosterForm(Form):
    """A list of people as a file."""

    roster = FileField(N_("File with the list"), [FileRequired(N_("Choose the file with the list."))])
