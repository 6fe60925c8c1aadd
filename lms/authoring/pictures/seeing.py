"""What one role sees in one scene, with the very pieces of the player's screen. Pure; any part of the document may be missing.

Nothing is played: what the table would have shared or decided by then is not known, so the table knows nothing yet and every decision
of the scene is shown as it opens. What comes only on a condition or by hand says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.authoring.pictures.conditions import in_full
from lms.authoring.pictures.reading import CaseDraft, Piece
from lms.authoring.pictures.wording import what_brings
from lms.content.case import AUTHORITY, CONSENSUS, WAYS
from lms.content.course import Text
from lms.language import gettext as _
from lms.simulations.retelling import LETTERS
from lms.simulations.screens.player.deciding import Ballot, Choice, Voter
from lms.simulations.screens.player.feed import Line
from lms.simulations.screens.player.screen import PLAYING, Card, FactLine
from lms.simulations.state import ALONE, TABLE


@dataclass(frozen=True, slots=True)
class Message:
    """An event as the role reads it; what brings it, its scene where that is an earlier one, and its address."""

    line: Line
    brings: str
    scene: str
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """A decision at the role's table as it opens; when it does; whether the role answers."""

    ballot: Ballot
    opens: tuple[str, ...]
    answers: bool
    address: str


@dataclass(frozen=True, slots=True)
class Passing:
    """A hand-off that the role can make; on which condition, if there is one."""

    title: Text
    to: Text
    items: tuple[Text, ...]
    channels: tuple[Text, ...]
    consent: bool
    only: str
    address: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What everybody at the table knows. Like the player's, but that `number` is the one in the document."""

    number: int
    title: Text
    text: Text
    at_place: tuple[Text, ...]
    known: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What the pieces of the player's screen ask of the screen they stand on: the run stands still, nothing can be pressed."""

    places: int
    mode: str = PLAYING
    paused: bool = True
    solo: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """All of it. `origins` say how the role comes to know what it did not know at first."""

    table: Table
    scene: Scene
    card: Card
    questions: tuple[Question, ...]
    messages: tuple[Message, ...]
    earlier: tuple[Message, ...]
    passings: tuple[Passing, ...]
    origins: tuple[str, ...]


def sight_of(draft: CaseDraft, role: Piece, stage: Piece, injects: bool) -> Sight:
    """What the player of `role` sees in `stage`; without `injects` as if none had come yet."""
    before = [one for one in draft.stages if one.key in draft.before.get(stage.address, ())]
    messages = tuple(_messages(draft, role, stage, "")) if injects else ()
    earlier = (
        [one for scene in before for one in _messages(draft, role, scene, scene.words("title"))] if injects else []
    )
    facts = tuple(_facts(role, stage, before, injects))
    return Sight(
        table=Table(len(draft.places)),
        scene=_scene(draft, role, stage),
        card=_card(draft, role, stage, facts),
        questions=tuple(_questions(draft, role, stage)),
        messages=messages,
        earlier=tuple(earlier),
        passings=tuple(_passings(draft, role, stage)),
        origins=tuple(_origins(draft, facts)),
    )


def _scene(draft: CaseDraft, role: Piece, stage: Piece) -> Scene:
    number = next((at for at, one in enumerate(draft.stages, 1) if one is stage), 1)
    here = stage.named("at_place").get(role.word("place"))
    return Scene(number, stage.text("title"), stage.text("text"), (here,) if here else ())


def _card(draft: CaseDraft, role: Piece, stage: Piece, facts: tuple[Piece, ...]) -> Card:
    return Card(
        key=role.key or "role", name=role.text("name"), sector=role.word("sector"), place=_place_name(draft, role.word("place")),
        own=True, briefing=role.text("briefing"), goal=role.text("goal") or None, powers=role.text("powers") or None,
        private=stage.named("private").get(role.key),
        facts=tuple(FactLine(fact.key or fact.address, fact.text("text"), shared=False) for fact in facts),
    )  # fmt: skip


def _place_name(draft: CaseDraft, key: str) -> Text:
    return next((place.text("name") for place in draft.places if place.key == key), {}) or {"sr": key}


def _facts(role: Piece, stage: Piece, before: list[Piece], injects: bool) -> Iterator[Piece]:
    """What the role may know by now."""
    scenes = [*before, stage]
    since = {"", *(one.key for one in scenes)}
    if injects:
        since |= {inject.key for one in scenes for inject in one.pieces("injects")}
    yield from (fact for fact in role.pieces("facts") if fact.word("since") in since)


def _origins(draft: CaseDraft, facts: tuple[Piece, ...]) -> Iterator[str]:
    titles = {stage.key: _("scene “%(title)s”", title=stage.words("title")) for stage in draft.stages}
    for stage in draft.stages:
        for inject in stage.pieces("injects"):
            titles.setdefault(inject.key, _("event “%(title)s”", title=inject.words("title")))
    for fact in facts:
        if since := fact.word("since"):
            yield _(
                "“%(fact)s”: since the %(what)s", fact=fact.words("text").rstrip("."), what=titles.get(since, since)
            )


def _messages(draft: CaseDraft, role: Piece, stage: Piece, scene: str) -> Iterator[Message]:
    for number, inject in enumerate(stage.pieces("injects")):
        readers = draft.audience(inject)
        if not any(one is role for one in readers):
            continue
        _how, _short, brings = what_brings(draft, inject)
        line = Line(
            seq=number, kind="inject", minute=inject.whole("at") or 0, text=inject.text("text"),
            title=inject.text("title"), person=inject.truth("person"), alone=len(readers) == 1 and len(draft.roles) > 1,
        )  # fmt: skip
        yield Message(line, brings, scene, inject.address)


def _questions(draft: CaseDraft, role: Piece, stage: Piece) -> Iterator[Question]:
    titles = {one.key: one.words("title") or one.words("question") for one in stage.pieces("decisions")}
    for decision in stage.pieces("decisions"):
        voters = draft.audience(decision)
        if any(one is role or one.word("place") == role.word("place") for one in voters):
            answers = any(one is role for one in voters)
            opens = tuple(_opens(draft, decision, titles))
            yield Question(_ballot(draft, role, decision, voters), opens, answers, decision.address)


def _opens(draft: CaseDraft, decision: Piece, titles: dict[str, str]) -> Iterator[str]:
    opens = decision.piece("opens")
    if minute := opens.whole("minute"):
        yield _("opens at case minute %(minute)d of the scene", minute=minute)
    if after := opens.word("after"):
        yield _("opens after the decision “%(title)s”", title=titles.get(after) or after)
    if when := opens.word("when"):
        yield _("only if: %(what)s", what=in_full(draft, when))
    for number, option in enumerate(decision.pieces("options"), 1):
        if when := option.word("when"):
            yield _("option %(number)d only if: %(what)s", number=number, what=in_full(draft, when))


def _ballot(draft: CaseDraft, role: Piece, decision: Piece, voters: tuple[Piece, ...]) -> Ballot:
    how = decision.word("how") if decision.word("how") in WAYS else CONSENSUS
    alone = decision.whole("alone") or 0
    decider = voters[0].text("name") if how == AUTHORITY and voters else None
    asked = voters if alone == 0 or how != AUTHORITY else tuple(
        one for one in draft.roles if one.word("place") == voters[0].word("place")
    )  # fmt: skip
    choices = tuple(
        Choice(option.key, LETTERS[place], option.text("text"), mine=False, taken=False, alone=None, votes=None)
        for place, option in enumerate(decision.pieces("options")[: len(LETTERS)])
    )
    return Ballot(
        key=decision.key or decision.address, title=decision.text("title"), question=decision.text("question"), how=how,
        phase=ALONE if alone else TABLE, decider=decider, until=0, left=(alone or decision.whole("minutes") or 0) * 60_000,
        may_choose=any(one is role for one in asked), choices=choices,
        voters=tuple(Voter(one.text("name"), one.word("sector"), voted=False, you=one is role) for one in asked),
        closed_by="", feedback=None, unanswered=False, yours=False,
    )  # fmt: skip


def _passings(draft: CaseDraft, role: Piece, stage: Piece) -> Iterator[Passing]:
    for handoff in stage.pieces("handoffs"):
        if role.key and role.key in handoff.keys("roles"):
            when = handoff.word("when")
            yield Passing(
                title=handoff.text("title"), to=handoff.text("to"),
                items=tuple(item.text("text") for item in handoff.pieces("items")),
                channels=tuple(channel.text("text") for channel in handoff.pieces("channels")),
                consent=handoff.truth("consent"), only=_("only if: %(what)s", what=in_full(draft, when)) if when else "",
                address=handoff.address,
            )  # fmt: skip
