"""A notice: one sentence to everybody, and what can be done about it."""

from bot.cards import Actions, Button, Card, Text, Tone
from bot.views.lines import drill_notice, summary, title
from bot.views.scene import Scene


def notice(scene: Scene, what: str, told: str, *buttons: Button) -> Card:
    return Card(
        summary=summary(scene, what),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told, Tone.STRONG), *([Actions(buttons)] if buttons else [])),
        tone=Tone.ALERT,
    )
