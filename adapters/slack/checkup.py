"""What Slack says of this installation, for `cellule doctor`. It asks, and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse, WebClient

from adapters.slack.manifest import LEAST, RECOMMENDED
from bot.domain.ids import PersonId, Platform
from bot.plan.model import Plan
from bot.remarks import Remark, broken, good, warning
from bot.texts import Translator

TIMEOUT = 10
"""Seconds."""


def slack_remarks(
    *, bot_token: str, app_token: str, api_url: str, plan: Plan | None, _: Translator
) -> Iterator[Remark]:
    """Tokens, scopes, and whether Slack knows the plan's people. `app_token` is empty without Socket Mode."""
    client = WebClient(token=bot_token, base_url=api_url, timeout=TIMEOUT)
    said = _asked(client, "auth.test")
    if said.error:
        yield broken(_refused(said.error, _))
        return
    yield good(_("Slack: the token works."))
    if plan is not None:
        yield from _workspace_remarks(said.team, plan, _)
    if app_token:
        yield _socket_remark(WebClient(token=app_token, base_url=api_url, timeout=TIMEOUT), _)
    scopes = {scope.strip() for scope in said.scopes.split(",")}
    yield from _scope_remarks(scopes, _)
    if plan is not None and "users:read.email" in scopes:
        yield from _people_remarks(client, plan, _)


@dataclass(frozen=True, slots=True)
class _Said:
    """`error` is Slack's code, `unreachable`, or empty. `scopes`: the header that lists those granted.

    `team` is the workspace, where the method names it.
    """

    error: str = ""
    scopes: str = ""
    team: str = ""


def _asked(client: WebClient, method: str, **arguments: str) -> _Said:
    try:
        answer = client.api_call(method, data=arguments)
    except SlackApiError as refused:
        response = refused.response
        return _Said(str(response.get("error")) if isinstance(response, SlackResponse) else "unreadable")
    except OSError:
        return _Said("unreachable")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return _Said(scopes=str(headers.get("x-oauth-scopes", "")), team=str(answer.get("team_id") or ""))


def _refused(code: str, _: Translator) -> str:
    if code == "unreachable":
        return _(
            "Slack cannot be reached from this machine: let it call https://slack.com over port 443, or mend "
            "SLACK_API_URL."
        )
    return _(
        "Slack refuses SLACK_BOT_TOKEN ({code}): copy it anew from the Slack app, page “OAuth & Permissions”"
        ", after “Install to Workspace”.",
        code=code,
    )


def _workspace_remarks(team: str, plan: Plan, _: Translator) -> Iterator[Remark]:
    """One token serves one workspace."""
    for community in plan.communities.values():
        if (community.workspaces.get(Platform.SLACK) or team) != team:
            yield broken(
                _(
                    "Slack: the community “{community}” is in the workspace {workspace}, and SLACK_BOT_TOKEN "
                    "is that of {team}: its rooms are made on the other platforms only. Mend “workspaces” in "
                    "the plan, or run a Cellule of its own for that workspace.",
                    community=community.id,
                    workspace=community.workspaces[Platform.SLACK],
                    team=team,
                )
            )


def _socket_remark(client: WebClient, _: Translator) -> Remark:
    """Ask for an address to connect to, which is then not used."""
    said = _asked(client, "apps.connections.open")
    if not said.error:
        return good(_("Slack: Socket Mode opens."))
    return broken(
        _(
            "Slack opens no Socket Mode ({code}): turn it on in the Slack app, page “Socket Mode”, and copy "
            "to SLACK_APP_TOKEN an app-level token with the scope connections:write.",
            code=said.error,
        )
    )


def _scope_remarks(granted: set[str], _: Translator) -> Iterator[Remark]:
    lacking = [scope for scope in LEAST if scope not in granted]
    if lacking:
        yield broken(
            _(
                "Slack: these scopes are missing, and what needs them fails: {scopes}. Update the app from "
                "“cellule manifest slack”, then install it again.",
                scopes=", ".join(lacking),
            )
        )
    wished = [scope for scope in RECOMMENDED if scope not in granted]
    if wished:
        yield warning(
            _(
                "Slack: without {scopes} nobody can look whether a message arrived after a cut connection: "
                "it may come twice. To have it looked up, add these scopes and install the app again.",
                scopes=", ".join(wished),
            )
        )
    if not lacking and not wished:
        yield good(_("Slack: every scope is granted."))


def _people_remarks(client: WebClient, plan: Plan, _: Translator) -> Iterator[Remark]:
    absent: list[PersonId] = []
    for person in plan.people.values():
        if person.email and not person.slack and not person.external:
            said = _asked(client, "users.lookupByEmail", email=person.email)
            if said.error == "users_not_found":
                absent.append(person.id)
    if absent:
        yield warning(
            _(
                "Slack knows no account with the e-mail address of {people}: nobody can call them there. Put "
                "“slack:” with their member id into the plan.",
                people=", ".join(absent),
            )
        )
