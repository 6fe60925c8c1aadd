"""„What does this role see?”: any role in any scene, on a page that looks like the player's screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.authoring.pictures.drawing import Href
from lms.authoring.pictures.reading import CaseDraft, Piece
from lms.authoring.pictures.seeing import Sight, sight_of
from lms.language import gettext as _


@dataclass(frozen=True, slots=True)
class Pick:
    """One line of a select: `value` is the address of a role or scene."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Picker:
    """A select with the ways to the one before and the one after; empty where there is none."""

    picks: tuple[Pick, ...]
    value: str
    before: Pick | None
    after: Pick | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """The page. `sight` is None while the case has no role or no scene. `forms`: the ways to what is written here."""

    case_key: str
    title: str
    roles: Picker
    stages: Picker
    injects: bool
    sight: Sight | None
    hrefs: dict[str, str]


def role_view(document: object, case_key: str, role: str, stage: str, *, injects: bool, href: Href) -> RoleView:
    """What `role` sees in `stage`, each named by its key or its address; the first of each when there is no such one."""
    draft = CaseDraft(document)
    one, scene = _chosen(draft.roles, role), _chosen(draft.stages, stage)
    sight = sight_of(draft, one, scene, injects) if one and scene else None
    names = [Pick(role.address, role.words("name") or role.key or _("no name yet")) for role in draft.roles]
    scenes = [
        Pick(scene.address, f"{number} {scene.words('title') or _('no title yet')}")
        for number, scene in enumerate(draft.stages, 1)
    ]
    hrefs = {}
    if sight and one and scene:
        addresses = [one.address, scene.address, *(each.address for each in sight.questions)]
        addresses += [message.address for message in (*sight.messages, *sight.earlier)]
        addresses += [passing.address for passing in sight.passings]
        hrefs = {address: href(address) for address in addresses}
    return RoleView(
        case_key, draft.top.words("title"), _picker(names, one), _picker(scenes, scene), injects, sight,
        hrefs | {"role": href(one.address) if one else "", "stage": href(scene.address) if scene else ""},
    )  # fmt: skip


def _chosen(pieces: Sequence[Piece], wanted: str) -> Piece | None:
    named = (piece for piece in pieces if wanted and wanted in (piece.address, piece.key))
    return next(named, None) or next(iter(pieces), None)


def _picker(picks: Sequence[Pick], chosen: Piece | None) -> Picker:
    values = [pick.value for pick in picks]
    at = values.index(chosen.address) if chosen else 0
    before = picks[at - 1] if at > 0 else None
    after = picks[at + 1] if at + 1 < len(picks) else None
    return Picker(tuple(picks), values[at] if values else "", before, after)
