"""What trainees type."""

from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional

from lms.language import gettext
from lms.sectors import sectors
from lms.serbian import normalise_name
from lms.trainings.queries import trainee
from lms.trainings.rules import LONGEST_NAME
from lms.ui import N_, Form

SEX = {"f": N_("Woman"), "m": N_("Man"), "": N_("I would rather not say")}
NAME_TOO_LONG = N_("A name may have at most 120 characters. What you typed is kept; please shorten it.")


class CodeForm(Form):
    """The code from the wall."""

    code = StringField(N_("Training code"), [InputRequired(), Length(max=40)])


class ResumeForm(Form):
    """A code made on the first device, or by the trainer."""

    code = StringField(N_("Resume code"), [InputRequired(), Length(max=40)])


class HereForm(Form):
    """The code that the trainer reads out."""

    code = StringField(N_("Attendance code"), [InputRequired(), Length(max=40)])


class NameForm(Form):
    """First question when joining: who are you?"""

    name = StringField(N_("First and last name"), [InputRequired(), Length(max=LONGEST_NAME, message=NAME_TOO_LONG)])

    def validate_name(self, field: StringField) -> None:
        """A name has letters."""
        if sum(sign.isalpha() for sign in normalise_name(field.data or "", limit=1000)) < 2:
            raise ValidationError(gettext("Please type your first and last name in letters."))


class DetailsForm(NameForm):
    """Where one comes from. Asked once, never again."""

    chosen = HiddenField()
    sector = SelectField(N_("Sector"), [InputRequired(N_("Choose your sector."))])
    institution = StringField(N_("Institution"), [Optional(), Length(max=160)])
    municipality = StringField(N_("City or municipality"), [InputRequired(), Length(max=80)])
    sex = RadioField(N_("Sex"), [Optional()])
    email = EmailField(N_("E-mail address"), [Optional(), Email(), Length(max=254)])
    municipality_code: str | None = None

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.sector.choices = [SelectChoice("", gettext("Choose…"))]
        self.sector.choices += [SelectChoice(sector.code, sector.name) for sector in sectors().values()]
        self.sex.choices = [SelectChoice(code, gettext(label)) for code, label in SEX.items()]

    def validate_municipality(self, field: StringField) -> None:
        """A local government that exists, under any script."""
        found = trainee.municipality_by_name(field.data or "")
        if found is None:
            raise ValidationError(
                gettext("We do not know this place. Choose one from the list that opens as you type.")
            )
        self.municipality_code = found.code


class AboutMeForm(NameForm):
    """What the holder may mend."""

    email = EmailField(N_("E-mail address"), [Optional(), Email(), Length(max=254)])
    show_on_certificate = BooleanField(N_("Whoever checks my certificate may see my name"))
