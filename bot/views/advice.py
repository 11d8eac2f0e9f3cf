"""Questions to experts before a reply is written."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Block, Card, ChoiceField, Form, Quote, Style, Text, TextField, Tone
from bot.domain import advice
from bot.domain.advice import Advice
from bot.domain.ids import PersonId
from bot.domain.roster import Role, role_name
from bot.domain.states import CrisisStatus
from bot.domain.subjects import advice_subject
from bot.domain.verbs import Verb
from bot.views.buttons import button
from bot.views.lines import drill_notice, names, summary, title, when
from bot.views.scene import Scene

DEPUTIES, MANAGERS = 2, 3
"""Steps of a question that nobody answers."""

LONGEST = 1000
"""Characters of a question, and of what an expert says."""


def advice_card(scene: Scene, *, asked: Advice) -> Card:
    """The question, and once it is there what the expert says."""
    _ = scene._
    blocks: tuple[Block, ...] = (
        *drill_notice(scene),
        Text(_asked(scene, asked), Tone.STRONG),
        Quote(asked.question, label=_("The question")),
    )
    what = _("an expert is asked")
    if asked.given_at is not None:
        what = _("an expert has answered")
        label = _(
            "{name} answered {when}", name=scene.guide.name(asked.given_by), when=when(scene, asked.given_at)
        )
        blocks += (Quote(asked.said, label=label),)
    elif scene.crisis.status is not CrisisStatus.CLOSED:
        give = button(Verb.ADVISE, advice_subject(scene.crisis, asked.number), _, style=Style.PRIMARY)
        blocks += (Actions((give,)),)
    head = _("question to: {role}", role=role_name(asked.role, _))
    return Card(summary=summary(scene, what), title=title(scene, head), blocks=blocks)


def advice_nudge_card(scene: Scene, *, asked: Advice, step: int) -> Card:
    """Says again that a question waits; `step` says how far it went."""
    _ = scene._
    card = advice_card(scene, asked=asked)
    if asked.given_at is not None or scene.crisis.status is CrisisStatus.CLOSED:
        return card
    told = _("This question still waits for an answer.")
    if step >= MANAGERS:
        told += " " + _("The managers are told too.")
    elif step >= DEPUTIES:
        told += " " + _("The deputies are called too.")
    return Card(
        summary=summary(scene, _("a question still waits")),
        title=card.title,
        blocks=(Text(told, Tone.STRONG), *card.blocks),
        tone=Tone.ALERT,
    )


def ask_form(scene: Scene) -> Form:
    """Whom, and what."""
    _ = scene._
    roles = tuple((role.value, role_name(role, _)) for role in Role)
    return Form(
        action=Action(Verb.ASK, scene.crisis.id),
        title=_("Ask an expert"),
        submit=_("Ask"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField("role", _("Whom, as what?"), roles, value=Role.LAWYER.value, required=True),
            TextField(
                "text",
                _("The question"),
                hint=_("One question, short: the answer comes sooner."),
                required=True,
                multiline=True,
                max_length=LONGEST,
            ),
        ),
    )


def advise_form(scene: Scene, asked: Advice) -> Form:
    """What the expert says."""
    _ = scene._
    return Form(
        action=Action(Verb.ADVISE, advice_subject(scene.crisis, asked.number)),
        title=_("Answer the question"),
        submit=_("Answer"),
        cancel=_("Cancel"),
        intro=(Quote(asked.question, label=_("The question")),),
        fields=(TextField("text", _("Your answer"), required=True, multiline=True, max_length=LONGEST),),
    )


def _asked(scene: Scene, asked: Advice) -> str:
    _ = scene._
    asker = scene.guide.name(asked.asked_by)
    told = _("{name} asks {when}, before a reply is written.", name=asker, when=when(scene, asked.asked_at))
    people = advice.awaited(scene.crisis, asked)
    if asked.given_at is not None or scene.crisis.status is CrisisStatus.CLOSED:
        return told
    return " ".join((told, _whose_answer(scene, people)))


def _whose_answer(scene: Scene, people: Sequence[PersonId]) -> str:
    _ = scene._
    if scene.reader in people:
        return _("Your answer is asked.")
    if not people:
        return _("Nobody who was asked can answer: name somebody.")
    return _("An answer is asked of: {names}.", names=names(scene, people))
