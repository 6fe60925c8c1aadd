"""What exploring a case has found, in sentences with the way to the form: what nobody reaches, what costs nothing, what ends nowhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lms.authoring.screens.panel import Addresses
from lms.content.case import Case, CaseOption
from lms.language import gettext as _
from lms.language import localise

Line = tuple[str, str, bool]  # sentence, address, serious


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `serious`: something of the case is never played, or the story stands; else it is worth a look."""

    sentence: str
    href: str
    serious: bool = True


def findings(case: Case, found: dict[str, Any], to: Addresses) -> tuple[Finding, ...]:
    """Everything that exploring has found, the serious first. Names of what is not in the case any more are passed over."""
    said = [line for name, say in _SENTENCES.items() for line in _lines(case, _keys(found, name), say)]
    told = [Finding(sentence, to.to(address), serious) for sentence, address, serious in said]
    if found["longest"] > found["slot"]:
        sentence = _(
            "The longest way takes %(longest)d minutes, and the exercise has %(slot)d.",
            longest=found["longest"],
            slot=found["slot"],
        )
        told.append(Finding(sentence, to.to("minutes")))
    return tuple(sorted(told, key=lambda one: not one.serious))


def _keys(found: dict[str, Any], name: str) -> list[str]:
    keys: list[str] = found["unreachable"][name] if name in found["unreachable"] else found[name]
    return keys


def _lines(case: Case, keys: list[str], say: Callable[[Case, str], Line]) -> Iterator[Line]:
    for key in keys:
        try:
            yield say(case, key)
        except KeyError:
            continue


def _stage(case: Case, key: str) -> tuple[str, str]:
    return localise(case.stage[key].title), f"stages[{key}]"


def _in_stage(case: Case, name: str, key: str) -> str:
    """The address of an inject, decision or hand-off."""
    stage = next((one for one in case.stages if key in {part.key for part in getattr(one, name)}), None)
    if stage is None:
        raise KeyError(key)
    return f"stages[{stage.key}].{name}[{key}]"


def _option(case: Case, pair: str) -> tuple[CaseOption, str, str]:
    """An option „decision.option”, the title of its decision, and its address."""
    decision, _dot, key = pair.partition(".")
    address = f"{_in_stage(case, 'decisions', decision)}.options[{key}]"
    return case.decision[decision].option(key), localise(case.decision[decision].title), address


def _unreached_stage(case: Case, key: str) -> Line:
    title, address = _stage(case, key)
    return _("No path leads to the scene “%(title)s”.", title=title), address, True


def _unreached_ending(case: Case, key: str) -> Line:
    title = localise(case.ending[key].title)
    return _("No path leads to the ending “%(title)s”.", title=title), f"endings[{key}]", True


def _unreached_option(case: Case, key: str) -> Line:
    option, decision, address = _option(case, key)
    sentence = _("In “%(decision)s” this option is never offered: %(option)s", decision=decision, option=_short(option))
    return sentence, address, True


def _unreached_inject(case: Case, key: str) -> Line:
    sentence = _("The event “%(title)s” never comes.", title=localise(case.inject[key].title))
    return sentence, _in_stage(case, "injects", key), True


def _unreached_handoff(case: Case, key: str) -> Line:
    sentence = _("“%(title)s” can never be passed on.", title=localise(case.handoff[key].title))
    return sentence, _in_stage(case, "handoffs", key), True


def _unreached_branch(case: Case, pair: str) -> Line:
    stage, _dot, target = pair.partition(".")
    title, address = _stage(case, stage)
    to = localise((case.ending.get(target) or case.stage[target]).title)
    sentence = _("The story never goes from “%(stage)s” to “%(to)s” by that way.", stage=title, to=to)
    return sentence, f"{address}.next", True


def _dead_end(case: Case, key: str) -> Line:
    title, address = _stage(case, key)
    return _("From the scene “%(title)s” the story comes to no ending.", title=title), address, True


def _loop(case: Case, key: str) -> Line:
    title, address = _stage(case, key)
    return _("The story can come back to the scene “%(title)s”.", title=title), address, False


def _never_done(case: Case, key: str) -> Line:
    short = localise(case.step[key].short)
    return _("Nobody can do the step “%(step)s”.", step=short), f"procedure[{key}]", True


def _never_in_time(case: Case, key: str) -> Line:
    short = localise(case.step[key].short)
    return _("Nobody can do the step “%(step)s” in time.", step=short), f"procedure[{key}]", True


def _outdone(case: Case, key: str) -> Line:
    option, decision, address = _option(case, key)
    sentence = _(
        "In “%(decision)s” nobody should pick this, for another option is better in everything: %(option)s",
        decision=decision,
        option=_short(option),
    )
    return sentence, address, False


def _unpunished(case: Case, key: str) -> Line:
    option, decision, address = _option(case, key)
    sentence = _(
        "In “%(decision)s” this is harmful, but nothing is worse after it: %(option)s",
        decision=decision,
        option=_short(option),
    )
    return sentence, address, False


def _short(option: CaseOption) -> str:
    words = localise(option.text).split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


_SENTENCES: dict[str, Callable[[Case, str], Line]] = {
    "dead_ends": _dead_end, "stages": _unreached_stage, "endings": _unreached_ending, "options": _unreached_option,
    "injects": _unreached_inject, "handoffs": _unreached_handoff, "branches": _unreached_branch, "never_done": _never_done,
    "never_in_time": _never_in_time, "unpunished": _unpunished, "outdone": _outdone, "loops": _loop,
}  # fmt: skip
