"""The command line: `cellule serve`, and the tools beside it. What stops a command is said in a sentence."""

import json
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from adapters.slack.manifest import manifest as slack_manifest
from adapters.teams.manifest import package as teams_package
from bot import data
from bot.commands import journal as journals
from bot.commands.check import check_lines
from bot.commands.demo import demo
from bot.commands.doctor import examine, verdict
from bot.commands.serve import serve as serve_until_stopped
from bot.commands.served import reload_plan
from bot.commands.stopped import Stopped, database_stopped
from bot.data.files import DataError
from bot.domain.ids import PersonId
from bot.main import mail_remarks, missing_communities, ready_database, slack_remarks, teams_remarks, utc_now
from bot.plan.loading import load_plan_file
from bot.plan.model import Plan
from bot.plan.problems import CommunitiesMissing, PlanError
from bot.remarks import Grade
from bot.settings import Settings, SettingsError, TriageSettings, load_settings
from bot.storage import schema
from bot.storage.engine import DatabaseError
from bot.storage.seal import Keyring, WrongKey
from bot.storage.sql import SqlStore
from bot.texts import N_, Translator, translator
from bot.ticking import tick_until
from bot.triage.terms import Terms
from bot.views.page import page

LINK_LIVES = timedelta(minutes=30)

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
database = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
manifest = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
plan = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
journal = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(database, name="db", help="The database.")
app.add_typer(manifest, name="manifest", help="What the platforms must be told about Cellule.")
app.add_typer(plan, name="plan", help="The crisis plan.")
app.add_typer(journal, name="journal", help="The journal of a crisis.")

Crisis = Annotated[str, typer.Argument(help="Its number, for example 2026-014, or its id.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; without arguments, the one that was typed."""
    _ = language()
    try:
        app(arguments)
    except (Stopped, SettingsError, PlanError, DataError) as error:
        problems = error.sentences(_)
    except (schema.SchemaOutdated, WrongKey) as error:
        problems = (str(error),)
    except DatabaseError as error:
        problems = database_stopped(error).sentences(_)
    except OSError as error:
        problems = Stopped(_FILE, path=str(error.filename), reason=str(error.strerror)).sentences(_)
    else:
        return
    for problem in problems:
        typer.echo(problem, err=True)
    sys.exit(1)


_FILE = N_("{path} cannot be used: {reason}.")


@app.command()
def serve() -> None:
    """Serve Slack, the browser room and what is due, until stopped."""
    serve_until_stopped(load_settings(), language())


@app.command()
def doctor() -> None:
    """Try settings, plan, database and Slack, and say how to mend what is wrong."""
    settings, _ = load_settings(), language()
    remarks = []
    for remark in examine(
        settings,
        now=utc_now(),
        ask_slack=lambda plan: slack_remarks(settings, plan, _),
        ask_teams=lambda plan: teams_remarks(settings, plan, _),
        ask_mail=lambda: mail_remarks(settings, _),
        _=_,
    ):
        typer.echo(f"{remark.grade} {remark.said}")
        remarks.append(remark)
    typer.echo(verdict(remarks, _))
    if any(remark.grade is Grade.BROKEN for remark in remarks):
        sys.exit(1)


@app.command("demo")
def play_demo() -> None:
    """Play a whole crisis here, in a few seconds; nothing is kept or sent."""
    demo(language(), say=typer.echo)


@app.command()
def triage(
    file: Annotated[
        typer.FileText, typer.Argument(help="A JSON line each: id, text, country; without it, what is typed.")
    ] = "-",  # type: ignore[assignment]  # typer opens it
) -> None:
    """Propose a category and a level for messages, with the words that made it think so."""
    from bot.commands.triage import proposals  # noqa: PLC0415  (its model takes half a second and 100 MB)
    from bot.triage.loading import load  # noqa: PLC0415

    bad = False
    terms = Terms(TriageSettings(_env_file=".env").triage_terms)
    for answer in proposals(load(terms), file):
        typer.echo(json.dumps(answer, ensure_ascii=False))
        bad |= "error" in answer
    if bad:
        raise typer.Exit(1)


@app.command()
def tick(
    now: Annotated[str, typer.Option(help="Up to this time, for example 2026-11-24T09:00+01:00.")],
    deliver: Annotated[bool, typer.Option(help="Send what follows, too.")] = False,  # noqa: FBT002
) -> None:
    """Do what is due up to a time, until nothing new is due."""
    done = tick_until(load_settings(), _moment(now), deliver=deliver)
    typer.echo(language().n("{n} reminder was due.", "{n} reminders were due.", done))


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="Otherwise what comes on the standard input.")] = None,
) -> None:
    """Check replies against the rules: a JSON object a line in, another a line out (docs/gate.md)."""
    failed = False
    with file.open("rb") if file else nullcontext(sys.stdin.buffer) as lines:
        for checked in check_lines(lines, now=utc_now()):
            typer.echo(checked.text.encode() + b"\n", nl=False)
            failed = failed or checked.failed
    if failed:
        sys.exit(1)


@app.command()
def link(person: Annotated[str, typer.Argument(help="The person's key in the plan.")]) -> None:
    """Make a one-time link with which a person of the plan enters the browser room within half an hour."""
    settings = load_settings()
    people = load_plan_file(settings.plan).people
    if person not in people:
        raise Stopped(
            N_("The plan names nobody “{person}”. Known: {known}."), person=person, known=", ".join(people)
        )
    token = secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + LINK_LIVES
    with _store(settings) as store, store.write() as uow:
        uow.links.add(sha256(token.encode()).digest(), PersonId(person), expires_at=expires_at)
        uow.commit()
    typer.echo(f"{settings.public_url}/r/{token}")


@database.command("upgrade")
def upgrade_database() -> None:
    """Bring the schema up to date."""
    schema.upgrade(load_settings().database_url)


@plan.command("check")
def check_plan(
    file: Annotated[Path | None, typer.Argument(help="Otherwise the file of CELLULE_PLAN.")] = None,
) -> None:
    """Say what is wrong in a plan, line by line."""
    path = file or load_settings().plan
    typer.echo(_nothing_wrong(path, load_plan_file(path), language()))


@plan.command("apply")
def apply_plan() -> None:
    """Check the plan, then tell the service that runs in this folder to take it over."""
    settings, _ = load_settings(), language()
    known = load_plan_file(settings.plan)
    with _store(settings) as store:
        gone = missing_communities(store, known, now=utc_now())
    if gone:
        raise CommunitiesMissing(str(settings.plan), gone)
    for broken in (*data.read_anew(), *Terms(settings.triage_terms).read_anew()):
        raise broken
    typer.echo(_nothing_wrong(settings.plan, known, _))
    if reload_plan(settings.port):
        typer.echo(_("The service takes it over now. What was assigned stays; deputies and times follow."))
    else:
        typer.echo(
            _(
                "No service runs from this folder at port {port}: it reads the plan when it starts.",
                port=settings.port,
            )
        )


@plan.command("print")
def print_plan(
    community: Annotated[str | None, typer.Argument(help="Its key in the plan; otherwise all.")] = None,
) -> None:
    """Print a page a community for the day on which nothing works: whom to call, what to do first."""
    path = load_settings().plan
    known = load_plan_file(path)
    if community is not None and community not in known.communities:
        raise Stopped(
            N_("The plan names no community “{name}”. Known: {known}."),
            name=community,
            known=", ".join(known.communities),
        )
    wanted = [known.communities[community]] if community else known.communities.values()
    lines, today = data.help_lines(), utc_now()
    typer.echo("\n\f\n".join(page(known, each, help_lines=lines, now=today) for each in wanted))


def _nothing_wrong(path: Path, known: Plan, _: Translator) -> str:
    communities = _.n("{n} community", "{n} communities", len(known.communities))
    people = _.n("{n} person", "{n} people", len(known.people))
    return _(
        "{path}: {communities}, {people}. Nothing is wrong.",
        path=str(path),
        communities=communities,
        people=people,
    )


@journal.command("verify")
def verify_journal(crisis: Crisis) -> None:
    """Say whether the journal of a crisis is as it was written."""
    with _store(load_settings()) as store:
        typer.echo(journals.verify(store, crisis, language()))


@journal.command("export")
def export_journal(crisis: Crisis) -> None:
    """Print the journal of a crisis, without the member's words."""
    settings = load_settings()
    with _store(settings) as store:
        typer.echo(journals.export(store, load_plan_file(settings.plan), crisis), nl=False)


@manifest.command()
def slack(
    base_url: Annotated[str, typer.Option(help="Where Slack reaches Cellule.")] = "",
    least: Annotated[bool, typer.Option(help="Leave out the recommended scopes.")] = False,  # noqa: FBT002
    socket: Annotated[bool, typer.Option(help="For Socket Mode, without an address.")] = False,  # noqa: FBT002
) -> None:
    """Print the manifest of the Slack app."""
    url = base_url or load_settings().public_url
    built = slack_manifest(base_url=url, least=least, socket=socket, _=language())
    typer.echo(json.dumps(built, indent=2, ensure_ascii=False))


@manifest.command()
def teams(
    to: Annotated[Path, typer.Option(help="The file to write.")] = Path("cellule-teams.zip"),
    base_url: Annotated[str, typer.Option(help="Where Cellule is, over https.")] = "",
) -> None:
    """Write the package of the Teams app, to be uploaded."""
    settings, _ = load_settings(), language()
    url = base_url or settings.public_url
    if settings.microsoft_app_id is None:
        raise Stopped(N_("MICROSOFT_APP_ID is missing: register the app first (docs/teams.md)."))
    if not url.startswith("https://"):
        raise Stopped(N_("Teams needs an https address, not {url}: set CELLULE_BASE_URL."), url=url)
    to.write_bytes(
        teams_package(
            app_id=settings.microsoft_app_id,
            base_url=url,
            version=version("cellule"),
            channels=settings.teams_room_kind == "channel",
        )
    )
    typer.echo(_("{file} is written. Upload it in the Teams admin center.", file=str(to)))


def language() -> Translator:
    """The language of the terminal; French unless it says English."""
    return translator(os.environ.get("LC_ALL") or os.environ.get("LANG") or "fr")


@contextmanager
def _store(settings: Settings) -> Iterator[SqlStore]:
    with closing(ready_database(settings)) as opened:
        yield SqlStore(opened, Keyring(settings.secret_keys))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Stopped(_NO_TIME, text=text) from None
    if moment.tzinfo is None:
        raise Stopped(_NO_TIME, text=text)
    return moment.astimezone(UTC)


_NO_TIME = N_("“{text}” is no time. Write the day, the hour and the offset from UTC: 2026-11-24T09:00+01:00.")
