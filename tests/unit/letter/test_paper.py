"""The sheet itself: what stands on it, where, and that it is the same each time."""

import subprocess
import sys
import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.letter.paper import pdf_of, pictures_of
from bot.domain.wording import for_display
from bot.ports import Unprintable
from tests.rig.letters import LETTER, SIX_LINES, places, read, saying, words_of

WINDOW = (100, 190), (45, 79)
"""Millimetres from the left and the top of the sheet that are always seen: `adapters/letter/paper.py`."""

SEEN_PERHAPS = (90, 200), (34, 90)

MARKUP = [
    '#eval("1+1")',
    "#let x = 1",
    '#import "@preview/a:0.1.0"',
    '#read("/etc/passwd")',
    "$ x^2 $",
    "*bold* _it_ `code` ```raw```",
    "\\u{41} \\",
    "<label> @ref",
    "= Heading",
    "- item\n+ item\n/ term: x",
    "// comment",
    "/* comment */",
    "https://evil.example/#x",
    "~ --- ... -?",
    "'single' \"double\" « guillemets »",
    '{"letter": 1}',
    "\u202eesrever\u202c",
    "a\u200bb\u00adc",
    "nul\x00here \x1b[31m \x7f",
    "\u2067isolate\u2069",
    "{place} %s ${x}",
]
latin = st.text(st.characters(codec="latin-1"), max_size=80)
hostile = st.lists(st.sampled_from(MARKUP) | latin, min_size=1, max_size=4).map(" ".join)


def bare(text: str) -> str:
    """Without blanks and line ends: a sheet has lines of its own."""
    return "".join(for_display(text).split())


@settings(max_examples=40, deadline=None)
@given(hostile)
def test_it_shows_any_text_as_text(text: str) -> None:
    letter = replace(LETTER, text=text, signature="")
    shown = bare(words_of(letter))
    head = bare("".join((*letter.sender, *letter.recipient, letter.dated)))
    assert shown == head + bare(text)


@settings(max_examples=15, deadline=None)
@given(hostile)
def test_it_shows_any_sender_address_and_signature_as_text(text: str) -> None:
    line = " ".join(for_display(text).split())[:38]
    letter = replace(LETTER, sender=(line,), recipient=(line, line), dated=line, signature=line, text="x")
    assert bare(words_of(letter)) == bare(line) * 4 + "x" + bare(line)


def test_it_puts_the_address_where_the_window_shows_it() -> None:
    (left, right), (top, bottom) = WINDOW
    seventh = (*SIX_LINES, "BELGIQUE")
    shown = {words: (x, y) for words, x, y, _size in places(replace(LETTER, recipient=seventh))}
    for line in seventh:
        x, y = shown[line]
        assert left <= x <= right
        assert top + 4 <= y <= bottom - 1  # a baseline: signs rise 4 mm above it and reach 1 mm below
    assert [shown[line][1] for line in seventh] == sorted(shown[line][1] for line in seventh)


def test_it_leaves_everything_else_out_of_the_window() -> None:
    (left, right), (top, bottom) = SEEN_PERHAPS
    long = "W" * 38
    letter = replace(LETTER, sender=(long,) * 6, text="x\n" * 60)
    others = [(x, y) for words, x, y, _size in places(letter) if words not in SIX_LINES]
    assert not [(x, y) for x, y in others if left <= x <= right and top <= y <= bottom]


def test_it_makes_a_wide_line_of_an_address_smaller_and_breaks_none() -> None:
    wide, usual = "W" * 38, SIX_LINES[0]
    sizes = {words: size for words, _x, _y, size in places(replace(LETTER, recipient=(usual, wide)))}
    assert sizes[wide] < sizes[usual] == 11


def test_it_embeds_its_fonts() -> None:
    for page in read(saying("« Bonjour » 0123 — œuvre")).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            [descendant] = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & descendant.get_object()["/FontDescriptor"].keys()


def test_it_is_an_archive_that_can_be_read_aloud() -> None:
    root: Any = read(LETTER).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert root["/Lang"] == "fr"
    english: Any = read(saying("Hello.", locale="en")).trailer["/Root"]
    assert english["/Lang"] == "en"


def test_it_has_the_same_bytes_for_the_same_letter() -> None:
    assert pdf_of(LETTER) == pdf_of(replace(LETTER))
    assert pictures_of(LETTER) == pictures_of(replace(LETTER))


def test_it_numbers_the_pages_of_a_long_text_and_loses_nothing() -> None:
    text = "\n\n".join(f"Paragraphe {n} : " + "nous pensons à vous. " * 18 for n in range(1, 8))
    assert len(text) < 3000
    pages = [page.extract_text() for page in read(saying(text)).pages]
    assert len(pages) == 2
    assert pages[0].endswith("1/2")
    assert "2/2" in pages[1]
    assert bare(text) in bare("".join(pages)).replace("1/2", "").replace("2/2", "")
    assert len(pictures_of(saying(text))) == 2
    assert "1/1" not in words_of(LETTER)


@pytest.mark.parametrize("word", ["W" * 3000, "1 " * 1500, "https://exemple.fr/" + "a" * 400])
def test_it_keeps_what_is_longer_than_a_line_on_the_sheet(word: str) -> None:
    letter = saying(word)
    assert bare(word) in bare(words_of(letter)).replace("1/2", "").replace("2/2", "").replace("\u200b", "")
    assert max(len(line) for line in words_of(letter).split("\n")) < 130  # the narrowest signs of a line


@pytest.mark.parametrize("sign", ["💛", "你"])
def test_it_makes_no_letter_that_would_leave_a_sign_out(sign: str) -> None:
    for make in (pdf_of, pictures_of):
        with pytest.raises(Unprintable) as refused:
            make(saying(f"Courage {sign} !"))
        assert sign in refused.value.signs


def test_it_loads_typst_only_with_the_first_letter() -> None:
    asked = "import sys, adapters.letter.paper as p, bot.main; print(p.installed(), 'typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_it_lets_others_go_on_while_it_draws() -> None:
    drawing = threading.Thread(target=lambda: [pictures_of(LETTER) for _ in range(3)])
    drawing.start()
    turns = 0
    while drawing.is_alive():
        turns += 1
    drawing.join()
    assert turns > 1000
