"""A card as plain text, for a terminal."""

from typing import assert_never

from bot.cards import Actions, Block, Card, Divider, Fields, Mention, Quote, Text


def plain_card(card: Card) -> str:
    """The title, what stands below it, and the buttons in brackets."""
    return "\n".join((card.title, *(_block(block) for block in card.blocks)))


def _block(block: Block) -> str:
    match block:
        case Text():
            return block.text
        case Quote():
            said = "\n".join(f"| {line}" for line in block.text.split("\n"))
            return f"{block.label}\n{said}" if block.label else said
        case Fields():
            return "\n".join(f"{label}: {value}" for label, value in block.pairs)
        case Mention():
            return block.text
        case Actions():
            return " ".join(f"[{button.label}]" for button in block.buttons)
        case Divider():
            return ""
        case _:
            assert_never(block)
