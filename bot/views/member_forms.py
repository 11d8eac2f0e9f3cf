"""Forms about another message or member, and about one who gets no reply."""

from bot.cards import Action, ChoiceField, Form, Text, TextField
from bot.domain.states import Standing
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.domain.wave import OWN_FROM
from bot.views.course import LONGEST_MESSAGE
from bot.views.lines import drill_notice
from bot.views.members import options
from bot.views.message import STANDINGS
from bot.views.scene import Scene

ANOTHER = "another"

LONGEST_SHOWN = 2_900
"""Characters of a text that every platform's form shows whole: words that are cut would be kept cut."""


def excuse_form(scene: Scene) -> Form:
    """Why this member gets no reply."""
    _ = scene._
    return Form(
        action=Action(Verb.EXCUSE_MEMBER, member_subject(scene.crisis, scene.who)),
        title=_("No reply to this member"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(Text(_("The follow-ups of this member end, too.")),),
        fields=(
            TextField(
                "reason",
                _("Why?"),
                hint=_("For example: they took their message back. Without the member's name or words"),
                required=True,
                max_length=500,
            ),
        ),
    )


def add_form(scene: Scene, *, text: str = "") -> Form:
    """Another message of a member, or another member."""
    _ = scene._
    told = _("Give the message or a link to it. The rest can wait.")
    if len(text) > LONGEST_SHOWN:
        text, told = "", _("What was typed is longer than a form shows: paste it here, in parts if need be.")
    own = _("From D2 on whoever joins a wave gets a crisis of their own, opened at once.")
    return Form(
        action=Action(Verb.ADD, scene.crisis.id),
        title=_("Add message or member"),
        submit=_("Add"),
        cancel=_("Cancel"),
        intro=(*drill_notice(scene), Text(told)),
        fields=(
            ChoiceField(
                "member",
                _("Who wrote it?"),
                ((ANOTHER, _("another member")), *options(scene)),
                value=ANOTHER,
                required=True,
            ),
            TextField("text", _("The message, copied"), text, multiline=True, max_length=LONGEST_MESSAGE),
            TextField("link", _("Or a link to it"), max_length=2000),
            TextField("handle", _("The member's pseudonym"), max_length=200),
            TextField("platform", _("Where do they write?"), max_length=2000),
            ChoiceField(
                "standing",
                _("Where does the message stand?"),
                tuple((standing.value, _(label)) for standing, label in STANDINGS.items()),
                value=Standing.UNKNOWN.value,
            ),
            ChoiceField(
                "level",
                _("Level of distress, from D2 on"),
                tuple(
                    (level.value, f"{level} · {facts.label.in_(_.locale)}")
                    for level, facts in scene.guide.levels.items()
                    if level >= OWN_FROM
                ),
                hint=own,
            ),
        ),
    )
