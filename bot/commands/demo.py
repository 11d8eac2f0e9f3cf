"""`cellule demo`: a whole crisis in the terminal, by the real handlers; nothing of it stays."""

import asyncio
import itertools
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from textwrap import indent

from bot.application import Application
from bot.cards import Action, Answer
from bot.commands import journal
from bot.commands.terminal import TerminalGateway
from bot.data import SAMPLE_PLAN
from bot.domain.ids import PersonId, Platform
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.interactions import Actor, ButtonPress, FormSubmission, Interaction, SlashCommand
from bot.main import guide_of
from bot.plan.loading import load_plan
from bot.relay import Relay
from bot.storage import schema
from bot.storage.engine import open_database
from bot.storage.seal import Keyring, check_key
from bot.storage.sql import SqlStore
from bot.texts import Locale, Translator
from bot.threads import Threads
from bot.views import dates
from bot.views.plain import plain_card

NIGHT = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)
"""Ten past three in Paris."""

PACE = 0.7
"""Seconds between two steps, so that they can be read: twelve of them."""

Say = Callable[[str], None]


def demo(_: Translator, *, say: Say, pace: float = PACE) -> None:
    """Play the sample plan's night."""
    say(_("A whole night in the sample plan. People and message are invented; nothing is sent to anybody."))
    with _stage(_.locale, say) as stage:
        _play(stage, _, pace)
        say(journal.verify(stage.store, stage.number, _))
    say(_("The same in a browser: make run"))


class Stage:
    """The core on a database of its own, with a clock that is moved."""

    def __init__(self, store: SqlStore, guide: Callable[[], Guide], threads: Threads, say: Say) -> None:
        self.now = NIGHT
        self.store = store
        self._guide = guide()
        self._say = say
        self._keys = itertools.count(1)
        self._application = Application(
            store=store,
            guide=guide,
            clock=lambda: self.now,
            committed=lambda: None,
            base_url="http://127.0.0.1:8080",
        )
        self._relay = Relay(
            application=self._application,
            gateways={Platform.WEB: TerminalGateway(say=say, name=self._guide.name)},
            threads=threads,
            recorded=lambda _outcomes: None,
        )

    @property
    def crisis(self) -> str:
        """The id of the only crisis."""
        with self.store.read() as uow:
            return uow.crises.of(self._guide.plan.communities)[0].id

    @property
    def number(self) -> str:
        with self.store.read() as uow:
            return uow.crises.of(self._guide.plan.communities, closed_since=NIGHT)[0].number

    def types(self, who: str, text: str) -> None:
        self._do(SlashCommand(self._key(), _actor(who), text))

    def presses(self, who: str, verb: Verb, subject: str, revision: int | None = None) -> None:
        self._do(ButtonPress(self._key(), _actor(who), Action(verb, subject, revision)))

    def fills(self, who: str, verb: Verb, subject: str, revision: int | None = None, **values: str) -> None:
        self._do(FormSubmission(self._key(), _actor(who), Action(verb, subject, revision), values))

    def announce(self, title: str) -> None:
        """The hour and what is about to happen."""
        zone = self._guide.plan.timezone
        self._say(f"\n── {dates.hour(self.now, zone)} ── {title}")

    def wait(self, **ahead: float) -> None:
        """Move the clock."""
        self.now += timedelta(**ahead)

    def goes_on(self) -> None:
        """Do what has come due, send what follows."""
        while self._application.tick(self.now):
            pass
        asyncio.run(self._relay.drain())

    def _do(self, interaction: Interaction) -> None:
        answer: Answer = self._application.handle(interaction)
        if answer.card is not None:
            self._say(indent(plain_card(answer.card), "  ┊ "))
        self.goes_on()

    def _key(self) -> str:
        return f"demo:{next(self._keys)}"


def _play(stage: Stage, _: Translator, pace: float) -> None:
    """Each step is announced, done, and given time to be read."""
    for title, act in _steps(stage, _):
        stage.announce(title)
        act()
        time.sleep(pace)


def _steps(stage: Stage, _: Translator) -> Iterator[tuple[str, Callable[[], None]]]:
    words = _("I do not want to be here any more tomorrow")
    reply = _(
        "Hello, thank you for writing to us. You do not want to be here any more tomorrow: I hear how heavy "
        "this is. How are you now? In France 3114 listens day and night, free of charge. If you are in "
        "danger now, call 15 or 112. You can reply to this message, we read your replies day and night. I "
        "write to you again on Thursday evening. Léa, moderator, Forum Exemple"
    )
    why = _("the member is looked after")
    yield (
        _("Léa, who moderates, sees a message and types: /crisis urgent …"),
        lambda: stage.types("lea", f"urgent {words}"),
    )
    crisis = stage.crisis
    draft = f"{crisis}.d1"
    yield (
        _("She presses “Life in danger”: whom to call, what to say."),
        lambda: stage.presses("lea", Verb.LIFE_IN_DANGER, crisis),
    )
    stage.wait(minutes=2)
    yield (_("Two minutes pass, nobody has noted a call."), stage.goes_on)
    yield (
        _("Léa has called 15, and notes it."),
        lambda: stage.fills("lea", Verb.I_CALLED, crisis, service="15"),
    )
    yield (
        _("Noé, distress referent, is on it."),
        lambda: stage.presses("noe", Verb.TAKE_UP, crisis),
    )
    yield (
        _("Léa proposes a reply."),
        lambda: stage.fills("lea", Verb.DRAFT, crisis, text=reply, routes="private_message"),
    )
    yield (
        _("Noé approves exactly this text."),
        lambda: stage.presses("noe", Verb.APPROVE, draft, 1),
    )
    yield (
        _("Léa gives the word to send."),
        lambda: stage.presses("lea", Verb.RELEASE, draft, 1),
    )
    yield (
        _("It has gone by private message, and she notes it."),
        lambda: stage.fills("lea", Verb.DISPATCH, f"{draft}.private_message", note=_("sent")),
    )
    stage.wait(hours=4)
    yield (_("Hours later: somebody looks after the member."), stage.goes_on)
    yield (
        _("The member is better. Léa writes it down."),
        lambda: stage.fills("lea", Verb.FOLLOW_UP_RECORD, f"{crisis}.f1", outcome="better"),
    )
    yield (
        _("Claire closes the crisis; the next follow-ups go on."),
        lambda: stage.fills("claire", Verb.CLOSE, crisis, reason=why, despite_waiting=why),
    )


@contextmanager
def _stage(locale: Locale, say: Say) -> Iterator[Stage]:
    """A database that is gone afterwards, and the sample plan in this language."""
    plan = SAMPLE_PLAN.read_text("utf-8").replace("locale: fr", f"locale: {locale}", 1)
    guide = guide_of(load_plan(plan, source=str(SAMPLE_PLAN)), (Platform.WEB,))
    keyring = Keyring([secrets.token_urlsafe(32)])
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(closing(open_database(f"sqlite:///{folder}/demo.db")))
        schema.ensure(database)
        with database.write() as connection:
            check_key(connection, keyring)
        threads = Threads(writers=1)
        stack.callback(threads.stop)
        yield Stage(SqlStore(database, keyring), guide, threads, say)


def _actor(who: str) -> Actor:
    return Actor(Platform.WEB, PersonId(who))
