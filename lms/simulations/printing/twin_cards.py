"""The small papers of the paper twin: role cards, slips, vote sheets, hand-off forms. Each carries only what its holder may know."""

from lms.content.case import Case, Decision, Handoff, Inject, Role
from lms.language import gettext as _
from lms.language import localise
from lms.simulations.printing.blocks import (
    Block,
    box,
    boxes,
    bullets,
    card,
    cards,
    heading,
    lines,
    paragraph,
    paragraphs,
)
from lms.simulations.printing.script import names, scene_name
from lms.simulations.retelling import LETTERS


def role_cards(case: Case) -> bytes:
    """One page a role: the briefing and the facts, those that come later on slips of their own."""
    return cards(_("Role cards"), [_role(case, role) for role in case.roles], per_page=1)


def _role(case: Case, role: Role) -> Block:
    place = next(place.name for place in case.places if place.key == role.place)
    blocks = [paragraph(_("Only you read this card."), strong=True), *paragraphs(localise(role.briefing))]
    if role.goal:
        blocks += [heading(2, _("What you want to reach:")), paragraph(localise(role.goal))]
    if role.powers:
        blocks += [heading(2, _("What only you can do:")), paragraph(localise(role.powers))]
    known = [localise(fact.text) for fact in role.facts if not fact.since]
    if known:
        blocks += [heading(2, _("What only you know")), bullets(known)]
        blocks.append(paragraph(_("What you tell the table, and when, is for you to decide."), small=True))
    blocks.append(box(_("Content notice"), [localise(case.notice)]))
    title = localise(case.title)
    return card(
        _("Exercise “%(title)s”", title=title), localise(role.name), localise(place), blocks, _("invented case")
    )


def slips(case: Case) -> bytes:
    """Events, private texts of a scene and facts that come later, two to a page."""
    made = []
    for number, stage in enumerate(case.stages, 1):
        scene = scene_name(number, stage)
        for place, text in stage.at_place.items():
            made.append(
                _slip(case, scene, localise(stage.title), names(case, case.audience((), place)), localise(text))
            )
        for role, text in stage.private.items():
            made.append(_slip(case, scene, localise(stage.title), names(case, [role]), localise(text)))
        made += [_late_fact(case, scene, key) for key in case.fact if case.fact[key].since == stage.key]
        for inject in stage.injects:
            made.append(_inject(case, scene, inject))
            made += [_late_fact(case, scene, key) for key in case.fact if case.fact[key].since == inject.key]
    return cards(_("Slips"), made, per_page=2)


def _slip(case: Case, scene: str, title: str, to: str, text: str) -> Block:
    return card(
        _("Exercise “%(title)s”", title=localise(case.title)) + f" · {scene}",
        title,
        _("To: %(whom)s", whom=to),
        paragraphs(text),
    )


def _inject(case: Case, scene: str, inject: Inject) -> Block:
    to = names(case, case.audience(inject.roles, inject.place))
    return _slip(case, scene, localise(inject.title), to, localise(inject.text))


def _late_fact(case: Case, scene: str, key: str) -> Block:
    return _slip(
        case, scene, _("New on your card"), localise(case.fact_holder[key].name), localise(case.fact[key].text)
    )


def vote_sheets(case: Case) -> bytes:
    """One page a decision: options without any grade, room for the answers alone and for the table's."""
    made = []
    for number, stage in enumerate(case.stages, 1):
        scene = scene_name(number, stage)
        made += [_votes(case, scene, decision) for decision in stage.decisions]
    return cards(_("Vote sheets"), made, per_page=1)


def _votes(case: Case, scene: str, decision: Decision) -> Block:
    options = [f"{LETTERS[number]}.  {localise(option.text)}" for number, option in enumerate(decision.options)]
    sometimes = [LETTERS[number] for number, option in enumerate(decision.options) if option.when.tree]
    blocks = [paragraph(localise(decision.question), strong=True), boxes(options)]
    if sometimes:
        blocks.append(
            paragraph(
                _("Offered only when the facilitator says so: %(letters)s", letters=", ".join(sometimes)), small=True
            )
        )
    if decision.alone:
        blocks.append(lines(2, _("My answer alone (one number) and why")))
    blocks.append(lines(3, _("What we decided together, and why")))
    eyebrow = _("Exercise “%(title)s”", title=localise(case.title)) + f" · {scene}"
    return card(eyebrow, localise(decision.title), names(case, case.voters(decision)), blocks)


def handoff_forms(case: Case) -> bytes:
    """One page a hand-off: what can be passed on, without saying what should be."""
    made = [_form(case, handoff) for stage in case.stages for handoff in stage.handoffs]
    return cards(_("Hand-off forms"), made, per_page=1)


def _form(case: Case, handoff: Handoff) -> Block:
    blocks = [heading(2, _("What I am passing on")), boxes(localise(item.text) for item in handoff.items)]
    blocks += [heading(2, _("How")), boxes(localise(channel.text) for channel in handoff.channels)]
    if handoff.consent:
        agreed = (_("the person agreed"), _("the person did not agree"), _("the person was not asked"))
        blocks += [heading(2, _("The person's consent")), boxes(agreed)]
    blocks += [lines(1, _("Case time")), lines(2, _("Note"))]
    sub = f"{names(case, handoff.roles)} → {localise(handoff.to)}"
    return card(_("Exercise “%(title)s”", title=localise(case.title)), localise(handoff.title), sub, blocks)
