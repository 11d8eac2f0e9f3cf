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
from tests.rig.either import AROUND, InChat, rig_at
from tests.rig.reading import dialog
from tests.rig.service import Rig, Running, served, workspace
from tests.rig.slack.service import MovedClock
from tests.rig.slack.waiting import eventually

REPLY = "Bonjour, nous avons lu votre message."
SECOND = "Bonjour, nous avons lu votre message. Comment allez-vous ?"
WORDS = "je n'en peux plus"
LOCALES = ("fr", "en")


@asynccontextmanager
async def night(folder: Path, locale: str = "fr", *, guest: str = "") -> AsyncIterator[Rig]:
    """A crisis that Léa opened on Slack; everybody speaks `locale`."""
    plan = folder / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text().replace("locale: fr ", f"locale: {locale} "))
    with workspace() as slack:
        for account in slack.world.accounts.values():
            account.locale = {"fr": "fr-FR", "en": "en-US"}[locale]
            account.is_restricted = account.name == guest
        async with served(slack, folder, MovedClock(), plan=plan) as rig:
            await rig.user("lea").command(f"/crisis urgent {WORDS}")
            await rig.settle()
            yield rig


@asynccontextmanager
async def night_at(where: str, folder: Path) -> AsyncIterator[Running[Any]]:
    """The same, in French, wherever it is told."""
    async with rig_at(where, folder) as rig:
        await AROUND[where](rig, "lea").types(f"urgent {WORDS}")
        yield rig


async def released_by(lea: InChat, noe: InChat) -> None:
    """Léa writes a reply, Noé approves it, and Léa sends it."""
    await lea.asks_in_room("Écrire une réponse")
    await lea.fills({"text": REPLY, "routes": ["private_message", "email"]})
    await noe.finds_directly(REPLY)
    await noe.does("Approuver la version 1")
    await lea.finds(REPLY)
    await lea.does("Envoyer…")


async def proposes(rig: Rig, who: str = "lea", text: str = REPLY) -> None:
    await act(rig, who, Action(Verb.DRAFT, the_crisis(rig).id))
    await rig.user(who).submit(await dialog(rig, who), {"text": text, "routes": ["private_message", "email"]})
    await rig.settle()


async def approved(rig: Rig) -> None:
    await proposes(rig)
    await press(rig, "noe", Verb.APPROVE)
    await rig.settle()


async def released(rig: Rig) -> None:
    await approved(rig)
    await press(rig, "lea", Verb.RELEASE)
    await rig.settle()


async def closes(rig: Rig) -> None:
    await rig.user("claire").command("/crisis close fin", channel=rig.slack.rooms[-1].name)
    await rig.settle()


def the_crisis(rig: Running[Any]) -> Crisis:
    with rig.service.application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum", "club"], closed_since=rig.clock().replace(year=2000))
    return crisis


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


async def told(rig: Rig, who: str, doing: Callable[[], Awaitable[object]]) -> str:
    """What the person alone is shown in answer: aside, or over the form."""
    user = rig.user(who)
    before, forms = len(user.ephemerals()), user.open_modal()
    answered = await doing()
    errors = getattr(answered, "errors", {})
    if errors:
        return plain("\n".join(errors.values()))

    def shown() -> object:
        return user.ephemerals()[before:] or (user.open_modal() is not forms and user.open_modal())

    await eventually(shown)
    seen = user.ephemerals()[before:]
    return plain(user.reads(seen[-1] if seen else user.open_modal()))  # type: ignore[arg-type]


async def refuses(
    rig: Rig, folder: Path, who: str, doing: Callable[[], Awaitable[object]], *, locale: str, refused: Refused
) -> str:
    """Nothing has changed, and the sentence stands first; what else the person reads."""
    before = dump(folder)
    said = await told(rig, who, doing)
    assert changed(before, dump(folder)) == []
    assert plain(sentence(refused, translator(locale))) in said
    return said
