"""T20: what was signed is what is accepted, and nothing else; keys live in files, change, and stay known."""

import json
import os
import random
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from lms.certificates import keys
from lms.certificates.actions import is_genuine
from lms.certificates.models import Certificate
from lms.certificates.rules import genuine, read
from lms.extensions import db
from tests.certificates.world import a_certificate, tamper

MUTATIONS = int(os.environ.get("T20_MUTATIONS", "10000"))


@pytest.fixture
def certificate(own_keys):
    return a_certificate()


def with_a_bit_turned(data: bytes, chance: random.Random) -> bytes:
    place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


def with_a_field_changed(fields: str, chance: random.Random) -> str:
    values = json.loads(fields)
    key = chance.choice(sorted(values))
    values[key] = chance.choice([None, "", "Неко Други", 18, [], {"sr": "друго", "en": "other"}, True])
    if chance.random() < 0.2:
        del values[key]
    if chance.random() < 0.1:
        values["more"] = 1
    return json.dumps(values, ensure_ascii=chance.random() < 0.1, sort_keys=True, separators=(",", ":"))


def changed(record: Certificate, chance: random.Random) -> tuple[str, str, str, bytes, bytes]:
    """The record with one thing changed: a bit of the fields, a field, the token, the number, the signature or the key."""
    fields, token, serial, signature = record.fields, record.token, record.serial, record.signature
    key = keys.public_key(record.key_id)
    match chance.choice(["bit", "field", "token", "serial", "signature", "key", "cut"]):
        case "bit":
            fields = (
                with_a_bit_turned(fields.encode(), chance)
                .decode("utf-8", "surrogateescape")
                .encode("utf-8", "replace")
                .decode()
            )
        case "field":
            fields = with_a_field_changed(fields, chance)
        case "token":
            token = with_a_bit_turned(token.encode(), chance).decode("latin-1")
        case "serial":
            serial = f"LT-{chance.randrange(2000, 2100)}-{chance.randrange(2, 10**6):06d}"
        case "signature":
            signature = with_a_bit_turned(signature, chance)
        case "key":
            key = with_a_bit_turned(key, chance)
        case "cut":
            fields, signature = fields[: chance.randrange(len(fields))], signature[: chance.randrange(65)]
    return fields, token, serial, signature, key


def test_ten_thousand_mutations_and_none_is_accepted(certificate):
    chance = random.Random(20)
    original = (
        certificate.fields,
        certificate.token,
        certificate.serial,
        certificate.signature,
        keys.public_key(certificate.key_id),
    )
    assert genuine(*original)
    accepted = 0
    for _ in range(MUTATIONS):
        record = changed(certificate, chance)
        accepted += record != original and genuine(*record)
    assert accepted == 0


def test_true_fields_in_another_row_are_not_accepted(certificate):
    other = a_certificate(name="Ана Анић")
    tamper(other, fields=certificate.fields, signature=certificate.signature)
    assert is_genuine(certificate)
    assert not is_genuine(other)


def test_after_a_rotation_old_certificates_still_verify_and_new_ones_carry_the_new_key(certificate):
    old = certificate.key_id
    new = keys.rotate()
    later = a_certificate(name="Ана Анић")
    assert later.key_id == new != old
    assert is_genuine(certificate)
    assert is_genuine(later)
    assert {keys.key_id(key) for key in keys.public_keys()} == {old, new}
    tamper(later, key_id=old)
    assert not is_genuine(later)


def test_the_private_key_is_for_the_server_alone_and_the_old_one_is_gone(app, certificate):
    folder = app.config["KEYS_DIR"] / "certificates"
    private = folder / "current.key"
    before = private.read_text()
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    keys.rotate()
    assert private.read_text() != before
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert sorted(path.suffix for path in folder.iterdir()) == [".key", ".pub", ".pub"]


@pytest.mark.usefixtures("own_keys")
def test_many_who_are_first_at_once_share_one_key(app):
    def sign(_number: int) -> str:
        with app.app_context():
            return keys.sign(b"message")[1]

    with ThreadPoolExecutor(8) as pool:
        used = set(pool.map(sign, range(40)))
    assert len(used) == 1
    assert [keys.key_id(key) for key in keys.public_keys()] == list(used)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "current", "0" * 16, "A" * 16, "0" * 15 + "/"])
def test_a_key_id_leads_to_no_other_file(app, certificate, name):
    assert keys.public_key(name) == b""


def test_a_public_key_that_was_exchanged_is_not_believed(app, certificate):
    file = app.config["KEYS_DIR"] / "certificates" / f"{certificate.key_id}.pub"
    file.write_text("00" * 32)
    assert keys.public_key(certificate.key_id) == b""
    assert not is_genuine(certificate)


def test_tokens_are_random_and_long(app, certificate):
    tokens = {read(a_certificate(name=f"Особа {number}").fields).token for number in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {22}


def test_the_commands_rotate_and_verify(app, certificate):
    run = app.test_cli_runner().invoke
    assert "New certificates are signed with key" in run(args=["certificates", "rotate-key"]).output
    assert run(args=["certificates", "verify"]).exit_code == 0
    tamper(certificate, fields=certificate.fields.replace("17", "18", 1))
    result = run(args=["certificates", "verify"])
    assert result.exit_code == 1
    assert certificate.serial in result.output
    db.session.rollback()
