"""A letter, and what a reader of its PDF finds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from adapters.letter.paper import pdf_of
from bot.ports import Letter

MM = 72 / 25.4
"""Points."""
SHEET_HEIGHT = 297 * MM

SIX_LINES = (
    "Madame Iris DELORME",
    "Chez Monsieur Jean DUPONT",
    "Appartement 12 Escalier C",
    "Résidence des Tilleuls",
    "12 rue des Tilleuls",
    "34000 MONTPELLIER",
)
LETTER = Letter(
    name="lettre-2026-014",
    sender=("Forum Exemple", "8 rue de l'Exemple", "69003 LYON"),
    recipient=SIX_LINES,
    dated="Lyon, le 30 novembre 2026",
    day=date(2026, 11, 30),
    text="Bonjour Iris,\n\nNous vous avons lue.",
    signature="L'équipe du Forum Exemple",
    locale="fr",
)


def saying(text: str, *, locale: str = "fr") -> Letter:
    return replace(LETTER, text=text, locale=locale)


def read(letter: Letter) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(letter)))


def words_of(letter: Letter) -> str:
    return "\n".join(page.extract_text() for page in read(letter).pages)


def places(letter: Letter) -> Iterator[tuple[str, float, float, float]]:
    """What stands where on the first page: millimetres from the left and the top, and its size in points."""
    found: list[tuple[str, float, float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if text.strip():
            found.append((text.strip(), x / MM, (SHEET_HEIGHT - y) / MM, size))

    read(letter).pages[0].extract_text(visitor_text=note)
    yield from found
