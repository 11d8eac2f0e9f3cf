"""`cellule doctor` says which consents are granted, and what each missing one costs."""

import pytest

from adapters.teams.checkup import CONSENTS, ELSEWHERE, teams_remarks
from bot.plan.loading import load_plan
from bot.remarks import Grade
from bot.texts import translator
from tests.rig.teams.service import TEAMS_PLAN, settings_for
from tests.rig.teams.world import APP_ID, TENANT

CLIENT = "0c11e470-0000-4000-8000-0000000000cc"
THERE = "Teams, tenant of Forum Exemple"


def said(teams, *, tenant="", **changed):
    """`tenant`: the community's own."""
    text = TEAMS_PLAN.replace("{lea}", teams.user("lea").account.aad)
    if tenant:
        text = text.replace("rooms: [teams]", f"rooms: [teams]\n    workspaces: {{teams: {tenant}}}")
    plan = load_plan(text, source="plan.yaml")
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
    teams.permissions.discard("AppCatalog.Read.All")
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


def test_it_needs_no_id_of_the_app_where_it_may_look_for_it(teams):
    assert not any("CATALOG" in text for text in sentences(said(teams, catalog_app=""), Grade.WARNING))
    teams.world.catalogs[TENANT] = ""
    told = sentences(said(teams, catalog_app=""), Grade.WARNING)
    assert any(text.startswith("Teams: Cellule is not in the catalogue of apps.") for text in told)


@pytest.fixture
def client(teams):
    """The client's tenant, where the plan's people are but Noé."""
    teams.world.add_tenant(CLIENT)
    for account in teams.world.accounts.values():
        account.tenant = CLIENT
    return teams


def test_it_looks_at_every_tenant_that_the_plan_names(client):
    remarks = said(client, tenant=CLIENT)
    assert sentences(remarks, Grade.BROKEN) == []
    assert f"{THERE}: every consent is granted." in sentences(remarks, Grade.GOOD)
    (absent,) = sentences(remarks, Grade.WARNING)
    assert "address of noe:" in absent


@pytest.mark.parametrize("consent", ELSEWHERE)
def test_it_says_what_a_missing_consent_of_another_tenant_costs_there(client, consent):
    lacking = {consent, "User.Read.All"} if consent == "User.ReadBasic.All" else {consent}
    client.world.refused[CLIENT] = lacking
    remarks = said(client, tenant=CLIENT)
    (told,) = [text for text in sentences(remarks, Grade.WARNING) if "noe" not in text]
    assert told == f"{THERE}: without the consent {consent} {ELSEWHERE[consent]}."
    assert "Teams: every consent is granted." in sentences(remarks, Grade.GOOD)


def test_it_says_when_a_tenant_does_not_let_the_app_in(teams):
    remarks = said(teams, tenant=CLIENT)
    (told,) = sentences(remarks, Grade.BROKEN)
    assert told.startswith(f"{THERE}: Microsoft refuses the app there (invalid_request).")
    assert f"/{CLIENT}/adminconsent?client_id={APP_ID};" in told
    assert "Teams: every consent is granted." in sentences(remarks, Grade.GOOD)
    assert sentences(remarks, Grade.WARNING) == []


def test_it_says_when_another_tenant_has_not_uploaded_the_app(client):
    client.world.catalogs[CLIENT] = ""
    told = sentences(said(client, tenant=CLIENT), Grade.WARNING)
    assert any(text.startswith(f"{THERE}: Cellule is not in the catalogue of apps.") for text in told)
