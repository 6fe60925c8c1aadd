"""A trainee's two days on a phone, in a real browser: coming in, pre-test, module, lost network, evaluation."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import LAPTOP, PHONE, Server, Visitor, visitor
from tests.browser.test_every_page import press_in_demo

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def join_code(person: Visitor) -> str:
    """The code of the training that goes on in the demo."""
    person.go("/demo")
    return re.search(r"\b[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}\b", person.page.inner_text("main"))[0]


def come_in(person: Visitor, name: str, check: bool = True) -> None:
    """From the code on the wall to the home, checking each screen."""
    code = join_code(person)
    page = person.go("/")
    page.get_by_label("Код обуке").fill(code.lower())
    page.get_by_role("button", name="Прикључи се").click()
    page.get_by_label("Име и презиме").fill(name)
    if check:
        person.check()
    page.get_by_role("button", name="Настави").click()
    page.wait_for_load_state()
    if page.get_by_label("Не, ово нисам ја").count():
        page.get_by_label("Не, ово нисам ја").check(force=True)
        page.get_by_role("button", name="Настави").click()
    page.get_by_label("Сектор").select_option("health")
    page.get_by_label("Град или општина").fill("Краљево")
    if check:
        person.check()
    page.get_by_role("button", name="Уђи").click()
    expect(page.get_by_role("heading", name="Добар дан")).to_be_visible()


def begin_pre_test(person: Visitor) -> None:
    """From the home to the first question."""
    person.page.locator(".now .btn").click()
    person.page.locator("main .btn--lg").click()
    person.page.wait_for_load_state()


def test_from_the_wall_to_the_sent_pre_test(phone: Visitor) -> None:
    come_in(phone, "Мирјана Тодоровић")
    phone.check()
    begin_pre_test(phone)
    page = phone.page
    for _ in range(40):
        if "/summary" in page.url:
            break
        phone.check()
        page.locator("fieldset:not([hidden]) .choice").first.click()
        page.locator(".q__nav .btn--lg").click()
        page.wait_for_load_state()
    phone.check()
    expect(page.get_by_role("button", name="Пошаљи одговоре")).to_be_visible()
    page.get_by_role("button", name="Пошаљи одговоре").click()
    expect(page.get_by_role("heading", name="Ваши одговори су стигли")).to_be_visible()
    phone.check()
    page.go_back()
    page.reload()
    expect(page.get_by_role("button", name="Пошаљи одговоре")).to_have_count(0)


def test_answers_wait_for_the_network_and_then_go_by_themselves(phone: Visitor) -> None:
    come_in(phone, "Данило Мрежић", check=False)
    begin_pre_test(phone)
    page = phone.page
    phone.context.set_offline(True)
    for _ in range(3):
        page.locator("fieldset:not([hidden]) .choice").nth(1).click()
        page.locator(".q__nav .btn--lg").click()
    expect(page.locator("#saved")).to_contain_text("чекај")
    expect(page.locator("#connection")).to_be_visible()
    phone.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Сачувано", timeout=40_000)
    phone.wrong.clear()  # the requests that could not go out while there was no network
    page.reload()
    page.goto(re.sub(r"/\d+(\?.*)?$", "/1", page.url))
    expect(page.locator("fieldset:not([hidden]) input:checked")).to_have_count(1)


def test_half_typed_details_survive_a_change_of_language_and_a_reload(phone: Visitor) -> None:
    code = join_code(phone)
    page = phone.go("/")
    page.get_by_label("Код обуке").fill(code)
    page.get_by_role("button", name="EN: English").click()
    expect(page.get_by_label("Training code")).to_have_value(code)
    page.get_by_role("button", name="Join").click()
    page.get_by_label("First and last name").fill("Žarko Ćirić")
    page.reload()
    expect(page.get_by_label("First and last name")).to_have_value("Žarko Ćirić")


def test_a_module_read_by_keyboard_alone(laptop: Visitor) -> None:
    come_in(laptop, "Тамара Тастер", check=False)
    page = laptop.page
    laptop.go(re.sub(r"(/t/\d+).*", r"\1", page.url).replace(laptop.base, "") + "/pages/m1?part=1")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Пређи на садржај")
    for _ in range(80):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const e = document.activeElement, r = e.getBoundingClientRect(), "
            "t = document.elementFromPoint(r.x + r.width / 2, Math.min(r.y + r.height / 2, innerHeight - 1)); "
            "return [e.tagName, e === t || e.contains(t) || !!(t && t.contains(e))] })()"
        )
        if box[0] == "BODY":
            break
        assert box[1], (
            f"focus is hidden behind something: {page.evaluate('document.activeElement.outerHTML').strip()[:200]}"
        )
        if "pager" in (page.evaluate("document.activeElement.parentElement.className") or "") and page.evaluate("document.activeElement.classList.contains('btn--lg')"):  # fmt: skip
            page.keyboard.press("Enter")
            break
    expect(page).to_have_url(re.compile("part=2"))


def test_everything_works_without_javascript(chromium: Browser, server: Server) -> None:
    person = visitor(chromium, server.url, PHONE, java_script_enabled=False)
    come_in(person, "Нада Безскриптић", check=False)
    page = person.page
    page.locator(".now .btn").click()
    page.get_by_role("link", name="Сва питања на једној страници").click()
    for group in page.locator("fieldset[data-item]").all():
        group.locator("input[type=radio], input[type=checkbox]").nth(1).check(force=True)
    page.get_by_role("button", name="Провери и пошаљи").click()
    page.get_by_role("button", name="Пошаљи одговоре").click()
    expect(page.get_by_role("heading", name="Ваши одговори су стигли")).to_be_visible()
    assert not person.wrong
    person.context.close()


def test_the_evaluation_is_opened_by_the_trainer_and_sent_once(chromium: Browser, server: Server) -> None:
    trainer = visitor(chromium, server.url, LAPTOP)
    trainee = visitor(chromium, server.url, PHONE, has_touch=True)
    come_in(trainee, "Ева Луација", check=False)
    training = re.search(r"/t/(\d+)", trainee.page.url)[1]
    press_in_demo(trainer, "/demo/sign-in/trainer")
    trainer.go(f"/trainings/{training}/surveys")
    trainer.page.locator("form[action*='/evaluation/'][action$='open'] button").first.click()
    trainer.page.wait_for_load_state()
    trainer.check()
    page = trainee.go(f"/t/{training}/surveys/evaluation/once")
    trainee.check()
    for group in page.locator("fieldset").all():
        choices = group.locator("input[type=radio]")
        if choices.count():
            choices.nth(3 if choices.count() > 3 else 0).check(force=True)
    long_text = page.locator("textarea").first
    long_text.fill("Позовите ме на 064 123 45 67")
    page.get_by_role("button", name="Пошаљи оцену").click()
    expect(page.get_by_role("alert")).to_be_visible()
    trainee.check()
    expect(page.locator("textarea").first).to_have_value("Позовите ме на 064 123 45 67")
    page.locator("textarea").first.fill("Више вежби, мање слајдова.")
    page.get_by_role("button", name="Пошаљи оцену").click()
    expect(page.get_by_role("heading", name="Ваша оцена је стигла")).to_be_visible()
    trainee.check()
    assert "slajd" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    trainer.context.close()
    trainee.context.close()


def test_enter_means_the_forms_own_button(phone: Visitor) -> None:
    code = join_code(phone)
    page = phone.go("/")
    page.get_by_label("Код обуке").fill(code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/join/"))
    page.get_by_label("Име и презиме").fill("Ента Ентерић")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Сектор")).to_be_visible()
    page = phone.go("/sign-in")
    page.get_by_label("Адреса е-поште").fill("trener@demo.example.org")
    page.get_by_label("Лозинка").fill("probni rad 2026")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sign-in/code"))
