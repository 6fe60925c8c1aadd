"""What is typed in a case, and what is made of it."""

from datetime import date

from lms.content.case import ALLOWED, FORBIDDEN, NEEDED, TRUST, Due, Effect, Flag
from lms.content.cases import read_case
from tests.builders import CASE
from tests.content.cases import broken, checked

CASE_ = read_case(CASE)


def test_the_small_case_is_in_order_without_any_advice():
    assert checked(broken()).faults == ()


def test_yes_and_no_are_numbers():
    assert CASE_.flag["warned"].start == 0
    assert CASE_.decision["first"].option("employer").effect.set == {"warned": 1}
    assert checked(broken(("key: warned,", "key: warned, start: true,"))).case.flag["warned"].start == 1


def test_every_case_has_trust():
    assert CASE_.flag[TRUST] == Flag(TRUST, start=1, least=-10, most=10)
    undeclared = checked(broken(("  - {key: trust, start: 1}\n", ""))).case
    assert undeclared.flag[TRUST] == Flag(TRUST, start=0, least=-10, most=10)
    assert [flag.key for flag in undeclared.flags] == ["trust", "warned", "calls"]


def test_number_flags_have_their_bounds():
    assert CASE_.flag["calls"] == Flag("calls", start=0, least=0, most=3)
    assert (CASE_.flag["warned"].least, CASE_.flag["warned"].most) == (0, 1)


def test_conditions_are_read_and_missing_ones_always_hold():
    away, on = CASE_.stage["call"].next
    assert away.when.flags == {"warned"}
    assert on.when.holds({})
    assert CASE_.decision["first"].option("third-call").when.holds({"calls": 1})
    assert CASE_.inject["van"].when is None
    assert CASE_.inject["neighbour"].when.source == "warned"
    assert CASE_.inject["journalist"].by_hand


def test_what_is_not_said_is_filled_in():
    assert CASE_.role["police"].required
    assert not CASE_.role["health"].required
    assert CASE_.role["health"].cover == ()
    assert CASE_.step["safety"].due is None
    assert CASE_.step["safety"].certainty == "confirmed"
    assert CASE_.decision["search"].opens.minute == 4
    assert CASE_.decision["first"].alone == 1
    assert CASE_.decision["each-plan"].opens.after == "search"
    assert CASE_.decision["tell-centre"].option("later").effect.trust == 0
    assert CASE_.verified_on == date(2026, 11, 22)


def test_null_says_nothing():
    assert checked(broken(("        alone: 1\n", "        alone: null\n"))).case.decision["first"].alone == 0
    assert checked(broken(("    goal: {sr: ", "    powers: null\n    goal: {sr: "))).case.role["police"].powers is None


def test_steps_are_due_after_a_stage_or_a_flag():
    assert CASE_.step["centre"].due == Due(20, "stage", "call")
    assert CASE_.step["topolje-told"].due == Due(30, "flag", "warned")


def test_a_hand_off_has_its_effect_and_its_breach():
    handoff = CASE_.handoff["to-topolje"]
    assert [item.need for item in handoff.items] == [NEEDED, ALLOWED, FORBIDDEN]
    assert [channel.safe for channel in handoff.channels] == [True, False]
    assert handoff.effect == Effect(add={TRUST: 1}, done=("topolje-told",))
    assert handoff.breach.trust == -2
    assert handoff.breach.voice["en"].startswith("Everybody knows")
    assert handoff.passed_enough(frozenset({"plate"}))
    assert not handoff.passed_enough(frozenset({"needs"}))


def test_facts_belong_to_those_who_hold_them():
    assert CASE_.fact_holder["wish"].key == "health"
    assert CASE_.fact["result"].since == "van"


def test_who_decides():
    assert CASE_.voters(CASE_.decision["first"]) == ("police", "social", "health")
    assert CASE_.voters(CASE_.decision["tell-centre"]) == ("social",)
    assert CASE_.voters(CASE_.decision["each-plan"]) == ("police", "social", "health", "police-topolje")


def test_what_is_for_one_table_or_one_role_stands_in_the_order_of_the_tables_and_roles():
    words = '{sr: "А.", en: "A."}'
    case = checked(
        broken(
            ("    at_place:\n", f"    at_place:\n      ravnograd: {words}\n"),
            ("    private:\n", f"    private:\n      police: {words}\n      health: {words}\n"),
        )
    ).case
    turned = checked(
        broken(
            ("    private:\n", f"    private:\n      health: {words}\n"),
            ("    injects:\n", f"      police: {words}\n    injects:\n"),
            ("    private:\n", f"      ravnograd: {words}\n    private:\n"),
        )
    ).case
    for stage in (case.stages[0], turned.stages[0]):
        assert list(stage.at_place) == [place.key for place in case.places] == ["ravnograd", "topolje"]
        assert list(stage.private) == [role.key for role in case.roles if role.key in stage.private]
        assert len(stage.private) == 3
