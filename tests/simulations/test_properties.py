"""What holds whatever people do, whenever they do it, in whatever case: rules 1 to 7, against a simple model of each."""

import json
from collections import defaultdict

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lms.content.case import AUTHORITY, CONSENSUS, INDIVIDUALLY, Case
from lms.errors import Refused
from lms.simulations import facilitation, log, moves
from lms.simulations.clockwork import asked_now, is_complete, next_due, settle
from lms.simulations.log import Event, from_row, to_row
from lms.simulations.moves import Move, made
from lms.simulations.replay import beginning, follow, replay
from lms.simulations.state import ALONE, FINISHED, MINUTE, RUNNING, State, speaker
from tests.simulations.generated import cases
from tests.simulations.tables import ALL, BEGIN, small

seats = st.sampled_from(ALL)
reasons = st.sampled_from(("", "for a test"))
picks = st.integers(0, 999)


def clocks_of(events: list[Event]) -> list[int]:
    """The clock at each event, added up by hand: it runs from the start, not while paused, not after the end; and it may jump."""
    clock, last, runs, found = 0, 0, False, []
    for event in events:
        clock += event.at - last if runs else 0
        last = event.at
        clock += event.milliseconds if isinstance(event, log.TimePassed) else 0
        if isinstance(event, log.RunStarted | log.Resumed):
            runs = True
        elif isinstance(event, log.Paused | log.RunEnded):
            runs = False
        found.append(clock)
    return found


def flags_of(case: Case, events: list[Event]) -> dict[str, int]:
    """The flags that the log gives: every effect that was not taken back, one after another."""
    effects: list[tuple[int, str, object]] = []  # visit, source, effect
    visit, needed = 0, defaultdict(set)
    for event in events:
        if isinstance(event, log.StageBegan):
            visit += 1
        elif isinstance(event, log.InjectSent):
            effects.append((visit, event.inject, case.inject[event.inject].effect))
        elif isinstance(event, log.DecisionClosed):
            effects.append((visit, event.decision, case.decision[event.decision].option(event.option).effect))
        elif isinstance(event, log.DecisionReopened):
            effects = [one for one in effects if one[:2] != (visit, event.decision)]
        elif isinstance(event, log.HandedOver):
            handoff, earlier = case.handoff[event.handoff], needed[event.handoff]
            now = earlier | set(event.items)
            unsafe = event.channel == "group" or "diagnosis" in event.items or event.consent != "given"
            effects += [(visit, handoff.key, handoff.breach)] if unsafe else []
            effects += [(visit, handoff.key, handoff.effect)] if "plate" in now and "plate" not in earlier else []
            needed[event.handoff] = now
    flags = {flag.key: flag.start for flag in case.flags}
    for _visit, _source, effect in effects:
        flags |= effect.set
        for key, more in effect.add.items():
            flags[key] = max(case.flag[key].least, min(case.flag[key].most, flags[key] + more))
    return flags


class Playing(RuleBasedStateMachine):
    """A run in which anybody may do anything at any time."""

    @initialize(case=st.just(small()) | cases(), seated=st.sets(seats, min_size=1), started=st.integers(0, 9))
    def begin(self, case: Case, seated: set[str], started: int) -> None:
        self.case, self.state = case, beginning(case)
        self.now, self.log = BEGIN, []
        self.doubted: State = self.state  # a second server that looks only when somebody acts
        self.doubted_log: list[Event] = []
        for role in sorted(seated):
            self.do(moves.sit_down(role))
        if started:
            self.do(facilitation.start("for a test"))

    def do(self, move: Move | None) -> None:
        """Make a move on both servers; refused ones leave everything as it was."""
        before, copied = self.state, self.state.copy()
        try:
            self.state, events = made(self.case, before, self.now, move)
        except Refused:
            assert before == copied
            return
        assert before == copied
        self.log += events
        self.doubted, events = made(self.case, self.doubted, self.now, move)
        self.doubted_log += events

    @rule()
    def the_clock_is_set_back(self) -> None:
        self.doubted, events = settle(self.case, self.doubted, max(self.now, self.doubted.at))
        self.doubted_log += events
        self.now -= 20_000

    @rule(seconds=st.sampled_from((0, 0.001, 1, 20, 59.999, 60, 61, 180, 400)))
    def time_passes_and_somebody_looks(self, seconds: float) -> None:
        self.now += int(seconds * 1000)
        self.state, events = settle(self.case, self.state, max(self.now, self.state.at))
        self.log += events

    @rule()
    def exactly_until_something_is_due(self) -> None:
        due = next_due(self.case, self.state)
        if due is not None:
            assert not settle(self.case, self.state, due - 1)[1] or due == self.state.at
            self.now = due
            self.state, events = settle(self.case, self.state, due)
            assert events
            self.log += events
        else:
            assert not settle(self.case, self.state, self.now + 1_000_000_000)[1]

    @rule(reason=reasons)
    @precondition(lambda self: self.state.phase != RUNNING)
    def start(self, reason: str) -> None:
        self.do(facilitation.start(reason))

    @rule(pick=picks, again=picks)
    @precondition(lambda self: self.state.open_decisions and not self.state.paused)
    def vote_as_asked(self, pick: int, again: int) -> None:
        voting = self.state.open_decisions[pick % len(self.state.open_decisions)]
        asked = sorted(asked_now(self.case, self.state, voting))
        if asked and voting.offered:
            seat, option = asked[pick // 7 % len(asked)], voting.offered[again % len(voting.offered)]
            self.do(moves.vote(seat, voting.decision, option, voting.phase))

    @rule(seat=seats, pick=picks, phase=st.sampled_from(("", "alone", "table")))
    def vote(self, seat: str, pick: int, phase: str) -> None:
        known = list(self.state.decisions) or list(self.case.decision)
        decision = self.case.decision[known[pick % len(known)]]
        self.do(moves.vote(seat, decision.key, decision.options[pick // 7 % len(decision.options)].key, phase))

    @rule(pick=picks)
    @precondition(lambda self: self.state.open_decisions)
    def all_vote_for_the_same(self, pick: int) -> None:
        voting = self.state.open_decisions[pick % len(self.state.open_decisions)]
        offered = voting.offered
        for seat in sorted(asked_now(self.case, self.state, voting)):
            if offered:
                self.do(moves.vote(seat, voting.decision, offered[pick % len(offered)]))

    @rule(seat=seats, fact=st.sampled_from(("wish", "second-call", "result")))
    def share(self, seat: str, fact: str) -> None:
        self.do(moves.share(seat, fact))

    @rule(
        seat=seats, items=st.lists(st.sampled_from(("plate", "needs", "diagnosis")), max_size=3).map(tuple),
        channel=st.sampled_from(("duty", "group")), consent=st.sampled_from(("given", "refused", "not-asked", "")),
        token=st.sampled_from(("", "a", "b")),
    )  # fmt: skip
    def hand_over(self, seat: str, items: tuple[str, ...], channel: str, consent: str, token: str) -> None:
        self.do(moves.hand_over(seat, "to-topolje", items=items, channel=channel, consent=consent, token=token))

    @rule(seat=seats, why=st.sampled_from(("stepped-out", "gone", "excused", "freed")))
    def leave(self, seat: str, why: str) -> None:
        self.do(moves.leave(seat, why))

    @rule(seat=seats)
    def sit_down(self, seat: str) -> None:
        self.do(moves.sit_down(seat))

    @rule(role=seats, by=seats | st.just(""), reason=reasons)
    def cover(self, role: str, by: str, reason: str) -> None:
        self.do(facilitation.cover(role, by, reason))

    @rule(minutes=st.integers(1, 3))
    @precondition(lambda self: self.state.phase == RUNNING and not self.state.paused)
    def the_story_jumps(self, minutes: int) -> None:
        self.do(lambda case, state, now: [log.TimePassed(at=now, milliseconds=minutes * MINUTE)])

    @rule()
    @precondition(lambda self: not self.state.paused)
    def pause(self) -> None:
        self.do(facilitation.pause())

    @rule()
    @precondition(lambda self: self.state.paused)
    def resume(self) -> None:
        self.do(facilitation.resume())

    @rule()
    @precondition(lambda self: self.state.paused)
    def resume_soon(self) -> None:
        self.do(facilitation.resume())

    @rule(
        inject=st.sampled_from(("van", "neighbour", "journalist")),
        what=st.sampled_from(("send", "hold", "release", "skip")),
    )
    def inject(self, inject: str, what: str) -> None:
        if self.state.stage:
            self.do({
                "send": facilitation.send(inject), "hold": facilitation.hold(inject),
                "release": facilitation.hold(inject, held=False), "skip": facilitation.skip(inject),
            }[what])  # fmt: skip

    @rule(pick=picks, what=st.sampled_from(("decide", "reopen", "extend")), reason=reasons)
    def override(self, pick: int, what: str, reason: str) -> None:
        known = list(self.state.decisions) or list(self.case.decision)
        decision = self.case.decision[known[pick % len(known)]]
        option = decision.options[pick // 7 % len(decision.options)].key
        self.do({
            "decide": facilitation.decide(decision.key, option, reason), "reopen": facilitation.reopen(decision.key, reason),
            "extend": facilitation.extend(decision.key, pick, reason),
        }[what])  # fmt: skip

    @rule(reason=reasons, twice=st.booleans())
    def go_on(self, reason: str, twice: bool) -> None:
        stage, visits = self.state.stage, len(self.state.stages)
        self.do(facilitation.go_on(stage, reason))
        if twice and self.state.stage != stage:
            self.do(facilitation.go_on(stage, reason))
            assert len(self.state.stages) <= visits + 1

    @rule(reason=reasons, pick=picks)
    def end(self, reason: str, pick: int) -> None:
        if pick % 97 == 96:
            self.do(facilitation.end(reason))

    @invariant()
    def the_same_log_gives_the_same_state(self) -> None:
        if not hasattr(self, "state"):
            return
        assert replay(self.case, self.log) == self.state
        half = len(self.log) // 2
        assert follow(self.case, replay(self.case, self.log[:half]), self.log[half:]) == self.state
        assert self.state.version == len(self.log)

    @invariant()
    def the_log_is_the_same_however_often_anybody_looked(self) -> None:
        if hasattr(self, "state"):
            now = max(self.now, self.state.at)
            state, events = settle(self.case, self.doubted, now)
            mine, mine_events = settle(self.case, self.state, now)
            assert self.doubted_log + events == self.log + mine_events
            assert state == mine

    @invariant()
    def the_log_goes_forward_and_survives_being_stored(self) -> None:
        if hasattr(self, "state"):
            ats = [event.at for event in self.log]
            assert ats == sorted(ats)
            for event in self.log:
                kind, data = to_row(event)
                assert from_row(event.at, kind, json.loads(json.dumps(data))) == event

    @invariant()
    def flags_are_what_the_log_gives(self) -> None:
        if hasattr(self, "state"):
            assert self.state.flags == flags_of(self.case, self.log)

    @invariant()
    def every_accepted_vote_counts_once_until_its_decision_closes(self) -> None:
        if not hasattr(self, "state"):
            return
        alone: dict[str, dict[str, str]] = {}
        table: dict[str, dict[str, str]] = {}
        opened: dict[str, str] = {}
        verdicts: list[tuple[str, dict[str, str], dict[str, str]]] = []
        visit = 0
        for event in self.log:
            if isinstance(event, log.StageBegan):
                opened, visit = {}, len(verdicts)
            elif isinstance(event, log.DecisionOpened):
                assert event.decision not in opened
                alone[event.decision], table[event.decision] = {}, {}
                opened[event.decision] = "alone" if self.case.decision[event.decision].alone else "table"
            elif isinstance(event, log.TableAsked):
                opened[event.decision] = "table"
            elif isinstance(event, log.VoteCast):
                kept = {"alone": alone, "table": table}[opened[event.decision]]  # KeyError: accepted after closing
                kept[event.decision] = kept[event.decision] | {event.role: event.option}
            elif isinstance(event, log.DecisionClosed | log.DecisionDropped):
                assert opened[event.decision] in ("alone", "table")
                opened[event.decision] = "closed"
                verdicts.append((event.decision, alone[event.decision], table[event.decision]))
            elif isinstance(event, log.DecisionReopened):
                opened[event.decision], table[event.decision] = "table", {}
                verdicts = [one for i, one in enumerate(verdicts) if i < visit or one[0] != event.decision]
        assert [(one.decision, one.alone, one.votes) for one in self.state.verdicts] == verdicts

    @invariant()
    def nothing_is_late_and_nobody_is_cut_off(self) -> None:
        if not hasattr(self, "state"):
            return
        alone_until: dict[str, int] = {}
        until: dict[str, int] = {}
        phase: dict[str, str] = {}
        for event, clock in zip(self.log, clocks_of(self.log), strict=True):
            key = getattr(event, "decision", "")
            if isinstance(event, log.DecisionOpened):
                decision = self.case.decision[key]
                phase[key] = "alone" if decision.alone else "table"
                alone_until[key] = clock + decision.alone * MINUTE
                until[key] = alone_until[key] + decision.minutes * MINUTE
            elif isinstance(event, log.TableAsked):
                assert clock <= alone_until[key]
                phase[key], until[key] = "table", clock + until[key] - alone_until[key]
            elif isinstance(event, log.TimeExtended):
                until[key] += event.seconds * 1000
                alone_until[key] += event.seconds * 1000 if phase[key] == "alone" else 0
            elif isinstance(event, log.TimePassed):
                until = {one: clock + event.milliseconds for one, clock in until.items()}
                alone_until = {one: clock + event.milliseconds for one, clock in alone_until.items()}
            elif isinstance(event, log.DecisionReopened):
                phase[key], until[key] = "table", clock + self.case.decision[key].minutes * MINUTE
            elif isinstance(event, log.VoteCast):
                assert clock < (alone_until if phase[key] == "alone" else until)[key]
            elif isinstance(event, log.DecisionClosed) and event.how == "time":
                assert clock == until[key]
            elif isinstance(event, log.InjectSent) and event.how == "clock":
                due = self.case.inject[event.inject].at * MINUTE / self.case.pace
                assert clock - self.stage_clock_before(event) >= due

    def stage_clock_before(self, event: Event) -> int:
        """The clock at which the stage of `event` began."""
        clocks = clocks_of(self.log)
        began = [
            clock
            for one, clock in zip(self.log[: self.log.index(event)], clocks, strict=False)
            if isinstance(one, log.StageBegan)
        ]
        return began[-1]

    @invariant()
    def nobody_who_is_away_keeps_the_table_waiting(self) -> None:
        if not hasattr(self, "state") or self.state.phase != RUNNING or self.state.paused:
            return
        state, _events = settle(self.case, self.state, max(self.now, self.state.at))
        for voting in state.open_decisions:
            decision, asked = self.case.decision[voting.decision], asked_now(self.case, state, voting)
            assert all(state.seats[seat].present for seat in asked)
            if voting.phase == ALONE:
                assert not asked or asked - voting.alone.keys()
            elif asked and asked <= voting.votes.keys():
                assert decision.how not in (AUTHORITY, INDIVIDUALLY)
                assert len({voting.votes[seat] for seat in asked}) > 1
                assert decision.how == CONSENSUS or len(asked) > 1
        if not state.open_decisions and next_due(self.case, state) is None:
            assert is_complete(self.case, state)

    @invariant()
    def a_role_is_spoken_for_by_somebody_present_or_by_nobody(self) -> None:
        if not hasattr(self, "state"):
            return
        for role in self.case.role:
            seat, sitting = speaker(self.case, self.state, role), self.state.seats[role]
            assert not seat or self.state.seats[seat].present
            if sitting.present:
                assert seat == role
            elif not seat:
                others = (sitting.by, *self.case.role[role].cover)
                assert not any(other and self.state.seats[other].present for other in others)

    @invariant()
    def what_overrules_a_table_says_why(self) -> None:
        if hasattr(self, "state"):
            for event in self.log:
                if isinstance(event, log.DecisionReopened | log.DecisionDropped):
                    assert event.reason
                if isinstance(event, log.DecisionClosed) and event.how == "facilitator":
                    assert event.reason
                if isinstance(event, log.RunEnded) and not event.ending:
                    assert event.reason

    @invariant()
    def a_run_that_is_over_stays_over(self) -> None:
        if hasattr(self, "state") and self.state.phase == FINISHED:
            assert not self.state.open_decisions
            assert self.state.clock(self.now + 10**9) == self.state.ran
            assert settle(self.case, self.state, self.now + 10**9)[1] == []


Playing.TestCase.settings = settings(
    max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
test_anything_may_happen_at_any_time = Playing.TestCase
