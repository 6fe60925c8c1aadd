"""Lists in the shapes in which institutions send them."""

import pytest

from lms.trainings.roster import entries as words
from tests.trainings.roster.lists import entries, people, tables, workbook


def test_a_plain_list_with_one_header_row() -> None:
    rows = [
        ["Р.бр.", "Име и презиме", "Институција", "Општина", "Пол", "Е-маил"],
        [1, "Јелена Марковић", "Центар за социјални рад", "Крагујевац", "ж", "Jelena@csr.rs"],
        [2, "Драган Симић", "Полицијска управа", "Ниш", "м", ""],
    ]
    first, second = entries(workbook(rows))
    assert (first.name, first.sector, first.municipality, first.sex, first.email) == (
        "Јелена Марковић", "social", "kragujevac", "f", "jelena@csr.rs",
    )  # fmt: skip
    assert (second.sector, second.municipality, second.sex) == ("police", "nis", "m")
    assert first.state == second.state == "ready"
    assert (first.row, second.row) == (2, 3)


def test_title_rows_blank_rows_and_a_total_are_not_people() -> None:
    rows = [
        ["РЕПУБЛИКА СРБИЈА"], [], ["СПИСАК УЧЕСНИКА ОБУКЕ"], ["14–15. мај 2026."], [],
        [None, "Rb", "Prezime", "Ime", "Ustanova", "Grad"],
        [None, 1, "Marković", "Jelena", "CSR", "Kragujevac"], [], [None, "–", "–"],
        [None, 2, "Đorđević", "Marko", "NVO Atina", "Niš"],
        ["Ukupno: 2"],
    ]  # fmt: skip
    assert people(workbook(rows)) == [
        ("Jelena Marković", "social", "kragujevac"),
        ("Marko Đorđević", "ngo", "nis"),
    ]


def test_a_header_on_two_lines_with_a_merged_head() -> None:
    rows = [
        ["Р. бр.", None, None, "Назив", "Локална"],
        [None, "Име", "Презиме", "установе", "самоуправа"],
        [1, "Јелена", "Марковић", "Дом здравља", "Лесковац"],
    ]
    made = workbook(rows, merges=[(0, 1, 0, 2, "Учесник")])
    assert people(made) == [("Јелена Марковић", "health", "leskovac")]
    assert tables(made)[0].header_row == 1


def test_a_header_word_in_a_name_of_an_institution_is_not_a_second_header_line() -> None:
    rows = [
        ["Ime i prezime", "Organizacija", "Mesto"],
        ["Ana Anić", "Crveni krst, organizacija Niš", "Niš"],
    ]
    assert people(workbook(rows)) == [("Ana Anić", "redcross", "nis")]


def test_a_row_of_column_numbers_and_a_repeated_header_are_passed_over() -> None:
    head = ["Р.бр.", "Презиме и име", "Орган", "Место"]
    rows = [head, [1, 2, 3, 4], [1, "Марковић Јелена", "Виши суд", "Чачак"], head, [2, "Симић, Драган", "ВЈТ", "Бор"]]
    found = entries(workbook(rows))
    assert [(entry.name, entry.sector) for entry in found] == [
        ("Јелена Марковић", "judiciary"),
        ("Драган Симић", "prosecution"),
    ]
    assert all(words.SURNAME_FIRST in entry.notes for entry in found)


def test_a_municipality_merged_over_its_people_counts_for_each() -> None:
    rows = [["Град", "Ime i prezime", "Sektor"]] + [
        [None, name, "policija"] for name in ("Ana Anić", "Iva Ivić", "Pera Perić")
    ]
    made = workbook(rows, merges=[(1, 0, 3, 0, "Novi Sad")])
    assert [entry.municipality for entry in entries(made)] == ["novi-sad"] * 3


def test_headings_between_the_rows_give_the_place_or_the_institution() -> None:
    rows = [
        ["Име и презиме", "Функција", "Е-пошта"],
        ["КРАГУЈЕВАЦ"], ["Јелена Марковић", "социјална радница", ""],
        ["Полицијска управа Ниш"], ["Драган Симић", "начелник", ""], ["Мила Јовић", "", "mila@mup.rs"],
    ]  # fmt: skip
    found = entries(workbook(rows))
    assert [(entry.sector, entry.municipality) for entry in found] == [
        ("social", "kragujevac"), ("police", "nis"), ("police", "nis"),
    ]  # fmt: skip
    assert found[1].institution == "Полицијска управа Ниш"


def test_a_sheet_for_each_town() -> None:
    head = ["Име и презиме", "Сектор"]
    made = workbook([head, ["Ана Анић", "полиција"]], [head, ["Ива Ивић", "НВО"]], names=["Ниш", "Чачак"])
    assert people(made) == [("Ана Анић", "police", "nis"), ("Ива Ивић", "ngo", "cacak")]


def test_no_header_at_all() -> None:
    rows = [
        ["Ana Anić", "Osnovno javno tužilaštvo", "Niš", "ana@jt.rs"],
        ["Iva Ivić", "Dom zdravlja", "Čačak", ""],
    ]
    made = workbook(rows)
    assert people(made) == [("Ana Anić", "prosecution", "nis"), ("Iva Ivić", "health", "cacak")]
    assert tables(made)[0].header_row == 0


def test_letters_of_the_wrong_script_inside_words_are_read_right() -> None:
    rows = [["Имe и презимe", "Инститyција", "Oпштинa"], ["Јелeнa Mаpковић", "Дом здpавља", "Kрaгyјевaц"]]
    assert people(workbook(rows)) == [("Јелена Марковић", "health", "kragujevac")]


def test_the_place_in_the_name_of_the_institution_is_used_and_said() -> None:
    (entry,) = entries(workbook([["Ime i prezime", "Institucija"], ["Ana Anić", "Dom zdravlja Sremska Mitrovica"]]))
    assert entry.municipality == "sremska-mitrovica"
    assert words.PLACE_FROM_INSTITUTION in entry.notes


def test_the_red_cross_is_not_the_municipality_of_that_name() -> None:
    (entry,) = entries(workbook([["Ime i prezime", "Institucija"], ["Ana Anić", "Crveni krst Niš"]]))
    assert (entry.sector, entry.municipality) == ("redcross", "nis")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("Палилула", {"palilula", "palilula-nis"}), ("Крагујевцу", {"kragujevac"}), ("Nisu", {"nis"})],
)
def test_an_uncertain_municipality_is_offered_and_never_guessed(typed: str, offered: set[str]) -> None:
    (entry,) = entries(workbook([["Име и презиме", "Сектор", "Општина"], ["Ана Анић", "НВО", typed]]))
    assert entry.municipality == ""
    assert set(entry.offered) == offered
    assert entry.state == "stopped"


def test_an_unknown_municipality_stays_empty_and_does_not_stop_the_row() -> None:
    (entry,) = entries(workbook([["Име и презиме", "Сектор", "Општина"], ["Ана Анић", "НВО", "Република Србија"]]))
    assert (entry.municipality, entry.state) == ("", "ready")
    assert words.UNKNOWN_PLACE in entry.notes


def test_names_that_stand_twice_are_left_out_until_wanted() -> None:
    rows = [
        ["Презиме", "Име", "Сектор"],
        ["Марковић", "Јелена", "полиција"],
        ["Jelena", "Marković", "policija"],
        ["Симић", "Ана", "НВО"],
    ]
    first, second, third = entries(workbook(rows), known={"ana simic"})
    assert (first.state, first.twice) == ("ready", "")
    assert (second.state, second.twice) == ("twice", words.TWICE_IN_FILE)
    assert (third.state, third.twice) == ("twice", words.ON_THE_LIST)


def test_what_must_not_be_stored_is_dropped_on_reading() -> None:
    rows = [
        ["Ime i prezime", "JMBG", "Datum rođenja", "Kontakt", "Adresa", "Institucija", "Napomena"],
        ["Ana Anić", "0101990710006", "1.1.1990", "064/123-45-67, ana@x.rs", "Glavna 1", "Policija", "lk 008123456"],
    ]
    (table,) = tables(workbook(rows))
    stored = repr(table)
    assert not any(secret in stored for secret in ("0101990710006", "1990", "064", "Glavna", "008123456"))
    assert table.dropped == ["JMBG", "Datum rođenja", "Adresa"]
    assert table.removed == 2


def test_a_row_without_a_name_or_sector_says_so() -> None:
    rows = [["Име и презиме", "Институција", "Општина"], ["", "Полиција", "Ниш"], ["Ана Анић", "Тим", "Ниш"]]
    first, second = entries(workbook(rows))
    assert first.stops == (words.NO_NAME,)
    assert second.stops == (words.NO_SECTOR,)


def test_titles_after_a_name_are_left_away() -> None:
    assert (
        people(workbook([["Име и презиме", "Сектор"], ["1. Јелена Марковић, психолог", "НВО"]]))[0][0]
        == "Јелена Марковић"
    )


@pytest.mark.parametrize(
    ("head", "typed"),
    [
        (["Име и презиме"], ["мр др Ана Јовић"]),
        (["Презиме и име"], ["мр др Јовић Ана"]),
        (["Презиме и име"], ["Јовић Ана, мр др"]),
        (["Презиме и име"], ["Јовић, мр др Ана"]),
        (["Презиме", "Име"], ["мр др Јовић", "Ана"]),
    ],
)
def test_academic_titles_stand_in_front(head: list[str], typed: list[str]) -> None:
    (entry,) = entries(workbook([[*head, "Сектор"], [*typed, "полиција"]]))
    assert (entry.name, entry.state) == ("мр др Ана Јовић", "ready")


def test_a_title_makes_nobody_somebody_else() -> None:
    rows = [["Име и презиме", "Сектор"], ["Ана Јовић", "НВО"], ["Prof. dr Ana Jović", "NVO"], ["др Иванка", "НВО"]]
    _, second, third = entries(workbook(rows))
    assert (second.name, second.twice) == ("Prof. dr Ana Jović", words.TWICE_IN_FILE)
    assert third.stops == (words.ONE_WORD,)


def test_a_name_in_two_scripts_is_marked() -> None:
    rows = [["Презиме и име", "Сектор"], ["Ђокић Marko", "полиција"], ["Ђокић Марко", "полиција"]]
    mixed, clean = entries(workbook(rows))
    assert (mixed.name, words.TWO_SCRIPTS in mixed.notes) == ("Marko Ђокић", True)
    assert words.TWO_SCRIPTS not in clean.notes


@pytest.mark.parametrize(
    "head",
    [
        [["Име и презиме", "Институција (назив, сектор)", "Општина"]],
        [["Име и презиме", "Институција", "Општина"], [None, "(назив, сектор)", "(ЈЛС)"]],
        [["Учесник", "Институција", None], ["Име и презиме", "назив, сектор", "Општина"]],
        [["Име и презиме", "Сектор", "Општина"]],
    ],
)
def test_a_column_of_institutions_is_read_whatever_its_heading_says_of_sectors(head: list[list[str | None]]) -> None:
    people = [["Ана Јовић", "Центар за социјални рад Ниш", "Ниш"], ["Ива Илић", "Дом здравља, здравство", "Ниш"]]
    first, second = entries(workbook([*head, *people]))
    assert (first.institution, first.sector) == ("Центар за социјални рад Ниш", "social")
    assert (second.institution, second.sector) == ("Дом здравља, здравство", "health")


def test_a_column_of_sectors_beside_none_of_institutions_stays_one() -> None:
    (entry,) = entries(workbook([["Име и презиме", "Сектор", "Општина"], ["Ана Јовић", "Социјална заштита", "Ниш"]]))
    assert (entry.institution, entry.sector) == ("", "social")
