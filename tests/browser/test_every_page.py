"""Every page that a person can reach by links: accessible, nothing sideways, nothing blocked, nothing from elsewhere."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import LAPTOP, NARROW, PHONE, Server, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILES = re.compile(r"\.(pdf|xlsx|csv|zip|ics|svg|png|json|gift|xml)$|/static/|/language/|/theme/")
ROLES = ("trainer", "office", "administrator", "author", "reader")


def crawl(person: Visitor, start: str, each: int = 1, axe: bool = True) -> list[str]:
    """Follow links from `start`, `each` of every kind of address, and check each page; returns the addresses seen."""
    waiting, seen, kinds, faults = [start], set(), Counter(), []
    while waiting and len(seen) < 80:
        path = waiting.pop(0)
        kind = re.sub(r"/[\w-]{16,}|\d+", "/N", path.split("?")[0])
        if path in seen or kinds[kind] >= each:
            continue
        seen.add(path)
        kinds[kind] += 1
        answer = person.page.goto(person.base + path)
        try:
            assert answer is not None
            assert answer.status == 200, f"{path}: {answer.status}"
            person.check(axe)
        except AssertionError as fault:
            faults.append(str(fault))
            person.wrong.clear()
        for link in person.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
            target = urlsplit(urljoin(person.base + path, link))
            here = f"{target.scheme}://{target.netloc}" == person.base
            if here and not FILES.search(target.path):
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    assert not faults, "\n".join(faults)
    return sorted(seen)


def press_in_demo(person: Visitor, action: str) -> None:
    """One of the demo's one-press buttons."""
    person.go("/demo")
    person.page.locator(f"form[action^='{action}'] button").first.click()
    person.page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/demo"))


@pytest.mark.parametrize("role", ROLES)
def test_staff_pages(chromium: Browser, server: Server, role: str) -> None:
    person = visitor(chromium, server.url, LAPTOP)
    press_in_demo(person, f"/demo/sign-in/{role}")
    assert len(crawl(person, urlsplit(person.page.url).path)) > 3
    person.context.close()


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "320"])
def test_trainees_pages(chromium: Browser, server: Server, size: dict[str, int]) -> None:
    person = visitor(chromium, server.url, size, has_touch=True)
    press_in_demo(person, "/demo/join/")
    assert len(crawl(person, urlsplit(person.page.url).path, each=3, axe=size is PHONE)) > 10
    person.context.close()


@pytest.mark.parametrize("role", ["trainer", "office"])
def test_staff_pages_on_the_narrowest_phone(chromium: Browser, server: Server, role: str) -> None:
    person = visitor(chromium, server.url, NARROW, has_touch=True)
    press_in_demo(person, f"/demo/sign-in/{role}")
    crawl(person, urlsplit(person.page.url).path, each=2, axe=False)
    person.context.close()


@pytest.mark.parametrize("language", ["sr_Latn", "en"])
def test_the_other_languages_in_the_dark(chromium: Browser, server: Server, language: str) -> None:
    person = visitor(chromium, server.url, PHONE, color_scheme="dark")
    person.context.add_cookies([{"name": "language", "value": language, "url": server.url}])
    press_in_demo(person, "/demo/sign-in/trainer")
    crawl(person, urlsplit(person.page.url).path)
    text = person.page.inner_text("body")
    assert not re.search("[А-Яа-яЉЊЋЂЏљњћђџ]{4,}", text.replace("Ћир", "")) or language == "en"
    person.context.close()


def test_the_front_pages(chromium: Browser, server: Server) -> None:
    person = visitor(chromium, server.url, PHONE)
    for path in ("/", "/sign-in", "/resume", "/privacy", "/help", "/c", "/demo"):
        person.go(path)
        person.check()
    person.context.close()


def test_the_first_page_is_light(chromium: Browser, server: Server) -> None:
    person = visitor(chromium, server.url, PHONE)
    sizes: list[int] = []
    session = person.context.new_cdp_session(person.page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    person.go("/")
    person.page.wait_for_load_state("networkidle")
    assert sum(sizes) < 100_000, sizes
    assert len(sizes) < 18
    person.context.close()
