"""`flask translations …`: Serbian Cyrillic is written by hand in lms/translations/sr/*.po, one file a room; Latin is derived."""

import io
import os
from pathlib import Path
from typing import Any

import click

from lms.serbian import to_latin

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "lms" / "translations"
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "N_": None, "Refused": None, "ngettext": (1, 2)}


def read_catalogue() -> Any:
    """All sr/*.po files as one catalogue. Raises ValueError when two files disagree about a message."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    merged = Catalog(locale="sr", domain="messages")
    for path in sorted((FOLDER / "sr").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="sr"):
                known = merged.get(message.id) if message.id else None
                if known and known.string != message.string:
                    raise ValueError(f"{path.name}: «{message.id}» is translated differently in another file")
                if message.id:
                    merged.add(message.id, message.string, flags=message.flags)
    return merged


def used_messages() -> dict[Any, list[str]]:
    """Every message that code or templates use, with the places that use it."""
    from babel.messages.extract import extract_from_file
    from jinja2.ext import babel_extract

    found: dict[Any, list[str]] = {}
    options = {"extensions": "jinja2.ext.i18n", "trimmed": "true"}
    sources: list[tuple[Path, Any]] = [(path, "python") for path in sorted((ROOT / "lms").rglob("*.py"))]
    sources += [(path, babel_extract) for path in sorted((ROOT / "templates").rglob("*.html"))]
    for path, method in sources:
        for line, message, *_rest in extract_from_file(method, str(path), KEYWORDS, options=options):
            key = tuple(message[:2]) if isinstance(message, tuple) and len(message) > 1 and message[1] else message
            key = key[0] if isinstance(key, tuple) and len(key) == 1 else key
            found.setdefault(key, []).append(f"{path.relative_to(ROOT)}:{line}")
    return found


def compile_all() -> None:
    """Write messages.mo for Serbian Cyrillic and for the derived Latin."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    cyrillic = read_catalogue()
    latin = Catalog(locale="sr_Latn", domain="messages")
    for message in cyrillic:
        if message.id:
            text = message.string
            derived = tuple(map(to_latin, text)) if isinstance(text, tuple | list) else to_latin(text)
            latin.add(message.id, derived, flags=message.flags)
    for name, catalogue in (("sr", cyrillic), ("sr_Latn", latin)):
        folder = FOLDER / name / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        fresh = folder / f"messages.{os.getpid()}"
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(folder / "messages.mo")  # whole at any moment: others may be reading


@click.group()
def translations() -> None:
    """The interface texts in Serbian."""


@translations.command("compile")
def compile_command() -> None:
    """Compile the catalogues (`make install` does it too)."""
    compile_all()


@translations.command()
def check() -> None:
    """List messages without a translation and translations without a use; exit 1 if there are any."""
    catalogue = {message.id: message for message in read_catalogue() if message.id}
    used = used_messages()
    missing = [key for key in used if key not in catalogue or not catalogue[key].string]
    unused = [key for key in catalogue if key not in used]
    for key in missing:
        click.echo(f"not translated: {key!r} ({used[key][0]})")
    for key in unused:
        click.echo(f"not used: {key!r}")
    if missing or unused:
        raise SystemExit(1)
