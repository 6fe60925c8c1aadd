"""The blocks of a printed document, as the templates `exercise` and `exercise_cards` read them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lms import pdf
from lms.language import gettext as _

Block = dict[str, Any]
Cell = str | Mapping[str, str]


def heading(level: int, text: str) -> Block:
    """A heading; the title of the document is level 1."""
    return {"kind": "heading", "level": level, "text": text}


def paragraph(text: str, small: bool = False, strong: bool = False) -> Block:
    """Words."""
    return {"kind": "paragraph", "text": text, "small": small, "strong": strong}


def paragraphs(text: str) -> list[Block]:
    """A text whose lines are paragraphs."""
    return [paragraph(part.strip()) for part in text.split("\n") if part.strip()]


def voice(text: str) -> Block:
    """What the person says."""
    return {"kind": "voice", "text": f"„{text}”"}


def bullets(items: Iterable[str]) -> Block:
    """A list."""
    return {"kind": "list", "items": list(items)}


def numbers(items: Iterable[str]) -> Block:
    """A numbered list."""
    return {"kind": "numbers", "items": list(items)}


def boxes(items: Iterable[str], columns: int = 1) -> Block:
    """Lines to tick; short ones stand in two columns."""
    return {"kind": "boxes", "items": list(items), "columns": columns}


def lines(count: int, label: str = "") -> Block:
    """Room to write by hand."""
    return {"kind": "lines", "count": count, "label": label}


def box(head: str, texts: Iterable[str], tone: str = "plain") -> Block:
    """A coloured box. `tone`: right, acceptable, harmful, plain, plum."""
    return {"kind": "box", "head": head, "lines": [text for text in texts if text], "tone": tone}


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> Block:
    """A table; `widths` are relative. A cell is a text, or a mapping with text, tone and small."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "widths": list(widths)}


def figures(items: Iterable[tuple[str, str]]) -> Block:
    """Large figures with what they count."""
    return {"kind": "figures", "items": [list(item) for item in items]}


PAGE: Block = {"kind": "page"}


def document(title: str, eyebrow: str, sub: str, blocks: Sequence[Block]) -> bytes:
    """The PDF of a document."""
    data = {"brand": _("Local teams"), "title": title, "eyebrow": eyebrow, "sub": sub, "blocks": list(blocks)}
    return pdf.compile("exercise", data, title=f"{title} – {eyebrow}")


def card(eyebrow: str, title: str, sub: str, blocks: Sequence[Block] = (), corner: str = "") -> Block:
    """A card without a code."""
    return {
        "eyebrow": eyebrow, "title": title, "sub": sub, "corner": corner, "blocks": list(blocks), "code": "", "qr": "",
    }  # fmt: skip


def cards(title: str, made: Sequence[Block], per_page: int) -> bytes:
    """The PDF of cards: 1, 2 or 8 to a page."""
    data = {
        "cards": list(made),
        "per_page": per_page,
        "type_code": _("Point the camera of your phone at the picture, or type the code on the page “Exercises”:"),
        "qr_words": _("QR code that opens the seat"),
    }
    return pdf.compile("exercise_cards", data, title=title)


def case_time(minutes: int) -> str:
    """Case minutes as a clock: 01:25."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def capital(text: str) -> str:
    """The same with a capital first letter."""
    return text[:1].upper() + text[1:]


def labelled(label: str, text: str) -> str:
    """„Label: text”."""
    return f"{label}: {text}"
