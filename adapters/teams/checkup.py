"""What Microsoft says of this installation, for `cellule doctor`. It asks, and changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from adapters.teams import catalog
from adapters.teams.graph import STRONGER, roles_of
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import CONNECTOR, GRAPH
from bot.domain.ids import Platform
from bot.plan.model import Person, Plan
from bot.remarks import Remark, broken, good, warning
from bot.texts import N_, Translator

TIMEOUT = 10
"""Seconds."""

CONSENTS: Mapping[str, str] = {
    "Chat.Create": N_("no group chat is made: the cell meets in a thread of the fixed channel"),
    "TeamsAppInstallation.ReadWriteSelfForChat.All": N_(
        "Cellule cannot come into a group chat: the cell meets in a thread of the fixed channel"
    ),
    "ChatMember.ReadWrite.All": N_("nobody is brought into a group chat later, nobody is taken out of it"),
    "TeamsAppInstallation.ReadWriteSelfForUser.All": N_(
        "nobody is written to directly who has not added Cellule by themselves"
    ),
    "User.ReadBasic.All": N_("people are found only by “teams:” in the plan, not by their e-mail address"),
}
"""The app permissions, and what is lost without each."""

ELSEWHERE: Mapping[str, str] = {
    **CONSENTS,
    "Chat.Create": N_("no group chat is made: people are called one by one"),
    "TeamsAppInstallation.ReadWriteSelfForChat.All": N_(
        "Cellule cannot come into a group chat: people are called one by one"
    ),
    catalog.READ: N_(
        "Cellule does not know its own id there and tries TEAMS_CATALOG_APP_ID: if that is another tenant's, "
        "it comes into no group chat, and to nobody who has not added it by themselves"
    ),
}
"""The same in a tenant that is not the app's own: the fixed channel is not there."""

_FOR_CHATS = frozenset(
    {"Chat.Create", "TeamsAppInstallation.ReadWriteSelfForChat.All", "ChatMember.ReadWrite.All"}
)


@dataclass(frozen=True, slots=True)
class _Tenant:
    """One tenant, as Graph shows it to the app. `name`: as a sentence begins with it."""

    http: httpx.Client
    settings: TeamsSettings
    id: str
    name: str
    token: str

    @property
    def is_own(self) -> bool:
        return self.id == self.settings.tenant

    def may(self, consent: str) -> bool:
        granted = roles_of(self.token) or frozenset()
        return bool(granted & ({consent} | STRONGER.get(consent, frozenset())))

    def get(self, path: str, query: Mapping[str, str] | None = None) -> httpx.Response | None:
        """None when there is no answer, or a refusal."""
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.settings.graph_url.rstrip('/')}{path}"
        try:
            said = self.http.get(url, params=query, headers=headers)
        except httpx.HTTPError:
            return None
        return said if said.is_success else None

    def lists(self, path: str, query: Mapping[str, str]) -> bool:
        """Whether a list holds anything; where it cannot be read, it may."""
        said = self.get(path, query)
        return said is None or bool(said.json().get("value"))


def teams_remarks(settings: TeamsSettings, plan: Plan | None, _: Translator) -> Iterator[Remark]:
    """The app's password, the consents, where rooms are made, whether Microsoft knows the plan's people."""
    with httpx.Client(timeout=TIMEOUT) as http:
        refused = _token(http, settings, settings.tenant, CONNECTOR)[1]
        if refused:
            yield broken(_no_token(refused, _))
            return
        yield good(_("Teams: the app and its password work."))
        yield from _key_remarks(http, settings, _)
        asked: list[_Tenant] = []
        for tenant, name in _tenants(settings, plan, _).items():
            token, refused = _token(http, settings, tenant, GRAPH)
            if refused:
                told = _not_let_in(settings, tenant, name, refused, _)
                yield broken(_no_token(refused, _) if tenant == settings.tenant else told)
                continue
            asked.append(_Tenant(http, settings, tenant, name, token))
            yield from _consent_remarks(asked[-1], _)
            yield from _place_remarks(asked[-1], _)
        if plan is not None:
            yield from _people_remarks(asked, plan, _)


def _tenants(settings: TeamsSettings, plan: Plan | None, _: Translator) -> Mapping[str, str]:
    """The app's own and each that a community names, with what they are called."""
    theirs: dict[str, list[str]] = {}
    for community in plan.communities.values() if plan else ():
        if tenant := community.workspaces.get(Platform.TEAMS):
            theirs.setdefault(tenant, []).append(community.name)
    theirs.pop(settings.tenant, None)
    named = {
        tenant: _("Teams, tenant of {communities}", communities=", ".join(names))
        for tenant, names in theirs.items()
    }
    return {settings.tenant: _("Teams"), **named}


def _token(http: httpx.Client, settings: TeamsSettings, tenant: str, scope: str) -> tuple[str, str]:
    """A token, or why there is none."""
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.app_id,
        "client_secret": settings.password,
        "scope": scope,
    }
    try:
        said: Any = http.post(f"{settings.login_url}{tenant}/oauth2/v2.0/token", data=form).json()
    except (httpx.HTTPError, ValueError):
        return "", "unreachable"
    if not isinstance(said, dict):
        return "", "unreadable"
    return str(said.get("access_token") or ""), str(said.get("error") or "")


def _no_token(code: str, _: Translator) -> str:
    if code == "unreachable":
        return _(
            "Microsoft cannot be reached from this machine: let it call https://login.microsoftonline.com "
            "over port 443, or mend TEAMS_LOGIN_URL."
        )
    return _(
        "Microsoft refuses the app ({code}): copy MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID and a client "
        "secret that has not ended (MICROSOFT_APP_PASSWORD) from the app's registration.",
        code=code,
    )


def _not_let_in(settings: TeamsSettings, tenant: str, name: str, code: str, _: Translator) -> str:
    """Source of the address: Microsoft identity platform, «Admin consent»."""
    return _(
        "{tenant}: Microsoft refuses the app there ({code}). An administrator of that tenant consents at "
        "{url}; the app's registration must be open to accounts of any organisation.",
        tenant=name,
        code=code,
        url=f"{settings.login_url}{tenant}/adminconsent?client_id={settings.app_id}",
    )


def _key_remarks(http: httpx.Client, settings: TeamsSettings, _: Translator) -> Iterator[Remark]:
    try:
        keys: Any = http.get(http.get(settings.openid_metadata_url).json()["jwks_uri"]).json()["keys"]
    except (httpx.HTTPError, ValueError, LookupError, TypeError):
        keys = []
    if not keys:
        yield broken(
            _(
                "Teams: Microsoft's signing keys cannot be read, so nothing that Teams sends is believed. "
                "Let this machine call https://login.botframework.com, or mend TEAMS_OPENID_METADATA_URL."
            )
        )


def _consent_remarks(tenant: _Tenant, _: Translator) -> Iterator[Remark]:
    settings = tenant.settings
    costs = CONSENTS if tenant.is_own else ELSEWHERE
    chats = settings.room_kind == "group_chat" or not tenant.is_own
    wanted = [name for name in costs if chats or name not in _FOR_CHATS]
    if settings.says_the_app_of(tenant.id):
        wanted = [name for name in wanted if name != catalog.READ]
    lacking = [name for name in wanted if not tenant.may(name)]
    for name in lacking:
        yield warning(
            _(
                "{tenant}: without the consent {consent} {cost}.",
                tenant=tenant.name,
                consent=name,
                cost=_(costs[name]),
            )
        )
    if not lacking:
        yield good(_("{tenant}: every consent is granted.", tenant=tenant.name))


def _place_remarks(tenant: _Tenant, _: Translator) -> Iterator[Remark]:
    """Where rooms are made, and where they are made when that is refused."""
    settings = tenant.settings
    chats = settings.room_kind == "group_chat" or not tenant.is_own
    if chats and not settings.says_the_app_of(tenant.id):
        yield from _catalog_remarks(tenant, _)
    if not tenant.is_own:
        return
    if settings.room_kind == "channel" and tenant.get(f"/teams/{settings.team}/channels") is None:
        yield warning(
            _(
                "Teams: the team {team} lets Cellule make no channel: add the app to the team, with its "
                "consent Channel.Create.Group. Until then the cell meets in a thread of the fixed channel.",
                team=settings.team,
            )
        )
    if not settings.channel:
        yield warning(
            _(
                "Teams: without TEAMS_CHANNEL_ID there is no fixed channel: when a room is refused, people "
                "are called one by one."
            )
        )


def _catalog_remarks(tenant: _Tenant, _: Translator) -> Iterator[Remark]:
    """Whether the app is in a tenant for which the settings do not say its id."""
    if not tenant.may(catalog.READ):
        if tenant.is_own:
            yield warning(
                _(
                    "Teams: without TEAMS_CATALOG_APP_ID Cellule cannot come into the group chats that it "
                    "makes: the cell meets in a thread of the fixed channel."
                )
            )
        return
    query = {"$filter": f"externalId eq '{tenant.settings.app_id}'", "$select": "id,distributionMethod"}
    if not tenant.lists("/appCatalogs/teamsApps", query):
        yield warning(
            _(
                "{tenant}: Cellule is not in the catalogue of apps. Let an administrator upload the package "
                "there (docs/teams.md): until then it comes into no group chat.",
                tenant=tenant.name,
            )
        )


def _people_remarks(tenants: list[_Tenant], plan: Plan, _: Translator) -> Iterator[Remark]:
    sought = (p for p in plan.people.values() if p.email and not p.teams and not p.external)
    absent = [person.id for person in sought if _is_absent(person, tenants, plan)]
    if absent:
        yield warning(
            _(
                "Teams knows no account with the e-mail address of {people}: nobody can call them there. Put "
                "“teams:” with their object id into the plan.",
                people=", ".join(absent),
            )
        )


def _is_absent(person: Person, tenants: list[_Tenant], plan: Plan) -> bool:
    """Whether each tenant of somebody's communities says that it does not know them."""
    named = set(plan.workspaces(Platform.TEAMS, person.id)) or {None}
    theirs = [each for each in tenants if each.id in named or (each.is_own and None in named)]
    escaped = (person.email or "").replace("'", "''")
    query = {"$filter": f"mail eq '{escaped}'", "$select": "id"}
    return (
        len(theirs) == len(named)
        and all(each.may("User.ReadBasic.All") for each in theirs)
        and not any(each.lists("/users", query) for each in theirs)
    )
