from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.approvals import ApprovalRule, Missing, missing
from bot.domain.roster import Role, role_name
from bot.texts import translator

REFERENT = Role.DISTRESS_REFERENT
LAWYER = Role.LAWYER
LEAD = Role.COMMUNICATION_LEAD
SERVICE = Role.CONSUMER_SERVICE
NOTHING = Missing(roles=(), any_of=(), count=0)

AT_D3 = ApprovalRule(
    roles=(REFERENT,),
    any_of=(LAWYER, LEAD, SERVICE),
    count=1,
    release=Role.MODERATOR,
    after_half_the_delay=(REFERENT,),
)
BEFORE_HALF = AT_D3.before_half_the_delay()


def test_it_asks_for_everything_before_anybody_approved():
    assert missing(BEFORE_HALF, ()) == Missing(roles=(REFERENT,), any_of=(LAWYER, LEAD, SERVICE), count=1)


def test_it_still_asks_for_one_of_the_others_when_the_referent_approved():
    assert missing(BEFORE_HALF, {REFERENT}) == Missing(roles=(), any_of=(LAWYER, LEAD, SERVICE), count=1)


def test_it_still_asks_for_the_referent_when_one_of_the_others_approved():
    assert missing(BEFORE_HALF, {LEAD}) == Missing(roles=(REFERENT,), any_of=(), count=0)


def test_it_is_content_with_the_referent_and_one_other():
    assert not missing(BEFORE_HALF, {REFERENT, SERVICE})


def test_it_takes_no_account_of_roles_outside_the_rule():
    assert missing(BEFORE_HALF, {Role.DIRECTOR, Role.MANAGER}) == missing(BEFORE_HALF, ())


def test_it_asks_for_two_different_roles_when_two_are_wanted():
    rule = ApprovalRule(any_of=(LAWYER, LEAD, SERVICE), count=2, release=Role.MODERATOR)
    assert missing(rule, {LEAD}) == Missing(roles=(), any_of=(LAWYER, SERVICE), count=1)
    assert not missing(rule, {LEAD, SERVICE})


def test_it_does_not_count_a_compulsory_role_a_second_time():
    rule = ApprovalRule(roles=(LAWYER,), any_of=(LAWYER, LEAD), count=1, release=Role.MODERATOR)
    assert missing(rule, {LAWYER}) == Missing(roles=(), any_of=(LEAD,), count=1)
    assert not missing(rule, {LAWYER, LEAD})


def test_it_lets_the_referent_alone_suffice_after_half_the_delay():
    assert missing(AT_D3, {REFERENT}) == NOTHING
    assert missing(AT_D3, {LEAD}) == Missing(roles=(REFERENT,), any_of=(), count=0)


def test_it_keeps_a_full_approval_after_half_the_delay():
    rule = ApprovalRule(roles=(LAWYER,), release=Role.MODERATOR, after_half_the_delay=(REFERENT,))
    assert not missing(rule, {LAWYER})


def test_it_asks_who_is_enough_after_half_the_delay_too():
    rule = ApprovalRule(roles=(LAWYER,), release=Role.MODERATOR, after_half_the_delay=(REFERENT,))
    assert rule.asked == (LAWYER, REFERENT)
    assert rule.before_half_the_delay().asked == (LAWYER,)


def test_it_names_everyone_asked_once_the_compulsory_first():
    rule = ApprovalRule(roles=(LAWYER,), any_of=(LEAD, LAWYER), count=1, release=Role.MODERATOR)
    assert rule.asked == (LAWYER, LEAD)


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"any_of": (LAWYER,), "count": 0},
        {"any_of": (LAWYER,), "count": 2},
        {"roles": (LAWYER,), "any_of": (LAWYER,), "count": 1},
    ],
)
def test_it_refuses_a_rule_without_approval_or_that_cannot_be_met(rule):
    with pytest.raises(ValueError, match=r"nobody|more approvals"):
        ApprovalRule(release=Role.MODERATOR, **rule)


@given(st.sets(st.sampled_from(Role)), st.sampled_from(Role))
def test_it_never_asks_for_more_after_one_more_approval(approved, one_more):
    before, after = missing(BEFORE_HALF, approved), missing(BEFORE_HALF, approved | {one_more})
    assert set(after.roles) <= set(before.roles)
    assert after.count <= before.count


def test_it_can_always_be_met_by_what_it_says_is_missing():
    for size in range(3):
        for approved in combinations((REFERENT, LAWYER, LEAD, SERVICE), size):
            lacking = missing(BEFORE_HALF, approved)
            assert not missing(BEFORE_HALF, (*approved, *lacking.roles, *lacking.any_of[: lacking.count]))


def test_it_names_every_role_in_both_languages():
    english, french = translator("en"), translator("fr")
    assert role_name(REFERENT, english) == "distress referent"
    assert role_name(REFERENT, french) == "référent·e détresse"
    assert all(role_name(role, english) != role_name(role, french) for role in Role)
