"""What holds for accounts, without web or database."""

import re

from lms.errors import Refused

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
TOO_COMMON = ("password", "lozinka", "sifra", "šifra", "123456", "qwertz", "qwerty", "administrator")
RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no look-alikes


def normalise_email(email: str) -> str:
    """The one form in which an address is stored and looked up."""
    return email.strip().lower()


def check_password(password: str, *personal: str) -> None:
    """Refused (422) when a password is too short, too common, or made of the person's own name or address."""
    folded = password.lower()
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            "A password needs at least %(n)s characters. A short sentence is good.", status=422, n=SHORTEST_PASSWORD
        )
    if len(set(folded)) < 5 or re.sub(r"[\W\d_]", "", folded) in TOO_COMMON:
        raise Refused("This password is too easy to guess. A short sentence of your own is good.", status=422)
    rest = folded
    for part in re.split(r"[\s@._-]+", " ".join(personal).lower()):
        rest = rest.replace(part, "") if len(part) >= 4 else rest
    if len(rest) < 6:
        raise Refused("The password must not be made of your name or e-mail address.", status=422)


def normalise_code(code: str) -> str:
    """A recovery code as it is stored: lower case, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", code).lower()


def is_name(name: str) -> bool:
    """True for 2 to 120 characters with at least two letters among them, whatever stands around."""
    typed = name.strip()
    return 2 <= len(typed) <= 120 and sum(letter.isalpha() for letter in typed) >= 2
