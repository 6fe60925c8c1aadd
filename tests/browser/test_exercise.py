"""*Night shift* played to its end in real browsers: seven phones, a console and the hall's wall, with everything that goes wrong in a hall."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from lms.content.cases import read_case
from tests.browser.conftest import LAPTOP, PHONE, ROOT, Visitor, free_port, start, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CASE = read_case(ROOT / "courses" / "sop-two-day" / "cases" / "night-shift.yaml")
RIGHT = {
    key: next(option.key for option in decision.options if option.grade == "right") for key, decision in CASE.decision.items()
}  # fmt: skip
PLAYING = ("labour", "police", "prosecution", "social", "police-topolje", "social-topolje")  # the required roles
LATE = "ngo"


@dataclass
class Hall:
    """The server, its clock, and everybody in the hall."""

    world: dict
    data: Path
    port: int
    process: subprocess.Popen
    chromium: Browser
    phones: dict[str, Visitor] = field(default_factory=dict)
    seconds: float = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put_forward(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        (self.data / "new").write_text(str(self.seconds))
        (self.data / "new").rename(self.data / "clock")  # never half written

    def restart(self) -> None:
        """The server falls over in the middle of everything and comes up again."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.process = start(self.data, self.port, "tests.browser.shifted:app")

    def phone(self, role: str, streams: bool = True) -> Visitor:
        """The phone of the person who was given `role`."""
        person = visitor(self.chromium, self.url, PHONE, has_touch=True)
        person.context.add_cookies([{"name": "device", "value": self.world["devices"][role], "url": self.url}])
        if not streams:
            person.context.add_init_script("delete window.EventSource")
        self.phones[role] = person
        return person

    def laptop(self) -> Visitor:
        """The facilitator's laptop."""
        person = visitor(self.chromium, self.url, LAPTOP)
        person.context.add_cookies([{"name": "session", "value": self.world["session"], "url": self.url}])
        return person

    @property
    def play(self) -> str:
        return f"/t/{self.world['training']}/exercises/{self.world['run']}"

    @property
    def console(self) -> str:
        return f"/trainings/{self.world['training']}/exercises/console"


@pytest.fixture
def hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    (tmp_path / "clock").write_text("0")
    os.environ["CLOCK_FILE"] = str(tmp_path / "clock")
    environment = os.environ | {"DATA_DIR": str(tmp_path)}
    flask = [Path(sys.executable).parent / "flask", "--app", "wsgi", "translations", "compile"]
    subprocess.run(flask, cwd=ROOT, env=environment, check=True)
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.exercise", CASE.key],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    port = free_port()
    here = Hall(json.loads(made.stdout), tmp_path, port, start(tmp_path, port, "tests.browser.shifted:app"), chromium)
    yield here
    here.process.send_signal(signal.SIGTERM)
    here.process.wait(20)


def look(person: Visitor) -> None:
    """Check a screen; a server that was down and a network that was away leave their traces in a browser's console."""
    signs = ("ERR_CONNECTION", "ERR_INTERNET", "ERR_INCOMPLETE", "ERR_EMPTY", "ERR_NETWORK", "Failed to fetch")
    person.wrong = [wrong for wrong in person.wrong if not any(sign in wrong for sign in signs)]
    person.check()


def choose(page: Page, decision: str, option: str) -> None:
    """Choose an option on a phone and confirm."""
    ballot = page.locator(f"#decision-{decision}")
    ballot.locator(f"input[type=radio][value='{option}']").check(force=True)
    ballot.get_by_role("button", name="Потврди избор").click()


def choose_by_keys(page: Page, decision: str, option: str) -> None:
    """The same without a finger."""
    ballot = page.locator(f"#decision-{decision}")
    ballot.locator(f"input[type=radio][value='{option}']").focus()
    page.keyboard.press("Space")
    button = ballot.get_by_role("button", name="Потврди избор")
    for _ in range(8):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")


def open_ballots(person: Visitor) -> list[str]:
    """The decisions in which this phone can choose now and has not chosen."""
    ballots = person.page.locator("section[id^=decision-]:has(button:has-text('Потврди избор'))")
    return [one.removeprefix("decision-") for one in ballots.evaluate_all("all => all.map(one => one.id)")]


def test_night_shift_to_the_end(hall: Hall) -> None:
    laptop = hall.laptop()
    console = laptop.go(hall.console)
    wall = visitor(hall.chromium, hall.url, LAPTOP)
    wall.go(f"/wall/{hall.world['wall']}")
    look(wall)
    everybody_sits_down(hall)
    expect(console.locator(".team")).to_contain_text("У вежби: 6 од 11")
    look(laptop)
    console.locator(".team").get_by_role("button", name="Почни").click()
    for person in hall.phones.values():
        expect(person.page.locator("#scene-h")).to_have_text(CASE.stages[0].title["sr"])
    expect(wall.page.locator(".pjs__h")).to_have_text(CASE.stages[0].title["sr"])
    typed_text_survives(hall)
    a_vote_waits_for_the_network(hall, console)
    somebody_comes_late(hall)
    the_clock_stands(hall, laptop)
    the_server_falls_over(hall)
    somebody_steps_out(hall, console)
    play_to_the_end(hall, console)
    look_back(hall, laptop, wall)
    for person in hall.phones.values():
        look(person)


def everybody_sits_down(hall: Hall) -> None:
    for role in PLAYING:
        person = hall.phone(role, streams=role != "social-topolje")
        page = person.go(hall.play)
        if role == "labour":
            person.check()
        page.get_by_role("button", name="Улазим у вежбу").click()
        expect(page.locator("#wait-h")).to_be_visible()
    look(hall.phones["labour"])


def typed_text_survives(hall: Hall) -> None:
    """Half a note is typed while others act; nothing of it is lost, and the caret stays where it was."""
    page = hall.phones["social"].page
    note = page.locator("#handoffs textarea").first
    note.click()
    page.keyboard.type("Рекао је место и ")
    hall.phones["police"].page.locator("[id^=share-] summary").first.click()
    hall.phones["police"].page.locator("[id^=share-] button").first.click()
    expect(page.locator("#messages")).to_contain_text("Полиција")
    page.keyboard.type("ништа више")
    assert note.input_value() == "Рекао је место и ништа више"
    assert note.evaluate("field => field === document.activeElement && field.selectionStart") == len(
        "Рекао је место и ништа више"
    )
    look(hall.phones["social"])


def a_vote_waits_for_the_network(hall: Hall, console: Page) -> None:
    """The first decision, alone: one phone has lost the network; its choice is sent when it is back."""
    choose(hall.phones["labour"].page, "first-hour", "permit-raid")
    choose_by_keys(hall.phones["social"].page, "first-hour", RIGHT["first-hour"])
    lost = hall.phones["police"]
    lost.context.set_offline(True)
    choose(lost.page, "first-hour", "permit-raid")
    expect(lost.page.locator("#decision-first-hour [data-waiting]")).to_be_visible()
    expect(console.locator(".votes").first).to_contain_text("1")
    lost.context.set_offline(False)
    expect(lost.page.locator("#decision-first-hour")).to_contain_text("Ваш избор")
    expect(lost.page.locator("#decision-first-hour [data-waiting]")).to_be_hidden()
    expect(console.locator(".team .tag").first).to_contain_text("Одговорило: 3 од")


def somebody_comes_late(hall: Hall) -> None:
    """The association comes in the middle, is reached, and is asked too."""
    late = hall.phone(LATE)
    page = late.go(f"/t/{hall.world['training']}/exercises")
    look(late)
    page.goto(hall.url + hall.play)
    page.get_by_role("button", name="Улазим у вежбу").click()
    expect(page.locator("#scene-h")).to_be_visible()
    expect(page.locator("#decision-first-hour")).to_be_visible()
    look(late)


def the_clock_stands(hall: Hall, laptop: Visitor) -> None:
    """A pause: nobody can choose, nobody's time runs; then it goes on."""
    console = laptop.page
    console.get_by_role("button", name="Пауза за све").click()
    page = hall.phones["prosecution"].page
    expect(page.locator(".strip--pause")).to_be_visible()
    expect(page.locator("#decision-first-hour button")).to_have_count(0)
    look(hall.phones["prosecution"])
    hall.put_forward(1800)
    console.get_by_role("button", name="Настави:").click()
    expect(page.locator(".strip--pause")).to_have_count(0)
    expect(page.locator("#decision-first-hour").get_by_role("button", name="Потврди избор")).to_be_visible()


def the_server_falls_over(hall: Hall) -> None:
    """In the middle of a vote the server is killed and started again; what was chosen still counts, and phones come back by themselves."""
    hall.restart()
    for role in ("prosecution", LATE):
        choose(hall.phones[role].page, "first-hour", RIGHT["first-hour"])
    for role in ("labour", "police", "social", "prosecution", LATE):
        expect(hall.phones[role].page.locator("#decision-first-hour .eyebrow").first).to_contain_text(
            "Одлучује сто", timeout=20_000
        )
    spread = hall.phones["labour"].page.locator("#decision-first-hour")
    expect(spread).to_contain_text("самостално: 3 одговора")
    expect(spread).to_contain_text("самостално: 2 одговора")
    look(hall.phones["labour"])


def somebody_steps_out(hall: Hall, console: Page) -> None:
    """One press, no reason; another seat covers the role; back with one press."""
    page = hall.phones["prosecution"].page
    page.get_by_role("button", name="Изађи на тренутак").click()
    expect(page.locator("#away-h")).to_be_visible()
    look(hall.phones["prosecution"])
    expect(hall.phones["police"].page.locator("#role-prosecution")).to_be_visible()
    expect(console.locator(".roles")).to_contain_text("изван вежбе")
    page.get_by_role("button", name="Назад за сто").click()
    expect(page.locator("#scene-h")).to_be_visible()


def play_to_the_end(hall: Hall, console: Page) -> None:
    """Everybody chooses what is right; the facilitator goes on when a scene is complete; time passes when it must."""
    for _ in range(150):
        if console.locator(".team").get_by_role("link", name="Разбор").count():
            return
        chosen = False
        for person in hall.phones.values():
            for decision in open_ballots(person):
                choose(person.page, decision, RIGHT[decision])
                chosen = True
        onward = console.locator(".team").get_by_role("button", name="Даље:")
        if onward.count():
            with suppress(TimeoutError):  # what was seen a moment ago may be done already
                onward.first.click(timeout=5_000)
        elif not chosen:
            hall.put_forward(45)
        console.wait_for_timeout(250)
    raise AssertionError(f"the exercise does not end:\n{console.inner_text('main')}")


def look_back(hall: Hall, laptop: Visitor, wall: Visitor) -> None:
    """The end on the wall, the review on a phone, the debrief on the laptop."""
    expect(wall.page.locator(".eyebrow--sim").first).to_contain_text("Крај приче")
    look(wall)
    phone = hall.phones["social"]
    phone.page.get_by_role("link", name="Отвори").click()
    phone.page.wait_for_load_state()
    look(phone)
    laptop.page.locator(".team").get_by_role("link", name="Разбор").click()
    laptop.page.wait_for_load_state()
    look(laptop)
    expect(laptop.page.locator("main")).to_contain_text(CASE.decision["first-hour"].title["sr"])
