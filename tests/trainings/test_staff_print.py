"""What is printed: right texts, right pages, right letters, tagged."""

import io

import pypdf
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from lms.accounts.models import AuditEntry
from lms.extensions import db
from lms.trainings.models import Partner, ProgrammeItem, Training
from tests.builders import a_participant, a_training, an_account, save, sign_in
from tests.trainings.test_staff_teams import picture


@pytest.fixture
def training(client: FlaskClient) -> Training:
    trainer = an_account("trainer")
    sign_in(client, trainer)
    return a_training(trainer=trainer)


def pages(client: FlaskClient, training: Training, path: str) -> list[str]:
    answer = client.get(f"/trainings/{training.id}/print/{path}")
    assert answer.mimetype == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.mark.parametrize("paper", ["a4", "a3", "letter"])
def test_the_poster_is_one_page_with_code_and_thanks(client: FlaskClient, training: Training, paper: str) -> None:
    training.title_sr = "Обука о стандардним оперативним процедурама за поступање са жртвама трговине људима"
    for number in range(10):
        save(Partner(training_id=training.id, position=number, kind="donor", name_sr=f"Донатор {number}",
                     logo=picture(), has_logo=True))  # fmt: skip
    (text,) = pages(client, training, f"poster.pdf?paper={paper}")
    assert f"{training.join_code[:4]} {training.join_code[4:]}" in text
    assert "Донатор 9" in text
    answer = client.get(f"/trainings/{training.id}/print/poster.pdf?paper={paper}")
    box = pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].mediabox
    assert round(box.width) == (842 if paper == "a3" else 595)


@pytest.mark.parametrize(("language", "word"), [("sr", "Потпис"), ("sr_Latn", "Potpis"), ("en", "Signature")])
def test_the_signature_sheet_repeats_its_head_and_leaves_room(
    client: FlaskClient, training: Training, language: str, word: str
) -> None:
    for number in range(30):
        a_participant(training, f"Особа {number}", institution="Центар за социјални рад")
    client.set_cookie("language", language)
    found = pages(client, training, "signatures-1.pdf")
    assert len(found) > 1
    assert all(word in text for text in found[:2])
    assert f"{len(found)} / {len(found)}" in found[-1]
    assert "38" in " ".join(found[1:])  # thirty people and eight empty rows


def test_rows_of_the_sheet_follow_the_alphabet(client: FlaskClient, training: Training) -> None:
    for name in ("Цеца Ц", "Ђока Ђ", "Dragan D"):
        a_participant(training, name)
    (text,) = pages(client, training, "signatures-2.pdf")
    assert text.index("Dragan") < text.index("Ђока") < text.index("Цеца")
    assert client.get(f"/trainings/{training.id}/print/signatures-9.pdf").status_code == 404


def test_nine_tags_need_two_pages_and_markup_stays_text(client: FlaskClient, training: Training) -> None:
    long = "Александра-Бранислава Радовановић-Стојиљковић Петронијевић"
    for name in (long, "*Звезда* #let $x$ <a>", *(f"Особа {number}" for number in range(7))):
        a_participant(training, name, institution="Центар за социјални рад „Сунце” и нешто врло дугачко у називу")
    found = pages(client, training, "name-tags.pdf")
    assert len(found) == 2
    assert "*Звезда* #let $x$ <a>" in " ".join(found)
    assert "Петронијевић" in " ".join(found)


def test_a_name_in_letters_that_no_font_has_is_still_printed(client: FlaskClient, training: Training) -> None:
    a_participant(training, "王 Ли Вонг")
    answer = client.get(f"/trainings/{training.id}/print/name-tags.pdf")
    assert answer.status_code == 200


def test_an_empty_list_prints_too(client: FlaskClient, training: Training) -> None:
    assert len(pages(client, training, "name-tags.pdf")) == 1
    assert len(pages(client, training, "signatures-1.pdf")) == 1
    assert len(pages(client, training, "programme.pdf")) == 1


def test_the_programme_has_every_line_with_its_hours(client: FlaskClient, training: Training) -> None:
    from datetime import time

    save(ProgrammeItem(training_id=training.id, key="m1", day=1, starts=time(9, 30), minutes=75, kind="module",
                       title_sr="Први модул", title_en="First module", note_sr="Рад у групама"))  # fmt: skip
    (text,) = pages(client, training, "programme.pdf")
    assert "09:30–10:45" in text
    assert "Рад у групама" in text
    client.set_cookie("language", "sr_Latn")
    assert "Prvi modul" in pages(client, training, "programme.pdf")[0]


def test_lists_with_names_are_noted_in_the_log(client: FlaskClient, training: Training) -> None:
    for path in ("name-tags.pdf", "signatures-1.pdf", "poster.pdf", "programme.pdf"):
        client.get(f"/trainings/{training.id}/print/{path}")
    assert len(db.session.scalars(sa.select(AuditEntry.id)).all()) == 2
