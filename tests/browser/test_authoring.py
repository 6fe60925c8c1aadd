"""Writing a case in a real browser: from a blank draft to a played case; two editors at once; what is said, seen and reached by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAPTOP, NARROW, PHONE, Server, Visitor, visitor
from tests.browser.test_every_page import press_in_demo

pytestmark = pytest.mark.browser


@pytest.fixture
def author(chromium: Browser, server: Server) -> Iterator[Visitor]:
    person = visitor(chromium, server.url, LAPTOP)
    press_in_demo(person, "/demo/sign-in/author")
    yield person
    person.context.close()


def a_case(person: Visitor, course: str, title: str) -> str:
    """A course of one's own with a case from the blank starter; the address of the editor."""
    page = person.go("/drafts")
    page.fill("#title_sr", course)
    page.fill("#title_en", course)
    page.click("#new-course button[type=submit], #new-course button:not([type])")
    page.fill("#new-document [name=title_sr]", title)
    page.fill("#new-document [name=title_en]", "The call")
    page.check("#new-document [name=starter][value=blank]")
    page.click("#new-document button.btn")
    page.wait_for_url(re.compile(r"/files/cases/"))
    return page.url.split("?")[0]


def write(page: Page, **texts: str) -> None:
    """Type into the fields whose addresses end so (`title.sr` is given as title_sr), in both languages."""
    for name, text in texts.items():
        for language in ("sr", "en"):
            page.locator(
                f'#form .input[name$=".{name}.{language}"], #form .input[name="{name}.{language}"]'
            ).first.fill(text)


def add(page: Page, what: str) -> None:
    """Press the button that adds a part to the list whose address ends so, in the outline or in the form."""
    page.locator(f'button[name=do][value$="{what}"]').first.click()
    page.wait_for_load_state("load")


def save(page: Page) -> None:
    page.locator("#form .ed__foot button.btn").first.click()
    page.wait_for_load_state("load")


def outline(page: Page, title: str) -> None:
    page.locator("#outline a", has_text=title).first.click()
    page.wait_for_load_state("load")


def test_from_a_blank_draft_to_a_played_case(author: Visitor) -> None:
    """Three roles, two stages, four injects, two decisions and a hand-off, checked, explored and played to its end."""
    page = author.page
    editor = a_case(author, "Обука за Ужице", "Позив са станице")
    for role, sector in (("Полиција", "police"), ("Здравство", "health")):
        add(page, "add:roles")
        write(page, name=role, briefing=f"Шта зна само {role}.")
        page.locator('#form select[name$=".sector"]').select_option(sector)
        save(page)
    add(page, "add:stages")
    write(page, title="Друга сцена", text="Шта се после догодило.")
    save(page)
    for stage in ("Почетак", "Друга сцена"):
        for number in (1, 2):
            outline(page, stage)
            add(page, ".injects")
            write(page, title=f"{stage} {number}", text="Стигла је вест.")
            save(page)
    outline(page, "Друга сцена")
    add(page, ".decisions")
    write(page, title="Друга одлука", question="Шта сада?")
    for number, option in enumerate(page.locator(".member:has([name$='.grade'])").all()):
        option.evaluate(
            "member => { member.open = true; member.querySelectorAll('details').forEach(one => { one.open = true }) }"
        )
        for name, words in (
            ("text", f"Избор {number + 1}, овако или онако"),
            ("reason", "Зато."),
            ("cites", "Начело"),
            ("voice", "Тако."),
        ):
            for language in ("sr", "en"):
                option.locator(f'.input[name$=".{name}.{language}"]').fill(
                    words if language == "sr" else f"In English {number}"
                )
    page.locator('#form .input[name*=".debrief["][name$=".sr"]').first.fill("О чему треба поразговарати?")
    page.locator('#form .input[name*=".debrief["][name$=".en"]').first.fill("What should be talked about?")
    save(page)
    outline(page, "Друга сцена")
    add(page, ".handoffs")
    write(page, title="Предаја", to="Центру")
    page.locator('#form .input[name*=".items["][name$=".text.sr"]').first.fill("Шта је виђено")
    page.locator('#form .input[name*=".items["][name$=".text.en"]').first.fill("What was seen")
    page.locator('#form .input[name*=".channels["][name$=".text.sr"]').first.fill("телефоном")
    page.locator('#form .input[name*=".channels["][name$=".text.en"]').first.fill("by telephone")
    save(page)
    outline(page, "Почетак")  # from the first stage to the second
    page.locator('#form select[name$=".to"]').select_option(label="Друга сцена")
    save(page)
    author.go(editor.removeprefix(author.base))
    page.wait_for_load_state("networkidle")
    told = page.locator("#checks").inner_text()
    assert page.locator("#checks .tag--risk").count() == 0, told
    expect(page.locator("#case-map")).to_contain_text("2 сцене")
    author.check()
    play(author, editor)


SKETCH = {
    "summary": "Радник зове службу са аутобуске станице.", "person": "Радник који је звао", "place": "Равноград",
    "role_1_name": "Полицијска управа", "role_1_briefing": "Возач је пријавио путника без исправа.",
    "role_2_name": "Центар за социјални рад", "role_2_briefing": "Имате једно место у прихватилишту.",
    "role_3_name": "Дом здравља", "role_3_briefing": "Лекар зна за повреду на раду.",
    "scene_1_title": "На станици", "scene_1_text": "Човек седи на станици, без торбе и без исправа.",
    "scene_1_events": "Зове послодавац и тражи радника.\nЧовек тражи воду и телефон.", "scene_1_question": "Шта је прво?",
    "scene_1_right": "Склонити га и питати шта му треба.", "scene_1_possible": "Позвати Хитну помоћ.",
    "scene_1_harmful": "Вратити га послодавцу док се не провери.", "scene_1_step": "Прво се пита о безбедности.",
    "scene_2_title": "Ноћ", "scene_2_text": "Треба одлучити где ће спавати.",
    "scene_2_events": "Прихватилиште тражи упут.\nНовинар чека испред.", "scene_2_question": "Где спава ноћас?",
    "scene_2_right": "Тамо где сам изабере, уз пратњу.", "scene_2_harmful": "У станици полиције.",
    "handoff_title": "Пријава Центру", "handoff_to": "Центар за заштиту жртава", "handoff_needed": "Шта је виђено",
    "handoff_forbidden": "Налаз лекара", "handoff_ways": "Дежурни телефон",
    "ending_1_title": "Безбедна ноћ", "ending_1_text": "Спава у смештају који је изабрао.",
    "ending_2_title": "Отишао је", "ending_2_text": "Ујутру га више нема.",
}  # fmt: skip


def test_a_case_is_sketched_on_one_page_and_played(author: Visitor) -> None:
    """The same case as above from one page: a language switched and a reload on the way lose nothing; then it is played to its end."""
    page = author.go("/drafts")
    page.fill("#title_sr", "Обука за Бор")
    page.click("#new-course button.btn")
    page.fill("#new-document [name=title_sr]", "Позив са станице")
    page.click("#new-document button.btn")
    page.wait_for_url(re.compile(r"/sketch"))
    for name, text in SKETCH.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=handoff_scene]", "2")
    page.select_option("[name=handoff_role]", "1")
    page.locator("button[name=_language][value=en]").first.click()
    page.wait_for_load_state("load")
    page.reload()
    assert page.input_value("[name=scene_2_right]") == SKETCH["scene_2_right"]
    assert page.input_value("[name=handoff_scene]") == "2"
    author.check()
    page.locator("button[name=_language][value=sr]").first.click()
    page.locator("#sketch button.btn--lg").click()
    page.wait_for_url(re.compile(r"/files/cases/"))
    page.wait_for_load_state("networkidle")
    assert page.locator("#checks .tag--risk").count() == 0, page.locator("#checks").inner_text()
    expect(page.locator("#case-map")).to_contain_text("2 сцене")
    author.check()
    play(author, page.url)


def play(person: Visitor, editor: str) -> None:
    """All roles side by side, every decision decided for the table, until the story ends."""
    page = person.page
    page.locator(".edtop a.btn--sim").click()
    page.wait_for_load_state("load")
    page.locator("main form button.btn").last.click()
    page.wait_for_url(re.compile(r"/trials/\d+"))
    decided, trial = 0, page.locator(".try")
    for _ in range(20):
        version = trial.get_attribute("data-version") or ""
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
        decide = page.locator('main button[value^="decide:"]')
        onward = page.locator('main button[value^="next:"]')
        wait = page.locator('main button[value="pass"]')
        if decide.count():
            decide.first.click()
            decided += 1
        elif wait.count():
            wait.click()
        elif onward.count():
            onward.first.click()
        else:
            break
        expect(trial).not_to_have_attribute("data-version", version)
    expect(page.locator("main")).to_contain_text("Крај")
    assert decided == 2
    person.check()


def test_two_editors_see_each_others_words_and_choose(chromium: Browser, server: Server, author: Visitor) -> None:
    address = a_case(author, "Обука за Чачак", "Заједнички случај").removeprefix(author.base)
    other = visitor(chromium, server.url, LAPTOP)
    press_in_demo(other, "/demo/sign-in/trainer")
    other.go(address)
    author.go(address)
    title = '[name="title.sr"]'
    other.page.fill(title, "Тренеров наслов")
    expect(other.page.locator("#state .saved")).to_be_visible()
    other.page.wait_for_load_state("networkidle")
    author.page.fill(title, "Ауторкин наслов")
    expect(author.page.locator(".theirs")).to_contain_text("Тренеров наслов")
    assert author.page.input_value(title) == "Ауторкин наслов"
    author.page.locator(".theirs button[name=theirs]").click()
    author.page.wait_for_load_state("load")
    assert author.page.input_value(title) == "Тренеров наслов"
    author.check()
    other.context.close()


def test_what_is_typed_is_kept_by_itself_and_the_checks_follow(author: Visitor) -> None:
    a_case(author, "Обука за Ваљево", "Чување")
    page = author.page
    page.fill('[name="summary.en"]', "")
    expect(page.locator("#checks .tag", has_text="1 није преведено")).to_be_visible()
    page.locator("#checks a").first.click()
    page.wait_for_load_state("load")
    expect(page.locator('[name="summary.en"], [name="summary.sr"]').first).to_be_visible()
    assert page.evaluate("document.activeElement.name").startswith("summary.")
    page.keyboard.type("In short.")
    page.reload()
    author.check()


def test_without_a_network_the_words_stay_and_are_saved_when_it_is_back(author: Visitor) -> None:
    a_case(author, "Обука за Зајечар", "Без мреже")
    page = author.page
    author.context.set_offline(True)
    before = page.evaluate("scrollY")
    page.fill('[name="summary.sr"]', "Написано без мреже.")
    page.keyboard.press("Tab")
    expect(page.locator("#state .flag--risk")).to_be_visible()
    assert abs(page.evaluate("scrollY") - before) < 300  # the state says it; the page stays where one was writing
    assert page.locator(".js-problem").count() == 0
    assert page.input_value('[name="summary.sr"]') == "Написано без мреже."
    author.context.set_offline(False)
    expect(page.locator("#state .saved")).to_be_visible(timeout=15_000)
    page.reload()
    assert page.input_value('[name="summary.sr"]') == "Написано без мреже."


def test_a_part_is_dragged_to_another_place(author: Visitor) -> None:
    a_case(author, "Обука за Лозницу", "Вучење")
    page = author.page
    add(page, "add:endings")
    write(page, title="Други крај", text="Овако.")
    save(page)
    page.locator("#outline a").first.click()
    page.wait_for_load_state("load")
    ends = page.locator(".links li", has=page.locator('[data-drag^="endings["]'))
    ends.nth(1).locator("[data-drag]").drag_to(ends.nth(0))
    page.wait_for_load_state("load")
    expect(page.locator(".links li", has=page.locator('[data-drag^="endings["]')).first).to_contain_text("Други крај")


def test_everything_can_be_done_by_keyboard(author: Visitor) -> None:
    a_case(author, "Обука за Пирот", "Тастатура")
    page = author.page
    page.locator('#outline button[value="add:endings"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    expect(page.locator('[name$=".title.sr"]').first).to_be_focused()
    page.locator("#outline a").first.press("Enter")
    page.wait_for_load_state("load")
    page.locator('[value^="up:endings["]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    expect(page.locator("[data-member]:first-child :focus")).to_have_count(1)
    page.locator('button[value="add:endings"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    expect(page.locator('[name$=".title.sr"]').first).to_be_focused()
    page.keyboard.type("Нови крај")
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    expect(page.locator("#outline")).to_contain_text("Нови крај")


@pytest.mark.parametrize("screen", [LAPTOP, PHONE, NARROW], ids=["laptop", "phone", "narrow"])
def test_no_page_of_the_editor_scrolls_sideways_or_breaks(
    chromium: Browser, server: Server, screen: dict[str, int]
) -> None:
    person = visitor(chromium, server.url, screen)
    press_in_demo(person, "/demo/sign-in/author")
    page = person.go("/drafts")
    page.locator('button[name=course][value="sop-two-day"]').click()
    page.wait_for_url(re.compile(r"/drafts/\d+$"))
    draft = page.url.removeprefix(person.base)
    person.check()
    for path in (
        "/steps", "/publish", "/files/course.yaml", "/files/course.yaml?at=programme[%230]", "/files/sources.yaml", "/files/certificate.yaml",
        "/files/pages/m1", "/files/pages/m1?at=blocks", "/files/surveys/knowledge.yaml?at=items[q01]", "/files/cases/first-call.yaml",
        "/files/cases/night-shift.yaml?at=stages[signal].decisions[first-hour]", "/files/cases/night-shift.yaml?at=roles[police]",
    ):  # fmt: skip
        person.go(draft + path)
        page.wait_for_load_state("networkidle")
        person.check(axe=screen is not NARROW)
    person.context.close()
