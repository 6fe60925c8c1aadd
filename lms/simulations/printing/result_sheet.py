"""The result sheet: what the facilitator writes down while a case is played on paper, in the order in which it is typed in later."""

from lms.content.case import Case, Stage
from lms.language import gettext as _
from lms.language import localise
from lms.simulations.printing.blocks import Block, boxes, document, heading, paragraph, table
from lms.simulations.printing.script import scene_name
from lms.simulations.retelling import LETTERS


def result_sheet(case: Case) -> bytes:
    """The PDF of the sheet."""
    roles = [f"{localise(role.name)}" for role in case.roles]
    blocks: list[Block] = [
        paragraph(_("Write times as minutes of the case since the start. No names: only roles.")),
        heading(2, _("Who is played")),
        boxes(roles, columns=2),
    ]
    for number, stage in enumerate(case.stages, 1):
        title = scene_name(number, stage)
        blocks += [heading(2, title), *_stage(case, stage)]
    blocks += [heading(2, _("Ending")), boxes((localise(ending.title) for ending in case.endings), columns=2)]
    blocks += [heading(2, _("Facts said at the table")), _facts(case)]
    return document(
        localise(case.title),
        _("Result sheet of an exercise on paper"),
        _("Group and date: ______________________"),
        blocks,
    )


def _stage(case: Case, stage: Stage) -> list[Block]:
    rows = []
    for decision in stage.decisions:
        letters = "   ".join(f"{LETTERS[number]} [  ]" for number in range(len(decision.options)))
        rows.append((localise(decision.title), letters, "", ""))
    blocks = []
    if rows:
        head = (_("Decision"), _("Taken"), _("Case minute"), _("Votes, if counted"))
        blocks.append(table(head, rows, (5, 4, 2, 3)))
    for handoff in stage.handoffs:
        items = "   ".join(f"[  ] {localise(item.text)}" for item in handoff.items)
        row = ({"text": localise(handoff.title), "small": items}, "", "", "")
        blocks.append(table((_("Hand-off"), _("By whom, how"), _("Consent"), _("Case minute")), [row], (7, 3, 2, 2)))
    by_hand = [
        f"{localise(inject.title)} – " + _("case minute") + " ____" for inject in stage.injects if inject.by_hand
    ]
    if by_hand:
        blocks += [paragraph(_("Slips that you gave by your own choice:"), small=True), boxes(by_hand)]
    return [*blocks, paragraph(_("The scene ended at case minute ____"), small=True)]


def _facts(case: Case) -> Block:
    rows = [(localise(fact.text), localise(case.fact_holder[key].name), "") for key, fact in case.fact.items()]
    return table((_("Information"), _("Who held it"), _("Case minute")), rows, (7, 4, 2))
