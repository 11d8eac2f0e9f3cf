"""Requests that Slack did not send, sends twice, or that nobody can read: no fault, and nothing changes."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.domain.verbs import Verb
from tests.rig.acts import newest, offers
from tests.rig.dump import changed, dump
from tests.rig.reading import dialog
from tests.rig.refused import WORDS, night, proposes, the_crisis
from tests.rig.service import Rig
from tests.rig.slack import payloads

FORM = "application/x-www-form-urlencoded"
FORGED: list[dict[str, str]] = [
    {"X-Slack-Signature": "v0=" + "0" * 64},
    {"X-Slack-Signature": ""},
    {"X-Slack-Request-Timestamp": "1"},
    {"X-Slack-Request-Timestamp": "soon"},
    {"X-Slack-Request-Timestamp": "9" * 40},
]
MALFORMED = [
    b"",
    b"payload=",
    b"payload=%7B",
    b"payload=[]",
    b"payload=%7B%7D",
    b"payload=" + b"[" * 5000,
    b"\xff\xfe",
    b"{",
    b'{"type":"block_actions"}',
    b"payload=%7B%22type%22%3A%22block_actions%22%7D",
    b"payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A%7B%7D%7D",
    b"payload=%7B%22type%22%3A%22dance%22%7D",
    b"command=%2Fcrisis",
    b"command=%2Fother&user_id=ULEA&text=",
    b"ssl_check=1",
]


async def test_it_carries_out_a_repeated_request_once(tmp_path: Path) -> None:
    """Slack sends again what was not answered in time: the same answer, no second effect."""
    async with night(tmp_path) as rig:
        lea, noe = rig.user("lea"), rig.user("noe")
        first = await lea.command("/crisis note rappelée par la famille")
        before = dump(tmp_path)
        again = await lea.repeat()
        assert (again.status, changed(before, dump(tmp_path))) == (200, [])
        assert without_nonces(again.text) == without_nonces(first.text)
        await proposes(rig)
        card = newest(rig, "noe", Verb.APPROVE)
        await noe.press(offers(card)[Verb.APPROVE], on=card)
        assert the_crisis(rig).drafts[0].verdicts
        before = dump(tmp_path)
        assert (await noe.repeat()).status == 200
        assert changed(before, dump(tmp_path)) == []


async def test_it_opens_one_crisis_for_a_form_sent_twice(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        lea = rig.user("lea")
        await lea.command("/crisis ouvrir un membre insulte tout le monde")
        form = await dialog(rig, "lea")
        first, twice = await asyncio.gather(
            *(lea.submit(form, {"first_choice": "anger_or_image"}) for _ in range(2)), return_exceptions=True
        )
        await rig.settle()
        assert len(rig.slack.rooms) == 2
        assert not isinstance(first, Exception)
        assert not isinstance(twice, Exception)


def without_nonces(text: str) -> list[str]:
    """What an answer says; block ids are fresh each time."""
    return [part for part in text.split('"') if " " in part]


async def test_it_takes_only_what_slack_signed(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        world, direct = rig.slack.world, rig.slack.world.direct_channel("ULEA")
        who = rig.user("lea").account
        body = payloads.slash_command(world, who, direct, command="/crisis", text="note bonjour")
        before = dump(tmp_path)
        for headers in FORGED:
            assert (await rig.slack.deliver(body, FORM, headers=headers)).status == 401
        assert changed(before, dump(tmp_path)) == []


def signed_ago(rig: Rig, seconds: float) -> Callable[[], float]:
    return lambda: rig.clock().timestamp() - seconds


async def test_it_takes_no_request_of_more_than_five_minutes_ago(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        for seconds in (301, -301):
            rig.slack.now = signed_ago(rig, seconds)
            before = dump(tmp_path)
            assert (await rig.user("lea").command("/crisis note bonjour")).status == 401
            assert changed(before, dump(tmp_path)) == []


async def test_it_answers_malformed_bodies_without_a_fault(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        before = dump(tmp_path)
        for body in MALFORMED:
            answer = await rig.slack.deliver(body, FORM)
            assert answer.status < 500
            assert WORDS not in answer.text
        assert changed(before, dump(tmp_path)) == []
