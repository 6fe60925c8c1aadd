"""Invited teams and named partners; logos are read with care and served by us only."""

import io
import struct
import zlib

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from PIL import Image

from lms.errors import Refused
from lms.extensions import db
from lms.teams.models import LocalTeam
from lms.trainings.actions.partners import readable_logo
from lms.trainings.models import Partner, Training, TrainingTeam
from tests.builders import a_municipality, a_training, an_account, save, sign_in


@pytest.fixture
def training(client: FlaskClient) -> Training:
    trainer = an_account("trainer")
    sign_in(client, trainer)
    return a_training(trainer=trainer)


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("typed", ["чачак", "Čačak", "cacak", "ЧА"])
def test_a_team_is_found_in_any_script_and_invited_once(client: FlaskClient, training: Training, typed: str) -> None:
    team = save(LocalTeam(municipality_code=a_municipality("cacak", "Чачак").code, status="active"))
    save(LocalTeam(municipality_code=a_municipality("nis", "Ниш").code, status="active"))
    page = client.get(f"/trainings/{training.id}/teams", query_string={"q": typed}).text
    assert "Чачак" in page
    assert "Ниш" not in page
    for _ in range(2):
        client.post(f"/trainings/{training.id}/teams", data={"team": team.id})
    assert list(db.session.scalars(sa.select(TrainingTeam.team_id))) == [team.id]
    client.post(f"/trainings/{training.id}/teams", data={"team": team.id, "drop": "yes"})
    db.session.rollback()
    assert list(db.session.scalars(sa.select(TrainingTeam.team_id))) == []


PLACES = {"zabalj": "Жабаљ", "loznica": "Лозница", "ljig": "Љиг", "nis": "Ниш", "cacak": "Чачак", "sabac": "Шабац"}
IN_LATIN = ["Čačak", "Loznica", "Ljig", "Niš", "Šabac", "Žabalj"]


@pytest.mark.parametrize(
    ("language", "expected"), [("sr", list(PLACES.values())), ("sr_Latn", IN_LATIN), ("en", IN_LATIN)]
)
@pytest.mark.parametrize("page", ["teams", "invited", "wall", "participants/new"])
def test_places_stand_by_the_alphabet_of_the_page(
    client: FlaskClient, training: Training, language: str, expected: list[str], page: str
) -> None:
    for code, name in PLACES.items():
        team = save(LocalTeam(municipality_code=a_municipality(code, name).code, status="active"))
        if page in ("invited", "wall"):
            save(TrainingTeam(training_id=training.id, team_id=team.id))
    client.set_cookie("language", language)
    text = client.get(f"/trainings/{training.id}/{page.replace('invited', 'teams')}").text.split("<main")[1]
    assert sorted(expected, key=lambda name: text.index(f">{name}")) == expected


def test_all_teams_that_may_be_invited_are_listed(client: FlaskClient, training: Training) -> None:
    for number in range(17):
        save(LocalTeam(municipality_code=a_municipality(f"m{number}", f"Место {number}").code, status="active"))
    page = client.get(f"/trainings/{training.id}/teams").text
    assert all(f"Место {number} " in page for number in range(17))


def test_whoever_invites_a_team_reads_that_nothing_was_sent(client: FlaskClient, training: Training) -> None:
    team = save(LocalTeam(municipality_code=a_municipality("nis", "Ниш").code, status="active"))
    page = client.post(f"/trainings/{training.id}/teams", data={"team": team.id}, follow_redirects=True).text
    assert "Позив му шаљете сами" in page


def add(client: FlaskClient, training: Training, name: str, logo: bytes | None = None) -> int:
    data: dict[str, object] = {"kind": "donor", "name_sr": name}
    if logo:
        data["logo"] = (io.BytesIO(logo), "logo.png")
    return client.post(f"/trainings/{training.id}/partners/new", data=data).status_code


def names() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Partner.name_sr).order_by(Partner.position)))


def test_partners_keep_their_order_and_are_moved(client: FlaskClient, training: Training) -> None:
    for name in ("А", "Б", "В"):
        add(client, training, name)
    last = db.session.scalars(sa.select(Partner.id).filter_by(name_sr="В")).one()
    client.post(f"/trainings/{training.id}/partners/{last}/move", data={"to": "up"})
    assert names() == ["А", "В", "Б"]
    client.post(f"/trainings/{training.id}/partners/{last}/remove")
    assert names() == ["А", "Б"]


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_a_logo_becomes_a_small_png_of_ours(kind: str, mode: str) -> None:
    made = Image.open(io.BytesIO(readable_logo(picture(kind, (3000, 1500), mode))))
    assert made.format == "PNG"
    assert made.size == (1200, 600)


def header_only(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + bytes(100)


@pytest.mark.parametrize(
    "content",
    [header_only(60_000, 60_000), header_only(7000, 6000), b"<svg onload='alert(1)'/>", b"%PDF-1.7", picture("GIF"), picture()[:60],
     picture() + bytes(2 * 1024 * 1024)],
)  # fmt: skip
def test_other_pictures_are_refused_before_they_swell(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        readable_logo(content)
    assert caught.value.status == 422


def test_a_refused_logo_is_said_at_its_field_and_stores_nothing(client: FlaskClient, training: Training) -> None:
    assert add(client, training, "Донатор", b"not a picture") == 422
    assert names() == []


def test_a_logo_is_served_by_number_as_png_to_staff_of_this_training_only(
    client: FlaskClient, training: Training
) -> None:
    add(client, training, "Донатор", picture("JPEG"))
    partner = db.session.scalars(sa.select(Partner.id)).one()
    answer = client.get(f"/trainings/{training.id}/partners/{partner}/logo.png")
    assert (answer.mimetype, answer.data[:4]) == ("image/png", b"\x89PNG")
    assert f"/partners/{partner}/logo.png" in client.get(f"/trainings/{training.id}/partners").text
    own = a_training(trainer=db.session.merge(an_account("trainer")))
    assert client.get(f"/trainings/{own.id}/partners/{partner}/logo.png").status_code == 404
    sign_in(client, an_account("trainer"))
    assert client.get(f"/trainings/{training.id}/partners/{partner}/logo.png").status_code == 404


def test_a_logo_stays_until_it_is_replaced_or_removed(client: FlaskClient, training: Training) -> None:
    add(client, training, "Донатор", picture())
    partner = db.session.scalars(sa.select(Partner.id)).one()
    address = f"/trainings/{training.id}/partners/{partner}"
    client.post(address, data={"kind": "partner", "name_sr": "Други назив"})
    assert client.get(f"{address}/logo.png").status_code == 200
    client.post(address, data={"kind": "partner", "name_sr": "Други назив", "drop_logo": "y"})
    assert client.get(f"{address}/logo.png").status_code == 404
    assert names() == ["Други назив"]
