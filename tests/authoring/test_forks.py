"""A fork takes over what its original has become, piece by piece, and loses nothing of its own."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring.differences.pieces import Piece, pieces, taken
from tests.authoring.changed_courses import WHOLE, Files, changed, edited, without

CASE = "cases/small.yaml"
FEW = (CASE, "pages/m1", "sources.yaml")  # so that both sides often change the same


def after(base: Files, theirs: Files, ours: Files, chosen: list[Piece]) -> Files:
    """Ours when `chosen` have been taken over."""
    files: dict[str, str | None] = {**ours, **taken(base, theirs, ours, {piece.id for piece in chosen})}
    return {path: text for path, text in files.items() if text is not None}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_who_has_changed_nothing_and_takes_everything_has_the_original_byte_for_byte(data: st.DataObject) -> None:
    theirs = data.draw(changed())
    assert after(WHOLE, theirs, WHOLE, pieces(WHOLE, theirs, WHOLE)) == theirs


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_who_keeps_everything_has_what_they_had_byte_for_byte(data: st.DataObject) -> None:
    theirs, ours = data.draw(changed(FEW)), data.draw(changed(FEW))
    assert after(WHOLE, theirs, ours, []) == ours


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_taking_over_what_was_not_touched_here_loses_nothing_that_was_changed_here(data: st.DataObject) -> None:
    theirs, ours = data.draw(changed(FEW)), data.draw(changed(FEW))
    found = [piece for piece in pieces(WHOLE, theirs, ours) if not piece.touched]
    assert pieces(WHOLE, ours, after(WHOLE, theirs, ours, found)) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_was_taken_over_is_not_offered_again_and_the_rest_is(data: st.DataObject) -> None:
    theirs, ours = data.draw(changed(FEW)), data.draw(changed(FEW))
    found = pieces(WHOLE, theirs, ours)
    chosen = [piece for piece in found if data.draw(st.booleans())]
    left = {piece.id for piece in pieces(WHOLE, theirs, after(WHOLE, theirs, ours, chosen))}
    assert left <= {piece.id for piece in found if piece not in chosen}


def test_a_list_emptied_from_both_ends_is_empty() -> None:
    theirs = edited(WHOLE, "sources.yaml", lambda sources: sources.pop(0))
    ours = edited(WHOLE, "sources.yaml", lambda sources: sources.pop(1))
    assert after(WHOLE, theirs, ours, pieces(WHOLE, theirs, ours))["sources.yaml"] == "[]\n"


def test_what_only_the_original_has_changed_is_offered_and_not_called_touched() -> None:
    theirs = edited(WHOLE, CASE, lambda case: case["title"].update(sr="Нова вежба"))
    ours = edited(WHOLE, CASE, lambda case: case["summary"].update(sr="Код нас је овако."))
    [piece] = pieces(WHOLE, theirs, ours)
    assert (piece.path, piece.kind, piece.touched) == (CASE, "changed", False)
    files = after(WHOLE, theirs, ours, [piece])
    assert "Нова вежба" in files[CASE]
    assert "Код нас је овако." in files[CASE]


def test_what_both_have_changed_is_called_touched_and_left_unless_it_is_chosen() -> None:
    theirs = edited(WHOLE, CASE, lambda case: case["title"].update(sr="Нова вежба"))
    ours = edited(WHOLE, CASE, lambda case: case["title"].update(sr="Наша вежба"))
    [piece] = pieces(WHOLE, theirs, ours)
    assert piece.touched
    assert (piece.base["sr"], piece.theirs["sr"], piece.ours["sr"]) == ("Мала вежба", "Нова вежба", "Наша вежба")
    assert after(WHOLE, theirs, ours, []) == ours
    assert after(WHOLE, theirs, ours, [piece]) == theirs


def test_what_both_have_changed_alike_is_not_asked_about() -> None:
    both = edited(WHOLE, CASE, lambda case: case["title"].update(sr="Нова вежба"))
    assert pieces(WHOLE, both, both) == []


def test_what_was_removed_there_but_changed_here_is_asked_about() -> None:
    theirs = edited(WHOLE, CASE, lambda case: case["stages"][0]["injects"].pop(0))
    ours = edited(WHOLE, CASE, lambda case: case["stages"][0]["injects"][0]["title"].update(sr="Наш комби"))
    [piece] = pieces(WHOLE, theirs, ours)
    assert (piece.kind, piece.touched) == ("removed", True)


def test_what_was_removed_here_but_changed_there_is_asked_about_and_can_come_back() -> None:
    theirs = edited(WHOLE, CASE, lambda case: case["stages"][0]["injects"][0]["title"].update(sr="Бели комби"))
    ours = edited(WHOLE, CASE, lambda case: case["stages"][0]["injects"].pop(0))
    [piece] = pieces(WHOLE, theirs, ours)
    assert (piece.kind, piece.touched) == ("changed", True)
    assert after(WHOLE, theirs, ours, [piece]) == theirs


def test_a_record_added_there_comes_behind_the_one_it_stands_behind_there() -> None:
    def add(case: Any) -> None:
        case["stages"][0]["decisions"][0]["options"].insert(
            1, case["stages"][0]["decisions"][0]["options"][0] | {"key": "new"}
        )

    theirs = edited(WHOLE, CASE, add)
    ours = edited(WHOLE, CASE, lambda case: case["stages"][0]["decisions"][0]["options"].pop(1))
    chosen = pieces(WHOLE, theirs, ours)
    keys = [
        line.split()[2] for line in after(WHOLE, theirs, ours, chosen)[CASE].split("\n") if "          - key: " in line
    ][:3]
    assert keys == ["talk", "new", "employer"]


def test_another_order_is_one_piece_and_moves_what_was_added_here_along() -> None:
    def turn(sources: list[Any]) -> None:
        sources.reverse()

    theirs = edited(WHOLE, "sources.yaml", turn)
    ours = edited(WHOLE, "sources.yaml", lambda sources: sources.append(sources[0] | {"key": "ours"}))
    [piece] = pieces(WHOLE, theirs, ours)
    assert (piece.kind, piece.touched, piece.theirs) == ("moved", False, ("K-practice", "S1"))
    text = after(WHOLE, theirs, ours, [piece])["sources.yaml"]
    assert [line.split()[2] for line in text.split("\n") if "- key: " in line] == ["K-practice", "ours", "S1"]


def test_a_paragraph_of_a_page_is_found_again_though_others_came_before_it() -> None:
    def insert(page: Any) -> None:
        page["blocks"].insert(1, {"kind": "text", "text": {"sr": "Сасвим нов пасус.", "en": "A wholly new paragraph."}})

    def change(page: Any) -> None:
        text = next(block for block in page["blocks"] if block["kind"] == "text")["text"]
        text["sr"] += " И још нешто."

    theirs, ours = edited(WHOLE, "pages/glossary", insert), edited(WHOLE, "pages/glossary", change)
    kinds = [(piece.kind, piece.touched) for piece in pieces(WHOLE, theirs, ours)]
    assert len(kinds) == 1
    assert not kinds[0][1]


def test_a_page_that_is_new_there_comes_with_both_its_languages_and_one_that_is_gone_goes_with_both() -> None:
    new = WHOLE | {f"pages/new.{code}.md": WHOLE[f"pages/m1.{code}.md"] for code in ("sr", "en")}
    [piece] = pieces(WHOLE, new, WHOLE)
    assert (piece.path, piece.kind) == ("pages/new", "added")
    assert after(WHOLE, new, WHOLE, [piece]) == new
    gone = without(WHOLE, "pages/m2")
    [piece] = pieces(WHOLE, gone, WHOLE)
    assert piece.kind == "removed"
    assert after(WHOLE, gone, WHOLE, [piece]) == gone


def test_a_document_that_cannot_be_read_is_compared_as_a_whole_file() -> None:
    broken = WHOLE | {"surveys/knowledge.yaml": "key: [\n"}
    [piece] = pieces(WHOLE, broken, WHOLE)
    assert (piece.path, piece.kind) == ("surveys/knowledge.yaml", "changed")
    assert after(WHOLE, broken, WHOLE, [piece]) == broken


def test_true_is_not_one_and_a_comment_at_the_head_of_a_file_counts() -> None:
    theirs = edited(WHOLE, CASE, lambda case: case["flags"][2].update(start=False))
    assert [piece.theirs for piece in pieces(WHOLE, theirs, WHOLE)] == [False]
    remarked = WHOLE | {CASE: "# For the second day only.\n" + WHOLE[CASE]}
    [piece] = pieces(WHOLE, remarked, WHOLE)
    assert after(WHOLE, remarked, WHOLE, [piece]) == remarked
