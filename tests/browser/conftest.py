"""A real server with the demo, a real Chromium, and the checks that every page must pass."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A slow machine is no fault of a page; where quickness is the point, the test says so.
expect.set_options(timeout=15_000)
PHONE, LAPTOP, NARROW = {"width": 390, "height": 844}, {"width": 1366, "height": 860}, {"width": 320, "height": 640}


@dataclass
class Server:
    """The running server and where its data lies."""

    url: str
    data: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, port: int, application: str = "wsgi:app") -> subprocess.Popen[bytes]:
    """gunicorn as `make run` starts it, on `port`, with its data in `data`."""
    environment = os.environ | {"DATA_DIR": str(data)}
    binaries = Path(sys.executable).parent
    command = [binaries / "gunicorn", application, "--config", "python:lms.server", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "128", "--no-control-socket", "--log-level", "warning"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return process
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("the server did not come up")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, freshly loaded, served."""
    data = tmp_path_factory.mktemp("browser")
    flask = [Path(sys.executable).parent / "flask", "--app", "wsgi"]
    environment = os.environ | {"DATA_DIR": str(data)}
    subprocess.run([*flask, "translations", "compile"], cwd=ROOT, env=environment, check=True)
    subprocess.run([*flask, "demo", "load"], cwd=ROOT, env=environment, check=True)
    port = free_port()
    process = start(data, port)
    yield Server(f"http://127.0.0.1:{port}", data)
    process.send_signal(signal.SIGTERM)
    process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person with one device; keeps everything that goes wrong on it."""

    context: BrowserContext
    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open `path` on this site."""
        self.page.goto(self.base + path)
        return self.page

    def press(self, name: str, role: str = "button") -> None:
        """Press the button (or follow the link) with this name."""
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state("networkidle")

    def check(self, axe: bool = True) -> None:
        """axe finds nothing, nothing scrolls sideways, nothing was blocked, loaded from elsewhere or broken."""
        self.page.wait_for_load_state()
        assert not self.wrong, "\n".join(self.wrong)
        wide, here = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= here, f"{self.page.url} is {wide} px wide on a screen of {here} px"
        if not axe:
            return
        self.page.evaluate(AXE.read_text())
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = self.page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", tags)
        told = [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])}×)" for v in found]
        assert not told, f"{self.page.url}\n" + "\n".join(told)


def visitor(chromium: Browser, base: str, size: dict[str, int], **options: Any) -> Visitor:
    """A new device. Every console error, failed request, CSP violation and foreign address is noted."""
    context = chromium.new_context(viewport=size, reduced_motion="reduce", locale="sr-RS", timezone_id="Europe/Belgrade", bypass_csp=False, **options)  # fmt: skip
    if options.get("java_script_enabled", True):
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
    page = context.new_page()
    person = Visitor(context, page, base)
    page.on("console", lambda m: person.wrong.append(f"console: {m.text} at {page.url}") if m.type == "error" and "422" not in m.text and "409" not in m.text and "ERR_INTERNET_DISCONNECTED" not in m.text else None)  # fmt: skip
    page.on("pageerror", lambda e: person.wrong.append(f"script: {e} at {page.url}"))
    page.on(
        "request",
        lambda r: person.wrong.append(f"foreign: {r.url}") if not r.url.startswith((base, "data:", "blob:")) else None,
    )
    page.on("response", lambda r: person.wrong.append(f"{r.status}: {r.url}") if r.status >= 500 else None)
    return person


@pytest.fixture
def phone(chromium: Browser, server: Server) -> Iterator[Visitor]:
    """A trainee's phone."""
    person = visitor(chromium, server.url, PHONE, has_touch=True)
    yield person
    person.context.close()


@pytest.fixture
def laptop(chromium: Browser, server: Server) -> Iterator[Visitor]:
    """A trainer's laptop."""
    person = visitor(chromium, server.url, LAPTOP)
    yield person
    person.context.close()
