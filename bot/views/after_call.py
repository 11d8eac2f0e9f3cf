"""After a call for help: what came of it, and who looks after whoever made it."""

from bot.cards import Action, Actions, Block, Card, Form, Style, Text, Tone
from bot.domain.after_call import outcome_awaited
from bot.domain.emergency import Emergency
from bot.domain.roster import Role
from bot.domain.states import CallOutcome
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.buttons import button, life_in_danger
from bot.views.help_lines import for_ourselves
from bot.views.lines import drill_notice, names, room_link, summary, title, when
from bot.views.noting import noting_form
from bot.views.scene import Scene

OUTCOMES = {
    CallOutcome.FOUND: N_("found, looked after"),
    CallOutcome.NOT_FOUND: N_("not found yet"),
    CallOutcome.CALL_BACK: N_("to be asked again later"),
    CallOutcome.REFUSED: N_("they refuse to act, or to say"),
    CallOutcome.SERIOUS_NEWS: N_("serious news"),
}

AFTERWARDS = {
    CallOutcome.FOUND: N_("The follow-ups go on."),
    CallOutcome.NOT_FOUND: N_("It is asked again in 4 h. What you learn meanwhile, tell them."),
    CallOutcome.CALL_BACK: N_("It is asked again in an hour."),
    CallOutcome.REFUSED: N_("If the danger lasts, call another number, and say that the first one refused."),
    CallOutcome.SERIOUS_NEWS: N_("Write nothing more to the member, nor to anybody around them."),
}


def outcome_line(scene: Scene) -> str:
    """What came of the call, in a few words; empty without a call."""
    emergency, _ = scene.crisis.emergency, scene._
    if emergency is None or not emergency.settled or not emergency.calls:
        return ""
    if emergency.outcome is None:
        return _("Outcome not known.")
    return _("Outcome: {outcome}.", outcome=_(OUTCOMES[emergency.outcome]))


def outcome_card(scene: Scene) -> Card | None:
    """Asks what came of the call; once it is said, says it."""
    emergency, _ = scene.crisis.emergency, scene._
    if emergency is None or not emergency.calls:
        return None
    asked = outcome_awaited(scene.crisis) and (emergency.outcome is None or emergency.outcome_asked)
    what = _("what came of the call?") if asked else _("the outcome of the call is recorded")
    return Card(
        summary=summary(scene, what),
        title=title(scene, _("AFTER THE CALL")),
        blocks=(*drill_notice(scene), *(_asked(scene, emergency) if asked else _said(scene, emergency))),
        tone=Tone.ALERT if asked else Tone.NORMAL,
    )


def _asked(scene: Scene, emergency: Emergency) -> tuple[Block, ...]:
    crisis, call, _ = scene.crisis, emergency.calls[-1], scene._
    told = _(
        "DO NOW: call the emergency services again ({service}). {name} called them {when}: is the person "
        "found?",
        service=call.service,
        name=scene.guide.name(call.by),
        when=when(scene, call.called_at),
    )
    reference = _("Reference: {reference}", reference=call.reference) if call.reference else ""
    return (
        Text(told, Tone.STRONG),
        *([Text(reference)] if reference else []),
        Text(_("They seldom call back by themselves."), Tone.MUTED),
        Actions(
            (
                button(Verb.CALL_OUTCOME, crisis.id, _, style=Style.PRIMARY),
                button(Verb.I_CALLED, crisis.id, _),
                life_in_danger(crisis.id, _),
            )
        ),
    )


def _said(scene: Scene, emergency: Emergency) -> tuple[Block, ...]:
    _ = scene._
    blocks: list[Block] = [Text(outcome_line(scene), Tone.STRONG)]
    if emergency.outcome:
        blocks.append(Text(_(AFTERWARDS[emergency.outcome])))
    if outcome_awaited(scene.crisis):
        blocks.append(Actions((button(Verb.CALL_OUTCOME, scene.crisis.id, _),)))
    return tuple(blocks)


def outcome_form(scene: Scene) -> Form:
    """What the emergency services say."""
    _ = scene._
    return noting_form(
        scene,
        action=Action(Verb.CALL_OUTCOME, scene.crisis.id),
        title=_("After the call"),
        question=_("What do the emergency services say?"),
        outcomes=OUTCOMES,
    )


def support_card(scene: Scene) -> Card:
    """To whoever called for help: they need not go on alone. Nothing of what they do with it is noted."""
    _ = scene._
    guide, crisis = scene.guide, scene.crisis
    around = [*guide.chain(crisis, Role.DISTRESS_REFERENT)[:1], *guide.chain(crisis, Role.MANAGER)[:1]]
    people = [person for person in around if person != scene.reader]
    told = _("The log says only that you were offered relief. Nobody sees whether you read this.")
    talk = _("To talk about it: {names}. It is part of their work.", names=names(scene, people))
    return Card(
        summary=_("Cellule: {what}", what=_("how are you?")),
        title=_("You have called for help for somebody. How are you?"),
        blocks=(
            *drill_notice(scene),
            Text(_("What you did was right, whatever comes of it. You need not go on alone."), Tone.STRONG),
            Text(_("Somebody can take over now: everything stays with you until they say yes.")),
            *([Text(talk)] if people else []),
            *for_ourselves(scene),
            Text(told, Tone.MUTED),
            Actions((button(Verb.HANDOVER, "", _, style=Style.PRIMARY), *room_link(scene))),
        ),
    )
