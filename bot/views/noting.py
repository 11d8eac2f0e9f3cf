"""What became of something: one answer of several, and a note for whoever comes next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from bot.cards import Action, ChoiceField, Form, TextField
from bot.views.scene import Scene

Outcome = TypeVar("Outcome", bound=StrEnum)


def noting_form(
    scene: Scene, *, action: Action, title: str, question: str, outcomes: Mapping[Outcome, str]
) -> Form:
    """`outcomes` are labels not translated yet."""
    _ = scene._
    return Form(
        action=action,
        title=title,
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField(
                "outcome",
                question,
                tuple((outcome.value, _(label)) for outcome, label in outcomes.items()),
                required=True,
                wide=True,
            ),
            TextField(
                "note",
                _("Anything the next one should know?"),
                hint=_("Without the member's name or words"),
                multiline=True,
            ),
        ),
    )
