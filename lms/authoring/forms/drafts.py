"""Forms about drafts as a whole: a new course, a new document in one."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional

from lms.authoring.starting import starters
from lms.language import gettext
from lms.ui import N_, Form

MODULE, PAGE, SURVEY, CASE = "module", "page", "survey", "case"
SKETCH = "sketch"  # instead of a starter: the case is written on a page of its own
KINDS = (
    (CASE, N_("Case simulation")),
    (MODULE, N_("Module")),
    (PAGE, N_("Page to look things up")),
    (SURVEY, N_("Survey")),
)
ENGLISH = N_("It can be written later. A course is published in both languages, so that everybody can read it.")
BY_SKETCH = N_("A sketch of your own. Roles, scenes and decisions on one page; it can be played at once.")


class NewCourse(Form):
    """A course of one's own."""

    title_sr = StringField(N_("Title in Serbian, in Cyrillic"), [DataRequired(), Length(max=200)])
    title_en = StringField(N_("Title in English"), [Optional(), Length(max=200)], description=ENGLISH)


class NewDocument(Form):
    """A case, module, page or survey; a case begins from a starter."""

    kind = RadioField(N_("What do you add?"), [DataRequired()], default=CASE)
    starter = RadioField(N_("What does the case begin from?"), [Optional()], default=SKETCH)
    title_sr = StringField(N_("Title in Serbian, in Cyrillic"), [DataRequired(), Length(max=200)])
    title_en = StringField(N_("Title in English"), [Optional(), Length(max=200)], description=ENGLISH)

    def __init__(self, *arguments: object, **values: object) -> None:
        super().__init__(*arguments, **values)
        self.kind.choices = [(key, gettext(label)) for key, label in KINDS]
        offered = [(one.key, f"{one.title}. {one.summary}") for one in starters()]
        self.starter.choices = [(SKETCH, gettext(BY_SKETCH)), *offered]
