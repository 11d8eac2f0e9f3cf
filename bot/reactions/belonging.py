"""Whose crisis it is changes: the wrong people leave the rooms, and their data protection officer is told."""

from bot.domain.events import CommunityChanged
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.domain.subjects import draft_subject, ping_subject
from bot.reactions import client, clocks, watching
from bot.reactions.effects import After, Cancel, Effect, Refresh, Send, moment, removal
from bot.reactions.texts import as_text
from bot.store import CardKind, Outgoing, Task


def community_changed(event: CommunityChanged, after: After) -> list[Effect]:
    """Out first; then clocks, drafts and cards stand as for the other community."""
    crisis = after.crisis
    effects: list[Effect] = [removal(after, place, event.removed) for place in after.rooms() if event.removed]
    for person in event.removed:
        subject = ping_subject(crisis, person)
        effects += [Cancel(ReminderKind.TAKE_UP, subject), Refresh(CardKind.PING, subject)]
    drafts = [Refresh(CardKind.DRAFT, draft_subject(crisis, draft.number)) for draft in crisis.drafts]
    shown = [Refresh(kind, crisis.id) for kind in (CardKind.OPENED, CardKind.EMERGENCY)]
    return [
        *effects,
        *_rename(after),
        *_tell(event, after),
        *clocks.schedule(after),
        *client.moved(after, event.before),
        *watching.schedule(after),
        *drafts,
        *shown,
    ]


def _rename(after: After) -> list[Effect]:
    """The names of rooms end in the community's code."""
    crisis = after.crisis
    return [
        Send(
            Outgoing(
                id=0,
                task=Task.RENAME,
                platform=place.platform,
                subject=crisis.id,
                crisis=crisis.id,
                lane=f"room:{crisis.id}:{place.platform}",
                at=after.now,
            )
        )
        for place in after.rooms()
    ]


def _tell(event: CommunityChanged, after: After) -> list[Effect]:
    """The data protection officer of the community whose case it never was."""
    wrong = after.guide.plan.communities.get(event.before)
    officers = wrong.holders(Role.DPO) if wrong else ()
    subject, text = f"{after.crisis.id}.n.{event.kind}", as_text(event)
    return [
        after.card(CardKind.NEWS, subject, after.direct(person), ordinal=moment(event), text=text)
        for person in officers
    ]
