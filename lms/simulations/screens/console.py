"""The facilitator's console as data: all tables of the training side by side, and everything about one of them."""

from dataclasses import dataclass
from datetime import datetime

from lms import clock
from lms.content.case import Case, Decision
from lms.content.course import Text
from lms.simulations.clockwork import asked_now, coming_decisions, coming_injects, is_complete, way_on
from lms.simulations.models import Run, Seat
from lms.simulations.play import to_moment
from lms.simulations.retelling import LETTERS
from lms.simulations.screens.steps import StepLine, step_lines
from lms.simulations.state import ALONE, CLOSED, FINISHED, MINUTE, PREPARING, State, Voting, minutes_of, speaker
from lms.simulations.wake import PRESENT_FOR

STANDS_STILL = 5 * MINUTE  # without any event: the table may need help


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of the table. `status`: here, dropped, away, waiting (has not come in), empty."""

    id: int
    role: str
    name: Text
    sector: str
    place: Text
    person: str
    status: str
    covered_by: Text | None
    silent: bool  # nobody speaks for a required role


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option with its votes so far."""

    key: str
    letter: str
    text: Text
    votes: int
    taken: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision of the present stage."""

    key: str
    title: Text
    phase: str
    until: int  # the moment of its limit, in milliseconds since 1970; 0 while the clock stands
    options: list[OptionLine]
    voted: int
    asked: int
    missing: list[Text]  # roles whose answer is wanted
    how: str

    @property
    def open(self) -> bool:
        """It is being decided."""
        return self.phase != CLOSED


@dataclass(frozen=True, slots=True)
class ComingLine:
    """A decision that has not opened: by itself at a case minute (`due` is that moment in milliseconds, 0 while the clock stands),
    or `after` another one."""

    key: str
    title: Text
    minute: int
    due: int
    after: Text | None


@dataclass(frozen=True, slots=True)
class InjectLine:
    """An inject that may still come. `due` is a moment in milliseconds; 0 when it has none."""

    key: str
    title: Text
    text: Text
    way: str  # clock, condition, hand
    due: int
    held: bool
    softer: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One run as a column of the console."""

    id: int
    name: str
    case: Text
    version: int
    wall: str
    phase: str  # preparing, running, paused, finished
    case_minutes: int
    case_from: int  # the moment at which the case clock showed 0, if it had always run
    pace: int
    stage: str
    stage_title: Text | None
    stage_number: int
    stages: int
    complete: bool
    leads_to: Text | None
    still_for: int  # minutes without any event, when that is long
    seats: list[SeatLine]
    decisions: list[DecisionLine]
    coming: list[ComingLine]
    injects: list[InjectLine]
    sent: list[Text]
    steps: list[StepLine]
    notes: list[tuple[int, str]]
    places: list[tuple[str, Text]]

    @property
    def reached(self) -> int:
        """How many seats have somebody who has come in."""
        return sum(seat.status in ("here", "dropped") for seat in self.seats)

    @property
    def seated(self) -> int:
        """How many seats somebody was given."""
        return sum(seat.status != "empty" for seat in self.seats)

    @property
    def missing(self) -> list[Text]:
        """The required roles that nobody speaks for."""
        return [seat.name for seat in self.seats if seat.silent]


def table(run: Run, case: Case, state: State) -> Table:
    """Put one table together for this moment. `run.seats` and their participants must be loaded."""
    now = clock.now()
    ticking = state.phase == "running" and not state.paused
    stage = case.stage.get(state.stage)
    complete = is_complete(case, state)
    still = (to_moment(now) - state.at) if ticking else 0
    return Table(
        id=run.id, name=run.name, case=case.title, version=state.version, wall=run.projector_token,
        phase="paused" if state.paused else state.phase,
        case_minutes=minutes_of(case, state.clock(to_moment(now))),
        case_from=state.moment(0) if ticking else 0, pace=case.pace,
        stage=state.stage, stage_title=stage.title if stage else None, stage_number=len(state.stages),
        stages=len(case.stages), complete=complete, leads_to=_leads_to(case, state) if complete else None,
        still_for=still // MINUTE if still >= STANDS_STILL else 0,
        seats=[_seat(case, state, seat, now) for seat in run.seats],
        decisions=[_decision(case, state, one) for one in state.decisions.values()] if stage else [],
        coming=_coming(case, state) if stage and state.phase != FINISHED else [],
        injects=_injects(case, state) if stage and state.phase != FINISHED else [],
        sent=[case.inject[told.key].title for told in state.feed if told.kind == "inject"],
        steps=step_lines(case, state, to_moment(now)),
        notes=[(minutes_of(case, at), text) for at, text in state.notes],
        places=[(place.key, place.name) for place in case.places],
    )  # fmt: skip


def _leads_to(case: Case, state: State) -> Text:
    target = way_on(case, state)
    return case.ending[target].title if target in case.ending else case.stage[target].title


def _seat(case: Case, state: State, seat: Seat, now: datetime) -> SeatLine:
    role = case.role[seat.role]
    sitting = state.seats[seat.role]
    voice = speaker(case, state, seat.role)
    connected = seat.seen_at is not None and now - seat.seen_at <= PRESENT_FOR
    if sitting.present:
        status = "here" if connected else "dropped"
    elif sitting.away:
        status = "away"
    else:
        status = "waiting" if seat.participant_id else "empty"
    return SeatLine(
        id=seat.id, role=role.key, name=role.name, sector=role.sector, place=_place_name(case, role.place),
        person=seat.participant.name if seat.participant else "", status=status,
        covered_by=case.role[voice].name if voice and voice != role.key else None,
        silent=role.required and not voice and state.phase != FINISHED,
    )  # fmt: skip


def _place_name(case: Case, key: str) -> Text:
    return next(place.name for place in case.places if place.key == key)


def _decision(case: Case, state: State, voting: Voting) -> DecisionLine:
    decision: Decision = case.decision[voting.decision]
    given = voting.alone if voting.phase == ALONE else voting.votes
    asked = asked_now(case, state, voting) if voting.phase != CLOSED else frozenset(given)
    counts = list(given.values())
    ticking = state.phase == "running" and not state.paused
    until = voting.alone_until if voting.phase == ALONE else voting.until
    return DecisionLine(
        key=decision.key, title=decision.title, phase=voting.phase,
        until=state.moment(until) if ticking and voting.phase != CLOSED else 0,
        options=[
            OptionLine(key, LETTERS[number], decision.option(key).text, counts.count(key), key == voting.option)
            for number, key in enumerate(voting.offered)
        ],
        voted=len(asked & given.keys()), asked=len(asked),
        missing=[role.name for role in case.roles if role.key in asked - given.keys()], how=voting.how,
    )  # fmt: skip


def _coming(case: Case, state: State) -> list[ComingLine]:
    return [
        ComingLine(
            key=decision.key, title=decision.title, minute=minutes_of(case, clock) if clock is not None else 0,
            due=state.moment(clock) if clock is not None and not state.paused else 0,
            after=case.decision[decision.opens.after].title if clock is None else None,
        )
        for decision, clock in coming_decisions(case, state)
    ]  # fmt: skip


def _injects(case: Case, state: State) -> list[InjectLine]:
    return [
        InjectLine(
            key=inject.key, title=inject.title, text=inject.text,
            way="hand" if inject.by_hand else "clock" if inject.at is not None else "condition",
            due=due or 0, held=state.injects.get(inject.key) == "held", softer=inject.softer is not None,
        )
        for inject, due in coming_injects(case, state)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Console:
    """All tables, the one looked at closely, and the version of the whole."""

    tables: list[Table]
    chosen: Table | None
    version: int

    @property
    def running(self) -> bool:
        """Some clock runs."""
        return any(one.phase == "running" for one in self.tables)

    @property
    def paused_names(self) -> list[str]:
        """The groups whose clocks stand."""
        return [one.name for one in self.tables if one.phase == "paused"]

    @property
    def paused(self) -> bool:
        """Some clock stands."""
        return any(one.phase == "paused" for one in self.tables)

    @property
    def waiting(self) -> bool:
        """Some table has not begun."""
        return any(one.phase == PREPARING for one in self.tables)


def console(tables: list[Table], chosen: int, version: int) -> Console:
    """The console with the table `chosen` (a run's number; 0: the first that needs somebody, else the first)."""
    ordered = sorted(tables, key=lambda one: one.phase == FINISHED)  # those that need nobody any more come last
    looked_at = next((one for one in tables if one.id == chosen), None)
    looked_at = looked_at or next((one for one in ordered if one.still_for), ordered[0] if ordered else None)
    return Console(ordered, looked_at, version)
