"""What is known of exploring a case: for the side of the editor in a few words, and as a page with pictures."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from lms import charts
from lms.authoring.actions import exploring
from lms.authoring.actions.exploring import DONE, FAILED, RUNNING, WAITING
from lms.authoring.models import Draft, Exploration
from lms.authoring.screens.findings import Finding, findings
from lms.authoring.screens.panel import Addresses
from lms.authoring.screens.trial import Note, notes
from lms.authoring.trying.beginning import case_in
from lms.content.case import Case
from lms.language import gettext as _
from lms.language import localise, ngettext, show_number, show_percent

# Besides those that are stored: it cannot be explored, never was, was before the case changed, or whoever did it is gone.
IMPOSSIBLE, NEVER, CHANGED, DEAD = "impossible", "never", "changed", "dead"
COUNTLESS = 10**12  # paths; more are not worth reading out


@dataclass(frozen=True, slots=True)
class EndingLine:
    """An ending in words: how often, how long, how many steps."""

    title: str
    share: str
    chance: str
    minutes: str
    steps: str
    href: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Where a team gets that always chooses options of one grade."""

    grade: str
    ending: str
    trust: int
    steps: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a finished exploration has found. `whole`: every path was followed."""

    whole: bool
    paths: str
    endings: tuple[EndingLine, ...]
    shares: Markup | None
    times: Markup | None
    teams: tuple[TeamLine, ...]
    findings: tuple[Finding, ...]

    @property
    def serious(self) -> int:
        """How many of the findings are serious."""
        return sum(one.serious for one in self.findings)


@dataclass(frozen=True, slots=True)
class ExplorationScreen:
    """`status`: waiting, running, done, failed, or one of the words above. `why` of a failure is a word of `trying.exploring`.

    `queued`: it waits for another case that is being explored.
    """

    draft: Draft
    case_key: str
    title: str
    status: str
    queued: bool
    why: str
    obstacles: tuple[Note, ...]
    filled: tuple[Note, ...]
    found: Found | None
    page: str
    fragment: str
    editor: str

    @property
    def under_way(self) -> bool:
        """It is worth looking again soon."""
        return self.status in (WAITING, RUNNING)


def exploration_of(draft: Draft, case_key: str, text: str) -> ExplorationScreen:
    """What is known of exploring the case in `text`."""
    completed, to = case_in(text), Addresses(draft.id, case_key)
    known = exploring.exploration(draft.id, case_key)
    status = _status(known, text) if completed.case else IMPOSSIBLE
    result: dict[str, Any] = (known.result or {}) if known else {}
    case = completed.case
    return ExplorationScreen(
        draft=draft, case_key=case_key, title=localise(case.title) if case else case_key, status=status,
        queued=status == WAITING and exploring.somebody_explores(), why=str(result.get("why", "")) if status == FAILED else "",
        obstacles=notes(completed.obstacles, to), filled=notes(completed.filled, to),
        found=_found(case, result, to) if case and status == DONE else None,
        page=url_for("authoring.exploration", draft_id=draft.id, key=case_key),
        fragment=url_for("authoring.exploration_part", draft_id=draft.id, key=case_key), editor=to.to(""),
    )  # fmt: skip


def _status(known: Exploration | None, text: str) -> str:
    if known is None:
        return NEVER
    if exploring.is_dead(known):
        return DEAD
    if known.digest != exploring.digest_of(text) and known.state in (DONE, FAILED):
        return CHANGED
    return known.state


def _found(case: Case, result: dict[str, Any], to: Addresses) -> Found:
    ends = [one for one in result["endings"] if one["key"] in case.ending]
    return Found(
        whole=result["whole"], paths=_paths(result["paths"]),
        endings=tuple(_ending(case, one, to) for one in ends), shares=_shares(case, ends), times=_times(case, result, ends),
        teams=tuple(_team(case, one) for one in result["teams"]), findings=findings(case, result, to),
    )  # fmt: skip


def _paths(number: int) -> str:
    if number > COUNTLESS:
        return _("more than a million million paths")
    return ngettext("%(paths)s path", "%(paths)s paths", number, paths=show_number(number))


def _ending(case: Case, one: dict[str, Any], to: Addresses) -> EndingLine:
    return EndingLine(
        localise(case.ending[one["key"]].title), _percent(one["share"]), _percent(one["chance"]),
        _span(one["shortest"], one["longest"]),
        _("%(steps)s of %(all)d", steps=_span(one["least_steps"], one["most_steps"]), all=len(case.procedure)),
        to.to(f"endings[{one['key']}]"),
    )  # fmt: skip


def _span(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least}–{most}"


def _percent(share: float) -> str:
    """A whole per cent; what is there, but less, is not called nothing."""
    return "< 1%" if 0 < share < 0.005 else show_percent(share, 0)


def _shares(case: Case, ends: list[dict[str, Any]]) -> Markup | None:
    rows = [
        charts.Pair(
            localise(case.ending[one["key"]].title), one["share"], one["chance"], _percent(one["share"]), _percent(one["chance"])
        )
        for one in ends
    ]  # fmt: skip
    names = (_("of all paths"), _("of teams that choose at random"))
    return charts.pairs(rows, title=_("How often the story ends so"), names=names) if rows else None


def _times(case: Case, result: dict[str, Any], ends: list[dict[str, Any]]) -> Markup | None:
    rows = [
        charts.Span(
            localise(case.ending[one["key"]].title), one["shortest"], one["longest"], _span(one["shortest"], one["longest"])
        )
        for one in ends
    ]  # fmt: skip
    slot = ngettext("the exercise has %(num)d minute", "the exercise has %(num)d minutes", result["slot"])
    title = _("Planned minutes until the ending")
    return charts.spans(rows, result["slot"], title=title, limit_words=slot) if rows else None


def _team(case: Case, one: dict[str, Any]) -> TeamLine:
    ending = localise(case.ending[one["ending"]].title) if one["ending"] in case.ending else _("no ending")
    return TeamLine(
        one["grade"], ending, one["trust"], _("%(steps)s of %(all)d", steps=one["steps"], all=len(case.procedure))
    )
