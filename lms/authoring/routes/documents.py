"""One document of a draft: reading its forms, saving what was typed, and adding, removing and moving its parts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import flash, g, make_response, render_template, request, url_for

from lms import ui
from lms.access import allow
from lms.authoring import documents
from lms.authoring.access import writer_of_draft
from lms.authoring.actions import drafting
from lms.authoring.editing import Edit, print_of, seen_at
from lms.authoring.forms.commands import carry_out
from lms.authoring.forms.drawn import Field, id_of
from lms.authoring.forms.fields import leaves
from lms.authoring.forms.reading import Typed, read, shown
from lms.authoring.queries import contacts_of_draft, files_of_draft, who_wrote
from lms.authoring.routes import blueprint
from lms.authoring.screens.editor import Editor, address_of, blocks_of, editor, fields_at
from lms.authoring.words import KINDS
from lms.content.addresses import NoSuchPlace, within
from lms.errors import NotAllowed, Refused
from lms.language import LOCALES, gettext, remember_language
from lms.serbian import to_latin
from lms.ui import N_

ONE = "/drafts/<int:draft_id>/files/<path:path>"
MOVES = ("up:", "down:", "by:")
LOST = N_("Somebody has removed what these words belong to. Copy them to where they belong now: %(words)s")


@blueprint.get(ONE)
@allow(writer_of_draft)
def document(draft_id: int, path: str) -> ui.Answer:
    """The editor at one part of a document."""
    return _page(_editor(path, _at()))


@blueprint.post(ONE)
@allow(writer_of_draft)
def save_document(draft_id: int, path: str) -> ui.Answer:
    """Save what was typed; then add, remove or move what a button asks for."""
    fields = _fields(path, _at())
    typed = read(fields, request.form, contacts_of_draft(g.draft))
    written = drafting.save(g.draft, path, _chosen(path, typed))
    theirs = {one.address: (one.theirs, who_wrote(g.draft, path, one.address)) for one in written.conflicts}
    if request.form.get("_language") in LOCALES:
        remember_language(request.form["_language"])
    if request.wants_part:
        return _renewed(path, typed, theirs)
    if typed.lost:
        flash(gettext(LOST, words=" / ".join(typed.lost)), "warn")
    if typed.errors or theirs or typed.lost:
        return _again(path, typed, theirs)
    return _onward(path)


def _chosen(path: str, typed: Typed) -> list[Edit]:
    """What is to be written: where two versions met, the one that a button has chosen."""
    given_up, kept = request.form.get("theirs", ""), request.form.get("mine", "")
    now = documents.shown(files_of_draft(g.draft), path) if kept else None
    return [
        replace(edit, was=print_of(seen_at(now, kept))) if edit.address == kept else edit
        for edit in typed.edits
        if edit.address != given_up
    ]


def _onward(path: str) -> ui.Answer:
    """Where to go after a saving: to what a button has made, on to a link that was followed, or here again."""
    command, here = request.form.get("do", ""), request.full_path.rstrip("?")
    place = _do(path, command)
    if place is None:
        return ui.to(ui.on_this_site(request.form.get("next", "")) or here)
    if command.startswith(MOVES):  # one goes on with the list, and on the same button
        word = command.partition(":")[0]
        return ui.to(f"{here}#{id_of(place)}" + (f"-{word}" if word != "by" else ""))
    return ui.to(address_of(g.draft, path, place, field=True))


def _at() -> str:
    return request.args.get("at", "")[:400]


def _editor(path: str, at: str) -> Editor:
    """The editor, at the nearest part that is still there."""
    files = files_of_draft(g.draft)
    return _nearest(lambda at: editor(g.draft, files, path, _document(files, path), at), at)


def _fields(path: str, at: str) -> tuple[Field, ...]:
    """Only its fields."""
    files = files_of_draft(g.draft)
    return _nearest(lambda at: fields_at(files, path, _document(files, path), at), at)


def _document(files: documents.Files, path: str) -> Any:
    if not documents.kind_of(path) or documents.files_of(path)[0] not in files:
        raise NotAllowed()
    found = documents.shown(files, path)
    if found is None:
        raise Refused(documents.NOT_ALIKE, status=422)
    return found


def _nearest(look: Callable[[str], Any], at: str) -> Any:
    while True:
        try:
            return look(at)
        except NoSuchPlace:
            at = _around(at)


def _around(at: str) -> str:
    try:
        return within(at)
    except NoSuchPlace:  # not an address at all
        return ""


def _do(path: str, command: str) -> str | None:
    """Carry out the command of a button; where to look then. None: stay here."""
    if not command:
        return None
    place = ""

    def apply(found: Any) -> list[Any]:
        nonlocal place
        kind = documents.kind_of(path)
        assert kind is not None
        changes, place = carry_out(found, kind, command)
        return changes

    drafting.change(g.draft, path, apply, command.partition(":")[0])
    return place


def _again(path: str, typed: Typed, theirs: dict[str, tuple[Any, str]]) -> ui.Answer:
    """The form with what was typed in it, and what keeps it from being saved."""
    screen = _editor(path, _at())
    screen = replace(screen, fields=shown(screen.fields, typed, theirs))
    return _page(screen, waits=len(typed.errors) + len(theirs), status=409 if theirs else 422)


def _page(screen: Editor, waits: int = 0, status: int = 200) -> ui.Answer:
    here = _here(screen)
    return make_response(
        render_template(
            "authoring/editor.html", **_shared(screen), waits=waits, errors=waits, url_with_latin=here(latin=1), url_without_latin=here(), href=partial(address_of, g.draft, screen.path),
        ),
        status,
    )  # fmt: skip


def _here(screen: Editor) -> Callable[..., str]:
    """The address of the part that is written."""
    return partial(url_for, "authoring.document", draft_id=g.draft.id, path=screen.path, at=screen.part.address or None)


def _renewed(path: str, typed: Typed, theirs: dict[str, tuple[Any, str]]) -> ui.Answer:
    """What a saving in the background renews: the state, checks, outline, and what stands beside the fields that were sent."""
    screen = _editor(path, _at())
    sent = {edit.address for edit in typed.edits} | set(typed.errors)
    fields = [one for one in leaves(shown(screen.fields, typed, theirs)) if one.address in sent]
    waits = len(typed.errors) + len(theirs) + len(typed.lost)
    answer = make_response(
        render_template("authoring/_saved.html", **_shared(screen), renewed=fields, waits=waits, lost=typed.lost)
    )
    answer.headers["HX-Trigger"] = "saved"  # what stands beside the form is fetched anew
    return answer


def _shared(screen: Editor) -> dict[str, Any]:
    """What the page and its renewed parts both need."""
    return {
        "screen": screen, "kinds": KINDS, "latin": to_latin if request.args.get("latin") else None,
        "blocks": blocks_of(screen.part) if screen.kind == "page" else (), "here_url": _here(screen)(),
    }  # fmt: skip
