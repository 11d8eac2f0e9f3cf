"""A lawyer without a seat comes in by a link from their mailbox and a code that goes there, too."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.web.board import StoreBoard
from adapters.web.ports import Way
from bot.data import SAMPLE_PLAN
from bot.domain.guest_codes import TRIES
from tests.rig.answers import bounce
from tests.rig.dump import dump
from tests.rig.either import CHATS, InChat, cloud, rig_at, served_on
from tests.rig.imap_server import Mails, imap_server
from tests.rig.mail_server import MailServer, certificate, mail_server, mail_settings, server_context
from tests.rig.night import at_three_in_the_morning
from tests.rig.refused import WORDS
from tests.rig.service import Running
from tests.rig.web_person import Page, WebPerson

ADDRESS = "yves@cabinet.example"
LINK = re.compile(r"http://127\.0\.0\.1:8080/r/([\w-]{43})")
CODE = re.compile(r"\b[0-9]{6}\b")
SEND = "M'envoyer le code"
INSIDE = "À FAIRE MAINTENANT"
FARID = 'farid: {name: Farid Haddad, email: farid@cabinet.example, phone: "+33639980005", country: FR'

Servers = tuple[MailServer, Mails]


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """Where the service sends and fetches, as its settings say."""
    file = certificate(tmp_path)
    with mail_server(tls=server_context(file)) as smtp, imap_server(server_context(file)) as imap:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        mail_settings(monkeypatch, smtp, imap.postbox)
        yield smtp, imap


@asynccontextmanager
async def invited(folder: Path, where: str) -> AsyncIterator[tuple[Running[Any], InChat]]:
    with cloud(where) as chat:
        async with served_on(chat, folder, at_three_in_the_morning()) as rig:
            lea = CHATS[where](rig, "lea")
            await lea.types(f"urgence {WORDS}")
            await lea.form_in_room("invité")
            assert "par e-mail" in await lea.submits({"name": "Yves Caron", "email": ADDRESS})
            await rig.settle()
            yield rig, lea


async def fetches(rig: Running[Any]) -> None:
    assert rig.service.fetcher is not None
    await rig.service.fetcher.look()
    await rig.settle()


def token_of(smtp: MailServer) -> str:
    """The secret of the newest link in the mailbox."""
    found = [match for taken in smtp.taken if (match := LINK.search(taken.part("plain")))]
    return found[-1][1]


def code_of(smtp: MailServer) -> str:
    """The newest code in the mailbox."""
    return CODE.findall(smtp.taken[-1].part("plain"))[-1]


async def asks(rig: Running[Any], token: str) -> WebPerson:
    """A browser that never was here: the link, its button, the page that asks."""
    yves = WebPerson(rig.service.app)
    await yves.enter(token)
    await rig.settle()
    return yves


async def types(person: WebPerson, code: str) -> Page:
    return await person.hand_in(person.page.form("Entrer"), code=code)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.mark.parametrize("where", CHATS)
async def test_it_lets_in_whoever_reads_the_mailbox(
    tmp_path: Path, servers: Servers, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, where) as (rig, lea):
        token = token_of(smtp)
        assert "Envoyé par e-mail" in await lea.finds("a un lien vers cette seule crise")
        yves = await asks(rig, token)
        assert smtp.taken[-1].to == [ADDRESS]
        code = code_of(smtp)
        assert code not in str(smtp.taken[-1].message["Subject"])
        page = await types(yves, other(code))
        assert page.response.status_code == 422
        assert "Ce n'est pas le code du dernier e-mail" in page.text
        page = await types(yves, f"{code[:3]} {code[3:]}")
        assert INSIDE in page.text
        assert page.response.url.path == "/"
        await rig.settle()
        assert "Ouvert à" in await lea.finds("a un lien vers cette seule crise")
        await lea.types_in_room("log")
        left = [await lea.reads_room(), *await lea.reads_directly(), *rig.user("lea").notified()]
        left += [*capsys.readouterr(), (await yves.client.get("/metrics")).text]
        assert not [word for word in (token, code, ADDRESS) if word in "".join(left)]
        with rig.service.application.store.read() as uow:
            (crisis,) = uow.crises.of(["forum", "club"])
            kept = repr(uow.journal.of(crisis.id)) + repr(crisis.guest_codes) + repr(dump(tmp_path))
        assert not [word for word in (token, code, ADDRESS) if word in kept]


async def test_it_burns_nothing_by_looking(tmp_path: Path, servers: Servers) -> None:
    """A mail server's scanner follows every link that it finds, often more than once."""
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, _lea):
        token = token_of(smtp)
        before, mails = dump(tmp_path), len(smtp.taken)
        scanner = WebPerson(rig.service.app)
        for path in (f"/r/{token}", f"/r/{token}", f"/r/{token}/code"):
            page = await scanner.open(path)
            assert page.response.status_code == 200
            assert page.response.headers["Referrer-Policy"] == "no-referrer"
            assert page.response.headers["Cache-Control"] == "no-store"
        await rig.settle()
        assert (dump(tmp_path), len(smtp.taken)) == (before, mails)
        await types(await asks(rig, token), code_of(smtp))


async def test_it_asks_for_a_code_once_in_each_browser(tmp_path: Path, servers: Servers) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, _lea):
        token = token_of(smtp)
        yves = await asks(rig, token)
        await types(yves, code_of(smtp))
        rig.clock.ahead += timedelta(hours=25)
        assert (await yves.client.get("/")).status_code == 401
        mails = len(smtp.taken)
        assert INSIDE in (await yves.enter(token)).text
        await rig.settle()
        assert len(smtp.taken) == mails
        elsewhere = await asks(rig, token)
        assert len(smtp.taken) == mails + 1
        assert INSIDE in (await types(elsewhere, code_of(smtp))).text


async def test_it_opens_nothing_without_a_code_whoever_asks(tmp_path: Path, servers: Servers) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, _lea):
        board, token = StoreBoard(rig.service.application), token_of(smtp)
        assert board.enter(token, rig.clock(), known=False) is None
        assert board.way(token, rig.clock()) is Way.CODE
        assert board.enter(token, rig.clock(), known=True) is not None


@pytest.mark.parametrize("where", CHATS)
async def test_it_writes_to_an_external_lawyer_of_the_plan_when_a_crisis_opens(
    tmp_path: Path, servers: Servers, where: str
) -> None:
    smtp, _imap = servers
    plan = tmp_path / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text("utf-8").replace(FARID, f"{FARID}, external: true"), "utf-8")
    async with rig_at(where, tmp_path, plan=plan) as rig:
        lea = CHATS[where](rig, "lea")
        await lea.types(f"urgence {WORDS}")
        await rig.settle()
        [mail] = smtp.taken
        assert mail.to == ["farid@cabinet.example"]
        assert not [word for word in WORDS.split() if word in str(mail.message["Subject"])]
        assert "Envoyé par e-mail" in await lea.finds("a un lien vers cette seule crise")
        assert "Envoyé par e-mail" in await lea.finds_directly("a un lien vers cette seule crise")
        farid = await asks(rig, token_of(smtp))
        assert INSIDE in (await types(farid, code_of(smtp))).text


async def test_it_asks_again_in_a_browser_that_was_left(tmp_path: Path, servers: Servers) -> None:
    """Its history may hold the link."""
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, _lea):
        token = token_of(smtp)
        yves = await asks(rig, token)
        await types(yves, code_of(smtp))
        left = next(form for form in yves.page.forms if form.action == "/logout")
        await yves.hand_in(left)
        assert [form.labels for form in (await yves.open(f"/r/{token}")).forms] == [[SEND]]


async def test_it_takes_five_tries_then_another_code(tmp_path: Path, servers: Servers) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, lea):
        yves = await asks(rig, token_of(smtp))
        code = code_of(smtp)
        assert "six chiffres" in (await types(yves, "12345")).text
        for _try in range(TRIES):
            page = await types(yves, other(code))
        assert "Ce code ne vaut plus" in page.text
        assert INSIDE not in (await types(yves, code)).text
        await lea.types_in_room("log")
        assert "Cinq codes faux" in await lea.finds("Cinq codes faux")
        await yves.hand_in(yves.page.form("Envoyer un autre code"))
        await rig.settle()
        assert INSIDE in (await types(yves, code_of(smtp))).text


async def test_it_sends_three_codes_in_an_hour(tmp_path: Path, servers: Servers) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, _lea):
        yves = await asks(rig, token_of(smtp))
        for _code in range(2):
            await yves.hand_in(yves.page.form("Envoyer un autre code"))
            await rig.settle()
        mails = len(smtp.taken)
        page = await yves.hand_in(yves.page.form("Envoyer un autre code"))
        await rig.settle()
        assert (page.response.status_code, len(smtp.taken)) == (429, mails)
        assert "Trois codes sont partis en une heure" in page.text
        assert INSIDE in (await types(yves, code_of(smtp))).text


async def test_it_wants_a_code_from_our_own_page(tmp_path: Path, servers: Servers) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, _lea):
        token = token_of(smtp)
        yves = await asks(rig, token)
        sent = await yves.client.post(f"/r/{token}/code", data={"code": code_of(smtp), "token": "made up"})
        assert sent.status_code == 403
        assert (await WebPerson(rig.service.app).client.get("/")).status_code == 401


@pytest.mark.parametrize("ends", ["three days", "revoked", "sent anew"])
async def test_it_says_a_sentence_where_the_link_is_over(tmp_path: Path, servers: Servers, ends: str) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, lea):
        token = token_of(smtp)
        yves = await asks(rig, token)
        await lea.finds("a un lien vers cette seule crise")
        match ends:
            case "three days":
                rig.clock.ahead += timedelta(hours=72)
            case "revoked":
                await lea.does("Révoquer le lien")
            case _:
                await lea.does("Renvoyer…")
        if ends != "three days":  # their visit has ended, too
            page = await types(yves, "123456")
            assert page.response.status_code == 410
            assert "n'ouvre plus rien" in page.text
        page = (await asks(rig, token)).page
        assert page.response.status_code == 410
        assert not [word for word in (token, ADDRESS) if word in page.html]


@pytest.mark.parametrize("where", CHATS)
async def test_it_is_handed_on_after_a_bounce(tmp_path: Path, servers: Servers, where: str) -> None:
    smtp, imap = servers
    async with invited(tmp_path, where) as (rig, lea):
        await fetches(rig)
        imap.arrives(bounce(str(smtp.taken[-1].message["Message-ID"])[1:25]))
        await fetches(rig)
        assert "a été refusé" in await lea.finds_directly("L'e-mail avec le lien pour Yves")
        assert "a été refusé" in await lea.finds("L'e-mail avec le lien pour Yves")
        found = LINK.search(await lea.presses("Montrer le lien…"))
        assert found is not None
        yves = WebPerson(rig.service.app)
        assert INSIDE in (await yves.enter(found[1])).text


async def test_it_hears_of_a_code_that_does_not_arrive(tmp_path: Path, servers: Servers) -> None:
    smtp, _imap = servers
    async with invited(tmp_path, "slack") as (rig, lea):
        smtp.says("RCPT", "550 5.1.1 no such mailbox")
        await asks(rig, token_of(smtp))
        assert "a été refusé" in await lea.finds("L'e-mail avec le code pour Yves")
