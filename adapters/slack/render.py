"""Card → Block Kit.

A message is a header, then pairs of one rich-text block and one row of buttons: at each place always the same
kind, because Slack refuses to replace rich text by anything else (`block_mismatch`). All text stands in rich
text, where `<!channel>`, `*` and links stay what they are. The first block and `text` are what notifications
show, so they are the card's title and summary.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from adapters.slack.buttons import row
from adapters.slack.texts import Json, escape, fit, plain, shown, units
from bot.cards import Actions, Block, Card, Divider, Fields, Mention, Pressable, Quote, RoomLink, Text, Tone
from bot.domain.ids import PersonId
from bot.domain.wording import ceiling
from bot.texts import Translator
from bot.views.long_texts import cut_note, fit_aloud, texts_of

MAX_HEADER = 150
MAX_SUMMARY = 1000
MAX_LEAF = 1500
"""Code points, hence at most 3,000 UTF-16 units, a section's limit: rich text has none that is documented."""
MAX_TEXTS = 8000
"""All texts of a card together. Above 10,000 Slack may refuse it; 2,000 are left for title and buttons."""
MAX_PAIRS = 24
"""A message has 50 blocks: the header, 24 pairs, and one to say that there was more."""

_STYLES: dict[Tone, Json] = {
    Tone.NORMAL: {},
    Tone.STRONG: {"style": {"bold": True}},
    Tone.MUTED: {"style": {"italic": True}},
    Tone.ALERT: {"style": {"bold": True}},
}


@dataclass(frozen=True, slots=True)
class Look:
    """What rendering must know of the outside: the reader's language, how to name people, where rooms are."""

    translator: Translator
    mention: Callable[[PersonId], Json]
    room_url: Callable[[RoomLink], str]


@dataclass(slots=True)
class _Pair:
    elements: list[Json] = field(default_factory=list)
    buttons: list[Pressable] = field(default_factory=list)


def message(card: Card, look: Look, *, nonce: str) -> Json:
    """Render `text` and `blocks`. `nonce` is new each time: an update needs block ids never used before."""
    return {
        "text": escape(_summary(card)),
        "blocks": card_blocks(card, look, nonce=nonce),
    }


def card_blocks(card: Card, look: Look, *, nonce: str) -> list[Json]:
    """Render a card's blocks alone, for a message or a dialog."""
    mark = "🔴 " if card.tone is Tone.ALERT else ""
    blocks: list[Json] = [{"type": "header", "text": plain(mark + (card.title or card.summary), MAX_HEADER)}]
    pairs = _pairs(card, look)
    for pair in pairs[:MAX_PAIRS]:
        blocks.append({"type": "rich_text", "elements": pair.elements or [_section([_leaf(_summary(card))])]})
        if pair.buttons:
            blocks.append({"type": "actions", "elements": row(pair.buttons, room_url=look.room_url)})
    if len(pairs) > MAX_PAIRS:
        _ = look.translator
        more = Text(_("There is more than Slack can show."), Tone.MUTED)
        blocks.append({"type": "rich_text", "elements": rich([more], look)})
    return [block | {"block_id": f"{nonce}.{place}"} for place, block in enumerate(blocks)]


def rich(blocks: Sequence[Text | Quote | Fields | Mention | Divider], look: Look) -> list[Json]:
    """Render texts as the elements of one rich-text block, within the limit of all texts together."""
    return _elements(blocks, look, ceiling(_lengths(blocks), MAX_TEXTS))


def _summary(card: Card) -> str:
    return fit(shown(card.summary).strip() or "Cellule", MAX_SUMMARY)


def _pairs(card: Card, look: Look) -> list[_Pair]:
    most = ceiling(_lengths(card.blocks), MAX_TEXTS)
    groups: list[tuple[list[Text | Quote | Fields | Mention | Divider], list[Pressable]]] = [([], [])]
    for block in card.blocks:
        if isinstance(block, Actions):
            groups[-1][1].extend(block.buttons)
            continue
        if groups[-1][1]:
            groups.append(([], []))
        groups[-1][0].append(block)
    return [_Pair(_elements(texts, look, most), buttons) for texts, buttons in groups]


def _lengths(blocks: Sequence[Block]) -> list[int]:
    return [units(shown(text)) for text in texts_of(blocks)]


def _elements(
    blocks: Sequence[Text | Quote | Fields | Mention | Divider], look: Look, most: int
) -> list[Json]:
    elements: list[Json] = []
    for block in blocks:
        for element in _one(block, look, most):
            last = elements[-1] if elements else None
            if last and last["type"] == element["type"] == "rich_text_section":
                last["elements"] += [_leaf("\n"), *element["elements"]]
            else:
                elements.append(element)
    return [element for element in elements if _says_something(element)]


def _one(block: Text | Quote | Fields | Mention | Divider, look: Look, most: int) -> list[Json]:
    match block:
        case Text():
            return _text(block, look, most)
        case Quote():
            return _quote(block, look, most)
        case Fields():
            return [_section(_field(pair, look, most)) for pair in block.pairs]
        case Mention():
            people = [leaf for person in block.people for leaf in (look.mention(person), _leaf(" "))]
            return [_section([*people, *_leaves(_cut(block.text, most, look))])]
        case Divider():
            return [_section([])]
        case _:
            assert_never(block)


def _text(block: Text, look: Look, most: int) -> list[Json]:
    leaves = _leaves(_cut(block.text, most, look), **_STYLES[block.tone])
    if not leaves:
        return []
    if block.tone is Tone.ALERT:
        leaves = [{"type": "emoji", "name": "warning"}, _leaf(" "), *leaves]
    return [_section(leaves)]


def _quote(block: Quote, look: Look, most: int) -> list[Json]:
    """Quote somebody's words; that they are cut is said outside of the quotation: they cannot say it."""
    whole = shown(block.text)
    words = fit(whole, most)
    label = _section(_leaves(fit(shown(block.label), most), style={"bold": True}))
    quote = {"type": "rich_text_quote", "elements": _leaves(words)}
    cut_here = _section(_leaves(cut_note(whole, look.translator), style={"italic": True}))
    return [part for part in (label, quote) if part["elements"]] + ([cut_here] if words != whole else [])


def _field(pair: tuple[str, str], look: Look, most: int) -> list[Json]:
    _ = look.translator
    label, value = pair
    name = _("{label}:", label=fit(shown(label), most))
    return [*_leaves(name, style={"bold": True}), *_leaves(f" {_cut(value, most, look) or '—'}")]


def _cut(text: str, most: int, look: Look) -> str:
    return fit_aloud(shown(text), most, units, look.translator)


def _section(leaves: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": leaves}


def _leaves(text: str, **style: Json) -> list[Json]:
    """Split a text into leaves; nothing but blanks is nothing."""
    if not text.strip():
        return []
    return [_leaf(text[start : start + MAX_LEAF], **style) for start in range(0, len(text), MAX_LEAF)]


def _leaf(text: str, **style: Json) -> Json:
    return {"type": "text", "text": text, **style}


def _says_something(element: Json) -> bool:
    return any(leaf["type"] != "text" or leaf["text"].strip() for leaf in element["elements"])
