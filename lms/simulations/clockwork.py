"""What follows by itself: deadlines, timed and conditional injects, decisions that open and close. Pure.

Nothing runs a clock. Whoever acts or looks first asks `settle` what has come due until now; each such event carries the moment at
which it was due, so the log is the same whoever asks, and whenever.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from lms.content.case import AUTHORITY, CONSENSUS, INDIVIDUALLY, Case, Decision, Inject, Stage
from lms.simulations.log import DecisionClosed, DecisionOpened, Event, InjectSent, Moment, TableAsked
from lms.simulations.replay import follow, who_answers_alone
from lms.simulations.state import ALONE, CLOSED, RUNNING, State, Voting, clock_of, speakers


def settle(case: Case, state: State, now: Moment) -> tuple[State, list[Event]]:
    """The state at `now` and the events that time and conditions have brought since the last one."""
    events: list[Event] = []
    while event := _next(case, state, now):
        state = follow(case, state, [event])
        events.append(event)
    return state, events


def next_due(case: Case, state: State) -> Moment | None:
    """When something will happen by itself if nobody does anything; None while the run stands."""
    if state.phase != RUNNING or state.paused or not state.stage:
        return None
    if next(_at_once(case, state), None):
        return state.at
    coming = [clock for clock, _event in _in_time(case, state)]
    return _moment(state, min(coming)) if coming else None


def next_timed(case: Case, state: State) -> int | None:
    """The clock of the next inject or opening that waits for nothing but time; None when there is none in this stage."""
    stage = case.stage[state.stage]
    injects = [one.at for one in stage.injects if one.at is not None and one.key not in state.injects]
    coming = [state.stage_clock + clock_of(case, at) for at in injects]
    coming += [_opening_clock(case, state, decision) for decision in stage.decisions if can_open(state, decision)]
    return min(coming, default=None)


def is_complete(case: Case, state: State) -> bool:
    """Every decision of the stage that can still open has been closed: the story may go on."""
    if state.phase != RUNNING or not state.stage or state.open_decisions:
        return False
    return not any(can_open(state, decision) for decision in case.stage[state.stage].decisions)


def way_on(case: Case, state: State) -> str:
    """The stage or ending that follows: where the last choice that leads somewhere leads, else the first branch that holds."""
    return go_chosen(case, state) or branch_to(case.stage[state.stage], state.flags)


def go_chosen(case: Case, state: State) -> str:
    """The `go` of the last chosen option of this stage that has one; empty without any."""
    for verdict in reversed(state.verdicts[state.first_verdict :]):
        if verdict.option and (go := case.decision[verdict.decision].option(verdict.option).go):
            return go
    return ""


def branch_to(stage: Stage, flags: Mapping[str, int]) -> str:
    """The first branch of the stage that holds."""
    return next(branch.to for branch in stage.next if branch.when.holds(flags))


def asked_now(case: Case, state: State, voting: Voting) -> frozenset[str]:
    """The seats whose answer is wanted in this phase: people who are there."""
    decision = case.decision[voting.decision]
    roles = who_answers_alone(case, decision) if voting.phase == ALONE else case.voters(decision)
    return speakers(case, state, roles)


def _next(case: Case, state: State, now: Moment) -> Event | None:
    if state.phase != RUNNING or state.paused or not state.stage:
        return None
    if event := next(_at_once(case, state), None):
        return event
    clock = state.clock(now)
    coming = [(due, event) for due, event in _in_time(case, state) if due <= clock]
    return min(coming, key=lambda one: one[0])[1] if coming else None


def _at_once(case: Case, state: State) -> Iterator[Event]:
    """What is true already, at the moment of the last event."""
    stage = case.stage[state.stage]
    for inject in stage.injects:
        if inject.when and inject.key not in state.injects and inject.when.holds(state.flags):
            yield InjectSent(at=state.at, inject=inject.key, how="condition")
    clock = state.clock(state.at)
    for decision in stage.decisions:
        if can_open(state, decision) and _opening_clock(case, state, decision) <= clock:
            yield DecisionOpened(at=state.at, decision=decision.key)
    for voting in state.open_decisions:
        if event := _all_have_answered(case, state, voting):
            yield event


def _all_have_answered(case: Case, state: State, voting: Voting) -> Event | None:
    asked = asked_now(case, state, voting)
    if voting.phase == ALONE:
        everybody = asked and asked <= voting.alone.keys()
        return TableAsked(at=state.at, decision=voting.decision) if everybody else None
    option = _agreed(case.decision[voting.decision], voting, asked)
    return DecisionClosed(at=state.at, decision=voting.decision, option=option, how="votes") if option else None


def _in_time(case: Case, state: State) -> Iterator[tuple[int, Event]]:
    """What the clock will bring, with the clock at which it is due (never before what has already happened)."""
    stage = case.stage[state.stage]
    for inject in stage.injects:
        if inject.at is not None and inject.key not in state.injects:
            due = state.stage_clock + clock_of(case, inject.at)
            yield due, InjectSent(at=_moment(state, due), inject=inject.key, how="clock")
    for decision in stage.decisions:
        if can_open(state, decision):
            due = _opening_clock(case, state, decision)
            yield due, DecisionOpened(at=_moment(state, due), decision=decision.key)
    for voting in state.open_decisions:
        if voting.phase == ALONE:
            due = voting.alone_until
            yield due, TableAsked(at=_moment(state, due), decision=voting.decision)
        else:
            due = voting.until
            option = _at_the_end(case.decision[voting.decision], voting)
            yield due, DecisionClosed(at=_moment(state, due), decision=voting.decision, option=option, how="time")


def _moment(state: State, clock: int) -> Moment:
    return max(state.at, state.moment(clock))


def can_open(state: State, decision: Decision) -> bool:
    """Whether the decision opens in this stage now, or as soon as its minute comes."""
    opens = decision.opens
    if decision.key in state.decisions or not opens.when.holds(state.flags):
        return False
    return not opens.after or (opens.after in state.decisions and state.decisions[opens.after].phase == CLOSED)


def _opening_clock(case: Case, state: State, decision: Decision) -> int:
    return state.stage_clock + clock_of(case, decision.opens.minute)


def _agreed(decision: Decision, voting: Voting, asked: frozenset[str]) -> str:
    """The option that the table has taken, once everybody present has chosen; empty while it has not.

    A vote of somebody who has left still counts, but keeps nobody waiting: those present who agree with one another close a
    majority decision, for the option with most votes, and if votes are tied for theirs.
    """
    votes = voting.votes
    if not asked or not asked <= votes.keys():
        return ""
    if decision.how == AUTHORITY:
        return votes[min(asked)]
    if decision.how == CONSENSUS:
        chosen = {votes[seat] for seat in asked}
        return chosen.pop() if len(chosen) == 1 else ""
    if decision.how == INDIVIDUALLY:
        return _most(votes) or decision.otherwise
    option, count = Counter(votes.values()).most_common(1)[0]
    if count * 2 > len(votes):
        return option
    present = {votes[seat] for seat in asked}  # people who left have voted too, and nobody waits for them
    return (_most(votes) or present.pop()) if len(present) == 1 else ""


def _at_the_end(decision: Decision, voting: Voting) -> str:
    """The option that is taken when time runs out."""
    if decision.how in (CONSENSUS, AUTHORITY):
        return decision.otherwise
    return _most(voting.votes) or decision.otherwise


def _most(votes: Mapping[str, str]) -> str:
    """The single most frequent option; empty when nobody chose or several are equally frequent."""
    ranked = Counter(votes.values()).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def coming_decisions(case: Case, state: State) -> list[tuple[Decision, int | None]]:
    """The decisions of the stage that have not opened and still may, with the clock at which they open by themselves; None: not
    before another one has closed."""
    return [
        (decision, _opening_clock(case, state, decision) if can_open(state, decision) else None)
        for decision in case.stage[state.stage].decisions
        if decision.key not in state.decisions and decision.opens.when.holds(state.flags)
    ]


def coming_injects(case: Case, state: State) -> list[tuple[Inject, Moment | None]]:
    """The injects of the stage that have not come, with the moment of the timed ones while the clock runs."""
    found = []
    for inject in case.stage[state.stage].injects:
        if state.injects.get(inject.key) in ("sent", "skipped"):
            continue
        timed = inject.at is not None and inject.key not in state.injects and not state.paused
        due = state.moment(state.stage_clock + clock_of(case, inject.at)) if timed and inject.at is not None else None
        found.append((inject, due))
    return found
