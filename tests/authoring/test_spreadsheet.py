"""Tables of questions: columns in any order and script, faults with row and column, and that a survey written as XLSX comes back."""

import io
import struct
import zlib
from datetime import date

import pytest
import xlsxwriter
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lms.authoring.exchange import cells, comparing, reading, settling, sheets, spreadsheet, uploads
from lms.authoring.exchange.columns import Column, column_of, letters
from lms.authoring.exchange.comparing import carry_out, compare
from lms.authoring.exchange.merging import bare
from lms.authoring.exchange.settling import Surroundings
from lms.authoring.words import CHOICES
from lms.content.yaml import Map
from lms.errors import Refused
from lms.evaluation.files import xlsx
from lms.language import gettext, speaking
from tests.authoring.exchange_surveys import KEYS, compared, imported, surveys

LOCALES = ("sr", "sr_Latn", "en")


def a_workbook(*rows, name="Питања"):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, book.add_format({"num_format": "d.m.yyyy"}))
            elif cell is not None:
                sheet.write(number, place, cell) if not isinstance(cell, str) else sheet.write_string(
                    number, place, cell
                )
    book.close()
    return file.getvalue()


def read(*rows, language="sr"):
    return uploads.read_upload(a_workbook(*rows), language)


def csv(text, encoding="utf-8", language="sr"):
    return uploads.read_upload(text.encode(encoding), language)


def exported(survey, locale="sr"):
    file = io.BytesIO()
    with speaking(locale):
        xlsx.write(sheets.sheets(survey), file)
    return file.getvalue()


def told(found):
    return [(problem.message, problem.where.row, problem.where.column) for problem in found.problems]


def options(found, language="sr"):
    return [(option["text"].get(language), option["right"]) for option in found.item["options"]]


def test_columns_stand_in_any_order_and_the_table_below_a_title() -> None:
    result = read(
        ["Тест знања за Ниш"], [],
        ["Tačan odgovor", "Одговор 2", "Питање", "Answer 1 (English)", "Одговор 1", "Question", "Модул", "Šifra"],
        ["2", "свако", "Ко пријављује?", "police", "полиција", "Who reports?", "m1", "Q7"],
    )  # fmt: skip
    found = result.found[0]
    assert found.item["text"] == {"sr": "Ко пријављује?", "en": "Who reports?"}
    assert options(found) == [("полиција", False), ("свако", True)]
    assert options(found, "en") == [("police", False), (None, True)]
    assert (found.item["type"], found.item["module"], found.item["key"]) == ("single", "m1", "q7")
    assert (found.where.sheet, found.where.row) == ("Питања", 4)
    assert not found.problems


def test_options_in_one_cell_with_line_breaks_and_asterisks() -> None:
    found = read(["Pitanje", "Ponuđeni odgovori"], ["Ko?", "a) svi\n*b) niko\n*c) policija"]).found[0]
    assert found.item["type"] == "multiple"
    assert options(found) == [("svi", False), ("niko", True), ("policija", True)]
    assert options(read(["Питање", "Одговори"], ["Ко?", "сви; нико"]).found[0]) == [("сви", False), ("нико", False)]


@pytest.mark.parametrize(("mark", "right"), [("B", 2), ("б", 2), ("В", 3), ("2", 2), ("b)", 2), ("нико", 2), (2, 2)])
def test_the_right_answer_is_marked_by_letter_number_or_words(mark, right) -> None:
    found = read(
        ["Питање", "Одговор А", "Одговор Б", "Одговор В", "Тачан одговор"], ["Ко?", "сви", "нико", "неко", mark]
    ).found[0]
    assert [place for place, (_words, is_right) in enumerate(options(found), start=1) if is_right] == [right]


def test_a_text_says_which_sign_parts_its_columns_and_may_be_in_old_encodings() -> None:
    text = 'Питање;Тип;Одговори;Тачно\n"Ко, где; и зашто?\nДруги ред";један одговор;"сви\nнико";1\n'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1251"):
        found = csv(text, encoding).found[0]
        assert found.item["text"]["sr"] == "Ко, где; и зашто?\nДруги ред"
        assert options(found) == [("сви", True), ("нико", False)]
    assert csv("Question,Type\nWhy?,essay\n", language="en").found[0].item == {
        "text": {"en": "Why?"},
        "type": "long-text",
    }


def test_everything_else_of_a_question() -> None:
    found = read(
        ["Питање", "Тип", "Скала", "Ознаке скале", "Не могу да проценим", "Обавезно", "Главни податак", "Налаз", "Извори", "Поузданост", "Датум провере"],
        ["Јасно ми је.", "скала", "Обим", "не\nмало\nсредње\nдоста\nпотпуно", "не знам", "да", 4, "каже да", "S1, K-law", "потврђено", date(2026, 11, 22)],
    ).found[0]  # fmt: skip
    assert found.item == {
        "text": {"sr": "Јасно ми је."}, "type": "scale", "scale": "obim", "required": True, "headline": 4, "finding": {"sr": "каже да"},
        "labels": [{"sr": word} for word in ("не", "мало", "средње", "доста", "потпуно")], "cannot_judge": {"sr": "не знам"},
        "sources": ["S1", "K-law"], "certainty": "confirmed", "verified_on": "2026-11-22",
    }  # fmt: skip


HEADINGS = ["Питање", "Тип", "Одговор 1", "Одговор 2", "Тачан одговор", "Најмањи број", "Највећи број", "Ознаке скале", "Обавезно", "Датум провере"]  # fmt: skip
FAULTS = [
    (["", "број"], reading.NO_TEXT, ""),
    (["Шта?", "цртеж"], spreadsheet.UNKNOWN_TYPE, "B, Тип"),
    (["Шта?"], spreadsheet.NO_TYPE, ""),
    (["Шта?", "", "а", "б", "Ц"], spreadsheet.UNKNOWN_MARK, "E, Тачан одговор"),
    (["Шта?", "један одговор", "а", "б", "1, 2"], spreadsheet.SEVERAL_RIGHT, "E, Тачан одговор"),
    (["Шта?", "један одговор", "а"], spreadsheet.FEW_ANSWERS, ""),
    (["Шта?", "број", "", "", "", "много"], spreadsheet.NOT_WHOLE, "F, Најмањи број"),
    (["Шта?", "скала", "", "", "", "", "", "не\nда"], spreadsheet.FIVE_LABELS, "H, Ознаке скале"),
    (["Шта?", "број", "", "", "", 1, 2, "", "можда"], spreadsheet.NOT_YES, "I, Обавезно"),
    (["Шта?", "број", "", "", "", 1, 2, "", "", "јуче"], spreadsheet.NOT_DAY, "J, Датум провере"),
]


@pytest.mark.parametrize(("row", "message", "column"), FAULTS, ids=[message[:30] for _row, message, _column in FAULTS])
def test_a_fault_says_row_and_column_and_what_to_do(row, message, column) -> None:
    found = read(HEADINGS, ["Добро?", "да или не"], row).found
    assert not found[0].problems
    assert (message, 3, column) in told(found[1])


def test_what_was_not_read_is_told() -> None:
    result = read(["Питање", "Тип", "Аутор"], ["Шта?", "есеј", "Петар"])
    assert [(problem.message, problem.values) for problem in result.problems] == [
        (spreadsheet.UNKNOWN_COLUMNS, {"columns": "Аутор"})
    ]


def _png() -> bytes:
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"), (_png(), "This is a picture"), (b"\xff\xd8\xff\xe0 jpeg", "This is a picture"), (b"%PDF-1.7", "This is a PDF"),
        (b"<html><body>x", "This is a web page"), (b"PK\x03\x04 nonsense", "The file is damaged"), (b"\x00\x01\x02\x03" * 50, "This file cannot be read"),
        (b"x" * (1024 * 1024 + 1), "The file is larger than 1 MB"), (a_workbook(["Име", "Презиме"], ["Јелена", "Марковић"]), "No questions were found"),
        ("Питање;Тип\n".encode(), "No question was found"), (a_workbook(["Питање", "Тип"], *[["Шта?", "есеј"]] * 501), "The file has more than 500"),
    ],
)  # fmt: skip
def test_other_files_are_refused_in_words(content, message) -> None:
    with pytest.raises(Refused) as refusal:
        uploads.read_upload(content, "sr")
    assert refusal.value.message.startswith(message)
    assert refusal.value.status == 422


def test_a_broken_table_is_not_taken_for_a_text_without_questions() -> None:
    with pytest.raises(Refused) as refusal:
        uploads.read_upload("није табела".encode(), "sr", "Питања.XLSX")
    assert refusal.value.message.startswith("The file is damaged")
    assert uploads.read_upload("Колико? {=два ~три}".encode(), "sr", "питања.xls").found


# ---- there and back ----


@pytest.mark.parametrize("locale", LOCALES)
def test_every_heading_and_every_kind_of_answer_that_is_written_is_understood(whole_app: Flask, locale) -> None:
    with speaking(locale):
        for kind, (heading, _meaning) in sheets.WORDS.items():
            for number in (0, 12) if kind == "option" else (0,):
                if kind == "option" and not number:
                    continue
                words = f"{gettext(heading)} {number or ''} (en)".replace("  ", " ")
                assert column_of(words) == Column(kind, "en" if kind in sheets._IN_TWO else "", number), words
        for kind, words in CHOICES["question", "type"].items():
            assert cells.read_type(gettext(words)) == kind
        for kind, words in CHOICES["question", "certainty"].items():
            assert cells.read_certainty(gettext(words)) == kind
        assert cells.read_truth(gettext("Yes")) is True
        assert cells.read_truth(gettext("No")) is False


@pytest.mark.parametrize("locale", LOCALES)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_survey_that_comes_back_changes_nothing(whole_app: Flask, locale, data) -> None:
    survey = data.draw(surveys(keys=[*"zyxcab"]))
    result = uploads.read_upload(exported(survey, locale), "sr")
    assert not result.problems
    found = compared(result, survey)
    assert [(entry.state, entry.found.problems) for entry in found.entries] == [("same", [])] * len(survey["items"])
    assert not found.scales


@given(survey=surveys(keys=KEYS))
@settings(max_examples=30, deadline=None)
def test_a_survey_comes_back_the_same_into_an_empty_one(whole_app: Flask, survey) -> None:
    again = imported(uploads.read_upload(exported(survey), "sr"), survey["kind"])
    assert again["items"] == bare(survey["items"])
    assert again.get("scales") == bare(survey).get("scales")


@given(survey=surveys(keys=[*"zyxcab"]))
@settings(max_examples=30, deadline=None)
def test_keys_of_answers_that_are_no_letters_in_order_come_back_too(whole_app: Flask, survey) -> None:
    again = imported(uploads.read_upload(exported(survey), "sr"), survey["kind"])
    assert again["items"] == bare(survey["items"])


def test_no_text_becomes_a_formula(whole_app: Flask) -> None:
    evil = ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "-2", "{=1}", "_x0041_", "\\*а", "*а"]
    survey = {"kind": "evaluation", "title": {"sr": "=1+1", "en": ""}, "items": [
        {"key": "q1", "type": "single", "text": {"sr": "=cmd|' /C calc'!A0", "en": "=2"},
         "options": [{"key": KEYS[place], "text": {"sr": text, "en": text}} for place, text in enumerate(evil)]},
    ]}  # fmt: skip
    content = exported(survey)
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)
    assert [entry.state for entry in compared(uploads.read_upload(content, "sr"), survey).entries] == ["same"]


def test_the_codebook_tells_the_columns_and_how_answers_are_kept(whole_app: Flask) -> None:
    survey = {
        "kind": "evaluation",
        "items": [{"key": "e1", "type": "yes-no", "text": {"sr": "Да ли?", "en": "Is it?"}}],
    }
    book = CalamineWorkbook.from_filelike(io.BytesIO(exported(survey)))
    assert book.sheet_names == ["Питања", "Шифарник"]
    rows = book.get_sheet_by_name("Шифарник").to_python()
    assert ["e1", "yes", "Да", "Yes"] in [row[:4] for row in rows]


# ---- beside a survey ----

ITEM = {
    "key": "q1", "type": "single", "module": "m1", "text": {"sr": "Ко пријављује?", "en": "Who reports?"},
    "options": [{"key": "x", "text": {"sr": "сви", "en": "all"}, "right": True}, {"key": "y", "text": {"sr": "нико", "en": "nobody"}}],
    "explanation": {"sr": "Зато.", "en": "Because."}, "sources": ["S1"],
}  # fmt: skip
TEST = {"kind": "test", "items": [ITEM]}


def test_a_question_is_recognised_by_its_words_in_either_script_and_only_what_the_file_says_changes() -> None:
    result = read(["Pitanje", "Odgovor 1", "Odgovor 2", "Tačno"], ["Ko prijavljuje?", "svi", "niko više", 1])
    entry = compared(result, TEST).entries[0]
    assert entry.state == "changed"
    assert entry.item["text"] == ITEM["text"]
    assert entry.item["options"] == [ITEM["options"][0], {"key": "y", "text": {"sr": "niko više", "en": "nobody"}}]
    assert entry.item["explanation"] == ITEM["explanation"]
    assert [problem.message for problem in entry.found.problems] == [settling.LATIN]


def test_a_question_in_one_language_is_new_and_marked_as_missing_in_the_other() -> None:
    entry = compared(
        read(["Question (en)", "Answer 1 (en)", "Answer 2 (en)", "Right"], ["Who comes?", "all", "nobody", 1]), TEST
    ).entries[0]
    assert (entry.state, entry.item["key"], entry.missing) == ("new", "q02", ("sr",))
    assert entry.item["text"] == {"sr": "", "en": "Who comes?"}


def test_what_a_test_cannot_judge_and_whose_data_it_is_stops_a_question() -> None:
    entries = compared(read(["Питање", "Тип"], ["Шта мислите?", "есеј"], ["Зову 064 123 45 67?", "есеј"]), TEST).entries
    assert [entry.state for entry in entries] == ["stopped", "stopped"]
    assert [problem.message for problem in entries[1].found.problems] == [settling.NOT_IN_TEST, settling.PERSONAL]
    public = compare(
        read(["Питање", "Тип"], ["Зову 064 123 45 67?", "есеј"]),
        Surroundings({"kind": "evaluation"}, contacts=["064 123 4567"]),
    )
    assert public.entries[0].state == "new"


def test_outside_a_test_nothing_is_right() -> None:
    entry = compared(csv("Питање;Тип;Тачно\nСви?;тачно/нетачно;да\n"), {"kind": "evaluation"}).entries[0]
    assert (entry.item["type"], [problem.message for problem in entry.found.problems]) == (
        "yes-no",
        [settling.RIGHT_OUTSIDE],
    )
    judged = compared(csv("Питање;Тип;Тачно\nСви?;тачно/нетачно;да\n"), {"kind": "test"}).entries[0]
    assert [option.get("right") for option in judged.item["options"]] == [True, None]


def test_a_file_that_brings_another_scale_under_a_name_in_use_does_not_change_it() -> None:
    scale = {"labels": [{"sr": word, "en": ""} for word in "абвгд"]}
    survey = {"kind": "evaluation", "scales": {"extent": scale}, "items": []}
    rows = [["Питање", "Скала", "Ознаке скале"], ["Прво", "extent", "а\nб\nв\nг\nд"], ["Друго", "extent", "а\nб\nв\nг\nх"], ["Треће", "", "1\n2\n3\n4\n5"], ["Четврто", "друга", ""]]  # fmt: skip
    result = compared(read(*rows), survey)
    assert [[problem.message for problem in entry.found.problems] for entry in result.entries] == [
        [],
        [settling.SCALE_STAYS],
        [],
        [settling.NO_SUCH_SCALE],
    ]
    assert [entry.item.get("scale") for entry in result.entries] == ["extent", "extent", "scale-2", None]
    assert list(result.scales) == ["scale-2"]


def test_what_is_chosen_is_carried_out_and_a_survey_has_a_hundred_questions_at_most() -> None:
    survey = Map(0)
    survey.update({"kind": "test", "items": [dict(ITEM)]})
    rows = [
        ["Питање", "Одговор 1", "Одговор 2", "Тачно"],
        ["Ко пријављује?", "сви", "неко", 2],
        ["Ново?", "да", "не", 1],
    ]
    changes, added, changed = carry_out(survey, compared(read(*rows), survey), {})
    assert (added, changed) == (1, 1)
    assert [(change["do"], change["at"]) for change in changes] == [
        ("set", "items[q1].options[x].right"), ("set", "items[q1].options[y].text.sr"), ("set", "items[q1].options[y].right"), ("add", "items"),
    ]  # fmt: skip
    assert [item["key"] for item in survey["items"]] == ["q1", "q02"]
    assert [option.get("right") for option in survey["items"][0]["options"]] == [None, True]
    carry_out(survey, compared(read(*rows[:1], ["Ко пријављује?", "сви", "нико", 2]), survey), {0: "add"})
    assert [item["key"] for item in survey["items"]] == ["q1", "q02", "q03"]
    with pytest.raises(Refused, match=comparing.NOTHING_CHOSEN):
        carry_out(survey, compared(read(*rows), survey), {0: "leave", 1: "leave"})
    many = [[f"Питање {number}?", "да", "не", 1] for number in range(99)]
    with pytest.raises(Refused, match="100 questions"):
        carry_out(survey, compared(read(rows[0], *many), survey), {})


def test_columns_have_the_names_that_people_see() -> None:
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701)] == ["A", "Z", "AA", "AZ", "BA", "ZZ"]
