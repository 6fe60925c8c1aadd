"""What a fork is shown of its original: whether there is a newer version, and what has changed in it, piece by piece."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.authoring.actions.forking import states_of_origin
from lms.authoring.differences.pieces import Piece, in_order, pieces
from lms.authoring.differences.telling import Change, Teller, part_title
from lms.authoring.differences.trees import COMMENT
from lms.authoring.models import Draft
from lms.authoring.queries import files_of_draft
from lms.content.models import CourseVersion
from lms.content.queries import all_versions
from lms.extensions import db
from lms.language import localise

TAKE, KEEP = "take", "keep"


@dataclass(frozen=True)
class Origin:
    """The course that a draft began from: its title, the version that was taken over last, a newer one if there is one, all others."""

    title: str
    taken: CourseVersion
    newer: CourseVersion | None
    others: tuple[CourseVersion, ...]


@dataclass(frozen=True)
class Offer:
    """One piece: what has changed in the original, what has changed here where both have, and what is chosen."""

    id: str
    change: Change
    ours: Change | None
    chosen: str
    undecided: bool


@dataclass(frozen=True)
class OfferedPart:
    """A part of the course with its pieces."""

    title: str
    summed: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class OriginScreen:
    """The page on which one takes over from the original."""

    draft: Draft
    title: str
    origin: Origin
    version: int
    parts: tuple[OfferedPart, ...]

    @property
    def offers(self) -> list[Offer]:
        """All pieces."""
        return [offer for part in self.parts for offer in part.offers]

    @property
    def undecided(self) -> list[Offer]:
        """Those that were sent without a choice."""
        return [offer for offer in self.offers if offer.undecided]


def origin_of(draft: Draft, since: str = "") -> Origin | None:
    """Where a fork comes from; nothing for other drafts. `since`: the version to look at the changes from, instead of the one taken last."""
    taken = db.session.get(CourseVersion, draft.origin_hash) if draft.origin_hash else None
    if taken is None:
        return None
    versions = [version for version in all_versions() if version.course_key == taken.course_key]
    taken = next((version for version in versions if version.hash == since), taken)
    others = tuple(version for version in versions[1:] if version.hash != taken.hash)
    newer = versions[0] if versions[0].hash != taken.hash else None
    return Origin(localise({"sr": taken.title_sr, "en": taken.title_en}), taken, newer, others)


def origin_screen(draft: Draft, origin: Origin, sent: Mapping[str, str] | None = None) -> OriginScreen:
    """What has changed in the original, with what was chosen in the form that was `sent`."""
    parts: tuple[OfferedPart, ...] = ()
    if origin.newer:
        base, theirs = states_of_origin(origin.taken, origin.newer)
        ours = files_of_draft(draft)
        found: dict[str, list[Piece]] = {}
        for piece in pieces(base, theirs, ours):
            found.setdefault(piece.path.removesuffix(COMMENT), []).append(piece)
        tellers = {path: Teller(path, base, theirs, ours) for path in found}
        parts = tuple(_part(tellers[path], found[path], sent) for path in sorted(found, key=in_order))
    title = localise({"sr": draft.title_sr, "en": draft.title_en}) or draft.course_key
    return OriginScreen(draft, title, origin, draft.version, parts)


def _part(teller: Teller, found: list[Piece], sent: Mapping[str, str] | None) -> OfferedPart:
    offers = tuple(_offer(teller, piece, sent) for piece in found)
    return OfferedPart(part_title(teller.path, *teller.packs), teller.summed(found), offers)


def _offer(teller: Teller, piece: Piece, sent: Mapping[str, str] | None) -> Offer:
    ours = teller.change(piece, piece.base, piece.ours) if piece.touched else None
    if sent is None:
        return Offer(piece.id, teller.change(piece), ours, "" if ours else TAKE, False)
    chosen = sent.get(f"piece-{piece.id}", "")
    known = chosen in (TAKE, KEEP)
    return Offer(piece.id, teller.change(piece), ours, chosen if known else "", not known)
