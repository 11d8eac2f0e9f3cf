"""`cellule doctor` says which consents are granted, and what each missing one costs."""

import pytest

from adapters.teams.checkup import CONSENTS, teams_remarks
from bot.plan.loading import load_plan
from bot.remarks import Grade
from bot.texts import translator
from tests.rig.teams.service import TEAMS_PLAN, settings_for


def said(teams, **changed):
    plan = load_plan(TEAMS_PLAN.replace("{lea}", teams.user("lea").account.aad), source="plan.yaml")
    settings = settings_for(teams, **({"channel": "19:fixed"} | changed))
    return list(teams_remarks(settings, plan, translator("en")))


def sentences(remarks, grade):
    return [remark.said for remark in remarks if remark.grade is grade]


def test_it_finds_nothing_wrong_but_whom_microsoft_does_not_know(teams):
    remarks = said(teams)
    assert sentences(remarks, Grade.BROKEN) == []
    assert sentences(remarks, Grade.GOOD) == [
        "Teams: the app and its password work.",
        "Teams: every consent is granted.",
    ]
    (absent,) = sentences(remarks, Grade.WARNING)
    assert "noe" in absent


@pytest.mark.parametrize("consent", CONSENTS)
def test_it_says_what_a_missing_consent_costs(teams, consent):
    teams.permissions.discard(consent)
    if consent == "User.ReadBasic.All":
        teams.permissions.discard("User.Read.All")
    (told,) = [text for text in sentences(said(teams), Grade.WARNING) if "noe" not in text]
    assert told == f"Teams: without the consent {consent} {CONSENTS[consent]}."


def test_it_says_when_the_password_is_wrong(teams):
    (told,) = said(teams, password="old")
    assert told.grade is Grade.BROKEN
    assert "invalid_client" in told.said


def test_it_says_when_microsoft_cannot_be_reached(teams):
    (told,) = said(teams, login_url="http://127.0.0.1:1/")
    assert told.grade is Grade.BROKEN
    assert "cannot be reached" in told.said


def test_it_says_when_the_signing_keys_cannot_be_read(teams):
    remarks = said(teams, openid_metadata_url="http://127.0.0.1:1/")
    assert any("nothing that Teams sends is believed" in text for text in sentences(remarks, Grade.BROKEN))


def test_it_says_what_places_are_missing(teams):
    told = "\n".join(sentences(said(teams, channel="", catalog_app=""), Grade.WARNING))
    assert "TEAMS_CHANNEL_ID" in told
    assert "TEAMS_CATALOG_APP_ID" in told


def test_it_says_when_a_team_lets_no_channel_be_made(teams):
    team = teams.add_team("cells", members=["lea"])
    assert not any(
        "no channel" in t for t in sentences(said(teams, room_kind="channel", team=team.id), Grade.WARNING)
    )
    team.installed = False
    assert any(
        "no channel" in t for t in sentences(said(teams, room_kind="channel", team=team.id), Grade.WARNING)
    )
