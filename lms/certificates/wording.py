"""What the certificates of one training say, in both languages, before they have a holder."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from lms.certificates.rules import Credit, Printed, fill
from lms.clock import today
from lms.content.course import Course, Text
from lms.language import gettext, show_dates, speaking
from lms.serbian import to_latin
from lms.trainings.models import Partner, Training


def without_name(training: Training, course: Course, trainers: Sequence[str], partners: Sequence[Partner]) -> Printed:
    """The certificate of this training, without a name and a number yet."""
    words = course.certificate
    values = {
        "course": course.title,
        "place": {"sr": training.municipality.name_sr, "en": training.municipality.name_en or to_latin(training.municipality.name_sr)},
        "dates": _in_both(lambda: show_dates(training.starts_on, training.ends_on)),
        "hours": _same(str(training.teaching_hours or course.teaching_hours)),
        "percent": _same(str(training.attendance_percent)),
    }  # fmt: skip
    return Printed(
        serial="", token="", name="", title=dict(words.title), statement=_filled(words.statement, values),
        conditions=_filled(words.conditions, values), competencies=tuple(dict(text) for text in words.competencies),
        footer=dict(words.footer), accreditation=_accreditation(training, course), course=dict(course.title),
        place=values["place"], dates=values["dates"], hours=int(values["hours"]["en"]), trainers=tuple(trainers),
        credits=tuple(map(_credit, partners)), issued_on=today().isoformat(), example=training.demo,
    )  # fmt: skip


def attendance_only(printed: Printed, percent: int) -> Printed:
    """The same without a word about the post-test, for those who did not hand it in: what is printed must be true."""

    def say() -> str:
        return gettext(
            "Condition fulfilled: attendance at no less than %(percent)s%% of the programme.", percent=percent
        )

    return replace(printed, conditions=_in_both(say))


def _in_both(say: Callable[[], str]) -> Text:
    texts = {}
    for locale in ("sr", "en"):
        with speaking(locale):
            texts[locale] = say()
    return texts


def _same(text: str) -> Text:
    return {"sr": text, "en": text}


def _filled(sentence: Text, values: dict[str, Text]) -> Text:
    return {
        locale: fill(text, {place: value.get(locale) or value["sr"] for place, value in values.items()})
        for locale, text in sentence.items()
    }


def _accreditation(training: Training, course: Course) -> Text:
    own = training.accreditation.strip()
    return {"sr": own, "en": to_latin(own)} if own else dict(course.certificate.accreditation or {})


def _credit(partner: Partner) -> Credit:
    """A partner as named on the certificate. What has no English name keeps its own, in Latin letters."""
    logo = hashlib.sha256(partner.logo).hexdigest() if partner.has_logo and partner.logo else ""
    name = {"sr": partner.name_sr, "en": partner.name_en or to_latin(partner.name_sr)}
    credit = {"sr": partner.credit_sr, "en": partner.credit_en or to_latin(partner.credit_sr)}
    return Credit(kind=partner.kind, name=name, credit=credit if partner.credit_sr else {}, logo=logo)
