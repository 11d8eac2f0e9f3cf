"""What the cell is told of a member who is silent, or who wants silence."""

from bot.cards import Card
from bot.domain.events import CloseAsked, CloseRefused, MemberSilent, WritingStopped
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
    crisis, asked = scene.crisis, {"name": scene.guide.name(event.by), "reason": event.reason}
    if crisis.pending is None or (crisis.pending.act, crisis.pending.at) != ("close", event.at):
        return notice(scene, _("about closing"), _("{name} asked to close: {reason}", **asked))
    told = _("{name} asks to close, though the member does not answer: {reason}", **asked)
    if crisis.reaching.stands:
        told = _("{name} asks to close, though no way to the member is known: {reason}", **asked)
    second = _("A second person must ask for the same, or keep it open.")
    buttons = (button(verb, crisis.id, _) for verb in (Verb.CLOSE, Verb.KEEP_OPEN))
    return notice(scene, _("a second opinion is needed"), f"{told}\n{second}", *buttons)


def close_refused_card(scene: Scene, event: CloseRefused) -> Card:
    _ = scene._
    return notice(
        scene,
        _("the crisis stays open"),
        _("{name} keeps the crisis open.", name=scene.guide.name(event.by)),
    )
