"""Starts the process that reads an upload, waits no longer than it may take, and takes no more from it than a result can be."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import Any

from lms.authoring.packs import child
from lms.authoring.packs.reading import Reading
from lms.authoring.packs.told import as_fault
from lms.content.faults import N_
from lms.errors import Refused

LONGEST = 10  # seconds from start to end
AT_ONCE = 2  # uploads that one server process has read at the same time
_places = BoundedSemaphore(AT_ONCE)
# A fresh interpreter, without the environment, the user's own packages and the current folder; it writes no compiled files.
_COMMAND = (sys.executable, "-I", "-B", str(Path(child.__file__).resolve()))


def read_upload(content: bytes) -> Reading:
    """The pack in the zip `content`, read by a process of its own. Raises Refused with what to do."""
    if not _places.acquire(timeout=LONGEST):
        raise Refused("Other packs are being read just now. Wait a minute and send it again.", 429)
    try:
        answer = _ask(content)
    finally:
        _places.release()
    result = _result(answer)
    if "refused" in result:
        message = result["refused"]
        raise Refused(message, 422, **result["values"])
    return _reading(result)


def _ask(content: bytes) -> bytes:
    """What the child writes; nothing when it was stopped."""
    process = subprocess.Popen(
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
        start_new_session=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    alarm = Timer(LONGEST, process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        try:
            with process.stdin:
                process.stdin.write(content)
        except BrokenPipeError:
            pass  # it has ended before it had read everything; what it wrote says why, or that it was stopped
        answer = process.stdout.read(child.LARGEST_RESULT + 1)
    finally:
        process.kill()  # it has nothing more to say
        process.stdout.close()
        process.wait()
        alarm.cancel()
    return answer


def _result(answer: bytes) -> dict[str, Any]:
    try:
        result = json.loads(answer) if len(answer) <= child.LARGEST_RESULT else None
    except ValueError:
        result = None
    if not isinstance(result, dict):
        message = N_(
            "This pack takes too long to read or needs too much memory, so it was stopped. Divide what is very large in it."
        )
        raise Refused(message, 422)
    return result


def _reading(result: dict[str, Any]) -> Reading:
    faults = tuple(map(as_fault, result["faults"]))
    return Reading(result["files"], faults, tuple(result["ignored"]), result["course_key"], result["more_faults"])
