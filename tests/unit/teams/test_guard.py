"""Nothing that Microsoft did not sign for us does anything, and nobody is answered by a failure of ours."""

import json
from datetime import timedelta

import pytest

from adapters.teams.guard import may_be_called
from tests.rig.teams import payloads
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.keys import Key

FORGED = TeamsDouble().forged()


@pytest.fixture(autouse=True)
def _served(adapter):
    """Serve the adapter for all of these."""


def said(teams, **changed):
    world, lea = teams.world, teams.user("lea").account
    return payloads.typed(world, world.personal(lea), lea, "status") | changed


async def refused(teams, core, activity, status=401, **sent):
    reply = await teams.deliver(activity, **sent)
    assert reply.status == status
    assert core.asked == []


async def test_it_takes_what_microsoft_signed(teams, core):
    reply = await teams.deliver(said(teams))
    assert reply.status == 200
    assert len(core.asked) == 1


@pytest.mark.parametrize("wrong", FORGED)
async def test_it_takes_no_forged_token(teams, core, wrong):
    await refused(teams, core, said(teams), bearer=teams.forged()[wrong])


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Bearer", "Bearer a.b", "bearer x.y.z"])
async def test_it_takes_no_request_without_a_bearer(teams, core, header):
    await refused(teams, core, said(teams), bearer="", headers={"Authorization": header})


async def test_it_takes_a_clock_that_is_five_minutes_off(teams, core):
    for off, status in ((290, 200), (-3600 - 290, 200), (310, 401), (-3600 - 310, 401)):
        bearer = teams.keys.token(teams.service_url, at=teams.now() + off)
        assert (await teams.deliver(said(teams), bearer=bearer)).status == status
    assert len(core.asked) == 2


@pytest.mark.parametrize("channel", ["webchat", "emulator", "", None, 1, ["msteams"]])
async def test_it_takes_no_channel_that_the_key_may_not_speak_for(teams, core, channel):
    await refused(teams, core, said(teams, channelId=channel))


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "", None, {}])
async def test_it_takes_no_service_url_but_the_tokens(teams, core, url):
    await refused(teams, core, said(teams, serviceUrl=url))


async def test_it_gives_its_token_to_no_host_that_is_not_allowed(teams, core):
    url = "https://elsewhere.example/teams/"
    bearer = teams.keys.token(url, at=teams.now())
    await refused(teams, core, said(teams, serviceUrl=url), bearer=bearer)


async def test_it_lets_no_other_tenant_in(teams, core):
    foreign = "00000000-0000-4000-8000-000000000000"
    activity = said(teams)
    conversation = activity["conversation"]
    await refused(teams, core, activity | {"conversation": conversation | {"tenantId": foreign}})
    await refused(teams, core, activity | {"channelData": {"tenant": {"id": foreign}}})
    nameless = {key: value for key, value in conversation.items() if key != "tenantId"}
    await refused(teams, core, activity | {"conversation": nameless, "channelData": {}})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"[" * 100_000])
async def test_it_reads_nothing_but_an_object(teams, core, body):
    await refused(teams, core, body, status=400)


async def test_it_reads_no_more_than_a_mebibyte(teams, core):
    await refused(teams, core, json.dumps(said(teams, text="x" * 2**20)).encode(), status=413)


INVOKES = ("adaptiveCard/action", "task/fetch", "task/submit", "composeExtension/fetchTask")
KINDS = [(kind, "") for kind in ("message", "messageUpdate", "conversationUpdate", "typing", 5, None)]
RUBBISH: tuple[object, ...] = (None, 1, "x", [], {}, [None])
FIELDS = ("conversation", "from", "recipient", "entities", "value", "membersRemoved", "text", "id", "name")


@pytest.mark.parametrize(("kind", "name"), [*KINDS, *(("invoke", name) for name in INVOKES)])
async def test_it_answers_rubbish_with_a_refusal_of_its_own(teams, kind, name):
    """Genuinely signed, yet of no shape that Teams sends."""
    for field in FIELDS:
        for rubbish in RUBBISH:
            reply = await teams.deliver(said(teams, type=kind, name=name) | {field: rubbish})
            assert reply.status in {200, 400, 401}, (field, rubbish)


async def test_it_asks_for_an_unknown_key_once_a_minute_at_most(teams, clock):
    stranger = teams.keys.token(teams.service_url, at=teams.now(), key=Key(77, ("msteams",)))
    await teams.deliver(said(teams))
    before = teams.count("keys")
    for _again in range(5):
        assert (await teams.deliver(said(teams), bearer=stranger)).status == 401
    assert teams.count("keys") == before
    clock.ahead += timedelta(seconds=61)
    for _again in range(5):
        assert (await teams.deliver(said(teams), bearer=stranger)).status == 401
    assert teams.count("keys") == before + 1


async def test_it_follows_a_rotation_of_keys(teams, clock):
    await teams.deliver(said(teams))
    teams.keys.rotate()
    clock.ahead += timedelta(seconds=61)
    assert (await teams.deliver(said(teams))).status == 200


async def test_it_takes_a_token_that_it_knows_no_longer_once_its_key_is_withdrawn(teams, clock):
    bearer = teams.keys.token(teams.service_url, at=teams.now())
    assert (await teams.deliver(said(teams), bearer=bearer)).status == 200
    teams.keys.rotate()
    clock.ahead += timedelta(seconds=61)
    assert (await teams.deliver(said(teams))).status == 200
    assert (await teams.deliver(said(teams), bearer=bearer)).status == 401


async def test_it_takes_a_token_that_it_knows_no_longer_than_its_hours(teams, clock):
    bearer = teams.keys.token(teams.service_url, at=teams.now())
    for ahead, status in ((timedelta(0), 200), (timedelta(hours=1, minutes=6), 401)):
        clock.ahead += ahead
        assert (await teams.deliver(said(teams), bearer=bearer)).status == status


async def test_it_keeps_its_keys_while_they_cannot_be_fetched(teams, clock):
    await teams.deliver(said(teams))
    clock.ahead += timedelta(hours=25)
    for _ in range(3):
        teams.fail_next("keys", status=500)
    assert (await teams.deliver(said(teams))).status == 200


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://smba.trafficmanager.net:443/emea/", True),
        ("https://SMBA.trafficmanager.net/emea/", True),
        ("http://smba.trafficmanager.net/emea/", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://smba.trafficmanager.net@elsewhere.example/", False),
        ("https://me@smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net.elsewhere.example/", False),
        ("http://127.0.0.1:5000/", True),
        ("http://127.0.0.1:5001/", False),
        ("http://127.0.0.1/", False),
        ("http://localhost:5000/", False),
        ("ftp://smba.trafficmanager.net/", False),
        ("https://[", False),
        ("https://smba.trafficmanager.net:port/", False),
    ],
)
def test_it_knows_where_its_token_may_go(url, allowed):
    assert may_be_called(url, {"smba.trafficmanager.net", "127.0.0.1:5000"}) is allowed
