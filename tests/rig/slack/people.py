"""`auth.test` and `users.*`. An e-mail address is shown to those who have `users:read.email`."""

from typing import Any

from tests.rig.slack.method import TIER_3, TIER_4, Arguments, method
from tests.rig.slack.world import Account, SlackError, World


@method("auth.test", tier=None)
def auth_test(world: World, given: Arguments) -> dict[str, Any]:  # noqa: ARG001
    return {
        "url": f"https://{world.team_domain}.slack.example/",
        "team": "Cellule",
        "team_id": world.team_id,
        "user": world.bot.name,
        "user_id": world.bot.id,
        "bot_id": "B0CELLULE",
        "is_enterprise_install": False,
    }


@method("users.info", scopes="users:read", tier=TIER_4, required="user", optional="include_locale")
def info(world: World, given: Arguments) -> dict[str, Any]:
    account = world.account(given["user"])
    return {"user": _json(account) | ({"locale": account.locale} if given.get("include_locale") else {})}


@method("users.lookupByEmail", scopes="users:read.email", tier=TIER_3, required="email")
def lookup_by_email(world: World, given: Arguments) -> dict[str, Any]:
    for account in world.accounts.values():
        known_here = not account.deleted and not account.is_stranger
        if known_here and account.email and account.email.lower() == given["email"].lower():
            return {"user": _json(account)}
    raise SlackError("users_not_found")


def _json(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "team_id": account.team_id,
        "name": account.name,
        "real_name": account.real_name,
        "tz": account.timezone,
        "deleted": account.deleted,
        "is_bot": account.is_bot,
        "is_restricted": account.is_restricted,
        "is_ultra_restricted": account.is_ultra_restricted,
        "is_stranger": account.is_stranger,
        "profile": {"real_name": account.real_name, "display_name": account.name, "email": account.email},
    }
