"""Two trainings that are twins, and everything that can be in one: what the doors of this folder are tried on.

Ids tell the twins apart by their first figure: participant 1102 of training A (1001) is 2102 in training B (2001), so a
test can swap any id by changing that figure. Everything private carries a canary: a word that stands nowhere else.
"""

import base64
import io
import itertools
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from flask import Flask

from lms import clock
from lms.accounts import secrets as account_secrets
from lms.accounts import sessions
from lms.accounts.models import Account, AccountRole, AuditEntry, Invitation, RecoveryCode, SignIn
from lms.accounts.rules import normalise_code
from lms.certificates import keys as certificate_keys
from lms.certificates.models import Certificate
from lms.certificates.rules import Printed, canonical
from lms.evaluation.models import Finding, PublishedFigure, Selection, Series
from lms.extensions import db
from lms.limits import Attempt
from lms.serbian import fold, sort_key
from lms.surveys import keys
from lms.surveys.models import Answer, Ballot, FollowUpLink, Opening, Receipt, Remark, Response
from lms.teams.models import Institution, LocalTeam, Municipality, TeamEntry, TeamSeat
from lms.trainings.models import (
    Attendance,
    Device,
    HalfDay,
    Participant,
    Partner,
    ProgrammeItem,
    RosterImport,
    Training,
    TrainingStaff,
    TrainingTeam,
)
from lms.trainings.roster.entries import stored_rows
from lms.trainings.roster.files import read_file
from lms.trainings.roster.places import Places
from lms.trainings.roster.tables import find_table
from tests.builders import save
from tests.security.drafts import an_older_version, furnish_drafts, furnish_the_author
from tests.security.exercises import a_course_with_two_cases, furnish_exercises

# Who stands on each list: two on the roster under one name, one who has earned a certificate, one without the post-test.
PEOPLE = ("own", "colleague", "waiting", "double", "earner", "attendee")
A, B, DRAFT, CLOSED = 1, 2, 3, 4  # first figures of ids
ENOUGH = 12  # ballots: above the threshold for free text
DEVICE = {"own": "device-of-the-own-person-", "spare": "spare-device-", "colleague": "device-of-a-colleague-"}


@dataclass
class World:
    """What a test must know: canaries by what they are, tokens by kind and training, cookies by actor."""

    course: str = ""  # the hash of the stored version
    canaries: dict[str, str] = field(default_factory=dict)
    tokens: dict[tuple[str, int], str] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def canary(self, what: str) -> str:
        """A word of eight signs that stands for `what`; the same one when asked twice."""
        if what not in self.canaries:
            self.canaries[what] = f"kz{next(self._serial):04d}zk"
        return self.canaries[what]

    def token(self, kind: str, training: int, value: str) -> str:
        """Remember a token."""
        self.tokens[kind, training] = value
        return value


def twin(value: str) -> str:
    """The same thing in training B: every id of A in `value` starts with a 2."""
    return f"{B}{value[1:]}" if len(value) == 4 and value.isdigit() and value[0] == str(A) else value


def furnish(app: Flask, world: World) -> None:
    """Fill the empty database of `app`."""
    _places()
    _staff(world)
    course = world.course = a_course_with_two_cases()
    for figure, state in ((A, "open"), (B, "open"), (DRAFT, "draft"), (CLOSED, "closed")):
        _training(world, figure, state, course)
        _people(world, figure)
        _papers(world, figure)
        furnish_exercises(world, figure, state)
    for figure in (A, B):
        _openings(world, figure, closed=False)
        _certificates(world, figure)
    _openings(world, CLOSED, closed=True)
    _certificates(world, CLOSED)
    _series(world)
    _audit(world)
    older = an_older_version()
    for figure in (A, B):
        furnish_drafts(world, figure, older)
    furnish_the_author(world)


def _places() -> None:
    for code, name in (("kragujevac", "Крагујевац"), ("nis", "Ниш")):
        save(
            Municipality(
                code=code, name_sr=name, kind="city", district_code="d", district_sr="Округ",
                folded=fold(name), sort_key=sort_key(name), latitude=44.0, longitude=20.9,
            )
        )  # fmt: skip
    save(Institution(name="Центар за социјални рад", folded="centar", sector="social", municipality_code="kragujevac"))
    for number, code in ((1951, "kragujevac"), (2951, "nis")):
        team = LocalTeam(
            id=number, municipality_code=code, status="active", founded_year=2012, founding_act="Одлука",
            coordinator="Координаторка", contact="kancelarija@example.org", note_sr="Белешка", note_en="Note",
            source="Извор", verified_on=clock.today(), lead_bodies=[{"sr": "Тело", "en": "Body"}],
            tasks=[{"sr": "Задатак", "en": "Task"}],
        )  # fmt: skip
        team.seats = [TeamSeat(id=number + 10, position=1, institution="Полиција", sector="police")]
        team.entries = [
            TeamEntry(id=number + 20, kind="activity", position=1, text_sr="Трибина", text_en="Panel", year=2023),
            TeamEntry(id=number + 21, kind="plan", position=2, text_sr="План рада", text_en="Plan", partner="Партнер"),
        ]
        save(team)


def account(world: World, number: int, name: str, *roles: str) -> Account:
    """A member of staff with secrets that nobody may ever see."""
    plain = world.token(
        f"authenticator of {name}", A, f"JBSWY3DPEHPK3PXPJBSWY3DPEHPK{base64.b32encode(b'%05d' % number).decode()}"
    )
    stored = world.token(f"stored authenticator of {name}", A, account_secrets.encrypt(plain))
    row = Account(
        id=number, name=name, email=f"{world.canary(f'address of {name}')}@example.org",
        password_hash=f"$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ${world.canary(f'password hash of {name}')}",
        totp_secret=stored, created_at=clock.now(),
    )  # fmt: skip
    row.roles = [AccountRole(name=role) for role in roles]
    save(row, RecoveryCode(code_hash=sessions.digest(normalise_code(f"abcde-{number}x")), account_id=number))
    return row


def _staff(world: World) -> None:
    for figure, letter in ((A, "А"), (B, "Б")):
        account(world, figure * 1000 + 11, f"Тренер {letter}", "trainer")
        account(world, figure * 1000 + 12, f"Посматрач {letter}", "trainer")
        account(world, figure * 1000 + 13, f"Донатор {letter}", "reader")
    for number, name, role in (
        (3014, "Аутор", "author"),
        (3015, "Канцеларија", "office"),
        (3016, "Админ", "administrator"),
    ):
        account(world, number, name, role)
    account(world, 3017, "Админ на пола пута", "administrator")
    account(world, 3018, "Админ од прекјуче", "administrator")
    token = world.token("invitation", A, "invitation-" + "i" * 32)
    expires = clock.now() + timedelta(days=7)
    invited = account(world, 3019, "Позвана", "trainer")
    invited.password_hash = invited.totp_secret = None
    save(Invitation(token_hash=sessions.digest(token), account_id=3019, purpose="invite", expires_at=expires))
    account(world, 3020, "Нова", "trainer").totp_secret = None
    save(Attempt(key="join:address:x", window=1, count=1))


def _training(world: World, figure: int, state: str, course: str) -> None:
    base, today, now = figure * 1000, clock.today(), clock.now()
    row = Training(
        id=base + 1, course_hash=course, title_sr="Обука", title_en="Training", municipality_code="kragujevac",
        venue="Велика сала", starts_on=today - timedelta(days=1), ends_on=today, state=state,
        join_token=world.token("join", figure, f"{world.canary(f'join token {figure}')}-join-token-padding"),
        join_code=world.token("code", figure, f"KZ{figure}7CDEF"), lobby_opens_at=now - timedelta(hours=1),
        lobby_closes_at=now + timedelta(hours=8), teaching_hours=17, created_at=now, accreditation="Акредитација",
        closed_at=now if state == "closed" else None,
    )  # fmt: skip
    row.half_days = [
        HalfDay(
            id=base + 200 + number, number=number, day=(number + 1) // 2,
            code=world.token(f"spoken {number}", figure, f"{figure}{number}{number}77"),
            token=world.token(f"here {number}", figure, f"{world.canary(f'attendance token {figure}')}-{number}-padding"),
            opens_at=now if number == 1 else None,
        )
        for number in range(1, 5)
    ]  # fmt: skip
    row.programme = list(_programme(base))
    save(row, *_parts(base, figure))


def _programme(base: int) -> Iterator[ProgrammeItem]:
    lines = (
        ("registration", "registration", "", "", ""), ("pre-test", "survey", "", "knowledge", "pre"),
        ("m1", "module", "m1", "", ""), ("post-test", "survey", "", "knowledge", "post"),
        ("evaluation", "survey", "", "evaluation", ""), ("certificates", "certificate", "", "", ""),
    )  # fmt: skip
    for number, (key, kind, page, survey, moment) in enumerate(lines):
        yield ProgrammeItem(
            id=base + 401 + number, key=key, day=1 + number // 3, starts=time(9 + number % 3), minutes=45, kind=kind,
            title_sr="Тачка програма", title_en="Line", note_sr="Напомена", note_en="Note", page=page, survey=survey,
            moment=moment,
        )  # fmt: skip


def _parts(base: int, figure: int) -> Iterator[TrainingStaff]:
    house = B if figure == B else A
    for number, role in ((11, "trainer"), (12, "observer"), (13, "reader")):
        yield TrainingStaff(training_id=base + 1, account_id=house * 1000 + number, role=role)


def _people(world: World, figure: int) -> None:
    base, now = figure * 1000, clock.now()
    for number, who in enumerate(PEOPLE, start=101):
        joined = who not in ("waiting", "double")
        named = "waiting" if who == "double" else who
        name = f"Ана {world.canary(f'name of {named} {figure}')}"
        save(
            Participant(
                id=base + number, training_id=base + 1, number=number, name=name, folded=fold(name),
                sort_key=sort_key(name), sex="f", sector="social", municipality_code="kragujevac",
                institution=f"Установа {world.canary(f'institution of {who} {figure}')}",
                email=f"{world.canary(f'address of {who} {figure}')}@example.org",
                source="self" if joined else "roster", joined_at=now if joined else None,
                resume_hash=sessions.digest(world.token(f"resume {who}", figure, f"RSMEX{figure}{number}")[:20]),
                resume_expires_at=now + timedelta(minutes=30),
            )
        )  # fmt: skip
    for kind, number in (("own", 101), ("spare", 101), ("colleague", 102)):
        token = world.token(f"device {kind}", figure, f"{DEVICE[kind]}{figure}-" + "d" * 24)
        label = f"Android {world.canary(f'device {kind} {figure}')}"
        save(Device(token_hash=sessions.digest(token), participant_id=base + number, label=label, added_at=now))
    for number in (101, 102, 105, 106):
        for half_day in (1, 2, 3, 4):
            save(Attendance(participant_id=base + number, half_day_id=base + 200 + half_day, how="qr"))


def _papers(world: World, figure: int) -> None:
    base = figure * 1000
    save(
        Partner(
            id=base + 301, training_id=base + 1, position=1, kind="organiser", name_sr="Организатор",
            name_en="Organiser", credit_sr="уз подршку", credit_en="with the support", logo=_logo(), has_logo=True,
        ),
        Partner(id=base + 302, training_id=base + 1, position=2, kind="donor", name_sr="Донатор", name_en="Donor"),
        TrainingTeam(training_id=base + 1, team_id=(B if figure == B else A) * 1000 + 951),
        RosterImport(
            id=base + 501, training_id=base + 1, file_name=f"{world.canary(f'file name {figure}')}.csv",
            rows=_rows(world, figure), created_at=clock.now(),
        ),
    )  # fmt: skip
    for number, kind in ((801, "conclusion"), (802, "recommendation"), (804, "conclusion"), (805, "recommendation")):
        save(
            Finding(
                id=base + number, training_id=base + 1, kind=kind, position=number, text_sr="Налаз", text_en="Finding",
                addressee="Министарство", owner=f"{world.canary(f'owner of a finding {figure}')}",
                due_on=clock.today(), state="proposed", state_note=f"{world.canary(f'note on a finding {figure}')}",
            )
        )  # fmt: skip


def _rows(world: World, figure: int) -> list[dict[str, Any]]:
    name = world.canary(f"name in an upload {figure}")
    places = Places([("kragujevac", "kragujevac"), ("nis", "nis")])
    text = f"Име и презиме;Сектор;Општина\nИва {name};полиција;Крагујевац\nИва {name};полиција;Ниш\nАна Два;;Нигде\n"
    tables = [find_table(sheet, places.is_place) for sheet in read_file(text.encode(), "spisak.csv")]
    return stored_rows([table for table in tables if table], places)


def _logo() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, "PNG")
    return buffer.getvalue()


def _openings(world: World, figure: int, closed: bool) -> None:
    base, hour = figure * 1000, timedelta(hours=1)
    opened = clock.now() - 2 * hour
    for number, (survey, moment) in enumerate(
        (("knowledge", "pre"), ("knowledge", "post"), ("evaluation", ""), ("follow-up-3", "")), start=601
    ):
        ends = opened + hour if closed else opened + 30 * 24 * hour if survey == "follow-up-3" else None
        save(
            Opening(
                id=base + number, training_id=base + 1, survey=survey, moment=moment, opened_at=opened, closed_at=ends
            )
        )
    for number, who in ((101, "own"), (102, "colleague"), (105, "earner")):
        _answers(world, figure, number, who)
        token = world.token(f"follow-up {who}", figure, f"follow-up-{who}-{figure}-" + "f" * 24)
        link = FollowUpLink(token_hash=sessions.digest(token), opening_id=base + 604, participant_id=base + number)
        save(link)
        if (figure, who) != (A, "own"):  # somebody must still be able to evaluate
            save(Receipt(participant_id=base + number, opening_id=base + 603))
    _evaluation(world, figure, base + 603)


def _answers(world: World, figure: int, number: int, who: str) -> None:
    base = figure * 1000
    known_as = keys.pseudonym(base + 1, base + number)
    for place, (opening, sent) in enumerate(((601, True), (602, True), (604, False))):
        response = base + 700 + 10 * place + number % 10
        save(Response(id=response, opening_id=base + opening, pseudonym=known_as, submitted=sent))
        answers: dict[str, Any] = {"q1": "b", "q2": ["a", "b"], "q3": "b", "q4": ["a", "b"]}
        if opening == 604:
            answers = {"used": "yes", "meetings": 3, "obstacle": f"Спорост {world.canary(f'answer of {who} {figure}')}"}
        save(*(Answer(response_id=response, item=item, value=value) for item, value in answers.items()))


def _evaluation(world: World, figure: int, opening: int) -> None:
    for number in range(ENOUGH):
        save(Ballot(key=bytes([figure, 1, number]) * 5, opening_id=opening, answers={"e1": 4, "e2": "yes"}))
        save(
            Remark(
                key=bytes([figure, 2, number]) * 5, opening_id=opening, item="e3", may_quote=number < 6, quoted=number == 0,
                text=f"Реченица {world.canary(f'remark {number} {figure}')}",
                redacted=f"Реченица {world.canary(f'redacted remark {figure}')}" if number == 1 else None,
            )
        )  # fmt: skip


def _certificates(world: World, figure: int) -> None:
    for number, who, shown in ((701, "own", False), (702, "colleague", True)):
        token = world.token(f"certificate {who}", figure, f"certificate{who[:3]}-{figure}-cccc")
        _certificate(world, figure, number, token, who, shown)


def _certificate(world: World, figure: int, number: int, token: str, who: str, shown: bool) -> None:
    base, serial = figure * 1000, f"LT-{clock.today().year}-{figure * 1000 + number:06d}"
    words = {"sr": "Реч", "en": "Word"}
    printed = Printed(
        serial=serial, token=token, name=f"Ана {world.canary(f'name of {who} {figure}')}", title=words, statement=words,
        conditions=words, competencies=(words,), footer=words, accreditation=words, course=words, place=words,
        dates=words, hours=17, trainers=("Тренер А",), credits=(), issued_on=clock.today().isoformat(),
    )  # fmt: skip
    signature, key_id = certificate_keys.sign(canonical(printed).encode())
    save(
        Certificate(
            id=base + number, token=token, serial=serial, training_id=base + 1, participant_id=base + number - 600,
            fields=canonical(printed), signature=signature, key_id=key_id, issued_at=clock.now(), show_name=shown,
        )
    )  # fmt: skip
    participant = db.session.get_one(Participant, base + number - 600)
    participant.show_on_certificate = shown
    db.session.commit()


def _series(world: World) -> None:
    for figure, trainings, published in ((A, (1001, 4001), None), (B, (2001,), None)):
        base = figure * 1000
        series = Series(
            id=base + 901, title_sr="Серија", title_en="Series", intro_sr="Увод", intro_en="Intro",
            credit_sr="Захвалница", credit_en="Credit", published_at=published,
        )  # fmt: skip
        series.trainings = [db.session.get_one(Training, number) for number in trainings]
        save(series)
        save(
            PublishedFigure(id=base + 911, series_id=base + 901, item="e1", percent=59.17, source="Извештај"),
            *(
                Finding(
                    id=base + number, series_id=base + 901, kind="recommendation", position=number, text_sr="Препорука",
                    text_en="Recommendation", owner=world.canary(f"owner of a finding of a series {figure}"),
                    state_note=world.canary(f"note on a finding of a series {figure}"),
                )
                for number in (803, 806)
            ),
            Selection(trainings=" ".join(map(str, trainings))),
        )  # fmt: skip


def _audit(world: World) -> None:
    detail = json.dumps({"note": world.canary("detail in the audit log")})
    save(
        AuditEntry(
            id=1, at=clock.now(), account_id=1011, account_name="Тренер А", action="training.created",
            subject="training 1001", detail=detail, hash=b"x" * 32,
        )
    )  # fmt: skip


def a_sign_in(number: int, second_step: bool = True, age: timedelta = timedelta()) -> str:
    """The token of a browser of account `number`."""
    token = f"sign-in-{number}-{second_step}-{secrets.token_urlsafe(16)}"
    moment = clock.now() - age
    save(
        SignIn(
            token_hash=sessions.digest(token), account_id=number, second_step=second_step, created_at=moment,
            expires_at=moment + sessions.IDLE,
        )
    )  # fmt: skip
    return token
