"""The card that stands in the room and says where things are."""

from datetime import datetime
from textwrap import shorten

from bot.cards import Actions, Card, Fields, Text, Tone
from bot.domain.advice import Advice
from bot.domain.cell import Assignment
from bot.domain.roster import Role, role_name
from bot.domain.states import (
    Age,
    CrisisStatus,
    Deadline,
    DispatchStatus,
    DraftStatus,
    Presence,
)
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.acts import brief_buttons, where
from bot.views.after_call import outcome_line
from bot.views.contacts import contacts_part
from bot.views.deadlines import DEADLINES
from bot.views.duty import quiet
from bot.views.lines import drill_notice, roles, routes, since, summary, title, when
from bot.views.members import counted, goes_with
from bot.views.message import handling, message_line, standing_alert, words
from bot.views.now import (
    GRAVEST,
    emergency_open,
    level_in_force,
    named_now,
    on_the_phone,
    urgent,
    what_to_do,
)
from bot.views.places import country_name
from bot.views.questions import questions_line
from bot.views.reaching import reaching_lines
from bot.views.scene import Scene
from bot.views.triage import proposal_line

ROLES = sorted(Role, key=lambda role: role is not Role.MODERATOR)
"""In the order of the card: the moderator, who has the member's message, first."""

MAX_QUESTIONS = 3
SHORT_ANSWER = 200

AGES = {
    Age.UNKNOWN: N_("age unknown"),
    Age.UNDER_15: N_("under 15"),
    Age.UNDER_18: N_("under 18"),
    Age.ADULT: N_("adult"),
}

STATUSES = {
    CrisisStatus.OPEN: N_("crisis open, severity {severity}"),
    CrisisStatus.REPLIED: N_("reply sent, severity {severity}"),
    CrisisStatus.NO_ANSWER: N_("no answer, by decision, severity {severity}"),
    CrisisStatus.CLOSED: N_("crisis closed"),
}


def brief_card(scene: Scene) -> Card:
    """Where the crisis stands, the thing to do now first and the member's words last."""
    crisis = scene.crisis
    grave = crisis.severity == GRAVEST and crisis.status is CrisisStatus.OPEN
    return Card(
        summary=summary(scene, scene._(STATUSES[crisis.status], severity=crisis.severity)),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            do_now(scene),
            *quiet(scene),
            *_whose(scene),
            *_nothing_waits(scene, grave=grave),
            *_nobody_left(scene),
            *proposal_line(scene),
            *standing_alert(scene, button=where(scene, Verb.MESSAGE_HIDDEN)),
            facts(scene, complete="" if scene.for_guest else where(scene, Verb.COMPLETE)),
            *words(scene),
            Actions(brief_buttons(scene)),
        ),
        tone=Tone.ALERT if grave or emergency_open(crisis) else Tone.NORMAL,
    )


def _whose(scene: Scene) -> tuple[Text, ...]:
    """While nobody has named the community."""
    if scene.crisis.community in scene.guide.plan.communities:
        return ()
    told = scene._(
        "Community not known yet: only people of all of them are here. Say whose it is: {button}.",
        button=where(scene, Verb.COMPLETE),
    )
    return (Text(told, Tone.ALERT),)


def do_now(scene: Scene) -> Text:
    """The first thing that everybody reads."""
    crisis, _ = scene.crisis, scene._
    if now := urgent(scene):
        return Text(_("DO NOW: {what}", what=now), Tone.STRONG, named_now(scene))
    if crisis.status is not CrisisStatus.CLOSED:
        return Text(what_to_do(scene), Tone.STRONG)
    at, name = when(scene, crisis.closed_at or scene.now), scene.guide.name(crisis.closed_by)
    if crisis.false_alarm:
        closed = _(
            "False alarm, said {when} by {name}: {reason}", when=at, name=name, reason=crisis.close_reason
        )
    else:
        closed = _("Closed {when} by {name}: {reason}", when=at, name=name, reason=crisis.close_reason)
    return Text(f"{what_to_do(scene)}\n{closed}", Tone.STRONG)


def facts(scene: Scene, *, complete: str) -> Fields:
    """Danger, message, clocks, member, cell and reply, in the order in which one asks for them.

    `complete`: how a sentence names the way to write down who the member is; empty for whoever has none.
    """
    _ = scene._
    pairs = (
        (_("Danger"), _danger(scene)),
        (_("Message"), message_line(scene)),
        (_("Handling"), handling(scene)),
        (_("Clocks"), _clocks(scene)),
        *_members(scene, complete),
        (_("Cell"), _cell(scene)),
        (_("Experts"), _experts(scene)),
        (_("Reply"), _reply(scene)),
        (_("Public questions"), questions_line(scene)),
    )
    return Fields(tuple((label, value) for label, value in pairs if value))


def _nothing_waits(scene: Scene, *, grave: bool) -> tuple[Text, ...]:
    emergency = scene.crisis.emergency
    if not grave or (emergency and emergency.settled):
        return ()
    return (Text(scene._("Calling the emergency services waits for nobody's approval.")),)


def _nobody_left(scene: Scene) -> tuple[Text, ...]:
    crisis, _ = scene.crisis, scene._
    if not crisis.exhausted or crisis.status is CrisisStatus.CLOSED or scene.for_guest:
        return ()
    told = _(
        "Nobody is left to call as {roles}. Telephone them, or name somebody (“More…”).",
        roles=roles(crisis.exhausted, _),
    )
    return (Text(told, Tone.ALERT),)


def _danger(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    category = scene.guide.category(crisis).label.in_(_.locale)
    level = level_in_force(scene)
    if level is None:
        kind = _("{category}. No level of distress noted.", category=category)
    elif crisis.level is None and crisis.status is CrisisStatus.CLOSED and not emergency_open(crisis):
        kind = _("{category}, not assessed.", category=category)
    elif crisis.level is None:
        kind = _("{category}, not assessed yet: act as for {level}.", category=category, level=level)
    else:
        kind = _(
            "{category}, {level}: {label} (a working mark, not a diagnosis).",
            category=category,
            level=level,
            label=scene.guide.levels[level].label.in_(_.locale),
        )
    return " ".join(part for part in (kind, call_line(scene)) if part)


def call_line(scene: Scene) -> str:
    """Whether help was called, by whom and when; empty where nobody saw a life in danger."""
    emergency, _ = scene.crisis.emergency, scene._
    if emergency is None:
        return ""
    if emergency.calls and emergency.settled:
        call = emergency.calls[-1]
        told = _(
            "Help was called {when} by {name} ({service}).",
            when=when(scene, call.called_at),
            name=scene.guide.name(call.by),
            service=call.service,
        )
        return f"{told} {outcome_line(scene)}"
    if emergency.settled:
        return _("Call judged not needed: {reason}", reason=emergency.not_needed)
    if caller := on_the_phone(scene):
        return _("{name} is on the phone with the emergency services.", name=caller)
    return _("NO CALL RECORDED for {duration}.", duration=since(scene, emergency.declared_at))


def _clocks(scene: Scene) -> str:
    """What the member is owed, and by when."""
    due = scene.guide.deadlines(scene.crisis)
    return " · ".join(_deadline(scene, what, at) for what, at in due.items())


def _deadline(scene: Scene, what: Deadline, at: datetime) -> str:
    told = scene._("{what} due {when}", what=scene._(DEADLINES[what]), when=when(scene, at))
    late = scene._("(late)")
    return f"{told} {late}" if at < scene.now else told


def _members(scene: Scene, complete: str) -> tuple[tuple[str, str], ...]:
    """The member, or how many there are, behind a button each; and what is linked to it all."""
    _, count = scene._, counted(scene)
    mine = (_("Member"), _member(scene, complete))
    if count and complete:
        count = _("{count}. {button}", count=count, button=where(scene, Verb.MEMBERS))
    if count:
        mine = (_("Members"), count)
    return (mine, (_("Goes with"), goes_with(scene)))


def _member(scene: Scene, complete: str) -> str:
    return " · ".join(part for part in (_who_wrote(scene, complete), contacts_part(scene)) if part)


def _who_wrote(scene: Scene, complete: str) -> str:
    member, _ = scene.member, scene._
    if not scene.crisis.members and scene.crisis.messages:
        return _("none of the community: answered in public only")
    if member is None or not member.is_known:
        if scene.crisis.status is CrisisStatus.CLOSED:
            return _("nothing known")
        if not complete:
            return _("nothing known yet: ask the cell")
        return _("nothing known yet: {button}", button=complete)
    country = country_name(member.country, _) if member.country else ""
    parts = (
        member.handle,
        _("on {platform}", platform=member.platform) if member.platform else "",
        _(AGES[member.age]),
        _("country: {country}", country=country) if country else _("country unknown"),
    )
    return " · ".join(part for part in parts if part)


def _cell(scene: Scene) -> str:
    by_role = {role: [a for a in scene.crisis.assignments if a.role is role] for role in ROLES}
    return "\n".join(
        scene._(
            "{role}: {people}",
            role=role_name(role, scene._),
            people=" → ".join(_presence(scene, each) for each in called),
        )
        for role, called in by_role.items()
        if called
    )


def _presence(scene: Scene, assignment: Assignment) -> str:
    _ = scene._
    name = scene.guide.name(assignment.person)
    rung_at = scene.guide.rings_at(scene.crisis, assignment.asked_at)
    match assignment.presence:
        case Presence.TAKEN_UP:
            return _("{name} is here", name=name)
        case Presence.DECLINED:
            return _("{name} cannot", name=name)
        case Presence.HANDED_OVER:
            return _("{name} has handed over", name=name)
        case Presence.LEFT:
            return _("{name} is out of the room", name=name)
        case Presence.ASKED if rung_at > scene.now:
            return _("{name}, to be called {when}", name=name, when=when(scene, rung_at))
        case Presence.ASKED:
            return _("{name}, called {when}, no answer yet", name=name, when=when(scene, rung_at))


def _experts(scene: Scene) -> str:
    """The last questions, shortened: their cards hold them whole."""
    return "\n".join(_question(scene, asked) for asked in scene.crisis.advice[-MAX_QUESTIONS:])


def _question(scene: Scene, asked: Advice) -> str:
    _, role = scene._, role_name(asked.role, scene._)
    if asked.given_at is None:
        return _("{role}: asked {when}, no answer yet", role=role, when=when(scene, asked.asked_at))
    said = shorten(asked.said, SHORT_ANSWER, placeholder=" …")
    return _("{role}, {name}: {said}", role=role, name=scene.guide.name(asked.given_by), said=said)


def _reply(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    lines = [_draft_line(scene, number) for number in range(1, len(crisis.drafts) + 1)] or [_("none yet")]
    if scene.guide.may_send_first_message(crisis, now=scene.now):
        lines.append(_("The pre-approved first message needs no approval: a moderator sends it alone."))
    return "\n".join((*lines, *reaching_lines(scene)))


DRAFTS = {
    DraftStatus.IN_REVIEW: N_("waits for a decision"),
    DraftStatus.REJECTED: N_("rejected"),
    DraftStatus.NO_ANSWER_ASKED: N_("“do not answer” is asked"),
    DraftStatus.NO_ANSWER: N_("no answer, by decision"),
    DraftStatus.APPROVED: N_("approved, not sent yet"),
    DraftStatus.RELEASED: N_("to be sent"),
}


def _draft_line(scene: Scene, number: int) -> str:
    crisis, _ = scene.crisis, scene._
    draft = crisis.draft(number)
    ways = [d for d in crisis.dispatches if d.draft == number]
    used = [d.route for d in ways if d.status is DispatchStatus.USED]
    state = _("sent by {routes}", routes=routes(used, _)) if used else _(DRAFTS[draft.status])
    if ways and all(d.status is DispatchStatus.EXCUSED for d in ways):
        state = _("not sent, each way given up")
    if draft.is_holding:
        return _(
            "holding statement, by {name}: {state}; next word promised {when}",
            name=scene.guide.name(draft.author),
            state=state,
            when=when(scene, draft.promised_at or scene.now),
        )
    if draft.is_first_message:
        gone = _("gone by {routes}", routes=routes(used, _)) if used else state
        return _("first message, by {name}: {state}", name=scene.guide.name(draft.author), state=gone)
    return _(
        "reply {n}, revision {revision}, by {name}: {state}",
        n=number,
        revision=draft.current.number,
        name=scene.guide.name(draft.author),
        state=state,
    )
