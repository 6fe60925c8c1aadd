"""How the steps of the procedure stand: done, late, open, overdue, or not yet asked for. For facilitators and the debrief only."""

from dataclasses import dataclass

from lms.content.case import Case, Step
from lms.content.course import Text
from lms.simulations.log import Moment
from lms.simulations.state import FINISHED, State, clock_of, minutes_of

DONE, LATE, OPEN, OVERDUE, SKIPPED, ASLEEP = "done", "late", "open", "overdue", "skipped", "asleep"


@dataclass(frozen=True, slots=True)
class StepLine:
    """A procedure step in a run. Times are whole case minutes; `due` is None when it has no limit or the limit has not begun."""

    key: str
    text: Text
    short: Text
    phase: Text
    status: str
    done_at: int | None
    due: int | None
    sectors: tuple[str, ...]  # which did it; before that, which owe it
    roles: tuple[str, ...]
    sources: tuple[str, ...]
    certainty: str


def step_lines(case: Case, state: State, now: Moment) -> list[StepLine]:
    """Every step of the case as it stands at `now`."""
    return [_line(case, state, step, state.clock(now)) for step in case.procedure]


def _line(case: Case, state: State, step: Step, clock: int) -> StepLine:
    done = state.steps.get(step.key)
    limit = due_clock(case, state, step)
    sectors = step.sectors
    roles: tuple[str, ...] = ()
    if done:
        owing = [role for role in done.roles if case.role[role].sector in step.sectors]
        roles = tuple(owing) or done.roles
        sectors = tuple(dict.fromkeys(case.role[role].sector for role in roles))
    return StepLine(
        key=step.key, text=step.text, short=step.short, phase=step.phase,
        status=_status(state, step, limit, clock),
        done_at=minutes_of(case, done.clock) if done else None,
        due=minutes_of(case, limit) if limit is not None else None,
        sectors=sectors, roles=roles, sources=step.sources, certainty=step.certainty,
    )  # fmt: skip


def due_clock(case: Case, state: State, step: Step) -> int | None:
    """The running clock at which a step is due; None when it has no limit, or what starts the limit has not happened."""
    if step.due is None or step.due.key not in state.happened:
        return None
    return state.happened[step.due.key] + clock_of(case, step.due.case_minutes)


def _status(state: State, step: Step, limit: int | None, clock: int) -> str:
    done = state.steps.get(step.key)
    if done:
        return LATE if limit is not None and done.clock > limit else DONE
    if state.phase == FINISHED:
        return SKIPPED
    if limit is not None and clock > limit:
        return OVERDUE
    return ASLEEP if step.due is not None and limit is None else OPEN
