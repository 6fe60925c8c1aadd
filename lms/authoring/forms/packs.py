"""Forms for bringing a course in from a file, and for making a published course one's own."""

from collections import Counter
from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from lms.language import gettext, in_script
from lms.teams.models import Municipality
from lms.ui import N_, Form

LONGEST_TITLE = 200


class ImportForm(Form):
    """A course as a zip."""

    pack = FileField(N_("File with the course (zip)"), [FileRequired(N_("Choose the file with the course."))])


class ForkForm(Form):
    """What a course is called where it is made one's own."""

    municipality = SelectField(N_("For which city or municipality"), [Optional()])
    title_sr = StringField(N_("Title in Serbian, in Cyrillic"), [DataRequired(), Length(max=LONGEST_TITLE)])
    title_en = StringField(N_("Title in English"), [DataRequired(), Length(max=LONGEST_TITLE)])

    def __init__(self, places: Iterable[Municipality], **values: object) -> None:
        super().__init__(**values)
        listed = list(places)
        often = Counter(place.name_sr for place in listed)
        names = [
            (
                place.code,
                in_script(f"{place.name_sr} ({place.district_sr})" if often[place.name_sr] > 1 else place.name_sr),
            )
            for place in listed
        ]
        self.municipality.choices = [("", gettext("for no one in particular")), *names]
