"""PDFs by typst: a template of ours filled with data. Tagged for screen readers (PDF/UA-1).

Imported heavy parts only on first use. A typst compiler must not be shared between threads, so each thread has its own.
"""

import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lms import clock, language

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
FONTS = FOLDER / "fonts"
LARGE = 1_000_000  # bytes
REMEMBERED = 11  # documents: typst keeps what it laid out for the next ten
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufff0-\uffff\ue000-\uf8ff\U000e0000-\U0010ffff]")
_thread = threading.local()


def compile(template: str, data: Mapping[str, Any], title: str, archive: bool = False) -> bytes:
    """The PDF of `templates/<template>.typ`, which reads `data` as `data`, in the language in force.

    `data` goes through JSON, so nothing in it can act as markup; bytes become lists of numbers (`bytes(data.logo)` in the
    template). `title` is the document's title. `archive`: PDF/A-2a as well, for what is kept for years. A letter that our
    fonts lack is taken from the fonts of the server; when those lack it too, the document is made untagged, with a box for
    that letter. Raises typst.TypstError when the template itself is wrong.
    """
    import typst

    standards = ["ua-1", "a-2a"] if archive else ["ua-1"]
    for system_fonts, wanted in ((False, standards), (True, standards), (True, [])):
        try:
            made = _made(template, data, title, system_fonts, format="pdf", pdf_standards=wanted)
            if len(made) > LARGE:
                _let_go()
            return made
        except typst.TypstError as error:
            if "could not be displayed" not in str(error) or not wanted:
                raise
    raise AssertionError("unreachable")


def picture(template: str, data: Mapping[str, Any], title: str, pixels_per_inch: int) -> bytes:
    """The first page of the same as PNG, to look at on a screen."""
    return _made(template, data, title, True, format="png", ppi=pixels_per_inch)


def _made(template: str, data: Mapping[str, Any], title: str, system_fonts: bool, **form: Any) -> bytes:
    values = {
        "data": json.dumps(_printable(dict(data)), default=_plain),
        "title": title,
        "lang": language.current()[:2],
    }
    moment = int(clock.now().timestamp())
    path = TEMPLATES / f"{template}.typ"
    made = _compiler(system_fonts).compile(path, sys_inputs=values, timestamp=moment, **form)
    return bytes(made[0] if isinstance(made, list) else made)


def qr_svg(address: str) -> str:
    """A QR code of `address` as SVG text for page and paper: with its quiet zone, dark on white for every camera."""
    import segno

    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=4, dark="#06222b", light="#ffffff", omitsize=True, svgclass="qr", lineclass=None))


def _let_go() -> None:
    """After a large document typst holds a megabyte a page. Empty documents push that out, in a tenth of a second."""
    for _ in range(REMEMBERED):
        _compiler().compile(TEMPLATES / "nothing.typ", format="pdf")


def _compiler(system_fonts: bool = False) -> Any:
    name = f"compiler_{system_fonts}"
    if not hasattr(_thread, name):
        import typst

        compiler = typst.Compiler(root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=not system_fonts)
        setattr(_thread, name, compiler)
    return getattr(_thread, name)


def _printable(value: Any) -> Any:
    """Without signs that no paper can show and that a tagged PDF must not hold: controls, byte-order marks, private ones."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    """What JSON does not know: bytes as numbers, texts that are translated late as words."""
    return list(value) if isinstance(value, bytes) else str(value)
