"""What facilitators type in after the exercise."""

from wtforms import DateField, Field, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import TextArea

from lms import personal_data
from lms.language import gettext
from lms.ui import N_, Form


def nobody_named(_form: Form, field: Field) -> None:
    """The plan is printed: no phone numbers, e-mail addresses or ID numbers in it."""
    if found := personal_data.find(field.data or ""):
        piece = field.data[found[0].start : found[0].end]
        raise ValidationError(gettext("This looks like personal data: %(found)s. Leave it out.", found=piece))


class PlanForm(Form):
    """One line of the improvement plan; `line` is its number when it is changed."""

    line = HiddenField()
    what = StringField(N_("What we will do"), [InputRequired(), Length(max=400), nobody_named], widget=TextArea())
    who = StringField(
        N_("Which service"),
        [Optional(), Length(max=200), nobody_named],
        description=N_("An office or institution, not a person."),
    )
    until = DateField(N_("Until when"), [Optional()])
