"""Hostile text shows as text, pings nobody, breaks no limit, and is kept whole."""

import unicodedata
from pathlib import Path

import pytest

from bot.cards import Action
from bot.domain.crisis import Crisis
from bot.domain.verbs import Verb
from tests.rig.acts import act, newest, press
from tests.rig.reading import aside, dialog
from tests.rig.refused import the_crisis
from tests.rig.service import Rig, slack_rig
from tests.rig.slack.reading import EVERYONE, called

TEXTS = {
    "everybody": "<!channel> <!here> <!everyone> @channel @here <@UCLAIRE> <#C1|salon>",
    "markup": "*gras* _penché_ ~barré~ `code` ```bloc``` > là\n• <https://mal.example|la banque> :skull:",
    "html": "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; &amp;amp;",
    "direction": "abc \u202egnal\u202c \u2066isolé\u2069 \u200f\u200e fin",
    "unseen": "a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g",
    "emoji": "👩🏽\u200d🚒🏴󠁧󠁢󠁳󠁣󠁴󠁿🇫🇷 é e\u0301 ﷽ " + "👍" * 200,
    "quotes": "'; DROP TABLE crises; -- \" \\ {0} {name} %s %(x)s ${HOME}",
    "accents": "Z\u0351\u036b\u0343a\u0321\u0316l\u0489\u0322g" + "o\u0300" * 300,
}
LONG = "Je vous écris une très longue lettre. " * 330
"""Some 12,500 characters."""


@pytest.fixture(params=TEXTS)
def words(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


def kept(crisis: Crisis) -> str:
    assert crisis.message is not None
    return crisis.message.text


def nobody_was_called_by(rig: Rig) -> None:
    """Only our own mentions call; nobody's words do. Nothing of them stands in a notification."""
    for room in rig.slack.rooms:
        for message in room.messages:
            assert not called(message.blocks, message.text) & EVERYONE
            if Verb.MORE.value in str(message.blocks):
                assert not called(message.blocks, message.text)
    for said in rig.slack.notifications:
        assert "DROP TABLE" not in said.phone + said.desktop
        assert "<!" not in said.phone + said.desktop


async def test_it_keeps_and_shows_what_a_member_wrote(tmp_path: Path, words: str) -> None:
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command(f"/crisis urgence {words}")
        await rig.settle()
        assert kept(the_crisis(rig)) == words.strip()
        assert rig.slack.calls
        assert {call.outcome for call in rig.slack.calls} == {"ok"}
        nobody_was_called_by(rig)


async def test_it_shows_markup_as_it_was_typed(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command(f"/crisis urgence {TEXTS['markup']} {TEXTS['html']}")
        await rig.settle()
        await press(rig, "lea", Verb.READ_MESSAGE)
        read = await aside(rig, "lea", "Le membre a écrit")
        assert "*gras* _penché_ ~barré~" in read
        assert "<https://mal.example|la banque> :skull:" in read
        assert "<script>alert(1)</script>" in read


async def test_it_keeps_hostile_words_of_the_cell(tmp_path: Path, words: str) -> None:
    """As a handle, a note, a reply and a reason."""
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command("/crisis urgence aidez-moi")
        await rig.settle()
        crisis = the_crisis(rig).id
        await act(rig, "lea", Action(Verb.COMPLETE, crisis))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"handle": words[:100]})
        await act(rig, "lea", Action(Verb.NOTE, crisis))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"text": words})
        await act(rig, "lea", Action(Verb.DRAFT, crisis))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"text": words, "routes": ["email"]})
        await rig.settle()
        await press(rig, "noe", Verb.REJECT, on=newest(rig, "noe", Verb.REJECT))
        await rig.user("noe").submit(await dialog(rig, "noe"), {"reason": words})
        await rig.settle()
        after = the_crisis(rig)
        clean = unicodedata.normalize("NFC", words).strip()
        assert after.member is not None
        assert after.member.handle == words[:100].strip()
        assert after.drafts[0].current.text == clean
        assert after.drafts[0].verdicts[0].reason == clean
        with rig.service.application.store.read() as uow:
            notes = [entry.event.text for entry in uow.journal.of(crisis) if entry.event.kind == "note_added"]
        assert notes == [clean]
        assert {call.outcome for call in rig.slack.calls} == {"ok"}
        nobody_was_called_by(rig)


async def test_it_keeps_a_message_longer_than_a_form_takes(tmp_path: Path) -> None:
    """By `/crisis urgent`: whole in storage, cut on the card, with its length."""
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command(f"/crisis urgence {LONG}")
        await rig.settle()
        assert kept(the_crisis(rig)) == LONG.strip()
        await press(rig, "lea", Verb.READ_MESSAGE)
        read = await aside(rig, "lea", "Le membre a écrit")
        number = f"{len(LONG.strip()):,}"
        assert any(number.replace(",", blank) in read for blank in ("\u202f", "\u00a0", " ", "")), read[-600:]
        assert {call.outcome for call in rig.slack.calls} == {"ok"}


async def test_it_keeps_a_long_message_that_came_by_its_menu(tmp_path: Path) -> None:
    """A form takes 3,000 characters; the message behind it is longer."""
    async with slack_rig(tmp_path) as rig:
        rig.slack.add_channel("moderation", members=["ULEA"])
        message = rig.slack.someone_writes("ULEA", "moderation", LONG)
        await rig.user("lea").message_action("Ouvrir une crise", message)
        form = await dialog(rig, "lea")
        await rig.user("lea").submit(form, {"first_choice": "someone_in_danger"})
        await rig.settle()
        assert kept(the_crisis(rig)) == LONG


async def test_it_keeps_nul_as_its_picture(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command("/crisis urgence avant\x00après")
        await rig.settle()
        assert kept(the_crisis(rig)) == "avant␀après"
