"""What Microsoft says of this installation, for `cellule doctor`. It asks, and changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from adapters.teams.graph import STRONGER, roles_of
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import CONNECTOR, GRAPH
from bot.domain.ids import PersonId
from bot.plan.model import Plan
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

_FOR_CHATS = frozenset(
    {"Chat.Create", "TeamsAppInstallation.ReadWriteSelfForChat.All", "ChatMember.ReadWrite.All"}
)


def teams_remarks(settings: TeamsSettings, plan: Plan | None, _: Translator) -> Iterator[Remark]:
    """The app's password, the consents, where rooms are made, whether Microsoft knows the plan's people."""
    with httpx.Client(timeout=TIMEOUT) as http:
        refused = _token(http, settings, CONNECTOR)[1]
        if refused:
            yield broken(_no_token(refused, _))
            return
        yield good(_("Teams: the app and its password work."))
        yield from _key_remarks(http, settings, _)
        token, refused = _token(http, settings, GRAPH)
        if refused:
            yield broken(_no_token(refused, _))
            return
        granted = roles_of(token) or frozenset()
        yield from _consent_remarks(granted, settings, _)
        yield from _place_remarks(http, settings, token, _)
        if plan is not None and granted & {"User.ReadBasic.All", "User.Read.All"}:
            yield from _people_remarks(http, settings, token, plan, _)


def _token(http: httpx.Client, settings: TeamsSettings, scope: str) -> tuple[str, str]:
    """A token, or why there is none."""
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.app_id,
        "client_secret": settings.password,
        "scope": scope,
    }
    try:
        said: Any = http.post(f"{settings.login_url}{settings.tenant}/oauth2/v2.0/token", data=form).json()
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


def _consent_remarks(granted: frozenset[str], settings: TeamsSettings, _: Translator) -> Iterator[Remark]:
    wanted = [name for name in CONSENTS if settings.room_kind == "group_chat" or name not in _FOR_CHATS]
    lacking = [name for name in wanted if not granted & ({name} | STRONGER.get(name, frozenset()))]
    for name in lacking:
        yield warning(_("Teams: without the consent {consent} {cost}.", consent=name, cost=_(CONSENTS[name])))
    if not lacking:
        yield good(_("Teams: every consent is granted."))


def _place_remarks(
    http: httpx.Client, settings: TeamsSettings, token: str, _: Translator
) -> Iterator[Remark]:
    """Where rooms are made, and where they are made when that is refused."""
    if settings.room_kind == "group_chat" and not settings.catalog_app:
        yield warning(
            _(
                "Teams: without TEAMS_CATALOG_APP_ID Cellule cannot come into the group chats that it makes: "
                "the cell meets in a thread of the fixed channel."
            )
        )
    if settings.room_kind == "channel" and not _sees_channels(http, settings, token):
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


def _sees_channels(http: httpx.Client, settings: TeamsSettings, token: str) -> bool:
    said = _get(http, settings, token, f"/teams/{settings.team}/channels")
    return said is not None and said.is_success


def _people_remarks(
    http: httpx.Client, settings: TeamsSettings, token: str, plan: Plan, _: Translator
) -> Iterator[Remark]:
    absent: list[PersonId] = []
    for person in plan.people.values():
        if person.email and not person.teams and not person.external:
            filtered = {"$filter": f"mail eq '{person.email.replace(chr(39), chr(39) * 2)}'", "$select": "id"}
            said = _get(http, settings, token, "/users", filtered)
            if said is not None and said.is_success and not said.json().get("value"):
                absent.append(person.id)
    if absent:
        yield warning(
            _(
                "Teams knows no account with the e-mail address of {people}: nobody can call them there. Put "
                "“teams:” with their object id into the plan.",
                people=", ".join(absent),
            )
        )


def _get(
    http: httpx.Client, settings: TeamsSettings, token: str, path: str, query: Mapping[str, str] | None = None
) -> httpx.Response | None:
    headers = {"Authorization": f"Bearer {token}"}
    try:
        return http.get(f"{settings.graph_url.rstrip('/')}{path}", params=query, headers=headers)
    except httpx.HTTPError:
        return None
