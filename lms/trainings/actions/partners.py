"""Who is invited and who is thanked: local teams, organisers, partners, donors. Verbs, one commit each."""

import io
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from lms.accounts.audit import record
from lms.database import writing
from lms.errors import Refused
from lms.teams.models import LocalTeam
from lms.trainings.models import Partner, TrainingTeam

LARGEST_LOGO = 2 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000  # read from the header, before anything is unpacked
LOGO_SIDE = 1200  # pixels; enough for a poster


@dataclass(frozen=True)
class Credit:
    """How a partner is named."""

    kind: str
    name_sr: str
    name_en: str
    credit_sr: str
    credit_en: str


def invite_team(training_id: int, team_id: int) -> None:
    """A local team is invited; said twice, invited once."""
    with writing() as session:
        if session.get(LocalTeam, team_id) is None:
            raise Refused("This team is no longer in the register.", 404)
        if session.get(TrainingTeam, (training_id, team_id)) is None:
            session.add(TrainingTeam(training_id=training_id, team_id=team_id))
            record(session, "training.team_invited", f"training {training_id}", team=team_id)


def drop_team(training_id: int, team_id: int) -> None:
    """A local team is no longer invited; its people stay on the list."""
    with writing() as session:
        invited = (TrainingTeam.training_id == training_id, TrainingTeam.team_id == team_id)
        session.execute(sa.delete(TrainingTeam).where(*invited))
        record(session, "training.team_dropped", f"training {training_id}", team=team_id)


def add_partner(training_id: int, credit: Credit, logo: bytes | None) -> Partner:
    """A partner at the end of the list. Refused (422) when the logo cannot be used."""
    picture = readable_logo(logo) if logo else None
    with writing() as session:
        highest = session.scalar(sa.select(sa.func.max(Partner.position)).where(Partner.training_id == training_id))
        partner = Partner(
            training_id=training_id, position=(highest or 0) + 1, has_logo=picture is not None, logo=picture
        )
        _name(partner, credit)
        session.add(partner)
        record(session, "training.partner_added", f"training {training_id}", name=credit.name_sr)
    return partner


def change_partner(training_id: int, partner_id: int, credit: Credit, logo: bytes | None, drop_logo: bool) -> None:
    """Names, credit line and logo of a partner; without a new `logo` the old one stays unless `drop_logo`."""
    picture = readable_logo(logo) if logo else None
    with writing() as session:
        partner = _partner(session, training_id, partner_id)
        _name(partner, credit)
        if picture or drop_logo:
            partner.logo, partner.has_logo = picture, picture is not None
        record(session, "training.partner_changed", f"training {training_id}", name=credit.name_sr)


def remove_partner(training_id: int, partner_id: int) -> None:
    """The partner is no longer named."""
    with writing() as session:
        partner = _partner(session, training_id, partner_id)
        record(session, "training.partner_removed", f"training {training_id}", name=partner.name_sr)
        session.delete(partner)


def move_partner(training_id: int, partner_id: int, down: bool) -> None:
    """The partner changes places with its neighbour."""
    with writing() as session:
        _partner(session, training_id, partner_id)
        order = list(
            session.scalars(
                sa.select(Partner).where(Partner.training_id == training_id).order_by(Partner.position, Partner.id)
            )
        )
        place = next(index for index, partner in enumerate(order) if partner.id == partner_id)
        other = place + (1 if down else -1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        for position, partner in enumerate(order, start=1):
            partner.position = position
        record(session, "training.partner_moved", f"training {training_id}")


def _partner(session: Session, training_id: int, partner_id: int) -> Partner:
    found = session.scalar(sa.select(Partner).where(Partner.id == partner_id, Partner.training_id == training_id))
    if found is None:
        raise Refused("This partner is no longer on the list.", 404)
    return found


def _name(partner: Partner, credit: Credit) -> None:
    for name in credit.__dataclass_fields__:
        setattr(partner, name, getattr(credit, name))


def readable_logo(content: bytes) -> bytes:
    """The picture as a PNG of ours, at most 1200 pixels wide and high. Refused (422) when it cannot be used.

    The size is read from the header first: a small file may swell to gigabytes.
    """
    from PIL import Image, UnidentifiedImageError

    if len(content) > LARGEST_LOGO:
        raise Refused("The logo is larger than 2 MB. Save a smaller picture and upload that.", 422)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("The logo has more than 40 million points. Save a smaller picture and upload that.", 422)
            picture.load()
            made = picture.convert("RGBA" if "A" in picture.mode or "transparency" in picture.info else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("This picture cannot be read. Save the logo as PNG or JPEG and upload that.", 422) from error
    made.thumbnail((LOGO_SIDE, LOGO_SIDE))
    buffer = io.BytesIO()
    made.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
