"""What tests of the editor begin from: a draft of the small course with the small case, and who writes it."""

from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient

from lms.authoring import documents
from lms.authoring.actions.drafting import start_draft
from lms.authoring.models import Draft
from lms.authoring.queries import file_of_draft
from lms.content.addresses import value_at
from lms.content.files import read_folder
from lms.content.formatting import format_files
from lms.extensions import db
from tests.builders import CASE, COURSE, an_account, sign_in

CASE_PATH = "cases/small.yaml"


def small_files() -> dict[str, str]:
    """The small course with the small case in it."""
    files = read_folder(COURSE)
    files[CASE_PATH] = CASE.read_text()
    files["course.yaml"] += "cases:\n  - small\n"
    return format_files(files)


def a_draft(key: str = "small", files: dict[str, str] | None = None) -> Draft:
    """A draft of the small course."""
    return start_draft(key, files or small_files())


def an_author(client: FlaskClient, name: str = "Ана Аутор", *roles: str) -> FlaskClient:
    """`client` becomes the browser of somebody who writes."""
    return sign_in(client, an_account(*(roles or ("author",)), name=name))


def document_of(draft: Draft, path: str = CASE_PATH) -> Any:
    """A document of the draft as it is stored now."""
    db.session.rollback()
    texts = {file: file_of_draft(draft, file) for file in documents.files_of(path)}
    return documents.read({file: text for file, text in texts.items() if text is not None}, path)


def stored(draft: Draft, address: str, path: str = CASE_PATH) -> Any:
    """What is stored at an address now."""
    return value_at(document_of(draft, path), address)


def address_of(draft: Draft, at: str = "", path: str = CASE_PATH) -> str:
    """The address of the editor."""
    return f"/drafts/{draft.id}/files/{path}" + (f"?at={quote(at)}" if at else "")
