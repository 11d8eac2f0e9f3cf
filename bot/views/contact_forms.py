"""Forms about how the member can be reached."""

from bot.cards import Action, ChoiceField, Form, Text, TextField
from bot.domain import contacts
from bot.domain.states import Confidence
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.views.contacts import CONFIDENCES, MEANS, SOURCES, means_and_mask, sources
from bot.views.lines import drill_notice
from bot.views.scene import Scene

LONGEST = 300
"""Characters of a contact; seven lines of an address are at most 272."""


def add_form(scene: Scene) -> Form:
    """What was found, where, and how sure it is. It says where nobody looks."""
    _ = scene._
    told = _(
        "Look here only: {sources}. Ask no relative, no neighbour, no stranger, and search for the member "
        "nowhere else: it would tell others of their distress.",
        sources=sources(scene),
    )
    named = scene.guide.community(scene.crisis).contacts.sources
    return Form(
        action=Action(Verb.CONTACT_ADD, member_subject(scene.crisis, scene.who)),
        title=_("Add a contact"),
        submit=_("Add"),
        cancel=_("Cancel"),
        intro=(*drill_notice(scene), Text(told)),
        fields=(
            ChoiceField(
                "means",
                _("What kind of contact?"),
                tuple((means.value, _(name)) for means, name in MEANS.items()),
                required=True,
            ),
            TextField(
                "value",
                _("The contact"),
                hint=_("A postal address on several lines; the last one in France: 34000 MONTPELLIER"),
                required=True,
                multiline=True,
                max_length=LONGEST,
            ),
            ChoiceField(
                "source",
                _("Where was it found?"),
                tuple((source.value, _(SOURCES[source])) for source in named),
                required=True,
            ),
            ChoiceField(
                "confidence",
                _("Is it the member's own?"),
                tuple((c.value, _(name)) for c, name in CONFIDENCES.items()),
                value=Confidence.LIKELY,
                hint=_("No reply goes by itself to one that is doubtful."),
                required=True,
            ),
        ),
    )


def wrong_form(scene: Scene) -> Form:
    """Which leads to nobody, or to somebody else."""
    _, found = scene._, contacts.usable(scene.crisis, member=scene.who)
    return Form(
        action=Action(Verb.CONTACT_WRONG, member_subject(scene.crisis, scene.who)),
        title=_("A contact is wrong"),
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField(
                "contact",
                _("Which one?"),
                tuple((str(contact.number), means_and_mask(contact, _)) for contact in found),
                value=str(found[0].number) if len(found) == 1 else "",
                required=True,
            ),
            TextField(
                "reason",
                _("What shows it?"),
                hint=_("For example: the e-mail came back. Not the contact itself: the log shows this."),
                required=True,
                max_length=500,
            ),
        ),
    )


def end_form(scene: Scene) -> Form:
    """Why nothing was found; with something found, what else is to say."""
    _, found = scene._, contacts.usable(scene.crisis, member=scene.who)
    return Form(
        action=Action(Verb.CONTACT_END, scene.crisis.id),
        title=_("End the search") if found else _("Nothing found"),
        submit=_("End the search"),
        cancel=_("Cancel"),
        fields=(
            TextField(
                "reason",
                _("Anything to say?") if found else _("Where did you look?"),
                hint=_("Not a contact itself: the log shows this."),
                required=not found,
                max_length=500,
            ),
        ),
    )
