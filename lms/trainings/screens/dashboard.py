"""The trainer's dashboard as data: what is now, what is next, who is in the hall."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms import clock
from lms.language import alphabet_key
from lms.sectors import RING
from lms.teams.models import LocalTeam, Municipality
from lms.trainings.models import HalfDay, Participant, ProgrammeItem, Training
from lms.trainings.next_step import Moment, Step, next_step
from lms.trainings.rules import day_number, lobby_is_open, show_code
from lms.trainings.timetable import Line, half_day_number, minutes_of

Marks = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class HalfDayHead:
    """A column of attendance."""

    number: int
    day: int
    is_open: bool
    was_opened: bool
    present: int


@dataclass(frozen=True)
class Person:
    """A row: `marks` stand for the half-days: yes, no (it was open), or empty (it has not been)."""

    id: int
    name: str
    sector: str
    institution: str
    joined: bool
    marks: tuple[str, ...]
    waited_for: bool


@dataclass(frozen=True)
class Group:
    """The people of one municipality, with the ring of their sectors."""

    name: str  # of the municipality, empty for people without one
    invited: bool
    present_sectors: tuple[str, ...]
    missing: tuple[str, ...]
    people: tuple[Person, ...]
    total: int


@dataclass(frozen=True)
class ProgrammeLine:
    """A line of today in the margin."""

    starts: str
    title: Mapping[str, str]
    mark: str  # done, now, break, later


@dataclass(frozen=True)
class Dashboard:
    """Everything on the dashboard but the figures of the surveys."""

    step: Step
    day: int
    days: int
    days_until: int
    clock_time: str
    present_title: Mapping[str, str] | None
    following_title: Mapping[str, str] | None
    following_at: str
    following_in: int  # minutes
    half_day: int
    code: str
    lobby_open: bool
    state: str
    half_days: tuple[HalfDayHead, ...]
    groups: tuple[Group, ...]
    people: int
    joined: int
    waiting: int
    only_waiting: bool
    today: tuple[ProgrammeLine, ...]

    @property
    def version(self) -> str:
        """Changes whenever anything on the screen does."""
        return hashlib.blake2b(repr(self).encode(), digest_size=8).hexdigest()

    @property
    def open_half_day(self) -> HalfDayHead | None:
        return next((head for head in self.half_days if head.is_open), None)

    @property
    def key_half_day(self) -> int:
        """The half-day whose marks are shown where there is room for one only."""
        return _key(self.half_days) or 1

    @property
    def is_noted(self) -> bool:
        """True once attendance counts: those who wait are then also those without a mark in the half-day that matters."""
        return bool(_key(self.half_days))


@dataclass(frozen=True)
class Facts:
    """What the dashboard is made of."""

    training: Training
    items: Sequence[ProgrammeItem]
    half_days: Sequence[HalfDay]
    participants: Sequence[Participant]
    marks: Marks
    teams: Sequence[LocalTeam]


def lines_of(items: Sequence[ProgrammeItem]) -> list[Line]:
    """The programme as the rules read it."""
    return [Line(item.id, item.day, minutes_of(item.starts), item.minutes, item.kind) for item in items]


def moment_of(facts: Facts) -> Moment:
    """Where the training stands now."""
    training, now = facts.training, clock.local(clock.now())
    days = (training.ends_on - training.starts_on).days + 1
    return Moment(
        state=training.state,
        day=day_number(training.starts_on, training.ends_on, now.date()),
        days=days,
        minutes=now.hour * 60 + now.minute,
        lobby_open=lobby_is_open(training.state, training.lobby_opens_at, training.lobby_closes_at, clock.now()),
        people=len(facts.participants),
        opened=frozenset(half_day.number for half_day in facts.half_days if half_day.opens_at),
        lines=lines_of(facts.items),
    )


def dashboard(facts: Facts, only_waiting: bool) -> Dashboard:
    """The whole screen."""
    moment = moment_of(facts)
    titles = {item.id: item.title for item in facts.items}
    heads = tuple(_head(half_day, facts.marks) for half_day in facts.half_days)
    key = _key(heads)
    people = [_person(participant, facts, key) for participant in facts.participants]
    following = moment.following
    return Dashboard(
        step=next_step(moment),
        day=moment.day,
        days=moment.days,
        days_until=(facts.training.starts_on - clock.today()).days,
        clock_time=f"{moment.minutes // 60:02}:{moment.minutes % 60:02}",
        present_title=titles[moment.present.id] if moment.present else None,
        following_title=titles[following.id] if following else None,
        following_at=_time(following.starts) if following else "",
        following_in=following.starts - moment.minutes if following else 0,
        half_day=min(half_day_number(moment.day, moment.minutes), len(heads)),
        code=show_code(facts.training.join_code),
        lobby_open=moment.lobby_open,
        state=facts.training.state,
        half_days=heads,
        groups=tuple(_groups(facts, {person.id: person for person in people}, only_waiting)),
        people=len(people),
        joined=sum(person.joined for person in people),
        waiting=sum(person.waited_for for person in people),
        only_waiting=only_waiting,
        today=tuple(_today(moment, titles)),
    )


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def is_open(half_day: HalfDay) -> bool:
    """True while the half-day's code is good."""
    now = clock.now()
    return bool(half_day.opens_at and half_day.opens_at <= now and (not half_day.closes_at or now < half_day.closes_at))


def _head(half_day: HalfDay, marks: Marks) -> HalfDayHead:
    return HalfDayHead(
        number=half_day.number,
        day=half_day.day,
        is_open=is_open(half_day),
        was_opened=half_day.opens_at is not None,
        present=sum(1 for _, when in marks if when == half_day.id),
    )


def _key(heads: Sequence[HalfDayHead]) -> int:
    """The number of the half-day that matters now: the open one, else the last that was opened or noted; 0: none."""
    open_now = [head.number for head in heads if head.is_open]
    opened = [head.number for head in heads if head.was_opened]
    noted = [head.number for head in heads if head.present]
    return (open_now or opened or noted or [0])[-1]


def _person(participant: Participant, facts: Facts, key: int) -> Person:
    marks = tuple(_mark(participant.id, half_day, facts.marks) for half_day in facts.half_days)
    absent_now = bool(key) and marks[key - 1] != "yes"
    return Person(
        participant.id, participant.name, participant.sector, participant.institution,
        participant.joined_at is not None, marks, participant.joined_at is None or absent_now,
    )  # fmt: skip


def _mark(participant_id: int, half_day: HalfDay, marks: Marks) -> str:
    if (participant_id, half_day.id) in marks:
        return "yes"
    return "no" if half_day.opens_at else ""


def _groups(facts: Facts, people: Mapping[int, Person], only_waiting: bool) -> list[Group]:
    """Invited teams first come by the alphabet together with everybody else's municipalities; people without one last."""
    names: dict[str | None, Municipality] = {team.municipality_code: team.municipality for team in facts.teams}
    invited = set(names)
    names |= {person.municipality_code: person.municipality for person in facts.participants if person.municipality}
    members: dict[str | None, list[Participant]] = {code: [] for code in names}
    for participant in facts.participants:
        members.setdefault(participant.municipality_code, []).append(participant)
    ordered = sorted(members, key=lambda code: alphabet_key(names[code].name_sr) if code in names else "99")
    groups = []
    for code in ordered:
        sectors = {member.sector for member in members[code] if member.joined_at}
        shown = tuple(people[member.id] for member in members[code] if not only_waiting or people[member.id].waited_for)
        if shown or (code in invited and not only_waiting):
            groups.append(
                Group(
                    name=names[code].name_sr if code in names else "",
                    invited=code in invited,
                    present_sectors=tuple(sector for sector in RING if sector in sectors),
                    missing=tuple(sector for sector in RING if sector not in {m.sector for m in members[code]}),
                    people=shown,
                    total=len(members[code]),
                )
            )
    return groups


def _today(moment: Moment, titles: Mapping[int, Mapping[str, str]]) -> list[ProgrammeLine]:
    day = min(max(moment.day, 1), moment.days)
    lines = sorted((line for line in moment.lines if line.day == day), key=lambda line: (line.starts, line.id))
    return [ProgrammeLine(_time(line.starts), titles[line.id], _line_mark(line, moment)) for line in lines]


def _line_mark(line: Line, moment: Moment) -> str:
    if line.day < moment.day or (line.day == moment.day and line.ends <= moment.minutes):
        return "done" if line.kind != "break" else "break"
    if line.day == moment.day and line.starts <= moment.minutes:
        return "now"
    return "break" if line.kind == "break" else "later"


def day_dates(training: Training) -> list[tuple[int, date]]:
    """(number, date) of each day."""
    days = (training.ends_on - training.starts_on).days + 1
    return [(number, training.starts_on + timedelta(days=number - 1)) for number in range(1, days + 1)]
