"""Streets with a house number, profiles, and numbers that are called JMBG are pointed at; what only looks like them is not."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lms.personal_data import find
from lms.serbian import to_latin
from tests.test_personal_data import INVENTED, found

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_MARKS = str.maketrans("čćžšđČĆŽŠĐ", "cczsdCCZSD")
SCRIPTS: dict[str, Callable[[str], str]] = {
    "cyrillic": str,
    "latin": to_latin,
    "without marks": lambda text: to_latin(text).translate(WITHOUT_MARKS),
}
WRONG = INVENTED[:-1] + str((int(INVENTED[-1]) + 1) % 10)

ADDRESSES = [
    "улици Краља Петра 12", "ул. Краља Петра 12", "Улица краља Петра 12", "улицом Краља Петра 12", "улице Краља Петра број 12",
    "Булевару ослобођења 12", "булевара ослобођења 12а", "бул. ослобођења 12", "Булеваром краља Александра, бр. 73",
    "Булевар др Зорана Ђинђића 32", "трг Републике 3", "Тргу републике 3", "Трга слободе 3/4", "Трг 14. октобра 5",
    "Кеј Косте Стаменковића 5", "Кеју војводе Мишића 12", "Зрењанински пут 15", "Зрењанинском путу 15",
    "пута Шајкашког одреда 3", "Његошевој улици 12", "Моравског кеја 3", "ул. 7. јула 12", "улица 12. фебруар 89", "ул. Ј. Ј. Змаја 4",
    "ул. Ј.Ј. Змаја 4", "улица „Краља Петра” 12", "улици краља петра 12", "ул. марка краљевића 12-14", "улици Краља Петра бб",
    "улици Ћирила и Методија 5", "Цара Душана 5, стан 4", "Његошева 12, трећи спрат", "Цара Душана 5/3, улаз II",
]  # fmt: skip
ENGLISH = [
    "12 King Peter Street",
    "12a Silk Road",
    "King Peter Street 12",
    "3 Republic Square",
    "5 Liberation Boulevard",
]
PROFILES = [
    "@marija_nis", "@марија", "@m.petrovic99", "facebook.com/marija.nis", "https://www.facebook.com/profile.php?id=1234",
    "instagram.com/marija_nis", "www.instagram.com/marija_nis/", "tiktok.com/@marija", "t.me/marija_nis", "https://t.me/marija",
    "viber://chat?number=marija", "Facebook.com/marija",
]  # fmt: skip
INNOCENT = [
    "члан 12, став 3. и тачка 5", "пут 3", "Први пут 3 девојке, други пут 12", "у 12 часова", "на путу 12 минута", "Трг", "Трг 3",
    "улица", "на улици 12 девојака", "На улици остало 12 девојака.", "Улица остаје 12 сати без људи.", "НА ТРГУ У 12",
    "на Тргу Републике 12 волонтера дели летке", "На Тргу Републике 3. маја у подне", "На Тргу Републике у 12 часова",
    "Трг Републике 12.30", "Трг Републике, 12 људи", "Трг Републике 2025. године", "путем Центра 12", "путем телефона 192",
    "на путу за Немачку 3 дана", "Пут Немачке 12", "пут Београд–Ниш 240 km", "Сала 3, спрат 2", "Група 5, стан 2", "стан 4, спрат 2",
    "улица 7. јула", "Улица и ја 12", "улица и 12", "улици Краља Петра 12% домаћинстава", "Дошли су са улице. Петар 12 пута зове.",
    "улица Краља Петра има 12 кућа", "Тројица 12, стан обезбеђен", "У кући 12, приземље", "Његова улица 12 дана ћути", "једна улица 12",
    "[@S4]", "[@S4|general]", "[@S12|dated:2024]", "[@S123", "тел. @ 12", "@ab", "@SUM(A1)", "@12 345", "ana@primer", "в@р@н",
    "На Фејсбуку, facebook.com и instagram.com, па facebook.com/help/181", "налог на мрежи TikTok", "бр. 0101990710001",
    "матични број фирме 12345678", "12 street workers", "12 Street workers", "On 12 May Street children came", "Article 12 Silk Road",
    "12 people on King Street", "5 Roma Street Children", "King Street 12 people", "On the road 12 hours", "the road to 3 towns",
]  # fmt: skip


class TestStreets:
    @pytest.mark.parametrize("script", SCRIPTS)
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_in_both_scripts(self, script: str, address: str) -> None:
        address = SCRIPTS[script](address)
        for text in (
            f"Живи у {address}, код тетке.",
            f"({address})",
            f"Адреса: {address}",
            f"{address}. Полиција стиже.",
        ):
            assert found(text) == [("street", address)]

    @pytest.mark.parametrize("address", ENGLISH)
    def test_in_english(self, address: str) -> None:
        assert found(f"She lives at {address}, with an aunt.") == [("street", address)]

    def test_of_an_institution_is_allowed_in_any_case_and_script(self) -> None:
        public = ("Булевар Михајла Пупина 2", "192", "021")
        assert found("у Булевару Михајла Пупина 2, Bulevar Mihajla Pupina 2", public) == []
        assert found("Булевар Михајла Пупина 4", public) == [("street", "Булевар Михајла Пупина 4")]
        assert found("улица Краља Петра 192", public) == [("street", "улица Краља Петра 192")]
        assert found("BG 192-AB", public) == [("plate", "BG 192-AB")]

    @given(
        st.sampled_from(["улица", "улице", "улици", "улицу", "улицом", "булевар", "булевара", "булевару", "булеваром", "трг", "трга", "тргу",
        "тргом", "кеј", "кеја", "кеју", "кејом", "ул."]),
        st.sampled_from(["Краља Петра", "Николе Тесле", "народних хероја", "Свете Петке", "Војводе Мишића"]),
        st.integers(1, 999),
        st.sampled_from(sorted(SCRIPTS)),
    )  # fmt: skip
    def test_every_case_is_found(self, street: str, name: str, house: int, script: str) -> None:
        address = SCRIPTS[script](f"{street} {name} {house}")
        assert found(f"ноћас, {address}, Ниш") == [("street", address)]

    @given(st.sampled_from(["улица", "тргу", "кеја", "на путу", "путем", "булевар"]), st.integers(0, 99999))
    def test_no_number_without_a_name_is_an_address(self, street: str, number: int) -> None:
        assert found(f"{street} {number}") == []


class TestProfiles:
    @pytest.mark.parametrize("profile", PROFILES)
    def test_profiles(self, profile: str) -> None:
        for text in (f"Пише јој {profile}, па ћути.", f"(профил {profile})", f"„{profile}”", f"Ту је {profile}."):
            assert found(text) == [("profile", profile)]

    def test_an_address_of_mail_is_no_handle(self) -> None:
        assert found("Пишите на ana@primer.rs или @ana_nis.") == [("email", "ana@primer.rs"), ("profile", "@ana_nis")]

    def test_published_ones_are_allowed(self) -> None:
        public = ("Facebook.com/centar.nis", "@centar_nis")
        assert found("Пратите facebook.com/centar.nis и @Centar_Nis.", public) == []
        assert found("Пратите facebook.com/ana.nis.", public) == [("profile", "facebook.com/ana.nis")]

    @given(st.from_regex(r"S[0-9]{1,4}", fullmatch=True), st.sampled_from(["", "|general", "|unclear", "|dated:2024"]))
    def test_no_citation_is_a_handle(self, key: str, certainty: str) -> None:
        assert found(f"Тако је [@{key}{certainty}].") == []


class TestCalledJmbg:
    @pytest.mark.parametrize("script", SCRIPTS)
    @pytest.mark.parametrize(
        "text", ["ЈМБГ {}", "јмбг: {}", "матични број {}", "матичног броја детета ({})", "ЈМБГ-ом {}"]
    )
    def test_with_a_wrong_check_figure(self, script: str, text: str) -> None:
        assert found(SCRIPTS[script](text).format(WRONG)) == [("jmbg", WRONG)]

    def test_however_parted(self) -> None:
        parted = f"{WRONG[:4]} {WRONG[4:7]} {WRONG[7:10]} {WRONG[10:]}"
        assert found(f"ЈМБГ {parted}") == [("jmbg", parted)]

    def test_the_right_one_is_told_once(self) -> None:
        assert found(f"ЈМБГ {INVENTED}") == [("jmbg", INVENTED)]

    def test_without_the_word_it_is_a_number(self) -> None:
        assert found(f"рачун {WRONG}") == []


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("text", INNOCENT)
def test_ordinary_text(script: str, text: str) -> None:
    assert found(SCRIPTS[script](text)) == []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("courses/**/*.*")) + sorted(ROOT.glob("lms/demo/data/*.yaml")), ids=lambda path: path.name
)
def test_nothing_that_we_ship_has_a_street_or_a_profile(path: Path) -> None:
    text = path.read_text("utf-8")
    texts = _texts(yaml.safe_load(text)) if path.suffix == ".yaml" else [text]
    assert [(kind, piece) for one in texts for kind, piece in found(one) if kind in ("street", "profile")] == []


@pytest.mark.parametrize(
    "piece",
    [
        "ул. ",
        "улица А ",
        "улица краља ",
        "12 Aa ",
        "Аа ",
        "1",
        "1 ",
        "@",
        "@a.",
        "t.me/",
        "ЈМБГ ",
        "5, стан ",
        "трг 1. мај ",
        "ул. А 1, ",
    ],
)
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text, spent = piece * (length // len(piece)), []
        for _ in range(3):
            begun = time.process_time()
            find(text)
            spent.append(time.process_time() - begun)
        return min(spent)

    assert seconds(80_000) < 12 * max(seconds(20_000), 0.002)
