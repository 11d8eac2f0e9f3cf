"""Forms that open a crisis, complete it, judge it and end it."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import Action, ChoiceField, Form, Text, TextField, Tone
from bot.domain import sending
from bot.domain.categories import FirstChoice, first_choice_name
from bot.domain.crisis import Member
from bot.domain.ids import FIRST
from bot.domain.proposal import level_held
from bot.domain.roster import Role, role_name
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.domain.watch import needs_two_to_close
from bot.domain.wave import may_concern_nobody
from bot.texts import N_, Translator
from bot.views.brief import AGES
from bot.views.lines import routes
from bot.views.message import STANDINGS
from bot.views.now import level_in_force
from bot.views.scene import Scene

SEVERITIES = {
    4: N_("4 · a life or a safety is in danger"),
    3: N_("3 · serious, or nobody knows yet"),
    2: N_("2 · must be answered today"),
    1: N_("1 · slight"),
}


MEMBER, NOBODY = "member", "nobody"
"""Who is behind a crisis that may concern no member."""

LONGEST_MESSAGE = 40_000
"""Characters: what Slack takes in one message. One of its forms takes 3,000 (`adapters/slack/forms.py`)."""


def open_form(
    *, communities: Sequence[tuple[str, str]], text: str, link: str, _: Translator, kept: str = ""
) -> Form:
    """The least one can say. `communities` are pairs of an id and a name; one alone is not asked.

    `kept` names the answer that holds the text whole: a platform may show only its beginning.
    """
    unknown = _("Leave it empty if nobody knows yet: only people who belong to all of them are called.")
    community = ChoiceField("community", _("Which community?"), tuple(communities), hint=unknown)
    return Form(
        action=Action(Verb.OPEN, kept),
        title=_("Open a crisis"),
        submit=_("Open now"),
        cancel=_("Cancel"),
        intro=(Text(_("Give the message or a link to it. The rest can wait.")),),
        fields=(
            ChoiceField(
                "first_choice",
                _("What is it?"),
                tuple((choice.value, first_choice_name(choice, _)) for choice in FirstChoice),
                required=True,
                wide=True,
            ),
            TextField(
                "text", _("The message, copied"), value=text, multiline=True, max_length=LONGEST_MESSAGE
            ),
            TextField("link", _("Or a link to it"), value=link, max_length=2000),
            TextField("handle", _("The member's pseudonym"), max_length=200),
            *([community] if len(communities) > 1 else []),
        ),
    )


def complete_form(scene: Scene) -> Form:
    """What is known by now of the member, the message and the danger; every field may stay empty."""
    _ = scene._
    return Form(
        action=Action(Verb.COMPLETE, member_subject(scene.crisis, scene.who)),
        title=_("What we know"),
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(
            *_concerns_field(scene),
            *_member_fields(scene),
            *_message_fields(scene),
            *(() if scene.who != FIRST else (*_danger_fields(scene), *_community_field(scene))),
        ),
    )


def _community_field(scene: Scene) -> tuple[ChoiceField, ...]:
    """For somebody of several communities: it may have been opened under the wrong one."""
    _, reader = scene._, scene.reader
    mine = scene.guide.plan.communities_of(reader) if reader else ()
    if len(mine) < 2:  # noqa: PLR2004  (nothing to choose)
        return ()
    hint = _("If it is another, those who are only of the first are taken out of the room.")
    options = tuple((community.id, community.name) for community in mine)
    now = scene.crisis.community
    value = now if now in scene.guide.plan.communities else ""
    return (ChoiceField("community", _("Community"), options, value=value, hint=hint),)


def _concerns_field(scene: Scene) -> tuple[ChoiceField, ...]:
    """A leak or a rumour may come from nobody of the community; a word of distress never does."""
    crisis, _ = scene.crisis, scene._
    danger = scene.guide.category(crisis).first_choice is FirstChoice.SOMEONE_IN_DANGER
    if danger or not may_concern_nobody(crisis):
        return ()
    options = (
        (MEMBER, _("a member of the community")),
        (NOBODY, _("nobody in it: the press, a leak, a rumour")),
    )
    value = MEMBER if crisis.members else NOBODY
    hint = _("Without a member the reply is public only, and there are no follow-ups.")
    return (ChoiceField("concerns", _("Who is behind it?"), options, value=value, hint=hint, wide=True),)


def _member_fields(scene: Scene) -> tuple[TextField | ChoiceField, ...]:
    _ = scene._
    member = scene.member or Member(id="")
    ages = tuple((age.value, _(label)) for age, label in AGES.items())
    return (
        TextField("handle", _("The member's pseudonym"), value=member.handle, max_length=200),
        TextField(
            "platform",
            _("Where do they write?"),
            value=member.platform,
            hint=_("Site or network, or a link to the message"),
            max_length=2000,
        ),
        ChoiceField("age", _("Age, if they said it"), ages, value=member.age.value),
        TextField(
            "country",
            _("Country of the member"),
            value=member.country,
            hint=_("Two letters, for example FR, BE, CA. Empty if nobody knows"),
            max_length=5,
        ),
    )


def _message_fields(scene: Scene) -> tuple[TextField | ChoiceField, ...]:
    message, _ = scene.message, scene._
    if message is None:
        return ()
    written = _typed(scene, message.written_at) if message.written_at else ""
    text = TextField("text", _("The message, copied"), multiline=True, max_length=LONGEST_MESSAGE)
    standings = tuple((standing.value, _(label)) for standing, label in STANDINGS.items())
    return (
        *(() if message.text else (text,)),
        ChoiceField("standing", _("Where does the message stand?"), standings, value=message.standing.value),
        TextField(
            "written_at",
            _("When was it written?"),
            value=written,
            hint=_("For example: 02:41"),
            max_length=100,
        ),
    )


def _typed(scene: Scene, at: datetime) -> str:
    """An hour as it can be read back (`bot/domain/past.py`): `02:41`, with its date when it is not today."""
    local, today = at.astimezone(scene.zone), scene.now.astimezone(scene.zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def _danger_fields(scene: Scene) -> tuple[TextField | ChoiceField, ...]:
    crisis, _ = scene.crisis, scene._
    categories = tuple((c.id, c.label.in_(_.locale)) for c in scene.guide.categories.values())
    levels = tuple(
        (level.value, f"{level} · {facts.label.in_(_.locale)}") for level, facts in scene.guide.levels.items()
    )
    return (
        ChoiceField("category", _("What is it?"), categories, value=crisis.category),
        ChoiceField(
            "level",
            _("Level of distress"),
            levels,
            value=crisis.level.value if crisis.level else "",
            hint=_("A working mark, not a diagnosis. If you hesitate between two, take the graver."),
        ),
        TextField("level_reason", _("Why, if you lower it"), max_length=500),
    )


def severity_form(scene: Scene) -> Form:
    """How grave it is; lowering needs a reason, at D4 and D5 two people."""
    crisis, _ = scene.crisis, scene._
    held = level_held(crisis)
    grave = held is not None and held.is_grave
    two = Text(_("At this level two people must ask to lower it, each with a reason."))
    return Form(
        action=Action(Verb.SEVERITY, crisis.id),
        title=_("Severity"),
        submit=_("Record"),
        cancel=_("Cancel"),
        intro=(two,) if grave else (),
        fields=(
            ChoiceField(
                "severity",
                _("How grave is it?"),
                tuple((str(number), _(label)) for number, label in SEVERITIES.items()),
                value=str(crisis.severity),
                required=True,
                wide=True,
            ),
            TextField("reason", _("Why, if you lower it"), multiline=True, max_length=500),
        ),
    )


def role_form(scene: Scene) -> Form:
    """Name somebody of the community for a role in this crisis; they are called at once."""
    _ = scene._
    community = scene.guide.community(scene.crisis)
    people = sorted({person for holders in community.roles.values() for person in holders})
    known = scene.guide.plan.people
    return Form(
        action=Action(Verb.ROLE, scene.crisis.id),
        title=_("Name somebody"),
        submit=_("Call them"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField(
                "role", _("As what?"), tuple((r.value, role_name(r, _)) for r in Role), required=True
            ),
            ChoiceField("person", _("Whom?"), tuple((p, known[p].name) for p in people), required=True),
        ),
    )


def note_form(scene: Scene) -> Form:
    """A line for the log."""
    _ = scene._
    return Form(
        action=Action(Verb.NOTE, scene.crisis.id),
        title=_("Write a note"),
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(
            TextField(
                "text",
                _("What happened?"),
                hint=_(
                    "It goes into the log, with your name and the hour. Without the member's name or words."
                ),
                required=True,
                multiline=True,
            ),
        ),
    )


def close_form(scene: Scene) -> Form:
    """Why it ends; and why all the same, while a reply that was released has not gone."""
    _ = scene._
    waiting = sending.waiting(scene.crisis)
    fields = [
        TextField(
            "reason", _("Why does it end?"), required=True, multiline=True, hint=_("Answered, false alarm…")
        )
    ]
    intro = [*_takes_two(scene), Text(_("The follow-ups of the member go on after closing."))]
    if waiting:
        told = _("The reply has not gone by {routes} yet.", routes=routes((d.route for d in waiting), _))
        intro.insert(0, Text(told, Tone.ALERT))
        fields.append(
            TextField("despite_waiting", _("Why close all the same?"), required=True, multiline=True)
        )
    return Form(
        action=Action(Verb.CLOSE, scene.crisis.id),
        title=_("Close the crisis"),
        submit=_("Close the crisis"),
        cancel=_("Cancel"),
        intro=tuple(intro),
        fields=tuple(fields),
    )


def _takes_two(scene: Scene) -> tuple[Text, ...]:
    """Said before anybody types."""
    _ = scene._
    if not needs_two_to_close(scene.crisis, level_in_force(scene)):
        return ()
    if scene.crisis.reaching.stands:
        told = _("No way to the member is known: at this level a second person must ask for the same.")
    else:
        told = _("The member does not answer: at this level a second person must ask for the same.")
    return (Text(told, Tone.ALERT),)
