"""PDFs by typst: a template of ours filled with data. Tagged for screen readers (PDF/UA-1).

Imported heavy parts only on first use. A typst compiler must not be shared between threads, so each thread has its own.
"""

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lms import clock, language

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
FONTS = FOLDER / "fonts"
_thread = threading.local()


def compile(template: str, data: Mapping[str, Any], title: str) -> bytes:
    """The PDF of `templates/<template>.typ`, which reads `data` as `data`, in the language in force.

    `data` goes through JSON, so nothing in it can act as markup; bytes become lists of numbers (`bytes(data.logo)` in the
    template). `title` is the document's title. A name with a letter that our fonts lack cannot be in a tagged PDF: such a
    document is made untagged, with a box for that letter. Raises typst.TypstError when the template itself is wrong.
    """
    import typst

    values = {"data": json.dumps(dict(data), default=_plain), "title": title, "lang": language.current()[:2]}
    path = TEMPLATES / f"{template}.typ"
    moment = int(clock.now().timestamp())
    try:
        made = _compiler().compile(path, sys_inputs=values, format="pdf", pdf_standards=["ua-1"], timestamp=moment)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        made = _compiler().compile(path, sys_inputs=values, format="pdf", timestamp=moment)
    return bytes(made)


def qr_svg(address: str) -> str:
    """A QR code of `address` as SVG text for page and paper: with its quiet zone, dark on white for every camera."""
    import segno

    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=4, dark="#06222b", light="#ffffff", omitsize=True, svgclass="qr", lineclass=None))


def _compiler() -> Any:
    if not hasattr(_thread, "compiler"):
        import typst

        _thread.compiler = typst.Compiler(root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True)
    return _thread.compiler


def _plain(value: Any) -> Any:
    """What JSON does not know: bytes as numbers, texts that are translated late as words."""
    return list(value) if isinstance(value, bytes) else str(value)
