"""How results read: names of categories, sexes and states, and the small lines beside figures."""

from lms.content.course import Item
from lms.evaluation.rules.answers import Answered, Banded, Full, Rough
from lms.evaluation.rules.numbers import Origin, percent
from lms.language import gettext as _
from lms.language import localise, ngettext, show_number
from lms.ui import N_

SEX = {"f": N_("women"), "m": N_("men"), "": N_("not stated")}
STATE = {
    "proposed": N_("proposed"),
    "accepted": N_("accepted"),
    "under-way": N_("under way"),
    "done": N_("done"),
    "dropped": N_("dropped"),
}


def sex_name(key: str) -> str:
    """„жене”, „мушкарци”, „није наведено”."""
    return _(SEX[key])


def state_name(state: str) -> str:
    """The state of a recommendation."""
    return _(STATE[state])


def category_name(item: Item, key: str) -> str:
    """A category in the words that people were offered."""
    if item.type == "scale" and item.scale and key.isdigit():
        return localise(item.scale.labels[int(key) - 1])
    if item.type == "yes-no":
        return _("yes") if key == "yes" else _("no")
    return next((localise(option.text) for option in item.options if option.key == key), key)


def base_line(one: Answered) -> str:
    """„72 одговора”, „71 одговор, 1 не може да процени”; for small groups how far they are shown."""
    result = one.result
    if isinstance(result, Full | Banded):
        line = answers_line(result.base)
        if result.cannot_judge:
            cannot = ngettext("%(num)s cannot judge", "%(num)s cannot judge", result.cannot_judge)
            line = f"{line}, {cannot}"
        return line
    if isinstance(result, Rough):
        return _("5 to 9 answers: only the mean, rounded to a half")
    return {"none": _("no answers"), "few": _("fewer than 5 answers")}.get(result.reason, _("fewer than 10 answers"))


def exact_words(item: Item) -> str:
    """„у значајној мери”: the one category of the headline."""
    return _("“%(quote)s”", quote=category_name(item, str(item.headline)))


def top_two_words(item: Item) -> str:
    """„у значајној мери” или „у потпуности”."""
    return _("“%(fourth)s” or “%(fifth)s”", fourth=category_name(item, "4"), fifth=category_name(item, "5"))


def finding_line(item: Item, top_two: bool) -> str:
    """The sentence that stands after the large figure; `top_two` says whether that is the share of 4 and 5."""
    if top_two:
        return _("of the answers are %(words)s: %(question)s", words=top_two_words(item), question=localise(item.text))
    return localise(item.finding) or localise(item.text)


def answers_line(count: int) -> str:
    """„72 одговора”."""
    return ngettext("%(num)s answer", "%(num)s answers", count)


def origin_line(origin: Origin) -> str:
    """Whether a published percentage can be a share of so many answers, and which shares are nearest."""
    if origin.possible:
        return _("yes: %(part)s of %(base)s", part=origin.exact[0], base=origin.base)
    near = [f"{part} ({show_number(percent(part, origin.base) or 0, 2)}%)" for part in origin.nearest]  # type: ignore[arg-type]
    return _("no number of %(base)s gives it; the nearest are %(near)s", base=origin.base, near=", ".join(near))
