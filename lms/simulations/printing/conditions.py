"""Conditions of a case in words, as the facilitator's script needs them: „Послодавац зна” instead of `warned`."""

from lms.content.case import TRUST, Case
from lms.content.conditions import Condition
from lms.language import gettext as _
from lms.language import localise


def in_words(case: Case, condition: Condition) -> str:
    """The condition as a phrase; an empty one is „always”."""
    return _words(case, condition.tree) if condition.tree else _("in all other cases")


def _words(case: Case, tree: tuple[object, ...]) -> str:
    match tree:
        case ("and", one, other):
            return _("%(one)s, and %(other)s", one=_words(case, one), other=_words(case, other))  # type: ignore[arg-type]
        case ("or", one, other):
            return _("%(one)s, or %(other)s", one=_words(case, one), other=_words(case, other))  # type: ignore[arg-type]
        case ("not", ("flag", str(name))):
            return _("“%(flag)s” – no", flag=flag_name(case, name))
        case ("not", inner):
            return _("it is not so that: %(what)s", what=_words(case, inner))  # type: ignore[arg-type]
        case ("flag", str(name)):
            return _("“%(flag)s” – yes", flag=flag_name(case, name))
        case (sign, str(name), number):
            return _compared(case, str(sign), name, number)
    raise AssertionError(tree)


def _compared(case: Case, sign: str, name: str, number: object) -> str:
    flag = flag_name(case, name)
    if sign == "=":
        return _("“%(flag)s” is %(number)s", flag=flag, number=number)
    if sign == ">=":
        return _("“%(flag)s” is %(number)s or more", flag=flag, number=number)
    if sign == "<=":
        return _("“%(flag)s” is %(number)s or less", flag=flag, number=number)
    if sign == ">":
        return _("“%(flag)s” is more than %(number)s", flag=flag, number=number)
    return _("“%(flag)s” is less than %(number)s", flag=flag, number=number)


def flag_name(case: Case, name: str) -> str:
    """What a flag means; the key where the author gave no meaning."""
    meaning = case.flag[name].meaning
    if meaning:
        return localise(meaning).rstrip(".")
    return _("Trust") if name == TRUST else name
