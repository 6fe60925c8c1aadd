"""The debrief on paper, with the improvement plan: for the team's file. No names, nothing that somebody typed but the plan."""

from collections.abc import Sequence

from lms.content.case import RIGHT, Case
from lms.language import gettext as _
from lms.language import in_script, localise, show_date
from lms.sectors import sector
from lms.simulations.debriefing import Debrief, HandoffLine, Share
from lms.simulations.models import Improvement, Run
from lms.simulations.printing.blocks import (
    Block,
    Cell,
    box,
    bullets,
    capital,
    case_time,
    document,
    figures,
    heading,
    labelled,
    numbers,
    paragraph,
    table,
    voice,
)
from lms.simulations.retelling import Decided, Entry, NeededFact
from lms.simulations.screens.steps import StepLine
from lms.simulations.wording import grade_name, handoff_state, how_closed, not_own_words, status_tone, step_state


def debrief_sheet(run: Run, case: Case, it: Debrief, plan: Sequence[Improvement]) -> bytes:
    """The PDF of a finished run's debrief."""
    blocks = [
        _figures(it),
        *_course(it),
        heading(2, _("Steps of the procedure")),
        _steps(case, it.steps),
        *_facts(it),
        *_handoffs(it.handoffs),
        *_questions(it),
        *_plan(plan),
    ]
    ending = localise(it.ending) if it.ending else _("stopped before the end")
    sub = _("In the case: %(person)s. Ending: %(ending)s.", person=localise(it.person), ending=ending)
    eyebrow = _("Exercise. Debrief of “%(title)s”", title=localise(it.title)) + f" · {run.name}"
    return document(_("What was decided, and what the person lived through"), eyebrow, sub, blocks)


def _of(share: Share) -> str:
    return _("%(part)d of %(whole)d", part=share.part, whole=share.whole)


def _figures(it: Debrief) -> Block:
    found = []
    if key := it.figures.key_step:
        when = case_time(key.done_at) if key.done_at is not None else "–"
        found.append((when, labelled(localise(key.short), _("case time until then"))))
    found.append((_of(it.figures.steps), _("steps of the procedure on time")))
    taken = _("decisions in line with the procedure")
    if it.figures.not_own:
        taken = f"{taken}; " + not_own_words(it.figures.not_own)
    found.append((_of(it.figures.decisions), taken))
    found.append((_of(it.figures.facts), _("needed facts on the table before every decision that needed them")))
    return figures(found)


def _course(it: Debrief) -> list[Block]:
    blocks = [heading(2, _("The way of the case"))]
    for entry in it.entries:
        if isinstance(entry.about, Decided):
            blocks += _decision(entry, entry.about)
    return blocks


def _decision(entry: Entry, it: Decided) -> list[Block]:
    taken = it.taken
    said = (
        [localise(taken.text), f"{localise(taken.reason)} {localise(taken.cites)}."]
        if taken
        else [localise(it.question)]
    )
    blocks = [
        heading(3, f"{case_time(entry.minute)} · {localise(it.title)}"),
        box(f"{capital(grade_name(it.grade))}. {how_closed(it.how)}", said, it.grade or "plain"),
    ]
    if missing := [
        _("Not on the table:") + f" {localise(fact.text)} ({localise(fact.holder)})" for fact in _missed(it)
    ]:
        blocks.append(bullets(missing))
    if entry.lived:
        blocks += [voice(localise(words)) for words in entry.lived.voices]
    better = [one for one in it.choices if one.grade == RIGHT and not one.taken]
    blocks += [paragraph(labelled(_("In line with the procedure"), localise(one.text)), small=True) for one in better]
    return blocks


def _missed(it: Decided) -> list[NeededFact]:
    return [fact for fact in it.facts if fact.status != "in-time"]


def _steps(case: Case, lines: Sequence[StepLine]) -> Block:
    rows: list[Sequence[Cell]] = []
    for line in lines:
        done = case_time(line.done_at) if line.done_at is not None else "–"
        limit = _("limit: %(time)s", time=case_time(line.due)) if line.due is not None else ""
        who = ", ".join(localise(case.role[role].name) for role in line.roles) or _owed_by(line)
        state = {"text": step_state(line.status), "tone": status_tone(line.status)}
        rows.append(
            ({"text": localise(line.text), "small": localise(line.phase)}, state, {"text": done, "small": limit}, who)
        )
    return table((_("Step"), _("How"), _("Case time"), _("Who")), rows, (9, 3, 3, 5))


def _owed_by(line: StepLine) -> str:
    return _("owed by: %(sectors)s", sectors=", ".join(sector(code).short for code in line.sectors))


def _facts(it: Debrief) -> list[Block]:
    rows = [
        (localise(fact.text), localise(fact.holder), case_time(fact.minute) if fact.minute is not None else _("never"))
        for fact in it.facts
        if any(status != "in-time" for _title, status in fact.needed)
    ]
    if not rows:
        return []
    title = heading(2, _("What came too late or never reached the table"))
    return [title, table((_("Information"), _("Who held it"), _("On the table")), rows, (5, 3, 1))]


def _handoffs(handoffs: Sequence[HandoffLine]) -> list[Block]:
    if not handoffs:
        return []
    rows: list[Sequence[Cell]] = []
    for one in handoffs:
        said = [
            _("should not have been passed on: %(what)s", what=localise(item.text))
            for made in one.made
            for item in made.forbidden
        ]
        state = {"text": handoff_state(one.status), "tone": status_tone(one.status)}
        rows.append((localise(one.title), localise(one.to), {**state, "small": "; ".join(said)}))
    return [heading(2, _("Who told whom what")), table((_("Hand-off"), _("To whom"), _("How")), rows, (4, 4, 4))]


def _questions(it: Debrief) -> list[Block]:
    asked = [localise(question) for question in it.questions]
    open_ones = [one for one in it.decisions if one.grade != RIGHT]
    asked += [f"{localise(one.title)}: {localise(question)}" for one in open_ones for question in one.questions]
    return [heading(2, _("To talk about")), numbers(asked)] if asked else []


def _plan(plan: Sequence[Improvement]) -> list[Block]:
    title = heading(2, _("Improvement plan"))
    if not plan:
        return [
            title,
            paragraph(_("Nothing is planned yet. One thing that every service can change next week is enough.")),
        ]
    rows = [
        (in_script(one.what), in_script(one.who) or "–", show_date(one.until) if one.until else "–") for one in plan
    ]
    return [title, table((_("What we will do"), _("Which service"), _("Until when")), rows, (6, 4, 2))]
