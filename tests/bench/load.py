"""Load by wrk: requests a second, latency, and whether every answer was a good one."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from statistics import median
from typing import Any

SECONDS = 2
MISSING = "wrk is not installed (Debian: apt-get install wrk); without it nothing can be measured under load."
REPORT = """
done = function(summary, latency, requests)
  io.write(string.format('\\n@{"requests":%d,"seconds":%.3f,"p50":%.3f,"p99":%.3f,"bad":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect))
end
"""
# One person after the other answers one question after the other, each once: `start` is the number of the first answer.
ANSWERS = """
local start, path, cookie, token = {start}, "{path}", "{cookie}", "{token}"
local marks, items, choices = {marks}, {items}, {choices}
local number = start
request = function()
  local person, question = number % #marks, math.floor(number / #marks) % #items + 1
  number = number + 1
  local item = items[question]
  local body = "mark=" .. marks[person + 1] .. "&place=" .. question .. "&version." .. item .. "=0&token." .. item ..
    "=bench" .. number .. "&" .. item .. "=" .. choices[question]
  return wrk.format("POST", path, {{
    ["Content-Type"] = "application/x-www-form-urlencoded", ["X-CSRFToken"] = token, ["HX-Request"] = "true",
    ["Cookie"] = cookie .. string.format("{device}", {first} + person) }}, body)
end
"""


@dataclass(frozen=True)
class Load:
    """What one run under load gave. Latency in milliseconds; `bad` counts answers that were not good ones."""

    rate: float
    p50: float
    p99: float
    requests: int
    bad: int


def installed() -> bool:
    """True when wrk is there."""
    return shutil.which("wrk") is not None


def run(url: str, script: str, connections: int, seconds: float = SECONDS) -> Load:
    """wrk with a script of ours, closed loop, one thread."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + REPORT)
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", file.name, url]
        output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    found = json.loads(output.rsplit("@", 1)[1])
    rate = found["requests"] / found["seconds"]
    return Load(rate, found["p50"], found["p99"], found["requests"], found["bad"])


LIMIT_ANSWER = """
wrk.method, wrk.body = "POST", "item=q01&value=a"
wrk.headers["Content-Type"], wrk.headers["X-CSRFToken"] = "application/x-www-form-urlencoded", "token"
"""


def middle(loads: list[Load]) -> Load:
    """The median of several runs, figure by figure."""
    return Load(
        median(load.rate for load in loads), median(load.p50 for load in loads), median(load.p99 for load in loads),
        sum(load.requests for load in loads), sum(load.bad for load in loads),
    )  # fmt: skip


def page(cookie: str) -> str:
    """The script that reads a page with this cookie."""
    return f'wrk.headers["Cookie"] = "{cookie}"'


def answers(visitor: dict[str, Any], start: int) -> str:
    """The script that answers a test, beginning with answer number `start`; the last respondent is left out."""

    def table(words: list[str]) -> str:
        return "{" + ",".join(f'"{word}"' for word in words) + "}"

    return ANSWERS.format(
        start=start, path=visitor["pages"]["answers"], cookie=visitor["cookie"], token=visitor["token"],
        first=visitor["first"], device=visitor["device"], marks=table(visitor["marks"][:-1]), items=table(visitor["items"]),
        choices=table(visitor["choices"]),
    )  # fmt: skip
