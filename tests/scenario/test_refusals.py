"""What Cellule will not do: nothing changes, and the person is told why, with the fresh card."""

import asyncio
from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest

from bot.cards import Action
from bot.domain.errors import Code, Refused
from bot.domain.verbs import Verb
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.acts import act, newest, press, send
from tests.rig.either import CHATS, at
from tests.rig.reading import dialog, plain
from tests.rig.refused import (
    REPLY,
    SECOND,
    WORDS,
    approved,
    closes,
    night,
    night_at,
    proposes,
    refuses,
    released,
    the_crisis,
    told,
)


@pytest.fixture(params=["slack-fr", "teams-en"])
def spot(request: pytest.FixtureRequest) -> str:
    """Each chat and each language once: what is said and where it is shown know nothing of one another."""
    return str(request.param)


@pytest.fixture
def where(spot: str) -> str:
    return spot.partition("-")[0]


@pytest.fixture
def locale(spot: str) -> str:
    return spot.partition("-")[2]


async def test_it_refuses_the_text_of_an_old_revision(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig)
        old = newest(rig, "noe", Verb.APPROVE)
        await press(rig, "lea", Verb.REVISE)
        await rig.user("lea").submit(await dialog(rig, "lea"), {"text": SECOND})
        await rig.settle()
        refused = Refused(Code.STALE_REVISION, seen=1, current=2)
        said = await refuses(
            rig,
            tmp_path,
            "noe",
            lambda: press(rig, "noe", Verb.APPROVE, on=old),
            locale=locale,
            refused=refused,
        )
        assert SECOND in said


async def test_it_refuses_an_approval_of_ones_own_text(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig, "noe")
        approve = Action(Verb.APPROVE, f"{the_crisis(rig).id}.d1", 1)
        said = await refuses(
            rig,
            tmp_path,
            "noe",
            lambda: act(rig, "noe", approve),
            locale=locale,
            refused=Refused(Code.OWN_DRAFT),
        )
        assert REPLY in said


async def test_it_refuses_a_deputy_whom_nothing_has_called(tmp_path: Path, where: str, locale: str) -> None:
    """Inès is in the cell, as a moderator; she deputises for communication, whose holder still has time."""
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig)
        crisis = the_crisis(rig).id
        await at(rig, "lea").types_in_room("role moderator @ines")
        approve = Action(Verb.APPROVE, f"{crisis}.d1", 1)
        said = await refuses(
            rig,
            tmp_path,
            "ines",
            lambda: act(rig, "ines", approve),
            locale=locale,
            refused=Refused(Code.DEPUTY_TOO_EARLY),
        )
        assert REPLY in said


async def test_it_refuses_a_second_decision(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig)
        card = newest(rig, "noe", Verb.APPROVE)
        await press(rig, "noe", Verb.APPROVE)
        await rig.settle()
        said = await refuses(
            rig,
            tmp_path,
            "noe",
            lambda: press(rig, "noe", Verb.APPROVE, on=card),
            locale=locale,
            refused=Refused(Code.ALREADY_DECIDED),
        )
        assert REPLY in said


async def test_it_refuses_to_release_what_is_not_approved(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig)
        release = Action(Verb.RELEASE, f"{the_crisis(rig).id}.d1", 1)
        said = await refuses(
            rig,
            tmp_path,
            "lea",
            lambda: act(rig, "lea", release),
            locale=locale,
            refused=Refused(Code.NOT_APPROVED),
        )
        assert REPLY in said


async def test_it_refuses_the_word_to_send_from_somebody_else(
    tmp_path: Path, where: str, locale: str
) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await approved(rig)
        release = Action(Verb.RELEASE, f"{the_crisis(rig).id}.d1", 1)
        said = await refuses(
            rig,
            tmp_path,
            "noe",
            lambda: act(rig, "noe", release),
            locale=locale,
            refused=Refused(Code.NOT_RELEASER),
        )
        assert REPLY in said


async def test_it_refuses_acts_in_a_closed_crisis(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig)
        ping, card = newest(rig, "noe", Verb.TAKE_UP), newest(rig, "noe", Verb.APPROVE)
        crisis = the_crisis(rig)
        await closes(rig)
        refused = Refused(Code.CRISIS_CLOSED, number=crisis.number)
        for message, verb in ((ping, Verb.TAKE_UP), (card, Verb.APPROVE), (card, Verb.REVISE)):
            said = await refuses(
                rig,
                tmp_path,
                "noe",
                partial(press, rig, "noe", verb, on=deepcopy(message)),
                locale=locale,
                refused=refused,
            )
            assert crisis.number in said


async def test_it_refuses_to_close_while_a_reply_waits(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        await released(rig)
        await refuses(
            rig, tmp_path, "claire", lambda: closes(rig), locale=locale, refused=Refused(Code.DISPATCH_WAITS)
        )


async def test_it_says_nothing_of_the_crisis_of_another_community(
    tmp_path: Path, where: str, locale: str
) -> None:
    """Léa has no part in the club; what is not hers reads like what does not exist."""
    async with night_at(where, tmp_path, locale) as rig:
        await act(rig, "ines", Action(Verb.OPEN))
        form = await dialog(rig, "ines")
        filled = {"text": "mot du club", "community": "club", "first_choice": "not_sure"}
        await rig.user("ines").submit(form, filled)
        await rig.settle()
        with rig.service.application.store.read() as uow:
            (club,) = uow.crises.of(["club"])
        for verb in (Verb.LIFE_IN_DANGER, Verb.TAKE_UP, Verb.APPROVE, Verb.STATUS, Verb.CLOSE):
            answers = [
                await refuses(
                    rig,
                    tmp_path,
                    "lea",
                    partial(act, rig, "lea", Action(verb, subject)),
                    locale=locale,
                    refused=Refused(Code.ABSENT),
                )
                for subject in (club.id, "0123456789abcdef")
            ]
            assert answers[0] == answers[1]
            assert club.number not in answers[0]


async def test_it_does_nothing_for_somebody_whom_the_plan_does_not_name(
    tmp_path: Path, where: str, locale: str
) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        tom, crisis = at(rig, "tom"), the_crisis(rig)
        await tom.types("help")  # from now on it is known where he is
        for doing in (
            lambda: act(rig, "tom", Action(Verb.LIFE_IN_DANGER, crisis.id)),
            lambda: tom.types("status"),
            lambda: tom.types("list"),
            lambda: tom.types("log"),
            lambda: tom.types(f"severity 1 {crisis.number}"),
        ):
            said = await refuses(rig, tmp_path, "tom", doing, locale=locale, refused=Refused(Code.STRANGER))
            assert crisis.number not in said
            assert WORDS not in said


async def test_it_does_nothing_for_a_guest_of_the_workspace(tmp_path: Path, where: str, locale: str) -> None:
    """Noé's account is a guest's: the plan names him, Slack vouches for nothing."""
    async with night_at(where, tmp_path, locale, guest="noe") as rig:
        declare = Action(Verb.LIFE_IN_DANGER, the_crisis(rig).id)
        said = await refuses(
            rig,
            tmp_path,
            "noe",
            lambda: act(rig, "noe", declare),
            locale=locale,
            refused=Refused(Code.STRANGER),
        )
        assert WORDS not in said


async def test_it_knows_no_part_of_a_crisis_that_is_not_there(
    tmp_path: Path, where: str, locale: str
) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        for part, verb in ((".d7", Verb.APPROVE), (".f99", Verb.FOLLOW_UP_RECORD), (".r3", Verb.SNOOZE)):
            await refuses(
                rig,
                tmp_path,
                "lea",
                partial(act, rig, "lea", Action(verb, f"{the_crisis(rig).id}{part}", 1)),
                locale=locale,
                refused=Refused(Code.ABSENT),
            )


async def test_it_does_not_know_other_buttons(tmp_path: Path) -> None:
    values = [
        '["approve_all","0123456789abcdef",1]',
        '["approve"]',
        "{}",
        "null",
        "approve",
        "",
        '["approve","x",-1]',
    ]
    async with night(tmp_path) as rig:
        for value in values:
            await refuses(
                rig,
                tmp_path,
                "lea",
                partial(send, rig, "lea", value),
                locale="fr",
                refused=Refused(Code.UNKNOWN_ACTION),
            )


async def test_it_lets_one_of_two_opposite_presses_win(tmp_path: Path, where: str, locale: str) -> None:
    """Noé approves, Farid refuses, at once: one of the two counts, the other reads the card as it stands."""
    async with night_at(where, tmp_path, locale) as rig:
        await proposes(rig)
        approve = newest(rig, "noe", Verb.APPROVE)
        await press(rig, "farid", Verb.REJECT)
        form = await dialog(rig, "farid")
        hears = {who: at(rig, who).listens() for who in ("noe", "farid")}
        noe, farid = await asyncio.gather(
            press(rig, "noe", Verb.APPROVE, on=approve), rig.user("farid").submit(form, {"reason": "non"})
        )
        (draft,) = the_crisis(rig).drafts
        assert len(draft.verdicts) == 1
        said = await (hears["farid"](farid) if draft.verdicts[0].person == "noe" else hears["noe"](noe))
        assert plain(sentence(Refused(Code.NOT_IN_REVIEW), translator(locale))) in said
        assert REPLY in said


@pytest.mark.parametrize("where", CHATS)
async def test_it_offers_on_the_fresh_card_what_can_be_done_now(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        await proposes(rig)
        approve = Action(Verb.APPROVE, f"{the_crisis(rig).id}.d1", 1)
        assert "[Modifier…]" in await told(rig, "lea", lambda: act(rig, "lea", approve))
