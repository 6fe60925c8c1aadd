"""What a trainee's pages show."""

from dataclasses import dataclass

from lms.content.course import Course, Text

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


@dataclass(frozen=True)
class PageScreen:
    """Where a page stands: the number among the modules (0: library), and its neighbours."""

    number: int
    total: int
    before: ModuleLine | None
    after: ModuleLine | None


def module_list(course: Course) -> list[ModuleLine]:
    """The modules in order."""
    return [
        ModuleLine(number, module.key, module.page.title, module.page.summary, module.minutes)
        for number, module in enumerate(course.modules, start=1)
    ]


def page_screen(course: Course, key: str) -> PageScreen:
    """The neighbours of the page with `key`."""
    lines = module_list(course)
    place = next((line.number for line in lines if line.key == key), 0)
    before = lines[place - 2] if place > 1 else None
    after = lines[place] if 0 < place < len(lines) else None
    return PageScreen(place, len(lines), before, after)


def device_label(user_agent: str) -> str:
    """„Android, Chrome”: enough for a person to recognise their own device."""
    platform = next((name for name in PLATFORMS if name in user_agent), "")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return ", ".join(filter(None, (platform.replace("Macintosh", "Mac"), browser)))
