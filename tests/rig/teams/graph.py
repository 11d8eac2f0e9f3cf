"""Microsoft Graph: people, and what the app is installed for.

Sources: Microsoft Graph v1.0 («Get a user», «List users», «Install app for user», «Add app to chat»).
"""

import re
from urllib.parse import quote

from tests.rig.teams.routes import Answer, Asked, operation
from tests.rig.teams.world import (
    APP_ID,
    Account,
    Conversation,
    Event,
    Json,
    TeamsError,
    World,
)

_APP = re.compile(r".*/appCatalogs/teamsApps(?:/([^/']+)|\('([^']+)'\))$")
_CLAUSE = re.compile(r"(mail|userPrincipalName) (eq '(?:[^']|'')*'|in \(.*\))")
_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_KNOWN_QUERY = {"$filter", "$select", "$top", "$skiptoken", "$count"}
_FIELDS = ("id", "displayName", "givenName", "surname", "mail", "userPrincipalName", "preferredLanguage")


@operation("user", "GET", "/graph/v1.0/users/{user}", needs=("User.Read.All", "User.ReadBasic.All"))
def user(world: World, asked: Asked) -> Answer:
    """By id or UPN; a mail address that is no UPN finds nobody here."""
    return Answer(200, _as_user(in_directory(world, asked.args["user"], asked.tenant), asked))


@operation("users", "GET", "/graph/v1.0/users", needs=("User.Read.All", "User.ReadBasic.All"))
def users(world: World, asked: Asked) -> Answer:
    if unknown := asked.query.keys() - _KNOWN_QUERY:
        raise TeamsError(400, "BadRequest", f"unknown {sorted(unknown)}", blunder=True)
    everybody = [one for one in world.accounts.values() if one.tenant == asked.tenant]
    if "$filter" in asked.query:
        everybody = [one for one in everybody if _matches(one, asked.query["$filter"])]
    found = [_as_user(one, asked) for one in everybody]
    return Answer(200, page(world, asked, "users", found))


def page(world: World, asked: Asked, path: str, found: list[Json]) -> Json:
    """One page, and where the next one is; the address of the next page carries the whole query."""
    size = min(int(asked.query.get("$top", 100)), world.page_size)
    start = int(asked.query.get("$skiptoken", 0))
    answer: Json = {
        "@odata.context": f"https://graph.microsoft.com/v1.0/$metadata#{path}",
        "value": found[start : start + size],
    }
    if start + size < len(found):
        kept = {**asked.query, "$skiptoken": str(start + size)}
        query = "&".join(f"{key}={quote(value)}" for key, value in kept.items())
        answer["@odata.nextLink"] = f"{world.graph_url}/{path}?{query}"
    return answer


@operation(
    "apps",
    "GET",
    "/graph/v1.0/appCatalogs/teamsApps",
    needs=("AppCatalog.Read.All", "AppCatalog.ReadWrite.All"),
)
def apps(world: World, asked: Asked) -> Answer:
    """The tenant's own catalogue; by the id of the manifest, which is ours alone."""
    if asked.query.get("$filter") != f"externalId eq '{APP_ID}'":
        raise TeamsError(400, "BadRequest", f"filter: {asked.query.get('$filter')}", blunder=True)
    if asked.query.get("$select") != "id,distributionMethod":
        raise TeamsError(400, "BadRequest", f"select: {asked.query.get('$select')}", blunder=True)
    known = world.catalogs[asked.tenant]
    found = [{"id": known, "distributionMethod": "organization"}] if known else []
    return Answer(200, page(world, asked, "appCatalogs/teamsApps", found))


@operation(
    "install_for_user",
    "POST",
    "/graph/v1.0/users/{user}/teamwork/installedApps",
    needs=("TeamsAppInstallation.ReadWriteSelfForUser.All", "TeamsAppInstallation.ReadWriteForUser.All"),
)
def install_for_user(world: World, asked: Asked) -> Answer:
    person = in_directory(world, asked.args["user"], asked.tenant)
    _names_our_app(world, asked)
    if person.installed:
        raise TeamsError(409, "Conflict", "The app is already installed.")
    person.installed = True
    place = world.personal(person)
    world.tell(Event("installed", place, person))
    return Answer(201, headers={"Location": f"/users/{person.aad}/teamwork/installedApps/installed"})


@operation(
    "install_in_chat",
    "POST",
    "/graph/v1.0/chats/{chat}/installedApps",
    needs=("TeamsAppInstallation.ReadWriteSelfForChat.All", "TeamsAppInstallation.ReadWriteForChat.All"),
)
def install_in_chat(world: World, asked: Asked) -> Answer:
    """Its news reaches the app as an activity, with the conversation's reference."""
    place = chat_of(world, asked.args["chat"], asked.tenant)
    _names_our_app(world, asked)
    if place.bot_is_in:
        raise TeamsError(409, "Conflict", "The app is already installed.")
    place.bot_is_in = True
    world.tell(Event("installed", place, world.members(place)[0]))
    return Answer(201, headers={"Location": f"/chats/{quote(place.id)}/installedApps/installed"})


def in_directory(world: World, name: str, tenant: str) -> Account:
    """Somebody of the tenant, by id or UPN."""
    for one in world.accounts.values():
        if one.tenant == tenant and name.lower() in (one.aad.lower(), one.upn.lower()):
            return one
    raise TeamsError(404, "Request_ResourceNotFound", f"Resource '{name}' does not exist.")


def chat_of(world: World, name: str, tenant: str) -> Conversation:
    """A group chat of the tenant, once Graph sees it."""
    place = world.conversations.get(name)
    if place is None or place.kind != "groupChat" or place.tenant != tenant:
        raise TeamsError(404, "NotFound", "No thread found.")
    world.see(place)
    return place


def _names_our_app(world: World, asked: Asked) -> None:
    body = asked.body
    match = _APP.match(str(body.get("teamsApp@odata.bind")))
    if match is None or body.keys() - {"teamsApp@odata.bind", "consentedPermissionSet"}:
        raise TeamsError(400, "BadRequest", "teamsApp@odata.bind: an app of the catalogue", blunder=True)
    if (match[1] or match[2]) != world.catalogs[asked.tenant]:
        raise TeamsError(403, "Forbidden", "The app may install itself alone.")


def _matches(one: Account, wanted: str) -> bool:
    for part in wanted.split(" or "):
        clause = _CLAUSE.fullmatch(part.strip())
        if clause is None:
            raise TeamsError(400, "BadRequest", f"Invalid filter clause: {part}", blunder=True)
        held = one.mail if clause[1] == "mail" else one.upn
        names = [name.replace("''", "'").lower() for name in _QUOTED.findall(clause[2])]
        if held is not None and held.lower() in names:
            return True
    return False


def _as_user(one: Account, asked: Asked) -> Json:
    first, _, last = one.name.partition(" ")
    held = {
        "id": one.aad,
        "displayName": one.name,
        "givenName": first,
        "surname": last,
        "mail": one.mail,
        "userPrincipalName": one.upn,
        "preferredLanguage": one.locale,
        "userType": "Guest" if one.is_guest else "Member",
        "accountEnabled": True,
    }
    chosen = asked.query["$select"].split(",") if "$select" in asked.query else _FIELDS
    if unknown := set(chosen) - held.keys():
        raise TeamsError(
            400, "BadRequest", f"Could not find a property named {sorted(unknown)}", blunder=True
        )
    return {key: held[key] for key in chosen}
