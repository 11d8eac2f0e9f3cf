"""The Teams double gives tokens, signs and fails as Microsoft does."""

from typing import Any

import httpx
import jwt
import pytest

from tests.rig.slack.waiting import call_levels
from tests.rig.teams.asking import (
    Client,
    bare,
    blunder,
    code,
    peopled,
)
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.login import CONNECTOR_SCOPE, GRAPH_SCOPE
from tests.rig.teams.world import APP_ID, SECRET


@pytest.fixture
def teams():
    with peopled() as double:
        yield double


@pytest.fixture
def client(teams):
    return Client(teams)


# Who may call, and what


async def test_it_fails_a_test_that_asks_at_an_unknown_address():
    with pytest.raises(AssertionError, match="v3/shout"), TeamsDouble() as teams:
        assert (await Client(teams).connector("POST", "shout", {})).status_code == 404


async def test_it_fails_a_test_that_sends_no_bearer(teams):
    async with bare() as client:
        answer = await client.get(f"{teams.service_url}v3/conversations/x/members")
    assert answer.status_code == 401
    assert "No bearer" in blunder(teams)


async def test_it_wants_the_token_of_the_service_that_is_asked(teams, client):
    url = f"{teams.service_url}v3/conversations/x/members"
    assert (await client.ask("GET", url, GRAPH_SCOPE)).status_code == 401
    assert code(await client.ask("GET", url, CONNECTOR_SCOPE)) == (404, "ConversationNotFound")


async def test_it_takes_no_token_after_its_time_or_once_it_is_forgotten(teams, client):
    before = teams.now()
    assert (await client.graph("GET", "users")).status_code == 200
    teams.now = lambda: before + 3600
    assert code(await client.graph("GET", "users")) == (401, "InvalidAuthenticationToken")
    client.bearers.clear()
    assert (await client.graph("GET", "users")).status_code == 200
    teams.tokens.forget()
    assert (await client.graph("GET", "users")).status_code == 401


@pytest.mark.parametrize(
    ("changed", "status", "error", "number"),
    [
        ({"client_secret": "guessed"}, 401, "invalid_client", 7000215),
        ({"client_id": "guessed"}, 400, "unauthorized_client", 700016),
        ({"tenant": "common"}, 400, "invalid_request", 90002),
        ({"scope": "https://elsewhere.example/.default"}, 400, "invalid_scope", 1002012),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
    ],
)
async def test_it_gives_no_token_to_somebody_else(client, changed, status, error, number):
    answer = await client.token(**{"scope": GRAPH_SCOPE} | changed)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_codes"] == [number]


async def test_it_counts_tokens_and_says_how_long_they_last(teams, client):
    teams.tokens.lifetime = 60
    assert (await client.token(GRAPH_SCOPE)).json()["expires_in"] == 60
    assert teams.count("token") == 1


async def test_it_names_in_a_graph_token_what_was_consented_to(teams, client):
    teams.permissions.discard("Chat.Create")
    given = (await client.token(GRAPH_SCOPE)).json()["access_token"]
    roles = jwt.decode(given, options={"verify_signature": False})["roles"]
    assert "User.Read.All" in roles
    assert not {"Chat.Create", "Channel.Create.Group"} & set(roles)


# Signing


async def test_it_signs_with_keys_that_it_publishes(teams):
    async with bare() as client:
        metadata = (await client.get(teams.settings["TEAMS_OPENID_METADATA_URL"])).json()
        keys = (await client.get(metadata["jwks_uri"])).json()["keys"]
    token = teams.keys.token(teams.service_url)
    [key] = [one for one in keys if one["kid"] == jwt.get_unverified_header(token)["kid"]]
    assert key["endorsements"] == ["msteams"]
    claims = jwt.decode(
        token, jwt.PyJWK(key), algorithms=["RS256"], audience=APP_ID, issuer=metadata["issuer"]
    )
    assert claims["serviceurl"] == teams.service_url
    assert (teams.count("metadata"), teams.count("keys")) == (1, 1)


def test_it_forgets_its_keys_when_they_rotate(teams):
    before = {key["kid"] for key in teams.keys.jwks()["keys"]}
    teams.keys.rotate()
    kid = jwt.get_unverified_header(teams.keys.token(teams.service_url))["kid"]
    assert kid in {key["kid"] for key in teams.keys.jwks()["keys"]} - before


def test_it_forges_tokens_that_differ_from_the_genuine_one(teams):
    def taken(token: str) -> bool:
        keys = {one["kid"]: one for one in teams.keys.jwks()["keys"]}
        try:
            key = keys[jwt.get_unverified_header(token)["kid"]]
            options: Any = {"require": ["exp", "nbf", "iss", "aud"]}
            claims = jwt.decode(
                token,
                jwt.PyJWK(key),
                algorithms=["RS256"],
                audience=APP_ID,
                issuer="https://api.botframework.com",
                options=options,
            )
        except (jwt.InvalidTokenError, KeyError):
            return False
        return "msteams" in key["endorsements"] and claims.get("serviceurl") == teams.service_url

    assert taken(teams.keys.token(teams.service_url))
    assert [name for name, token in teams.forged().items() if taken(token)] == []


# Failures


async def test_it_may_have_done_what_a_cut_connection_asked(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    teams.fail_next("send", cut_before=True)
    teams.fail_next("send", cut_after=True)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            await client.send(chat.id, text="x")
    assert len(chat.messages) == 1


async def test_it_fails_as_often_as_asked(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    teams.fail_next("send", status=412, code="PreconditionFailed", times=2)
    teams.fail_next("send", status=429, retry_after=3)
    teams.fail_next("send", status=504, after=True)
    answers = [await client.send(chat.id, text="x") for _ in range(5)]
    assert [one.status_code for one in answers] == [412, 412, 429, 504, 201]
    assert answers[2].headers["Retry-After"] == "3"
    assert len(chat.messages) == 2
    with pytest.raises(AssertionError):
        teams.fail_next("shout", status=500)


async def test_it_fails_a_test_that_it_does_not_understand_itself(teams, client):
    body = {"members": [{}], "tenantId": "any"}
    assert (await client.connector("POST", "conversations", body)).status_code == 500
    assert "KeyError" in blunder(teams)


async def test_it_times_calls(teams, client):
    teams.delay = 0.02
    await client.graph("GET", "users")
    assert all(call.ended - call.started >= 0.02 for call in teams.calls)
    assert [call.name for call in teams.calls] == ["token", "users"]
    assert call_levels(teams.calls) == 2
    assert SECRET not in str([call.path for call in teams.calls])
