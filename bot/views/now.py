"""The one thing to do now, and who does it."""

from collections.abc import Iterable

from bot.checking import check
from bot.domain import no_answer, review, sending
from bot.domain.approvals import missing
from bot.domain.categories import FirstChoice
from bot.domain.cell import holders
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.helplines import HelpLine, to_call
from bot.domain.ids import PersonId
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus, DraftStatus, Presence, ReminderKind, ReminderStatus
from bot.domain.subjects import member_in
from bot.views.lines import listed, names, roles, routes, when, writer
from bot.views.mail_state import mail_now
from bot.views.reaching import no_way_now, nothing_possible
from bot.views.scene import Scene

GRAVEST = 4


def what_to_do(scene: Scene) -> str:
    """One sentence: what cannot wait, else what comes next."""
    return urgent(scene) or _next(scene)


def urgent(scene: Scene) -> str:
    """What somebody must do now, an open call for help before everything else; empty when nothing waits."""
    if emergency_open(scene.crisis):
        return _call(scene)
    if scene.crisis.status is CrisisStatus.CLOSED:
        return ""
    return (
        _silenced(scene)
        or _danger(scene)
        or _first_message(scene)
        or _nobody_here(scene)
        or _reply(scene)
        or _follow_up_due(scene)
    )


def level_in_force(scene: Scene) -> Level | None:
    """The level to act on: a distress that nobody has assessed counts as D4."""
    return scene.guide.category(scene.crisis).level_in_force(scene.crisis.level)


def emergency_open(crisis: Crisis) -> bool:
    """Whether somebody still has to call, or to say why not."""
    return crisis.emergency is not None and not crisis.emergency.settled


def on_the_phone(scene: Scene) -> str:
    """Who is calling for help at this moment; empty when nobody is."""
    emergency = scene.crisis.emergency
    if emergency is None or emergency.settled or emergency.on_phone_until is None:
        return ""
    return scene.guide.name(emergency.on_phone_by) if emergency.on_phone_until > scene.now else ""


def drill_call(scene: Scene) -> str:
    """What stands for a call in an exercise, where nobody outside is called."""
    name = scene.guide.name(writer(scene))
    return scene._("{name} says aloud who would be called, then records the call.", name=name)


def numbers(scene: Scene, country: str | None) -> str:
    """The first two numbers to call from a country: `17 or 15`."""
    voices = to_call(scene.guide.help_lines.emergency_numbers(country))
    return listed((scene._("{number}", number=voice) for voice in voices[:2]), scene._, last="or")


def dialled(scene: Scene, lines: Iterable[HelpLine]) -> tuple[str, ...]:
    """The numbers of these lines that a tap may call; in an exercise nobody outside is called."""
    return () if scene.crisis.drill else to_call(lines)


def named_now(scene: Scene) -> tuple[str, ...]:
    """The numbers that `urgent` names."""
    if not (emergency_open(scene.crisis) or _danger(scene)):
        return ()
    country = scene.guide.community(scene.crisis).country
    return dialled(scene, scene.guide.help_lines.emergency_numbers(country))


def next_follow_up(scene: Scene) -> Reminder | None:
    """The follow-up that is due or comes next."""
    waiting = {ReminderStatus.PLANNED, ReminderStatus.DUE}
    rows = [r for r in scene.reminders if r.kind is ReminderKind.FOLLOW_UP and r.status in waiting]
    return min(rows, key=lambda r: r.due_at, default=None)


def _call(scene: Scene) -> str:
    emergency, _ = scene.crisis.emergency, scene._
    if scene.crisis.drill or emergency is None:
        return drill_call(scene)
    if caller := on_the_phone(scene):
        return _(
            "{name} is on the phone with the emergency services, and records the call afterwards.",
            name=caller,
        )
    return _(
        "{name} calls {numbers}, then records the call.",
        name=scene.guide.name(emergency.declared_by),
        numbers=numbers(scene, scene.guide.community(scene.crisis).country),
    )


def _silenced(scene: Scene) -> str:
    """After serious news nobody is asked for a word to the member."""
    if scene.crisis.silenced_at is None:
        return ""
    return scene._(
        "{names} decides what comes now: serious news, nobody writes to the member any more.",
        names=names(scene, scene.guide.chain(scene.crisis, Role.MANAGER), last="or"),
    )


def _danger(scene: Scene) -> str:
    """Somebody must judge a life's danger, once: «Life in danger», then a call or a reason why none."""
    _ = scene._
    if scene.crisis.emergency is not None or not _may_be_grave(scene):
        return ""
    return _(
        "{name} decides: is a life in danger? If in doubt, press “Life in danger” and call {numbers}.",
        name=scene.guide.name(writer(scene)),
        numbers=numbers(scene, scene.guide.community(scene.crisis).country),
    )


def _may_be_grave(scene: Scene) -> bool:
    crisis, level = scene.crisis, level_in_force(scene)
    if level is not None:
        return level.is_grave
    somebody = scene.guide.category(crisis).first_choice is FirstChoice.SOMEONE_IN_DANGER
    return somebody and crisis.severity == GRAVEST


def _first_message(scene: Scene) -> str:
    """With nobody left to call, the one word that needs no approval."""
    if not scene.crisis.exhausted or not scene.guide.may_send_first_message(scene.crisis, now=scene.now):
        return ""
    return scene._(
        "{name} sends the first message: it needs nobody's approval.", name=scene.guide.name(writer(scene))
    )


def _nobody_here(scene: Scene) -> str:
    """The opener alone is no cell. A reply that was begun says better what to do."""
    crisis, _ = scene.crisis, scene._
    others = [a for a in crisis.assignments if a.person != crisis.opened_by]
    if crisis.drafts or crisis.status is not CrisisStatus.OPEN or not others:
        return ""
    if any(a.presence is Presence.TAKEN_UP for a in others):
        return ""
    if scene.guide.rings_at(crisis, scene.now) > scene.now:
        return ""  # they sleep
    asked = [a.person for a in others if a.presence is Presence.ASKED]
    if not asked and scene.for_guest:
        return ""  # they can name nobody
    if not asked:
        return _("Nobody who was called can come: name somebody (“More…”), or call them by telephone.")
    return _("{names}: press “I'm on it”, then read the message.", names=names(scene, asked, last="or"))


def _reply(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    if first := mail_now(scene) or no_way_now(scene):
        return (nothing_possible(crisis) and _follow_up_due(scene)) or first
    if waiting := sending.by_hand(crisis):
        return _(
            "{name} sends the text by {routes}, then presses the button of each way used.",
            name=scene.guide.name(crisis.draft(waiting[-1].draft).released_by),
            routes=routes((d.route for d in waiting), _),
        )
    by_status = {draft.status: draft for draft in crisis.drafts}
    release = scene.rule.release
    if DraftStatus.APPROVED in by_status and not holders(crisis, release):
        return _(
            "A manager names somebody as {roles}: nobody else can give the word to send.",
            roles=roles([release], _),
        )
    if approved := by_status.get(DraftStatus.APPROVED):
        return _(
            "{names}: the reply is approved (revision {revision}). Send it.",
            names=names(scene, releasers(scene), last="or"),
            revision=approved.current.number,
        )
    if draft := by_status.get(DraftStatus.IN_REVIEW):
        return _decision(scene, draft)
    if asked := by_status.get(DraftStatus.NO_ANSWER_ASKED):
        return _agreement(scene, asked)
    if crisis.status in {CrisisStatus.REPLIED, CrisisStatus.NO_ANSWER}:
        return ""
    if rejected := by_status.get(DraftStatus.REJECTED):
        return _("{name} corrects the reply that was rejected.", name=scene.guide.name(rejected.author))
    return _first_word(scene)


def _first_word(scene: Scene) -> str:
    """Nothing is written yet: the word that needs no approval goes before the reply that does."""
    person, _ = writer(scene), scene._
    moderates = any(a.person == person for a in holders(scene.crisis, Role.MODERATOR))
    if moderates and scene.guide.may_send_first_message(scene.crisis, now=scene.now):
        return _(
            "{name} sends the first message, which needs no approval, then writes a reply.",
            name=scene.guide.name(person),
        )
    return _("{name} writes a reply.", name=scene.guide.name(person))


def releasers(scene: Scene) -> tuple[PersonId, ...]:
    """Who may give the word to send; the writer where nobody holds the role here."""
    role = scene.rule.release
    return tuple(a.person for a in holders(scene.crisis, role)) or (writer(scene),)


def _decision(scene: Scene, draft: Draft) -> str:
    crisis, guide, _ = scene.crisis, scene.guide, scene._
    rule = scene.rule
    empty = review.unfillable(crisis, draft, rule, lambda role: guide.chain(crisis, role))
    if empty:
        return _("A manager names somebody as {roles}: nobody else can approve.", roles=roles(empty, _))
    if check(guide, crisis, draft, scene.now).stops(draft):
        return _("{name} mends the reply: the check stops it.", name=guide.name(draft.author))
    asked = review.awaited(crisis, draft, rule)
    lacking = missing(rule, draft.approved_roles)
    if not asked:
        return _("The next person is being called to read it.")
    one_is_enough = lacking.count == 1 and not lacking.roles
    return _(
        "{names}: read the reply and decide (revision {revision}).",
        names=names(scene, asked, last="or" if one_is_enough else "and"),
        revision=draft.current.number,
    )


def _agreement(scene: Scene, draft: Draft) -> str:
    """Not to answer at all was asked."""
    _ = scene._
    if empty := nobody_agrees(scene, draft):
        return _("A manager names somebody as {roles}: nobody else can agree.", roles=roles(empty, _))
    people = scene.guide.awaited(scene.crisis, draft, scene.now)
    return _("{names}: decide whether the member gets an answer.", names=names(scene, people))


def nobody_agrees(scene: Scene, draft: Draft) -> tuple[Role, ...]:
    """Roles whose agreement not to answer is missing, and which nobody holds here or can be called for."""
    crisis, guide = scene.crisis, scene.guide
    asked = {(a.role, a.person) for a in crisis.assignments}
    return tuple(
        role
        for role in no_answer.lacking(draft, guide.agreeing(crisis))
        if not holders(crisis, role) and all((role, p) in asked for p in guide.chain(crisis, role))
    )


def _follow_up_due(scene: Scene) -> str:
    ahead = next_follow_up(scene)
    if ahead is None or ahead.status is not ReminderStatus.DUE:
        return ""
    scene = scene.about(member_in(ahead.subject))
    name, _ = follower(scene), scene._
    n = ", ".join(filter(None, [str(ahead.ordinal), scene.named]))
    if scene.watch_silent:
        return _("{name} looks how the member is, without writing (follow-up {n}).", name=name, n=n)
    return _("{name} checks on the member (follow-up {n}).", name=name, n=n)


def follower(scene: Scene) -> str:
    """Who looks after the member."""
    return scene.guide.name(scene.guide.follow_up_owner(scene.crisis))


def _next(scene: Scene) -> str:
    ahead = next_follow_up(scene)
    if ahead is None:
        return _last(scene)
    scene = scene.about(member_in(ahead.subject))
    name, at, _ = follower(scene), when(scene, ahead.due_at), scene._
    told = _("{name} checks on the member, {when} at the latest.", name=name, when=at)
    if scene.watch_silent:
        told = _("{name} looks how the member is, without writing, {when} at the latest.", name=name, when=at)
    return f"{_gone(scene)} {told}"


def _last(scene: Scene) -> str:
    """No follow-up is left; a guest closes nothing."""
    status, _ = scene.crisis.status, scene._
    if status is CrisisStatus.CLOSED:
        return _("Nothing more: the crisis is closed.")
    if scene.for_guest:
        return _gone(scene)
    if status is CrisisStatus.NO_ANSWER:
        return _("It was decided not to answer. Write down why, then close the crisis (“More…”).")
    return _("The reply has gone. Write down what was learned, then close the crisis (“More…”).")


def _gone(scene: Scene) -> str:
    status, _ = scene.crisis.status, scene._
    if status is CrisisStatus.NO_ANSWER:
        return _("It was decided not to answer.")
    return _("The crisis is closed.") if status is CrisisStatus.CLOSED else _("The reply has gone.")
