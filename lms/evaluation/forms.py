"""What may be typed about reports: series, published figures, conclusions and recommendations."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import DateField, DecimalField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms import personal_data
from lms.content.course import Item
from lms.evaluation.models import RECOMMENDATION_STATES
from lms.evaluation.wording import STATE
from lms.language import gettext, in_script, localise, show_dates
from lms.trainings.models import Training
from lms.ui import N_, Form


class Several(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        """Only what was offered."""
        if not set(self.data or ()) <= {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(gettext("Not a valid choice."))


def nobody_named(_form: Form, field: Field) -> None:
    """Conclusions are printed: no phone numbers, e-mail addresses or ID numbers in them."""
    if found := personal_data.find(field.data or ""):
        piece = field.data[found[0].start : found[0].end]
        raise ValidationError(gettext("This looks like personal data: %(found)s. Leave it out.", found=piece))


class SeriesForm(Form):
    """Trainings that share one report."""

    title_sr = StringField(N_("Title in Serbian"), [InputRequired(), Length(max=300)])
    title_en = StringField(N_("Title in English"), [Optional(), Length(max=300)])
    trainings = Several(N_("Trainings"), [InputRequired()], coerce=int)
    intro_sr = TextAreaField(N_("Introduction in Serbian"), [Optional(), Length(max=3000)])
    intro_en = TextAreaField(N_("Introduction in English"), [Optional(), Length(max=3000)])
    credit_sr = TextAreaField(N_("Whom to thank, in Serbian"), [Optional(), Length(max=2000)])
    credit_en = TextAreaField(N_("Whom to thank, in English"), [Optional(), Length(max=2000)])

    def __init__(self, trainings: Iterable[Training], **values: Any) -> None:
        super().__init__(**values)
        self.trainings.choices = [SelectChoice(one.id, _line(one)) for one in trainings]


def _line(training: Training) -> str:
    title = localise({"sr": training.title_sr, "en": training.title_en})
    return f"{in_script(training.municipality.name_sr)}, {show_dates(training.starts_on, training.ends_on)} – {title}"


class CommaField(DecimalField):
    """A number with decimals after a comma, as Serbian writes it, or a point."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([text.strip().replace(",", ".") for text in valuelist])


class FigureForm(Form):
    """One figure as it was published elsewhere."""

    item = SelectField(N_("Question"), [InputRequired()])
    percent = CommaField(
        N_("Published share, in percent"),
        [InputRequired(), NumberRange(min=Decimal(0), max=Decimal(100))],
        description=N_("As it was printed, for example 59.17."),
    )
    source = StringField(N_("Where it was published"), [InputRequired(), Length(max=300)])

    def __init__(self, items: Iterable[Item], **values: Any) -> None:
        super().__init__(**values)
        self.item.choices = [SelectChoice(item.key, localise(item.text)) for item in items]


class ConclusionForm(Form):
    """What a training or a series found."""

    text_sr = TextAreaField(N_("Text in Serbian"), [InputRequired(), Length(max=2000), nobody_named])
    text_en = TextAreaField(N_("Text in English"), [Optional(), Length(max=2000), nobody_named])


class RecommendationForm(ConclusionForm):
    """What is proposed: to whom, who follows it up, until when, and how far it is."""

    addressee = StringField(N_("To whom"), [Optional(), Length(max=200)])
    owner = StringField(
        N_("Who follows it up"),
        [Optional(), Length(max=200)],
        description=N_("An office or institution, not a person."),
    )
    due_on = DateField(N_("Until when"), [Optional()])
    state = SelectField(N_("State"), [InputRequired()])
    state_note = TextAreaField(N_("Note on the state"), [Optional(), Length(max=1000), nobody_named])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.state.choices = [SelectChoice(state, gettext(STATE[state])) for state in RECOMMENDATION_STATES]


FORMS: dict[str, type[ConclusionForm]] = {"conclusion": ConclusionForm, "recommendation": RecommendationForm}
