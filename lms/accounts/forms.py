"""What staff type about themselves and each other."""

from wtforms import BooleanField, EmailField, PasswordField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.accounts.models import ROLES
from lms.accounts.rules import is_name
from lms.language import gettext
from lms.ui import N_, Form

ROLE_NAMES = {
    "administrator": N_("Administrator"),
    "office": N_("Coordinator's office"),
    "trainer": N_("Trainer"),
    "author": N_("Author"),
    "reader": N_("Report reader"),
}


class CheckboxList(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SignInForm(Form):
    """Address and password."""

    email = EmailField(N_("E-mail address"), [InputRequired(), Length(max=254)])
    password = PasswordField(N_("Password"), [InputRequired(), Length(max=200)])


class CodeForm(Form):
    """The second step."""

    code = StringField(N_("Code"), [InputRequired(), Length(max=20)])


class NewPasswordForm(Form):
    """A password that only its holder knows."""

    password = PasswordField(N_("New password"), [InputRequired(), Length(max=200)])


class ChangePasswordForm(NewPasswordForm):
    """The same, by somebody who has one."""

    present = PasswordField(N_("Present password"), [InputRequired(), Length(max=200)])


class InviteForm(Form):
    """A new member of staff."""

    name = StringField(N_("Name"), [InputRequired()])
    email = EmailField(N_("E-mail address"), [InputRequired(), Email(allow_smtputf8=False), Length(max=254)])
    roles = CheckboxList(N_("Roles"))

    def __init__(self, *arguments: object, **values: object) -> None:
        super().__init__(*arguments, **values)
        self.roles.choices = role_choices()

    def validate_name(self, field: StringField) -> None:
        """A name that can be read: not one letter, not a page, not only signs."""
        if not is_name(field.data):
            raise ValidationError(gettext("Type the first and last name: 2 to 120 characters, letters among them."))

    def validate_roles(self, field: CheckboxList) -> None:
        """An account without a role could open nothing."""
        if not field.data:
            raise ValidationError(gettext("Choose at least one role."))


class RolesForm(Form):
    """What an account may do."""

    roles = CheckboxList(N_("Roles"))
    active = BooleanField(N_("May sign in"))

    def __init__(self, *arguments: object, **values: object) -> None:
        super().__init__(*arguments, **values)
        self.roles.choices = role_choices()


def role_choices() -> list[SelectChoice]:
    """The roles, named in the language in force."""
    return [SelectChoice(role, gettext(ROLE_NAMES[role])) for role in ROLES]
