"""A reply that somebody would rather not send at all."""

from bot.cards import Block, Button, Style, Text, Tone
from bot.domain import no_answer
from bot.domain.drafts import Draft
from bot.domain.subjects import draft_subject
from bot.domain.verbs import Verb
from bot.views.buttons import button
from bot.views.draft_parts import decisions, quoted, reason_of, revise_button
from bot.views.lines import names, roles
from bot.views.now import nobody_agrees
from bot.views.scene import Scene


def asked_blocks(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    """Who wants no answer and why, and whose agreement is missing."""
    _ = scene._
    wish = no_answer.first_wish(draft)
    asked = _(
        "{name} asks not to answer: {reason}",
        name=scene.guide.name(wish.person),
        reason=reason_of(scene, draft, wish),
    )
    return (
        Text(asked, Tone.STRONG),
        Text(_whose_agreement(scene, draft), Tone.STRONG),
        quoted(scene, draft),
        *decisions(scene, draft),
    )


def decided_blocks(scene: Scene, draft: Draft) -> tuple[Block, ...]:
    """The end of a reply that was not sent."""
    _ = scene._
    wish = no_answer.first_wish(draft)
    who = names(scene, (d.person for d in no_answer.wishes(draft)))
    told = _(
        "It was decided not to answer ({names}): {reason}", names=who, reason=reason_of(scene, draft, wish)
    )
    return (
        Text(told, Tone.STRONG),
        Text(_("The follow-ups of the member go on.")),
        quoted(scene, draft),
    )


def agreeing_buttons(scene: Scene, draft: Draft) -> tuple[Button, ...]:
    """Agree, or answer all the same; where nobody is left to agree, name somebody."""
    _, subject, revision = scene._, draft_subject(scene.crisis, draft.number), draft.current.number
    name = (button(Verb.ROLE, scene.crisis.id, _),) if nobody_agrees(scene, draft) else ()
    return (
        button(Verb.NO_ANSWER, subject, _, style=Style.PRIMARY, revision=revision),
        button(Verb.ANSWER_AFTER_ALL, subject, _, revision=revision),
        revise_button(scene, draft),
        *name,
    )


def _whose_agreement(scene: Scene, draft: Draft) -> str:
    _ = scene._
    if empty := nobody_agrees(scene, draft):
        return _("Nobody is left to agree as {roles}: a manager may name somebody.", roles=roles(empty, _))
    awaited = scene.guide.awaited(scene.crisis, draft, scene.now)
    if scene.reader in awaited:
        return _("Your agreement is asked, or say that we answer all the same.")
    return _("An agreement is asked of: {names}.", names=names(scene, awaited))
