"""The page of paper for the day on which nothing works."""

from dataclasses import replace
from datetime import date

import pytest

from bot import data
from bot.data import SAMPLE_PLAN
from bot.domain.hours import parse_week_hours
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.plan.loading import load_plan_file
from bot.plan.model import Community
from bot.views.page import page
from tests.rig.samples import NIGHT

PLAN = load_plan_file(SAMPLE_PLAN)
FORUM = PLAN.communities["forum"]


def printed(community: Community = FORUM) -> str:
    return page(PLAN, community, help_lines=data.help_lines(), now=NIGHT)


def test_it_names_everybody_with_their_telephone_in_their_order():
    for role, people in FORUM.roles.items():
        called = [f"{PLAN.person(p).name} · {PLAN.person(p).phone}" for p in people]
        assert "<br>".join(called) in printed(), role


@pytest.mark.parametrize(("country", "number"), [("FR", "**15 ·"), ("BE", "**112 ·"), ("XX", "**112")])
def test_it_names_the_emergency_numbers_of_the_country(country: str, number: str) -> None:
    assert number in printed(replace(FORUM, country=country))


def test_it_speaks_the_language_of_the_community():
    assert "# Forum Exemple\xa0: quand rien ne marche" in printed()
    assert "# Forum Exemple: when nothing works" in printed(replace(FORUM, locale="en"))


def test_it_says_the_hours_of_duty():
    hours = {(Role.LAWYER, PersonId("farid")): (parse_week_hours("mon-tue 09:00-19:00"),)}
    said = printed(replace(FORUM, duty=replace(FORUM.duty, hours=hours)))
    assert "Farid Haddad · +33639980005 · lun, mar 09:00-19:00<br>" in said


def test_it_holds_the_first_message_as_long_as_it_is_agreed_to():
    assert "> Bonjour, nous avons lu votre message" in printed()
    assert FORUM.first_message is not None
    ended = replace(FORUM.first_message, until=date(2020, 1, 1))
    assert "> Bonjour" not in printed(replace(FORUM, first_message=ended))
