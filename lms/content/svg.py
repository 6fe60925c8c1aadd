"""Figures: drawings of a few harmless elements, put into the page itself so that they follow its colours."""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from lms.content.faults import N_, Fault, fault_at

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    *("svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "marker", "linearGradient", "radialGradient", "stop", "clipPath", "use", "symbol", "pattern"),
}
ATTRIBUTES = {
    *("id", "class", "role", "lang", "viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2"),
    *("y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "d", "points", "transform", "opacity", "fill", "fill-opacity"),
    *("fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "rotate"),
    *("stroke-dasharray", "stroke-dashoffset", "font-family", "font-size", "font-weight", "font-style", "text-anchor"),
    *("dominant-baseline", "letter-spacing", "textLength", "lengthAdjust", "marker-start", "marker-mid", "marker-end"),
    *("markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient", "offset", "stop-color", "stop-opacity"),
    *("gradientUnits", "gradientTransform", "clip-path", "clip-rule", "clipPathUnits", "patternUnits", "href"),
    *("patternTransform", "fx", "fy", "spreadMethod", "vector-effect", "paint-order", "aria-hidden"),
}
MOST_ELEMENTS = 2000
LARGEST_SIDE = 10_000  # units of the viewBox
_OWN_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_TAG = re.compile(r"<[^<>]*>")
_DECLARATION = re.compile(r"<!(?!--)|<\?(?!xml\s)")


_SAVE_ANEW = N_("Save it anew from the drawing program as plain SVG.")


def problems(text: str, file: str = "") -> Iterator[Fault]:
    """What is unsafe or unusable in a figure."""
    if found := _DECLARATION.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = N_("The drawing starts with a declaration that does not belong to it.")
        syntax = "no DOCTYPE, ENTITY or stylesheet; a figure starts with <svg"
        yield fault_at(file, line, message, _SAVE_ANEW, syntax)
        return
    try:
        root = ET.fromstring(text)  # noqa: S314 - declarations, which entities need, were refused above
    except ET.ParseError as error:
        message = N_("The drawing cannot be read.")
        yield fault_at(file, error.position[0], message, _SAVE_ANEW, "not well-formed XML: %(error)s", error=str(error))
        return
    elements = list(root.iter())
    yield from _size_problems(root, file)
    if len(elements) > MOST_ELEMENTS:
        message, advice = N_("The drawing has too many parts: %(count)s."), N_("Simplify it to at most %(most)s.")
        yield fault_at(file, 1, message, advice, count=len(elements), most=MOST_ELEMENTS)
    for element in elements:
        for fault in _element_problems(element):
            yield replace(fault, file=file, line=_line_of(text, element))


def _size_problems(root: ET.Element, file: str) -> Iterator[Fault]:
    number = r"-?(?:\d+\.?\d*|\.\d+)"
    view = re.fullmatch(rf"\s*{number}[\s,]+{number}[\s,]+({number})[\s,]+({number})\s*", root.get("viewBox", ""))
    if root.tag != f"{SVG}svg" or not view:
        message = N_("The drawing does not say how large it is.")
        syntax = 'start with <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 … …">'
        yield fault_at(file, 1, message, _SAVE_ANEW, syntax)
    elif not all(0 < float(side) <= LARGEST_SIDE for side in view.groups()):
        message, advice = (
            N_("The drawing is %(sides)s units large."),
            N_("Draw it with sides from 1 to %(most)s units."),
        )
        yield fault_at(file, 1, message, advice, "the viewBox", sides=" × ".join(view.groups()), most=LARGEST_SIDE)


def _element_problems(element: ET.Element) -> Iterator[Fault]:
    name = f"<{_local(element.tag)}>"
    if _local(element.tag) not in ELEMENTS or not str(element.tag).startswith(SVG):
        message = N_("The drawing has a part that is not allowed: %(part)s")
        advice = N_("Remove it; a drawing has only plain shapes and text.")
        yield fault_at("", 1, message, advice, part=name)
        return
    for attribute, value in element.attrib.items():
        short = _local(attribute)
        if short not in ATTRIBUTES:
            message = N_("A part of the drawing has a property that is not allowed: %(property)s, %(part)s")
            syntax = "use attributes such as fill and the classes fig-…"
            yield fault_at("", 1, message, N_("Remove it."), syntax, property=short, part=name)
        elif _points_outside(short, value):
            message = N_("The drawing takes something from outside: %(address)s")
            advice = N_("Remove it; a drawing may use only its own parts.")
            yield fault_at("", 1, message, advice, "#name", address=value[:60])


def _points_outside(attribute: str, value: str) -> bool:
    if attribute == "href":
        return not re.fullmatch(r"#[\w-]+", value)
    rest = _OWN_REFERENCE.sub("", value).lower()
    return "url" in rest or "\\" in rest or "script:" in rest


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _line_of(text: str, element: ET.Element) -> int:
    """About where `element` stands: the first place with its name (the parser does not keep lines)."""
    found = re.search(rf"<(?:\w+:)?{re.escape(_local(element.tag))}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def words_of(text: str) -> str:
    """What can be read in a drawing, each word on its line of the file."""
    return _TAG.sub(lambda tag: " " + "\n" * tag[0].count("\n"), text)


def inline(text: str, alt: str, prefix: str) -> Markup:
    """The figure as a part of a page: an image that says `alt`, its own names made unique by `prefix`.

    Raises ValueError for a figure with problems: nothing unchecked is ever printed.
    """
    if found := next(problems(text), None):
        raise ValueError(str(found))
    root = ET.fromstring(text)  # noqa: S314 - as above
    for element in root.iter():
        element.tag = _local(element.tag)
        element.attrib = {_local(name): _renamed(_local(name), value, prefix) for name, value in element.attrib.items()}
    attributes = {"class": f"fig {root.get('class', '')}".strip(), "viewBox": root.get("viewBox", ""), "role": "img"}
    root.attrib = attributes | {"aria-label": alt}
    drawing = "".join(ET.tostring(child, encoding="unicode") for child in root)
    opening = " ".join(f'{name}="{escape(value)}"' for name, value in root.attrib.items())
    return Markup(f"<svg {opening}>{drawing}</svg>")  # noqa: S704 - only elements and attributes of the lists above


def _renamed(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href":
        return f"#{prefix}-{value[1:]}"
    return _OWN_REFERENCE.sub(rf"url(#{prefix}-\1)", value)
