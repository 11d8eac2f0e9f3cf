"""Settings: environment variables and a `.env` file. A wrong one stops the start with a sentence."""

import ipaddress
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, LiteralString, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.data import SAMPLE_PLAN
from bot.postbox import Postbox, Sender, parse_postbox, parse_sender
from bot.texts import N_, Translator

KEY_LENGTH = 32
"""The fewest characters of a secret key; the command that the sentence proposes makes 43."""

VAR = Path("var")
"""What Cellule keeps by itself, in the folder where it starts."""

KEY_FILE = VAR / "secret.key"
"""The key that was made because none was given."""

TEAMS_HOSTS = "smba.trafficmanager.net,smba.infra.gcc.teams.microsoft.com"
"""Where Teams takes messages, in the clouds whose tokens the same issuer signs.

Source: Microsoft, «Send proactive messages», the table of global service URLs.
"""

SELECTOR = r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""A name in the DNS (RFC 6376, 3.1)."""

_MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'

_SENTENCES = {
    "bad_value": N_("{name} has a value that cannot be used. Expected: {expected}."),
    "key_short": N_(
        "Each key of CELLULE_SECRET_KEY needs {length} characters or more. Make one with: {make}"
    ),
    "key_missing": N_(
        "CELLULE_SECRET_KEY is required, since HOST lets other machines in ({host}). Make one with: {make}"
    ),
    "key_file": N_("The secret key cannot be kept in {path}: {reason}. Set CELLULE_SECRET_KEY instead."),
    "key_file_spoilt": N_(
        "{path} no longer holds a whole key. Bring it back from your backup: what was sealed needs it."
    ),
    "slack_secret": N_(
        "SLACK_BOT_TOKEN is set without SLACK_SIGNING_SECRET. Copy it from the Slack app, page "
        "“Basic Information”; or set SLACK_APP_TOKEN, for Socket Mode."
    ),
    "slack_token": N_(
        "{name} is set without SLACK_BOT_TOKEN. Copy it from the Slack app, page “OAuth & Permissions”."
    ),
    "teams_half": N_(
        "{names} missing: MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID go together. "
        "Copy them from the app's registration (docs/teams.md)."
    ),
    "mail_half": N_("{name} is set without {other}: they go together (docs/mail.md)."),
    "dkim_unread": N_("The key of DKIM_KEY cannot be read ({path}): {reason}."),
    "dkim_unfit": N_(
        "DKIM_KEY names no key that e-mails can be signed with ({path}): a private key in a PEM file without "
        "password, RSA of 2048 bits or more, or Ed25519 (docs/mail.md)."
    ),
    "teams_place": N_(
        "TEAMS_ROOM_KIND={kind} needs {name}: it says where the rooms are made (docs/teams.md)."
    ),
}

_EXPECTED = {
    "PORT": "1-65535",
    "CELLULE_DEMO": "0, 1",
    "DATABASE_URL": "sqlite:///…, postgresql://…",
    "TEAMS_ROOM_KIND": "group_chat, channel, thread",
    "SMTP_URL": "smtps://…, smtp://…",
    "IMAP_URL": "imaps://…",
    "MAIL_FROM": "Forum Exemple <aide@exemple.fr>",
    "DKIM_KEY": "dkim.pem",
    "DKIM_SELECTOR": "cellule",
}

_TEAMS = ("microsoft_app_id", "microsoft_app_password", "microsoft_app_tenant_id")
_MAIL_NEEDS = (
    ("smtp_url", "mail_from"),
    ("imap_url", "mail_from"),
    ("dkim_key", "dkim_selector"),
    ("dkim_selector", "dkim_key"),
    ("dkim_key", "smtp_url"),
)
_TEAMS_PLACES = {"channel": "teams_team_id", "thread": "teams_channel_id"}


class SettingsError(Exception):
    """The settings cannot be used. Each problem is a code with its parameters."""

    def __init__(self, *problems: tuple[str, dict[str, str]]) -> None:
        super().__init__(", ".join(code for code, _params in problems))
        self.problems = problems

    def sentences(self, _: Translator) -> tuple[str, ...]:
        return tuple(_(_SENTENCES[code], **params) for code, params in self.problems)


def _wrong(code: LiteralString, **params: str) -> PydanticCustomError:
    return PydanticCustomError(code, code, params)


def _database(url: str) -> str:
    """Raise `ValueError` for a database that is none of ours, is not kept, or whose port is no number."""
    known = url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://"))
    if not known or url in {"sqlite:///", "sqlite:///:memory:"}:
        raise ValueError
    _ = urlsplit(url).port
    return url


def _web_address(url: str, info: ValidationInfo) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(info.field_name)
    return url.rstrip("/") + "/"


def _whole_address(url: str, info: ValidationInfo) -> str:
    return _web_address(url, info).rstrip("/")


def _long_keys(value: SecretStr) -> SecretStr:
    if any(len(key) < KEY_LENGTH for key in _keys(value)):
        raise _wrong("key_short", length=str(KEY_LENGTH), make=_MAKE_A_KEY)
    return value


def _keys(value: SecretStr | None) -> tuple[str, ...]:
    return tuple(key.strip() for key in value.get_secret_value().split(",")) if value else ()


def _smtp(url: SecretStr) -> SecretStr:
    parse_postbox(url.get_secret_value(), "smtps", "smtp")
    return url


def _imap(url: SecretStr) -> SecretStr:
    parse_postbox(url.get_secret_value(), "imaps")
    return url


def _sender(text: str) -> str:
    parse_sender(text)
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""Ends with a slash, as the Slack client wants it."""


class TriageSettings(BaseSettings):
    """What the triage aid by itself needs: `cellule triage` asks for no key and no database."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True
    )

    triage_terms: Path | None = None


class Settings(TriageSettings):
    """Every setting, by the name of its variable. Get them from `load_settings`."""

    database_url: Annotated[str, AfterValidator(_database)] = Field("sqlite:///var/cellule.db", repr=False)
    plan: Path = Field(SAMPLE_PLAN, validation_alias="CELLULE_PLAN")
    secret_key: Annotated[SecretStr, AfterValidator(_long_keys)] | None = Field(
        None, validation_alias="CELLULE_SECRET_KEY"
    )
    base_url: WebAddress | None = Field(None, validation_alias="CELLULE_BASE_URL")
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    demo: bool = Field(default=False, validation_alias="CELLULE_DEMO")
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: WebAddress = "https://slack.com/api/"
    microsoft_app_id: str | None = None
    microsoft_app_password: SecretStr | None = None
    microsoft_app_tenant_id: str | None = None
    teams_openid_metadata_url: Annotated[str, AfterValidator(_whole_address)] = (
        "https://login.botframework.com/v1/.well-known/openidconfiguration"
    )
    teams_login_url: WebAddress = "https://login.microsoftonline.com/"
    teams_graph_url: WebAddress = "https://graph.microsoft.com/v1.0/"
    service_url_hosts: str = Field(TEAMS_HOSTS, validation_alias="TEAMS_SERVICE_URL_HOSTS")
    teams_room_kind: Literal["group_chat", "channel", "thread"] = "group_chat"
    teams_catalog_app_id: str | None = None
    teams_team_id: str | None = None
    teams_channel_id: str | None = None

    smtp_url: Annotated[SecretStr, AfterValidator(_smtp)] | None = None
    imap_url: Annotated[SecretStr, AfterValidator(_imap)] | None = None
    mail_from: Annotated[str, AfterValidator(_sender)] | None = None
    dkim_key: Path | None = None
    dkim_selector: str | None = Field(None, pattern=SELECTOR)

    @model_validator(mode="after")
    def _key_unless_alone(self) -> Self:
        if self.secret_key is None and not is_loopback(self.host):
            raise _wrong("key_missing", host=self.host, make=_MAKE_A_KEY)
        return self

    @model_validator(mode="after")
    def _slack_is_whole(self) -> Self:
        if self.slack_bot_token and not (self.slack_signing_secret or self.slack_app_token):
            raise _wrong("slack_secret")
        for name in ("slack_signing_secret", "slack_app_token"):
            if getattr(self, name) and not self.slack_bot_token:
                raise _wrong("slack_token", name=name.upper())
        return self

    @model_validator(mode="after")
    def _teams_is_whole(self) -> Self:
        missing = [name.upper() for name in _TEAMS if not getattr(self, name)]
        if missing and len(missing) < len(_TEAMS):
            raise _wrong("teams_half", names=", ".join(missing))
        place = _TEAMS_PLACES.get(self.teams_room_kind)
        if not missing and place and not getattr(self, place):
            raise _wrong("teams_place", kind=self.teams_room_kind, name=place.upper())
        return self

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        for name, other in _MAIL_NEEDS:
            if getattr(self, name) and not getattr(self, other):
                raise _wrong("mail_half", name=name.upper(), other=other.upper())
        return self

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The first key encrypts, every one decrypts."""
        return _keys(self.secret_key)

    @property
    def public_url(self) -> str:
        """Where browsers find the service, without a slash at the end."""
        host = "localhost" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104  (read, not bound)
        bound = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        return (self.base_url or bound).rstrip("/")

    @property
    def slack_enabled(self) -> bool:
        return self.slack_bot_token is not None

    @property
    def teams_enabled(self) -> bool:
        return self.microsoft_app_id is not None

    @property
    def mail(self) -> tuple[Postbox, Sender] | None:
        """Where mail is handed over, and whom it comes from; None where Cellule sends none."""
        if self.smtp_url is None or self.mail_from is None:
            return None
        return parse_postbox(secret(self.smtp_url), "smtps", "smtp"), parse_sender(self.mail_from)

    @property
    def dkim(self) -> tuple[Path, str, str] | None:
        """The file of the key that signs e-mails, its selector and its domain; None where none are signed."""
        if self.dkim_key is None or self.dkim_selector is None or self.mail_from is None:
            return None
        return self.dkim_key, self.dkim_selector, parse_sender(self.mail_from).domain

    @property
    def mailbox(self) -> tuple[Postbox, Sender] | None:
        """Where answers are fetched, and what they are known by; None where nothing is fetched."""
        if self.imap_url is None or self.mail_from is None:
            return None
        return parse_postbox(secret(self.imap_url), "imaps"), parse_sender(self.mail_from)

    @property
    def teams_service_url_hosts(self) -> tuple[str, ...]:
        """Where our token for Teams may be sent: names, or `127.0.0.1:port` for a double without TLS.

        The first is where we write before Teams has said where.
        """
        return tuple(host.strip().lower() for host in self.service_url_hosts.split(",") if host.strip())

    @property
    def demo_allowed(self) -> bool:
        """Whether a browser may choose who it is, as far as settings tell; requests are checked too."""
        platforms = self.slack_enabled or self.teams_enabled
        alone = is_loopback(self.host) and is_loopback(urlsplit(self.public_url).hostname or "")
        return self.demo and alone and not platforms


def secret(value: SecretStr | None) -> str:
    """What a setting hides; empty when it is not there."""
    return value.get_secret_value() if value else ""


def is_loopback(host: str) -> bool:
    """Whether a name or address, without port, is this machine alone."""
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def load_settings(*, env_file: Path | None = Path(".env"), var: Path = VAR) -> Settings:
    """Read the settings; without a secret key, one is made and kept in `var`. Raises `SettingsError`."""
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        # Without the cause: its text may hold secrets.
        raise SettingsError(*(_problem(each) for each in error.errors(include_input=False))) from None
    if settings.secret_key:
        return settings
    return settings.model_copy(update={"secret_key": SecretStr(_kept_key(var / KEY_FILE.name))})


def _problem(details: ErrorDetails) -> tuple[str, dict[str, str]]:
    code: str = details["type"]
    if code in _SENTENCES:
        return code, details.get("ctx", {})
    name = str(details["loc"][0]).upper()
    return "bad_value", {"name": name, "expected": _EXPECTED.get(name, "https://…, http://…")}


def _kept_key(path: Path) -> str:
    """Return the key of the file, made first when there is none; two processes starting at once agree."""
    try:
        with suppress(FileExistsError):
            if not path.exists():
                _write_whole(path, secrets.token_urlsafe(32))
        key = path.read_text("ascii").strip()
    except OSError as error:
        raise SettingsError(("key_file", {"path": str(path), "reason": str(error.strerror)})) from error
    if len(key) < KEY_LENGTH:
        raise SettingsError(("key_file_spoilt", {"path": str(path)}))
    return key


def _write_whole(path: Path, text: str) -> None:
    """Write a file that only its owner reads and that nobody ever sees half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:  # made with mode 0600
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        os.link(draft.name, path)
