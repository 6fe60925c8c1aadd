"""What the coordinator's office may type into the register of teams."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms import clock, personal_data
from lms.errors import Refused
from lms.language import alphabet_key, gettext, in_script
from lms.sectors import sectors
from lms.serbian import normalise_name, repair_lookalikes
from lms.teams.models import LocalTeam, Municipality
from lms.teams.rules import paired, unpaired
from lms.ui import N_, Form, WholeNumberField

EARLIEST = 1990
STATUS = {
    "active": N_("active"),
    "being-founded": N_("being founded"),
    "unconfirmed": N_("not confirmed"),
    "inactive": N_("inactive"),
}


def nobody_named(_form: Form, field: Field) -> None:
    """The register tells of institutions: no ID numbers, private phone numbers or addresses in its texts."""
    if found := personal_data.find(field.data or ""):
        piece = field.data[found[0].start : found[0].end]
        raise ValidationError(gettext("This looks like personal data: %(found)s. Leave it out.", found=piece))


def possible_year(_form: Form, field: Field) -> None:
    """A year of the recent past or this one."""
    if field.data is not None and not EARLIEST <= field.data <= clock.today().year + 1:
        raise ValidationError(gettext("Type a year, for example 2013."))


class TeamForm(Form):
    """What is known about a team."""

    municipality = SelectField(N_("City or municipality"), [InputRequired()])
    standing = SelectField(N_("Status"), [InputRequired()])  # `status` is the form's own
    founded_year = WholeNumberField(N_("Founded in the year"), [Optional(), possible_year])
    founding_act = StringField(
        N_("Founding act"),
        [Optional(), Length(max=200)],
        description=N_("Kind, body, number and date of the decision."),
    )
    coordinator = StringField(
        N_("Coordinator"),
        [Optional(), Length(max=160)],
        description=N_("The institution or function, not a private person."),
    )
    contact = StringField(
        N_("Contact of the office"),
        [Optional(), Length(max=200)],
        description=N_("An official phone or e-mail, never a private one."),
    )
    lead_bodies_sr = TextAreaField(
        N_("Lead bodies, in Serbian"), [Optional(), Length(max=2000), nobody_named], description=N_("One in each line.")
    )
    lead_bodies_en = TextAreaField(
        N_("Lead bodies, in English"),
        [Optional(), Length(max=2000), nobody_named],
        description=N_("One in each line, in the same order."),
    )
    tasks_sr = TextAreaField(
        N_("Tasks, in Serbian"), [Optional(), Length(max=4000), nobody_named], description=N_("One in each line.")
    )
    tasks_en = TextAreaField(
        N_("Tasks, in English"),
        [Optional(), Length(max=4000), nobody_named],
        description=N_("One in each line, in the same order."),
    )
    note_sr = TextAreaField(N_("Note, in Serbian"), [Optional(), Length(max=3000), nobody_named])
    note_en = TextAreaField(N_("Note, in English"), [Optional(), Length(max=3000), nobody_named])
    source = StringField(N_("Source"), [Optional(), Length(max=200)], description=N_("Where these facts come from."))
    verified_on = DateField(N_("Checked on"), [Optional()])

    def __init__(self, places: Iterable[Municipality], team: LocalTeam | None = None) -> None:
        super().__init__(data=_values(team) if team else {"standing": "active", "verified_on": clock.today()})
        self.standing.choices = [SelectChoice(code, gettext(label)) for code, label in STATUS.items()]
        by_name = sorted(places, key=lambda place: alphabet_key(place.name_sr))
        self.municipality.choices = [SelectChoice(place.code, in_script(place.name_sr)) for place in by_name]
        if team is None:
            self.municipality.choices.insert(0, SelectChoice("", gettext("Choose")))

    def validate_tasks_en(self, field: Field) -> None:
        """As many lines as in Serbian, or none."""
        self._paired(self.tasks_sr, field)

    def validate_lead_bodies_en(self, field: Field) -> None:
        """As many lines as in Serbian, or none."""
        self._paired(self.lead_bodies_sr, field)

    def _paired(self, serbian: Field, english: Field) -> None:
        try:
            paired(serbian.data or "", english.data or "")
        except Refused as refusal:
            raise ValidationError(gettext(refusal.message, **refusal.values)) from refusal

    def fields(self) -> dict[str, Any]:
        """The values to store."""
        plain = ("founding_act", "coordinator", "contact", "note_sr", "note_en", "source")
        return {name: repair_lookalikes((self[name].data or "").strip()) for name in plain} | {
            "status": self.standing.data,
            "founded_year": self.founded_year.data,
            "verified_on": self.verified_on.data,
            "lead_bodies": paired(repair_lookalikes(self.lead_bodies_sr.data or ""), self.lead_bodies_en.data or ""),
            "tasks": paired(repair_lookalikes(self.tasks_sr.data or ""), self.tasks_en.data or ""),
        }


def _values(team: LocalTeam) -> dict[str, Any]:
    names = (
        "founded_year",
        "founding_act",
        "coordinator",
        "contact",
        "note_sr",
        "note_en",
        "source",
        "verified_on",
    )
    values = {name: getattr(team, name) for name in names} | {
        "municipality": team.municipality_code,
        "standing": team.status,
    }
    for part in ("lead_bodies", "tasks"):
        values[f"{part}_sr"], values[f"{part}_en"] = unpaired(getattr(team, part))
    return values


class SeatForm(Form):
    """An institution's place in a team."""

    institution = StringField(N_("Institution"), [InputRequired(), Length(max=160), nobody_named])
    sector = SelectField(N_("Sector"), [InputRequired()])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.sector.choices = [SelectChoice("", gettext("Choose"))]
        self.sector.choices += [SelectChoice(one.code, one.name) for one in sectors().values()]

    def fields(self) -> dict[str, Any]:
        """The values to store."""
        return {"institution": normalise_name(self.institution.data, 160), "sector": self.sector.data}


class EntryForm(Form):
    """Something that a team has done, or means to do."""

    text_sr = TextAreaField(N_("Text in Serbian"), [InputRequired(), Length(max=1500), nobody_named])
    text_en = TextAreaField(N_("Text in English"), [Optional(), Length(max=1500), nobody_named])
    year = WholeNumberField(N_("Year"), [Optional(), possible_year])
    partner = StringField(N_("Partner"), [Optional(), Length(max=200), nobody_named])

    def fields(self) -> dict[str, Any]:
        """The values to store."""
        texts = {name: repair_lookalikes((self[name].data or "").strip()) for name in ("text_sr", "text_en", "partner")}
        return texts | {"year": self.year.data}
