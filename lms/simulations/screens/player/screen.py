"""The play screen as data: the shared situation, the own cards, what is being decided, and what has been said."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lms.content.case import Case
from lms.content.checks.cases.story import reached, ways
from lms.content.course import Text
from lms.simulations.models import Run, RunRow
from lms.simulations.moves import facts_of
from lms.simulations.screens.player.deciding import Ballot, Sight, Taken, ballots, taken
from lms.simulations.screens.player.feed import Line, feed
from lms.simulations.solo import onward
from lms.simulations.state import FINISHED, PREPARING, RUNNING, Passed, State, minutes_of, speaker, spoken_for

ENTER, AWAY, WAITING, PLAYING, OVER = "enter", "away", "waiting", "playing", "over"


@dataclass(frozen=True, slots=True)
class Clock:
    """Case time: `minutes` at the last event; while it goes, `start` is the moment at which it would have shown 0, else 0."""

    minutes: int
    start: int
    pace: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The stage of the story as everybody at the table knows it. `of`: stages on the longest way through the case."""

    key: str
    tables: frozenset[str]  # whose story it is: the places
    number: int
    of: int
    title: Text
    text: Text
    at_place: tuple[Text, ...]
    known: tuple[Text, ...]  # facts that somebody at this table has shared


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact on one's own card."""

    key: str
    text: Text
    shared: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A role's card, seen by nobody but its speaker. `own` is false for a role that is covered."""

    key: str
    name: Text
    sector: str
    place: Text
    own: bool
    briefing: Text
    goal: Text | None
    powers: Text | None
    private: Text | None  # more text of this stage
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class TableSeat:
    """A role at the table: who is there is told by role, never by name."""

    key: str
    name: Text
    sector: str
    place: Text
    here: bool
    you: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """That something was passed on from here: at which minute of the case, and what."""

    minute: int
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-off that this seat can make now, or has made in this scene. `mark` changes once it was made: then the form is a new one."""

    key: str
    mark: str
    title: Text
    to: Text
    items: tuple[tuple[str, Text], ...]
    channels: tuple[tuple[str, Text], ...]
    consent: bool
    open: bool  # it can be made (again)
    made: tuple[Receipt, ...]  # the oldest first


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything on a player's screen. In ENTER and AWAY, the story and the cards are not in it."""

    run_id: int
    training_id: int
    version: int
    mode: str
    paused: bool
    stands_at: int  # what the clock shows when it was last stopped: tells one pause from another
    solo: bool
    whole: bool  # practice by one person who plays the whole table
    group: str
    case: Text
    person: Text
    summary: Text
    notice: Text
    minutes: int
    aims: tuple[Text, ...]
    role: Text
    sector: str
    places: int
    away: str
    covered: bool  # somebody speaks for the role
    clock: Clock
    seats: tuple[TableSeat, ...]
    scene: Scene | None = None
    cards: tuple[Card, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    taken: tuple[Taken, ...] = ()
    offers: tuple[Offer, ...] = ()
    feed: tuple[Line, ...] = ()
    may_go_on: bool = False  # solo: nothing waits for the person

    @property
    def pending(self) -> Ballot | None:
        """The first open decision that waits for this seat's choice."""
        return next((one for one in self.ballots if one.may_choose and not one.chosen), None)

    @property
    def may_step_out(self) -> bool:
        """At a table of several people, from the waiting room to the end."""
        return self.mode in (WAITING, PLAYING) and not self.solo

    @property
    def offered(self) -> str:
        """Which hand-off forms belong under the screen now."""
        return " ".join(offer.mark for offer in self.offers)


def player_screen(run: Run | RunRow, case: Case, state: State, role: str) -> Screen:
    """What the person in the seat `role` may see now. Depends on nothing but the state: the same version looks the same."""
    mode = _mode(state, role)
    sight = sight_of(run, case, state, role)
    mine = case.role[role]
    shared: dict[str, Any] = {
        "run_id": run.id, "training_id": run.training_id, "version": state.version, "mode": mode,
        "paused": state.paused and not sight.alone, "stands_at": state.ran, "solo": sight.alone,
        "whole": sight.alone and not sight.solo_role, "group": run.name, "case": case.title, "person": case.person,
        "summary": case.summary, "notice": case.notice, "minutes": case.minutes, "aims": case.aims, "role": mine.name,
        "sector": mine.sector, "places": len(case.places), "away": state.seats[role].away,
        "covered": bool(speaker(case, state, role)), "clock": _clock(case, state),
        "seats": _seats(case, state, role) if mode == WAITING else (),
    }  # fmt: skip
    if mode in (ENTER, AWAY):
        return Screen(**shared)
    if mode == WAITING:  # those who are still expected will read their cards themselves
        return Screen(**shared, cards=(_card(case, state, role, own=True),))
    playing = mode == PLAYING
    shown = sight.voices if playing or shared["whole"] else (role,)
    cards = tuple(_card(case, state, one, own=shared["whole"] or one == role) for one in shown)
    return Screen(
        **shared,
        cards=cards,
        scene=_scene(case, state, sight),
        ballots=ballots(case, state, sight) if playing else (),
        taken=taken(case, state, sight),
        offers=_offers(case, state, sight.voices) if playing else (),
        feed=feed(case, state, sight.voices),
        may_go_on=sight.alone and playing and bool(onward(case, state)),
    )


def sight_of(run: Run | RunRow, case: Case, state: State, role: str) -> Sight:
    """What the person in the seat `role` speaks for: in practice as the whole table, everything."""
    alone = run.mode == "solo"
    voices = tuple(case.role) if alone and not run.solo_role else spoken_for(case, state, role)
    return Sight(role, voices, frozenset(case.role[one].place for one in voices), alone, run.solo_role)


def _mode(state: State, role: str) -> str:
    seat = state.seats[role]
    if state.phase == FINISHED:
        return OVER
    if not seat.present:
        return AWAY if seat.held else ENTER
    return WAITING if state.phase == PREPARING else PLAYING


def _clock(case: Case, state: State) -> Clock:
    going = state.phase == RUNNING and not state.paused
    return Clock(minutes_of(case, state.clock(state.at)), state.moment(0) if going else 0, case.pace)


def _scene(case: Case, state: State, sight: Sight) -> Scene | None:
    if not state.stage:
        return None
    stage = case.stage[state.stage]
    return Scene(
        key=stage.key,
        tables=sight.places,
        number=len(state.stages),
        of=max(longest_way(case), len(state.stages)),
        title=stage.title,
        text=stage.text,
        at_place=tuple(words for place, words in stage.at_place.items() if place in sight.places),
        known=tuple(case.fact[key].text for key in state.facts if case.fact_holder[key].place in sight.places),
    )


@lru_cache(maxsize=64)
def longest_way(case: Case) -> int:
    """The number of stages on the longest way through the story; a circle of stages counts once round."""
    there = ways(case)
    after = {stage: reached(there, stage) & there.keys() for stage in there}
    circle = {stage: frozenset(one for one in after[stage] if stage in after[one]) for stage in there}

    @cache
    def longest_from(round_: frozenset[str]) -> int:
        onward = {circle[to] for stage in round_ for to in there[stage] & there.keys() if to not in round_}
        return len(round_) + max(map(longest_from, onward), default=0)

    return longest_from(circle[case.stages[0].key])


def _card(case: Case, state: State, key: str, own: bool) -> Card:
    role = case.role[key]
    private = case.stage[state.stage].private.get(key) if state.stage else None
    facts = tuple(FactLine(fact, case.fact[fact].text, fact in state.facts) for fact in facts_of(case, state, key))
    place = next(place.name for place in case.places if place.key == role.place)
    return Card(
        key=key, name=role.name, sector=role.sector, place=place, own=own, briefing=role.briefing, goal=role.goal,
        powers=role.powers, private=private, facts=facts,
    )  # fmt: skip


def _seats(case: Case, state: State, me: str) -> tuple[TableSeat, ...]:
    """For the waiting room."""
    names = {place.key: place.name for place in case.places}
    return tuple(
        TableSeat(role.key, role.name, role.sector, names[role.place], state.seats[role.key].present, role.key == me)
        for role in case.roles
    )


def _offers(case: Case, state: State, voices: tuple[str, ...]) -> tuple[Offer, ...]:
    found = []
    for handoff in case.stage[state.stage].handoffs:
        made = tuple(_receipt(case, one) for one in state.passed if one.handoff == handoff.key and one.role in voices)
        may = handoff.when.holds(state.flags) and bool(set(handoff.roles) & set(voices))
        if not may and not made:
            continue
        times = sum(one.handoff == handoff.key for one in state.passed)
        found.append(
            Offer(
                key=handoff.key,
                mark=f"{handoff.key}.{times}",
                title=handoff.title,
                to=handoff.to,
                items=tuple((item.key, item.text) for item in handoff.items),
                channels=tuple((channel.key, channel.text) for channel in handoff.channels),
                consent=handoff.consent,
                open=may,
                made=made,
            )
        )
    return tuple(found)


def _receipt(case: Case, made: Passed) -> Receipt:
    items = tuple(item.text for item in case.handoff[made.handoff].items if item.key in made.items)
    return Receipt(minutes_of(case, made.clock), items)
