"""Web Content Accessibility Guidelines 2.2: criteria 1.4.3 (text, 4.5:1) and 1.4.11 (controls, 3:1)."""

import re

import pytest

from adapters.web.assets import FOLDER

CSS = (FOLDER / "cellule.css").read_text("utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
}

TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "card", "sunk")),
    *((f"on-{ground}", ground) for ground in ("accent", "now", "danger", "alert")),
    *((f"on-grave-{n}", f"grave-{n}") for n in range(1, 5)),
    ("on-alert", "card"),
    ("paper", "ink"),
]
CONTROL_ON_GROUND = [
    *((line, ground) for line in ("edge", "accent", "danger", "focus") for ground in ("paper", "card")),
    ("edge", "sunk"),
]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it for sRGB."""

    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[n : n + 2]) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_computes_the_contrast_that_the_guidelines_give():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_it_can_be_read(ink, ground, scheme):
    assert contrast(COLOURS[ink][scheme], COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), CONTROL_ON_GROUND)
def test_it_shows_where_a_control_is(line, ground, scheme):
    assert contrast(COLOURS[line][scheme], COLOURS[ground][scheme]) >= 3


def test_it_takes_every_colour_from_the_list():
    rules = CSS.partition("--pico-font-size")[2]
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []


def test_it_names_the_version_of_the_style_sheet_below():
    version = re.search(r"pico\.min\.css\?v=([\d.]+)", CSS)
    assert version
    assert f"| {version[1]} | MIT" in (FOLDER / "vendor" / "README.md").read_text("utf-8")
