"""Numbers that save a life or help: a tap calls them in the browser room."""

from pathlib import Path

from tests.rig.either import AtABrowser, rig_at
from tests.rig.refused import WORDS


async def test_it_calls_with_one_tap_whom_the_cards_name(tmp_path: Path) -> None:
    async with rig_at("browser", tmp_path) as rig:
        lea, noe = AtABrowser(rig, "lea"), AtABrowser(rig, "noe")
        await lea.types(f"urgence {WORDS}")
        await lea.reads_room()
        assert lea.dials()[:2] == ["15", "17"]  # the thing to do now
        await lea.types("secours")
        assert {"15", "17", "112", "3114"} <= set(lea.dials())
        await noe.reads_room()
        assert {"15", "17", "112", "3114"} <= set(noe.dials())
        assert "114" not in noe.dials()  # it takes text messages alone


async def test_it_calls_a_colleague_with_one_tap(tmp_path: Path) -> None:
    async with rig_at("browser", tmp_path) as rig:
        lea = AtABrowser(rig, "lea")
        await lea.types(f"urgence {WORDS}")
        await lea.hears_in_room("Numéros de téléphone")
        assert len([number for number in lea.dials() if number.startswith("+33")]) == 4
