"""Letters set by Typst, with the fonts of its own wheel: the same letter has the same bytes everywhere.

Where the address stands. A DL envelope (110 × 220 mm) has a window of 45 × 100 mm, 20 mm from its right and
from its lower edge. A sheet folded in three is a panel of 99 × 210 mm, so it can slip by 11 mm up and down,
and by 10 mm sideways: whatever lies between 100 and 190 mm from the left of the sheet and between 45 and
79 mm from its top is always seen. The address keeps within that, for six lines (a seventh names a country),
and nothing else of the letter lies in what may be seen, between 90 and 200 mm, 34 and 90 mm.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from adapters.letter.typography import broken, unbroken
from bot.domain.wording import for_display
from bot.ports import Letter, Unprintable
from bot.texts import Locale

if TYPE_CHECKING:
    from typst import Compiler

R = TypeVar("R")

SHEET = Path(__file__).parent / "letter.typ"

STANDARD: Final = "a-2a"
"""PDF/A-2a (ISO 19005-2): fonts embedded, every sign can be copied and read aloud; none may be missing."""

PICTURE_PPI = 110
"""Dots an inch: an A4 page is 909 pixels wide."""

_MISSING = re.compile(r'the text `"(?P<signs>.*?)"` could not be displayed', re.DOTALL)


class Think(Protocol):
    """Runs what computes long, off the event loop."""

    def __call__(self, work: Callable[[Letter], R], letter: Letter, /) -> Awaitable[R]: ...


def installed() -> bool:
    """Whether Typst is here: there is no wheel of it for some machines."""
    return find_spec("typst") is not None


class TypstPaper:
    """A `Paper`."""

    def __init__(self, think: Think) -> None:
        self._think = think

    async def pdf(self, letter: Letter) -> bytes:
        return await self._think(pdf_of, letter)

    async def pictures(self, letter: Letter) -> Sequence[bytes]:
        return await self._think(pictures_of, letter)


def pdf_of(letter: Letter) -> bytes:
    """Raises `Unprintable`."""
    import typst  # noqa: PLC0415  (its 70 MB come with the first letter)

    try:
        [pdf] = _pages(_compiler(letter).compile(_sheet(), format="pdf", pdf_standards=STANDARD))
    except typst.TypstError as error:
        if missing := _MISSING.search(error.message):
            raise Unprintable(missing["signs"]) from None
        raise
    return pdf


def pictures_of(letter: Letter) -> Sequence[bytes]:
    """Raises `Unprintable`: a picture alone would show a box in the place of the sign."""
    pdf_of(letter)
    return _pages(_compiler(letter).compile(_sheet(), format="png", ppi=PICTURE_PPI))


def _compiler(letter: Letter) -> "Compiler":
    """What the letter says goes in as JSON: no word of it is ever read as Typst's markup."""
    import typst  # noqa: PLC0415  (see `pdf_of`)

    locale: Locale = "en" if letter.locale == "en" else "fr"
    content = {
        "title": letter.name,
        "lang": locale,
        "sender": _seen(letter.sender),
        "recipient": _seen(letter.recipient),
        "dated": letter.dated,
        "warning": letter.warning,
        "day": {"year": letter.day.year, "month": letter.day.month, "day": letter.day.day},
        "lines": [broken(unbroken(line, locale)) for line in _seen(letter.text.split("\n"))],
        "signature": for_display(letter.signature),
    }
    return typst.Compiler(ignore_system_fonts=True, sys_inputs={"letter": json.dumps(content)})


def _seen(lines: Iterable[str]) -> list[str]:
    """As cards show them: without what cannot be seen and can deceive; a tab is a blank here."""
    return [for_display(line).replace("\t", "    ") for line in lines]


def _pages(compiled: bytes | list[bytes] | None) -> list[bytes]:
    """Typst gives a list for more than one page."""
    return compiled if isinstance(compiled, list) else [compiled or b""]


@cache
def _sheet() -> bytes:
    return SHEET.read_bytes()
