"""What a trainee's pages show."""

from dataclasses import dataclass

from lms.content.course import Course, Text
from lms.content.render import PageSection, RenderedPage, SourceLine
from lms.language import localise

PLATFORMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


@dataclass(frozen=True)
class ModuleLine:
    """A module in the list: its place, title, what it gives, minutes."""

    number: int
    key: str
    title: Text
    summary: Text
    minutes: int


WHOLE = 0  # the "part" that is the whole page


@dataclass(frozen=True)
class Step:
    """Where a reader goes next, or came from: a part of a page."""

    key: str
    part: int
    title: str


@dataclass(frozen=True)
class PageScreen:
    """What is read of a page: one part of a module, or the whole page; and what stands before and after it."""

    number: int  # among the modules; 0: a page of the library
    total: int
    part: int
    sections: tuple[PageSection, ...]
    sources: tuple[SourceLine, ...]
    before: Step | None
    after: Step | None


def module_list(course: Course) -> list[ModuleLine]:
    """The modules in order."""
    return [
        ModuleLine(number, module.key, module.page.title, module.page.summary, module.minutes)
        for number, module in enumerate(course.modules, start=1)
    ]


def page_screen(course: Course, page: RenderedPage, part: int, locale: str) -> PageScreen:
    """The part of a page that is read now. Raises LookupError when the page has no such part."""
    lines = module_list(course)
    number = next((line.number for line in lines if line.key == page.key), 0)
    if part > len(page.sections):
        raise LookupError(f"{page.key} has no part {part}")
    shown = page.sections[part - 1 : part] if part else page.sections
    html = "".join(section.html for section in shown)
    return PageScreen(
        number=number,
        total=len(lines),
        part=part,
        sections=shown,
        sources=tuple(source for source in page.sources if f'#{source.id}"' in html),
        before=Step(page.key, part - 1, page.sections[part - 2].title) if part > 1 else None,
        after=_after(lines, page, number, part, locale),
    )


def _after(lines: list[ModuleLine], page: RenderedPage, number: int, part: int, locale: str) -> Step | None:
    if 0 < part < len(page.sections):
        return Step(page.key, part + 1, page.sections[part].title)
    if 0 < number < len(lines):
        return Step(lines[number].key, 1, localise(lines[number].title, locale))
    return None


def device_label(user_agent: str) -> str:
    """„Android, Chrome”: enough for a person to recognise their own device."""
    platform = next((name for name in PLATFORMS if name in user_agent), "")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return ", ".join(filter(None, (platform.replace("Macintosh", "Mac"), browser)))
