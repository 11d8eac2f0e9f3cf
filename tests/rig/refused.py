"""A night in which something is refused: the database stays as it is, and the person is told why."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cards import Action
from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Crisis
from bot.domain.errors import Refused
from bot.domain.verbs import Verb
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.acts import act, press
from tests.rig.dump import changed, dump
from tests.rig.either import AROUND, InChat, at, cloud, served_on
from tests.rig.reading import dialog, plain
from tests.rig.service import Rig, Running
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import MovedClock
from tests.rig.teams.double import TeamsDouble

REPLY = "Bonjour, nous avons lu votre message."
SECOND = "Bonjour, nous avons lu votre message. Comment allez-vous ?"
WORDS = "je n'en peux plus"


@asynccontextmanager
async def night_at(
    where: str, folder: Path, locale: str = "fr", *, guest: str = ""
) -> AsyncIterator[Running[Any]]:
    """A crisis that Léa opened; everybody speaks `locale`."""
    plan = folder / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text().replace("locale: fr ", f"locale: {locale} "))
    with cloud(where) as chat:
        for account in chat.world.accounts.values():
            account.locale = {"fr": "fr-FR", "en": "en-US"}[locale]
        if guest:
            is_a_guest(chat, guest)
        async with served_on(chat, folder, MovedClock(), plan=plan) as rig:
            await AROUND[where](rig, "lea").types(f"urgent {WORDS}")
            yield rig


def is_a_guest(chat: SlackDouble | TeamsDouble, name: str) -> None:
    if isinstance(chat, TeamsDouble):
        chat.user(name).account.is_guest = True
    else:
        chat.user(f"U{name.upper()}").account.is_restricted = True


@asynccontextmanager
async def night(folder: Path, locale: str = "fr") -> AsyncIterator[Rig]:
    """The same on Slack."""
    async with night_at("slack", folder, locale) as rig:
        assert isinstance(rig, Rig)
        yield rig


async def released_by(lea: InChat, noe: InChat) -> None:
    """Léa writes a reply, Noé approves it, and Léa sends it."""
    await lea.asks_in_room("Écrire une réponse")
    await lea.fills({"text": REPLY, "routes": ["private_message", "email"]})
    await noe.finds_directly(REPLY)
    await noe.does("Approuver la version 1")
    await lea.finds(REPLY)
    await lea.does("Envoyer…")


async def proposes(rig: Running[Any], who: str = "lea", text: str = REPLY) -> None:
    await act(rig, who, Action(Verb.DRAFT, the_crisis(rig).id))
    await rig.user(who).submit(await dialog(rig, who), {"text": text, "routes": ["private_message", "email"]})
    await rig.settle()


async def approved(rig: Running[Any]) -> None:
    await proposes(rig)
    await press(rig, "noe", Verb.APPROVE)
    await rig.settle()


async def released(rig: Running[Any]) -> None:
    await approved(rig)
    await press(rig, "lea", Verb.RELEASE)
    await rig.settle()


async def closes(rig: Running[Any]) -> None:
    await at(rig, "claire").types_in_room("close fin")


def the_crisis(rig: Running[Any]) -> Crisis:
    with rig.service.application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum", "club"], closed_since=rig.clock().replace(year=2000))
    return crisis


async def told(rig: Running[Any], who: str, doing: Callable[[], Awaitable[object]]) -> str:
    """What the person alone is shown in answer."""
    hears = at(rig, who).listens()
    return await hears(await doing())


async def refuses(
    rig: Running[Any],
    folder: Path,
    who: str,
    doing: Callable[[], Awaitable[object]],
    *,
    locale: str,
    refused: Refused,
) -> str:
    """Nothing has changed, and the sentence stands first; what else the person reads."""
    before = dump(folder)
    said = await told(rig, who, doing)
    assert changed(before, dump(folder)) == []
    assert plain(sentence(refused, translator(locale))) in said
    return said
