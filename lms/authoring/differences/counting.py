"""So many of something, in the reader's language: „2 decisions”."""

from collections.abc import Callable, Mapping

from lms.language import ngettext

Counted = Callable[[int], str]
NOUNS: Mapping[str, Counted] = {
    "page": lambda number: ngettext("%(num)d page", "%(num)d pages", number),
    "section": lambda number: ngettext("%(num)d section", "%(num)d sections", number),
    "text": lambda number: ngettext("%(num)d paragraph", "%(num)d paragraphs", number),
    "check": lambda number: ngettext("%(num)d question to try oneself", "%(num)d questions to try oneself", number),
    "callout": lambda number: ngettext("%(num)d note", "%(num)d notes", number),
    "figure": lambda number: ngettext("%(num)d figure", "%(num)d figures", number),
    "survey": lambda number: ngettext("%(num)d survey", "%(num)d surveys", number),
    "question": lambda number: ngettext("%(num)d question", "%(num)d questions", number),
    "choice": lambda number: ngettext("%(num)d answer to choose", "%(num)d answers to choose", number),
    "case": lambda number: ngettext("%(num)d case", "%(num)d cases", number),
    "place": lambda number: ngettext("%(num)d place", "%(num)d places", number),
    "role": lambda number: ngettext("%(num)d role", "%(num)d roles", number),
    "fact": lambda number: ngettext("%(num)d fact", "%(num)d facts", number),
    "step": lambda number: ngettext("%(num)d procedure step", "%(num)d procedure steps", number),
    "stage": lambda number: ngettext("%(num)d stage", "%(num)d stages", number),
    "inject": lambda number: ngettext("%(num)d event", "%(num)d events", number),
    "decision": lambda number: ngettext("%(num)d decision", "%(num)d decisions", number),
    "option": lambda number: ngettext("%(num)d option", "%(num)d options", number),
    "handoff": lambda number: ngettext("%(num)d hand-off", "%(num)d hand-offs", number),
    "ending": lambda number: ngettext("%(num)d ending", "%(num)d endings", number),
    "module": lambda number: ngettext("%(num)d module", "%(num)d modules", number),
    "entry": lambda number: ngettext("%(num)d line of the programme", "%(num)d lines of the programme", number),
    "hotline": lambda number: ngettext("%(num)d telephone for help", "%(num)d telephones for help", number),
    "source": lambda number: ngettext("%(num)d source", "%(num)d sources", number),
    "words": lambda number: ngettext("%(num)d text", "%(num)d texts", number),
    "value": lambda number: ngettext("%(num)d setting", "%(num)d settings", number),
    "order": lambda number: ngettext("the order of %(num)d list", "the order of %(num)d lists", number),
}


def counted(kind: str, number: int) -> str:
    """`number` of things of a kind."""
    if kind in NOUNS:
        return NOUNS[kind](number)
    return ngettext("%(num)d other part", "%(num)d other parts", number)
