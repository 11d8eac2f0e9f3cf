"""Whose crisis it was found to be, told to those whose it was not: without a word of the case."""

from bot.cards import Card, Text, Tone
from bot.domain.events import CommunityChanged
from bot.views.lines import names, since, summary
from bot.views.scene import Scene


def removed_card(scene: Scene) -> Card:
    """What stands in the place of every card of the crisis for somebody who was taken out of it."""
    _, number = scene._, scene.crisis.number
    told = _(
        "This crisis concerns another community: you were called by mistake. "
        "Nothing is expected of you any more. What you read of it stays confidential."
    )
    return Card(
        summary=summary(scene, _("you are no longer concerned")),
        title=_("Crisis {number}", number=number),
        blocks=(Text(told),),
    )


def wrong_community_card(scene: Scene, event: CommunityChanged) -> Card:
    """To the data protection officer of the community that was wrongly named."""
    _, number, wrong = scene._, scene.crisis.number, scene.guide.plan.communities[event.before]
    told = _(
        "Crisis {number} stood under {community} by mistake for {duration}. {name} put that right.",
        number=number,
        community=wrong.name,
        duration=since(scene, scene.crisis.opened_at),
        name=scene.guide.name(event.by),
    )
    out = (
        _("Taken out of the room: {names}.", names=names(scene, event.removed))
        if event.removed
        else _("Nobody had to leave the room.")
    )
    what_next = _("It concerns no member of this community. Judge whether anything must be recorded or told.")
    return Card(
        summary=summary(scene, _("a community was named by mistake")),
        title=_("{community} · crisis {number}", community=wrong.name.upper(), number=number),
        blocks=(Text(told, Tone.STRONG), Text(out), Text(what_next, Tone.MUTED)),
    )
