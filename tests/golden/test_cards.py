"""Every card as people read it; `make golden` writes the files anew."""

import os
from pathlib import Path

import pytest

from tests.golden import (  # noqa: F401  (they fill the gallery)
    after_call,
    calling,
    client,
    contacts,
    deadlines,
    deciding,
    duty,
    experts,
    first_message,
    gate,
    guests,
    handing_over,
    letter,
    mail,
    merging,
    message,
    mistakes,
    opening,
    reaching,
    replying,
    serious_news,
    several,
    steering,
    triage,
    waiting,
    watching,
)
from tests.golden.gallery import GALLERY
from tests.rig.plain import plain

CARDS = Path(__file__).parent / "cards"
WRITE = os.environ.get("CELLULE_TEST_GOLDEN") == "write"
LOCALES = ("fr", "en")


def expected_file(name: str, locale: str) -> Path:
    return CARDS / f"{name.strip('_')}.{locale}.txt"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", sorted(GALLERY))
def test_it_says_what_was_agreed(name, locale):
    said = plain(GALLERY[name](locale))
    expected = expected_file(name, locale)
    if WRITE:
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")


def test_it_keeps_no_file_of_a_card_that_is_gone():
    known = {expected_file(name, locale).name for name in GALLERY for locale in LOCALES}
    assert {path.name for path in CARDS.iterdir()} == known
