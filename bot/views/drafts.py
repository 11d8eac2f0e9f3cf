"""A reply on its way, and the decisions on its text."""

from bot.cards import MAX_BUTTONS, Action, Actions, Block, Button, Card, Style, Text, Tone
from bot.checking import Check
from bot.domain import review
from bot.domain.approvals import missing
from bot.domain.drafts import Draft
from bot.domain.ids import PersonId
from bot.domain.members import several
from bot.domain.states import CrisisStatus, DraftStatus, Verdict
from bot.domain.subjects import draft_subject
from bot.domain.verbs import Verb
from bot.texts import Translator
from bot.views.buttons import button
from bot.views.changes import changes_line
from bot.views.draft_parts import decisions, goes_by, quoted, reason_of, revise_button, withdraw_button
from bot.views.findings import check_of, findings_blocks, findings_buttons, stopped_buttons
from bot.views.lines import drill_notice, names, roles, summary, title, when
from bot.views.message import on_demand
from bot.views.no_answer import agreeing_buttons, asked_blocks, decided_blocks
from bot.views.releases import (
    approved_blocks,
    not_gone,
    release_buttons,
    released_blocks,
    released_word,
    sending_buttons,
    still_to_send,
)
from bot.views.scene import Scene
from bot.views.serious_news import held

DEPUTIES, MANAGERS = 2, 3
"""Steps of a decision that nobody takes: deputies are called, then the managers told."""

SENDING = frozenset({Verb.RELEASE, Verb.ADD_ROUTE, Verb.MAIL})
"""Nobody is offered these after serious news."""


def draft_card(scene: Scene, *, draft: Draft) -> Card:
    """The reply as it stands. Its whole text is always on the card: nobody approves what they cannot read."""
    scene, _ = scene.about(draft.member), scene._
    what, blocks, buttons = _parts(scene, draft)
    if scene.crisis.status is CrisisStatus.CLOSED:
        buttons = ()
    buttons = tuple(b for b in buttons if not (scene.crisis.silenced_at and b.action.verb in SENDING))
    return Card(
        summary=summary(scene, what),
        title=title(scene, _head(scene, draft)),
        blocks=(*drill_notice(scene), *held(scene), *blocks, *([Actions(buttons)] if buttons else [])),
    )


def _head(scene: Scene, draft: Draft) -> str:
    """Which reply, where the crisis has several."""
    _ = scene._
    author, revision = scene.guide.name(draft.author), draft.current.number
    if draft.is_first_message:
        return _("first message, sent by {name}", name=author)
    if draft.is_holding:
        return _("holding statement, revision {revision}, by {name}", revision=revision, name=author)
    if several(scene.crisis):
        told = _("reply {n}, revision {revision}, by {name}", n=draft.number, revision=revision, name=author)
        return _("{reply}, for {whom}", reply=told, whom=scene.named or _("everybody"))
    if len(scene.crisis.drafts) == 1:
        return _("reply, revision {revision}, by {name}", revision=revision, name=author)
    return _("reply {n}, revision {revision}, by {name}", n=draft.number, revision=revision, name=author)


def _parts(scene: Scene, draft: Draft) -> tuple[str, tuple[Block, ...], tuple[Button, ...]]:
    """The neutral word, what stands on the card, and its buttons."""
    _ = scene._
    match draft.status:
        case DraftStatus.IN_REVIEW:
            check = check_of(scene, draft)
            blocks, buttons = _in_review(scene, draft, check), _deciding(scene, draft, check)
            return _("a reply waits for a decision"), blocks, buttons
        case DraftStatus.REJECTED:
            again = revise_button(scene, draft, Style.PRIMARY)
            return _("a reply was rejected"), _rejected(scene, draft), (again,)
        case DraftStatus.NO_ANSWER_ASKED:
            return _("“do not answer” is asked"), asked_blocks(scene, draft), agreeing_buttons(scene, draft)
        case DraftStatus.NO_ANSWER:
            return _("no answer, by decision"), decided_blocks(scene, draft), ()
        case DraftStatus.APPROVED:
            check = check_of(scene, draft)
            blocks, buttons = approved_blocks(scene, draft, check), release_buttons(scene, draft, check)
            return _("a reply is approved"), blocks, buttons
        case DraftStatus.RELEASED:
            return released_word(scene, draft), released_blocks(scene, draft), sending_buttons(scene, draft)


def decision_nudge_card(scene: Scene, *, draft: Draft, step: int) -> Card:
    """Says again that a reply waits, for a decision (then `step` says how far it went) or for its sending."""
    _ = scene._
    what, told = _still(scene, draft, step)
    if not told or scene.crisis.status is CrisisStatus.CLOSED:
        thanks = Text(_("Settled, thank you: nothing more is asked of you here."))
        return Card(summary=summary(scene, _("settled")), title=title(scene), blocks=(thanks,))
    card = draft_card(scene, draft=draft)
    return Card(
        summary=summary(scene, what),
        title=card.title,
        blocks=(Text(told, Tone.STRONG), *card.blocks),
        tone=Tone.ALERT,
    )


def _still(scene: Scene, draft: Draft, step: int) -> tuple[str, str]:
    """What still waits; empty when nothing does."""
    _ = scene._
    if draft.status is DraftStatus.IN_REVIEW:
        told = _("This reply still waits for a decision.")
        if step >= MANAGERS:
            told += " " + _("The managers are told too.")
        elif step >= DEPUTIES:
            told += " " + _("The deputies are called too.")
        return _("a reply still waits for a decision"), told
    if draft.status is DraftStatus.NO_ANSWER_ASKED:
        return _("“do not answer” still waits"), _("“Do not answer” still waits for an agreement.")
    if draft.status is DraftStatus.APPROVED:
        return _("the approved reply is not sent yet"), _("Approved, and still not sent.")
    if draft.status is DraftStatus.RELEASED and still_to_send(scene, draft):
        return not_gone(scene, draft)
    return "", ""


def _in_review(scene: Scene, draft: Draft, check: Check) -> tuple[Block, ...]:
    crisis, guide, _ = scene.crisis, scene.guide, scene._
    rule = scene.rule
    empty = review.unfillable(crisis, draft, rule, lambda role: guide.chain(crisis, role))
    found, asked = findings_blocks(scene, draft, check), _asked(scene, draft)
    blocks: list[Block] = [Text(asked, Tone.STRONG), goes_by(scene, draft)]
    if check.stops(draft):
        blocks, found = [*found, Text(asked), goes_by(scene, draft)], ()
    if empty:
        nobody = _(
            "Nobody is left to approve as {roles}: a manager may name somebody.", roles=roles(empty, _)
        )
        blocks.append(Text(nobody, Tone.ALERT))
    if draft.current.number > 1:
        before, now = draft.revisions[-2:]
        blocks.append(Text(changes_line(before.text, now.text, old_revision=before.number, _=_)))
    return (*blocks, *found, quoted(scene, draft), *decisions(scene, draft))


def _asked(scene: Scene, draft: Draft) -> str:
    """Whose decision is needed, how many, and by when."""
    _ = scene._
    rule = scene.rule
    waiting = review.awaited(scene.crisis, draft, rule)
    lacking = missing(rule, draft.approved_roles)
    if scene.reader == draft.author:
        asked = _("You wrote this text: others decide.")
    elif scene.reader in waiting:
        asked = _("Your decision is asked.")
    elif waiting:
        asked = _("A decision is asked of: {names}.", names=names(scene, waiting))
    elif not lacking:
        asked = _("Everybody needed has approved.")
    else:
        asked = _("The next person is being called to read it.")
    parts = [asked, *_in_their_place(scene, draft)]
    if lacking.roles:
        parts.append(_("Needed: {roles}.", roles=roles(lacking.roles, _)))
    if lacking.count:
        parts.append(_how_many(lacking.count, _))
    if rule.after_half_the_delay and lacking:
        parts.append(_("Half of the time has passed: this is enough."))
    due = _due(scene, draft)
    if due:
        parts.append(due)
    return " ".join(parts)


def _in_their_place(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """Deputies who may decide without being called: whoever holds the role cannot."""
    guide, crisis, _ = scene.guide, scene.crisis, scene._
    lacking = missing(scene.rule, draft.approved_roles)
    found: dict[PersonId, None] = {}
    for role in (*lacking.roles, *lacking.any_of):
        chain = (p for p in guide.chain(crisis, role) if guide.stands_in(crisis, draft, role, p))
        found |= dict.fromkeys(p for p in chain if p != draft.author)
    if scene.reader in found:
        return (_("Whoever holds your role cannot decide now: you may."),)
    if not found:
        return ()
    told = _("Whoever holds the role cannot decide now: {names} may.", names=names(scene, tuple(found)))
    return (told,)


def _how_many(count: int, _: Translator) -> str:
    return _("One approval is enough.") if count == 1 else _("{n} approvals are needed.", n=count)


def _due(scene: Scene, draft: Draft) -> str:
    crisis, _ = scene.crisis, scene._
    if draft.promised_at:
        promised = when(scene, draft.promised_at)
        if scene.reader == draft.author:
            return _("The public waits. Next word promised {when}.", when=promised)
        return _("The public waits: decide now. Next word promised {when}.", when=promised)
    delay = scene.guide.terms(crisis).reply
    if delay is None:
        return ""
    due = (crisis.message.seen_at if crisis.message else crisis.opened_at) + delay
    if due < scene.now:
        return _("The reply is late: it was due {when}.", when=when(scene, due))
    return _("The reply is due {when}.", when=when(scene, due))


def _deciding(scene: Scene, draft: Draft, check: Check) -> tuple[Button, ...]:
    """Where one person alone reads the card, it offers no decision to its author, nor to who has decided."""
    crisis, guide, _ = scene.crisis, scene.guide, scene._
    subject, revision = draft_subject(scene.crisis, draft.number), draft.current.number
    approve = Button(
        _("Approve revision {revision}", revision=revision),
        Action(Verb.APPROVE, subject, revision),
        Style.PRIMARY,
    )
    decided = scene.reader == draft.author or scene.reader in {d.person for d in draft.verdicts}
    decide = () if decided else (approve, button(Verb.REJECT, subject, _, revision=revision))
    empty = review.unfillable(crisis, draft, scene.rule, lambda role: guide.chain(crisis, role))
    name = (button(Verb.ROLE, crisis.id, _),) if empty else ()
    read = (button(Verb.READ_MESSAGE, crisis.id, _),) if on_demand(scene) else ()
    withdraw, found = withdraw_button(scene, draft), findings_buttons(scene, draft, check)
    if check.stops(draft):
        return stopped_buttons(scene, draft, check, *decide[1:], *withdraw, *name, *read)
    buttons = (*decide, *withdraw, revise_button(scene, draft), *name, *found, *read)
    return buttons[:MAX_BUTTONS]


def _rejected(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    _ = scene._
    reasons = [
        _(
            "Rejected by {name} ({roles}): {reason}",
            name=scene.guide.name(d.person),
            roles=roles(d.roles, _),
            reason=reason_of(scene, draft, d),
        )
        for d in draft.verdicts
        if d.verdict is Verdict.REJECTED
    ]
    todo = _("{name} corrects the text; a new revision is read anew.", name=scene.guide.name(draft.author))
    return (
        Text("\n".join(reasons), Tone.STRONG),
        Text(todo),
        quoted(scene, draft),
        *decisions(scene, draft),
    )
