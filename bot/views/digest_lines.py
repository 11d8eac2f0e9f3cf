"""Which crises a morning page names, and what it says of each in one line."""

from bot.domain import no_answer, review
from bot.domain.course import SECOND_PERSON_WITHIN
from bot.domain.drafts import Draft
from bot.domain.first_message import to_reread
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, DraftStatus, ReminderKind, ReminderStatus
from bot.views import dates
from bot.views.after_call import outcome_line
from bot.views.lines import roles, when
from bot.views.now import emergency_open, follower, level_in_force, next_follow_up, nobody_agrees
from bot.views.scene import Scene


def late_follow_ups(scene: Scene) -> tuple[Reminder, ...]:
    """Follow-ups whose hour has passed and which nobody recorded."""
    waiting = {ReminderStatus.PLANNED, ReminderStatus.DUE}
    return tuple(
        r
        for r in scene.reminders
        if r.kind is ReminderKind.FOLLOW_UP and r.status in waiting and r.due_at < scene.now
    )


def concerns_a_person(scene: Scene) -> bool:
    """Whether somebody may be in danger, or waits to be looked after."""
    if late_follow_ups(scene) or emergency_open(scene.crisis) or to_reread(scene.crisis):
        return True
    level = level_in_force(scene)
    active = scene.crisis.status is not CrisisStatus.CLOSED or next_follow_up(scene) is not None
    return active and level is not None and level >= Level.D3


def gravity(scene: Scene) -> tuple[bool, bool, int, float]:
    """Sorts the gravest first: no call recorded, then late, then severity, then the oldest."""
    crisis = scene.crisis
    return (
        not emergency_open(crisis),
        not late_follow_ups(scene),
        -crisis.severity,
        crisis.opened_at.timestamp(),
    )


def person_line(scene: Scene) -> str:
    """The call for help, a word that nobody has re-read, and the next look at the member."""
    _ = scene._
    parts = (_call(scene), _first_message(scene), _follow_up(scene))
    return f"{_name(scene)}{' '.join(part for part in parts if part)}"


def _call(scene: Scene) -> str:
    """Whether help was called, and when; not what was said."""
    emergency, _ = scene.crisis.emergency, scene._
    if emergency is None:
        return ""
    if not emergency.settled:
        return _("NO CALL RECORDED.")
    if emergency.calls:
        called = _("Help called {when}.", when=when(scene, emergency.calls[-1].called_at))
        return f"{called} {outcome_line(scene)}"
    return _("No call was needed.")


def _first_message(scene: Scene) -> str:
    left = to_reread(scene.crisis)
    if left is None or left.released_at is None:
        return ""
    return scene._("First message sent alone {when}, not re-read yet.", when=when(scene, left.released_at))


def _follow_up(scene: Scene) -> str:
    _ = scene._
    if scene.crisis.silenced_at:
        return _("Serious news: every message is held until a manager lets them go again.")
    late = late_follow_ups(scene)
    ahead = late[0] if late else next_follow_up(scene)
    if ahead is None:
        return _("No follow-up is planned.")
    if late:
        overdue = dates.duration(scene.now - ahead.due_at, _)
        return _("Follow-up {n} is late by {duration}.", n=ahead.ordinal, duration=overdue)
    return _(
        "Follow-up {n}: {when} ({name}).",
        n=ahead.ordinal,
        when=when(scene, ahead.due_at),
        name=follower(scene),
    )


def yours_to_decide(scene: Scene) -> str:
    """What waits for this manager alone; empty when nothing does."""
    crisis, guide, _ = scene.crisis, scene.guide, scene._
    rule = scene.rule
    if crisis.status is CrisisStatus.CLOSED:
        return ""
    for draft in crisis.drafts:
        if draft.status is DraftStatus.NO_ANSWER_ASKED and (told := _no_answer_asked(scene, draft)):
            return _name(scene) + told
        if draft.status is not DraftStatus.IN_REVIEW:
            continue
        empty = review.unfillable(crisis, draft, rule, lambda role: guide.chain(crisis, role))
        if empty:
            return _name(scene) + _("nobody can approve as {roles}: name somebody.", roles=roles(empty, _))
        if scene.reader in review.awaited(crisis, draft, rule):
            return _name(scene) + _("your decision on a reply.")
    asked = crisis.pending
    if asked and asked.by != scene.reader and scene.now - asked.at <= SECOND_PERSON_WITHIN:
        return _name(scene) + _("{name} asks for a second opinion.", name=guide.name(asked.by))
    return ""


def _no_answer_asked(scene: Scene, draft: Draft) -> str:
    """Empty for a manager whose agreement is not asked."""
    _ = scene._
    if empty := nobody_agrees(scene, draft):
        return _("nobody can agree as {roles}: name somebody.", roles=roles(empty, _))
    if scene.reader not in scene.guide.awaited(scene.crisis, draft, scene.now):
        return ""
    wish = no_answer.first_wish(draft)
    return _(
        "“do not answer” asked by {name}, {when}.",
        name=scene.guide.name(wish.person),
        when=when(scene, wish.at),
    )


def _name(scene: Scene) -> str:
    crisis, _ = scene.crisis, scene._
    mark = crisis.level or _("severity {severity}", severity=crisis.severity)
    return _(
        "{number} {community}, {mark}: ",
        number=crisis.number,
        community=scene.guide.community(crisis).name,
        mark=mark,
    )
