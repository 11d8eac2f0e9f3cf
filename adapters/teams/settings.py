"""What the settings say of Teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["group_chat", "channel", "thread"]


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What is not set is empty.

    `hosts` may have our token; the first is where we write before Teams has said where. `tenants` are let in.
    `team` and `channel` say where channels and threads are made.
    """

    app_id: str
    password: str
    tenant: str
    tenants: frozenset[str]
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

    @property
    def first_service_url(self) -> str:
        host = self.hosts[0]
        return f"{'http' if host.startswith('127.0.0.1:') else 'https'}://{host}/teams/"
