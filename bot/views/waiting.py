"""What waits for one person, in all their crises: one direct message, kept current."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from bot.cards import MAX_BUTTONS, Actions, Card, Text, Tone
from bot.domain import advice, cell, contacts, handover, sending
from bot.domain.after_call import outcome_awaited
from bot.domain.crisis import Crisis
from bot.domain.first_message import to_reread
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus, DraftStatus, ReminderKind
from bot.guide import Guide
from bot.texts import N_, Translator
from bot.views.answers import MAX_LISTED, numbered_link
from bot.views.lines import title
from bot.views.scene import Scene


class Wait(StrEnum):
    """What a crisis wants of one person, the most urgent first."""

    CALL = "call"
    OUTCOME = "outcome"
    ANSWER = "answer"
    DECISION = "decision"
    ADVICE = "advice"
    CONTACTS = "contacts"
    SENDING = "sending"
    FOLLOW_UP = "follow_up"
    HANDOVER = "handover"
    REREADING = "rereading"
    REMINDER = "reminder"


WAITS = {
    Wait.CALL: N_("note the call for help"),
    Wait.OUTCOME: N_("ask what came of the call"),
    Wait.ANSWER: N_("say whether you come"),
    Wait.DECISION: N_("read a reply and decide"),
    Wait.ADVICE: N_("answer a question"),
    Wait.CONTACTS: N_("look for the member's contacts"),
    Wait.SENDING: N_("send the reply"),
    Wait.FOLLOW_UP: N_("see how the member is"),
    Wait.HANDOVER: N_("say whether you take over"),
    Wait.REREADING: N_("re-read the first message"),
    Wait.REMINDER: N_("look at your reminder"),
}


def waits(
    guide: Guide, crisis: Crisis, person: PersonId, *, now: datetime, due: Sequence[Reminder] = ()
) -> tuple[Wait, ...]:
    """What this person, or they among others, is waited for now. `due` are reminders that were said."""
    found = [*_whatever_its_state(guide, crisis, person, due)]
    if crisis.status is CrisisStatus.CLOSED:
        return tuple(found)
    if cell.silent(crisis, person):
        found.append(Wait.ANSWER)
    if any(person in guide.awaited(crisis, draft, now) for draft in crisis.drafts):
        found.append(Wait.DECISION)
    if any(person in advice.awaited(crisis, asked) for asked in crisis.advice):
        found.append(Wait.ADVICE)
    search = contacts.under_way(crisis)
    if search and search.step >= contacts.REMIND and contacts.searcher(crisis) == person:
        found.append(Wait.CONTACTS)
    to_send = bool(sending.waiting(crisis)) or any(d.status is DraftStatus.APPROVED for d in crisis.drafts)
    if to_send and guide.rule(crisis, now).release in cell.roles_of(crisis, person):
        found.append(Wait.SENDING)
    if person in handover.asked(crisis):
        found.append(Wait.HANDOVER)
    if _rereads(guide, crisis, person, now):
        found.append(Wait.REREADING)
    return tuple(sorted(found, key=list(Wait).index))


def _whatever_its_state(
    guide: Guide, crisis: Crisis, person: PersonId, due: Sequence[Reminder]
) -> Iterator[Wait]:
    """An open emergency and what came due wait in a closed crisis, too.

    A call that its caller did not note is asked of the whole cell from the second reminder on.
    """
    declared = crisis.emergency
    if declared is not None and not declared.settled:
        cell_asked = declared.reminded > 1 and bool(cell.roles_of(crisis, person))
        if cell_asked or declared.declared_by == person:
            yield Wait.CALL
    if _asks_for_the_outcome(crisis, person):
        yield Wait.OUTCOME
    kinds = {r.kind for r in due if r.kind is ReminderKind.FOLLOW_UP or r.owner == person}
    if ReminderKind.FOLLOW_UP in kinds and guide.follow_up_owner(crisis) == person:
        yield Wait.FOLLOW_UP
    if ReminderKind.PERSONAL in kinds:
        yield Wait.REMINDER


def _asks_for_the_outcome(crisis: Crisis, person: PersonId) -> bool:
    """Whoever called; from the second time on the whole cell."""
    called = outcome_awaited(crisis)
    if called is None or called.outcome_asked == 0:
        return False
    cell_asked = called.outcome_asked > 1 and bool(cell.roles_of(crisis, person))
    return cell_asked or called.calls[-1].by == person


def _rereads(guide: Guide, crisis: Crisis, person: PersonId, now: datetime) -> bool:
    """Whether the first message is to be read the morning after, by this person among others."""
    draft = to_reread(crisis)
    if draft is None or draft.released_at is None:
        return False
    if guide.community(crisis).next_morning(draft.released_at) > now:
        return False
    people = guide.rereaders(crisis, draft, now=now)
    return person in (people or guide.chain(crisis, Role.MANAGER))


def waiting_card(
    entries: Sequence[tuple[Scene, Sequence[Wait]]], _: Translator, *, alerts: int = 0, more: bool = False
) -> Card:
    """The crises that wait for the reader of these scenes, the gravest first; alerts before.

    `more`: there are others than these.
    """
    head = _("What waits for you")
    if not entries and not alerts:
        thanks = Text(_("Nothing waits for you any more. Thank you."))
        return Card(summary=_("Cellule: nothing waits for you"), title=head, blocks=(thanks,))
    lines = [Text(_line(scene, found), Tone.STRONG) for scene, found in entries[:MAX_LISTED]]
    if left := len(entries) - len(lines):
        others = _("and many more") if more else _.n("and {n} more", "and {n} more", left)
        lines.append(Text(others, Tone.MUTED))
    if alerts:
        told = _.n(
            "{n} alert to decide on, in this conversation.",
            "{n} alerts to decide on, in this conversation.",
            alerts,
        )
        lines.insert(0, Text(told, Tone.STRONG))
    links = tuple(link for scene, _found in entries[:MAX_BUTTONS] for link in numbered_link(scene))
    return Card(
        summary=_summary(sum(len(found) for _scene, found in entries) + alerts, _, more=more),
        title=head,
        blocks=(*lines, *([Actions(links)] if links else [])),
    )


def _summary(things: int, _: Translator, *, more: bool) -> str:
    if more:
        return _("Cellule: more than {n} things wait for you", n=things)
    return _.n("Cellule: {n} thing waits for you", "Cellule: {n} things wait for you", things)


def _line(scene: Scene, found: Sequence[Wait]) -> str:
    asked = ", ".join(scene._(WAITS[wait]) for wait in found)
    return scene._("{title}: {what}", title=title(scene), what=asked)
