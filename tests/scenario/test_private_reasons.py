"""A reason that is for the author and the communication lead alone."""

from pathlib import Path

import pytest

from bot.domain.roster import Role
from bot.domain.states import Rejecting
from bot.domain.verbs import Verb
from tests.rig.acts import press
from tests.rig.either import CHATS
from tests.rig.reading import dialog, direct, text
from tests.rig.refused import REPLY, night, night_at, proposes, the_crisis
from tests.rig.service import PEOPLE, Rig
from tests.rig.slack.world import Ephemeral, Message

WHY = "Cette phrase nous engagerait au-delà du contrat."
THEN = list(Rejecting)


async def rejects(rig: Rig, then: Rejecting, *, private: bool) -> None:
    """The lawyer rejects Léa's text; not to answer needs the director, and in distress the referent."""
    await proposes(rig)
    await press(rig, "farid", Verb.REJECT)
    ticked = {"private": ["yes"]} if private else {}
    await rig.user("farid").submit(await dialog(rig, "farid"), {"reason": WHY, "then": then.value, **ticked})
    await rig.settle()


@pytest.mark.parametrize("where", CHATS)
@pytest.mark.parametrize("then", THEN)
@pytest.mark.parametrize("private", [True, False])
async def test_it_keeps_a_reason_from_the_room_when_the_lawyer_wishes_so(
    tmp_path: Path, then: Rejecting, where: str, *, private: bool
) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, farid = CHATS[where](rig, "lea"), CHATS[where](rig, "farid")
        await lea.asks_in_room("Écrire une réponse")
        await lea.fills({"text": REPLY, "routes": ["private_message", "email"]})
        await farid.finds(REPLY)
        await farid.asks("Refuser…")
        ticked: dict[str, list[str]] = {"private": ["yes"]} if private else {}
        await farid.fills({"reason": WHY, "then": then.value, **ticked})
        assert (WHY in await CHATS[where](rig, "noe").finds(REPLY)) != private
        for who in ("lea", "denis", "farid"):
            assert WHY in await CHATS[where](rig, who).finds_directly(REPLY)
        await lea.types_in_room("journal")
        assert (WHY in await lea.finds("Dernières lignes")) != private


@pytest.mark.parametrize("then", THEN)
async def test_it_says_a_private_reason_nowhere_else(
    tmp_path: Path, then: Rejecting, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is then pressed, sent again, reminded, put into a file or on the managers' page."""
    wish = then is Rejecting.NO_ANSWER
    async with night(tmp_path) as rig:
        await rejects(rig, then, private=True)
        room = rig.slack.rooms[-1]
        for typed in ("/crisis journal", "/crisis statut", "/crisis liste"):
            await rig.user("claire").command(typed, channel=room.name)
        await rig.later(hours=9)
        those = {Role.COMMUNICATION_LEAD} | ({Role.DIRECTOR, Role.DISTRESS_REFERENT} if wish else set())
        may_read = {"lea", "farid"} | {a.person for a in the_crisis(rig).assignments if a.role in those}
        if wish:
            for who in ("helene", "noe"):
                assert WHY in text(rig, who, direct(rig, who, REPLY))
                await press(rig, who, Verb.NO_ANSWER)
        await rig.user("claire").command("/crisis close tout est dit", channel=room.name)
        await rig.settle()
        assert {"claire", "salome"} - may_read
        for who in set(PEOPLE) - may_read:
            seen: list[Message | Ephemeral]
            seen = [*rig.user(who).direct_messages(), *rig.user(who).ephemerals(), *room.messages]
            assert not [message for message in seen if WHY in text(rig, who, message)]
        assert not any(WHY.encode() in bytes(file["content"]) for m in room.messages for file in m.files)
        assert not [said for who in PEOPLE for said in rig.user(who).notified() if WHY in said]
        assert WHY not in "".join(capsys.readouterr())
