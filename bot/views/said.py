"""Hours, days and delays as a reply says them to a member: in its language, by the community's clocks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.follow_up import first_wait
from bot.domain.hours import DAYS, WeekHours
from bot.domain.states import Deadline, ReminderStatus, Standing
from bot.texts import N_, Translator
from bot.views import dates
from bot.views.now import level_in_force
from bot.views.scene import Scene

NEXT_UPDATE_IN = timedelta(hours=1)
"""After this long a holding statement promises the next word, on the quarter of an hour before it."""

_DAYS_FROM = timedelta(hours=72)
"""From here on a delay is told in days."""

_WEEK = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def next_word(scene: Scene, _: Translator) -> str:
    """When somebody writes again: by the day of the next follow-up that stands.

    Before the first word has gone the follow-ups count from it: «d'ici 24 heures» is true whenever it goes.
    Empty where nobody is to be followed up.
    """
    if scene.member is None:
        return ""
    planned = [
        r.due_at for r in scene.follow_ups if r.status is ReminderStatus.PLANNED and r.due_at > scene.now
    ]
    if scene.anchored_at is not None:
        return _("by {day}", day=_day(scene, min(planned), _)) if planned else ""
    if scene.member.watch_stopped:
        return ""
    community = scene.guide.community(scene.crisis)
    wait = first_wait(
        scene.guide.schedule,
        level=level_in_force(scene),
        anchor=scene.now,
        zone=community.timezone,
        otherwise=community.follow_up.default,
    )
    return _within(wait, _)


def _within(delay: timedelta, _: Translator) -> str:
    """In whole hours or days, rounded up: a member is never promised less than is planned."""
    if delay < _DAYS_FROM:
        return _.n("within {n} hour", "within {n} hours", -(-delay // timedelta(hours=1)))
    return _.n("within {n} day", "within {n} days", -(-delay // timedelta(days=1)))


def promised_update(now: datetime) -> datetime:
    """The hour that a holding statement promises."""
    at = (now + NEXT_UPDATE_IN).replace(second=0, microsecond=0)
    return at - timedelta(minutes=at.minute % 15)


def next_update(scene: Scene, _: Translator) -> str:
    """«à 14 h 30»."""
    return _("at {hour}", hour=_hour(scene, promised_update(scene.now), _))


def reply_by(scene: Scene, _: Translator) -> str:
    """By when the plan wants the reply; empty where none is due, or the hour has passed."""
    due = scene.guide.deadlines(scene.crisis).get(Deadline.REPLY)
    if due is None or due <= scene.now:
        return ""
    return _("before {hour}", hour=_hour(scene, due, _))


def hidden_at(scene: Scene, _: Translator) -> str:
    """Since when nobody else reads the message; empty while it is not noted as hidden."""
    message = scene.message
    if message is None or message.standing is not Standing.HIDDEN or message.standing_since is None:
        return ""
    at = message.standing_since
    return _("on {day} at {hour}", day=_day(scene, at, _), hour=_clock(scene, at, _))


def hours(spans: Sequence[WeekHours], _: Translator) -> str:
    """«du lundi au vendredi de 9 h à 18 h»; each span by itself."""
    return ", ".join(_span(span, _) for span in spans)


def _span(span: WeekHours, _: Translator) -> str:
    days = sorted(span.days)
    if len(days) == len(DAYS):
        when = _("every day")
    elif len(days) > 1 and days[-1] - days[0] == len(days) - 1:
        when = _("from {first} to {last}", first=_(_WEEK[days[0]]), last=_(_WEEK[days[-1]]))
    else:
        when = ", ".join(_(_WEEK[day]) for day in days)
    if span.start == 0 and span.end == 24 * 60:
        return _("{days} round the clock", days=when)
    start, end = (_written(minutes // 60, minutes % 60, _) for minutes in (span.start, span.end))
    return _("{days} from {start} until {end}", days=when, start=start, end=end)


def _hour(scene: Scene, at: datetime, _: Translator) -> str:
    """The hour, with its day if it is not today's."""
    zone = scene.guide.community(scene.crisis).timezone
    clock = _clock(scene, at, _)
    if at.astimezone(zone).date() == scene.now.astimezone(zone).date():
        return clock
    return _("{hour} on {day}", hour=clock, day=_day(scene, at, _))


def _clock(scene: Scene, at: datetime, _: Translator) -> str:
    local = at.astimezone(scene.guide.community(scene.crisis).timezone)
    return _written(local.hour, local.minute, _)


def _written(hour: int, minute: int, _: Translator) -> str:
    """«14 h 30», «9 h»; `14:30`."""
    if _.locale == "en":
        return f"{hour:02}:{minute:02}"
    return f"{hour} h {minute:02}" if minute else f"{hour} h"


def _day(scene: Scene, at: datetime, _: Translator) -> str:
    """«mardi 24 novembre»."""
    return dates.day(at, scene.guide.community(scene.crisis).timezone, _)
