"""Text with HTML or Markdown in it as plain text. Says whether it held a picture, which cannot be taken over."""

import re
from html import unescape

import nh3

from lms.authoring.exchange.reading import N_, TOO_LONG, Found, Where, read_text

LONGEST_MARKUP = 20_000  # characters of one text with its markup
PICTURE = N_(
    "This question has a picture or another file. Only words can be taken over: describe it in words, or leave it out."
)

FORMATS = {"html": "html", "markdown": "markdown", "plain": "plain", "plain_text": "plain", "moodle": "auto",
           "moodle_auto_format": "auto"}  # fmt: skip
_TAGS = "a|abbr|b|big|blockquote|br|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|br|h[1-6]|hr|ul|ol|dl|dt|dd|pre|blockquote|table|tr)(?:\s[^<>]*)?/?>|</li\s*>", re.IGNORECASE
)
_MEMBER = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_PICTURE = re.compile(
    r"<(?:img|image|svg|object|embed|video|audio|iframe)\b|@@PLUGINFILE@@|data:[a-z]+/", re.IGNORECASE
)
_MARKDOWN_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(")
_MARKDOWN = (
    (re.compile(r"(?m)^#{1,6} +"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


def read_markup(found: Found, text: str, form: str, where: Where | None = None) -> str:
    """A text of a question without its markup; stops at pictures."""
    if len(text) > LONGEST_MARKUP:
        found.stop(TOO_LONG, where)
        return ""
    words, picture = plain(text, FORMATS.get(form, "auto"))
    if picture:
        found.stop(PICTURE, where)
    return read_text(found, words, where)


def plain(text: str, form: str) -> tuple[str, bool]:
    """(`text` without markup, whether it had a picture). `form` is html, markdown, plain, or auto: HTML if it looks like it."""
    if form == "markdown":
        picture = bool(_MARKDOWN_PICTURE.search(text) or _PICTURE.search(text))
        for pattern, instead in _MARKDOWN:
            text = pattern.sub(instead, text)
        return text, picture
    if form == "html" or (form == "auto" and _TAG.search(text)):
        return _without_tags(text), bool(_PICTURE.search(text))
    return text, False


def _without_tags(html: str) -> str:
    html = " ".join(html.split())  # line ends mean nothing in HTML
    html = _CELL.sub(" ", _MEMBER.sub("\n– ", _BREAK.sub("\n", html)))
    return unescape(nh3.clean(html, tags=set(), clean_content_tags={"script", "style"}))
