"""Looking back, as one player sees it: made only of a run that is over."""

from dataclasses import dataclass

from lms.content.case import ACCEPTABLE, AUTHORITY, HARMFUL, NEEDED, RIGHT, Case
from lms.content.course import Text
from lms.simulations.models import Run, RunRow
from lms.simulations.retelling import LETTERS
from lms.simulations.screens.player.deciding import Feedback, Sight, at_table, feedback_of
from lms.simulations.screens.player.screen import sight_of
from lms.simulations.solo import has_voice
from lms.simulations.state import FINISHED, Passed, State, Verdict, minutes_of

TRUST_DOTS = 5
_MARKS = {RIGHT: "ok", ACCEPTABLE: "half", HARMFUL: "risk"}


@dataclass(frozen=True, slots=True)
class Judged:
    """An option with what was hidden about it."""

    letter: str
    text: Text
    feedback: Feedback
    taken: bool
    alone_mine: bool
    mine: bool
    votes: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of one's own table. `taken` is None when it was left undecided. `missed`: facts that should have been known."""

    title: Text
    question: Text
    minute: int
    how: str
    taken: Judged | None
    options: tuple[Judged, ...]
    missed: tuple[Text, ...]
    trust: int  # 0 to TRUST_DOTS, after it
    decider: Text | None  # where one role decides: that role
    yours: bool  # practice: the person decided it

    @property
    def mine(self) -> Judged | None:
        """The option one voted for at the table."""
        return next((one for one in self.options if one.mine), None)

    @property
    def mark(self) -> str:
        """How it stands on the line: ok, half, risk."""
        return _MARKS[self.taken.feedback.grade] if self.taken else "half"

    @property
    def alone(self) -> Judged | None:
        """The option one chose alone."""
        return next((one for one in self.options if one.alone_mine), None)


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A hand-off that was made from one's own table."""

    to: Text
    who: Text
    minute: int
    items: tuple[tuple[Text, str, Text | None], ...]  # text, whether it was needed, allowed or forbidden, and why
    missing: tuple[Text, ...]  # needed, and not passed with it
    channel: Text
    safe: bool
    consent: str
    consent_needed: bool
    voice: Text | None


@dataclass(frozen=True, slots=True)
class Review:
    """The whole way back."""

    run_id: int
    training_id: int
    solo: bool
    whole: bool
    case: Text
    person: Text
    role: Text
    sector: str
    ending: Text | None
    ending_text: Text | None
    decisions: tuple[Decided, ...]
    passed: tuple[PassedOn, ...]
    kept: tuple[Text, ...]  # facts of one's own card that never reached the table
    questions: tuple[Text, ...]


def review_screen(run: Run | RunRow, case: Case, state: State, role: str) -> Review:
    """What the person in the seat `role` may learn now that it is over. Raises ValueError while it is not."""
    if state.phase != FINISHED:
        raise ValueError("A run that is not over has no review.")
    mine, ending = case.role[role], case.ending.get(state.ending)
    sight = sight_of(run, case, state, role)
    return Review(
        run_id=run.id, training_id=run.training_id, solo=sight.alone,
        whole=sight.alone and not sight.solo_role, case=case.title, person=case.person,
        role=mine.name, sector=mine.sector, ending=ending.title if ending else None,
        ending_text=ending.text if ending else None,
        decisions=tuple(
            _decided(case, verdict, sight)
            for verdict in state.verdicts
            if at_table(case, case.decision[verdict.decision], sight)
        ),
        passed=tuple(_passed(case, one) for one in state.passed if case.role[one.role].place in sight.places),
        kept=tuple(
            fact.text
            for voice in sight.voices
            for fact in case.role[voice].facts
            if fact.key not in state.facts and _had(state, fact.since)
        ),
        questions=case.debrief,
    )  # fmt: skip


def _had(state: State, since: str) -> bool:
    return not since or since in state.happened


def _decided(case: Case, verdict: Verdict, sight: Sight) -> Decided:
    decision = case.decision[verdict.decision]
    votes = list(verdict.votes.values())
    options = tuple(
        Judged(
            letter=LETTERS[place],
            text=option.text,
            feedback=feedback_of(decision, option.key),
            taken=option.key == verdict.option,
            alone_mine=verdict.alone.get(sight.me) == option.key,
            mine=verdict.votes.get(sight.me) == option.key,
            votes=votes.count(option.key),
        )
        for place, option in enumerate(decision.options)
    )
    flag = case.flag["trust"]
    return Decided(
        title=decision.title,
        question=decision.question,
        minute=minutes_of(case, verdict.clock),
        how=verdict.how,
        taken=next((one for one in options if one.taken), None),
        options=options,
        missed=tuple(case.fact[key].text for key in decision.needs if key not in verdict.facts),
        trust=round((verdict.trust - flag.least) * TRUST_DOTS / (flag.most - flag.least)),
        decider=case.role[decision.roles[0]].name if decision.how == AUTHORITY else None,
        yours=sight.alone and has_voice(case, sight.solo_role, decision),
    )


def _passed(case: Case, made: Passed) -> PassedOn:
    handoff = case.handoff[made.handoff]
    channel = next(one for one in handoff.channels if one.key == made.channel)
    effect = handoff.breach if made.breach else handoff.effect
    return PassedOn(
        to=handoff.to,
        who=case.role[made.role].name,
        minute=minutes_of(case, made.clock),
        items=tuple((item.text, item.need, item.reason) for item in handoff.items if item.key in made.items),
        missing=tuple(item.text for item in handoff.items if item.need == NEEDED and item.key not in made.items),
        channel=channel.text,
        safe=channel.safe,
        consent=made.consent,
        consent_needed=handoff.consent,
        voice=effect.voice if made.breach or made.enough else None,
    )
