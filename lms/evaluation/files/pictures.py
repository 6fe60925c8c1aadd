"""A chart as a file of its own."""

import threading
from typing import Any

from lms.pdf import FONTS, TEMPLATES

PIXELS_PER_INCH = 144  # twice what screens were once thought to have
_thread = threading.local()


def png(svg: str) -> bytes:
    """The chart as PNG, twice its size in pixels, on white, with our fonts."""
    return bytes(
        _compiler().compile(TEMPLATES / "chart.typ", sys_inputs={"svg": svg}, format="png", ppi=PIXELS_PER_INCH)
    )


def _compiler() -> Any:
    """A compiler cannot be shared between threads."""
    if not hasattr(_thread, "compiler"):
        import typst

        _thread.compiler = typst.Compiler(root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True)
    return _thread.compiler
