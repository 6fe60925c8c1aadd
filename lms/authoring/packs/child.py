"""The process that reads an upload: a zip comes in through standard input, the result goes out as JSON. See `sandbox`.

Run as a file by an interpreter of its own. Limits are set before anything of ours is imported; when everything is imported and before anything
is unpacked, opening is forbidden for good: no file can be read or written and no connection made, whatever the zip contains.
"""

import json
import resource
import sys
from pathlib import Path

LIMITS = {
    resource.RLIMIT_AS: 384 * 2**20,  # bytes of memory, the interpreter included
    resource.RLIMIT_CPU: 8,  # seconds
    resource.RLIMIT_FSIZE: 0,  # bytes in a file
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,  # further processes (only root is not held by this one)
}
MOST_FAULTS = 200
LARGEST_RESULT = 24 * 2**20  # bytes: the largest pack with every line end escaped, and its faults


def main() -> None:
    """Read standard input, write the result."""
    for limit, most in LIMITS.items():
        lower(limit, most)
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from lms.errors import Refused

    try:
        result = _read()
    except Refused as refusal:
        result = {"refused": refusal.message, "values": refusal.values}
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace"))


def _read() -> dict[str, object]:
    """The pack. Raises Refused. First the list of contents is judged, which is arithmetic and needs little; nothing is unpacked before the lock."""
    from lms.authoring.packs.archive import LARGEST_ZIP, entries_of

    content = sys.stdin.buffer.read(LARGEST_ZIP + 1)
    entries = entries_of(content)
    from lms.authoring.packs.reading import read_zip
    from lms.authoring.packs.told import as_plain

    lower(resource.RLIMIT_NOFILE, 0)
    reading = read_zip(content, entries)
    return {
        "files": dict(reading.files),
        "faults": [as_plain(fault) for fault in reading.faults[:MOST_FAULTS]],
        "more_faults": max(0, len(reading.faults) - MOST_FAULTS),
        "ignored": list(reading.ignored),
        "course_key": reading.course_key,
    }


def lower(limit: int, most: int) -> None:
    """Allow no more than `most` from now on; what is forbidden already stays so."""
    hard = resource.getrlimit(limit)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
