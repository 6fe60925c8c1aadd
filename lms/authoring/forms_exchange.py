"""The form by which a file with questions comes in."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from lms.language import gettext
from lms.ui import N_, Form

LANGUAGES = (("sr", N_("Serbian")), ("en", N_("English")))


class ExchangeForm(Form):
    """A file, and the language of those texts in it that do not say it themselves."""

    questions = FileField(N_("File with questions"), [FileRequired(N_("Choose the file with the questions."))])
    language = RadioField(N_("In which language are they?"), default="sr")

    def __init__(self, *arguments: object, **values: object) -> None:
        super().__init__(*arguments, **values)
        self.language.choices = [(code, gettext(label)) for code, label in LANGUAGES]
