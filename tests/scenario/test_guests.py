"""A lawyer without a seat decides from their browser, by a link that Léa handed on from Slack."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.errors import Code, Refused
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.acts import newest, offers, press
from tests.rig.reading import direct, in_room, plain, text
from tests.rig.refused import REPLY, WORDS, closes, night, proposes, the_crisis, told
from tests.rig.service import Rig, slack_rig
from tests.rig.slack.waiting import eventually
from tests.rig.web_person import WebPerson

INVITES = "/crisis guest lawyer Yves Caron yves@cabinet.example"
LINK = re.compile(r"http://127\.0\.0\.1:8080/r/([\w-]{43})")


@asynccontextmanager
async def invited(folder: Path) -> AsyncIterator[tuple[Rig, str]]:
    """The crisis, and the secret of the link that Léa was shown."""
    async with night(folder) as rig:
        token = await invites(rig)
        yield rig, token


async def invites(rig: Rig, typed: str = INVITES) -> str:
    before = len(rig.user("lea").ephemerals())
    await rig.user("lea").command(typed, channel=rig.slack.rooms[-1].name)
    await rig.settle()
    shown = rig.user("lea").ephemerals()[before:]
    found = LINK.search(text(rig, "lea", shown[-1]))
    assert found is not None, text(rig, "lea", shown[-1])
    return found[1]


async def comes_in(rig: Rig, token: str) -> WebPerson:
    yves = WebPerson(rig.service.app)
    await yves.enter(token)
    return yves


async def test_it_shows_one_button_and_then_an_address_without_the_secret(tmp_path: Path) -> None:
    async with invited(tmp_path) as (rig, token):
        yves = WebPerson(rig.service.app)
        page = await yves.open(f"/r/{token}")
        assert [form.labels for form in page.forms] == [["Entrer"]]
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
        await yves.enter(token)
        assert yves.page.response.url.path == "/"
        assert token not in yves.page.html
        assert "À FAIRE MAINTENANT" in yves.page.text
        assert "Lire le message" in yves.page.text


async def test_it_lets_a_guest_decide_as_their_role(tmp_path: Path) -> None:
    async with invited(tmp_path) as (rig, token):
        yves = await comes_in(rig, token)
        await yves.press("J'arrive")
        await proposes(rig)
        await yves.open("/")
        assert REPLY in yves.page.text
        await yves.press("Approuver la version 1")
        await rig.settle()
        (decision,) = the_crisis(rig).drafts[0].verdicts
        assert decision.person == the_crisis(rig).guests[0].person
        assert "Yves" in text(rig, "lea", in_room(rig, "lea", REPLY))


async def test_it_offers_a_guest_nothing_else(tmp_path: Path) -> None:
    async with invited(tmp_path) as (rig, token):
        await proposes(rig)
        yves = await comes_in(rig, token)
        offered = {form.values["verb"] for form in yves.page.forms if "verb" in form.values}
        assert offered == {
            Verb.LIFE_IN_DANGER,
            Verb.TAKE_UP,
            Verb.DECLINE,
            Verb.READ_MESSAGE,
            Verb.APPROVE,
            Verb.REJECT,
            Verb.FINDINGS,
        }
        assert not any("data-clears" in form.attributes for form in yves.page.forms)
        for path in (f"/c/{the_crisis(rig).rooms[0].ref}", f"/c/{the_crisis(rig).rooms[0].ref}/journal.txt"):
            assert (await yves.client.get(path)).status_code == 404


async def test_it_says_who_came_in_and_lets_the_cell_end_it(tmp_path: Path) -> None:
    async with invited(tmp_path) as (rig, token):
        assert "Pas encore ouvert" in text(rig, "lea", in_room(rig, "lea", "a un lien"))
        yves = await comes_in(rig, token)
        await rig.settle()
        assert "Ouvert à" in text(rig, "lea", in_room(rig, "lea", "a un lien"))
        await press(rig, "denis", Verb.GUEST_REVOKE, on=in_room(rig, "denis", "a un lien"))
        await rig.settle()
        assert (await yves.client.get("/")).status_code == 401
        assert (await comes_in(rig, token)).page.response.status_code == 410
        await rig.user("lea").command("/crisis log", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        journal = text(rig, "lea", in_room(rig, "lea", "a révoqué le lien d'invité pour Yves"))
        assert "Yves a ouvert son lien d'invité" in journal
        assert "yves@cabinet.example" not in journal


async def test_it_calls_somebody_else_for_a_guest_who_is_out(tmp_path: Path) -> None:
    async with invited(tmp_path) as (rig, token):
        await (await comes_in(rig, token)).press("J'arrive")
        await press(rig, "farid", Verb.DECLINE)
        await rig.settle()
        assert "salome" not in the_crisis(rig).people
        await press(rig, "lea", Verb.GUEST_REVOKE, on=in_room(rig, "lea", "a un lien"))
        await rig.settle()
        assert "salome" in the_crisis(rig).people
        direct(rig, "salome", "Votre rôle : juriste, à la place de Yves.")


@pytest.mark.parametrize("ends", ["closing", "three days", "another link", "another role"])
async def test_it_ends_a_guests_visit(tmp_path: Path, ends: str) -> None:
    async with invited(tmp_path) as (rig, token):
        yves = await comes_in(rig, token)
        match ends:
            case "closing":
                await closes(rig)
            case "three days":
                rig.clock.ahead += timedelta(hours=72)
            case "another link":
                assert await invites(rig) != token
            case _:
                await invites(rig, INVITES.replace("lawyer", "scribe"))
        assert (await yves.client.get("/")).status_code == 401
        assert (await comes_in(rig, token)).page.response.status_code == 410


async def test_it_takes_the_role_away_with_another_one(tmp_path: Path) -> None:
    async with invited(tmp_path) as (rig, _token):
        await invites(rig, INVITES.replace("lawyer", "scribe"))
        (guest,) = the_crisis(rig).guests
        assert [a.role for a in the_crisis(rig).assignments if a.person == guest.person] == ["scribe"]


async def test_it_opens_again_within_three_days(tmp_path: Path) -> None:
    """A visit lasts a day; the same link begins the next."""
    async with invited(tmp_path) as (rig, token):
        await comes_in(rig, token)
        rig.clock.ahead += timedelta(hours=71)
        assert "Lire le message" in (await comes_in(rig, token)).page.text


async def test_it_keeps_the_secret_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with invited(tmp_path) as (rig, token):
        await comes_in(rig, token)
        with rig.service.application.store.read() as uow:
            entries = uow.journal.of(the_crisis(rig).id)
        assert token not in repr(entries) + repr(the_crisis(rig))
        assert token not in "".join(capsys.readouterr())
        assert not any(token in str(message) for room in rig.slack.rooms for message in room.messages)


async def test_it_shows_the_link_once(tmp_path: Path) -> None:
    """A repeat of Slack's gets an empty answer: the inbox keeps no secret."""
    async with night(tmp_path) as rig:
        lea = rig.user("lea")
        assert LINK.search((await lea.command(INVITES, channel=rig.slack.rooms[-1].name)).text)
        assert (await lea.repeat()).text == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("/crisis guest lawyer Yves Caron", Code.EMAIL_UNCLEAR),
        ("/crisis guest lawyer yves@cabinet.example", Code.REQUIRED),
        ("/crisis guest lawyer Farid Haddad farid@cabinet.example", Code.HAS_A_SEAT),
        ("/crisis guest chef Yves yves@cabinet.example", Code.ROLE_UNKNOWN),
    ],
)
async def test_it_refuses_what_it_cannot_use(tmp_path: Path, typed: str, code: Code) -> None:
    async with night(tmp_path) as rig:
        room = rig.slack.rooms[-1].name
        said = await told(rig, "lea", lambda: rig.user("lea").command(typed, channel=room))
        names = ", ".join(Role)
        assert plain(sentence(Refused(code, names=names), translator("fr"))) in said
        assert the_crisis(rig).guests == ()


async def test_it_invites_by_a_form_too(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await rig.user("lea").command("/crisis invité", channel=rig.slack.rooms[-1].name)
        await eventually(lambda: rig.user("lea").open_modal())
        form = rig.user("lea").open_modal()
        assert form is not None
        await rig.user("lea").submit(form, {"name": "Yves Caron", "email": "Yves@cabinet.example"})
        shown = rig.user("lea").open_modal()
        assert shown is not None
        found = LINK.search(text(rig, "lea", shown))
        assert found is not None
        await rig.settle()
        assert "Lire le message" in (await comes_in(rig, found[1])).page.text


async def test_it_has_the_opener_make_the_link_of_an_external_person(tmp_path: Path) -> None:
    """The plan names a lawyer without a seat: they are called, and Léa hands their link on."""
    plan = tmp_path / "plan.yaml"
    farid = 'farid: {name: Farid Haddad, email: farid@cabinet.example, phone: "+33639980005", country: FR'
    plan.write_text(SAMPLE_PLAN.read_text().replace(farid, f"{farid}, external: true"))
    async with slack_rig(tmp_path, plan=plan) as rig:
        await rig.user("lea").command(f"/crisis urgent {WORDS}")
        await rig.settle()
        told_to = newest(rig, "lea", Verb.GUEST_LINK)
        assert "On appelle Farid (juriste)" in text(rig, "lea", told_to)
        before = len(rig.user("lea").ephemerals())
        await rig.user("lea").press(offers(told_to)[Verb.GUEST_LINK], on=told_to)
        await eventually(lambda: rig.user("lea").ephemerals()[before:])
        await rig.settle()
        found = LINK.search(text(rig, "lea", rig.user("lea").ephemerals()[-1]))
        assert found is not None
        farid_there = await comes_in(rig, found[1])
        assert "Farid" in farid_there.page.text
        assert "Lire le message" in farid_there.page.text


async def test_it_reminds_the_cell_at_once_of_an_emergency_that_a_guest_declared_who_is_out(
    tmp_path: Path,
) -> None:
    """The first reminder is for whoever declared it, who reads nothing any more."""
    async with invited(tmp_path) as (rig, token):
        yves = await comes_in(rig, token)
        await yves.press("Vie en danger")
        await press(rig, "denis", Verb.GUEST_REVOKE, on=in_room(rig, "denis", "a un lien"))
        await rig.later(minutes=2)
        assert the_crisis(rig).emergency is not None
        direct(rig, "denis", "AUCUN APPEL NOTÉ")
