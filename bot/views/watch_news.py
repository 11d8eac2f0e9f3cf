"""What the cell is told of a member who is silent, or who wants silence."""

from bot.cards import Card
from bot.domain.events import CloseAsked, MemberSilent, WritingStopped
from bot.domain.verbs import Verb
from bot.views.buttons import button, life_in_danger
from bot.views.notices import notice
from bot.views.scene import Scene


def member_silent_card(scene: Scene, event: MemberSilent) -> Card:
    _ = scene._
    told = _(
        "{n} follow-ups in a row without an answer, and silence is no good sign. No further one is planned. "
        "To close at D2 or above, two people must ask for it.",
        n=event.times,
    )
    emergency, subject = scene.crisis.emergency, scene.crisis.id
    do, press = _("Judge the danger anew now: in doubt, press “Life in danger”."), life_in_danger(subject, _)
    if emergency is not None and emergency.calls:
        do, press = _("Call the emergency services again."), button(Verb.I_CALLED, subject, _)
    return notice(scene, _("the member does not answer"), f"{do} {told}", press)


def writing_stopped_card(scene: Scene, event: WritingStopped) -> Card:
    _ = scene._
    told = _(
        "{name} noted that the member asks us to write no more. The follow-ups stay, in silence: look how "
        "they are, write nothing.",
        name=scene.guide.name(event.by),
    )
    return notice(scene, _("we write no more"), told)


def close_asked_card(scene: Scene, event: CloseAsked) -> Card:
    _ = scene._
    told = _(
        "{name} asks to close, though the member does not answer: {reason}\n"
        "A second person must ask for the same.",
        name=scene.guide.name(event.by),
        reason=event.reason,
    )
    return notice(scene, _("a second opinion is needed"), told, button(Verb.CLOSE, scene.crisis.id, _))
