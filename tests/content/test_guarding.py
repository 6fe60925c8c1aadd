"""What is said of personal data: each kind once, with what to write instead; and where in a file it stands."""

import pytest

from lms.authoring.forms.reading import Untakeable, refuse_real_people
from lms.content.checks.privacy import FOUND, INSTEAD, NO_REAL_PEOPLE, SEVERAL, guard, personal_data
from lms.language import gettext
from tests.content import cases, test_case_checks
from tests.content.test_sentences import heard, read_once


def test_the_guard_names_each_kind_once_and_says_what_to_write_instead():
    found = guard(
        "Зовите 064 123 4567, ЈМБГ 0101990710008, a.b@example.org, BG 123-AB, @ana_nis, улица Краља Петра 12, пасош 123456789, рођен 12.3.1990"
    )
    said = [heard(fault) for fault in found]
    assert [text["sr"].split(",")[0] for text in said] == [
        "„064 123 4567” личи на број телефона", "„0101990710008” личи на матични број грађана",
        "„a.b@example.org” личи на адресу е-поште", "„BG 123-AB” личи на регистарску ознаку возила",
        "„@ana_nis” личи на профил на друштвеној мрежи", "„улица Краља Петра 12” личи на улицу с кућним бројем",
        "„123456789” личи на број личног документа", "„рођен 12.3.1990” личи на датум рођења",
    ]  # fmt: skip
    assert all("стварне особе. Изоставите то" in text["sr"] for text in said)
    assert guard("Зовите 0800 100 388.", ["0800/100-388"]) == []
    assert guard("Ухапшен је 12. маја 2023. у 14:30.") == []
    assert "измишљене" in read_once()[NO_REAL_PEOPLE]


def test_several_of_a_kind_are_listed_in_one_sentence():
    numbers = [f"064 123 45{number}" for number in range(10, 26)]
    (fault,) = guard(f"Зовите {', '.join([*numbers, *numbers])}.")
    said = heard(fault)["sr"]
    assert said.startswith(
        "Ово личи на бројеве телефона, а ништа овде не сме да води до стварне особе: 064 123 4510, 064"
    )
    assert all(said.count(number) == 1 for number in numbers)
    assert said.count("Изоставите то") == 1


@pytest.mark.parametrize("kind", FOUND)
def test_every_kind_has_its_sentences_and_its_advice(kind):
    assert {FOUND[kind], SEVERAL[kind], INSTEAD[kind]} <= set(read_once())
    assert "%(found)s" in SEVERAL[kind]


def test_in_a_file_one_text_has_one_fault_a_kind():
    text = "064 123 4567\n064 123 4568, @ana_nis\n\n064 123 4569"
    told = list(personal_data("pages/a.sr.md", text, ()))
    assert [(fault.line, dict(fault.values)["found"]) for fault in told] == [
        (1, ("064 123 4567", "064 123 4568")), (2, ("@ana_nis",)), (4, ("064 123 4569",)),
    ]  # fmt: skip


def test_a_number_is_found_in_the_text_in_which_it_stands():
    text = cases.broken(('sr: "Дежурате. Позив је забележен."', 'sr: "Дежурате. 064 123 4567."'))
    assert [fault.name for fault in test_case_checks.faults(text)] == ["roles[police].briefing.sr"]


def test_an_author_reads_reason_and_advice_once_however_many_numbers_there_are(app):
    numbers = ", ".join(f"064 123 45{number}" for number in range(10, 26))
    with app.test_request_context(), pytest.raises(Untakeable) as refusal:
        refuse_real_people(f"{numbers}, ana@example.org", ())
    said = str(refusal.value)
    assert said.count(gettext(NO_REAL_PEOPLE)) == 1
    assert said.count(gettext(INSTEAD["phone"])) == 1
    assert said.count("Ово личи на бројеве телефона") == 1
    with app.test_request_context():
        refuse_real_people("Дошла је у 12 часова на Трг Републике [@S4].", ())
