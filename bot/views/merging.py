"""One crisis goes on in another: what is asked before, and what its cards say afterwards."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Card, ChoiceField, Form, Text, TextField, Tone
from bot.domain.events import MergedFrom
from bot.domain.verbs import Verb
from bot.texts import Translator
from bot.views.lines import drill_notice, listed, room_link, summary, title
from bot.views.scene import Scene
from bot.views.which import option

SAME, OTHERS = "same", "others"
"""Whether the first members of both are one person."""

MOST = 90
"""Crises that a form offers, the newest: Slack takes 100 choices."""


def merge_form(scene: Scene, others: Sequence[Scene], *, alike: bool) -> Form:
    """What will happen, said before. `alike`: the two have a link or a pseudonym in common."""
    crisis, _ = scene.crisis, scene._
    told = _(
        "Crisis {number} closes and goes on in the other: members, messages, contacts, replies with their "
        "decisions, follow-ups, questions, and the call for help. People of both are in it. "
        "The graver level and severity stand. Each log stays as it is.",
        number=crisis.number,
    )
    guests = Text(_("Links of its guests end: make them new ones there."))
    offered = [(other.crisis.number, option(other)) for other in others][-MOST:]
    return Form(
        action=Action(Verb.MERGE, crisis.id),
        title=_("Merge into another"),
        submit=_("Merge"),
        cancel=_("Cancel"),
        intro=(*drill_notice(scene), Text(told), *([guests] if crisis.guests else [])),
        fields=(
            ChoiceField(
                "into",
                _("In which one?"),
                tuple(offered),
                value=offered[0][0] if len(offered) == 1 else "",
                required=True,
                wide=True,
            ),
            *([_whose(_, alike=alike)] if crisis.members else []),
            TextField("reason", _("Why?"), required=True, max_length=500, hint=_("Both logs will say it.")),
        ),
    )


def _whose(_: Translator, *, alike: bool) -> ChoiceField:
    return ChoiceField(
        "same",
        _("Is it the same member?"),
        ((SAME, _("yes: the first member of both is one person")), (OTHERS, _("no, or nobody knows"))),
        value=SAME if alike else "",
        required=True,
        wide=True,
    )


def continues_card(scene: Scene, kept: Scene) -> Card:
    """What stands in the place of every card of a crisis that goes on elsewhere."""
    _, number = scene._, kept.crisis.number
    inside = scene.reader is None or scene.reader in kept.crisis.people
    link, ended = room_link(kept) if inside else (), inside and scene.crisis.guests
    return Card(
        summary=summary(scene, _("goes on in {number}", number=number)),
        title=title(scene),
        blocks=(
            Text(_("This crisis goes on in {number}: do everything there.", number=number), Tone.STRONG),
            *([Text(_("The links of its guests have ended: make them new ones there."))] if ended else []),
            *([Actions(link)] if link else []),
        ),
    )


def merged_from_card(scene: Scene, event: MergedFrom) -> Card:
    """To the rooms of the one that stays."""
    _ = scene._
    told = _("Crisis {number} goes on here.", number=event.number)
    return Card(
        summary=summary(scene, _("another crisis goes on here")),
        title=title(scene),
        blocks=(Text(told, Tone.STRONG), Text(came(event, _))),
    )


def came(event: MergedFrom, _: Translator) -> str:
    """What came with it, counted."""
    counts = (
        (event.members, _.n("{n} member", "{n} members", event.members)),
        (event.messages, _.n("{n} message", "{n} messages", event.messages)),
        (event.with_contacts, _.n("{n} contact", "{n} contacts", event.with_contacts)),
        (event.drafts, _.n("{n} reply", "{n} replies", event.drafts)),
        (event.follow_ups, _.n("{n} follow-up", "{n} follow-ups", event.follow_ups)),
    )
    parts = [told for n, told in counts if n]
    if event.call:
        parts.append(_("the call for help"))
    if not parts:
        return _("Nothing came with it.")
    told = _("With it came: {what}.", what=listed(parts, _))
    if event.drafts and event.drafts_after:
        told += " " + _("Its reply 1 is reply {n} here.", n=event.drafts_after + 1)
    return told
