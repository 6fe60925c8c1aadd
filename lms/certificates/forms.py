"""What may be typed about certificates."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms import ui
from lms.certificates.rules import LONGEST_REASON
from lms.ui import N_


class NameForm(ui.Form):
    """The name as its holder writes it."""

    name = StringField(N_("First and last name"), [InputRequired(N_("This field is required."))])


class ReasonForm(ui.Form):
    """Why a certificate is revoked; public."""

    reason = TextAreaField(N_("Reason"), [InputRequired(N_("This field is required.")), Length(max=LONGEST_REASON)])


class PublicForm(ui.Form):
    """A form that changes nothing and must work without cookies, hence without a token in the session."""

    class Meta(ui.Form.Meta):
        csrf = False


class CheckForm(PublicForm):
    """Number and code from under the QR code."""

    serial = StringField(N_("Certificate number"), [InputRequired(N_("This field is required.")), Length(max=40)])
    code = StringField(N_("Code"), [InputRequired(N_("This field is required.")), Length(max=40)])


class MatchForm(PublicForm):
    """The name on the paper, to be compared."""

    name = StringField(N_("Name on the certificate"), [InputRequired(N_("This field is required.")), Length(max=400)])
