"""What anybody may read, at the addresses that the Teams app names: true, in both languages, no cookie."""

from urllib.parse import urlsplit

import httpx
import pytest

from adapters.teams.manifest import manifest
from adapters.web.session import LASTS
from bot.application import INBOX_KEPT
from tests.rig.web_board import WebRig

PAGES = {"/privacy": ("Ce que Cellule conserve", "What Cellule keeps"), "/terms": ("Utiliser", "Using")}
SPOKEN = [
    ("fr-CH, en;q=0.8", "fr"),
    ("en-GB", "en"),
    ("de, en;q=0.8, fr;q=0.5", "en"),
    ("de", "fr"),
    ("", "fr"),
]


async def read(rig: WebRig, path: str, languages: str = "en") -> httpx.Response:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(rig.app), base_url="http://127.0.0.1:8080"
    ) as browser:
        return await browser.get(path, headers={"Accept-Language": languages})


@pytest.mark.parametrize(("languages", "spoken"), SPOKEN)
@pytest.mark.parametrize("path", PAGES)
async def test_it_speaks_the_browsers_language(rig: WebRig, path: str, languages: str, spoken: str) -> None:
    answer = await read(rig, path, languages)
    french, english = PAGES[path]
    assert answer.status_code == 200
    assert (french if spoken == "fr" else english) in answer.text
    assert f'<html lang="{spoken}">' in answer.text
    assert answer.headers["content-language"] == spoken
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", PAGES)
async def test_it_sets_no_cookie_and_names_nobody(rig: WebRig, path: str) -> None:
    answer = await read(rig, path)
    assert "set-cookie" not in answer.headers
    assert not [person.name for person in rig.board.people() if person.name.split()[0] in answer.text]


async def test_it_says_how_long_as_the_code_does(rig: WebRig) -> None:
    said = (await read(rig, "/privacy")).text
    assert f"ends after {int(LASTS.total_seconds()) // 3600} hours" in said
    assert f"goes after {INBOX_KEPT.days} days" in said


async def test_it_lets_a_thumb_dial_112(rig: WebRig) -> None:
    assert 'href="tel:112"' in (await read(rig, "/terms")).text


@pytest.mark.parametrize("name", ["privacyUrl", "termsOfUseUrl"])
async def test_it_stands_where_the_teams_app_says(rig: WebRig, name: str) -> None:
    made = manifest(app_id="a", base_url="https://cellule.example", version="1.0.0", channels=False)
    address = urlsplit(made["developer"][name])
    assert address.hostname == "cellule.example"
    assert address.path in PAGES
    assert (await read(rig, address.path)).status_code == 200
