"""T16: hostile packs by the hundred. Each is refused in time and memory, nothing of it stays, and the server goes on answering."""

import io
import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.authoring.models import Draft, DraftFile, PendingImport
from lms.authoring.packs import child
from lms.authoring.packs.sandbox import LONGEST, read_upload
from lms.authoring.packs.writing import zipped
from lms.content.models import CourseVersion
from lms.errors import Refused
from lms.extensions import db
from tests.builders import an_account, sign_in
from tests.security.hostile_packs import FILES, KINDS

MOST_MEMORY = 512 * 1024  # KB
ROOT = Path(__file__).parents[2]


def _tried(pack: tuple[str, int, bytes]) -> str:
    """What is wrong with how a pack was received; nothing when it was refused in time."""
    kind, number, content = pack
    began = time.monotonic()
    try:
        reading = read_upload(content)
        refused = not reading.files and any(not fault.warning for fault in reading.faults)
    except Refused as refusal:
        refused = bool(refusal.message % refusal.values)
    took = time.monotonic() - began
    if refused and took < LONGEST + 1:
        return ""
    return f"{kind}, number {number}: {'refused' if refused else 'TAKEN'} after {took:.1f} s"


def try_all() -> None:
    """Send every hostile pack, two at a time, and print what was wrong, how many they were, and the most memory a reader took.

    In a process of its own: a new process counts what the one that begot it held, and that of all tests holds much.
    """
    packs = ((kind, number, content) for kind, made in KINDS.items() for number, content in enumerate(made()))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(_tried, packs))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"wrong": [wrong for wrong in found if wrong], "sent": len(found), "peak": peak}))


@pytest.mark.slow
def test_t16_two_hundred_hostile_packs_are_refused_each_in_time_and_memory() -> None:
    command = [sys.executable, "-c", "from tests.security.test_t16_packs import try_all; try_all()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True)
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert len(KINDS) >= 20
    assert told["sent"] >= 200
    assert told["peak"] <= MOST_MEMORY


def test_t16_whoever_reads_a_pack_knows_neither_web_server_nor_database() -> None:
    code = "import sys, lms.authoring.packs.reading, lms.authoring.packs.told; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"flask", "sqlalchemy", "jinja2", "werkzeug"} & set(done.stdout.split())


def test_t16_a_pack_in_order_is_taken_so_the_refusals_mean_something() -> None:
    reading = read_upload(zipped({path: content.decode() for path, content in FILES.items()}, "small"))
    assert len(reading.files) == len(FILES)


PROBE = """
import os, resource, socket, sys
sys.path.insert(0, {root!r})
from lms.authoring.packs import child
for limit, most in child.LIMITS.items():
    child.lower(limit, most)
child.lower(resource.RLIMIT_NOFILE, 0)
def attempt(what):
    try:
        what()
        return "done"
    except (OSError, MemoryError) as error:
        return type(error).__name__
sys.stdout.write(" ".join([
    attempt(lambda: open({file!r}, "w")), attempt(lambda: open("/etc/passwd")), attempt(socket.socket), attempt(os.pipe),
    attempt(lambda: os.dup(1)), attempt(lambda: bytearray(400 * 2**20)),
    attempt(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))) if os.getuid() else "ValueError",
]))
"""


def test_t16_whoever_reads_a_pack_can_open_neither_file_nor_connection_and_cannot_grow(tmp_path: Path) -> None:
    root = str(Path(child.__file__).parents[3])
    code = PROBE.format(root=root, file=str(tmp_path / "left-behind"))
    done = subprocess.run([sys.executable, "-I", "-B", "-c", code], capture_output=True, text=True, env={})
    assert done.stdout.split() == ["OSError"] * 5 + ["MemoryError", "ValueError"], done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_t16_one_of_each_kind_through_the_page_leaves_nothing_and_the_server_answers(app: Flask) -> None:
    client = sign_in(app.test_client(), an_account("author"))
    client.set_cookie("language", "en")
    files = _files_under(app.config["DATA_DIR"])
    for number, (kind, made) in enumerate(KINDS.items()):
        if number % 25 == 0:
            db.session.execute(sa.text("DELETE FROM attempts"))
            db.session.commit()
        content = next(iter(made()))
        answer = client.post("/drafts/import", data={"pack": (io.BytesIO(content), "../../evil.zip")})
        assert answer.status_code in (413, 422), kind
        assert "script>alert" not in answer.text
        assert client.get("/drafts/import").status_code == 200
    db.session.rollback()
    for model in (PendingImport, Draft, DraftFile, CourseVersion):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
    assert _files_under(app.config["DATA_DIR"]) - files == set()


def _files_under(folder: Path) -> set[str]:
    """Every file of ours, without the database's own."""
    return {str(path) for path in folder.rglob("*") if path.is_file() and ".db" not in path.name}
