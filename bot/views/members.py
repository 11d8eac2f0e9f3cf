"""Several members: counted on the brief card, and each for whoever asks. A notification names none."""

from collections.abc import Sequence

from bot.cards import (
    MAX_BUTTONS,
    Action,
    Actions,
    Button,
    Card,
    ChoiceField,
    Fields,
    Style,
    Text,
)
from bot.domain import members, wave
from bot.domain.crisis import Member
from bot.domain.ids import EVERYBODY, FIRST, MemberId
from bot.domain.levels import Level
from bot.domain.states import CrisisStatus, DraftStatus, ReminderStatus
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.buttons import button
from bot.views.contacts import contacts_part
from bot.views.lines import drill_notice, listed, summary, title, when
from bot.views.now import level_in_force
from bot.views.scene import Scene

A_PAGE = MAX_BUTTONS - 1
"""Members of a page; the last button leads on."""

MOST = 90
"""Members that a form offers, the newest: Slack takes 100 choices."""

ALL = "everybody"

DRAFTS = {
    DraftStatus.IN_REVIEW: N_("reply {n} waits for a decision"),
    DraftStatus.NO_ANSWER_ASKED: N_("reply {n} waits for a decision"),
    DraftStatus.APPROVED: N_("reply {n} is to be sent"),
    DraftStatus.RELEASED: N_("reply {n} is to be sent"),
}


def counted(scene: Scene) -> str:
    """«4 members, 6 messages: 1 replied, 3 to answer»; empty where there is one."""
    crisis, _ = scene.crisis, scene._
    if not members.several(crisis):
        return ""
    waiting = len(members.to_answer(crisis))
    excused = sum(members.is_excused(each) for each in crisis.members)
    answered = len(crisis.members) - waiting - excused
    states = (
        _.n("{n} replied", "{n} replied", answered) if answered else "",
        _.n("{n} excused", "{n} excused", excused) if excused else "",
        _.n("{n} to answer", "{n} to answer", waiting) if waiting else "",
    )
    return _(
        "{members}, {messages}: {states}",
        members=_.n("{n} member", "{n} members", len(crisis.members)),
        messages=_.n("{n} message", "{n} messages", len(crisis.messages)),
        states=", ".join(state for state in states if state),
    )


def goes_with(scene: Scene) -> str:
    """The crises that are linked to this one."""
    return listed(scene.crisis.goes_with, scene._) if scene.crisis.goes_with else ""


def members_card(scene: Scene, *, page: int = 0) -> Card:
    """Each member with where they stand; `page` counts from 0."""
    crisis, _ = scene.crisis, scene._
    page = page if page * A_PAGE < len(crisis.members) else 0
    shown = crisis.members[page * A_PAGE :][:A_PAGE]
    rows = tuple((_name(scene, each), _state(scene.about(each.id))) for each in shown)
    buttons = [
        Button(
            _("Member {n}", n=members.number(each.id)),
            Action(Verb.MEMBER, member_subject(crisis, each.id)),
        )
        for each in shown
    ]
    last = button(Verb.ADD, crisis.id, _)
    if (page + 1) * A_PAGE < len(crisis.members):
        last = button(Verb.MEMBERS, crisis.id, _, revision=page + 1)
    elif crisis.status is CrisisStatus.CLOSED:
        last = button(Verb.NOTE, crisis.id, _)
    return Card(
        summary=summary(scene, _("members")),
        title=title(scene, _("members")),
        blocks=(
            *drill_notice(scene),
            *([Text(counted(scene))] if counted(scene) else []),
            *([Fields(rows)] if rows else [Text(_nobody(scene))]),
            Actions((*buttons, last)),
        ),
    )


def member_card(scene: Scene, who: Member) -> Card:
    """One member, and what can be done about them."""
    crisis, _ = scene.crisis, scene._
    subject = member_subject(crisis, who.id)
    verbs = [Verb.READ_MESSAGE, Verb.CONTACTS]
    if crisis.status is not CrisisStatus.CLOSED:
        verbs = [Verb.DRAFT, *verbs, Verb.COMPLETE]
    if may_be_excused(scene, who):
        verbs.append(Verb.EXCUSE_MEMBER)
    buttons = tuple(
        button(verb, subject, _, style=Style.PRIMARY if verb is Verb.DRAFT else Style.PLAIN) for verb in verbs
    )
    name = _("member {n}", n=members.number(who.id))
    return Card(
        summary=summary(scene, name),
        title=title(scene, name),
        blocks=(
            *drill_notice(scene),
            Fields(((_name(scene, who), _state(scene)),)),
            Actions(buttons),
        ),
    )


def may_be_excused(scene: Scene, who: Member) -> bool:
    """Whether one person may say that they get no reply of their own (`wave.excuse`)."""
    crisis = scene.crisis
    grave = who.id == FIRST and (level_in_force(scene) or Level.D0) >= wave.OWN_FROM
    open_ = crisis.status is not CrisisStatus.CLOSED
    return open_ and members.several(crisis) and who in members.to_answer(crisis) and not grave


def whom_field(scene: Scene, label: str, *, everybody: bool = False) -> tuple[ChoiceField, ...]:
    """Which member is meant; not asked where there is one."""
    if not members.several(scene.crisis):
        return ()
    all_ = ((ALL, scene._("everybody, in public")),) if everybody else ()
    value = scene.who or ALL
    return (ChoiceField("member", label, (*all_, *options(scene)), value=value, required=True, wide=True),)


def meant(scene: Scene, typed: str) -> MemberId:
    """Whom the answer to `whom_field` names; whom the scene is about where it was not asked."""
    if not scene.crisis.members:
        return EVERYBODY
    return EVERYBODY if typed == ALL else typed or scene.who


def options(scene: Scene) -> Sequence[tuple[str, str]]:
    """The members by pseudonym, the newest `MOST` and the one whom the scene is about."""
    known = scene.crisis.members
    kept = [each for each in known if each.id == scene.who or each in known[-MOST:]]
    return [(each.id, _name(scene, each)) for each in kept]


def _name(scene: Scene, who: Member) -> str:
    name = scene._("Member {n}", n=members.number(who.id))
    return " · ".join(part for part in (name, who.handle, who.platform) if part)


def _nobody(scene: Scene) -> str:
    return scene._("No member of the community: what is answered is answered in public.")


def _state(scene: Scene) -> str:
    """When they wrote last, the reply, the follow-up, how they can be reached."""
    _, theirs = scene._, members.messages_of(scene.crisis, scene.who)
    written = ""
    if theirs:
        last = when(scene, theirs[-1].written_at or theirs[-1].seen_at)
        written = _("last message {when}", when=last)
        if len(theirs) > 1:
            written = _("{n} messages, the last {when}", n=len(theirs), when=last)
    parts = (written, _reply(scene), _follow_up(scene), contacts_part(scene))
    return " · ".join(part for part in parts if part)


def _reply(scene: Scene) -> str:
    crisis, who, _ = scene.crisis, scene.member, scene._
    if who is None:
        return ""
    if who.own_crisis:
        return _("has a crisis of their own: {number}", number=who.own_crisis)
    if who.excused:
        return _("no reply of their own: {reason}", reason=who.excused)
    if members.is_answered(crisis, who):
        return _("replied")
    theirs = [d for d in crisis.drafts if d.member == who.id and d.status in DRAFTS]
    if theirs:
        return _(DRAFTS[theirs[-1].status], n=theirs[-1].number)
    return _("to answer")


def _follow_up(scene: Scene) -> str:
    _, waiting = scene._, {ReminderStatus.PLANNED, ReminderStatus.DUE}
    ahead = min((r.due_at for r in scene.follow_ups if r.status in waiting), default=None)
    return _("follow-up {when}", when=when(scene, ahead)) if ahead else ""
