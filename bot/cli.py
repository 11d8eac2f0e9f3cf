"""The command line: `cellule serve`, and the tools beside it."""

import json
import secrets
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, NoReturn

import typer

from bot import logs
from bot.domain.ids import PersonId
from bot.plan.problems import PlanError
from bot.settings import SettingsError, load_settings
from bot.storage.schema import SchemaOutdated, upgrade
from bot.storage.seal import WrongKey
from bot.texts import Translator, translator

LINK_LIVES = timedelta(minutes=30)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
database = typer.Typer(no_args_is_help=True)
manifest = typer.Typer(no_args_is_help=True)
app.add_typer(database, name="db", help="The database.")
app.add_typer(manifest, name="manifest", help="What the platforms must be told about Cellule.")


def main() -> None:
    """Run a command; what stops it is said in a sentence."""
    _ = _language()
    try:
        app()
    except SettingsError as error:
        _stop(*error.sentences(_))
    except PlanError as error:
        _stop(*error.sentences(_))
    except (SchemaOutdated, WrongKey) as error:
        _stop(str(error))


@app.command()
def serve() -> None:
    """Serve Slack, the browser room and what is due, until stopped."""
    import uvicorn

    from bot.main import Service

    settings = load_settings()
    logs.set_up()
    service = Service(settings)
    typer.echo(f"Cellule: {settings.public_url}", err=True)
    uvicorn.run(
        service.app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )


@app.command()
def tick(
    now: Annotated[str, typer.Option(help="Up to this time, for example 2026-11-24T09:00+01:00.")],
    deliver: Annotated[bool, typer.Option(help="Send what follows, too.")] = False,  # noqa: FBT002
) -> None:
    """Do what is due up to a time, until nothing new is due."""
    from bot.ticking import tick_until

    tick_until(load_settings(), _moment(now), deliver=deliver)


@app.command()
def link(person: str) -> None:
    """Make a one-time link with which a person of the plan enters the browser room."""
    from bot.main import Service

    service = Service(load_settings())
    if person not in service.plan.people:
        _stop(_language()("The plan names nobody «{person}».", person=person))
    token = secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + LINK_LIVES
    with service.application.store.write() as uow:
        uow.links.add(sha256(token.encode()).digest(), PersonId(person), expires_at=expires_at)
        uow.commit()
    typer.echo(f"{service.settings.public_url}/r/{token}")


@database.command("upgrade")
def upgrade_database() -> None:
    """Bring the schema up to date."""
    upgrade(load_settings().database_url)


@manifest.command()
def slack(
    base_url: Annotated[str, typer.Option(help="Where Slack reaches Cellule.")] = "",
    least: Annotated[bool, typer.Option(help="Leave out the recommended scopes.")] = False,  # noqa: FBT002
) -> None:
    """Print the manifest of the Slack app."""
    from adapters.slack.manifest import manifest as slack_manifest

    url = base_url or load_settings().public_url
    typer.echo(json.dumps(slack_manifest(base_url=url, least=least, _=_language()), indent=2))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        _stop(_language()("A time needs its offset from UTC, for example 2026-11-24T09:00+01:00."))
    return moment.astimezone(UTC)


def _language() -> Translator:
    import os

    return translator(os.environ.get("LC_ALL") or os.environ.get("LANG") or "fr")


def _stop(*sentences: str) -> NoReturn:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    sys.exit(1)


