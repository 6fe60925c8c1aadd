"""What people can do at a moment, and people who do any of it: random whole runs through the same moves as everybody's. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product
from random import Random

from lms.content.case import Case, Handoff, HandoffItem
from lms.simulations import facilitation, moves
from lms.simulations.clockwork import asked_now, is_complete, next_due
from lms.simulations.log import Event, Moment
from lms.simulations.moves import CONSENTS, Move, facts_of, made
from lms.simulations.replay import beginning
from lms.simulations.state import CLOSED, FINISHED, MINUTE, PREPARING, RUNNING, State, spoken_for

VOTE, SHARE, HAND_OVER, LEAVE, COME = PLAYERS_KINDS = ("vote", "share", "hand-over", "leave", "come")
WHY = "a bot does it"
LONGEST_WAIT = 20_000  # milliseconds between two things that somebody does
MOST_MOVES = 5_000
BEGIN: Moment = 1_800_000_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a screen offers now: of which kind, and the move that it makes."""

    kind: str
    move: Move


@dataclass(frozen=True, slots=True)
class Played:
    """A whole run as bots played it."""

    case: Case
    state: State
    log: list[Event]

    @property
    def minutes(self) -> float:
        """Real minutes, pauses not counted."""
        return self.state.ran / MINUTE


def offers(case: Case, state: State, seat: str, kinds: Collection[str] = PLAYERS_KINDS) -> list[Offer]:
    """Every move that the screen of `seat` offers now, of those `kinds`. Nothing but coming and going while the run stands."""
    if state.phase == FINISHED:
        return []
    if not state.seats[seat].present:
        return [Offer(COME, moves.sit_down(seat))] if COME in kinds else []
    found = [Offer(LEAVE, moves.leave(seat))] if LEAVE in kinds else []
    if state.phase == RUNNING and not state.paused:
        for kind, offered in ((VOTE, _votes), (SHARE, _facts), (HAND_OVER, _handoffs)):
            if kind in kinds:
                found += (Offer(kind, move) for move in offered(case, state, seat))
    return found


def _votes(case: Case, state: State, seat: str) -> Iterator[Move]:
    for voting in state.open_decisions:
        if seat in asked_now(case, state, voting):
            for option in voting.offered:
                yield moves.vote(seat, voting.decision, option, voting.phase)


def _facts(case: Case, state: State, seat: str) -> Iterator[Move]:
    for role in spoken_for(case, state, seat):
        for fact in facts_of(case, state, role):
            if fact not in state.facts:
                yield moves.share(seat, fact)


def _handoffs(case: Case, state: State, seat: str) -> Iterator[Move]:
    mine = set(spoken_for(case, state, seat))
    for handoff in case.stage[state.stage].handoffs:
        if mine.intersection(handoff.roles) and handoff.when.holds(state.flags):
            for items, channel, consent in product(_selections(handoff.items), handoff.channels, _consents(handoff)):
                chosen = tuple(item.key for item in items)
                yield moves.hand_over(seat, handoff.key, items=chosen, channel=channel.key, consent=consent)


def _selections(items: tuple[HandoffItem, ...]) -> Iterator[tuple[HandoffItem, ...]]:
    """Every choice of at least one item."""
    return chain.from_iterable(combinations(items, count) for count in range(1, len(items) + 1))


def _consents(handoff: Handoff) -> tuple[str, ...]:
    return CONSENTS if handoff.consent else ("",)


def facilitator_offers(case: Case, state: State) -> list[Offer]:
    """Every move that the console offers now; where one may give a reason, with one."""
    if state.phase == FINISHED:
        return [Offer("note", facilitation.note(WHY))]
    found = [Offer("note", facilitation.note(WHY)), Offer("end", facilitation.end(WHY)), *_about_seats(case, state)]
    if state.phase == PREPARING:
        anybody = any(seat.present for seat in state.seats.values())
        return [*found, Offer("start", facilitation.start(WHY))] if anybody else found
    if state.paused:
        return [*found, Offer("resume", facilitation.resume())]
    found += [Offer("pause", facilitation.pause(WHY)), Offer("tell", facilitation.tell(WHY))]
    found += (Offer("tell", facilitation.tell(WHY, place.key)) for place in case.places)
    reason = "" if is_complete(case, state) else WHY
    found.append(Offer("go-on", facilitation.go_on(state.stage, reason)))
    return [*found, *_about_injects(case, state), *_about_decisions(state)]


def _about_seats(case: Case, state: State) -> Iterator[Offer]:
    present = [role for role, seat in state.seats.items() if seat.present]
    for role in case.role:
        if role in present:
            yield Offer("excuse", moves.leave(role, "excused"))
        for by in present:
            if by != role:
                yield Offer("cover", facilitation.cover(role, by, WHY))


def _about_injects(case: Case, state: State) -> Iterator[Offer]:
    for inject in case.stage[state.stage].injects:
        status = state.injects.get(inject.key, "")
        if status == "sent":
            continue
        yield Offer("send", facilitation.send(inject.key, reason=WHY))
        yield Offer("send", facilitation.send(inject.key, softer=True, reason=WHY))
        if status != "skipped":
            yield Offer("skip", facilitation.skip(inject.key, WHY))
            yield Offer("hold", facilitation.hold(inject.key, status != "held", WHY))


def _about_decisions(state: State) -> Iterator[Offer]:
    for voting in state.decisions.values():
        if voting.phase == CLOSED:
            yield Offer("reopen", facilitation.reopen(voting.decision, WHY))
            continue
        yield Offer("extend", facilitation.extend(voting.decision, 60, WHY))
        for option in voting.offered:
            yield Offer("decide", facilitation.decide(voting.decision, option, WHY))


OVERRIDES = frozenset(
    ("send", "skip", "hold", "reopen", "extend", "decide", "cover", "excuse", "tell", "note", "pause")
)


def play(case: Case, seed: int, overrides: bool = True) -> Played:
    """A whole run with people who come, go, vote, share and hand over at random, and a facilitator who keeps to the planned
    minutes of each stage and, with `overrides`, does what comes to mind. The same seed gives the same run.

    Raises Refused when something that was offered is not allowed, RuntimeError when the run does not end.
    """
    table = _Bots(case, Random(seed))  # noqa: S311 - the same run again is what is wanted
    table.begin()
    for _ in range(MOST_MOVES):
        if table.state.phase == FINISHED:
            return Played(case, table.state, table.log)
        table.wait()
        table.act(overrides)
    raise RuntimeError(f"seed {seed}: the run of {case.key} does not end")


class _Bots:
    def __init__(self, case: Case, random: Random) -> None:
        self.case, self.random = case, random
        self.state, self.now = beginning(case), BEGIN
        self.log: list[Event] = []

    def do(self, move: Move | None) -> None:
        """Make a move now."""
        self.state, events = made(self.case, self.state, self.now, move)
        self.log += events

    def begin(self) -> None:
        """Most people are there, some are late."""
        roles = list(self.case.role)
        for role in self.random.sample(roles, self.random.randint(max(1, len(roles) // 2), len(roles))):
            self.do(moves.sit_down(role))
        self.do(facilitation.start(WHY))

    def wait(self) -> None:
        """Until somebody does something; never beyond the minutes of the stage, now and then until the very moment of a limit."""
        self.now += self.random.randint(0, LONGEST_WAIT)
        due = next_due(self.case, self.state)
        if due is not None and self.random.random() < 0.1:
            self.now = max(self.state.at, due)
        if not self.state.paused:
            self.now = max(self.state.at, min(self.now, self.state.moment(self._end_of_stage())))
        self.do(None)

    def _end_of_stage(self) -> int:
        return self.state.stage_clock + self.case.stage[self.state.stage].minutes * MINUTE

    def act(self, overrides: bool) -> None:
        """Somebody does something."""
        if self.state.phase != RUNNING:
            return
        if self.state.paused:
            self.do(facilitation.resume() if self.random.random() < 0.5 else self._players_move())
        elif self.state.clock(self.now) >= self._end_of_stage():
            self.do(facilitation.go_on(self.state.stage, "" if is_complete(self.case, self.state) else WHY))
        elif is_complete(self.case, self.state) and self.random.random() < 0.3:
            self.do(facilitation.go_on(self.state.stage))
        elif overrides and self.random.random() < 0.07:
            self.do(self._any([one for one in facilitator_offers(self.case, self.state) if one.kind in OVERRIDES]))
        else:
            self.do(self._players_move())

    def _players_move(self) -> Move | None:
        """Mostly votes; people leave seldom and come back soon."""
        seat = self.random.choice(list(self.case.role))
        wanted = self.random.choices((VOTE, SHARE, HAND_OVER, LEAVE, COME), weights=(12, 4, 2, 1, 3))[0]
        return self._any(offers(self.case, self.state, seat, (wanted,)))

    def _any(self, offered: list[Offer]) -> Move | None:
        kinds = sorted({offer.kind for offer in offered})
        if not kinds:
            return None
        kind = self.random.choice(kinds)
        return self.random.choice([offer for offer in offered if offer.kind == kind]).move
