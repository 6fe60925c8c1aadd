"""The debrief as data for staff: what `debriefing` made of the log, beside the other groups of the same case and the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.content.case import ACCEPTABLE, HARMFUL, RIGHT, TRUST, Case
from lms.content.course import Course, Source
from lms.simulations import play, queries
from lms.simulations.debriefing import Debrief, debrief
from lms.simulations.models import Improvement, Run
from lms.simulations.retelling import Decided, Entry

TRUST_DOTS = 5
MARKS = {RIGHT: "ok", ACCEPTABLE: "half", HARMFUL: "risk", "": "half"}


@dataclass(frozen=True, slots=True)
class DebriefScreen:
    """Everything on the page. On the wall nothing is shown that somebody typed, and no answer of a single role."""

    case: Case
    debrief: Debrief
    sources: Mapping[str, Source]
    runs: Sequence[Run] = ()
    plan: Sequence[Improvement] = ()
    wall: bool = False

    @property
    def entries(self) -> Sequence[Entry]:
        """The story; on the wall only its decisions and hand-offs, and what the person lived through."""
        if not self.wall:
            return self.debrief.entries
        return [one for one in self.debrief.entries if one.kind in ("decision", "handoff", "ending") or one.lived]

    def dots(self, trust: int) -> int:
        """Trust as 0 to 5 dots."""
        flag = self.case.flag[TRUST]
        return round((trust - flag.least) * TRUST_DOTS / (flag.most - flag.least))

    def mark(self, entry: Entry) -> str:
        """How an entry looks: ok, half, risk; empty for what was only told."""
        if isinstance(entry.about, Decided):
            return MARKS[entry.about.grade]
        if entry.kind == "handoff":
            return "risk" if entry.about.breach else "ok" if entry.about.enough else "half"  # type: ignore[union-attr]
        return ""


def debrief_screen(
    run: Run, course: Course, runs: Sequence[Run], plan: Sequence[Improvement], wall: bool
) -> DebriefScreen:
    """Put the page together. `runs` are the finished runs of the same case in the training."""
    return DebriefScreen(play.case_of(run), debrief_of(run), course.sources, runs, plan, wall)


_kept: dict[tuple[str, int], Debrief] = {}
_MOST_KEPT = 200


def debrief_of(run: Run) -> Debrief:
    """The debrief of a finished run."""
    return debriefs_of([run])[0]


def debriefs_of(runs: Sequence[Run]) -> list[Debrief]:
    """The debriefs of finished runs, in one statement. They never change any more, so the process remembers the last ones."""
    known = {run.id: _kept.get((run.projector_token, run.version)) for run in runs}
    missing = [run for run in runs if known[run.id] is None]
    logs = queries.logs_of([run.id for run in missing]) if missing else {}
    for run in missing:
        known[run.id] = _kept[run.projector_token, run.version] = debrief(play.case_of(run), logs[run.id])
    while len(_kept) > _MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    return [found for run in runs if (found := known[run.id])]
