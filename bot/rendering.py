"""From an outgoing row to the card that it shows now: always the current state.

Whenever the row was written.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.cards import Card, Text
from bot.domain.advice import find as find_advice
from bot.domain.cell import has_left
from bot.domain.crisis import Crisis
from bot.domain.events import DeliveryFailed, InvitationFailed, RoomCreated
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder, step_of
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.domain.subjects import member_in
from bot.guide import Guide
from bot.handlers.digest import read_text
from bot.handlers.held import WATCHED_FOR, handover_of
from bot.handlers.mail import TOKEN_LENGTH
from bot.handlers.waiting import SEVERAL, waiting_for
from bot.plan.unknown import ids_of
from bot.ports import DirectPlace, Email
from bot.reactions.texts import from_text
from bot.store import CardKind, Outgoing, Task, UnitOfWork
from bot.texts import translator
from bot.views import after_call
from bot.views.advice import advice_card, advice_nudge_card
from bot.views.alerts import alert_card
from bot.views.belonging import removed_card
from bot.views.brief import brief_card
from bot.views.client import client_card
from bot.views.contacts import contacts_card
from bot.views.digest import DigestInput, digest_card
from bot.views.drafts import decision_nudge_card, draft_card
from bot.views.emergency import emergency_card, emergency_nudge_card
from bot.views.first_message import reread_card
from bot.views.guests import guest_card
from bot.views.handover import handover_card, relief_card
from bot.views.leaving import out_card
from bot.views.log import log_card, log_text
from bot.views.merging import continues_card
from bot.views.news import lesser_room_card, news_card, trouble_card
from bot.views.outage import room_made_card
from bot.views.pings import mention_card, opened_card, ping_card
from bot.views.reminders import reminder_card
from bot.views.replaced import replaced_card
from bot.views.scene import Scene
from bot.views.waiting import waiting_card
from bot.views.watch import follow_up_card, follow_up_nudge_card

LOG_LINES = 20

TO_OTHERS = frozenset({CardKind.NEWS, CardKind.CLIENT, CardKind.CLIENT_MAIL})
"""What somebody without a part in the crisis may be told, too."""

LATE = timedelta(minutes=5)
"""A morning page is called late, and the hour said, after this long."""


def card_of(row: Outgoing, uow: UnitOfWork, guide: Guide, *, now: datetime) -> Card | None:
    """None when there is nothing left to say."""
    if row.kind is CardKind.DIGEST:
        return _digest(row, uow, guide, now)
    if row.kind is CardKind.HANDOVER:
        return _handover(row, uow, guide, now)
    if row.kind is CardKind.ALERT:
        return _alert(row, uow, guide, now)
    if row.kind is CardKind.WAITING:
        return _waiting(row, uow, guide, now)
    scene = scene_of(row, uow, guide, now=now)
    if scene is None or row.kind is None:
        return None
    if _was_removed(row, scene):
        return removed_card(scene)
    if scene.reader and row.kind not in TO_OTHERS and has_left(scene.crisis, scene.reader):
        return out_card(scene)
    if scene.crisis.merged_into is not None and row.kind is not CardKind.LOG:
        said = row.message or row.kind in {CardKind.NEWS, CardKind.BRIEF}
        return continues_in(scene, uow, guide) if said else None
    if row.kind is CardKind.LOG:
        return log_card(scene, entries=uow.journal.of(scene.crisis.id, last=LOG_LINES))
    return VIEWS[row.kind](row, scene)


def continues_in(scene: Scene, uow: UnitOfWork, guide: Guide) -> Card | None:
    """Where a crisis that was merged goes on, be it at the end of several such steps."""
    kept = uow.crises.numbered(scene.crisis.merged_into or "")
    while kept is not None and kept.merged_into is not None:
        kept = uow.crises.numbered(kept.merged_into)
    if kept is None:
        return None
    there = scene_for(kept, uow, guide, now=scene.now, platform=scene.platform, reader=scene.reader)
    return continues_card(scene, there)


def _was_removed(row: Outgoing, scene: Scene) -> bool:
    """Whether the reader has no part in the crisis or its community, though the card is for those who do."""
    reader = scene.reader
    if reader is None or row.kind in TO_OTHERS or reader in scene.crisis.people:
        return False
    return not scene.guide.community(scene.crisis).roles_of(reader)


def file_of(row: Outgoing, uow: UnitOfWork, guide: Guide, *, now: datetime) -> tuple[str, bytes] | None:
    """The journal as a file."""
    scene = scene_of(row, uow, guide, now=now)
    return journal_file(scene, uow) if scene else None


def journal_file(scene: Scene, uow: UnitOfWork) -> tuple[str, bytes]:
    """The file's name, which says nothing of the case, and its text."""
    text = log_text(scene, entries=uow.journal.of(scene.crisis.id))
    return f"journal-{scene.crisis.number}.txt", text.encode()


def scene_of(row: Outgoing, uow: UnitOfWork, guide: Guide, *, now: datetime) -> Scene | None:
    """The crisis as the reader of this row sees it: a person, or the room in its community's language.

    None for somebody whom the plan no longer names.
    """
    crisis = uow.crises.get(row.crisis) if row.crisis else None
    if crisis is None:
        return None
    reader = row.place.person if isinstance(row.place, DirectPlace) else None
    if reader is not None and reader not in guide.with_guests(crisis).plan.people:
        return None
    return scene_for(crisis, uow, guide, now=now, platform=row.platform, reader=reader)


def scene_for(
    crisis: Crisis,
    uow: UnitOfWork,
    guide: Guide,
    *,
    now: datetime,
    platform: Platform,
    reader: PersonId | None = None,
) -> Scene:
    """The crisis as a person sees it; without a reader, as its room does."""
    guide = guide.with_guests(crisis)
    zone: ZoneInfo = guide.zone_for(reader) if reader else guide.community(crisis).timezone
    return Scene(
        crisis=crisis,
        guide=guide.at(now, uow.absences.at),
        planned=partial(uow.reminders.of, crisis.id),
        now=now,
        _=guide.translator_for(reader) if reader else translator(crisis.locale),
        zone=zone,
        platform=platform,
        reader=reader,
    )


def _ping(row: Outgoing, scene: Scene) -> Card | None:
    person = PersonId(row.subject.partition(".p.")[2])
    return ping_card(scene, person=person, attempt=step_of(row.ordinal))


def _mention(row: Outgoing, scene: Scene) -> Card | None:
    return mention_card(scene, people=[PersonId(p) for p in row.text.split(",")])


def _draft(row: Outgoing, scene: Scene) -> Card | None:
    """In a person's own channel each revision is a message of its own; the older ones point to the newest."""
    draft = scene.crisis.draft(_part(row.subject, "d"))
    if row.ordinal and row.ordinal != draft.current.number:
        return replaced_card(scene, draft=draft, revision=row.ordinal)
    return draft_card(scene, draft=draft)


def _decision_nudge(row: Outgoing, scene: Scene) -> Card | None:
    draft = scene.crisis.draft(_part(row.subject, "d"))
    return decision_nudge_card(scene, draft=draft, step=row.ordinal)


def _reread(row: Outgoing, scene: Scene) -> Card | None:
    return reread_card(scene, draft=scene.crisis.draft(_part(row.subject, "d")))


def _advice(row: Outgoing, scene: Scene) -> Card | None:
    return advice_card(scene, asked=find_advice(scene.crisis, _part(row.subject, "a")))


def _advice_nudge(row: Outgoing, scene: Scene) -> Card | None:
    asked = find_advice(scene.crisis, _part(row.subject, "a"))
    return advice_nudge_card(scene, asked=asked, step=row.ordinal)


def _trouble(row: Outgoing, scene: Scene) -> Card | None:
    match from_text(row.text):
        case DeliveryFailed(what=what, code=code, person=person, platform=platform):
            made = room_made_card(scene, platform) if what == Task.CREATE_ROOM else None
            return made or trouble_card(scene, what=what, code=code, person=person)
        case RoomCreated(lesser=code):
            return lesser_room_card(scene, code=code)
        case InvitationFailed(code=code, person=person):
            return trouble_card(scene, what=Task.INVITE, code=code, person=person)
        case _:
            return None


def _news(row: Outgoing, scene: Scene) -> Card | None:
    return news_card(scene, event=from_text(row.text))


def _follow_up(row: Outgoing, scene: Scene) -> Card | None:
    reminder = _reminder(scene, ReminderKind.FOLLOW_UP, row.subject, _part(row.subject, "f"))
    return follow_up_card(scene.about(member_in(row.subject)), reminder=reminder) if reminder else None


def _follow_up_nudge(row: Outgoing, scene: Scene) -> Card | None:
    reminder = _reminder(scene, ReminderKind.FOLLOW_UP, row.subject, _part(row.subject, "f"))
    step, scene = (row.ordinal - 1) % 3 + 1, scene.about(member_in(row.subject))
    return follow_up_nudge_card(scene, reminder=reminder, step=step) if reminder else None


def _personal(row: Outgoing, scene: Scene) -> Card | None:
    reminder = _reminder(scene, ReminderKind.PERSONAL, row.subject, row.ordinal)
    return reminder_card(scene, reminder=reminder) if reminder else None


def _client(row: Outgoing, scene: Scene) -> Card | None:
    return client_card(scene, told_for=row.subject.rpartition(".c.")[2])


def notice_of(row: Outgoing, uow: UnitOfWork, guide: Guide, *, now: datetime) -> Email | None:
    """A card as an e-mail to a person of the plan; None for somebody without an address."""
    person = guide.plan.people.get(row.place.person) if isinstance(row.place, DirectPlace) else None
    card = card_of(row, uow, guide, now=now)
    if person is None or not person.email or card is None:
        return None
    told = [card.title, *(block.text for block in card.blocks if isinstance(block, Text))]
    return Email(
        to=person.email,
        subject=card.summary,
        text="\n\n".join(told) + "\n",
        token=sha256(f"{row.id}.{row.subject}".encode()).hexdigest()[:TOKEN_LENGTH],
        locale=guide.translator_for(person.id).locale,
        at=now,
    )


VIEWS: Mapping[CardKind, Callable[[Outgoing, Scene], Card | None]] = MappingProxyType(
    {
        CardKind.BRIEF: lambda _row, scene: brief_card(scene),
        CardKind.EMERGENCY: lambda _row, scene: emergency_card(scene),
        CardKind.EMERGENCY_NUDGE: lambda _row, scene: emergency_nudge_card(scene),
        CardKind.CALL_OUTCOME: lambda _row, scene: after_call.outcome_card(scene),
        CardKind.SUPPORT: lambda _row, scene: after_call.support_card(scene),
        CardKind.PING: _ping,
        CardKind.MENTION: _mention,
        CardKind.GUEST: lambda row, scene: guest_card(scene, row.subject),
        CardKind.OPENED: lambda _row, scene: opened_card(scene),
        CardKind.TROUBLE: _trouble,
        CardKind.DRAFT: _draft,
        CardKind.DECISION_NUDGE: _decision_nudge,
        CardKind.REREAD: _reread,
        CardKind.ADVICE: _advice,
        CardKind.ADVICE_NUDGE: _advice_nudge,
        CardKind.CONTACTS: lambda row, scene: contacts_card(scene, step=row.ordinal),
        CardKind.FOLLOW_UP: _follow_up,
        CardKind.FOLLOW_UP_NUDGE: _follow_up_nudge,
        CardKind.REMINDER: _personal,
        CardKind.NEWS: _news,
        CardKind.CLIENT: _client,
        CardKind.CLIENT_MAIL: _client,
        CardKind.RELIEF: lambda _row, scene: relief_card(scene),
    }
)


def _alert(row: Outgoing, uow: UnitOfWork, guide: Guide, now: datetime) -> Card | None:
    alert = uow.alerts.get(row.subject)
    if alert is None or not isinstance(row.place, DirectPlace):
        return None
    return alert_card(alert, guide=guide, reader=row.place.person, step=row.ordinal, now=now)


def _waiting(row: Outgoing, uow: UnitOfWork, guide: Guide, now: datetime) -> Card | None:
    """Nothing to say while one message says it all."""
    if not isinstance(row.place, DirectPlace):
        return None
    person = row.place.person
    waiting = waiting_for(uow, guide.at(now, uow.absences.at), person, now=now)
    if row.message is None and waiting.things < SEVERAL:
        return None
    draw = partial(scene_for, uow=uow, guide=guide, now=now, platform=row.platform, reader=person)
    entries = [(draw(crisis), found) for crisis, found in waiting.crises]
    return waiting_card(entries, guide.translator_for(person), alerts=waiting.alerts, more=waiting.more)


def _digest(row: Outgoing, uow: UnitOfWork, guide: Guide, now: datetime) -> Card | None:
    if not isinstance(row.place, DirectPlace):
        return None
    person = row.place.person
    planned, since = read_text(row.text)
    today = date.fromordinal(row.ordinal)
    communities = [c.id for c in guide.plan.communities_of(person, Role.MANAGER)]
    ids = ids_of(guide.plan, person, Role.MANAGER)
    crises = uow.crises.of(ids, closed_since=now - WATCHED_FOR)
    page = DigestInput(
        person=person,
        at=planned,
        now=now,
        communities=communities,
        crises=[(crisis, uow.reminders.of(crisis.id)) for crisis in crises],
        missed_days=[date.fromordinal(day) for day in range(since.toordinal(), today.toordinal())],
        late_because_down=row.at - planned > LATE,
    )
    return digest_card(page, guide=guide.at(now, uow.absences.at), platform=row.platform)


def _handover(row: Outgoing, uow: UnitOfWork, guide: Guide, now: datetime) -> Card | None:
    if not isinstance(row.place, DirectPlace) or row.place.person not in guide.plan.people:
        return None
    reader = row.place.person
    giver, taker, offered = row.subject.split(">")
    handover = handover_of(
        uow,
        guide,
        giver=PersonId(giver),
        taker=PersonId(taker),
        offered=int(offered),
        reader=reader,
        now=now,
        scene=lambda crisis: scene_for(crisis, uow, guide, now=now, platform=row.platform, reader=reader),
    )
    return handover_card(handover, reader=reader, guide=guide, _=guide.translator_for(reader))


def _part(subject: str, letter: str) -> int:
    """The number of a part named in a subject: the 2 of `….d2.r1`."""
    return next(int(part[1:]) for part in subject.split(".")[1:] if part[0] == letter)


def _reminder(scene: Scene, kind: ReminderKind, subject: str, ordinal: int) -> Reminder | None:
    keys = (kind, subject, ordinal)
    return next((r for r in scene.reminders if (r.kind, r.subject, r.ordinal) == keys), None)
