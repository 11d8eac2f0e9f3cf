"""Calling for help: whom, with which words, what the member is given. Nothing here waits for an approval."""

from dataclasses import replace

from bot.cards import (
    Action,
    Actions,
    Block,
    Button,
    Card,
    ChoiceField,
    Divider,
    Fields,
    Form,
    Mention,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain.after_call import outcome_awaited
from bot.domain.emergency import Call
from bot.domain.ids import PersonId
from bot.domain.verbs import Verb
from bot.views import dates
from bot.views.after_call import outcome_line
from bot.views.buttons import button
from bot.views.call_sheet import call_sheet
from bot.views.contacts import to_read_out
from bot.views.help_lines import advice, caller_country, caller_lines, member_lines
from bot.views.lines import drill_notice, since, summary, title, when
from bot.views.now import dialled, drill_call, emergency_open, numbers, on_the_phone
from bot.views.places import country_name
from bot.views.scene import Scene


def emergency_card(scene: Scene) -> Card:
    """The card of the call: what to do until it is recorded, then what was done."""
    _ = scene._
    if not emergency_open(scene.crisis):
        return _settled_card(scene)
    return Card(
        summary=summary(scene, _("call the emergency services now")),
        title=title(scene, _("LIFE IN DANGER")),
        blocks=(*drill_notice(scene), *_how_to_call(scene, _script(scene)), Actions(_buttons(scene))),
        tone=Tone.ALERT,
    )


def emergency_sheet(scene: Scene) -> Card:
    """The same at once for the one who pressed: what to read out, and what Cellule does meanwhile."""
    card = emergency_card(scene)
    if not emergency_open(scene.crisis):
        return card
    told = scene._("The cell is told. You are reminded every 2 minutes until the call is recorded.")
    to_read = (Text(scene._("To read out:"), Tone.STRONG), call_sheet(scene), Text(_last_question(scene)))
    show = (button(Verb.CONTACT_SHOW, scene.crisis.id, scene._),) if to_read_out(scene) else ()
    blocks = (*_how_to_call(scene, to_read), Text(told, Tone.MUTED), Actions((*_buttons(scene), *show)))
    return replace(card, blocks=(*drill_notice(scene), *blocks))


def emergency_nudge_card(scene: Scene) -> Card:
    """Says again that no call is recorded: first to the one who raised the alarm, then to the whole cell."""
    emergency, _ = scene.crisis.emergency, scene._
    if emergency is None or emergency.settled:
        return _reminder_over(scene)
    waited = since(scene, emergency.declared_at)
    what = _("no call recorded for {duration}", duration=waited)
    question = (
        drill_call(scene)
        if scene.crisis.drill
        else _(
            "Has somebody called {numbers}? If so: “I called”. If not, call now: nobody has to approve.",
            numbers=numbers(scene, caller_country(scene)),
        )
    )
    mention = (Mention(_nudged(scene), _("has somebody called?")),) if scene.reader is None else ()
    lines = scene.guide.help_lines.emergency_numbers(caller_country(scene))
    asked = Text(question, Tone.STRONG, dialled(scene, lines))
    return Card(
        summary=summary(scene, what),
        title=title(scene, _("NO CALL RECORDED FOR {duration}", duration=waited)),
        blocks=(*drill_notice(scene), *mention, asked, Actions(_buttons(scene))),
        tone=Tone.ALERT,
    )


def called_form(scene: Scene) -> Form:
    """What to write down of a call. `called_at` is an hour of the reader's zone."""
    _ = scene._
    return Form(
        action=Action(Verb.I_CALLED, scene.crisis.id),
        title=_("I called"),
        submit=_("Record the call"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField("service", _("Whom did you call?"), _services(scene), wide=True),
            TextField("service_other", _("Or another service"), max_length=200),
            TextField(
                "called_at",
                _("At what time?"),
                value=dates.hour(scene.now, scene.zone),
                hint=_("Hour and minutes, for example 03:14"),
                required=True,
                max_length=40,
            ),
            TextField(
                "said",
                _("What was said?"),
                hint=_("What you told them, what they will do"),
                multiline=True,
            ),
            TextField("reference", _("Reference, or who answered"), max_length=200),
        ),
    )


def _services(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The numbers that can be called from where one is."""
    lines = scene.guide.help_lines.emergency_numbers(caller_country(scene))
    named = ((line.contacts[0].value, line.name.in_(scene._.locale)) for line in lines)
    return tuple((number, f"{number} · {name}") for number, name in named)


def not_needed_form(scene: Scene) -> Form:
    """Why nobody calls."""
    _ = scene._
    return Form(
        action=Action(Verb.CALL_NOT_NEEDED, scene.crisis.id),
        title=_("No call needed"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(Text(_("If you are not sure, call: the emergency services decide, not you."), Tone.STRONG),),
        fields=(
            TextField(
                "reason",
                _("Why is no call needed?"),
                hint=_("For example: the member is on the phone with the 3114; a relative is with them"),
                required=True,
                multiline=True,
            ),
        ),
    )


def _how_to_call(scene: Scene, what_to_say: tuple[Block, ...]) -> tuple[Block, ...]:
    _ = scene._
    country = caller_country(scene)
    lines = scene.guide.help_lines.emergency_numbers(country)
    now = _("NOW: call {numbers}. Anybody may; nobody has to approve.", numbers=numbers(scene, country))
    if scene.crisis.drill:
        now = drill_call(scene)
    return (
        Text(now, Tone.STRONG, dialled(scene, lines)),
        *_held(scene),
        *_elsewhere(scene, country),
        caller_lines(scene, country),
        *what_to_say,
        *advice(scene, country),
        Divider(),
        *member_lines(scene),
    )


def _held(scene: Scene) -> tuple[Text, ...]:
    """While somebody is on the phone the others keep the line free and nobody is reminded."""
    emergency, caller = scene.crisis.emergency, on_the_phone(scene)
    if not caller or emergency is None or emergency.on_phone_until is None:
        return ()
    told = scene._(
        "{name} is on the phone. Next reminder {when} if nothing is recorded.",
        name=caller,
        when=when(scene, emergency.on_phone_until),
    )
    return (Text(told),)


def _elsewhere(scene: Scene, country: str) -> tuple[Text, ...]:
    """A short number reaches only its own country: the operator must know at once that they have to relay."""
    member, _ = scene.member, scene._
    theirs = member.country if member else ""
    if not theirs:
        return (Text(_("The member's country is not known. Say so first."), Tone.STRONG),)
    if theirs.partition("-")[0] == country.partition("-")[0]:
        return ()
    where = country_name(theirs, _)
    return (
        Text(
            _("Say first: “The person is not here but in {country}. Please pass this on.”", country=where),
            Tone.STRONG,
        ),
    )


def _script(scene: Scene) -> tuple[Text, ...]:
    """What the operator needs, without who the member is: the room reads it, and whoever stands behind one.

    Whoever presses «Life in danger» has it all (`emergency_sheet`).
    """
    crisis, _ = scene.crisis, scene._
    member = scene.member
    community = scene.guide.community(crisis).name
    lines = [
        _(
            "“I work for {community}, an online community. A member seems to be in danger of death.”",
            community=community,
        )
    ]
    if member and member.platform:
        lines.append(_("They wrote on: {platform}.", platform=member.platform))
    lines.append(_written(scene))
    known = bool(member and member.handle)
    lines.append(_("We know their pseudonym.") if known else _("We do not know who they are."))
    lines.append(_last_question(scene))
    return (Text("\n".join([_("What to say:"), *(f"– {line}" for line in lines if line)])),)


def _written(scene: Scene) -> str:
    message, _ = scene.message, scene._
    if message is None:
        return ""
    if message.written_at:
        return _("Their message was written {when}.", when=when(scene, message.written_at))
    seen = when(scene, message.seen_at)
    return _("We saw their message {when}; we do not know when it was written.", when=seen)


def _last_question(scene: Scene) -> str:
    return scene._("“How do I send you what we have? What is the reference of this call?”")


def _buttons(scene: Scene) -> tuple[Button, ...]:
    _, subject = scene._, scene.crisis.id
    return (
        button(Verb.I_CALLED, subject, _, style=Style.PRIMARY),
        button(Verb.ON_THE_PHONE, subject, _),
        button(Verb.CALL_NOT_NEEDED, subject, _),
    )


def _nudged(scene: Scene) -> tuple[PersonId, ...]:
    crisis = scene.crisis
    emergency = crisis.emergency
    if emergency and emergency.reminded <= 1:
        return (emergency.declared_by,)
    return tuple(dict.fromkeys(a.person for a in crisis.assignments if a.held))


def _settled_card(scene: Scene) -> Card:
    """Who called whom and when, or why nobody did; a further call can be noted."""
    emergency, _ = scene.crisis.emergency, scene._
    calls = emergency.calls if emergency else ()
    blocks: list[Block] = [*drill_notice(scene)]
    if emergency and not calls:
        blocks.append(Text(_("No call was needed: {reason}", reason=emergency.not_needed)))
    blocks.extend(_call_fields(scene, call) for call in calls)
    buttons = [button(Verb.I_CALLED, scene.crisis.id, _)]
    if calls:
        blocks.append(Text(outcome_line(scene), Tone.STRONG))
        buttons = [replace(buttons[0], label=_("Record another call"))]
    if outcome_awaited(scene.crisis):
        blocks.append(Text(_("It is asked later: the emergency services seldom call back."), Tone.MUTED))
        buttons.insert(0, button(Verb.CALL_OUTCOME, scene.crisis.id, _))
    what = _("the call for help is recorded") if calls else _("no call was needed")
    return Card(
        summary=summary(scene, what),
        title=title(scene, _("CALL RECORDED") if calls else _("NO CALL NEEDED")),
        blocks=(*blocks, Actions(tuple(buttons))),
    )


def _reminder_over(scene: Scene) -> Card:
    """What becomes of a reminder when the call is recorded, or written off; the sheet tells the rest."""
    _ = scene._
    emergency = scene.crisis.emergency
    called = emergency is not None and bool(emergency.calls)
    what = _("the call for help is recorded") if called else _("no call was needed")
    thanks = Text(_("Settled, thank you: nothing more is asked of you here."))
    return Card(
        summary=summary(scene, what),
        title=title(scene, _("CALL RECORDED") if called else _("NO CALL NEEDED")),
        blocks=(*drill_notice(scene), thanks),
    )


def _call_fields(scene: Scene, call: Call) -> Fields:
    _ = scene._
    pairs = (
        (_("Called by"), scene.guide.name(call.by)),
        (_("Service"), call.service),
        (_("When"), when(scene, call.called_at)),
        (_("Said"), call.said),
        (_("Reference"), call.reference),
    )
    return Fields(tuple((label, value) for label, value in pairs if value))
