"""A trial as a page: who begins it and where, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.authoring.models import Draft, Trial
from lms.authoring.screens.panel import Addresses, Panel, panel
from lms.authoring.screens.players import Player, players
from lms.authoring.trying.beginning import SOLO, case_in
from lms.authoring.trying.pressing import events_in, last_move, run_of, state_after
from lms.content.case import Case
from lms.content.completing import Remark
from lms.content.course import Text
from lms.language import gettext as _
from lms.language import localise
from lms.simulations.debriefing import debrief
from lms.simulations.forms_player import HandoffSent
from lms.simulations.printing.conditions import flag_name
from lms.simulations.screens.debrief import DebriefScreen
from lms.simulations.state import FINISHED


@dataclass(frozen=True, slots=True)
class Note:
    """What was filled in, or what is missing, in the reader's words, and the way to its form."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class FlagField:
    """A flag that may begin with another value. `yes_no`: it is a tick, else a number within its bounds."""

    key: str
    name: str
    yes_no: bool
    least: int
    most: int
    start: int


@dataclass(frozen=True, slots=True)
class TryingScreen:
    """The page on which a trial is begun. Without `case` it cannot be, and `obstacles` say why."""

    draft: Draft
    case_key: str
    title: str
    case: Case | None
    obstacles: tuple[Note, ...]
    filled: tuple[Note, ...]
    flags: tuple[FlagField, ...]
    stage: str
    trials: tuple["TrialLine", ...]
    editor: str


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A trial that was begun before."""

    trial: Trial
    title: str
    who: str


@dataclass(frozen=True, slots=True)
class TrialScreen:
    """The page of a trial. `changed`: the case was written on since; `removed`: it is in the draft no more."""

    draft: Draft
    trial: Trial
    title: Text
    who: str
    several_places: bool
    panel: Panel
    players: tuple[Player, ...]
    moves: int
    filled: tuple[Note, ...]
    changed: bool
    removed: bool
    debrief: DebriefScreen | None
    editor: str

    @property
    def solo(self) -> bool:
        """Practice as one role or as the whole table: the others answer by themselves, and the player goes on."""
        return self.trial.mode == SOLO


def trying_screen(draft: Draft, case_key: str, text: str, stage: str, trials: Sequence[Trial]) -> TryingScreen:
    """The beginning of a trial of the case in `text`; `stage` is the one to be chosen already."""
    found, to = case_in(text), Addresses(draft.id, case_key)
    case = found.case
    return TryingScreen(
        draft=draft, case_key=case_key, title=localise(case.title) if case else case_key, case=case,
        obstacles=notes(found.obstacles, to), filled=notes(found.filled, to),
        flags=tuple(_flag_fields(case)) if case else (), stage=stage if case and stage in case.stage else "",
        trials=tuple(_line(trial) for trial in trials if case_in(trial.text).case), editor=to.to(""),
    )  # fmt: skip


def _flag_fields(case: Case) -> list[FlagField]:
    return [
        FlagField(
            flag.key, flag_name(case, flag.key), (flag.least, flag.most) == (0, 1), flag.least, flag.most, flag.start
        )
        for flag in case.flags
    ]


def _line(trial: Trial) -> TrialLine:
    case = case_in(trial.text).case
    assert case is not None
    return TrialLine(trial, localise(case.stage[trial.stage].title), who(trial, case))


def who(trial: Trial, case: Case) -> str:
    """As whom a case is tried."""
    if trial.mode != SOLO:
        return _("All roles side by side")
    return localise(case.role[trial.role].name) if trial.role else _("The whole table")


def notes(remarks: Sequence[Remark], to: Addresses) -> tuple[Note, ...]:
    """Remarks on an unfinished case, in the reader's words."""
    return tuple(Note(_(one.message, **one.values), one.count, to.to(one.address)) for one in remarks)


def trial_screen(
    draft: Draft, trial: Trial, case: Case, text: str | None, sent: Mapping[str, HandoffSent]
) -> TrialScreen:
    """How the trial stands. `text` is the case as it is written now; None: it was removed."""
    to = Addresses(draft.id, trial.case_key)
    state = state_after(case, trial.events)
    run = run_of(trial, _("Trial"))
    seats = (trial.role or case.roles[0].key,) if trial.mode == SOLO else tuple(case.role)
    over = state.phase == FINISHED
    return TrialScreen(
        draft=draft, trial=trial, title=case.title, who=who(trial, case), several_places=len(case.places) > 1,
        panel=panel(case, state, to), players=() if over else players(run, case, state, seats, sent),
        moves=last_move(trial.events), filled=notes(case_in(trial.text).filled, to), changed=text != trial.text,
        removed=text is None, debrief=_debrief(trial, case) if over else None, editor=to.to(""),
    )  # fmt: skip


def _debrief(trial: Trial, case: Case) -> DebriefScreen:
    return DebriefScreen(case, debrief(case, events_in(trial.events)), sources={})
