"""The hall's wall as data: only what every table of the run may know. No names, no votes, nothing that one place alone has heard."""

from dataclasses import dataclass

from lms.content.case import Case
from lms.content.course import Text
from lms.simulations.clockwork import asked_now
from lms.simulations.log import Moment
from lms.simulations.state import ALONE, FINISHED, State, Told, Voting, minutes_of, speaker


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of news that everybody has heard; `text` in the wording that was sent, or the facilitator's own `words`."""

    title: Text | None
    text: Text | None
    words: str
    person: bool


@dataclass(frozen=True, slots=True)
class Deciding:
    """Something is being decided: the question if everybody decides, else only where. `until`: a moment, 0 while the clock stands."""

    question: Text | None
    place: Text | None
    alone: bool
    voted: int
    asked: int
    until: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the same case and how far it is."""

    name: str
    sectors: frozenset[str]
    stage_number: int
    phase: str
    deciding: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything on the wall."""

    version: int
    title: Text
    phase: str
    case_minutes: int
    case_from: int
    pace: int
    stage_number: int
    stages: int
    stage_title: Text | None
    text: Text | None
    ending: Text | None
    heard: list[Heard]
    deciding: list[Deciding]
    groups: list[Group]


def wall(case: Case, state: State, now: Moment, groups: list[Group], version: int) -> Wall:
    """The wall of a run, with its sister groups."""
    ticking = state.phase == "running" and not state.paused
    stage = case.stage.get(state.stage)
    ending = case.ending.get(state.ending)
    everybody = frozenset(case.role)
    heard = [
        _heard(case, told) for told in state.feed if told.roles == everybody and told.kind in ("inject", "message")
    ]
    return Wall(
        version=version, title=case.title, phase="paused" if state.paused else state.phase,
        case_minutes=minutes_of(case, state.clock(now)), case_from=state.moment(0) if ticking else 0, pace=case.pace,
        stage_number=len(state.stages), stages=len(case.stages),
        stage_title=stage.title if stage else None,
        text=_text(case, state),
        ending=ending.title if ending else None,
        heard=heard[-3:] if state.phase != FINISHED else [], deciding=[_deciding(case, state, one) for one in state.open_decisions if state.phase != FINISHED], groups=groups,
    )  # fmt: skip


def _text(case: Case, state: State) -> Text | None:
    """The story as it stands; nothing when the facilitator has ended it before its end."""
    if state.phase == FINISHED:
        ending = case.ending.get(state.ending)
        return ending.text if ending else None
    return case.stage[state.stage].text if state.stage else case.summary


def group(name: str, case: Case, state: State) -> Group:
    """How far a group is."""
    present = frozenset(role.sector for role in case.roles if speaker(case, state, role.key))
    return Group(name, present, len(state.stages), state.phase, bool(state.open_decisions) and state.phase != FINISHED)


def _heard(case: Case, told: Told) -> Heard:
    if told.kind == "message":
        return Heard(None, None, told.text, False)
    inject = case.inject[told.key]
    wording = inject.softer if told.softer and inject.softer else inject.text
    return Heard(inject.title, wording, "", inject.person)


def _deciding(case: Case, state: State, voting: Voting) -> Deciding:
    decision = case.decision[voting.decision]
    roles = case.voters(decision)
    places = {case.role[role].place for role in roles}
    everybody = len(roles) == len(case.roles) or len(case.places) == 1
    given = voting.alone if voting.phase == ALONE else voting.votes
    asked = asked_now(case, state, voting)
    until = voting.alone_until if voting.phase == ALONE else voting.until
    ticking = state.phase == "running" and not state.paused
    return Deciding(
        question=decision.question if everybody else None,
        place=next((place.name for place in case.places if {place.key} == places), None),
        alone=voting.phase == ALONE, voted=len(asked & given.keys()), asked=len(asked),
        until=state.moment(until) if ticking else 0,
    )  # fmt: skip
