"""Servers that measuring starts and ends: gunicorn on a free port of 127.0.0.1, in a process group of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent.parent
READY_WITHIN = 20.0  # seconds


class Server:
    """`with Server("wsgi:app", environment) as server: …` then `server.url`, `server.started_in` (seconds)."""

    def __init__(
        self, application: str, environment: dict[str, str], workers: int = 2, kind: str = "sync", preload: bool = False,
        threads: int = 8,
    ) -> None:  # fmt: skip
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        many = ["--threads", str(threads), "--worker-connections", str(max(1000, 2 * threads))]
        more = (many if kind == "gthread" else []) + (["--preload"] if preload else [])
        self._command = [
            sys.executable, "-m", "gunicorn", application, "--config", "python:lms.server", "--bind", f"127.0.0.1:{self.port}",
            "--workers", str(workers), "--worker-class", kind, *more, "--no-control-socket", "--log-level", "error",
        ]  # fmt: skip
        self._environment = environment
        self.started_in = 0.0

    def __enter__(self) -> "Server":
        begin = time.perf_counter()
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment, start_new_session=True)
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - begin > READY_WITHIN:
                self.__exit__(None, None, None)
                raise RuntimeError(f"The server did not start: {' '.join(self._command)}")
            time.sleep(0.002)
        self.started_in = time.perf_counter() - begin
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def fetch(self, path: str, cookie: str = "", gzip: bool = False) -> tuple[int, bytes]:
        """Status and body of one page, as it comes over the wire."""
        headers = {"Cookie": cookie} | ({"Accept-Encoding": "gzip"} if gzip else {})
        opener = urllib.request.build_opener(_StayHere)
        try:
            with opener.open(urllib.request.Request(self.url + path, headers=headers), timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()

    def settle(self) -> None:
        """Wait until what wrk left behind is done, so that the next page does not pay for it."""
        give_up = time.perf_counter() + 5
        while time.perf_counter() < give_up:
            begin = time.perf_counter()
            with suppress(OSError):  # not answered in time: not settled yet
                self.fetch("/help")
            if time.perf_counter() - begin < 0.02:
                return

    def memory(self) -> float:
        """Proportional share of memory (PSS) of all its processes, in MiB."""
        total = 0
        for process in _group(self._process.pid):
            try:
                lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            except OSError:  # it has ended meanwhile
                continue
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024

    def processor_time(self) -> float:
        """Seconds that all its processes have computed so far: what a request costs even when the machine is busy."""
        total = 0
        for process in _group(self._process.pid):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                pass
            return self.fetch("/help")[0] in (200, 404)
        except OSError:
            return False


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer too."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _group(leader: int) -> list[int]:
    """The processes of the group that `leader` leads."""
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == leader:
                    members.append(int(entry.name))
            except ProcessLookupError:
                continue
    return members
