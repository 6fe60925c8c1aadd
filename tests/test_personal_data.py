"""Personal data is pointed at; dates, percentages, prices, years and published numbers are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.personal_data import find


def found(text: str, allowed: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(finding.kind, text[finding.start : finding.end]) for finding in find(text, allowed)]


def jmbg(twelve: str) -> str:
    """The twelve figures with the check figure worked out the long way."""
    a, b, c, d, e, f, g, h, i, j, k, m = (int(figure) for figure in twelve)
    rest = 11 - (7 * (a + g) + 6 * (b + h) + 5 * (c + i) + 4 * (d + j) + 3 * (e + k) + 2 * (f + m)) % 11
    return twelve + str(rest if rest < 10 else 0)


INVENTED = jmbg("010199071000")  # born 1 January 1990; nobody's: the serial number 000 is for the first man of that day


class TestJmbg:
    @pytest.mark.parametrize("text", ["ЈМБГ {}", "{}.", "({})", "rođena 1990, JMBG:{}, Niš"])
    def test_thirteen_figures_with_the_right_check_figure(self, text: str) -> None:
        assert found(text.format(INVENTED)) == [("jmbg", INVENTED)]

    @pytest.mark.parametrize("separated", ["{0}-{1}", "{0} {1}"])
    def test_parted_as_people_part_it(self, separated: str) -> None:
        text = separated.format(INVENTED[:7], INVENTED[7:])
        assert found(f"број {text} у спису") == [("jmbg", text)]

    def test_other_thirteen_figures_are_none(self) -> None:
        wrong = INVENTED[:-1] + str((int(INVENTED[-1]) + 1) % 10)
        assert found(wrong) == []
        assert found(jmbg("990199071000")) == []  # day 99
        assert found(jmbg("019999071000")) == []  # month 99
        assert found("1" + INVENTED) == []  # fourteen figures
        assert found("9788650912345") == []  # a book

    @given(st.integers(1, 31), st.integers(1, 12), st.integers(0, 999), st.integers(0, 99999))
    def test_every_one_is_found(self, day: int, month: int, year: int, rest: int) -> None:
        number = jmbg(f"{day:02}{month:02}{year:03}{rest:05}")
        assert found(f"особа {number}, Лесковац") == [("jmbg", number)]


class TestPhone:
    @pytest.mark.parametrize(
        "number",
        [
            "064 123 4567",
            "064/123-4567",
            "064/123-45-67",
            "0641234567",
            "(011) 785 0000",
            "011.785.0000",
            "018/123-456",
            "0230 12 345",
            "0800 100 388",
            "+381 64 123 45 67",
            "+381 (0)64 123 4567",
            "+381641234567",
            "00381 64 123 4567",
            "+91 98765 43210",
        ],
    )
    def test_as_people_write_it(self, number: str) -> None:
        assert found(f"Зовите {number}, после 17 часова.") == [("phone", number)]
        assert found(f"тел.{number}") == [("phone", number)]

    def test_a_year_behind_it_is_not_part_of_it(self) -> None:
        assert found("016 123 456 2025. године") == [("phone", "016 123 456")]

    def test_published_numbers_are_allowed_however_written(self) -> None:
        hotlines = ("192", "0800 100 388", "011 785 0000", "+381 61 63 84 071", "116 000", "natco@mup.gov.rs")
        assert (
            found("Полиција 192, 0800/100-388, +381 11 785 00 00, 061 6384071, 116000, NATCO@mup.gov.rs", hotlines)
            == []
        )
        assert found("0800/100-389", hotlines) == [("phone", "0800/100-389")]

    @given(st.from_regex(r"0[1-9][0-9][/ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}", fullmatch=True))
    def test_every_number_is_found_and_can_be_allowed(self, number: str) -> None:
        text = f"број је {number}; хвала"
        assert found(text) == [("phone", number)]
        assert found(text, ("".join(figure for figure in number if figure.isdigit()),)) == []


class TestOthers:
    @pytest.mark.parametrize("address", ["ana.petrovic@example.rs", "tim+1@leskovac.example.org", "ана@пример.срб"])
    def test_email(self, address: str) -> None:
        assert found(f"Пишите на {address}.") == [("email", address)]

    @pytest.mark.parametrize(
        "plate",
        ["BG 123-AB", "BG123AB", "BG 1234-ČŽ", "БГ 123-АБ", "ЛЕ-001-ХХ", "SU 045 TX", "ЋУ 123-АБ", "KŽ 12345-AB"],
    )
    def test_plate(self, plate: str) -> None:
        assert found(f"комби {plate} испред куће") == [("plate", plate)]

    @pytest.mark.parametrize(
        "text",
        [
            "лична карта бр. {}",
            "broj lične karte: {}",
            "br. lk {}",
            "л. к. {}",
            "пасош {}",
            "oduzeli su mu pasoš ({})",
            "{} (путна исправа)",
            "passport no. {}",
        ],
    )
    def test_document_number_near_its_word(self, text: str) -> None:
        assert found(text.format("123456789")) == [("document", "123456789")]
        assert found(text.format("012345678")) == [("document", "012345678")]
        assert found(text.format("P1234567")) == [("document", "P1234567")]

    def test_nine_figures_alone_are_no_document(self) -> None:
        assert found("укупно 123456789 динара") == []
        assert found("задржани пасоши 14 радника, трошак 100000 динара") == []

    def test_several_are_found_in_order(self) -> None:
        text = f"BG 123-AB, a@b.rs, {INVENTED}, 064 123 4567"
        assert [kind for kind, _ in found(text)] == ["plate", "email", "jmbg", "phone"]


class TestNothingPersonal:
    @pytest.mark.parametrize(
        "text",
        [
            "14. и 15. мај 2026. године, 08:30–16:50",
            "01.02.2025. и 30. 11. 2013.",
            "05/06/2022, 2022-06-05, 2013–2023, 2013-2023-2026",
            "2026-11-22T03:13:00.012345Z",
            "59,17%, 0.123456789, 40,28 одсто",
            "120.000 људи, 3.000.000.000 долара, 50.000–2.000.000 РСД, 1 200 000,00 динара",
            "члан 388. став 2. КЗ, Сл. гласник 85/2005, 88/2005 и 25/2024",
            "решење бр. 061-25/13 II, 020-1234/2023-01 и 061-1234/2023",
            "од 200 до 300 особа, по 100-ак људи, 1. и 2. дан",
            "НИ 2024 СУ БИЛИ СВИ, ОД 100 ДО 200, ИЗ 200-ТЕ",
            "192, 193, 194, 112, 116 000, 116 111, 19833",
            "рачун 160-0000000123456-12",
            "ISO 3166-2, SARS-CoV-2, EU 2024/1234, IOM 2013",
            "М1, М2 и М3: 60 + 75 + 75 минута",
        ],
    )
    def test_ordinary_text(self, text: str) -> None:
        assert found(text) == []

    def test_the_numbers_of_the_sources(self) -> None:
        lines = (Path(__file__).parent / "fixtures" / "seed_words.txt").read_text("utf-8")
        assert found(lines) == []

    @given(
        st.dates(),
        st.sampled_from(
            ["{0.day}.{0.month}.{0.year}.", "{0.day:02}. {0.month:02}. {0.year:04}.", "{0:%d/%m/%Y}", "{0:%Y-%m-%d}"]
        ),
    )
    def test_no_date_is_reported(self, day: object, shape: str) -> None:
        assert found(f"дана {shape.format(day)} у Нишу") == []

    @given(st.decimals(0, 10_000_000, places=2), st.sampled_from(["%", " %", " динара", " RSD", " €"]))
    def test_no_price_or_percentage_is_reported(self, amount: object, unit: str) -> None:
        english = f"{amount:,}"
        serbian = english.translate(str.maketrans(",.", ".,"))
        assert found(f"{english}{unit} и {serbian}{unit} и {amount}{unit}") == []

    @given(st.text())
    def test_findings_are_inside_the_text_and_apart(self, text: str) -> None:
        end = 0
        for finding in find(text):
            assert end <= finding.start < finding.end <= len(text)
            end = finding.end


class TestBirth:
    @pytest.mark.parametrize(
        "text",
        [
            "рођен 12.3.1990", "рођена је 12. 3. 1990", "rođena 12. marta 1990", "Рођен 05.11.2003", "born on 12 March 1990",
            "рођења: 01.02.2003", "rodjena 3.4.1988",
        ],
    )  # fmt: skip
    def test_the_whole_day_is_found(self, text: str) -> None:
        assert found(f"Зове се тако, {text}, у Нишу.") == [("birth", text)]

    @pytest.mark.parametrize(
        "text",
        [
            "рођена 1990. године",
            "рођендан 12. марта",
            "обука 12. 3. 2026.",
            "born in 1990",
            "дете рођено у марту 2010.",
        ],
    )
    def test_a_year_a_birthday_and_other_dates_are_not(self, text: str) -> None:
        assert found(text) == []
