"""How the member can be reached: counted in a room, masked for one of the cell, whole for whoever asks."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Block, Button, Card, Fields, Style, Text, Tone
from bot.domain import contacts
from bot.domain.contact_values import masked, whole
from bot.domain.contacts import Contact, Search
from bot.domain.ids import FIRST
from bot.domain.postal import town_of
from bot.domain.states import Confidence, CrisisStatus, Means, Source
from bot.domain.subjects import member_subject
from bot.domain.verbs import Verb
from bot.texts import N_, Translator
from bot.views.buttons import button
from bot.views.lines import drill_notice, listed, summary, title, when
from bot.views.scene import Scene

MEANS = {
    Means.EMAIL: N_("e-mail"),
    Means.ADDRESS: N_("postal address"),
    Means.PHONE: N_("telephone"),
    Means.ACCOUNT: N_("other account"),
}
SOURCES = {
    Source.CLIENT_FILE: N_("the client's file"),
    Source.PROFILE: N_("the member's profile"),
    Source.PLATFORM: N_("what the platform says"),
}
CONFIDENCES = {
    Confidence.SURE: N_("sure"),
    Confidence.LIKELY: N_("likely"),
    Confidence.DOUBTFUL: N_("doubtful"),
}


def contacts_card(scene: Scene, *, step: int = 0) -> Card:
    """What is known and who looks for more; a `step` above 0 says again that the search goes on."""
    _ = scene._
    still = step > 0 and _searching(scene) is not None
    buttons = _buttons(scene)
    return Card(
        summary=summary(scene, _("a search still goes on") if still else _("the member's contacts")),
        title=title(scene, " · ".join(filter(None, [_("contacts"), scene.named]))),
        blocks=(
            *drill_notice(scene),
            Text(_state(scene, step), Tone.STRONG),
            *_known(scene),
            *([Actions(buttons)] if buttons else []),
        ),
        tone=Tone.ALERT if still else Tone.NORMAL,
    )


def shown_card(scene: Scene, found: Sequence[Contact]) -> Card:
    """Whole, to the one who asked for them."""
    _ = scene._
    return Card(
        summary=summary(scene, _("the member's contacts")),
        title=title(scene, " · ".join(filter(None, [_("contacts"), scene.named]))),
        blocks=(
            *drill_notice(scene),
            *_town(scene, found),
            Fields(tuple((_whence(scene, contact), whole(contact)) for contact in found)),
            Text(
                _(
                    "The log says that you read these. Give them to nobody outside the cell but the "
                    "emergency services."
                )
            ),
        ),
    )


def _town(scene: Scene, found: Sequence[Contact]) -> tuple[Text, ...]:
    """What an operator asks first, while somebody has to call."""
    addresses = [contact for contact in found if contact.means is Means.ADDRESS]
    if not addresses or scene.crisis.emergency is None or scene.crisis.emergency.settled:
        return ()
    town = listed(dict.fromkeys(town_of(contact.value) for contact in addresses), scene._)
    return (Text(scene._("To say first on the phone, the town: {town}.", town=town), Tone.STRONG),)


def kept_line(scene: Scene, contact: Contact) -> str:
    """Reads back what was kept, masked."""
    return scene._(
        "Kept: {contact}. Cards show no more of it; “Show the contacts” gives it whole, "
        "and the log says to whom.",
        contact=means_and_mask(contact, scene._),
    )


def contacts_part(scene: Scene) -> str:
    """For the brief card: how many there are, who looks for more, until when; nothing to a guest."""
    _, found, search = scene._, contacts.usable(scene.crisis, member=scene.who), _searching(scene)
    last = _last(scene)
    parts = [_count(scene)] if _theirs(scene) else []
    if search:
        parts.append(_who(scene, search))
    elif last and last.reason and not found:
        parts = [_("nothing found")]
    if not parts or scene.for_guest:
        return ""
    return _("contacts: {what}", what=", ".join(parts))


def to_read_out(scene: Scene) -> tuple[Contact, ...]:
    """What a reader with a part in the crisis may ask to be shown; nothing to a guest."""
    inside = scene.reader in scene.crisis.people and not scene.for_guest
    return contacts.usable(scene.crisis, member=scene.who) if inside else ()


def sources(scene: Scene) -> str:
    """Where the plan lets one look."""
    named = scene.guide.community(scene.crisis).contacts.sources
    return listed((scene._(SOURCES[source]) for source in named), scene._)


def means_and_mask(contact: Contact, _: Translator) -> str:
    """Tells it apart from the others."""
    return f"{_(MEANS[contact.means])} {masked(contact)}"


def _searching(scene: Scene) -> Search | None:
    over = scene.crisis.status is CrisisStatus.CLOSED or scene.who != FIRST
    return None if over else contacts.under_way(scene.crisis)


def _last(scene: Scene) -> Search | None:
    """It is made for the first member alone."""
    return scene.crisis.contacts.search if scene.who == FIRST else None


def _theirs(scene: Scene) -> Sequence[Contact]:
    return [contact for contact in scene.crisis.contacts.found if contact.member == scene.who]


def _count(scene: Scene) -> str:
    usable = contacts.usable(scene.crisis, member=scene.who)
    return scene._.n("{n} found", "{n} found", len(usable)) if usable else scene._("none that works")


def _who(scene: Scene, search: Search) -> str:
    _, person = scene._, contacts.searcher(scene.crisis)
    if person is None:
        return _("nobody looks for them yet")
    within = scene.guide.community(scene.crisis).contacts.within
    due = scene.guide.due(scene.crisis, search.asked_at, within)
    name = scene.guide.name(person)
    if due < scene.now:
        return _("search under way ({name}, late)", name=name)
    return _("search under way ({name}, due {when})", name=name, when=when(scene, due))


def _state(scene: Scene, step: int) -> str:
    """What is asked, or what came of it."""
    _, search, last = scene._, _searching(scene), _last(scene)
    if search:
        return " ".join((*_again(scene, step), _asked(scene, search)))
    if last is None or last.ended_at is None:
        return _("Nobody is asked to look for contacts.")
    if last.stopped:
        return _("Contacts are no longer looked for: it is less grave now.")
    ended = {"name": scene.guide.name(last.ended_by), "when": when(scene, last.ended_at)}
    if last.reason:
        return _("Nothing found ({name}, {when}): {reason}", reason=last.reason, **ended)
    return _("The search is over ({name}, {when}).", **ended)


def _asked(scene: Scene, search: Search) -> str:
    _, person, places = scene._, contacts.searcher(scene.crisis), sources(scene)
    if person is not None and person == scene.reader:
        return _("Look for how the member can be reached, here only: {sources}.", sources=places)
    told = _("How the member can be reached: {who}.", who=_who(scene, search))
    where = _("Only here: {sources}.", sources=places)
    return f"{told} {where}"


def _again(scene: Scene, step: int) -> tuple[str, ...]:
    _ = scene._
    if step >= contacts.MANAGERS:
        return (_("This search still goes on. The managers are told too."),)
    return (_("This search still goes on."),) if step else ()


def _known(scene: Scene) -> tuple[Block, ...]:
    """In a room, and to a manager without a part, how many there are and no more."""
    _, found = scene._, _theirs(scene)
    if scene.for_guest or not found:
        return ()
    if scene.reader not in scene.crisis.people:
        return (Text(_("contacts: {what}", what=_count(scene))),)
    return (Fields(tuple((_whence(scene, contact), _masked(scene, contact)) for contact in found)),)


def _whence(scene: Scene, contact: Contact) -> str:
    _ = scene._
    return _(
        "{n}. {means} ({source}, {confidence})",
        n=contact.number,
        means=_(MEANS[contact.means]),
        source=_(SOURCES[contact.source]),
        confidence=_(CONFIDENCES[contact.confidence]),
    )


def _masked(scene: Scene, contact: Contact) -> str:
    if contact.wrong_at is None:
        return masked(contact)
    return scene._(
        "{masked}, noted as wrong {when}: {reason}",
        masked=masked(contact),
        when=when(scene, contact.wrong_at),
        reason=contact.wrong_why,
    )


def _buttons(scene: Scene) -> tuple[Button, ...]:
    """A guest has none; a manager who is told has a part once they join."""
    _, subject = scene._, member_subject(scene.crisis, scene.who)
    found = contacts.usable(scene.crisis, member=scene.who)
    if scene.for_guest:
        return ()
    if scene.reader is not None and scene.reader not in scene.crisis.people:
        return (button(Verb.JOIN, subject, _, style=Style.PRIMARY),)
    buttons = [button(Verb.CONTACT_ADD, subject, _, style=Style.PRIMARY)]
    if found:
        buttons += [button(verb, subject, _) for verb in (Verb.CONTACT_SHOW, Verb.CONTACT_WRONG)]
    if _searching(scene) and found:
        buttons.append(button(Verb.CONTACT_END, subject, _))
    elif _searching(scene):
        buttons.append(Button(_("Nothing found…"), Action(Verb.CONTACT_END, subject)))
    return tuple(buttons)
