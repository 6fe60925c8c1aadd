"""What is typed in. The fields follow from the questions: `q01` the answer, `version.q01` and `token.q01` with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from lms.access import row_number
from lms.content.course import Item
from lms.errors import Refused
from lms.language import gettext
from lms.surveys.rules import LONGEST, YES, Change, Spoken, Value, read_value
from lms.surveys.sitting import Sitting
from lms.ui import N_, Form

Fields = MultiDict[str, str]


@dataclass
class Sent:
    """What a page sent: answers that can be stored, sentences for those that cannot, and everything as it was typed."""

    changes: list[Change] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)


def read_answers(sitting: Sitting, fields: Fields) -> Sent:
    """The answers in a page of a test or follow-up. Refused (409) when the page was made for another person."""
    if fields.get("mark") != sitting.mark:
        raise Refused(
            "This page belongs to somebody else who used this device before. Nothing was saved; open the form anew."
        )
    sent = Sent()
    for item in sitting.survey.asked:
        if f"version.{item.key}" not in fields or fields.get(f"choice.{item.key}") == "stored":
            continue
        value = _read(item, fields, sitting.public_contacts, sent)
        if item.key not in sent.errors:
            version, token = fields.get(f"version.{item.key}", 0, type=row_number), fields.get(f"token.{item.key}", "")
            sent.changes.append(Change(item.key, value, max(version, 0), token))
    return sent


def _read(item: Item, fields: Fields, public: Iterable[str], sent: Sent) -> Value:
    sent.typed[item.key] = fields.getlist(item.key)
    try:
        return read_value(item, sent.typed[item.key], list(public))
    except Refused as refusal:
        sent.errors[item.key] = gettext(refusal.message, **refusal.values)
        return None


class RemarkForm(Form):
    """What the desk makes of a remark."""

    text = TextAreaField(N_("Text as it will be shown"), [Length(max=2000)])
    quoted = BooleanField(N_("Print as a quote"))


@dataclass
class SentEvaluation:
    """An evaluation as it was sent: closed answers, free texts apart, and what has to be corrected."""

    answers: dict[str, Value] = field(default_factory=dict)
    texts: list[Spoken] = field(default_factory=list)
    sent: Sent = field(default_factory=Sent)


def read_evaluation(sitting: Sitting, fields: Fields) -> SentEvaluation:
    """The evaluation in a form. The permission to quote goes with the quotable sentence only, never with the ballot."""
    read = SentEvaluation()
    values: Mapping[str, Value] = {
        item.key: _read(item, fields, sitting.public_contacts, read.sent) for item in sitting.survey.asked
    }
    may_quote = any(item.quote_permission and values[item.key] == YES for item in sitting.survey.asked)
    for item in sitting.survey.asked:
        value = values[item.key]
        if value is None:
            if item.required and item.key not in read.sent.errors:
                read.sent.errors[item.key] = gettext("Please answer this question.")
        elif item.type in LONGEST:
            read.texts.append(Spoken(item.key, str(value), may_quote and item.quote))
        elif not item.quote_permission:
            read.answers[item.key] = value
    return read
