"""What a player sends."""

from collections.abc import Collection
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from lms import personal_data
from lms.content.course import Course
from lms.errors import Refused
from lms.ui import N_, Form

LONGEST_KEY = 100  # characters; longer ones are nobody's


class SeatCodeForm(Form):
    """The code on a seat card."""

    code = StringField(N_("Code of your seat"), [InputRequired(), Length(max=40)])


@dataclass
class HandoffSent:
    """A hand-off as it was filled in; kept so that a refused one comes back as it was."""

    handoff: str = ""
    items: tuple[str, ...] = ()
    channel: str = ""
    consent: str = ""
    note: str = ""
    token: str = ""
    trouble: str = field(default="", compare=False)


def read_handoff(fields: MultiDict[str, str]) -> HandoffSent:
    """What the form says, not judged yet."""
    note = fields.get("note", "").replace("\r\n", "\n").strip()
    short = {name: fields.get(name, "")[:LONGEST_KEY] for name in ("handoff", "channel", "consent", "token")}
    return HandoffSent(items=tuple(fields.getlist("item")), note=note, **short)


def check_note(sent: HandoffSent, course: Course) -> None:
    """Refused (422) when the note seems to hold somebody's personal data."""
    no_personal_data(sent, [hotline.number for hotline in course.hotlines if hotline.number])


def no_personal_data(sent: HandoffSent, public: Collection[str]) -> None:
    """The same, where these published numbers and addresses may stand in the note."""
    if found := personal_data.find(sent.note, public):
        pieces = ", ".join(dict.fromkeys(sent.note[one.start : one.end] for one in found))
        raise Refused(
            "This looks like personal data: %(found)s. Leave out ID numbers, phone numbers, e-mail addresses, licence "
            "plates, street addresses and profiles on social networks. Your text is still here.",
            status=422,
            found=pieces,
        )
