"""What holds for certificates, without web or database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.rules import (
    CHECK_ALPHABET,
    Credit,
    Printed,
    Standing,
    canonical,
    check_code,
    counter_of,
    fill,
    half_days_needed,
    may_be_token,
    normalise_check_code,
    normalise_serial,
    read,
    same_name,
    serial_number,
    show_check_code,
)

WORDS = {"sr": "реч", "en": "word"}
PRINTED = Printed(
    serial="LT-2026-000001", token="t" * 22, name="Ђорђе Љубојевић", title=WORDS, statement=WORDS, conditions=WORDS,
    competencies=(WORDS, WORDS), footer=WORDS, accreditation={}, course=WORDS, place=WORDS, dates=WORDS, hours=17,
    trainers=("Милица Тренер",), credits=(Credit("donor", WORDS, {}, "ab"),), issued_on="2026-05-15",
)  # fmt: skip


@pytest.mark.parametrize(
    ("half_days", "percent", "needed"),
    [(4, 80, 4), (4, 75, 3), (4, 76, 4), (4, 100, 4), (4, 0, 1), (6, 50, 3), (1, 1, 1)],
)
def test_the_share_is_never_rounded_down(half_days, percent, needed):
    assert half_days_needed(half_days, percent) == needed


def test_attendance_earns_and_a_post_test_that_was_asked_for_must_be_in():
    assert Standing(3, 4, 75, None).earned
    assert Standing(3, 4, 75, True).earned
    assert not Standing(3, 4, 75, False).earned
    assert not Standing(2, 4, 75, True).earned


def test_nobody_earns_one_by_staying_away():
    assert not Standing(0, 4, 0, None).earned
    assert not Standing(0, 0, 0, None).earned


def test_printed_fields_survive_their_json():
    assert read(canonical(PRINTED)) == PRINTED
    assert canonical(read(canonical(PRINTED))) == canonical(PRINTED)
    assert "Ђорђе" in canonical(PRINTED)


def test_the_order_of_keys_does_not_matter_for_what_is_signed():
    turned = replace(PRINTED, title={"en": "word", "sr": "реч"})
    assert canonical(turned) == canonical(PRINTED)


@pytest.mark.parametrize(
    "fields", ["", "[]", "{}", "null", '{"name": 1}', canonical(PRINTED).replace('"name"', '"nome"')]
)
def test_anything_else_is_not_a_certificate(fields):
    with pytest.raises(ValueError):
        read(fields)


def test_a_date_at_the_end_of_a_sentence_keeps_one_full_stop():
    assert (
        fill("у месту {place}, {dates}.", {"place": "Ниш", "dates": "14–15. мај 2026."})
        == "у месту Ниш, 14–15. мај 2026."
    )
    assert fill("in {place}, {dates}.", {"place": "Niš", "dates": "14 May 2026"}) == "in Niš, 14 May 2026."


def test_serial_numbers_count_within_a_year():
    assert serial_number(2026, 123) == "LT-2026-000123"
    assert counter_of("LT-2026-000123") == 123
    assert counter_of(None) == 0


@pytest.mark.parametrize(
    "typed",
    [
        "LT-2026-000123",
        "lt 2026 123",
        "ЛТ-2026-000123",
        "лт2026000123",
        "2026-123",
        "LT-2O26-OOO123",
        " LT–2026–000123 ",
    ],
)
def test_a_number_is_found_however_it_is_typed(typed):
    assert normalise_serial(typed) == "LT-2026-000123"


@pytest.mark.parametrize("typed", ["", "123", "LT", "LT-26-1", "1-2-3", "2026-1234567890", "%", "'; drop"])
def test_what_is_no_number_is_none(typed):
    assert normalise_serial(typed) == ""


def test_the_check_code_has_no_signs_that_look_or_sound_alike():
    code = check_code("a token")
    assert len(code) == 8
    assert set(code) <= set(CHECK_ALPHABET)
    assert not set(CHECK_ALPHABET) & set("0O1ISBZGQVYCHNPRXW")
    assert check_code("a token") == code != check_code("another token")


@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_read_back_from_any_keyboard(token):
    code = check_code(token.hex())
    cyrillic = code.translate(str.maketrans("ADEFJKLMTU", "АДЕФЈКЛМТУ"))
    for typed in (code, code.lower(), show_check_code(token.hex()), cyrillic, cyrillic.lower(), "-".join(code)):
        assert normalise_check_code(typed) == code


def test_codes_spread_evenly():
    signs = "".join(check_code(str(number)) for number in range(2000))
    shares = sorted(signs.count(sign) / len(signs) for sign in CHECK_ALPHABET)
    assert all(abs(share - 1 / len(CHECK_ALPHABET)) < 0.01 for share in shares)


@pytest.mark.parametrize(
    "typed", ["Ђорђе Љубојевић", "djordje ljubojevic", "ĐORĐE LJUBOJEVIĆ", "Ljubojević, Đorđe", " Љубојевић   Ђорђе "]
)
def test_a_name_matches_in_any_script_and_order(typed):
    assert same_name("Ђорђе Љубојевић", typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "Ђорђе", "Љубојевић", "Ђорђе Љубојевић Ђорђе", "Đorđe Ljubojevići", "%", "*"]
)
def test_a_part_of_a_name_is_no_match(typed):
    assert not same_name("Ђорђе Љубојевић", typed)


def test_a_token_has_a_form():
    assert may_be_token("s0EimWAIXrJgEE_JTZeC-A")
    assert not any(may_be_token(text) for text in ("", "a b", "a/b", "a\0", "é", "x" * 33, "a.b"))


@pytest.mark.parametrize(
    ("name", "credit", "more"),
    [
        ("Министарство унутрашњих послова", "уз подршку Министарства унутрашњих послова", False),
        ("Швајцарска Конфедерација", "уз подршку Швајцарске конфедерације", False),
        ("Ministry of the Interior", "with the support of the Ministry of the Interior", False),
        ("Атина", "уз експертску подршку организације Атина", True),
        ("Министарство правде", "уз подршку Министарства унутрашњих послова", True),
        ("Фондација", "у оквиру пројекта „Заједно”", True),
    ],
)
def test_a_credit_line_is_printed_only_when_it_says_more_than_the_name(name: str, credit: str, more: bool) -> None:
    partner = Credit("partner", {"sr": name}, {"sr": credit})
    assert partner.beyond == {"sr": credit if more else ""}
    assert partner.credit == {"sr": credit}  # what is signed stays
