"""What groups did in an exercise, over all groups of a case. Figures are of groups; what single people answered alone is told only
as far as small groups allow. No ranking.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lms.content.course import Text
from lms.evaluation.rules.numbers import percent
from lms.evaluation.rules.privacy import FULL, Suppressed, withheld
from lms.simulations.comparing import Together, together
from lms.simulations.debriefing import IN_ORDER, Debrief
from lms.simulations.screens.steps import DONE, LATE, SKIPPED

MOST_SKIPPED = 5


@dataclass(frozen=True)
class Skipped:
    """A step that some groups did not do, though it was called for: so many of so many."""

    text: Text
    groups: int
    of: int


@dataclass(frozen=True)
class Figures:
    """Shares in percent; None where there was nothing to count."""

    people: int
    on_time: Decimal | None
    late: Decimal | None
    not_done: Decimal | None
    in_line: Decimal | None
    handoffs: Decimal | None
    skipped: tuple[Skipped, ...]
    together: Together | None


@dataclass(frozen=True)
class Exercise:
    """A case that was played, and by how many groups. `figures` is withheld when fewer than ten people played it."""

    key: str
    title: Text
    groups: int
    figures: Figures | Suppressed


def exercise(key: str, debriefs: Sequence[Debrief], counted: Sequence[Debrief]) -> Exercise:
    """A case that groups have played, `debriefs`; figures are over those of them that may be `counted`."""
    people = sum(one.people for one in counted)
    figures = _figures(counted, people) if people >= FULL else withheld(people or sum(one.people for one in debriefs))
    return Exercise(key, debriefs[-1].title, len(debriefs), figures)


def _figures(debriefs: Sequence[Debrief], people: int) -> Figures:
    statuses = Counter(line.status for one in debriefs for line in one.steps)
    steps = sum(statuses[status] for status in (DONE, LATE, SKIPPED))
    handoffs = [line.status for one in debriefs for line in one.handoffs]
    decisions = [one.figures.decisions for one in debriefs]
    return Figures(
        people=people,
        on_time=percent(statuses[DONE], steps),
        late=percent(statuses[LATE], steps),
        not_done=percent(statuses[SKIPPED], steps),
        in_line=percent(sum(share.part for share in decisions), sum(share.whole for share in decisions)),
        handoffs=percent(handoffs.count(IN_ORDER), len(handoffs)),
        skipped=_skipped(debriefs),
        together=together(debriefs),
    )


def _skipped(debriefs: Sequence[Debrief]) -> tuple[Skipped, ...]:
    """The steps left out most often, the most frequent first."""
    asked: Counter[str] = Counter()
    left: Counter[str] = Counter()
    texts: dict[str, Text] = {}
    for line in (line for one in debriefs for line in one.steps if line.status in (DONE, LATE, SKIPPED)):
        asked[line.key] += 1
        left[line.key] += line.status == SKIPPED
        texts[line.key] = line.text
    return tuple(Skipped(texts[key], count, asked[key]) for key, count in left.most_common(MOST_SKIPPED) if count)
