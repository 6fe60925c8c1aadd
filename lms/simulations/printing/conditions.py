"""Conditions of a case in words, as the facilitator's script needs them: „Послодавац зна” instead of `warned`."""

from collections.abc import Callable

from lms.content.case import TRUST, Case
from lms.content.conditions import Condition
from lms.language import gettext as _
from lms.language import localise


def in_words(case: Case, condition: Condition) -> str:
    """The condition as a phrase; an empty one is „always”."""
    return phrase(condition.tree, lambda flag: flag_name(case, flag)) if condition.tree else _("in all other cases")


def phrase(tree: tuple[object, ...], named: Callable[[str], str]) -> str:
    """A parsed condition as a phrase; `named` says what a flag means."""
    match tree:
        case ("and", one, other):
            return _("%(one)s, and %(other)s", one=phrase(one, named), other=phrase(other, named))  # type: ignore[arg-type]
        case ("or", one, other):
            return _("%(one)s, or %(other)s", one=phrase(one, named), other=phrase(other, named))  # type: ignore[arg-type]
        case ("not", ("flag", str(name))):
            return _("“%(flag)s” – no", flag=named(name))
        case ("not", inner):
            return _("it is not so that: %(what)s", what=phrase(inner, named))  # type: ignore[arg-type]
        case ("flag", str(name)):
            return _("“%(flag)s” – yes", flag=named(name))
        case (sign, str(name), number):
            return _compared(str(sign), named(name), number)
    raise AssertionError(tree)


def _compared(sign: str, flag: str, number: object) -> str:
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
