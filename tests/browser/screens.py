"""`make screens`: photographs every screen of the demo, on a phone and on a laptop, in light and dark.

Usage: python -m tests.browser.screens FOLDER. Files are named <screen>-<phone|laptop>[-dark].png; docs/screens/README.md lists them.
"""

import io
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, LAPTOP, PHONE, ROOT, SWITCHES, free_port, start

SIZES = {"phone": PHONE, "laptop": LAPTOP}
TODAY, PAST, DRAFT = "{today}", "{past}", "/drafts/{draft}"
NIGHT = f"{DRAFT}/files/cases/night-shift.yaml"
NIGHT_SHIFT = f"{DRAFT}/cases/night-shift"
SCREENS: dict[str, list[tuple[str, str]]] = {
    "": [("start", "/"), ("sign-in", "/sign-in"), ("resume", "/resume"), ("privacy", "/privacy"), ("help", "/help"), ("certificate-check", "/c"), ("demo", "/demo"), ("not-found", "/nothing-here")],
    "trainee": [
        ("home", f"/t/{TODAY}"), ("modules", f"/t/{TODAY}/modules"), ("module", f"/t/{TODAY}/pages/m2?part=4"), ("procedure", f"/t/{TODAY}/pages/procedure"),
        ("glossary", f"/t/{TODAY}/pages/glossary"), ("pre-test", f"/t/{TODAY}/surveys/knowledge/pre"), ("question", f"/t/{TODAY}/surveys/knowledge/pre/1"),
        ("before-sending", f"/t/{TODAY}/surveys/knowledge/pre/summary"), ("attendance", f"/t/{TODAY}/here"), ("about-me", f"/t/{TODAY}/me"), ("search", f"/t/{TODAY}/search?q=dete"),
    ],
    "trainer": [
        ("trainings", "/trainings"), ("new-training", "/trainings/new"), ("dashboard", f"/trainings/{TODAY}"), ("programme", f"/trainings/{TODAY}/programme"),
        ("participants", f"/trainings/{TODAY}/participants"), ("roster", f"/trainings/{TODAY}/roster"), ("attendance-staff", f"/trainings/{TODAY}/attendance"),
        ("surveys", f"/trainings/{TODAY}/surveys"), ("teams-invited", f"/trainings/{TODAY}/teams"), ("partners", f"/trainings/{TODAY}/partners"),
        ("printing", f"/trainings/{TODAY}/print"), ("settings", f"/trainings/{TODAY}/settings"), ("wall", f"/trainings/{TODAY}/wall"), ("courses", "/courses"),
        ("exercises", f"/trainings/{TODAY}/exercises"), ("console", f"/trainings/{TODAY}/exercises/console"), ("debrief", "{debrief}"), ("exercise-wall", "{wall}"),
    ],
    "author": [
        ("drafts", "/drafts"), ("draft", DRAFT), ("sketch", f"{DRAFT}/sketch"), ("editor-case", f"{NIGHT}?at=stages[signal]"), ("editor-decision", f"{NIGHT}?at=stages[signal].decisions[first-hour]"),
        ("editor-role", f"{NIGHT}?at=roles[police]"), ("editor-page", f"{DRAFT}/files/pages/m1?at=blocks"), ("editor-question", f"{DRAFT}/files/surveys/knowledge.yaml?at=items[q01]"),
        ("editor-programme", f"{DRAFT}/files/course.yaml?at=programme[%230]"), ("case-map", f"{NIGHT_SHIFT}/map"), ("roles-by-scenes", f"{NIGHT_SHIFT}/matrix/roles"),
        ("steps-by-scenes", f"{NIGHT_SHIFT}/matrix/steps"), ("what-a-role-sees", f"{NIGHT_SHIFT}/sees"), ("try-a-case", f"{NIGHT_SHIFT}/play"), ("every-path", f"{NIGHT_SHIFT}/explore"),
        ("questions-in-and-out", f"{DRAFT}/surveys/knowledge/exchange"), ("as-on-a-phone", f"{DRAFT}/surveys/knowledge/preview"), ("import-a-course", "/drafts/import"),
        ("who-changed-what", f"{DRAFT}/steps"), ("publish", f"{DRAFT}/publish"),
    ],
    "office": [("overview", "/overview"), ("teams", "/teams"), ("reports", "/reports"), ("report", "/reports/1"), ("findings", f"/trainings/{PAST}/findings")],
    "administrator": [("people", "/staff"), ("audit", "/staff/audit"), ("account", "/account")],
}  # fmt: skip
DARK = {
    "start",
    "home",
    "question",
    "module",
    "dashboard",
    "report",
    "overview",
    "console",
    "debrief",
    "editor-decision",
    "case-map",
    "editor-page",
}


def photograph(page: Page, file: Path) -> None:
    """One screen as a small PNG of at most 128 colours."""
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)


def enter(page: Page, base: str, role: str) -> None:
    """Become somebody, by the demo's one-press buttons."""
    if role:
        page.goto(f"{base}/demo")
        action = "form[action^='/demo/join/']" if role == "trainee" else f"form[action='/demo/sign-in/{role}']"
        page.locator(f"{action} button").first.click()
        page.wait_for_load_state()


def today(page: Page, base: str) -> str:
    """The number of the training that goes on in the demo."""
    enter(page, base, "trainee")
    return page.url.rsplit("/", 1)[1]


def a_draft(page: Page, base: str) -> str:
    """The number of a draft of the course, with one step in it."""
    enter(page, base, "author")
    page.goto(f"{base}/drafts")
    page.locator("button[name=course][value=sop-two-day]").click()
    page.wait_for_load_state()
    address = page.url
    page.goto(f"{address}/files/cases/night-shift.yaml")
    page.locator('[name="summary.sr"]').fill(
        "Погон ради ноћу, а кревета је више него пријављених радника. Два града, једна ноћ."
    )
    page.locator("#form .ed__foot .btn").first.click()
    page.wait_for_load_state()
    return address.rsplit("/", 1)[1]


def of_exercises(page: Page, base: str, training: str) -> dict[str, str]:
    """Where the debrief and the wall of an exercise of the demo are."""
    enter(page, base, "trainer")
    found = {}
    for path in (f"/trainings/{training}/exercises", f"/trainings/{training}/exercises/console"):
        page.goto(base + path)
        for address in page.eval_on_selector_all("main a[href]", "all => all.map(one => one.getAttribute('href'))"):
            for name, part in (("debrief", "/debrief"), ("wall", "/wall/")):
                if part in address and not address.endswith(".pdf"):
                    found.setdefault(name, address)
    return found


def all_screens(browser: Browser, base: str, folder: Path) -> list[str]:
    """Photograph everything; returns the names in order."""
    places = {
        "today": today(browser.new_page(), base),
        "past": "1",
        "draft": a_draft(browser.new_context().new_page(), base),
    }
    places |= of_exercises(browser.new_context().new_page(), base, places["today"])
    for role, screens in SCREENS.items():
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport=viewport, color_scheme=scheme, reduced_motion="reduce", locale="sr-RS"
                )
                page = context.new_page()
                enter(page, base, role)
                for name, path in screens:
                    if scheme == "light" or name in DARK:
                        page.goto(base + path.format(**places), wait_until="networkidle")
                        photograph(page, folder / f"{name}-{size}{'-dark' if scheme == 'dark' else ''}.png")
                context.close()
    return [name for screens in SCREENS.values() for name, _path in screens]


def main(folder: Path) -> None:
    """Load a fresh demo, serve it, photograph it, write the list."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        flask = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "demo", "load"]
        subprocess.run(flask, cwd=ROOT, env=os.environ | {"DATA_DIR": data}, check=True)
        port = free_port()
        server = start(Path(data), port)
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            names = all_screens(browser, f"http://127.0.0.1:{port}", folder)
            browser.close()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    rows = [f"| {name} | [phone]({name}-phone.png) | [laptop]({name}-laptop.png) |" for name in names]
    text = "# Screens\n\nMade by `make screens` from the demo; the names and answers in them are invented.\n\n| screen | phone | laptop |\n|---|---|---|\n"
    (folder / "README.md").write_text(text + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
