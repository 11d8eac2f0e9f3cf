"""Texts that people bring: the form in which they are kept, compared and shown."""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence

from bot.domain.errors import Code, Refused

REVISION_LIMIT = 3000
"""Code points. It is also the most that a Slack form takes in one field."""

_UNPAIRED_SURROGATE = re.compile("[\ud800-\udfff]")

# C0 and C1 controls but tab and line feed; soft hyphen; zero-width and direction controls; annotations; tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Joiners mean something in emoji and some scripts; beside a Latin letter, a sign or nothing they only hide.
_IDLE_JOINER = re.compile("(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])")

_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_CLUSTER_LIMIT = 32
"""Marks beyond this number are no writing: a text made of them alone is cut anywhere."""


def storable(text: str) -> str:
    """Keep a member's text whole, but for what no database or encoding takes.

    NUL becomes its picture, ␀, and half a surrogate pair (JSON allows one) the replacement character.
    """
    return _UNPAIRED_SURROGATE.sub("\ufffd", text.replace("\x00", "\u2400"))


def clean(text: str) -> str:
    """Put the cell's own words into their one form: storable, NFC, LF, no blanks around."""
    return unicodedata.normalize("NFC", _line_feeds(storable(text))).strip()


def revision_text(raw: str) -> str:
    """Put a reply into the form that is approved, released and fingerprinted.

    Raises `Refused`: `text_empty` when nothing can be seen, `text_too_long` with its `length` and `limit`.
    """
    text = clean(raw)
    if not for_display(text).strip():
        raise Refused(Code.TEXT_EMPTY, field="text")
    if len(text) > REVISION_LIMIT:
        raise Refused(Code.TEXT_TOO_LONG, field="text", length=len(text), limit=REVISION_LIMIT)
    return text


def fingerprint(text: str) -> str:
    """SHA-256, in hexadecimal, of what `revision_text` returned."""
    return hashlib.sha256(text.encode()).hexdigest()


def for_display(text: str) -> str:
    """Take out what cannot be seen and can deceive, from any text shown on a card."""
    return _IDLE_JOINER.sub("", _UNSEEN.sub("", _line_feeds(text)))


def cut(text: str, limit: int) -> tuple[str, bool]:
    """Shorten a text to at most `limit` code points (1 or more), its `…` included.

    The second value says whether it was cut. What several code points draw together (an accented letter, an
    emoji) is left whole or left out.
    """
    if len(text) <= limit:
        return text, False
    end = limit - 1
    while end > max(0, limit - 1 - _CLUSTER_LIMIT) and _inside_cluster(text, end):
        end -= 1
    if _inside_cluster(text, end):
        end = limit - 1
    return text[:end] + "…", True


def fit(text: str, limit: int, measure: Callable[[str], int]) -> str:
    """Shorten a text until it measures at most `limit`, its `…` included; the `…` alone is always left."""
    if measure(text) <= limit:
        return text
    shorter = range(1, len(text))
    most = bisect_right(shorter, limit, key=lambda length: measure(f"{text[: length - 1]}…"))
    return cut(text, most)[0] if most else "…"


def ceiling(lengths: Sequence[int], total: int) -> int:
    """Return the most that each text may have so that all keep to the total: the longest give way."""
    left = total
    for place, length in enumerate(sorted(lengths)):
        fair = left // (len(lengths) - place)
        if length > fair:
            return max(1, fair)
        left -= length
    return total


def parted(text: str, numbers: Collection[str]) -> list[str]:
    """Cut a text where each of these numbers first stands by itself: every second piece is one of them."""
    if not numbers:
        return [text]
    longest_first = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    pieces: dict[str, str] = {}
    end = 0
    for found in re.finditer(rf"(?<![\w.,:/+-])(?:{longest_first})(?![\w/-]|[.,:]\w)", text):
        if found[0] not in pieces:
            pieces[found[0]] = text[end : found.start()]
            end = found.end()
    return [*(piece for number, before in pieces.items() for piece in (before, number)), text[end:]]


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _inside_cluster(text: str, position: int) -> bool:
    """Whether a cut here would part what is drawn as one character."""
    if position == 0:
        return False
    before, after = text[position - 1], text[position]
    return (
        _ZERO_WIDTH_JOINER in (before, after)
        or ord(after) in _SKIN_TONES
        or unicodedata.category(after).startswith("M")
        or (_is_flag_half(before) and _is_flag_half(after))
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
