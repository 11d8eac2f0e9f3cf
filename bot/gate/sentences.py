"""A reply as its own sentences, without the member's words: what is weighed one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.gate.words import Words

_ENDS = frozenset(".?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Plain words, and where they stand in the text. `asks`: a question; `quotes`: the member spoke in it."""

    words: tuple[str, ...]
    start: int
    end: int
    asks: bool
    quotes: bool


def sentences(text: str, draft: Words, quotes: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    """Split at the signs that end a sentence and at the ends of lines."""
    words: list[str] = []
    start = end = 0
    quoted = False
    for word, (first, last) in zip(draft.plain.split(" "), draft.spans, strict=False):
        inside = any(a <= first < b for a, b in quotes)
        over = word in _ENDS and not inside
        if words and (over or "\n" in text[end:first]):
            yield Sentence(tuple(words), start, last if over else end, word == "?" and over, quoted)
            words, quoted = [], False
        quoted = quoted or inside
        if not inside and word not in _ENDS:
            start = start if words else first
            words.append(word)
        end = last
    if words:
        yield Sentence(tuple(words), start, end, asks=False, quotes=quoted)
