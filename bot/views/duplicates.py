"""What is shown to somebody who opens what others work on already."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import Action, Actions, Button, Card, RoomLink, Style, Text, Tone
from bot.domain.verbs import Verb
from bot.views.buttons import button, life_in_danger
from bot.views.lines import room_link, since, summary, title
from bot.views.scene import Scene


def already_open_card(scene: Scene, *, kept: str) -> Card:
    """A crisis about the same is open. `kept` names the answer that holds what was typed: nothing is lost."""
    _ = scene._
    why = _("It has the same link, or the same pseudonym. Join it, unless yours is about something else.")
    another = Button(_("Open another"), Action(Verb.OPEN, kept))
    return Card(
        summary=summary(scene, _("already open")),
        title=title(scene),
        blocks=(Text(_told(scene), Tone.STRONG), Text(why), Actions((*_way_in(scene), another))),
    )


def with_already_open(card: Card | None, same: Sequence[Scene]) -> Card | None:
    """An answer that also says what is open about the same; there is none without either."""
    if not same:
        return card
    scene = same[-1]
    _ = scene._
    told = Text(_told(scene), Tone.STRONG)
    why = _(
        "It has the same link, or the same pseudonym. If it is the same: join it, and merge yours into it "
        "with /crisis merge {number}.",
        number=scene.crisis.number,
    )
    shown = card or Card(summary=summary(scene, _("already open")), title=title(scene), blocks=())
    words = [block for block in shown.blocks if not isinstance(block, Actions)]
    buttons = [each for block in shown.blocks if isinstance(block, Actions) for each in block.buttons]
    return replace(shown, blocks=(*words, told, Text(why), Actions((*buttons, *_way_in(scene)))))


def joined_card(scene: Scene) -> Card:
    """Somebody came into the cell by themselves."""
    crisis, _ = scene.crisis, scene._
    return Card(
        summary=summary(scene, _("you are in the cell")),
        title=title(scene),
        blocks=(
            Text(_("You are in the cell. Its first card says what to do now.")),
            Actions((life_in_danger(crisis.id, _), *room_link(scene))),
        ),
    )


def _told(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    return _(
        "Already open: {number}, by {name}, {duration} ago.",
        number=crisis.number,
        name=scene.guide.name(crisis.opened_by),
        duration=since(scene, crisis.opened_at),
    )


def _way_in(scene: Scene) -> tuple[Button | RoomLink, ...]:
    """For somebody of its cell already, the way to its room."""
    if scene.reader in scene.crisis.people and (link := room_link(scene)):
        return link
    return (button(Verb.JOIN, scene.crisis.id, scene._, style=Style.PRIMARY),)
