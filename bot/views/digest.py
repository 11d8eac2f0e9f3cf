"""The managers' morning page: people first, then what they decide, then the counts. Fifteen lines at most.

It holds no member's name or words, and never how long a person took to answer.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from babel.dates import format_date

from bot.cards import Action, Actions, Block, Button, Card, Form, Text, TextField, Tone
from bot.domain import sending
from bot.domain.crisis import Crisis
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, DraftStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.texts import Translator
from bot.views import dates
from bot.views.answers import numbered_link
from bot.views.buttons import button
from bot.views.digest_lines import (
    concerns_a_person,
    gravity,
    late_follow_ups,
    person_line,
    yours_to_decide,
)
from bot.views.lines import BABEL_LOCALES, listed
from bot.views.now import next_follow_up
from bot.views.scene import Scene

UNDECIDED = frozenset({DraftStatus.IN_REVIEW, DraftStatus.NO_ANSWER_ASKED})
MAX_PEOPLE = 4
MAX_DECISIONS = 2
MAX_LINKS = 3
MAX_DAYS = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DigestInput:
    """What one manager's page is made of.

    `at` is the planned hour, UTC. `crises` are those of the person's communities, each with its reminders:
    not closed, closed within the last day, or closed with a follow-up to come. `missed_days` are local dates.
    """

    person: PersonId
    at: datetime
    now: datetime
    communities: Sequence[str]
    crises: Sequence[tuple[Crisis, Sequence[Reminder]]]
    missed_days: Sequence[date] = ()
    late_because_down: bool = False


def digest_card(page: DigestInput, *, guide: Guide, platform: Platform) -> Card:
    """One page, in the person's language and zone; drills do not count."""
    _, zone = guide.translator_for(page.person), guide.zone_for(page.person)
    scenes = [
        Scene(
            crisis,
            guide.with_guests(crisis),
            partial(tuple, reminders),
            page.now,
            _,
            zone,
            platform,
            page.person,
        )
        for crisis, reminders in page.crises
        if not crisis.drill and crisis.community in page.communities
    ]
    scenes.sort(key=gravity)
    people = [scene for scene in scenes if concerns_a_person(scene)]
    decisions = [scene for scene in scenes if yours_to_decide(scene)]
    body = _news(people, decisions, _) + _counts(scenes, _) or [Text(_quiet(scenes, _))]
    named = {scene.crisis.id: scene for scene in [*people, *decisions]}
    links = [link for scene in named.values() for link in numbered_link(scene)]
    return Card(
        summary=_("Cellule: {day}", day=dates.day(page.at, zone, _)),
        title=_hello(page, guide, _),
        blocks=(*_lateness(page, guide, _), *body, Actions((*links[:MAX_LINKS], *_buttons(_)))),
    )


def digest_time_form(_: Translator, *, at: str) -> Form:
    """When the page shall come; `at` is the present hour, such as `08:30`."""
    return Form(
        action=Action(Verb.DIGEST_TIME),
        title=_("Morning page"),
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(
            TextField(
                "at",
                _("At what time each morning?"),
                value=at,
                hint=_("Your own time, for example 08:30"),
                required=True,
                max_length=5,
            ),
        ),
    )


def _hello(page: DigestInput, guide: Guide, _: Translator) -> str:
    zone = guide.zone_for(page.person)
    return _(
        "Good morning {name}. {hour}, {day}. {communities}.",
        name=guide.name(page.person),
        hour=dates.hour(page.at, zone),
        day=dates.day(page.at, zone, _),
        communities=_.n("{n} community", "{n} communities", len(page.communities)),
    )


def _lateness(page: DigestInput, guide: Guide, _: Translator) -> Iterator[Text]:
    zone = guide.zone_for(page.person)
    if page.late_because_down:
        told = _(
            "Sent at {now} instead of {planned}: the service was down.",
            now=dates.hour(page.now, zone),
            planned=dates.hour(page.at, zone),
        )
        yield Text(told, Tone.MUTED)
    if page.missed_days:
        days = [format_date(day, "d MMMM", locale=BABEL_LOCALES[_.locale]) for day in page.missed_days]
        told = _("No page came on: {days}.", days=listed(days, _))
        if len(days) > MAX_DAYS:
            told = _("No page came for {n} days, the last on {day}.", n=len(days), day=days[-1])
        yield Text(told, Tone.MUTED)


def _news(people: Sequence[Scene], decisions: Sequence[Scene], _: Translator) -> list[Block]:
    """The crises to be named, under their headings."""
    blocks: list[Block] = []
    if people:
        lines = _capped([person_line(scene) for scene in people], MAX_PEOPLE, _)
        blocks += [Text(_("PEOPLE FIRST"), Tone.STRONG), Text("\n".join(lines))]
    if decisions:
        lines = _capped([yours_to_decide(scene) for scene in decisions], MAX_DECISIONS, _)
        blocks += [Text(_("YOURS TO DECIDE TODAY"), Tone.STRONG), Text("\n".join(lines))]
    return blocks


def _capped(lines: list[str], limit: int, _: Translator) -> list[str]:
    """At most `limit` lines; the last one counts what is left out."""
    if len(lines) <= limit:
        return lines
    left = len(lines) - limit + 1
    return [*lines[: limit - 1], _.n("and {n} more: /crisis list", "and {n} more: /crisis list", left)]


def _counts(scenes: Sequence[Scene], _: Translator) -> list[Block]:
    lines = [
        line
        for line in (_open(scenes, _), _waiting(scenes, _), _watch(scenes, _), _closed(scenes, _))
        if line
    ]
    return [Text("\n".join(lines))] if lines else []


def _open(scenes: Sequence[Scene], _: Translator) -> str:
    going_on = [scene for scene in scenes if scene.crisis.status is not CrisisStatus.CLOSED]
    if not going_on:
        return ""
    by_severity = Counter(scene.crisis.severity for scene in going_on)
    parts = (
        _("severity {severity}: {n}", severity=severity, n=by_severity[severity])
        for severity in sorted(by_severity, reverse=True)
    )
    oldest = min(going_on, key=lambda scene: scene.crisis.opened_at)
    return _(
        "OPEN: {n} ({parts}). The oldest: {number}, {age}.",
        n=len(going_on),
        parts=", ".join(parts),
        number=oldest.crisis.number,
        age=dates.duration(oldest.now - oldest.crisis.opened_at, _),
    )


def _waiting(scenes: Sequence[Scene], _: Translator) -> str:
    active = [scene.crisis for scene in scenes if scene.crisis.status is not CrisisStatus.CLOSED]
    in_review = [c.number for c in active for d in c.drafts if d.status in UNDECIDED]
    approved = [c.number for c in active for d in c.drafts if d.status is DraftStatus.APPROVED]
    unsent = [c.number for c in active if sending.waiting(c)]
    no_way = [c.number for c in active if c.reaching.stands]
    parts = [
        (in_review, _.n("{n} decision", "{n} decisions", len(in_review))),
        (approved, _.n("{n} approved reply to send", "{n} approved replies to send", len(approved))),
        (unsent, _.n("{n} reply not gone yet", "{n} replies not gone yet", len(unsent))),
        (no_way, _.n("{n} member without a known way", "{n} members without a known way", len(no_way))),
    ]
    told = ", ".join(f"{what} ({', '.join(dict.fromkeys(which[:3]))})" for which, what in parts if which)
    return _("WAITING: {what}.", what=told) if told else ""


def _watch(scenes: Sequence[Scene], _: Translator) -> str:
    late = sum(len(late_follow_ups(scene)) for scene in scenes)
    waiting = {ReminderStatus.PLANNED, ReminderStatus.DUE}
    today = sum(
        1
        for scene in scenes
        for r in scene.reminders
        if r.kind is ReminderKind.FOLLOW_UP and r.status in waiting
        if r.due_at.astimezone(scene.zone).date() == scene.now.astimezone(scene.zone).date()
    )
    return _("FOLLOW-UPS TODAY: {today} · late: {late}.", today=today, late=late) if today or late else ""


def _closed(scenes: Sequence[Scene], _: Translator) -> str:
    closed = [s for s in scenes if s.crisis.closed_at and s.now - s.crisis.closed_at <= ONE_DAY]
    false_alarms = sum(s.crisis.false_alarm for s in closed)
    if false_alarms:
        return _("CLOSED SINCE YESTERDAY: {n} · false alarm: {alarms}.", n=len(closed), alarms=false_alarms)
    return _("CLOSED SINCE YESTERDAY: {n}.", n=len(closed)) if closed else ""


def _quiet(scenes: Sequence[Scene], _: Translator) -> str:
    ahead = [(r.due_at, scene) for scene in scenes if (r := next_follow_up(scene))]
    quiet = _("Quiet night: nothing open, nothing late.")
    if not ahead:
        return quiet
    at, scene = min(ahead, key=lambda pair: pair[0])
    coming = _("Next follow-up: {when}.", when=dates.day_and_hour(at, scene.zone, _))
    return f"{quiet} {coming}"


def _buttons(_: Translator) -> tuple[Button, ...]:
    return (button(Verb.DIGEST_STOP, "", _), button(Verb.DIGEST_TIME, "", _))
