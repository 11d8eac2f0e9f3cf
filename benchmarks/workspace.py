"""The Slack workspace that everything is measured against, and the settings that lead to it."""

from pathlib import Path

from adapters.slack.manifest import manifest
from bot.texts import translator
from tests.rig.slack.double import SlackDouble

PLAN = Path(__file__).parent / "plan.yaml"
SECRET = "a secret of the benchmarks and of nothing else"
OPENER = "ULEA"
EXPERTS = ("UCLAIRE", "UFARID", "UDENIS")
CALL_SECONDS = 0.1
"""What each call to Slack takes."""


def workspace() -> SlackDouble:
    slack = SlackDouble(manifest=manifest(base_url="https://cellule.test", least=False, _=translator("fr")))
    for user in (OPENER, *EXPERTS):
        slack.add_user(user, user[1:].lower(), locale="fr-FR")
    return slack


def environment(slack: SlackDouble, folder: Path) -> dict[str, str]:
    """The settings of a service on SQLite in this folder."""
    return {
        "DATABASE_URL": f"sqlite:///{folder}/cellule.db",
        "CELLULE_PLAN": str(PLAN),
        "CELLULE_SECRET_KEY": SECRET,
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
