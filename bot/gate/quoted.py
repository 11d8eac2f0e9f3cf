"""The member's own words in a reply: between quotation marks, or a run of at least four words."""

import re
from collections.abc import Iterator

from bot.gate.words import bare

_RUN = 4
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_MARKED = re.compile(r"«\s*([^«»]+?)\s*»|“\s*([^“”]+?)\s*”|\"\s*([^\"\n]+?)\s*\"|(?<!\w)‘([^‘’]+)’(?!\w)")
_MARKED_SHARE = 0.6
"""Of what stands between quotation marks: so many of its words are the member's."""
_LIGHT = 3
"""Letters of a word that says little by itself."""
_TELLING = 5
"""Letters of a word that is a quotation by itself, between its marks."""

_SELF = {
    **dict.fromkeys(("i", "you", "me"), "you"),
    **dict.fromkeys(("my", "your"), "your"),
    **dict.fromkeys(("i'm", "you're"), "you're"),
    **dict.fromkeys(("i've", "you've"), "you've"),
    **dict.fromkeys(("am", "are"), "are"),
    **dict.fromkeys(("myself", "yourself"), "yourself"),
    **dict.fromkeys(("je", "tu", "vous"), "vous"),
    **dict.fromkeys(("mon", "ma", "ton", "ta", "votre"), "votre"),
    **dict.fromkeys(("mes", "tes", "vos"), "vos"),
}
"""«I lie awake» comes back as «you lie awake»."""

Span = tuple[int, int]


def quotations(text: str, original: str) -> tuple[Span, ...]:
    """Where a text repeats the member's words, in order; quotation marks are left out."""
    theirs = _words(original)
    marked = [span for span in _marked(text) if _is_theirs(text[slice(*span)], theirs)]
    runs = [run for run in _runs(text, theirs) if not any(a <= run[0] and run[1] <= b for a, b in marked)]
    return tuple(sorted([*marked, *runs]))


def can_be_quoted(original: str) -> bool:
    """Whether it holds two words that stand together, one of which says something."""
    theirs = _words(original)
    return len(theirs) > 1 and any(len(word) > _LIGHT for word in theirs)


def _marked(text: str) -> Iterator[Span]:
    for found in _MARKED.finditer(text):
        group = found.lastindex or 0
        yield found.span(group)


def _is_theirs(quoted: str, theirs: list[str]) -> bool:
    words = _words(quoted)
    known = set(theirs)
    if len(words) == 1:
        return len(words[0]) >= _TELLING and words[0] in known
    return bool(words) and sum(word in known for word in words) >= _MARKED_SHARE * len(words)


def _runs(text: str, theirs: list[str]) -> Iterator[Span]:
    """The longest runs of words that stand side by side in both; who wrote few words is quoted by all."""
    least = min(_RUN, max(2, len(theirs)))
    found = list(_WORD.finditer(text))
    ours = _words(text)
    known = {tuple(theirs[at : at + least]) for at in range(len(theirs) - least + 1)}
    at = 0
    while at <= len(ours) - least:
        if tuple(ours[at : at + least]) not in known:
            at += 1
            continue
        end = at + least
        while end < len(ours) and tuple(ours[end - least + 1 : end + 1]) in known:
            end += 1
        if any(len(word) > _LIGHT for word in ours[at:end]):
            yield found[at].start(), found[end - 1].end()
        at = end


def _words(text: str) -> list[str]:
    plain = (bare(word[0]).replace("’", "'") for word in _WORD.finditer(text))
    return [_SELF.get(word, word) for word in plain]
