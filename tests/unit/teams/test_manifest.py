"""The app package: what the schema asks, what it does not say, and all that the code offers."""

import io
import json
import struct
import zlib
from pathlib import Path
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]

from adapters.teams import icons
from adapters.teams.checkup import CONSENTS
from adapters.teams.inbound import WANTED
from adapters.teams.manifest import FOR_CHANNELS, LISTED, french, manifest, package
from bot.handlers.commands import COMMANDS, FRENCH
from bot.interactions import Wanted

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "tests" / "vendor" / "teams-manifest"
APP = "5f3c0000-0000-4000-8000-00000000c311"


def made(*, channels: bool = False):
    return manifest(app_id=APP, base_url="https://cellule.example", version="0.1.0", channels=channels)


def packed():
    content = package(app_id=APP, base_url="https://cellule.example/", version="0.1.0", channels=False)
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def against(name: str) -> Draft4Validator:
    return Draft4Validator(json.loads((SCHEMAS / name).read_text("utf-8-sig")))


@pytest.mark.parametrize("channels", [True, False])
def test_it_is_what_the_published_schema_asks(channels):
    against("MicrosoftTeams.schema.json").validate(made(channels=channels))


def test_its_french_is_what_the_published_schema_asks():
    against("MicrosoftTeams.Localization.schema.json").validate(french())


def test_it_says_what_the_schema_leaves_out():
    """With a team's scope, 1.25 and newer need `supportsChannelFeatures`."""
    assert made()["supportsChannelFeatures"] == "tier1"
    bot = made()["bots"][0]
    assert set(bot["scopes"]) == set(bot["commandLists"][0]["scopes"]) == {"personal", "team", "groupChat"}
    assert made()["$schema"].split("/")[-2] == f"v{made()['manifestVersion']}"


def test_it_lists_commands_that_the_code_knows():
    assert LISTED.keys() <= COMMANDS.keys()
    assert {french: FRENCH[french] for french in LISTED.values()} == {v: k for k, v in LISTED.items()}
    titles = [command["title"] for command in made()["bots"][0]["commandLists"][0]["commands"]]
    assert titles == [f"crisis {name}" for name in LISTED]
    assert french()["bots[0].commandLists[0].commands[0].title"] == "crisis ouvrir"


def test_it_leaves_out_what_needs_more_words_than_a_list_shows():
    """Twelve at most. These eight take arguments, or stand in what Teams lists nowhere else: in the help."""
    assert COMMANDS.keys() - LISTED.keys() == {
        "merge",
        "note",
        "remind",
        "role",
        "guest",
        "severity",
        "away",
        "log",
    }


def test_it_offers_every_message_action_in_a_dialog():
    actions = made()["composeExtensions"][0]["commands"]
    assert {action["id"] for action in actions} == WANTED.keys()
    assert set(WANTED.values()) == set(Wanted)
    assert all(action["context"] == ["message"] and action["fetchTask"] for action in actions)


def test_it_says_everything_in_french_too():
    """A text that people read is translated, but the product's name."""
    read = {key: text for key, text in french().items() if not key.startswith("$")}
    commands = 2 * len(LISTED)
    assert len(read) == 4 + commands + 2 * len(Wanted)
    assert "membre" in read["description.full"]


def test_it_asks_for_the_least():
    assert "authorization" not in made()
    asked = made(channels=True)["authorization"]["permissions"]["resourceSpecific"]
    assert [one["name"] for one in asked] == list(FOR_CHANNELS)


def test_each_permission_is_explained():
    explained = (ROOT / "docs" / "teams.md").read_text("utf-8")
    assert all(f"`{name}`" in explained for name in (*FOR_CHANNELS, *CONSENTS))


def test_it_packs_all_that_it_names():
    files, icon_names = packed(), made()["icons"].values()
    assert json.loads(files["manifest.json"]) == made()
    assert json.loads(files["fr.json"]) == french()
    assert files.keys() == {"manifest.json", "fr.json", *icon_names}


def test_it_is_the_same_each_time():
    assert packed() == packed()


@pytest.mark.parametrize(("name", "size"), [("color.png", 192), ("outline.png", 32)])
def test_its_icons_are_pictures_of_the_right_size(name, size):
    content = packed()[name]
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (size, size)


def test_its_outline_is_white_on_nothing():
    content = icons.outline()
    start = content.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", content[start - 8 : start - 4])
    rows = zlib.decompress(content[start : start + length])
    pixels = [rows[at : at + 4] for y in range(32) for at in range(y * 129 + 1, (y + 1) * 129, 4)]
    assert {pixel[:3] for pixel in pixels} == {b"\xff\xff\xff"}
    assert {pixels[0][3], pixels[16 * 32 + 16][3]} == {0, 255}
