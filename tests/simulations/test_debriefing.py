"""What the debrief says of a run: what was decided, by whom it was known, what the person lived through."""

from pathlib import Path

import pytest

from lms.content.cases import read_case
from lms.simulations import bots, facilitation, moves
from lms.simulations.comparing import NOT_REACHED, UNDECIDED, compare, sectors, together
from lms.simulations.debriefing import Debrief, debrief, is_own
from lms.simulations.retelling import Decided
from lms.small_groups import Suppressed
from tests.builders import CASE
from tests.simulations.tables import ALL, Table, small

CASES = [CASE, *sorted((Path(__file__).parents[2] / "courses" / "sop-two-day" / "cases").glob("*.yaml"))]
THREE = ("police", "social", "health")


def told(table: Table) -> Debrief:
    return debrief(table.case, table.log)


def after_first(option: str = "talk", *, first: tuple[str, ...] = (), wait: float = 0) -> Table:
    """The first decision is taken; `first` are facts that were shared before it."""
    table = Table().start()
    for fact in first:
        table.do(moves.share({"wish": "health", "second-call": "police"}[fact], fact))
    table.wait(wait)
    table.vote(option, *THREE)
    table.vote(option, *THREE)
    return table


def first_of(table: Table) -> Decided:
    return told(table).decisions[0]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(4))
def test_bots_runs_can_be_told(path: Path, seed: int):
    case = read_case(path)
    it = debrief(case, bots.play(case, seed).log)
    assert it.figures.steps.part <= it.figures.steps.whole <= len(case.procedure)
    assert it.figures.decisions.whole == len(it.decisions)
    needed = [{status for _title, status in fact.needed} for fact in it.facts if fact.needed]
    found = (it.figures.facts.part, it.figures.facts.whole)
    assert found == (needed.count({"in-time"}), len(needed)), "the figure counts the rows of the table under it"
    assert [entry.minute for entry in it.entries] == sorted(entry.minute for entry in it.entries)
    assert all(choice.letter for one in it.decisions for choice in one.choices if choice.taken)


def test_a_decision_is_told_with_its_grade_the_voice_and_the_change_in_trust():
    entry = next(one for one in told(after_first("employer")).entries if one.kind == "decision")
    assert (entry.about.grade, entry.lived.trust, entry.lived.change) == ("harmful", -2, -3)
    assert entry.lived.voices[0]["en"] == "They told him. Now they know where I am."


def test_facts_are_in_time_late_or_never_on_the_table():
    table = after_first(first=("wish",))
    table.do(moves.share("police", "second-call"))
    assert [(fact.holder["en"], fact.status) for fact in first_of(table).facts] == [
        ("Doctor", "in-time"),
        ("Police officer", "late"),
    ]
    assert [fact.status for fact in first_of(after_first()).facts] == ["never", "never"]


def test_alone_answers_and_those_who_wanted_something_else_are_told_by_role():
    table = Table().start()
    table.vote("employer", "police")
    table.vote("talk", "social", "health")
    table.vote("talk", "social", "health")
    table.vote("wait", "police")
    answers = {answer.role["en"]: answer for answer in first_of(table).answers}
    assert (answers["Police officer"].alone, answers["Police officer"].vote) == ("3", "2")
    assert [answer.role["en"] for answer in first_of(table).apart] == ["Police officer"]


def test_options_that_were_not_offered_have_no_letter():
    letters = [choice.letter for choice in first_of(after_first()).choices]
    assert letters == ["1", "2", "3", ""]


def test_a_decision_taken_back_is_told_once_and_stands_among_the_overrides():
    table = after_first("employer")
    table.do(facilitation.reopen("first", "погрешно схваћено"))
    table.vote("talk", *THREE)
    it = told(table)
    assert [one.taken.text["en"] for one in it.decisions] == ["A talk alone, with an assessment of danger."]
    override = next(one for one in it.overrides if one.kind == "DecisionReopened")
    assert (override.was["en"], override.reason) == ("Call the employer and ask.", "погрешно схваћено")


def test_who_was_away_stands_nowhere():
    table = Table().start()
    before = told(table)
    table.do(moves.leave("social"), moves.sit_down("social"), moves.leave("health", "excused"))
    assert told(table).overrides == before.overrides
    assert told(table).entries == before.entries


def finished(option: str = "talk", seated: tuple[str, ...] = ALL) -> Table:
    table = Table(seated=seated).start()
    for _ in range(2):
        table.vote(option, *(seat for seat in THREE if seat in seated))
    table.vote("now", "social", decision="tell-centre")
    table.go_on()
    if table.state.stage == "alone":
        table.go_on()
    table.do(moves.hand_over("police", "to-topolje", items=("plate", "diagnosis"), channel="duty", consent="given"))
    table.go_on("нема времена")
    return table


def test_hand_offs_are_measured_by_what_was_needed_and_forbidden():
    it = told(finished())
    assert [one.status for one in it.handoffs] == ["wrong"]
    assert [item.text["en"] for item in it.handoffs[0].made[0].forbidden] == ["The diagnosis"]


def test_steps_that_the_story_never_asked_for_are_not_counted_as_skipped():
    it = told(finished())
    assert {line.key: line.status for line in it.steps} == {"safety": "done", "centre": "done", "topolje-told": "done"}
    stopped = Table().start()
    stopped.do(facilitation.end("крај"))
    it = told(stopped)
    assert {line.key: line.status for line in it.steps} == {
        "safety": "skipped",
        "centre": "skipped",
        "topolje-told": "asleep",
    }
    assert (it.figures.steps.part, it.figures.steps.whole, it.ending) == (0, 2, None)


def test_the_key_step_is_the_first_of_referral_with_a_limit():
    it = told(finished())
    assert (it.figures.key_step.key, it.figures.key_step.due) == ("centre", 20)


def test_groups_stand_side_by_side_without_marks():
    stopped = Table().start()
    stopped.do(facilitation.end("крај"))
    table = compare(small(), [told(finished()), told(finished("employer")), told(stopped)])
    rows = {row.title["en"]: row.cells for row in table.decisions}
    assert rows["First step"] == ("right", "harmful", UNDECIDED)
    assert rows["The search"] == (NOT_REACHED, NOT_REACHED, NOT_REACHED)
    assert [cell.status for cell in table.steps[0].cells] == ["done", "skipped", "skipped"]


def test_a_sector_is_told_only_from_ten_people_on():
    few = [told(finished()) for _ in range(9)]
    assert {row.people for row in sectors(few)} == {Suppressed("detail")}
    assert together(few[:3]).alone == Suppressed("detail")
    many = [told(finished("employer" if number < 4 else "talk")) for number in range(10)]
    assert {row.sector: row.people for row in sectors(many)} == {"health": 10, "police": 10, "social": 10}
    assert [str(share) for share in sectors(many)[0].shares] == ["60", "0", "40"]
    assert together(many).alone == 60


def closed(by: str) -> Debrief:
    """Everybody answered alone; then the facilitator, time, or time after two of three had chosen closed the decision."""
    table = Table().start()
    table.vote("talk", *THREE)
    if by == "facilitator":
        table.do(facilitation.decide("first", "talk", "време"))
    else:
        table.vote("talk", *THREE[: 2 if by == "most" else 0])
        table.wait(1000)
        table.do(facilitation.end("крај"))
    return told(table)


@pytest.mark.parametrize(("by", "not_own"), [("facilitator", 1), ("time", 1), ("most", 0)])
def test_what_the_table_did_not_take_itself_is_told_beside_the_figure(by: str, not_own: int):
    it = closed(by)
    first = it.decisions[0]
    assert (first.how, is_own(first)) == ("facilitator" if by == "facilitator" else "time", not not_own)
    assert it.figures.not_own == not_own + len(it.decisions) - 1, "nobody voted in the others"
    row = next(row for row in compare(small(), [it]).decisions if row.title["en"] == "First step")
    assert row.closed_by == (first.how if not_own else "",)


def test_only_what_tables_took_themselves_stands_beside_what_was_answered_alone():
    assert together([closed("facilitator")]) is None
    assert together([closed("facilitator"), told(finished())]).decisions == 1
