"""Certificates as PDF, in the language in force. What is printed are the signed fields and nothing else."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from flask import url_for

from lms import pdf
from lms.certificates.actions import is_genuine
from lms.certificates.models import Certificate
from lms.certificates.rules import MOST_SIGNATURES, Credit, Printed, read, show_check_code
from lms.errors import Refused
from lms.language import gettext, localise, ngettext, show_date
from lms.trainings.screens.addresses import absolute, site
from lms.ui import N_

IN_ONE_FILE = 100  # certificates; typst keeps about half a megabyte a page in memory
LOGO_PIXELS = (900, 300)
ROLES = {"organiser": N_("organiser"), "partner": N_("partner"), "donor": N_("donor")}


def document(certificates: Sequence[Certificate], logos: Sequence[bytes]) -> bytes:
    """One PDF with a page for each of `certificates`, at most IN_ONE_FILE.

    Refused when one of them is not valid or its record does not match its signature: such a one is not printed.
    """
    return pdf.compile("certificate", _data(certificates, logos), _title(certificates), archive=True)


def picture(certificate: Certificate, logos: Sequence[bytes]) -> bytes:
    """The certificate as PNG, 1170 pixels wide, to look at on a page."""
    return pdf.picture("certificate", _data([certificate], logos), _title([certificate]), pixels_per_inch=100)


def archive(certificates: Sequence[Certificate], logos: Sequence[bytes]) -> Iterator[bytes]:
    """A ZIP with one PDF for each certificate, piece by piece: memory does not grow with their number."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as pack:
        for certificate in certificates:
            pack.writestr(f"{file_name(certificate)}.pdf", document([certificate], logos))
            yield sink.take()
    yield sink.take()


def file_name(certificate: Certificate) -> str:
    """„LT-2026-000123 Јелена Марковић”, without signs that a file name may not have."""
    name = "".join(sign if sign.isalnum() or sign in " .'-" else "-" for sign in read(certificate.fields).name)
    return f"{certificate.serial} {name}".strip()


class _Sink(io.RawIOBase):
    """What ZipFile writes to: a pipe that is emptied after each file."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self.pieces)
        self.pieces.clear()
        return taken


# ---- what the template is given ----


def _title(certificates: Sequence[Certificate]) -> str:
    if len(certificates) == 1:
        printed = read(certificates[0].fields)
        return f"{localise(printed.title)} – {printed.name}"
    return ngettext("%(num)d certificate", "%(num)d certificates", len(certificates))


def _data(certificates: Sequence[Certificate], logos: Sequence[bytes]) -> dict[str, Any]:
    pictures = {hashlib.sha256(logo).hexdigest(): logo for logo in logos}
    shared: list[dict[str, Any]] = []
    pages = []
    for certificate in certificates:
        if certificate.state != "valid" or not is_genuine(certificate):
            raise Refused(
                "Certificate %(serial)s is not printed: it is not valid, or its record was changed.",
                serial=certificate.serial,
            )
        printed = read(certificate.fields)
        words = _words(printed, pictures)
        if words not in shared:
            shared.append(words)
        pages.append(_page(printed, shared.index(words)))
    used = {credit["logo"] for words in shared for credit in words["credits"]} - {None}
    return {
        "labels": _labels(), "shared": shared, "certificates": pages,
        "logos": {key: small_logo(pictures[key]) for key in used},
    }  # fmt: skip


def _page(printed: Printed, shared: int) -> dict[str, Any]:
    address = absolute(url_for("certificates.verify", token=printed.token))
    return {
        "name": printed.name, "serial": printed.serial, "code": show_check_code(printed.token),
        "qr": pdf.qr_svg(address), "shared": shared,
    }  # fmt: skip


def _words(printed: Printed, pictures: dict[str, bytes]) -> dict[str, Any]:
    """What certificates of a training share. The course's name is set apart, to be printed in bold."""
    day = show_date(date.fromisoformat(printed.issued_on))
    return {
        "title": localise(printed.title),
        "example": printed.example,
        "statement": localise(printed.statement).partition(localise(printed.course)),
        "conditions": localise(printed.conditions),
        "competencies": [localise(text) for text in printed.competencies],
        "accreditation": localise(printed.accreditation),
        "issued": gettext("Date of issue: %(day)s", day=day),
        "credits": [_credit(credit, pictures) for credit in printed.credits],
        "signatures": signatures(printed),
        "footer": localise(printed.footer),
    }


def _credit(credit: Credit, pictures: dict[str, bytes]) -> dict[str, Any]:
    return {
        "role": gettext(ROLES[credit.kind]), "name": localise(credit.name), "credit": localise(credit.beyond),
        "logo": credit.logo if credit.logo in pictures else None,
    }  # fmt: skip


def signatures(printed: Printed) -> list[dict[str, str]]:
    """The lines to sign on: the organisers, then the trainers; many trainers share a line."""
    lines = [
        {"name": localise(credit.name), "role": gettext("for the organiser")}
        for credit in printed.credits
        if credit.kind == "organiser"
    ]
    names = printed.trainers if len(printed.trainers) <= MOST_SIGNATURES else (", ".join(printed.trainers),)
    lines += [{"name": name, "role": gettext("training team")} for name in names]
    return lines or [{"name": "", "role": gettext("for the organiser")}]


def _labels() -> dict[str, str]:
    return {
        "brand": gettext("Local teams"),
        "brand-line": gettext("for combating trafficking in human beings"),
        "holder": gettext("The holder of this certificate:"),
        "example": gettext("Example, not a certificate"),
        "check": gettext("Check that it is valid:"),
        "address": f"{site()}/c",
        "number": gettext("number"),
        "code": gettext("code"),
        "qr": gettext("QR code with the address at which this certificate can be checked"),
    }


@lru_cache(maxsize=32)
def small_logo(logo: bytes) -> bytes:
    """A logo (PNG) no larger than a certificate needs, so that each page is made fast."""
    from PIL import Image

    with Image.open(io.BytesIO(logo)) as original:
        small = original.convert("RGBA") if original.mode not in ("RGB", "RGBA", "L") else original.copy()
    small.thumbnail(LOGO_PIXELS)
    content = io.BytesIO()
    small.save(content, "PNG")
    return content.getvalue()
