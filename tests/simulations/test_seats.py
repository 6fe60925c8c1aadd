"""Seats: a person who is not there is covered, blocks nobody, and comes back."""

import pytest

from lms.errors import Refused
from lms.simulations import facilitation, moves
from lms.simulations.clockwork import asked_now
from lms.simulations.state import speaker, spoken_for
from tests.simulations.tables import Table, small, with_decision

THREE = ("police", "social", "health")


def first(how: str = "majority", **changes) -> Table:
    """The first decision, without answering alone."""
    return Table(with_decision(small(), "first", how=how, alone=0, **changes)).start()


def asked(table: Table) -> set[str]:
    """Whose vote is wanted now."""
    return set(asked_now(table.case, table.state, table.state.open_decisions[0]))


@pytest.mark.parametrize("why", ["stepped-out", "gone", "excused", "freed"])
def test_the_last_one_who_had_not_voted_leaves_and_the_table_is_decided(why):
    table = first()
    table.vote("talk", "police", "health")
    assert table.kinds(table.do(moves.leave("social", why))) == ["SeatLeft", "DecisionClosed", "DecisionOpened"]


@pytest.mark.parametrize("why", ["stepped-out", "gone", "excused", "freed"])
def test_the_last_one_who_had_not_answered_alone_leaves_and_the_table_is_asked(why):
    table = Table().start()
    table.vote("talk", "police", "health")
    assert table.kinds(table.do(moves.leave("social", why))) == ["SeatLeft", "TableAsked"]


def test_a_vote_of_somebody_who_left_still_counts_once():
    table = first()
    table.vote("talk", "police")
    table.do(moves.leave("police"))
    table.vote("employer", "social")
    table.vote("talk", "health")
    assert table.state.verdicts[0].option == "talk"
    assert table.state.verdicts[0].votes == {"police": "talk", "social": "employer", "health": "talk"}


def test_votes_of_people_who_left_never_keep_those_who_agree_waiting():
    table = first()
    table.vote("employer", "police")
    table.do(moves.leave("police", "gone"), moves.leave("social", "gone"))
    assert table.kinds(table.vote("talk", "health"))[-2:] == ["DecisionClosed", "DecisionOpened"]
    assert table.state.verdicts[0].option == "talk"


def test_someone_who_left_and_came_back_votes_again_instead_of_twice():
    table = first()
    table.vote("employer", "police")
    table.do(moves.leave("police", "gone"), moves.sit_down("police"))
    table.vote("talk", "police", "social", "health")
    assert table.state.verdicts[0].votes == dict.fromkeys(THREE, "talk")


def test_a_consensus_is_among_those_present():
    table = first("consensus")
    table.vote("employer", "police")
    table.vote("talk", "social", "health")
    assert table.kinds(table.do(moves.leave("police")))[1] == "DecisionClosed"
    assert table.state.verdicts[0].option == "talk"


def test_a_role_is_covered_by_the_first_present_of_its_list_and_again_by_its_own_person():
    table = first()
    table.do(moves.leave("social"))
    assert speaker(table.case, table.state, "social") == "health"
    assert spoken_for(table.case, table.state, "health") == ("health", "social")
    table.do(moves.leave("health"))
    assert speaker(table.case, table.state, "social") == "police"
    table.do(moves.sit_down("social"))
    assert speaker(table.case, table.state, "social") == "social"


def test_one_person_has_one_voice_however_many_roles_they_cover():
    table = first()
    table.do(moves.leave("social"))
    assert asked(table) == {"police", "health"}


def test_whoever_covers_shares_the_facts_of_the_role_at_its_table():
    table = first()
    table.do(moves.leave("police"), facilitation.cover("police", "health", "she knows the case"))
    with pytest.raises(Refused):
        table.do(moves.share("social", "second-call"))
    (event,) = table.do(moves.share("health", "second-call"))
    assert event.role == "police"
    assert not table.do(moves.share("health", "second-call"))


def test_the_facilitators_choice_of_cover_goes_before_the_cases_own_and_ends_when_the_person_is_back():
    table = first()
    table.do(moves.leave("social"), facilitation.cover("social", "police", "she asked for it"))
    assert speaker(table.case, table.state, "social") == "police"
    table.do(moves.leave("police"))
    assert speaker(table.case, table.state, "social") == "health"
    table.do(moves.sit_down("social"), moves.leave("social"))
    assert table.state.seats["social"].by == ""


def test_a_cover_outlasts_the_freeing_of_the_seat():
    table = first()
    table.do(facilitation.cover("social", "police", "for a test"), moves.leave("social", "freed"))
    assert speaker(table.case, table.state, "social") == "police"


def test_nobody_can_be_covered_by_an_empty_seat_or_by_themselves():
    table = first()
    table.do(moves.leave("health"))
    for by in ("health", "social", "no-such-role"):
        with pytest.raises(Refused):
            table.do(facilitation.cover("social", by, "for a test"))


def test_where_the_deciding_person_leaves_the_cover_decides():
    table = first("authority", roles=("social",))
    table.do(moves.leave("social"))
    table.vote("talk", "health")
    assert table.state.verdicts[0].votes == {"health": "talk"}


def test_a_person_who_stepped_out_is_not_asked_and_cannot_vote():
    table = first()
    table.do(moves.leave("police"))
    with pytest.raises(Refused):
        table.vote("talk", "police")


def test_leaving_twice_or_sitting_down_twice_is_one_fact():
    table = first()
    assert not table.do(moves.sit_down("police"))
    assert table.do(moves.leave("police"))
    assert not table.do(moves.leave("police"))
    assert not table.do(moves.leave("police", "gone"))


def test_people_come_and_go_while_the_run_is_paused_and_the_table_goes_on_with_those_who_are_there():
    table = first()
    table.vote("talk", "police", "health")
    table.do(facilitation.pause())
    assert table.kinds(table.do(moves.leave("social"))) == ["SeatLeft"]
    assert table.kinds(table.do(facilitation.resume())) == ["Resumed", "DecisionClosed", "DecisionOpened"]


def test_a_run_starts_only_with_a_voice_for_every_required_role_or_a_reason():
    table = Table(seated=("health",))
    with pytest.raises(Refused):
        table.do(facilitation.start())
    assert table.kinds(table.do(facilitation.start("the others are late")))[:2] == ["RunStarted", "StageBegan"]
    assert not table.do(facilitation.start("again"))


def test_a_run_does_not_start_with_nobody():
    table = Table(seated=())
    with pytest.raises(Refused):
        table.do(facilitation.start("for a test"))


def test_nothing_is_played_before_the_start_and_after_the_end():
    table = Table()
    with pytest.raises(Refused):
        table.vote("talk", "police")
    table.start().do(facilitation.end("for a test"))
    with pytest.raises(Refused):
        table.vote("talk", "police")
    assert not table.do(
        moves.leave("police"), facilitation.go_on("call"), facilitation.end("again"), facilitation.pause()
    )
