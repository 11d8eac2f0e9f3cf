"""What waits for one person, in all their crises: one direct message, kept current."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.cards import MAX_BUTTONS, Actions, Card, Text, Tone
from bot.domain import advice, cell, sending
from bot.domain.crisis import Crisis
from bot.domain.ids import PersonId
from bot.domain.states import CrisisStatus, DraftStatus
from bot.guide import Guide
from bot.texts import N_, Translator
from bot.views.answers import MAX_LISTED, numbered_link
from bot.views.lines import title
from bot.views.scene import Scene


class Wait(StrEnum):
    """What a crisis wants of one person, the most urgent first."""

    CALL = "call"
    ANSWER = "answer"
    DECISION = "decision"
    ADVICE = "advice"
    SENDING = "sending"


WAITS = {
    Wait.CALL: N_("note your call for help"),
    Wait.ANSWER: N_("say whether you come"),
    Wait.DECISION: N_("read a reply and decide"),
    Wait.ADVICE: N_("answer a question"),
    Wait.SENDING: N_("send the reply"),
}


def waits(guide: Guide, crisis: Crisis, person: PersonId, *, now: datetime) -> tuple[Wait, ...]:
    """What this person, or they among others, is waited for now."""
    rule = guide.rule(crisis, now)
    declared = crisis.emergency
    found = []
    if declared is not None and not declared.settled and declared.declared_by == person:
        found.append(Wait.CALL)
    if crisis.status is CrisisStatus.CLOSED:
        return tuple(found)
    if cell.silent(crisis, person):
        found.append(Wait.ANSWER)
    if any(person in guide.awaited(crisis, draft, now) for draft in crisis.drafts):
        found.append(Wait.DECISION)
    if any(person in advice.awaited(crisis, asked) for asked in crisis.advice):
        found.append(Wait.ADVICE)
    to_send = bool(sending.waiting(crisis)) or any(d.status is DraftStatus.APPROVED for d in crisis.drafts)
    if to_send and rule.release in cell.roles_of(crisis, person):
        found.append(Wait.SENDING)
    return tuple(found)


def waiting_card(scenes: Sequence[Scene], _: Translator) -> Card:
    """The crises that wait for the reader of these scenes, the gravest and oldest first."""
    head = _("What waits for you")
    if not scenes:
        thanks = Text(_("Nothing waits for you any more. Thank you."))
        return Card(summary=_("Cellule: nothing waits for you"), title=head, blocks=(thanks,))
    rank = sorted(scenes, key=lambda scene: (-scene.crisis.severity, scene.crisis.opened_at))
    lines = [Text(_line(scene), Tone.STRONG) for scene in rank[:MAX_LISTED]]
    if more := len(rank) - len(lines):
        lines.append(Text(_.n("and {n} more", "and {n} more", more), Tone.MUTED))
    links = tuple(link for scene in rank[:MAX_BUTTONS] for link in numbered_link(scene))
    return Card(
        summary=_.n("Cellule: {n} crisis waits for you", "Cellule: {n} crises wait for you", len(rank)),
        title=head,
        blocks=(*lines, Actions(links)),
    )


def _line(scene: Scene) -> str:
    found = waits(scene.guide, scene.crisis, scene.reader, now=scene.now) if scene.reader else ()
    asked = ", ".join(scene._(WAITS[wait]) for wait in found)
    return scene._("{title}: {what}", title=title(scene), what=asked)
