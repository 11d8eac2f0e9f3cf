"""Card → Adaptive Card 1.5.

All text stands in text runs, where `<at>`, `*` and links stay what they are; but the title, a heading, and
people called by name stand in text blocks, everything escaped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.teams.buttons import CARD, Where, rows
from adapters.teams.texts import Json, as_typed_here, escape, fit, literal, plain, shown, size, weight
from bot.cards import Actions, Block, Card, Divider, Fields, Mention, Quote, RoomLink, Text, Tone
from bot.domain.ids import PersonId
from bot.domain.wording import ceiling
from bot.texts import Translator
from bot.views.long_texts import cut_note, fit_aloud, texts_of

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
MAX_MESSAGE = 28 * 1024
"""Bytes of a card in a message: all texts give way together. Teams takes about 100 KB, however it counts."""
MAX_TITLE = 150
MAX_SUMMARY = 1000
MAX_ELEMENTS = 80
"""So many, with their buttons, leave room for texts."""
MAX_PRESSES = 12

_RUNS: dict[Tone, Json] = {
    Tone.NORMAL: {},
    Tone.STRONG: {"weight": "Bolder"},
    Tone.MUTED: {"isSubtle": True},
    Tone.ALERT: {"weight": "Bolder", "color": "Attention"},
}


@dataclass(frozen=True, slots=True)
class Look:
    """What rendering must know of the outside: the reader's language, how to name people, where rooms are.

    `mention` gives somebody's id on Teams, if it is known, and their name.
    """

    translator: Translator
    mention: Callable[[PersonId], tuple[str | None, str]]
    room_url: Callable[[RoomLink], str]


def message(card: Card, look: Look) -> Json:
    """Render an activity. `summary` is what notifications show."""
    return {"type": "message", "summary": _summary(card), "attachments": [attached(content(card, look))]}


def attached(card_content: Json) -> Json:
    """Wrap a card's content as an attachment."""
    return {"contentType": CARD, "content": card_content}


def content(card: Card, look: Look, *, where: Where | None = None, limit: int = MAX_MESSAGE) -> Json:
    """Render a card alone, within so many bytes: the longest texts give way."""
    title = f"{'🔴 ' if card.tone is Tone.ALERT else ''}{card.title or card.summary}"
    heading = {
        "type": "TextBlock",
        "style": "heading",
        "size": "Large",
        "weight": "Bolder",
        "wrap": True,
        "text": escape(plain(title, MAX_TITLE)),
    }

    def drawn(most: int) -> Json:
        body = [heading, *elements(card.blocks, look, where=where or Where(), most=most)]
        return whole(body, fallback=_summary(card), entities=_entities(card, look))

    return fitted(drawn, text_sizes(card.blocks), limit)


def whole(body: Sequence[Json], *, fallback: str, entities: Sequence[Json] = ()) -> Json:
    """Build the root of a card."""
    called = {"entities": list(entities)} if entities else {}
    return {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": VERSION,
        "fallbackText": fallback,
        "msteams": {"width": "Full", **called},
        "body": list(body),
    }


def fitted(drawn: Callable[[int], Json], lengths: Sequence[int], limit: int) -> Json:
    """Draw with the most that each text may have, less and less until the whole keeps to its limit."""
    most = limit
    result = drawn(most)
    while (excess := weight(result) - limit) > 0 and most > 1:
        most = ceiling(lengths, sum(min(length, most) for length in lengths) - excess)
        result = drawn(most)
    return result


def elements(blocks: Sequence[Block], look: Look, *, where: Where, most: int) -> list[Json]:
    """Render blocks; a pause becomes a line above what follows it."""
    _ = look.translator
    drawn: list[Json] = []
    pause = False
    for block in blocks:
        if isinstance(block, Divider):
            pause = True
            continue
        several = _one(block, look, where, most)
        if pause and several:
            several[0] |= {"separator": True, "spacing": "Medium"}
            pause = False
        drawn += several
    kept = _within(drawn)
    if len(kept) < len(drawn):
        more = Text(_("There is more than Teams can show."), Tone.MUTED)
        return [*kept, *_text(more, look, most)]
    return kept


def _within(drawn: Sequence[Json]) -> list[Json]:
    kept: list[Json] = []
    presses = 0
    for element in drawn[:MAX_ELEMENTS]:
        presses += len(element.get("actions", ()))
        if presses <= MAX_PRESSES or "actions" not in element:
            kept.append(element)
    return kept


def paragraph(runs: Sequence[Json], **placed: str) -> Json:
    """Build a paragraph of text runs."""
    return {"type": "RichTextBlock", "inlines": list(runs), **placed}


def run(text: str, **style: object) -> Json:
    """Build a text run of a cleaned text."""
    return {"type": "TextRun", "text": literal(text), **style}


def _summary(card: Card) -> str:
    return plain(card.summary.strip() or "Cellule", MAX_SUMMARY)


def text_sizes(blocks: Sequence[Block]) -> list[int]:
    """Measure each text of these blocks, in bytes."""
    return [size(shown(text)) for text in texts_of(blocks)]


def _one(block: Text | Quote | Fields | Mention | Actions, look: Look, where: Where, most: int) -> list[Json]:
    match block:
        case Text():
            return _text(block, look, most)
        case Quote():
            return _quote(block, look, most)
        case Fields():
            return [_field(pair, look, most) for pair in block.pairs]
        case Mention():
            return [_mention(block, look, most)]
        case Actions():
            return rows(block.buttons, where=where, room_url=look.room_url)
        case _:
            assert_never(block)


def _text(block: Text, look: Look, most: int) -> list[Json]:
    words = _cut(as_typed_here(block.text), most, look)
    if not words.strip():
        return []
    mark = "⚠️ " if block.tone is Tone.ALERT else ""
    return [paragraph([run(f"{mark}{words}", **_RUNS[block.tone])])]


def _quote(block: Quote, look: Look, most: int) -> list[Json]:
    """Quote somebody's words. Whose they are and that they are cut stands outside: they cannot say it."""
    cleaned = shown(block.text)
    words = fit(cleaned, most)
    label = fit(shown(block.label), most).strip()
    parts = [paragraph([run(label, **_RUNS[Tone.STRONG])])] if label else []
    if words.strip():
        quoted = {"type": "Container", "style": "emphasis", "items": [paragraph([run(words)])]}
        parts.append(quoted | ({"spacing": "Small"} if label else {}))
    if words != cleaned:
        parts.append(
            paragraph([run(cut_note(cleaned, look.translator), **_RUNS[Tone.MUTED])], spacing="Small")
        )
    return parts


def _field(pair: tuple[str, str], look: Look, most: int) -> Json:
    """One under the other, as on paper: beside one another they are too narrow on a telephone."""
    _ = look.translator
    label, value = pair
    name = _("{label}:", label=fit(as_typed_here(shown(label)), most))
    said = _cut(value, most, look).strip() or "—"
    return paragraph([run(name, **_RUNS[Tone.STRONG]), run(f" {said}")], spacing="Small")


def _mention(block: Mention, look: Look, most: int) -> Json:
    called = " ".join(_called(*look.mention(person)) for person in block.people)
    text = f"{called} {escape(_cut(block.text, most, look))}"
    return {"type": "TextBlock", "wrap": True, "text": text}


def _called(known: str | None, name: str) -> str:
    return f"<at>{_name(name)}</at>" if known else f"**{escape(_name(name))}**"


def _entities(card: Card, look: Look) -> list[Json]:
    """Name once whoever is called: Teams finds them by the words in the text."""
    people = dict.fromkeys(p for block in card.blocks if isinstance(block, Mention) for p in block.people)
    return [
        {"type": "mention", "text": _called(known, name), "mentioned": {"id": known, "name": _name(name)}}
        for known, name in map(look.mention, people)
        if known
    ]


def _name(name: str) -> str:
    """A name as it stands between `<at>` and `</at>`."""
    return plain(name.translate(dict.fromkeys(map(ord, "<>&"))), MAX_TITLE)


def _cut(text: str, most: int, look: Look) -> str:
    return fit_aloud(shown(text), most, size, look.translator)
