"""What was typed survives a page that is too old to be sent, with and without scripts, and a language chosen without the internet."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, Server, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def at_the_door(person: Visitor) -> str:
    """The page „Ко сте ви?” of the demo's training, with a name typed."""
    person.go("/demo")
    person.page.locator("a[href^='/join/']").click()
    person.page.locator("#name").fill("Ивана Половина")
    return person.page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_page_that_is_too_old_is_sent_once_more(chromium: Browser, server: Server, scripts: bool) -> None:
    person = visitor(chromium, server.url, PHONE, java_script_enabled=scripts)
    door = at_the_door(person)
    person.context.clear_cookies()
    person.press("Настави")
    assert "Пошаљите још једном" in person.page.content()
    if scripts:
        person.press("Назад на образац", "link")
        assert person.page.url == door
        expect(person.page.locator("#name")).to_have_value("Ивана Половина")
        person.context.clear_cookies()
        person.press("Настави")
    person.press("Пошаљи још једном")
    expect(person.page.locator("h1")).to_have_text("Одакле долазите?")
    expect(person.page.locator("#name")).to_have_value("Ивана Половина")
    if scripts:
        person.page.goto(door)  # it was accepted: nothing waits any more
        expect(person.page.locator("#name")).to_have_value("")
    person.context.close()


def test_without_the_internet_the_language_waits(phone: Visitor) -> None:
    door = at_the_door(phone)
    english = phone.page.get_by_role("button", name=re.compile("^EN"))
    phone.context.set_offline(True)
    english.click()
    expect(phone.page.get_by_text("Без интернета језик остаје какав јесте")).to_be_visible()
    assert phone.page.url == door
    phone.context.set_offline(False)
    english.click()
    expect(phone.page.locator("h1")).to_have_text("Who are you?")
    expect(phone.page.locator("#name")).to_have_value("Ивана Половина")
