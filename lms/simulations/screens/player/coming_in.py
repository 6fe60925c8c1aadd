"""Where a participant finds exercises: the seats one has, the practice one may begin, and the seat on a card."""

from dataclasses import dataclass

from lms.content.case import Case
from lms.content.course import Course, Text
from lms.simulations.models import Run, Seat
from lms.simulations.own import still_played
from lms.simulations.play import case_of
from lms.simulations.state import FINISHED, RUNNING


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat in the list. `state` is that of its run."""

    run_id: int
    state: str
    solo: bool
    group: str
    case: Text
    role: Text
    sector: str


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A case that one may practise alone. `role` is proposed: the first of one's own sector, else the one that the case names
    (empty: the whole table). `running`: the practice that was begun and not finished, 0 when there is none."""

    key: str
    title: Text
    summary: Text
    notice: Text
    minutes: int
    role: str
    roles: tuple[tuple[str, Text], ...]
    running: int


@dataclass(frozen=True, slots=True)
class Exercises:
    """The page of exercises."""

    now: tuple[SeatLine, ...]
    over: tuple[SeatLine, ...]
    practice: tuple[PracticeLine, ...]


def exercises_screen(course: Course, seats: list[Seat], may_practise: bool, sector: str) -> Exercises:
    """What one sits in now, what is over, and what may be practised alone: nothing that one's group has still before it."""
    lines, played = [_line(seat) for seat in seats], still_played(seats)
    running = {
        seat.run.case_key: seat.run_id for seat in seats if seat.run.mode == "solo" and seat.run.state != FINISHED
    }
    return Exercises(
        now=tuple(
            sorted(
                (one for one in lines if one.state != FINISHED and not one.solo), key=lambda one: one.state != RUNNING
            )
        ),
        over=tuple(one for one in lines if one.state == FINISHED),
        practice=tuple(_practice(case, running, sector) for case in course.cases.values() if case.key not in played)
        if may_practise
        else (),
    )


def _line(seat: Seat) -> SeatLine:
    case, run = case_of(seat.run), seat.run
    role = case.role[seat.role]
    return SeatLine(run.id, run.state, run.mode == "solo", run.name, case.title, role.name, role.sector)


def _practice(case: Case, running: dict[str, int], sector: str) -> PracticeLine:
    roles = tuple((role.key, role.name) for role in case.roles)
    proposed = next((role.key for role in case.roles if role.sector == sector), case.solo)
    return PracticeLine(
        case.key, case.title, case.summary, case.notice, case.minutes, proposed, roles, running.get(case.key, 0)
    )


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """The seat on a card, before somebody sits down. `status`: free, mine, taken, over."""

    status: str
    case: Text
    summary: Text
    notice: Text
    aims: tuple[Text, ...]
    minutes: int
    group: str
    role: Text
    sector: str


def seat_screen(seat: Seat, run: Run, participant_id: int) -> SeatOffer:
    """What may be known of a seat before sitting down: the role's name, not its card."""
    case = case_of(run)
    role = case.role[seat.role]
    if run.state == FINISHED:
        status = "over"
    elif seat.participant_id is None:
        status = "free"
    else:
        status = "mine" if seat.participant_id == participant_id else "taken"
    return SeatOffer(
        status, case.title, case.summary, case.notice, case.aims, case.minutes, run.name, role.name, role.sector
    )
