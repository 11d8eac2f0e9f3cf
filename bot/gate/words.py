"""A text as plain words, without accents, capitals or apostrophes: one pattern finds many spellings."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.texts import Locale

_TOKEN = re.compile(r"-t-|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\d+|[.!?…;]+|\n\s*\n|[%€$£@]")
_STOP = "."

_FRENCH = {
    **dict.fromkeys(("tu", "te", "toi", "t"), "vous"),
    **dict.fromkeys(("ton", "ta", "tes", "vos"), "votre"),
    **dict.fromkeys(("ca", "ceci"), "cela"),
    "cest": "c est",
    "jai": "j ai",
    "jen": "j en",
    "tas": "vous as",
    "qqn": "quelqu un",
    "ok": "oui",
}
_ENGLISH = {
    "won't": "will not",
    "wont": "will not",
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "dont": "do not",
    "didnt": "did not",
    "isnt": "is not",
    "youre": "you are",
    "ive": "i have",
    "im": "i am",
    "let's": "let us",
    "gonna": "going to",
    "u": "you",
    "ur": "your",
    "anyone": "anybody",
    "everyone": "everybody",
    "someone": "somebody",
}
_ENDINGS = {
    "n't": " not",
    "'ll": " will",
    "'re": " are",
    "'ve": " have",
    "'m": " am",
    "'d": " would",
    "'s": " is",
}
_OF = re.compile(r"(?:it|that|there|what|he|she|here|who|how|everything|nobody|life|this)'s")


@dataclass(frozen=True, slots=True)
class Words:
    """`plain` holds the words with one space between them, `.` and `?` where a sentence ends.

    `starts` are the words' places in `plain`, `spans` their places in the text itself.
    """

    plain: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `plain` stands in the text."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, max(start, end - 1)) - 1
        return self.spans[first][0], self.spans[last][1]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The part of `plain` between the ends of sentences around a place."""
        before = max(self.plain.rfind(sign, 0, start) for sign in ".?")
        after = [place for sign in ".?" if (place := self.plain.find(sign, end)) >= 0]
        return before + 1, min(after, default=len(self.plain))


def words(text: str, language: Locale) -> Words:
    """Read a text in its language."""
    plain: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for word, span in _tokens(text, language):
        plain.append(word)
        starts.append(length)
        spans.append(span)
        length += len(word) + 1
    return Words(" ".join(plain), tuple(starts), tuple(spans))


def bare(text: str) -> str:
    """Letters without accents or capitals: `Épuisé` is `epuise`."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _tokens(text: str, language: Locale) -> Iterator[tuple[str, tuple[int, int]]]:
    for found in _TOKEN.finditer(text):
        for word in _words_of(found[0], language):
            yield word, found.span()


@lru_cache(maxsize=20_000)  # a quarter of the time that a reply takes
def _words_of(piece: str, language: Locale) -> tuple[str, ...]:
    if piece == "-t-":  # «va-t-il» holds no «te»
        return ()
    if piece.isspace() or piece[0] in ".!?…;":
        return ("?" if "?" in piece else _STOP,)
    word = bare(piece).replace("’", "'").replace("ʼ", "'")
    return tuple((_french(word) if language == "fr" else _english(word)).split())


def _french(word: str) -> str:
    return " ".join(_FRENCH.get(part, part) for part in word.split("'"))


def _english(word: str) -> str:
    if word in _ENGLISH:
        return _ENGLISH[word]
    for ending, said in _ENDINGS.items():
        if word.endswith(ending) and (ending != "'s" or _OF.fullmatch(word)):
            return word.removesuffix(ending) + said
    return word.replace("'", " ")
