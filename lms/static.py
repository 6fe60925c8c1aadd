"""Static files: one address per content, kept by browsers for a year, compressed once."""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request

from lms.access import allow, anyone

blueprint = Blueprint("files", __name__)
COMPRESSIBLE = {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/plain"}
YEAR = 31536000


@lru_cache(maxsize=1)
def build(folder: str) -> str:
    """Twelve hex digits that change when any static file changes."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """The address of a static file: /static/<build>/css/app.css."""
    return f"/static/{build(current_app.static_folder or '')}/{path}"


EVERY_PAGE = "js/every-page.js"  # htmx and the files of js/every-page/, in one request


@lru_cache(maxsize=256)
def _load(folder: str, path: str) -> tuple[str, bytes, bytes | None] | None:
    root = Path(folder).resolve()
    file = (root / path).resolve()
    if path == EVERY_PAGE:
        parts = [*root.glob("vendor/htmx-*.js"), *sorted(root.glob("js/every-page/*.js"))]
        body = b"\n;".join(part.read_bytes() for part in parts)
    elif root in file.parents and file.is_file():
        body = file.read_bytes()
    else:
        return None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return kind, body, gzip.compress(body, 9) if kind in COMPRESSIBLE else None


@blueprint.get("/static/<version>/<path:path>")
@allow(anyone)
def static_file(version: str, path: str) -> Response:
    """A static file. Only the current build's address may be kept for a year."""
    folder = current_app.static_folder or ""
    try:
        loaded = _load(folder, path)
    except (OSError, ValueError):  # no file can have such a name
        loaded = None
    if loaded is None:
        abort(404)
    kind, body, compressed = loaded
    packed = compressed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(compressed if packed else body, content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if version == build(folder) else "no-cache"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/favicon.ico")
@allow(anyone)
def favicon() -> Response:
    """Browsers ask for it by habit."""
    return static_file(build(current_app.static_folder or ""), "img/mark.svg")
