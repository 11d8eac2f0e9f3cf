"""Private by default: what a member is called, wrote or left us is where it must be, and nowhere else."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from structlog.testing import LogCapture

from adapters.slack.buttons import parse_action
from bot.cards import Action
from bot.domain.verbs import Verb
from tests.rig.acts import act, newest, press
from tests.rig.reading import dialog
from tests.rig.refused import the_crisis
from tests.rig.service import Rig, slack_rig
from tests.rig.slack.world import Blocks

HANDLE, WORDS, LINK = "PseudoMarqué", "MotsMarqués du membre", "https://exemple.example/LienMarqué"
NOTE, REPLY, REASON, CALL = "NoteMarquée", "RéponseMarquée", "MotifMarqué", "AppelMarqué"
REMINDER, PROOF, OUTCOME = "RappelMarqué", "PreuveMarquée", "SuiviMarqué"
CONTACTS = {
    "email": "CourrielMarqué@exemple.example",
    "address": "Rue MarquéeDuMembre\n34000 MONTPELLIER",
    "phone": "06 39 98 06 78",
    "account": "CompteMarqué sur Exemple",
}
PHONE = ("639980678", "39 98 06 78")
MARK = "Marqu"


@pytest.fixture
def logged() -> Iterator[LogCapture]:
    capture = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[capture], cache_logger_on_first_use=False)
    yield capture
    structlog.configure(**before)


async def fills(rig: Rig, who: str, action: Action, **values: str | list[str]) -> None:
    await act(rig, who, action)
    await rig.user(who).submit(await dialog(rig, who), dict(values))
    await rig.settle()


async def plays(rig: Rig) -> None:
    """A whole crisis in which everything that a person can write is marked."""
    await act_open(rig)
    crisis = the_crisis(rig).id
    await fills(rig, "lea", Action(Verb.COMPLETE, crisis), handle=HANDLE, level="D3", level_reason=REASON)
    await fills(rig, "lea", Action(Verb.NOTE, crisis), text=NOTE)
    await fills(rig, "lea", Action(Verb.I_CALLED, crisis), service="15", said=CALL, reference=CALL)
    await rig.user("lea").command(f"/crisis rappel dans 2h {REMINDER}", channel=rig.slack.rooms[-1].name)
    for means, value in CONTACTS.items():
        given = {"value": value, "source": "client_file", "confidence": "sure"}
        await fills(rig, "lea", Action(Verb.CONTACT_ADD, crisis), means=means, **given)
    await act(rig, "lea", Action(Verb.CONTACTS, crisis))
    await act(rig, "lea", Action(Verb.CONTACT_SHOW, crisis))
    await fills(rig, "lea", Action(Verb.CONTACT_WRONG, crisis), contact="4", reason=REASON)
    await fills(rig, "lea", Action(Verb.DRAFT, crisis), text=REPLY, routes=["email"])
    rig.slack.fail_next("chat.postMessage", error="restricted_action")
    await press(rig, "noe", Verb.REJECT, on=newest(rig, "noe", Verb.REJECT))
    await rig.user("noe").submit(await dialog(rig, "noe"), {"reason": REASON})
    await rig.settle()
    await fills(rig, "lea", Action(Verb.REVISE, f"{crisis}.d1", 1), text=f"{REPLY} encore")
    for who in ("noe", "denis"):
        await fills(rig, who, Action(Verb.OVERRIDE, f"{crisis}.d1", 2), reason=REASON)
    for who in ("noe", "farid", "denis"):
        await act(rig, who, Action(Verb.APPROVE, f"{crisis}.d1", 2))
    await act(rig, "lea", Action(Verb.RELEASE, f"{crisis}.d1", 2))
    await rig.settle()
    await fills(rig, "lea", Action(Verb.DISPATCH, f"{crisis}.d1.email"), note=PROOF)
    await act(rig, "lea", Action(Verb.READ_MESSAGE, crisis))
    await rig.user("lea").command("/crisis log", channel=rig.slack.rooms[-1].name)
    await rig.later(days=1)
    await fills(rig, "lea", Action(Verb.FOLLOW_UP_RECORD, f"{crisis}.f1"), outcome="better", note=OUTCOME)
    await fills(rig, "claire", Action(Verb.CLOSE, crisis), reason=REASON)
    await rig.later(hours=20)


async def act_open(rig: Rig) -> None:
    await rig.user("lea").command(f"/crisis ouvrir {WORDS}")
    form = await dialog(rig, "lea")
    await rig.user("lea").submit(form, {"link": LINK, "first_choice": "someone_in_danger"})
    await rig.settle()


def hidden_parts(blocks: Blocks) -> Iterator[str]:
    """What a message carries beside what is read: names, values, addresses of buttons."""
    for block in blocks:
        yield str(block.get("block_id"))
        for element in block.get("elements", []):
            yield from (str(element.get(key)) for key in ("action_id", "value", "url"))


async def test_it_keeps_a_members_words_where_they_belong(tmp_path: Path, logged: LogCapture) -> None:
    async with slack_rig(tmp_path) as rig:
        await plays(rig)
        world = rig.slack.world
        messages = [message for channel in world.channels.values() for message in channel.messages]
        read = json.dumps([message.blocks for message in messages], ensure_ascii=False)
        for there in (HANDLE, REPLY):  # the play did write them
            assert there in read
        assert WORDS not in read
        assert WORDS in json.dumps([said.blocks for said in world.ephemerals], ensure_ascii=False)

        assert MARK not in str([channel.name for channel in world.channels.values()])
        assert MARK not in str([(note.phone, note.desktop) for note in world.notifications])
        assert MARK not in str([part for message in messages for part in hidden_parts(message.blocks)])
        assert MARK not in str([message.metadata for message in messages])
        assert MARK not in str([dialog.content.get("private_metadata") for dialog in world.dialogs.values()])
        assert MARK not in str(
            [file["name"] for message in messages for file in message.files if "name" in file]
        )
        assert MARK not in str([call.query for call in rig.slack.calls])
        assert MARK not in json.dumps(logged.entries, default=repr, ensure_ascii=False)
        assert logged.entries


async def test_it_tells_the_managers_nothing_of_a_members_words(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await plays(rig)
        pages = [rig.user("helene").reads(message) for message in rig.user("helene").direct_messages()]
        pages = [page for page in pages if "Bonjour Hélène" in page]
        assert pages
        assert MARK not in str(pages)


async def test_it_names_nobody_in_its_numbers_and_error_pages(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await plays(rig)
        crisis = the_crisis(rig)
        transport = httpx.ASGITransport(app=rig.service.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
            numbers = (await client.get("/metrics")).text
            pages = [
                await client.get(path) for path in ("/healthz", "/readyz", f"/c/{crisis.id}", "/nothing", "/")
            ]
        assert "cellule" in numbers
        for secret in (MARK, crisis.id, "lea", "Léa", "claire"):
            assert secret not in numbers
        for page in pages:
            assert page.status_code < 500
            assert MARK not in page.text


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_it_keeps_only_sealed_words_on_the_disk(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await plays(rig)
        files = on_disk(tmp_path)
        assert the_crisis(rig).number.encode() in files
        assert MARK.encode() not in files


async def test_it_gives_its_buttons_nothing_but_an_act_and_a_name(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await plays(rig)
        crisis = the_crisis(rig).id
        for channel in rig.slack.world.channels.values():
            for message in channel.messages:
                for block in message.blocks:
                    values = [e["value"] for e in block.get("elements", []) if "value" in e]
                    for action in map(parse_action, values):
                        assert action.subject == "" or action.subject.startswith(crisis)


async def test_it_shows_a_members_contacts_to_whoever_asks_and_nowhere_else(
    tmp_path: Path, logged: LogCapture
) -> None:
    async with slack_rig(tmp_path) as rig:
        await plays(rig)
        world = rig.slack.world
        messages = [message for channel in world.channels.values() for message in channel.messages]
        aside = [json.dumps(said.blocks, ensure_ascii=False) for said in world.ephemerals]
        left = [
            json.dumps([message.blocks for message in messages], ensure_ascii=False),
            str([(note.phone, note.desktop) for note in world.notifications]),
            str([dialog.content.get("private_metadata") for dialog in world.dialogs.values()]),
            str([call.query for call in rig.slack.calls]),
            json.dumps(logged.entries, default=repr, ensure_ascii=False),
            on_disk(tmp_path).decode("latin-1"),
        ]
        for secret in ("CourrielMarqué", "MarquéeDuMembre", "CompteMarqué", *PHONE):
            assert not [text for text in left if secret in text], secret
        for shown in ("CourrielMarqué", "MarquéeDuMembre", "39 98 06 78"):
            assert len([said for said in aside if shown in said]) == 1, shown
