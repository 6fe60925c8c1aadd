"""The facilitator's script: the whole case on paper, in the order in which it is played, with everything that players must not see."""

from collections.abc import Iterable

from lms.content.case import Case, Decision, Effect, Handoff, Inject, Stage
from lms.language import gettext as _
from lms.language import localise, ngettext
from lms.simulations.printing.blocks import (
    PAGE,
    Block,
    Cell,
    box,
    boxes,
    bullets,
    capital,
    document,
    heading,
    labelled,
    numbers,
    paragraph,
    paragraphs,
    table,
    voice,
)
from lms.simulations.printing.conditions import flag_name, in_words
from lms.simulations.retelling import LETTERS
from lms.simulations.wording import grade_name, need_name, way_name


def script(case: Case) -> bytes:
    """The PDF of the script. It holds all grades and reasons: not for players."""
    blocks = [*_how(case), *_people(case), *_memory(case), *_procedure(case)]
    for number, stage in enumerate(case.stages, 1):
        blocks += [PAGE, *_stage(case, number, stage)]
    blocks += [PAGE, *_ends(case)]
    return document(localise(case.title), _("Facilitator's script – not for players"), localise(case.summary), blocks)


def names(case: Case, roles: Iterable[str]) -> str:
    """Roles by name; a whole table by its place, everybody as „all”."""
    wanted = tuple(roles)
    if set(wanted) == set(case.role) and len(wanted) > 1:
        return _("all")
    for place in case.places:
        if wanted and set(wanted) == set(case.audience((), place.key)) and len(wanted) > 1:
            return _("everybody: %(place)s", place=localise(place.name))
    return ", ".join(localise(case.role[role].name) for role in wanted)


def _how(case: Case) -> list[Block]:
    steps = [
        _("Read the content notice aloud. Whoever wishes may step out at any time, without a reason."),
        _("Give each role its card. Nobody reads another's card; what is on it reaches the table only when its holder says so."),
        _("At each scene read the shared text aloud. Hand out slips when their time or condition comes."),
        _("At each decision give out the vote sheets: first everyone alone where it says so, then the table."),
        _("Write on the result sheet: what was taken and when, what was said at the table, what was passed on."),
        _("One minute of the exercise is %(pace)s of the case. Note times of the case: minutes since the start × %(pace)d.",
          pace=case.pace),
        _("Afterwards type the result sheet in: the same debrief appears as after an exercise on phones."),
    ]  # fmt: skip
    length = ngettext("%(num)s minute", "%(num)s minutes", case.minutes)
    return [
        box(_("Content notice"), [localise(case.notice)], "acceptable"),
        heading(2, _("How to lead it") + f" ({length})"),
        numbers(steps),
    ]


def _people(case: Case) -> list[Block]:
    places = {place.key: localise(place.name) for place in case.places}
    rows = []
    for role in case.roles:
        cover = names(case, role.cover) or "–"
        rows.append((localise(role.name), places[role.place], _("required") if role.required else _("optional"), cover))
    return [
        heading(2, _("Roles")),
        table((_("Role"), _("Place"), _("Seat"), _("If nobody sits there, covered by")), rows, (4, 2, 2, 4)),
    ]


def _memory(case: Case) -> list[Block]:
    rows = [(flag_name(case, flag.key), _start(flag.start, flag.most), "") for flag in case.flags]
    return [
        heading(2, _("What the story remembers")),
        paragraph(_("Keep a running note: where the story goes depends on it."), small=True),
        table((_("What"), _("At the start"), _("Running note")), rows, (5, 2, 4)),
    ]


def _start(start: int, most: int) -> str:
    return str(start) if most > 1 else _("yes") if start else _("no")


def _procedure(case: Case) -> list[Block]:
    limits = {stage.key: localise(stage.title) for stage in case.stages}
    limits |= {key: localise(inject.title) for key, inject in case.inject.items()}
    rows: list[tuple[Cell, ...]] = []
    for step in case.procedure:
        due = "–"
        if step.due:
            since = limits.get(step.due.key) or flag_name(case, step.due.key)
            due = _("%(minutes)d case minutes after “%(what)s”", minutes=step.due.case_minutes, what=since)
        rows.append(({"text": localise(step.text), "small": localise(step.phase)}, due, ""))
    return [heading(2, _("Steps of the procedure")), table((_("Step"), _("Limit"), _("Done at")), rows, (6, 4, 2))]


def scene_name(number: int, stage: Stage) -> str:
    """„Scene 2. The other town”."""
    return _("Scene %(number)d.", number=number) + f" {localise(stage.title)}"


def _stage(case: Case, number: int, stage: Stage) -> list[Block]:
    blocks = [
        heading(2, scene_name(number, stage)),
        paragraph(ngettext("%(num)s minute", "%(num)s minutes", stage.minutes), small=True),
        box(_("Read aloud to all"), localise(stage.text).split("\n"), "plum"),
    ]
    blocks += [
        box(_("Only for: %(who)s", who=names(case, case.audience((), key))), localise(text).split("\n"))
        for key, text in stage.at_place.items()
    ]
    blocks += [
        box(_("Only for: %(who)s", who=names(case, [key])), [localise(text)]) for key, text in stage.private.items()
    ]
    blocks += [block for inject in stage.injects for block in _inject(case, inject)]
    blocks += [block for decision in stage.decisions for block in _decision(case, decision)]
    blocks += [block for handoff in stage.handoffs for block in _handoff(case, handoff)]
    return [*blocks, *_onward(case, stage)]


def _inject(case: Case, inject: Inject) -> list[Block]:
    if inject.at is not None:
        when = _("at case minute %(minute)d of the scene", minute=inject.at)
    elif inject.when:
        when = _("as soon as: %(what)s", what=in_words(case, inject.when))
    else:
        when = _("when you think fit")
    to = names(case, case.audience(inject.roles, inject.place))
    softer = [labelled(_("Softer wording"), localise(inject.softer))] if inject.softer else []
    changed = [_changes(case, inject.effect)]
    head = labelled(_("Slip"), f"{localise(inject.title)} – {when}. ") + _("To: %(whom)s", whom=to)
    return [box(head, [localise(inject.text), *softer, *changed])]


def _decision(case: Case, decision: Decision) -> list[Block]:
    opens = []
    if decision.opens.minute:
        opens.append(_("at case minute %(minute)d of the scene", minute=decision.opens.minute))
    if decision.opens.after:
        opens.append(_("after “%(what)s”", what=localise(case.decision[decision.opens.after].title)))
    if decision.opens.when.tree:
        opens.append(_("if: %(what)s", what=in_words(case, decision.opens.when)))
    alone = _("first everyone alone, %(minutes)d min;", minutes=decision.alone) if decision.alone else ""
    how = f"{alone} {way_name(decision.how)}, ".lstrip() + _("%(minutes)d min", minutes=decision.minutes)
    who = labelled(_("Who"), names(case, case.voters(decision)))
    blocks = [
        heading(3, labelled(_("Decision"), localise(decision.title))),
        paragraph(" ".join([f"{capital(how)}.", f"{who}.", "; ".join(opens)]).strip(), small=True),
        paragraph(localise(decision.question), strong=True),
    ]
    rows = [_option(case, decision, number) for number in range(len(decision.options))]
    blocks.append(table(("", _("Option"), _("Grade and reason"), _("What follows")), rows, (1, 7, 8, 6)))
    otherwise = decision.option(decision.otherwise)
    blocks.append(paragraph(labelled(_("If time runs out"), localise(otherwise.text)), small=True))
    if decision.needs:
        needed = [f"{localise(case.fact[key].text)} ({localise(case.fact_holder[key].name)})" for key in decision.needs]
        blocks += [paragraph(_("Should be on the table before; tick what was:"), small=True), boxes(needed)]
    return blocks


def _option(case: Case, decision: Decision, number: int) -> tuple[Cell, ...]:
    option = decision.options[number]
    offered = _("only if: %(what)s", what=in_words(case, option.when)) if option.when.tree else ""
    follows = [_changes(case, option.effect)]
    if option.go:
        follows.append(_("goes to: %(where)s", where=place_name(case, option.go)))
    if option.effect.voice:
        follows.append(f"„{localise(option.effect.voice)}”")
    reason = f"{localise(option.reason)} {localise(option.cites)}"
    return (
        LETTERS[number],
        {"text": localise(option.text), "small": offered},
        {"text": grade_name(option.grade), "tone": option.grade, "small": reason},
        {"text": "", "small": " · ".join(filter(None, follows))},
    )


def _changes(case: Case, effect: Effect) -> str:
    """What to note: flags, steps, trust."""
    said = [f"{flag_name(case, key)}: {_set_to(case, key, value)}" for key, value in effect.set.items()]
    said += [f"{flag_name(case, key)}: {more:+d}" for key, more in effect.add.items()]
    said += [_("step done: %(step)s", step=localise(case.step[key].short)) for key in effect.done]
    return "; ".join(said)


def _set_to(case: Case, key: str, value: int) -> str:
    return str(value) if case.flag[key].most > 1 else _("yes") if value else _("no")


def _handoff(case: Case, handoff: Handoff) -> list[Block]:
    items = []
    for item in handoff.items:
        reason = f" – {localise(item.reason)}" if item.reason else ""
        items.append(f"{localise(item.text)}: {need_name(item.need)}{reason}")
    items += [
        labelled(localise(one.text), _("a safe way") if one.safe else _("not a safe way")) for one in handoff.channels
    ]
    rules = [_("who may: %(who)s", who=names(case, handoff.roles)), _("to: %(whom)s", whom=localise(handoff.to))]
    if handoff.consent:
        rules.append(_("only with the person's consent"))
    if handoff.due is not None:
        rules.append(_("limit: case minute %(minute)d of the scene", minute=handoff.due))
    if handoff.when.tree:
        rules.append(_("if: %(what)s", what=in_words(case, handoff.when)))
    in_order, broken = _changes(case, handoff.effect), _changes(case, handoff.breach)
    after = [
        labelled(_("In order"), in_order) if in_order else "",
        labelled(_("Against the rules"), broken) if broken else "",
    ]
    blocks = [
        heading(3, labelled(_("Hand-off"), localise(handoff.title))),
        paragraph("; ".join(rules), small=True),
        bullets(items),
    ]
    blocks += [paragraph(text, small=True) for text in after if text]
    return [*blocks, *(voice(localise(one.voice)) for one in (handoff.effect, handoff.breach) if one.voice)]


def place_name(case: Case, key: str) -> str:
    """A stage or an ending by its title."""
    return localise(case.ending[key].title if key in case.ending else case.stage[key].title)


def _onward(case: Case, stage: Stage) -> list[Block]:
    rows = [f"{capital(in_words(case, branch.when))} → {place_name(case, branch.to)}" for branch in stage.next]
    if len(rows) == 1:
        rows = [f"→ {place_name(case, stage.next[0].to)}"]
    taken = _("An option that “goes to” a place comes first. Otherwise the first line that is true:")
    return [heading(3, _("Where the story goes")), paragraph(taken, small=True), numbers(rows)]


def _ends(case: Case) -> list[Block]:
    blocks = [heading(2, _("Endings"))]
    for ending in case.endings:
        blocks += [heading(3, localise(ending.title)), *paragraphs(localise(ending.text))]
    asked = [localise(text) for text in case.debrief]
    asked += [f"{localise(one.title)}: {localise(text)}" for one in case.decision.values() for text in one.debrief]
    return [*blocks, heading(2, _("To talk about")), numbers(asked)]
