"""The PDF, read back: text, tags, language, standards; names of every kind."""

import io
import tracemalloc

import pypdf
import pytest
from PIL import Image

from lms.certificates import documents, queries
from lms.certificates.rules import read, show_check_code
from lms.language import speaking
from lms.trainings.models import Partner
from tests.builders import save
from tests.certificates.world import a_certificate, the_last_day, was_there


def printed(app, certificate, language: str = "sr") -> pypdf.PdfReader:
    with app.test_request_context(), speaking(language):
        return pypdf.PdfReader(io.BytesIO(documents.document([certificate], queries.logos(certificate.training_id))))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("language", "title", "lang"),
    [("sr", "Уверење", "sr"), ("sr_Latn", "Uverenje", "sr"), ("en", "Certificate of attendance", "en")],
)
def test_all_that_is_signed_is_text_in_it(app, language, title, lang):
    certificate = a_certificate()
    fields = read(certificate.fields)
    reader = printed(app, certificate, language)
    text = words(reader)
    for wanted in (title, "Јелена Марковић", fields.serial, show_check_code(fields.token), "Милица Тренер", "17"):
        assert wanted in text
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"] == lang
    assert "Јелена Марковић" in reader.metadata.title


def test_it_is_tagged_and_made_for_keeping(app):
    root = printed(app, a_certificate()).trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid" in metadata
    assert "pdfaid" in metadata


def test_it_has_one_heading_and_says_in_words_what_a_camera_would_read(app):
    reader = printed(app, a_certificate())
    tags, alternatives = [], []

    def walk(element) -> None:
        element = element.get_object()
        if isinstance(element, pypdf.generic.ArrayObject):
            for child in element:
                walk(child)
        elif isinstance(element, pypdf.generic.DictionaryObject):
            if "/S" in element:
                tags.append(element["/S"])
            if "/Alt" in element:
                alternatives.append(str(element["/Alt"]))
            if "/K" in element:
                walk(element["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert tags.count("/H1") == 1
    assert any("QR" in words for words in alternatives)


@pytest.mark.parametrize(
    "name",
    [
        "Đorđe Šćepanović-Ćirić",
        "Иван Ёлкин",
        "Nguyễn Thị Ánh",
        "Ана " + "Дугачка " * 14,
        "Ш" * 120,
        "O’Neill д’Артањан",
    ],
)
def test_names_of_every_length_and_alphabet_fit_one_page(app, name):
    certificate = a_certificate(name=name.strip())
    reader = printed(app, certificate)
    assert len(reader.pages) == 1
    assert "".join(name.split()) in "".join(words(reader).split())


@pytest.mark.parametrize("name", ["王 Ли", "محمد علي", "🙂 Ана", "ᚠᚢᚦ Ана"])
def test_a_letter_that_our_fonts_lack_is_no_error(app, name):
    assert len(printed(app, a_certificate(name=name)).pages) == 1


@pytest.mark.parametrize(
    "name",
    ["#panic(1)", "*Ана* _Анић_", "$x$ Ана", "<script>Ана</script>", "{{7*7}} Ана", '"Ана" \\ Анић', "{name} %(name)s"],
)
def test_a_name_is_never_read_as_markup(app, name):
    text = words(printed(app, a_certificate(name=name)))
    assert "".join(name.split()) in "".join(text.split())


def test_many_partners_and_their_logos_fit_too(app):
    training = the_last_day()
    content = io.BytesIO()
    Image.new("RGBA", (1200, 400), "#0c5768").save(content, "PNG")
    for position, kind in enumerate(["organiser", "organiser", *["partner"] * 5, "donor"]):
        save(
            Partner(
                training_id=training.id, position=position, kind=kind, name_sr=f"Установа {position} са дугим називом",
                credit_sr="Обука је одржана уз подршку. " * 4, logo=content.getvalue(), has_logo=True,
            )
        )  # fmt: skip
    certificate = a_certificate(training)
    reader = printed(app, certificate)
    assert len(reader.pages) == 1
    assert "Установа 7" in words(reader)
    assert "уз подршку" in words(reader)


def test_a_logo_that_was_exchanged_since_is_not_printed(app):
    training = the_last_day()
    content = io.BytesIO()
    Image.new("RGB", (300, 100), "#0c5768").save(content, "PNG")
    partner = save(
        Partner(
            training_id=training.id,
            position=1,
            kind="donor",
            name_sr="Фондација",
            logo=content.getvalue(),
            has_logo=True,
        )
    )
    certificate = a_certificate(training)
    pictures = [len(printed(app, certificate).pages[0].images)]
    partner.logo = content.getvalue() + b"other"
    save(partner)
    pictures.append(len(printed(app, certificate).pages[0].images))
    assert pictures == [1, 0]


def test_logos_are_made_small_once(app):
    content = io.BytesIO()
    Image.effect_noise((1200, 1200), 50).save(content, "PNG")
    small = documents.small_logo(content.getvalue())
    assert Image.open(io.BytesIO(small)).size == (300, 300)
    assert len(small) < len(content.getvalue()) / 8


def test_many_trainers_share_a_line(app):
    from dataclasses import replace

    fields = read(a_certificate().fields)
    with app.test_request_context():
        assert len(documents.signatures(replace(fields, trainers=("А", "Б", "В")))) == 3
        assert documents.signatures(replace(fields, trainers=("А", "Б", "В", "Г")))[0]["name"] == "А, Б, В, Г"
        assert documents.signatures(replace(fields, trainers=()))[0]["name"] == ""


def test_a_zip_is_made_piece_by_piece(app):
    training = the_last_day()
    for number in range(12):
        was_there(training, 4, f"Особа {number}")
    from lms.certificates.actions import issue_all

    issue_all(training)
    certificates = queries.valid_ones(training.id)
    with app.test_request_context():
        pieces = documents.archive(certificates, [])
        next(pieces)
        tracemalloc.start()
        largest = max(len(piece) for piece in pieces)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert largest < 200_000
    assert peak < 3_000_000


def test_after_a_large_document_typst_lets_go_of_it_and_goes_on(app, monkeypatch):
    monkeypatch.setattr("lms.pdf.LARGE", 1000)
    certificate = a_certificate()
    assert [len(printed(app, certificate).pages) for _ in range(2)] == [1, 1]
