"""What holds for certificates, without web or database: who has earned one, what is printed and signed, what people type."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lms.content.course import Text
from lms.serbian import fold

STATES = ("valid", "superseded", "revoked")
LONGEST_REASON = 300
MOST_SIGNATURES = 3  # with more trainers, their names share one line


# ---- who has earned one ----


def half_days_needed(half_days: int, percent: int) -> int:
    """How many of `half_days` are at least `percent` of them; never none: nobody earns a certificate by staying away."""
    return max(1, -(-half_days * percent // 100))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one person is on the way to a certificate."""

    present: int
    half_days: int
    percent: int  # of half-days, set by the training
    post_test: bool | None  # handed in; None when the training did not ask for it

    @property
    def needed(self) -> int:
        return half_days_needed(self.half_days, self.percent)

    @property
    def attended(self) -> bool:
        return self.half_days > 0 and self.needed <= self.present

    @property
    def earned(self) -> bool:
        return self.attended and self.post_test is not False


# ---- what is printed, and thereby signed ----

THANKS = {"uz", "podrsku", "pomoc", "with", "the", "support", "help", "of", "supported", "by"}  # add nothing to a name


def repeats(name: str, credit: str) -> bool:
    """„уз подршку Министарства правде” beside „Министарство правде”: word by word without endings, as Serbian declines names."""
    known = {_stem(word) for word in fold(name).split()}
    return all(word in THANKS or _stem(word) in known for word in fold(credit).split())


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)]


@dataclass(frozen=True, slots=True)
class Credit:
    """An organiser, partner or donor as named on the certificate. `logo` is the SHA-256 of the picture, or empty."""

    kind: str
    name: Text
    credit: Text
    logo: str = ""

    @property
    def beyond(self) -> Text:
        """The credit line in the languages in which it says more than the name; what is signed keeps it as it was written."""
        return {key: "" if repeats(self.name.get(key, ""), said) else said for key, said in self.credit.items()}


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything that a certificate says, in both languages. A name is in none: it stands as its holder writes it."""

    serial: str
    token: str
    name: str
    title: Text
    statement: Text
    conditions: Text
    competencies: tuple[Text, ...]
    footer: Text
    accreditation: Text
    course: Text
    place: Text
    dates: Text
    hours: int
    trainers: tuple[str, ...]
    credits: tuple[Credit, ...]
    issued_on: str  # 2026-05-15
    example: bool = False  # of a training that only shows how things work


def canonical(printed: Printed) -> str:
    """The one way to write the printed fields as JSON: sorted keys, no spaces, letters as they are. This is what is signed."""
    return json.dumps(asdict(printed), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(fields: str) -> Printed:
    """The printed fields from their JSON. Raises ValueError when it is not that of a certificate."""
    try:
        values: dict[str, Any] = json.loads(fields)
        values["competencies"] = tuple(values["competencies"])
        values["trainers"] = tuple(values["trainers"])
        values["credits"] = tuple(Credit(**credit) for credit in values["credits"])
        return Printed(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("These are not the fields of a certificate.") from error


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """`sentence` with its {places} filled; a date at its end keeps one full stop („2026..” would have two)."""
    for place, value in values.items():
        sentence = sentence.replace("{" + place + "}", value)
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", sentence)


def genuine(fields: str, token: str, serial: str, signature: bytes, public_key: bytes) -> bool:
    """True when `signature` is that of `public_key` (Ed25519, 32 bytes) over `fields`, and they name this token and serial.

    The second half stops a true set of fields from being copied into the row of another certificate.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, fields.encode())
        printed = read(fields)
    except (InvalidSignature, ValueError):
        return False
    return printed.token == token and printed.serial == serial


# ---- numbers and codes ----


def serial_number(year: int, counter: int) -> str:
    """LT-2026-000123: the year of issue and a counter, no more meaning."""
    return f"LT-{year}-{counter:06d}"


def counter_of(serial: str | None) -> int:
    """The counter in a serial number; 0 for none."""
    return int(serial.rsplit("-", 1)[1]) if serial else 0


def normalise_serial(typed: str) -> str:
    """The serial number that was meant, under either script and with or without zeros and hyphens; „” when it is none."""
    figures = re.findall(r"\d+", typed.upper().translate(str.maketrans("OОI", "001")))
    if len(figures) == 1 and len(figures[0]) > 4:
        figures = [figures[0][:4], figures[0][4:]]
    if len(figures) != 2 or len(figures[0]) != 4 or len(figures[1]) > 9:
        return ""
    return serial_number(int(figures[0]), int(figures[1]))


def may_be_token(text: str) -> bool:
    """True when `text` has the form of a token (16 random bytes in base64url) or of a shorter one."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,32}", text) is not None


# Signs that look alike in no script, and letters that mean the same on a Latin and on a Cyrillic keyboard.
CHECK_ALPHABET = "23456789ADEFJKLMTU"
CHECK_LENGTH = 8
_MEANT = str.maketrans("АДЕФЈКЛМТУОOQ0VY1IBВSZG", "ADEFJKLMTUDDDDUULL88526")


def check_code(token: str) -> str:
    """The eight signs printed under the QR code. They hold for one serial number only, so they need not be long."""
    number = int.from_bytes(hashlib.sha256(b"certificate check code/" + token.encode()).digest())
    signs = []
    for _place in range(CHECK_LENGTH):
        number, sign = divmod(number, len(CHECK_ALPHABET))
        signs.append(CHECK_ALPHABET[sign])
    return "".join(signs)


def show_check_code(token: str) -> str:
    """The check code in two groups of four."""
    code = check_code(token)
    return f"{code[:4]} {code[4:]}"


def normalise_check_code(typed: str) -> str:
    """The check code that was meant: any case, spacing and keyboard, look-alike signs as those that we print."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_MEANT)


# ---- the name ----


def same_name(printed: str, typed: str) -> bool:
    """True when somebody typed the printed name: in any script, case and order of its words."""
    return bool(fold(typed)) and sorted(fold(printed).split()) == sorted(fold(typed).split())
