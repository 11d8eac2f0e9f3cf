"""By which id a tenant's catalogue knows our app: without it we come neither into a chat nor to a person."""

from dataclasses import dataclass

from adapters.teams.calls import Refusal
from adapters.teams.graph import Graph
from adapters.teams.settings import TeamsSettings
from bot.ports import Denied

READ = "AppCatalog.Read.All"
"""What it takes to look. Source: Microsoft Graph, «List teamsApp»."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """`graph` answers for the app's own tenant."""

    graph: Graph
    settings: TeamsSettings

    async def app(self, tenant: str) -> str:
        """The id of our app in a tenant; where nobody may look, that of the settings, which may be empty.

        Raises `Denied` where the app is in no catalogue, or another `GatewayError`.
        """
        if self.settings.says_the_app_of(tenant):
            return self.settings.catalog_app
        graph = self.graph.at(tenant)
        if not await graph.may(READ):
            return self.settings.catalog_app
        try:
            found = await graph.app_in_catalog(self.settings.app_id)
        except Refusal:
            return self.settings.catalog_app
        if not found:
            raise Denied("not_in_the_catalogue")
        return found
