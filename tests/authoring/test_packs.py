"""A course goes out as a zip and comes in again: the same, looked at first, as a draft, and never more than the rules allow."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.accounts.models import Account
from lms.authoring.actions.drafting import start_draft, write_files
from lms.authoring.actions.packs import MOST_TRIES
from lms.authoring.models import Draft, PendingImport
from lms.authoring.packs.sandbox import read_upload
from lms.authoring.packs.told import as_fault, as_plain
from lms.authoring.packs.writing import zip_name, zipped
from lms.authoring.queries import files_of_draft
from lms.content.actions import store_files
from lms.content.checks import faults_of
from lms.content.pack import read_pack
from lms.errors import Refused
from lms.extensions import db
from tests.authoring.changed_courses import WHOLE, edited
from tests.builders import an_account, sign_in
from tests.security.hostile_packs import Piece, made

ROOT = Path(__file__).parent.parent.parent


def a_zip(files: dict[str, str], folder: str = "small/", *more: Piece) -> bytes:
    """`files` packed by hand."""
    return made([*(Piece(folder + path, text.encode()) for path, text in files.items()), *more])


@pytest.fixture
def author(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser of somebody who may write."""
    return sign_in(client, an_account("author"))


def anew() -> None:
    """From now on read what is stored, not what was read before."""
    db.session.rollback()
    db.session.expire_all()


def send(author: FlaskClient, content: bytes, name: str = "small.zip") -> Any:
    """Upload a file."""
    return author.post("/drafts/import", data={"pack": (io.BytesIO(content), name)})


class TestGoingOut:
    def test_the_same_course_gives_the_same_bytes_and_another_course_another_name(self) -> None:
        backwards = dict(reversed(WHOLE.items()))
        assert zipped(WHOLE, "small") == zipped(backwards, "small")
        other = edited(WHOLE, "course.yaml", lambda course: course["title"].update(sr="Други курс"))
        assert zip_name(WHOLE, "small") != zip_name(other, "small")
        assert zip_name(WHOLE, "small").startswith("small-")

    def test_it_unpacks_into_one_folder_which_the_command_line_accepts(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(zipped(WHOLE, "small"))) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
            archive.extractall(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["small"]
        command = [Path(sys.executable).parent / "flask", "--app", "wsgi", "courses", "check", tmp_path / "small"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout

    def test_a_draft_and_a_version_are_downloaded_under_their_names(self, app: Flask, author: FlaskClient) -> None:
        draft, version = start_draft("small", WHOLE), store_files(WHOLE)
        for address in (f"/drafts/{draft.id}/pack.zip", f"/courses/{version.hash}/pack.zip"):
            answer = author.get(address)
            assert (answer.status_code, answer.mimetype) == (200, "application/zip")
            assert answer.data == zipped(WHOLE, "small")
            assert zip_name(WHOLE, "small") in answer.headers["Content-Disposition"]
        assert author.get("/courses/none/pack.zip").status_code == 404

    def test_trainees_and_strangers_get_no_pack(self, app: Flask) -> None:
        draft, version = start_draft("small", WHOLE), store_files(WHOLE)
        assert app.test_client().get(f"/courses/{version.hash}/pack.zip").status_code == 303
        reader = sign_in(app.test_client(), an_account("reader"))
        assert reader.get(f"/courses/{version.hash}/pack.zip").status_code == 404
        office = sign_in(app.test_client(), an_account("office"))
        assert office.get(f"/courses/{version.hash}/pack.zip").status_code == 200
        assert office.get(f"/drafts/{draft.id}/pack.zip").status_code == 404


class TestReading:
    def test_what_goes_out_comes_in_again_byte_for_byte(self) -> None:
        reading = read_upload(zipped(WHOLE, "small"))
        assert (reading.files, reading.course_key, reading.ignored) == (WHOLE, "small", ())
        assert all(fault.warning for fault in reading.faults)

    @pytest.mark.parametrize("folder", ["", "small/", "Мој курс (2)/"])
    def test_one_folder_round_the_course_may_be_called_anything(self, folder: str) -> None:
        assert read_upload(a_zip(WHOLE, folder)).files == WHOLE

    def test_a_zip_of_another_program_with_folders_comments_and_sizes_behind_the_files_is_read(self) -> None:
        class OneWay(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def tell(self) -> int:
                raise OSError

        stream = OneWay()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = b"made elsewhere"
            archive.mkdir("small")
            archive.mkdir("small/pages")
            for path, text in WHOLE.items():
                archive.writestr(f"small/{path}", text)
        assert read_upload(stream.getvalue()).files == WHOLE

    def test_what_computers_add_by_themselves_is_passed_over_and_told(self) -> None:
        junk = [Piece("__MACOSX/small/._course.yaml", b"\x00\x05"), Piece("small/.DS_Store", b"\x00\x00\x00\x01Bud1")]
        reading = read_upload(a_zip(WHOLE, "small/", *junk))
        assert reading.files == WHOLE
        assert reading.ignored == ("__MACOSX/small/._course.yaml", "small/.DS_Store")

    def test_a_course_that_is_not_written_canonically_is_from_then_on(self) -> None:
        loose = WHOLE | {
            "course.yaml": WHOLE["course.yaml"].replace(
                'title:\n  sr: "Мали курс"\n  en: "Small course"', "title: {sr: Мали курс, en: 'Small course'}"
            )
        }
        assert loose != WHOLE
        assert read_upload(a_zip(loose)).files == WHOLE

    def test_every_fault_comes_back_with_its_line_and_can_be_said_in_any_language(self) -> None:
        broken = WHOLE | {"cases/small.yaml": WHOLE["cases/small.yaml"].replace("otherwise: wait", "otherwise: nobody")}
        reading = read_upload(a_zip(broken))
        assert sorted(map(str, reading.faults)) == sorted(map(str, faults_of(read_pack(broken))))
        for fault in faults_of(read_pack(broken)):
            again = as_fault(as_plain(fault))
            localise = lambda text: text["sr"]  # noqa: E731
            assert again == fault
            assert again.sentence(str, localise) == fault.sentence(str, localise)

    def test_what_takes_too_long_is_stopped_and_said_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("lms.authoring.packs.sandbox.LONGEST", 0.01)
        with pytest.raises(Refused, match="takes too long"):
            read_upload(zipped(WHOLE, "small"))


class TestComingIn:
    def test_a_new_course_is_looked_at_first_and_becomes_a_draft_when_that_is_confirmed(
        self, author: FlaskClient
    ) -> None:
        answer = send(author, zipped(WHOLE, "small"))
        assert answer.status_code == 303
        page = author.get(answer.location).text
        assert "Мали курс" in page
        assert db.session.scalar(sa.select(Draft.id)) is None
        anew()
        done = author.post(f"{answer.location}/confirm", data={"version": "0"})
        draft = db.session.scalars(sa.select(Draft)).one()
        assert done.location == f"/drafts/{draft.id}"
        assert (files_of_draft(draft), draft.course_key, draft.base_hash) == (WHOLE, "small", None)
        assert db.session.scalar(sa.select(PendingImport.id)) is None

    def test_a_published_course_is_held_against_its_version_and_never_published_by_this(
        self, author: FlaskClient
    ) -> None:
        version = store_files(WHOLE)
        other = edited(WHOLE, "cases/small.yaml", lambda case: case["title"].update(sr="Нова вежба"))
        answer = send(author, zipped(other, "small"))
        page = author.get(answer.location).text
        assert "Нова" in page
        assert "<ins>" in page
        author.post(f"{answer.location}/confirm", data={"version": "0"})
        draft = db.session.scalars(sa.select(Draft)).one()
        assert (draft.base_hash, files_of_draft(draft)) == (version.hash, other)

    def test_a_draft_under_way_becomes_what_is_in_the_file_as_one_step(self, author: FlaskClient) -> None:
        draft = start_draft("small", WHOLE | {"figures/extra.svg": WHOLE["figures/steps.sr.svg"]})
        answer = send(author, zipped(WHOLE, "small"))
        assert "extra.svg" in author.get(answer.location).text
        author.post(f"{answer.location}/confirm", data={"version": str(draft.version)})
        anew()
        assert files_of_draft(draft) == WHOLE
        assert draft.version == 1

    def test_nothing_is_written_over_what_somebody_has_written_since(self, author: FlaskClient) -> None:
        draft = start_draft("small", WHOLE)
        other = edited(WHOLE, "cases/small.yaml", lambda case: case["title"].update(sr="Нова вежба"))
        answer = send(author, zipped(other, "small"))
        mine = edited(WHOLE, "cases/small.yaml", lambda case: case["summary"].update(sr="Наш сажетак."))
        write_files(draft, {"cases/small.yaml": mine["cases/small.yaml"]})
        assert author.post(f"{answer.location}/confirm", data={"version": "0"}).status_code == 409
        anew()
        assert files_of_draft(draft) == mine
        assert "Наш сажетак" in author.get(answer.location).text

    def test_the_same_course_again_changes_nothing_and_offers_nothing(self, author: FlaskClient) -> None:
        start_draft("small", WHOLE)
        page = author.get(send(author, zipped(WHOLE, "small")).location).text
        assert "/confirm" not in page

    def test_a_faulty_pack_is_refused_with_every_fault_and_its_line(self, author: FlaskClient) -> None:
        broken = WHOLE | {"cases/small.yaml": WHOLE["cases/small.yaml"].replace("how: majority", "how: [loudly]", 1)}
        author.set_cookie("language", "en")
        answer = send(author, a_zip(broken))
        line = broken["cases/small.yaml"][: broken["cases/small.yaml"].index("how: [loudly]")].count("\n") + 1
        assert answer.status_code == 422
        assert f"cases/small.yaml, line {line}" in answer.text
        assert db.session.scalar(sa.select(PendingImport.id)) is None

    def test_an_unfinished_course_comes_in_as_a_draft_and_says_what_is_still_to_be_done(
        self, author: FlaskClient
    ) -> None:
        half = edited(WHOLE, "cases/small.yaml", lambda case: (case.pop("summary"), case["endings"].clear()))
        half = edited(half, "surveys/knowledge.yaml", lambda survey: survey["title"].pop("en"))
        author.set_cookie("language", "en")
        address = send(author, zipped(half, "small")).location
        page = author.get(address).text
        assert "things are not finished" in page
        assert "the English is missing" in page
        author.post(f"{address}/confirm", data={"version": "0"})
        draft = db.session.scalars(sa.select(Draft)).one()
        assert files_of_draft(draft) == half

    def test_no_file_and_no_zip_are_told_beside_the_field(self, author: FlaskClient) -> None:
        assert author.post("/drafts/import", data={}).status_code == 422
        answer = send(author, b"not a zip")
        assert answer.status_code == 422
        assert "Извезите курс још једном" in answer.text

    def test_only_who_has_sent_it_sees_it_for_an_hour_and_a_new_one_takes_its_place(
        self, app: Flask, author: FlaskClient
    ) -> None:
        first = send(author, zipped(WHOLE, "small")).location
        stranger = sign_in(app.test_client(), an_account("trainer"))
        assert stranger.get(first).status_code == 404
        assert stranger.post(f"{first}/confirm", data={"version": "0"}).status_code == 404
        second = send(author, zipped(WHOLE, "small")).location
        assert author.get(first).status_code == 404
        db.session.execute(sa.update(PendingImport).values(created_at=clock.now() - timedelta(hours=1, minutes=1)))
        db.session.commit()
        assert author.get(second).status_code == 404
        send(stranger, zipped(WHOLE, "small"))
        assert db.session.scalars(sa.select(PendingImport.account_id)).all() == [
            db.session.scalars(sa.select(Account.id)).all()[-1]
        ]

    def test_it_can_be_forgotten(self, author: FlaskClient) -> None:
        address = send(author, zipped(WHOLE, "small")).location
        assert author.post(f"{address}/discard").status_code == 303
        assert db.session.scalar(sa.select(PendingImport.id)) is None

    def test_whoever_sends_file_after_file_is_asked_to_wait(self, author: FlaskClient) -> None:
        assert [send(author, b"PK").status_code for _ in range(MOST_TRIES)] == [422] * MOST_TRIES
        assert send(author, b"PK").status_code == 429
