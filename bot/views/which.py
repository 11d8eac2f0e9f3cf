"""Asking which of several crises a command means."""

from collections.abc import Sequence

from bot.cards import Action, ChoiceField, Form, Quote, Text
from bot.domain.verbs import Verb
from bot.texts import Translator
from bot.views.lines import when
from bot.views.scene import Scene


def which_form(scenes: Sequence[Scene], *, typed: str, kept: str, _: Translator) -> Form:
    """The gravest first, by their numbers. `kept` names the answer that holds what was typed whole."""
    ranked = sorted(scenes, key=lambda scene: (-scene.crisis.severity, scene.crisis.opened_at))
    return Form(
        action=Action(Verb.CHOOSE, kept),
        title=_("Which crisis?"),
        submit=_("Go on"),
        cancel=_("Cancel"),
        intro=(Text(_("Several crises are open.")), Quote(typed, label=_("You typed"))),
        fields=(
            ChoiceField(
                "crisis",
                _("Which one do you mean?"),
                tuple((scene.crisis.id, option(scene)) for scene in ranked),
                required=True,
                wide=True,
            ),
        ),
    )


def option(scene: Scene) -> str:
    """How a crisis is named in a choice."""
    crisis, _ = scene.crisis, scene._
    return _(
        "{number} · severity {severity} · opened {when}",
        number=crisis.number,
        severity=crisis.severity,
        when=when(scene, crisis.opened_at),
    )
