"""What facilitators may type in."""

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import TextArea

from lms.ui import N_, Form, WholeNumberField


class CommandForm(Form):
    """Any button of the console, with the words that stand beside it."""

    move = HiddenField()
    reason = StringField(N_("Reason or text"), [Optional(), Length(max=600)], widget=TextArea())


class GroupsForm(Form):
    """How many groups, for which case."""

    case = SelectField(N_("Case"))
    count = WholeNumberField(N_("Number of groups"))
