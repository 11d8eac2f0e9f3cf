import pytest

from tests.rig.browser import _window, browser, browser_page
from tests.rig.web_board import WebRig, web_rig
from tests.rig.web_person import WebPerson

__all__ = ["_window", "browser", "browser_page"]


@pytest.fixture
def rig() -> WebRig:
    return web_rig()


@pytest.fixture
async def lea(rig: WebRig) -> WebPerson:
    """Léa, who has come in."""
    person = WebPerson(rig.app)
    await person.choose("lea")
    return person
