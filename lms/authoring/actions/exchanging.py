"""Questions come into a survey of a draft: a file is read, looked at, and confirmed. Nothing is stored before that.

What was read travels in the page that shows it, signed; so there is nothing to be forgotten or swept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from lms.authoring import documents
from lms.authoring.actions import drafting
from lms.authoring.documents import Files, contacts_of
from lms.authoring.editing import Change, print_of
from lms.authoring.exchange.comparing import Comparison, carry_out, compare
from lms.authoring.exchange.questions import records
from lms.authoring.exchange.reading import N_, Reading
from lms.authoring.exchange.settling import Surroundings
from lms.authoring.exchange.uploads import as_plain, from_plain, read_upload
from lms.authoring.models import Draft
from lms.errors import Refused
from lms.limits import count_attempt

MOST_TRIES, A_WHILE = 30, timedelta(minutes=10)
MOST_CARRIED = 700_000  # characters that a page carries along

TOO_MUCH = N_("The file holds too much text for one import. Divide it and import one part after the other.")
GONE = N_("What was read from the file is no longer here. Upload the file again.")
CHANGED = N_("The survey has been changed meanwhile. Look at what would happen now, then confirm again.")


class ChangedMeanwhile(Refused):
    """Somebody has gone on writing since the preview was shown."""


@dataclass(frozen=True)
class Upload:
    """A file as it was read; `seen` is the print of the survey beside which it was shown."""

    name: str
    reading: Reading
    seen: str


def path_of(key: str) -> str:
    """The path of a survey in its pack."""
    return f"surveys/{key}.yaml"


def receive(draft: Draft, key: str, files: Files, content: bytes, *, name: str, language: str) -> Upload:
    """Read a file with questions. Refused (422) with what to do when it is none, (429) when somebody tries too often."""
    count_attempt(f"questions:{drafting.me()}", MOST_TRIES, int(A_WHILE.total_seconds()))
    reading = read_upload(content, language, name)
    upload = Upload(name[:120], reading, print_of(documents.look_up(files, path_of(key))))
    if len(sealed(draft, key, upload)) > MOST_CARRIED:
        raise Refused(TOO_MUCH, 422)
    return upload


def seen_now(files: Files, key: str, upload: Upload) -> Upload:
    """The upload beside the survey as it is now."""
    return replace(upload, seen=print_of(documents.look_up(files, path_of(key))))


def sealed(draft: Draft, key: str, upload: Upload) -> str:
    """An upload as a page carries it: only this server can have written it, for this survey and this person."""
    return _serializer(draft, key).dumps([upload.name, as_plain(upload.reading), upload.seen])


def opened(draft: Draft, key: str, seal: str) -> Upload:
    """The upload that `sealed` wrote down. Refused (404) when it is none."""
    try:
        name, reading, seen = _serializer(draft, key).loads(seal)
    except BadData:
        raise Refused(GONE, 404) from None
    return Upload(name, from_plain(reading), seen)


def _serializer(draft: Draft, key: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=f"questions {draft.id} {key} {drafting.me()}")  # type: ignore[arg-type]


def surroundings(files: Files, survey: Mapping[str, Any]) -> Surroundings:
    """What a question has to fit in this draft."""
    modules = documents.look_up(files, "course.yaml").get("modules")
    sources = documents.look_up(files, "sources.yaml")
    return Surroundings(
        survey,
        [str(module.get("key")) for module in records(modules)],
        [str(source.get("key")) for source in records(sources)],
        contacts_of(files),
    )


def beside(files: Files, key: str, upload: Upload) -> Comparison:
    """What an upload would do to the survey as it is now."""
    survey = documents.look_up(files, path_of(key))
    reading = from_plain(as_plain(upload.reading))  # problems are added to it
    return compare(reading, surroundings(files, survey))


def bring_in(draft: Draft, key: str, files: Files, upload: Upload, choices: Mapping[int, str]) -> tuple[int, int]:
    """Take the questions over as chosen, as one step: how many were added, how many changed.

    Raises ChangedMeanwhile (409); Refused (422) when nothing was chosen or the survey would become too long.
    """
    done = (0, 0)

    def apply(survey: Any) -> list[Change]:
        nonlocal done
        if print_of(survey) != upload.seen:
            raise ChangedMeanwhile(CHANGED)
        changes, *numbers = carry_out(survey, compare(upload.reading, surroundings(files, survey)), choices)
        done = (numbers[0], numbers[1])
        return changes

    drafting.change(draft, path_of(key), apply, "imported")
    return done
