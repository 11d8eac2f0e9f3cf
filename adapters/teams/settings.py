"""What the settings say of Teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.settings import Settings, secret

Kind = Literal["group_chat", "channel", "thread"]


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What is not set is empty.

    `hosts` may have our token; the first is where we write before Teams has said where. `team`
    and `channel` say where channels and threads are made.
    """

    app_id: str
    password: str
    tenant: str
    openid_metadata_url: str
    login_url: str
    graph_url: str
    hosts: Sequence[str]
    room_kind: Kind
    catalog_app: str
    team: str
    channel: str

    @property
    def bot(self) -> str:
        """Our own id in conversations."""
        return f"28:{self.app_id}"

    def says_the_app_of(self, tenant: str) -> bool:
        """Whether `catalog_app` is the app's id there: each tenant that uploads it gives it another.

        One of Microsoft's store has everywhere the id of its manifest (Microsoft Graph, «List teamsApp»).
        """
        return bool(self.catalog_app) and (tenant == self.tenant or self.catalog_app == self.app_id)

    @property
    def first_service_url(self) -> str:
        host = self.hosts[0]
        return f"{'http' if host.startswith('127.0.0.1:') else 'https'}://{host}/teams/"


def settings_of(settings: Settings) -> TeamsSettings:
    """Read them out of all settings."""
    tenant = settings.microsoft_app_tenant_id or ""
    return TeamsSettings(
        app_id=settings.microsoft_app_id or "",
        password=secret(settings.microsoft_app_password),
        tenant=tenant,
        openid_metadata_url=settings.teams_openid_metadata_url,
        login_url=settings.teams_login_url,
        graph_url=settings.teams_graph_url,
        hosts=settings.teams_service_url_hosts,
        room_kind=settings.teams_room_kind,
        catalog_app=settings.teams_catalog_app_id or "",
        team=settings.teams_team_id or "",
        channel=settings.teams_channel_id or "",
    )
