"""The public's questions that nobody has answered yet."""

from bot.cards import Action, ChecksField, Form, Text, TextField
from bot.domain.questions import unanswered
from bot.domain.verbs import Verb
from bot.domain.wording import cut
from bot.views.acts import where
from bot.views.lines import when
from bot.views.scene import Scene

SHORT = 60
"""Characters of a question beside its box; the whole stands above."""


def questions_form(scene: Scene) -> Form:
    """What waits, whole and with its hour; a box for each, and a field for a new one."""
    _, waiting = scene._, unanswered(scene.crisis)
    listed = [
        Text(
            _(
                "{n}. {question} ({when}, {name})",
                n=q.number,
                question=q.text,
                when=when(scene, q.kept_at),
                name=scene.guide.name(q.kept_by),
            )
        )
        for q in waiting
    ]
    boxes = ChecksField(
        "answered",
        _("Which have their answer now?"),
        tuple((str(q.number), f"{q.number}. {cut(q.text, SHORT)[0]}") for q in waiting),
    )
    return Form(
        action=Action(Verb.QUESTIONS, scene.crisis.id),
        title=_("Public questions"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=tuple(listed) or (Text(_("No public question waits for an answer.")),),
        fields=(
            *((boxes,) if waiting else ()),
            TextField(
                "text",
                _("Another question of the public"),
                hint=_("In your words, without anybody's name. The cell reads it."),
                multiline=True,
                max_length=500,
            ),
        ),
    )


def questions_line(scene: Scene) -> str:
    """How many wait, and where they stand; empty when none does."""
    waiting = len(unanswered(scene.crisis))
    if not waiting:
        return ""
    return scene._("{n} without an answer: {button}", n=waiting, button=where(scene, Verb.QUESTIONS))
