from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.data import SAMPLE_PLAN, categories
from bot.domain.approvals import ApprovalRule
from bot.domain.categories import MemberText
from bot.domain.duty import Swap
from bot.domain.ids import PersonId, Platform
from bot.domain.roster import Role
from bot.domain.states import Source
from bot.plan.loading import load_plan, load_plan_file
from bot.plan.model import Channel, ContactSearch, FollowUp, Moderation, Plan, Steps

MINIMAL = """
people:
  lea: {name: Léa}
communities:
  sail_club:
    name: Club Marin
    country: FR
    rooms: [web]
    roles: {moderator: [lea]}
"""

FULL = """
version: 1
locale: en
timezone: America/Montreal
people:
  claire:
    name: Claire Moreau
    email: Claire@Client.example
    phone: "+33 6 39 98 00 01"
    slack: U01CLAIRE
    teams: 5f3c0000-0000-0000-0000-000000000001
    timezone: Europe/Paris
    locale: fr
    country: FR
  yves: {name: Yves Caron, email: yves@cabinet.example, external: true}
  lea: {name: Léa}
communities:
  forum:
    name: Forum Exemple
    code: fe
    country: CA-QC
    locale: fr
    timezone: Europe/Paris
    moderation: a_priori
    rooms: [slack, web]
    channels: [slack:C0FORUM]
    client_contact: claire
    first_message: {agreed_by: claire, until: 2027-06-30, fr: "Bonjour.", en: "Hello."}
    roles:
      spokesperson: [claire, lea]
      lawyer: [yves, lea]
      moderator: [lea]
    duty: {lawyer: {yves: "mon-fri 09:00-19:00"}, moderator: {lea: ["mon 09:00-12:00", "tue 22:00-06:00"]}}
    swaps: [{role: lawyer, on: 2026-12-24, from: yves, to: lea}]
    approvals:
      default: {roles: [communication_lead, lawyer], release: spokesperson}
      distress:
        roles: [distress_referent]
        any: {of: [lawyer, communication_lead], count: 1}
        release: manager
      leak: {any: {of: [lawyer, dpo], count: 2}, after_half_the_delay: {roles: [lawyer]}}
    take_up: {remind: 2m, deputy: 4m, manager: 1h}
    decide: {manager: 2d}
    follow_up: {default: [1d, 36h], remind: 1h, escalate: 2h}
    quiet: "22:00-07:30"
    member_text: on_demand
    close: {roles: [manager]}
    digest: "07:15"
"""


def plan(text: str = FULL) -> Plan:
    return load_plan(text, source="plan.yaml")


def test_it_reads_a_person():
    claire = plan().person(PersonId("claire"))
    assert claire.email == "claire@client.example"
    assert claire.phone == "+33639980001"
    assert (claire.timezone, claire.locale, claire.country) == (ZoneInfo("Europe/Paris"), "fr", "FR")
    assert claire.teams == "5f3c0000-0000-0000-0000-000000000001"
    assert not claire.external


def test_it_gives_a_person_the_plans_language_and_time_zone():
    yves = plan().person(PersonId("yves"))
    assert (yves.locale, yves.timezone, yves.country) == ("en", ZoneInfo("America/Montreal"), None)
    assert yves.external


def test_it_reads_a_community():
    forum = plan().communities["forum"]
    assert (forum.code, forum.country, forum.locale) == ("fe", "CA-QC", "fr")
    assert forum.timezone == ZoneInfo("Europe/Paris")
    assert forum.moderation is Moderation.A_PRIORI
    assert forum.rooms == (Platform.SLACK, Platform.WEB)
    assert forum.client_contact == "claire"
    assert forum.first_message is not None
    assert forum.first_message.until == date(2027, 6, 30)
    assert forum.first_message.texts == {"fr": "Bonjour.", "en": "Hello."}
    assert forum.take_up == Steps(timedelta(minutes=2), timedelta(minutes=4), timedelta(hours=1))
    assert forum.follow_up == FollowUp(
        (timedelta(days=1), timedelta(hours=36)), timedelta(hours=1), timedelta(hours=2)
    )
    assert forum.member_text is MemberText.ON_DEMAND
    assert forum.close == (Role.MANAGER,)
    assert forum.digest == time(7, 15)


def test_it_keeps_the_other_defaults_of_a_half_written_part():
    decide = plan().communities["forum"].decide
    assert decide == Steps(timedelta(minutes=10), timedelta(minutes=20), timedelta(days=2))


def test_it_reads_quiet_hours_over_midnight():
    quiet = plan().communities["forum"].quiet
    assert quiet is not None
    paris = ZoneInfo("Europe/Paris")
    assert quiet.contains(datetime(2026, 11, 24, 6, 29, tzinfo=UTC), paris)
    assert not quiet.contains(datetime(2026, 11, 24, 6, 30, tzinfo=UTC), paris)


def test_it_reads_approvals_over_those_of_the_category():
    rules = plan().communities["forum"].approvals
    assert rules == {
        "default": ApprovalRule(roles=(Role.COMMUNICATION_LEAD, Role.LAWYER), release=Role.SPOKESPERSON),
        "distress": ApprovalRule(
            roles=(Role.DISTRESS_REFERENT,),
            any_of=(Role.LAWYER, Role.COMMUNICATION_LEAD),
            count=1,
            release=Role.MANAGER,
        ),
        "leak": ApprovalRule(
            any_of=(Role.LAWYER, Role.DPO),
            count=2,
            release=Role.SPOKESPERSON,  # the category's
            after_half_the_delay=(Role.LAWYER,),
        ),
    }


def test_it_reads_hours_of_duty_and_swaps():
    duty = plan().communities["forum"].duty
    (hours,) = duty.hours[Role.LAWYER, PersonId("yves")]
    assert (hours.days, hours.start, hours.end) == (frozenset(range(5)), 9 * 60, 19 * 60)
    assert len(duty.hours[Role.MODERATOR, PersonId("lea")]) == 2
    assert duty.swaps == (Swap(Role.LAWYER, date(2026, 12, 24), PersonId("yves"), PersonId("lea")),)


def test_it_has_a_default_for_every_other_key():
    whole = plan(MINIMAL)
    assert (whole.version, whole.locale, whole.timezone) == (1, "fr", ZoneInfo("Europe/Paris"))
    club = whole.communities["sail_club"]
    assert club.code == "sail-club"
    assert (club.locale, club.timezone) == ("fr", ZoneInfo("Europe/Paris"))
    assert club.moderation is Moderation.A_POSTERIORI
    assert club.take_up == Steps(timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=15))
    assert club.decide == Steps(timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=30))
    assert club.follow_up == FollowUp((timedelta(days=3),), timedelta(hours=2), timedelta(hours=4))
    within, remind = timedelta(minutes=15), timedelta(minutes=10)
    assert club.contacts == ContactSearch(Role.MODERATOR, tuple(Source), within, remind)
    assert club.close == (Role.SPOKESPERSON, Role.MANAGER)
    assert club.digest == time(8, 30)
    assert not club.approvals
    assert (club.channels, club.client_contact, club.first_message) == ((), None, None)
    assert (club.quiet, club.member_text) == (None, None)
    assert (dict(club.duty.hours), club.duty.swaps) == ({}, ())


def test_it_makes_a_room_code_of_a_long_id():
    long = "a-community-with-a-very-long-id"
    assert plan(MINIMAL.replace("sail_club", long)).communities[long].code == "a-community-with-a-v"


def test_it_names_the_holders_of_a_role_in_order():
    forum = plan().communities["forum"]
    assert forum.holders(Role.LAWYER) == ("yves", "lea")
    assert forum.holders(Role.DPO) == ()
    assert forum.roles_of(PersonId("lea")) == (Role.SPOKESPERSON, Role.LAWYER, Role.MODERATOR)


def test_it_finds_a_persons_communities_by_role():
    sample = load_plan_file(SAMPLE_PLAN)
    assert [each.id for each in sample.communities_of(PersonId("ines"), Role.MODERATOR)] == ["forum", "club"]
    assert [each.id for each in sample.communities_of(PersonId("claire"), Role.MANAGER)] == ["club"]
    assert [each.id for each in sample.communities_of(PersonId("lea"))] == ["forum"]
    assert sample.communities_of(PersonId("lea"), Role.LAWYER) == ()


def test_it_finds_people_by_slack_id_and_by_email_whatever_its_case():
    whole = plan()
    assert whole.person_by_slack("U01CLAIRE") == whole.person(PersonId("claire"))
    assert whole.person_by_email("CLAIRE@client.EXAMPLE") == whole.person(PersonId("claire"))
    assert whole.person_by_slack("U01OTHER") is None
    assert whole.person_by_email("") is None


def test_it_knows_which_community_a_channel_means():
    whole = plan()
    assert whole.community_of_channel(Channel(Platform.SLACK, "C0FORUM")) is whole.communities["forum"]
    assert whole.community_of_channel(Channel(Platform.SLACK, "C0OTHER")) is None


def test_it_refuses_to_be_changed():
    with pytest.raises(TypeError):
        plan().people[PersonId("new")] = plan().person(PersonId("lea"))  # type: ignore[index]


def test_it_has_a_sample_of_two_communities_of_eight_people_with_every_role_that_approvals_name():
    sample = load_plan_file(SAMPLE_PLAN)
    assert [each.code for each in sample.communities.values()] == ["fe", "cm"]
    assert len(sample.people) == 8
    assert all(each.email is not None and each.email.endswith(".example") for each in sample.people.values())
    managers = [set(each.holders(Role.MANAGER)) for each in sample.communities.values()]
    assert managers[0] & managers[1]
    assert len(managers[0] | managers[1]) == 2
    for community in sample.communities.values():
        assert len(community.holders(Role.MODERATOR)) > 1
        for category in categories().values():
            rule = category.at(None).approvals
            assert all(community.holders(role) for role in (*rule.roles, rule.release))
