"""Hostile text shows as text, pings nobody, breaks no limit, and is kept whole."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from bot.cards import Action
from bot.domain.crisis import Crisis
from bot.domain.verbs import Verb
from tests.rig.acts import act, newest, offers, press
from tests.rig.either import CHATS, at, rig_at
from tests.rig.reading import dialog
from tests.rig.refused import the_crisis, told
from tests.rig.service import PEOPLE, Rig, Running
from tests.rig.slack.reading import EVERYONE, called

TEXTS = {
    "everybody": "<!channel> <!here> <!everyone> @channel @here <@UCLAIRE> <#C1|salon> <at>Claire</at>",
    "markup": "*gras* _penché_ ~barré~ `code` ```bloc``` > là\n• <https://mal.example|la banque> :skull:",
    "html": "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; &amp;amp;",
    "direction": "abc \u202egnal\u202c \u2066isolé\u2069 \u200f\u200e fin",
    "unseen": "a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g",
    "emoji": "👩🏽\u200d🚒🏴󠁧󠁢󠁳󠁣󠁴󠁿🇫🇷 é e\u0301 ﷽ " + "👍" * 200,
    "quotes": "'; DROP TABLE crises; -- \" \\ {0} {name} %s %(x)s ${HOME}",
    "accents": "Z\u0351\u036b\u0343a\u0321\u0316l\u0489\u0322g" + "o\u0300" * 300,
}
LONG = ("Je vous écris une très longue lettre. " * 330).strip()
"""Some 12,500 characters."""


@pytest.fixture(params=TEXTS)
def words(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


def kept(crisis: Crisis) -> str:
    assert crisis.message is not None
    return crisis.message.text


def nobody_was_called_by(rig: Running[Any]) -> None:
    """Only our own mentions call; nobody's words do. Nothing of them stands in a notification."""
    for message in rig.said_in_room:
        if isinstance(rig, Rig):
            assert not called(message.blocks, message.text) & EVERYONE
        if Verb.MORE in offers(message):
            assert not rig.called(message)
    for said in [said for who in PEOPLE for said in rig.user(who).notified()]:
        assert "DROP TABLE" not in said
        assert "<!" not in said


@pytest.mark.parametrize("where", CHATS)
async def test_it_keeps_hostile_words(tmp_path: Path, where: str, words: str) -> None:
    """A member's, and the cell's: as a handle, a note, a reply and a reason."""
    async with rig_at(where, tmp_path) as rig:
        await at(rig, "lea").types(f"urgence {words}")
        assert kept(the_crisis(rig)) == words.strip()
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
        assert rig.outcomes() == {"ok"}
        nobody_was_called_by(rig)


@pytest.mark.parametrize("where", CHATS)
async def test_it_shows_markup_as_it_was_typed(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await at(rig, "lea").types(f"urgence {TEXTS['markup']} {TEXTS['html']}")
        read = await told(rig, "lea", lambda: press(rig, "lea", Verb.READ_MESSAGE))
        assert "*gras* _penché_ ~barré~" in read
        assert "<https://mal.example|la banque> :skull:" in read
        assert "<script>alert(1)</script>" in read


@pytest.mark.parametrize(("where", "shown"), [("slack", f"{len(LONG)}"), ("teams", LONG)])
async def test_it_keeps_a_message_longer_than_a_form_takes(tmp_path: Path, where: str, shown: str) -> None:
    """By `/crisis urgent`: whole in storage, cut on Slack's card, with its length."""
    async with rig_at(where, tmp_path) as rig:
        await at(rig, "lea").types(f"urgence {LONG}")
        assert kept(the_crisis(rig)) == LONG
        read = await told(rig, "lea", lambda: press(rig, "lea", Verb.READ_MESSAGE))
        assert shown.replace(" ", "") in read.replace(" ", "")
        assert rig.outcomes() == {"ok"}


@pytest.mark.parametrize("where", CHATS)
async def test_it_keeps_nul_as_its_picture(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await at(rig, "lea").types("urgence avant\x00après")
        assert kept(the_crisis(rig)) == "avant␀après"
