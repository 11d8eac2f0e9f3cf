"""A released text that goes by letter: the form, the way to it, what is said once it is posted."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    ChoiceField,
    Fields,
    Form,
    PageLink,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain import letters, sending
from bot.domain.contact_values import masked
from bot.domain.drafts import Draft
from bot.domain.sending import Dispatch
from bot.domain.states import Route
from bot.domain.subjects import route_subject
from bot.domain.verbs import Verb
from bot.views import dates
from bot.views.buttons import SENT_BY, button
from bot.views.draft_forms import no_call
from bot.views.draft_parts import quoted
from bot.views.lines import drill_notice, summary, title, when
from bot.views.scene import Scene

TRACKING_TYPED = 30
"""Characters: people copy the blanks of the receipt."""


def letter_form(scene: Scene, draft: Draft) -> Form:
    """The text once more, from whom, to which address and of which date."""
    _, head = scene._, scene.guide.community(scene.crisis).letter
    action = Action(
        Verb.LETTER, route_subject(scene.crisis, draft.number, Route.LETTER), draft.current.number
    )
    told = _(
        "The text stays as it was released. You will read the member's address in the letter: "
        "the log will say so."
    )
    sender = Fields(((_("From"), "\n".join((head.sender, *head.address))),))
    return Form(
        action=action,
        title=_("Make the letter"),
        submit=_("Make the letter"),
        cancel=_("Cancel"),
        intro=(Text(told), *no_call(scene), sender, quoted(scene, draft)),
        fields=(_to_whom(scene, draft), _days(scene, "dated", _("Date of the letter"), days_ahead(scene))),
    )


def made_card(scene: Scene, draft: Draft, *, page: str) -> Card:
    """The way to the letter, to whoever made it: nobody else reads the address."""
    _ = scene._
    until = dates.hour(scene.now + letters.OPEN_FOR, scene.zone)
    how = _(
        "Look at the letter, print it at its actual size, sign it, fold it in three: the address shows in "
        "the window of a DL envelope. Post it, then press “Letter posted”."
    )
    alone = _(
        "It is open to you alone, until {hour}. It is kept nowhere: after that, make it again.", hour=until
    )
    return Card(
        summary=summary(scene, _("a letter to post")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(how, Tone.STRONG),
            Text(alone),
            Actions((PageLink(_("Open the letter"), page), _posted_button(scene, draft, Style.PRIMARY))),
        ),
    )


def posted_form(scene: Scene, draft: Draft) -> Form:
    """What proves that a letter has gone, made by Cellule or not."""
    _ = scene._
    tracking = TextField(
        "tracking",
        _("Tracking number"),
        hint=_("If there is one: 8 to 20 letters and digits"),
        max_length=TRACKING_TYPED,
    )
    return Form(
        action=_posted(scene, draft),
        title=_(SENT_BY[Route.LETTER]),
        submit=_("Record"),
        cancel=_("Cancel"),
        fields=(_days(scene, "posted_on", _("Posted on which day?"), days_back(scene)), tracking),
    )


def can_make(scene: Scene, draft: Draft) -> bool:
    """Whether there is an address to write to, and nothing stands against it."""
    known = scene.guide.letters and letters.addresses(scene.crisis, draft.number)
    return bool(known) and not scene.crisis.silenced_at


def letter_buttons(scene: Scene, draft: Draft, style: Style) -> tuple[Button, ...]:
    """First it is made, where it can be and is not yet; it can always be said that it is posted."""
    way = sending.dispatch(scene.crisis, draft.number, Route.LETTER)
    if not can_make(scene, draft):
        return (_posted_button(scene, draft, style),)
    subject, revision = route_subject(scene.crisis, draft.number, Route.LETTER), draft.current.number
    first = way.at is None
    make = button(Verb.LETTER, subject, scene._, style=style if first else Style.PLAIN, revision=revision)
    posted = _posted_button(scene, draft, Style.PLAIN if first else style)
    return (make, posted) if first else (posted, make)


def _posted_button(scene: Scene, draft: Draft, style: Style) -> Button:
    return Button(scene._(SENT_BY[Route.LETTER]), _posted(scene, draft), style)


def _posted(scene: Scene, draft: Draft) -> Action:
    subject = route_subject(scene.crisis, draft.number, Route.LETTER)
    return Action(Verb.DISPATCH, subject, draft.current.number)


def letter_way(scene: Scene, dispatch: Dispatch) -> str:
    """How far a letter is that nobody has posted yet."""
    _ = scene._
    if dispatch.at is None:
        return _("to do")
    name, said_at = scene.guide.name(dispatch.by), when(scene, dispatch.at)
    return _("made {when} by {name}, to be posted", when=said_at, name=name)


def days_ahead(scene: Scene) -> tuple[date, ...]:
    """The dates that a letter may bear, today first."""
    return tuple(_today(scene) + timedelta(days=n) for n in range(letters.DATED_AHEAD + 1))


def days_back(scene: Scene) -> tuple[date, ...]:
    """The days on which a letter may have been posted, today first."""
    return tuple(_today(scene) - timedelta(days=n) for n in range(letters.POSTED_WITHIN + 1))


def _today(scene: Scene) -> date:
    """Where the letter is written."""
    return scene.now.astimezone(scene.guide.community(scene.crisis).timezone).date()


def _days(scene: Scene, name: str, label: str, days: Iterable[date]) -> ChoiceField:
    options = tuple((day.isoformat(), dates.weekday(day, scene._)) for day in days)
    return ChoiceField(name, label, options, options[0][0], required=True)


def _to_whom(scene: Scene, draft: Draft) -> ChoiceField:
    """The addresses that were found: their towns."""
    known = letters.addresses(scene.crisis, draft.number)
    options = tuple((str(contact.number), masked(contact)) for contact in known)
    return ChoiceField(
        "contact", scene._("To which address?"), options, options[0][0], required=True, wide=True
    )
