"""A case teaches: more than one option can be defended, none gives itself away, and every decision is talked about."""

from collections.abc import Iterator

from lms.content.case import ACCEPTABLE, HARMFUL, RIGHT, Case, Decision
from lms.content.checks.cases.document import CaseDocument
from lms.content.faults import N_, Fault, Value, Word
from lms.content.place import Place

IN_WORDS = {
    RIGHT: N_("in line with the procedure"),
    ACCEPTABLE: N_("possible, but there is a better way"),
    HARMFUL: N_("harms the person"),
}
MUCH_LONGER = 1.25  # times the longest other option


def learning(document: CaseDocument, case: Case) -> Iterator[Fault]:
    """Advice on decisions that are too easy, cannot be judged, or are not talked about afterwards."""
    decisions = tuple(case.decision.values())
    for decision in decisions:
        place = document.at("decision", decision.key)
        yield from (fault.as_warning() for fault in _grades(decision, place))
        if not decision.debrief:
            message = N_("This decision has no question to talk about after the exercise.")
            advice, asked = N_("Add one or two questions for the debrief."), place.missing("debrief")
            yield asked.fault(message, advice, "`debrief:`").as_warning()
        for option in decision.options:
            if option.grade == HARMFUL and not option.effect.voice:
                message = N_("This option harms the person, but she or he does not say what it was like.")
                advice = N_("Add one line in her or his own voice.")
                yield document.at("option", option.key, "voice").fault(message, advice, "`voice`").as_warning()
    telling = [decision for decision in decisions if _tells_by_length(decision)]
    if 2 * len(telling) > len(decisions):
        message = N_("The right option can be told by its length: it is the longest in %(count)s of %(all)s decisions.")
        advice = N_("Make the others longer or the right one shorter, for example in “%(decision)s”.")
        title = document.title("decision", telling[0].key)
        values: dict[str, Value] = {"count": len(telling), "all": len(decisions), "decision": title}
        yield document.top("stages").fault(message, advice, **values).as_warning()


def _grades(decision: Decision, place: Place) -> Iterator[Fault]:
    grades = [option.grade for option in decision.options]
    if len(set(grades)) < 2:
        message = N_("All options of this decision have the same grade: %(grade)s.")
        yield place.fault(message, N_("Write options of two or three grades."), grade=Word(IN_WORDS[grades[0]]))
    elif RIGHT not in grades:
        message = N_("No option of this decision is right.")
        yield place.fault(message, N_("Add one: when somebody practises alone, the others at the table choose it."))
    elif len(grades) - grades.count(HARMFUL) == 1:
        message = N_("The right option gives itself away: all others do harm.")
        yield place.fault(message, N_("Add an acceptable option that a good colleague might choose."))


def _tells_by_length(decision: Decision) -> bool:
    right = [len(option.text["sr"]) for option in decision.options if option.grade == RIGHT]
    other = [len(option.text["sr"]) for option in decision.options if option.grade != RIGHT]
    return bool(right and other) and max(right) > MUCH_LONGER * max(other)
