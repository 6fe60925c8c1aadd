"""What holds for joining and for the hours of a training, without web or database."""

import secrets
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from lms.errors import Refused

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs without look-alikes (no 0 O 1 I L)
CODE_LENGTH = 8
SEAT_CODE_LENGTH = 6  # of a seat in an exercise: good only for people who have joined that training
LOOK_ALIKES = str.maketrans("АВЕКМНРСТХУЈѕЅ", "ABEKMHPCTXYJSS")  # typed with a Cyrillic keyboard
RESUME_LASTS = timedelta(minutes=30)
LONGEST_NAME = 120
LONGEST_TITLE = 150  # characters; more fits neither a poster nor a list
LONGEST_TRAINING = 14  # days


def new_code() -> str:
    """A code that is read out and typed: 8 signs of 31."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def normalise_code(typed: str) -> str:
    """What was meant: capitals, no spaces or hyphens, Cyrillic look-alikes as Latin letters."""
    return "".join(sign for sign in typed.upper().translate(LOOK_ALIKES) if sign.isalnum())[:20]


def show_code(code: str) -> str:
    """A code in two groups of four, as people read it out."""
    return f"{code[:4]} {code[4:]}"


def check_name(name: str) -> None:
    """Refused (422) when a name cannot be one: too short, too long, without letters."""
    if len(name) > LONGEST_NAME:
        raise Refused(
            "A name may have at most %(n)s characters. What you typed is kept; please shorten it.", 422, n=LONGEST_NAME
        )
    if sum(sign.isalpha() for sign in name) < 2:
        raise Refused("Please type your first and last name in letters.", 422)


def lobby_is_open(state: str, opens: datetime | None, closes: datetime | None, now: datetime) -> bool:
    """True in the hours in which somebody new may join, by the QR code or the typed one."""
    return state == "open" and (opens is None or opens <= now) and (closes is None or now < closes)


def not_held_yet(starts_on: date, day: int, opened: bool, today: date) -> bool:
    """A half-day of a later date, unless its attendance was opened: then the training was held on other days than planned."""
    return not opened and starts_on + timedelta(days=day - 1) > today


def half_days_needed(half_days: int, percent: int) -> int:
    """How many of `half_days` are at least `percent` of them, for the certificate; never none."""
    return max(1, -(-half_days * percent // 100))


def only_latin(title: str) -> bool:
    """True when a Serbian title has letters, but none in Cyrillic: no page can show it in Cyrillic."""
    return any(sign.isalpha() for sign in title) and not any("Ѐ" <= sign <= "ӿ" for sign in title)


class Slot(NamedTuple):
    """One line of the programme on its day."""

    id: int
    day: int
    starts: time
    minutes: int
    kind: str
    title_sr: str = ""
    title_en: str = ""
    note_sr: str = ""
    note_en: str = ""
    page: str = ""
    survey: str = ""
    moment: str = ""

    @property
    def title(self) -> dict[str, str]:
        return {"sr": self.title_sr, "en": self.title_en}

    @property
    def note(self) -> dict[str, str]:
        return {"sr": self.note_sr, "en": self.note_en}

    @property
    def ends(self) -> time:
        end = self.starts.hour * 60 + self.starts.minute + self.minutes
        return time(end // 60 % 24, end % 60)


def day_number(starts_on: date, ends_on: date, today: date) -> int:
    """Which day of the training it is: 0 before it, 1, 2 …, and one more than the last after it."""
    if today < starts_on:
        return 0
    return min((today - starts_on).days, (ends_on - starts_on).days + 1) + 1


def present_slot(slots: list[Slot], day: int, clock_time: time) -> Slot | None:
    """The line of the programme that is going on."""
    return next((slot for slot in slots if slot.day == day and slot.starts <= clock_time < slot.ends), None)


def is_past(slot: Slot, day: int, clock_time: time) -> bool:
    """True when the line of the programme is over."""
    return slot.day < day or (slot.day == day and slot.ends <= clock_time)


def following_slot(slots: list[Slot], day: int, clock_time: time) -> Slot | None:
    """The next line that is not a break, on this or a later day."""
    later = [slot for slot in slots if (slot.day, slot.starts) > (day, clock_time) and slot.kind != "break"]
    return later[0] if later else None
