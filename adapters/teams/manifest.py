"""The Teams app package: what an administrator uploads. English, with its French beside it."""

import io
import json
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.teams import icons
from adapters.teams.texts import Json
from bot.texts import Translator, translator
from bot.views.answers import COMMANDS

VERSION = "1.25"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
FRENCH_FILE = "fr.json"
OPEN_CRISIS = "open_crisis"
ADD_TO_JOURNAL = "add_to_journal"

LISTED = {
    "open": "ouvrir",
    "urgent": "urgence",
    "emergency": "secours",
    "status": "statut",
    "list": "liste",
    "draft": "brouillon",
    "ask": "avis",
    "add": "ajouter",
    "handover": "relais",
    "cancel": "annuler",
    "close": "clore",
    "help": "aide",
}
"""What Teams proposes after the bot's name, with its French: twelve at most. The others work typed."""

FOR_CHANNELS = ("Channel.Create.Group",)
"""What the owner of a team consents to, for rooms that are channels of it."""


def manifest(*, app_id: str, base_url: str, version: str, channels: bool) -> Json:
    """Build the manifest of a service at `base_url`, an https address; `channels`: rooms are channels."""
    _ = translator("en")
    url = f"{base_url.rstrip('/')}/"
    permissions = [{"name": name, "type": "Application"} for name in FOR_CHANNELS]
    consent = {"authorization": {"permissions": {"resourceSpecific": permissions}}} if channels else {}
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": "Cellule",
            "websiteUrl": url,
            "privacyUrl": f"{url}privacy",
            "termsOfUseUrl": f"{url}terms",
        },
        "name": {"short": "Cellule", "full": _description(_)["short"]},
        "description": _description(_),
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#{:02x}{:02x}{:02x}".format(*icons.NIGHT),
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": "fr", "file": FRENCH_FILE}],
        },
        "bots": [
            {
                "botId": app_id,
                "scopes": ["personal", "team", "groupChat"],
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": ["personal", "team", "groupChat"], "commands": _commands(_)}],
            }
        ],
        "composeExtensions": [{"botId": app_id, "commands": _message_actions(_)}],
        "supportsChannelFeatures": "tier1",
        "webApplicationInfo": {"id": app_id, "resource": f"api://{urlsplit(url).hostname}/{app_id}"},
        "validDomains": [urlsplit(url).hostname],
        **consent,
    }


def french() -> Json:
    """Build the French of everything that people read in the manifest."""
    _ = translator("fr")
    described = _description(_)
    texts = {
        "$schema": SCHEMA.replace(".schema.json", ".Localization.schema.json"),
        "name.short": "Cellule",
        "name.full": described["short"],
        "description.short": described["short"],
        "description.full": described["full"],
    }
    for place, command in enumerate(_commands(_)):
        for key, text in command.items():
            texts[f"bots[0].commandLists[0].commands[{place}].{key}"] = text
    for place, action in enumerate(_message_actions(_)):
        for key in ("title", "description"):
            texts[f"composeExtensions[0].commands[{place}].{key}"] = action[key]
    return texts


def package(*, app_id: str, base_url: str, version: str, channels: bool) -> bytes:
    """Build the zip. The same settings give the same bytes."""
    built = manifest(app_id=app_id, base_url=base_url, version=version, channels=channels)
    files: dict[str, str | bytes] = {
        "manifest.json": _as_json(built),
        FRENCH_FILE: _as_json(french()),
        "color.png": icons.color(),
        "outline.png": icons.outline(),
    }
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def _description(_: Translator) -> dict[str, str]:
    return {
        "short": _("The crisis cell's coordination room"),
        "full": _(
            "Calls the right people into one private room, keeps what is to be done first in front of them, "
            "has the answer approved, and reminds them to see how the member is."
        ),
    }


def _commands(_: Translator) -> list[Json]:
    explained = {usage.split()[1]: what for usage, what in COMMANDS}
    return [
        {"title": f"crisis {french if _.locale == 'fr' else name}", "description": _(explained[name])}
        for name, french in LISTED.items()
    ]


def _message_actions(_: Translator) -> list[Json]:
    actions = {
        OPEN_CRISIS: (_("Open a crisis"), _("Opens a crisis about this message")),
        ADD_TO_JOURNAL: (_("Add to the journal"), _("Puts a message of the crisis room into its journal")),
    }
    return [
        {
            "id": name,
            "type": "action",
            "context": ["message"],
            "fetchTask": True,
            "title": title,
            "description": description,
        }
        for name, (title, description) in actions.items()
    ]


def _as_json(content: Json) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
