"""The form of a sketch: a case on one page, in the author's own words. Roles, scenes and endings are numbered; empty ones are left out."""

from collections.abc import Collection
from typing import Any

from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from lms.authoring.forms.drafts import ENGLISH
from lms.authoring.forms.reading import Untakeable, clean, refuse_real_people
from lms.authoring.sketching import Sketch, SketchedHandoff, SketchedRole, SketchedStage
from lms.language import gettext
from lms.sectors import sectors
from lms.trainings.roster.words import guess_sector
from lms.ui import N_, Form

ROLES, SCENES, ENDINGS = range(1, 10), range(1, 4), range(1, 3)
MOST_LINES = {"facts": 4, "events": 10, "needed": 6, "forbidden": 6, "ways": 4, "unsafe": 4}
MOST_OPTIONS = 6
ONE_A_LINE = N_("One on each line.")
EVENTS = N_("One on each line. A title may stand before a colon.")
VOICE = N_("One line, in her or his own words. It is what players take home.")
FOR_EXAMPLE = N_("For example: “The report to the Centre”.")

NO_NAME = N_("Write who this is, or empty this role.")
NO_SECTOR = N_("The sector cannot be told from the name. Choose it.")
NO_TITLE = N_("Give this scene a title, or empty it.")
NO_ENDING = N_("Give this ending a title, or empty it.")
NO_QUESTION = N_("Write what is decided, or leave the options out.")
NO_RIGHT = N_("Write what is right by the procedure.")
NO_OTHER = N_("One option alone is nothing to decide about. Write at least one more, here or below.")
NO_ROLE = N_("Choose a role that you have named above.")
NO_SCENE = N_("Choose a scene that you have named above.")
NOT_WRITTEN = N_("Write this too, or empty the whole hand-off.")
TOO_MANY_LINES = N_("There is room for %(most)s lines here. Shorten it, or put two lines into one.")
TOO_MANY_OPTIONS = N_("A decision has at most six options, with the right one. Leave some out.")


_CALLED = {"role": N_("Role %(number)s"), "scene": N_("Scene %(number)s"), "ending": N_("Ending %(number)s")}


def _text(label: str, most: int, description: str = "") -> Any:
    return StringField(label, [Optional(), Length(max=most)], description=description)


def _long(label: str, most: int, description: str = "") -> Any:
    return TextAreaField(label, [Optional(), Length(max=most)], description=description)


class SketchForm(Form):
    """What a case is about, a hand-off, and below the class its numbered parts: `role_1_name`, `scene_1_title`, `ending_1_title` …"""

    title_sr = StringField(N_("Title in Serbian, in Cyrillic"), [DataRequired(), Length(max=200)])
    title_en = _text(N_("Title in English"), 200, ENGLISH)
    summary = _long(N_("What has happened, in one or two sentences?"), 600)
    person = _text(
        N_("What do we call the person?"), 100, N_("By what she or he does, never by a name: “The worker who called”.")
    )
    place = _text(N_("Where does it happen?"), 100, N_("An invented town."))

    def __init__(self, contacts: Collection[str], **values: object) -> None:
        """`contacts` are published numbers that may stand in texts."""
        super().__init__(**values)
        self._contacts = contacts
        for number in ROLES:
            listed = [(one.code, one.name) for one in sectors().values()]
            self[f"role_{number}_sector"].choices = [("", gettext("as the name says")), *listed]
        for name, numbers in (("role", ROLES), ("scene", SCENES)):
            listed = [(str(number), self.called(name, number)) for number in numbers]
            self[f"handoff_{name}"].choices = [("", gettext("choose")), *listed]

    def called(self, name: str, number: int) -> str:
        """A numbered part in words, with what it was called in the form: „2. улога: Дом здравља”."""
        words = gettext(_CALLED[name], number=number)
        own = self[f"{name}_{number}_name" if name == "role" else f"{name}_{number}_title"].data
        return f"{words}: {own}" if own else words

    def where(self) -> dict[str, str]:
        """The part that each field of a numbered part belongs to, in words."""
        return {
            field.name: gettext(_CALLED[name], number=number)
            for name, numbers in (("role", ROLES), ("scene", SCENES), ("ending", ENDINGS))
            for number in numbers
            for field in self.part(name, number).values()
        } | {field.name: gettext("A hand-off") for field in self.handoff().values()}

    def part(self, name: str, number: int) -> dict[str, Field]:
        """The fields of one numbered part, by what each says."""
        start = f"{name}_{number}_"
        return {field.name.removeprefix(start): field for field in self if field.name.startswith(start)}

    def handoff(self) -> dict[str, Field]:
        """The fields of the hand-off, by what each says."""
        return {field.name.removeprefix("handoff_"): field for field in self if field.name.startswith("handoff_")}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each text by itself, then what belongs together."""
        super().validate(extra_validators)
        for field in self:
            if isinstance(field, StringField):
                _check_text(field, self._contacts)
        for name, numbers, check in (
            ("role", ROLES, _check_role),
            ("scene", SCENES, _check_scene),
            ("ending", ENDINGS, _check_ending),
        ):
            for number in self._written(name, numbers) or (numbers[:1] if name != "ending" else ()):
                check(self.part(name, number))
        if _said(self.handoff()):
            _check_handoff(self.handoff(), self._written("role", ROLES), self._written("scene", SCENES))
        return not self.errors

    def sketch(self) -> Sketch:
        """What was written, without what was left empty. The form is right."""
        roles, scenes, endings = (
            self._written("role", ROLES),
            self._written("scene", SCENES),
            self._written("ending", ENDINGS),
        )
        handoff = _said(self.handoff())
        return Sketch(
            **{name: clean(self[name].data or "") for name in ("title_en", "summary", "person", "place")},
            title=clean(self.title_sr.data),
            roles=tuple(_role(self.part("role", number)) for number in roles),
            stages=tuple(_scene(self.part("scene", number)) for number in scenes),
            endings=tuple((said["title"], said.get("text", "")) for said in (_said(self.part("ending", number)) for number in endings)),
            handoff=_handed(handoff, roles, scenes) if handoff else None,
        )  # fmt: skip

    def _written(self, name: str, numbers: range) -> list[int]:
        return [number for number in numbers if _said(self.part(name, number))]


for _number in ROLES:
    setattr(SketchForm, f"role_{_number}_name", _text(N_("Which service?"), 120))
    setattr(SketchForm, f"role_{_number}_sector", SelectField(N_("Sector"), [Optional()]))
    setattr(SketchForm, f"role_{_number}_briefing", _long(N_("What is only this service told at the start?"), 1500))
    setattr(
        SketchForm,
        f"role_{_number}_facts",
        _long(N_("What does only it know, though the others need it?"), 1200, ONE_A_LINE),
    )
for _number in SCENES:
    setattr(SketchForm, f"scene_{_number}_title", _text(N_("Title of the scene"), 120))
    setattr(SketchForm, f"scene_{_number}_text", _long(N_("What does everybody see?"), 2000))
    setattr(SketchForm, f"scene_{_number}_events", _long(N_("What happens meanwhile?"), 3000, EVENTS))
    setattr(SketchForm, f"scene_{_number}_question", _text(N_("What is decided?"), 300))
    setattr(SketchForm, f"scene_{_number}_right", _text(N_("What is right?"), 300))
    setattr(
        SketchForm,
        f"scene_{_number}_possible",
        _long(N_("What could a good professional choose as well?"), 900, ONE_A_LINE),
    )
    setattr(
        SketchForm,
        f"scene_{_number}_harmful",
        _long(N_("What do people do under pressure, though it harms?"), 1300, ONE_A_LINE),
    )
    setattr(
        SketchForm,
        f"scene_{_number}_voice",
        _text(N_("What does the person live through because of that?"), 300, VOICE),
    )
    setattr(
        SketchForm, f"scene_{_number}_step", _text(N_("Which step of the procedure is done with what is right?"), 300)
    )
for _name, _field in {
    "title": _text(N_("What is handed over?"), 120, FOR_EXAMPLE),
    "scene": SelectField(N_("In which scene?"), [Optional()]),
    "role": SelectField(N_("Who hands it over?"), [Optional()]),
    "to": _text(N_("To whom?"), 120),
    "needed": _long(N_("What has to be said?"), 900, ONE_A_LINE),
    "forbidden": _long(N_("What must stay out?"), 900, ONE_A_LINE),
    "ways": _long(N_("By which safe ways?"), 400, ONE_A_LINE),
    "unsafe": _long(N_("Which ways are tempting, but not safe?"), 400, ONE_A_LINE),
}.items():
    setattr(SketchForm, f"handoff_{_name}", _field)
for _number in ENDINGS:
    setattr(SketchForm, f"ending_{_number}_title", _text(N_("Title of the ending"), 120))
    setattr(SketchForm, f"ending_{_number}_text", _long(N_("How does the story stop?"), 1500))

Part = dict[str, Field]


def _said(part: Part) -> dict[str, str]:
    """What is written in a part; nothing when it is empty. A sector alone says nothing."""
    said = {name: text for name, field in part.items() if (text := clean(field.data or ""))}
    return said if set(said) - {"sector"} else {}


def _lines(said: dict[str, str], name: str) -> tuple[str, ...]:
    """The lines of a list, without what people put before them."""
    lines = (line.strip(" \t-–—•*") for line in said.get(name, "").split("\n"))
    return tuple(line for line in lines if line)


def _refuse(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


def _check_text(field: Field, contacts: Collection[str]) -> None:
    try:
        refuse_real_people(clean(field.data or ""), contacts)
    except Untakeable as error:
        _refuse(field, str(error))


def _check_lines(part: Part) -> None:
    for name, most in MOST_LINES.items():
        if name in part and len(_lines(_said(part), name)) > most:
            _refuse(part[name], gettext(TOO_MANY_LINES, most=most))


def _sector(said: dict[str, str]) -> str:
    return said.get("sector") or guess_sector(said["name"]) or ""


def _check_role(part: Part) -> None:
    said = _said(part)
    if "name" not in said:
        _refuse(part["name"], NO_NAME)
    elif not _sector(said):
        _refuse(part["sector"], NO_SECTOR)
    _check_lines(part)


def _check_scene(part: Part) -> None:
    said = _said(part)
    if "title" not in said:
        _refuse(part["title"], NO_TITLE)
    options = said.keys() & {"right", "possible", "harmful", "voice", "step"}
    if options and "question" not in said:
        _refuse(part["question"], NO_QUESTION)
    if (options or "question" in said) and "right" not in said:
        _refuse(part["right"], NO_RIGHT)
    others = len(_lines(said, "possible")) + len(_lines(said, "harmful"))
    if "right" in said and not others:
        _refuse(part["possible"], NO_OTHER)
    if others >= MOST_OPTIONS:
        _refuse(part["harmful"], TOO_MANY_OPTIONS)
    _check_lines(part)


def _check_ending(part: Part) -> None:
    if "title" not in _said(part):
        _refuse(part["title"], NO_ENDING)


def _check_handoff(part: Part, roles: list[int], scenes: list[int]) -> None:
    said = _said(part)
    for name in ("title", "to", "needed"):
        if name not in said:
            _refuse(part[name], NOT_WRITTEN)
    if said.get("role", "") not in map(str, roles):
        _refuse(part["role"], NO_ROLE)
    if said.get("scene", "") not in map(str, scenes):
        _refuse(part["scene"], NO_SCENE)
    _check_lines(part)


def _role(part: Part) -> SketchedRole:
    said = _said(part)
    return SketchedRole(said["name"], _sector(said), said.get("briefing", ""), _lines(said, "facts"))


def _scene(part: Part) -> SketchedStage:
    said = _said(part)
    return SketchedStage(
        **{name: said.get(name, "") for name in ("title", "text", "question", "right", "voice", "step")},
        **{name: _lines(said, name) for name in ("events", "possible", "harmful")},
    )


def _handed(said: dict[str, str], roles: list[int], scenes: list[int]) -> SketchedHandoff:
    return SketchedHandoff(
        stage=scenes.index(int(said["scene"])), role=roles.index(int(said["role"])), title=said["title"], to=said["to"],
        **{name: _lines(said, name) for name in ("needed", "forbidden", "ways", "unsafe")},
    )  # fmt: skip
