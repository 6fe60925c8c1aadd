"""Lighthouse (mobile) on five pages of a fresh demo: python -m tests.bench.lighthouse FOLDER_WITH_LIGHTHOUSE.

Needs Node: `npm install lighthouse@12` in any folder. Prints performance, accessibility, LCP, requests and kilobytes a page.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.browser.conftest import CHROMIUM, ROOT, SWITCHES, free_port, start


def enter(base: str, action: str) -> tuple[str, str]:
    """Press one of the demo's buttons; returns the cookies and the address it leads to."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{base}/demo").read().decode()
    found = re.search(rf'action="({action}[^"]*)"><input type="hidden" name="csrf_token" value="([^"]+)"', page)
    if found is None:
        raise SystemExit(f"no button for {action} in the demo")
    answer = browser.open(base + found[1], urllib.parse.urlencode({"csrf_token": found[2]}).encode())
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar), answer.url.removeprefix(base)


def measure(tool: Path, address: str, cookies: str, folder: Path) -> str:
    """One line of results for one page."""
    headers, result = folder / "headers.json", folder / "result.json"
    headers.write_text(json.dumps({"Cookie": cookies}))
    command = [
        tool / "node_modules/.bin/lighthouse", address, "--quiet", f"--extra-headers={headers}", "--only-categories=performance,accessibility",
        "--output=json", f"--output-path={result}", f"--chrome-flags=--headless {' '.join(SWITCHES)}",
    ]  # fmt: skip
    subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": str(CHROMIUM)})
    report = json.loads(result.read_text())
    score = {name: round(category["score"] * 100) for name, category in report["categories"].items()}
    audits = report["audits"]
    requests = len(audits["network-requests"]["details"]["items"])
    return (
        f"performance {score['performance']:>3}  accessibility {score['accessibility']:>3}  "
        f"LCP {audits['largest-contentful-paint']['numericValue'] / 1000:.2f} s  {requests} requests  "
        f"{audits['total-byte-weight']['numericValue'] / 1024:.0f} KB"
    )


def main(tool: Path) -> None:
    """Serve a fresh demo and measure."""
    with tempfile.TemporaryDirectory() as data:
        flask = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "demo", "load"]
        subprocess.run(flask, cwd=ROOT, env=os.environ | {"DATA_DIR": data}, check=True)
        port = free_port()
        server = start(Path(data), port)
        base = f"http://127.0.0.1:{port}"
        try:
            trainee, home = enter(base, "/demo/join/")
            office, _first = enter(base, "/demo/sign-in/office")
            pages = {
                "join": ("/", ""), "home": (home, trainee), "module": (f"{home}/pages/m2?part=1", trainee),
                "question": (f"{home}/surveys/knowledge/pre/1", trainee), "report": ("/reports/1", office),
            }  # fmt: skip
            for name, (path, cookies) in pages.items():
                print(f"{name:<10}{measure(tool, base + path, cookies, Path(data))}", flush=True)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
