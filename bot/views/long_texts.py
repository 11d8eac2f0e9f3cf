"""Texts that a platform may find too long: what there is to measure, and what is cut says so.

How long a text is, each renderer counts in its platform's way: `measure`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from bot.cards import Actions, Block, Divider, Fields, Mention, Quote, Text
from bot.domain.wording import fit
from bot.texts import Translator


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of these blocks beside their buttons."""
    for block in blocks:
        match block:
            case Text() | Mention():
                yield block.text
            case Quote():
                yield from (block.text, block.label)
            case Fields():
                for pair in block.pairs:
                    yield from pair
            case Actions() | Divider():
                pass
            case _:
                assert_never(block)


def fit_aloud(text: str, most: int, measure: Callable[[str], int], _: Translator) -> str:
    """Cut a cleaned text that measures more than `most`, and say so where there is room for it."""
    if measure(text) <= most:
        return text
    note = f" {cut_note(text, _)}"
    room = most - measure(note)
    return fit(text, room, measure) + note if room > measure(note) else fit(text, most, measure)


def cut_note(text: str, _: Translator) -> str:
    """Say that a text is cut, and how long it is."""
    return _("[Cut: the whole text has {total} characters.]", total=len(text))
