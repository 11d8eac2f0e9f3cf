import json
from datetime import timedelta

import pytest

from bot.data import categories, levels
from bot.domain.approvals import ApprovalRule
from bot.domain.categories import (
    FIRST_GUESSES,
    Category,
    FirstChoice,
    KeepOnline,
    MemberText,
    approval_rule_for,
    first_choice_name,
    parse_categories,
)
from bot.domain.levels import Level, parse_levels, severity_of
from bot.domain.roster import Role
from bot.texts import translator

PLAN_RULE = ApprovalRule(roles=(Role.DPO,), release=Role.DIRECTOR)
PLAN_DEFAULT = ApprovalRule(roles=(Role.LAWYER,), release=Role.SPOKESPERSON)


@pytest.fixture(scope="module")
def distress() -> Category:
    return categories()["distress"]


def test_it_knows_the_eighteen_categories():
    assert set(categories()) == {
        "question", "complaint", "critique", "misinformation", "troll", "rager", "distress", "third_party",
        "threat", "hate", "harassment", "incitement", "defamation", "leak", "minor_danger", "press", "spam",
        "praise",
    }  # fmt: skip


def test_it_reads_what_a_leak_asks_of_us():
    leak = categories()["leak"]
    assert (leak.label.fr, leak.label.en) == ("Fuite de données / doxxing", "Data leak, doxxing")
    assert leak.first_choice is FirstChoice.LEAK_OR_THREAT
    assert leak.keep_online is KeepOnline.NO
    assert leak.member_text is MemberText.ON_DEMAND
    terms = leak.at(None)
    assert (terms.severity, terms.receipt, terms.reply) == (3, timedelta(minutes=5), timedelta(hours=4))
    assert terms.approvals == ApprovalRule(roles=(Role.LAWYER, Role.DPO), release=Role.SPOKESPERSON)


def test_it_owes_a_troll_no_word():
    assert categories()["troll"].at(None).receipt is None
    assert categories()["troll"].at(None).reply is None


def test_it_needs_one_approval_for_a_distress_at_d4(distress):
    rule = approval_rule_for(distress, Level.D4, {})
    assert rule.roles == ()
    assert rule.any_of == (Role.DISTRESS_REFERENT, Role.LAWYER, Role.COMMUNICATION_LEAD)
    assert (rule.count, rule.release) == (1, Role.MODERATOR)


def test_it_needs_the_referent_and_one_other_at_d2_or_the_referent_after_half_the_delay(distress):
    rule = approval_rule_for(distress, Level.D2, {})
    assert rule.roles == (Role.DISTRESS_REFERENT,)
    assert rule.any_of == (Role.LAWYER, Role.COMMUNICATION_LEAD, Role.CONSUMER_SERVICE)
    assert rule.after_half_the_delay == (Role.DISTRESS_REFERENT,)


def test_it_treats_an_unassessed_distress_as_d4(distress):
    assert distress.at(None) == distress.at(Level.D4)
    assert distress.level_in_force(None) is Level.D4
    assert distress.level_in_force(Level.D2) is Level.D2


def test_it_invents_no_level_for_other_categories():
    assert categories()["leak"].level_in_force(None) is None


def test_it_keeps_the_terms_of_d1_for_a_distress_at_d0(distress):
    assert distress.at(Level.D0) == distress.at(Level.D1)


def test_it_lets_the_severity_of_a_distress_follow_its_level(distress):
    assert [distress.at(level).severity for level in list(Level)[1:]] == [2, 2, 3, 4, 4]


def test_it_lets_the_plan_stand_over_the_category(distress):
    rules = {"distress": PLAN_RULE, "default": PLAN_DEFAULT}
    assert approval_rule_for(distress, Level.D4, rules) is PLAN_RULE
    assert approval_rule_for(categories()["leak"], None, rules) is PLAN_DEFAULT


@pytest.mark.parametrize(
    ("choice", "category", "severity"),
    [
        (FirstChoice.SOMEONE_IN_DANGER, "distress", 4),
        (FirstChoice.ANGER_OR_IMAGE, "complaint", 2),
        (FirstChoice.LEAK_OR_THREAT, "leak", 3),
        (FirstChoice.NOT_SURE, "question", 3),
    ],
)
def test_it_guesses_category_and_severity_from_the_first_choice(choice, category, severity):
    assert (FIRST_GUESSES[choice].category, FIRST_GUESSES[choice].severity) == (category, severity)
    assert categories()[category].first_choice is choice


def test_it_names_the_first_choices_in_both_languages():
    assert first_choice_name(FirstChoice.NOT_SURE, translator("en")) == "Not sure"
    assert first_choice_name(FirstChoice.NOT_SURE, translator("fr")) == "Je ne sais pas"


def test_it_refuses_a_category_whose_approvals_can_never_be_met():
    entry = {
        "id": "x", "label": "x", "first_choice": "not_sure", "keep_online": "yes", "member_text": "shown",
        "first_action": "x",
        "severity": 1, "receipt_minutes": 1, "reply_minutes": 1,
        "approvals": {"any": {"of": ["lawyer"], "count": 2}, "release": "moderator"},
    }  # fmt: skip
    with pytest.raises(ValueError, match="more approvals"):
        parse_categories(json.dumps({"categories": [entry]}))


def test_it_gives_each_level_its_severity():
    assert [severity_of(level) for level in Level] == [None, 2, 2, 3, 4, 4]


def test_it_compares_levels_by_gravity():
    assert Level.D0 < Level.D1 < Level.D2 < Level.D3 < Level.D4 < Level.D5
    assert [level.is_grave for level in Level] == [False, False, False, False, True, True]


def test_it_names_every_level_and_its_signs_in_both_languages():
    facts = levels()
    assert facts[Level.D4].label.in_("fr") == "danger imminent"
    assert facts[Level.D4].label.in_("en") == "imminent danger"
    assert all(facts[level].signs.fr and facts[level].signs.en for level in Level)


def test_it_refuses_a_triage_file_that_lacks_a_level():
    with pytest.raises(KeyError, match="D0"):
        parse_levels('{"levels": []}')
