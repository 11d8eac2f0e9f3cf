"""A released text that goes by e-mail: the form, and what is asked when it does not arrive."""

from bot.cards import Action, Actions, Button, Card, ChoiceField, Form, Style, Text, TextField, Tone
from bot.domain import contacts, mailing, reaching, sending
from bot.domain.contact_values import EMAIL_LENGTH, masked
from bot.domain.drafts import Draft
from bot.domain.events import MailRefused, MailUncertain
from bot.domain.mailing import SUBJECT_LIMIT, Mailing
from bot.domain.sending import Dispatch
from bot.domain.states import CrisisStatus, DispatchStatus, MailStatus, Route
from bot.domain.subjects import mail_subject, route_subject
from bot.domain.verbs import Verb
from bot.texts import translator
from bot.views.buttons import button
from bot.views.draft_forms import no_call
from bot.views.draft_parts import quoted
from bot.views.lines import drill_notice, summary, title, when
from bot.views.mail_state import fault
from bot.views.next_ways import next_way, next_ways
from bot.views.scene import Scene


def mail_form(scene: Scene, draft: Draft) -> Form:
    """The text once more; who presses reads the address they send it to."""
    _ = scene._
    action = Action(Verb.MAIL, route_subject(scene.crisis, draft.number, Route.EMAIL), draft.current.number)
    told = _(
        "It leaves when you press, and cannot be called back. Nothing outside the text tells of the case."
    )
    return Form(
        action=action,
        title=_("Send the e-mail"),
        submit=_("Send the e-mail"),
        cancel=_("Cancel"),
        intro=(Text(told), *no_call(scene), quoted(scene, draft)),
        fields=(
            _to_whom(scene, draft),
            TextField(
                "heading",
                _("Subject"),
                value=_usual_subject(scene),
                hint=_("Others may see it on a screen: no word of what the member wrote."),
                required=True,
                max_length=SUBJECT_LIMIT,
            ),
        ),
    )


def _usual_subject(scene: Scene) -> str:
    """In the language of the community."""
    _ = translator(scene.crisis.locale)
    return _("A word from {community}", community=scene.guide.community(scene.crisis).name)[:SUBJECT_LIMIT]


def _to_whom(scene: Scene, draft: Draft) -> ChoiceField | TextField:
    """The addresses that were found, masked; where there is none, one to type."""
    _, known = scene._, contacts.for_route(scene.crisis, Route.EMAIL, draft.member)
    if not known:
        return TextField("value", _("The member's e-mail address"), required=True, max_length=EMAIL_LENGTH)
    untried = reaching.untried(scene.crisis, draft.member)
    options = (
        *((str(contact.number), masked(contact)) for contact in untried),
        *(
            (str(contact.number), _("{address}, refused before", address=masked(contact)))
            for contact in known
            if contact not in untried
        ),
    )
    return ChoiceField("contact", _("To which address?"), options, options[0][0], required=True, wide=True)


def mail_buttons(scene: Scene, dispatch: Dispatch) -> tuple[Button, ...]:
    """What can be done about a text's e-mail now."""
    _, mail = scene._, mailing.last_of(scene.crisis, dispatch.draft)
    match dispatch.status:
        case DispatchStatus.WAITING | DispatchStatus.REFUSED:
            subject = route_subject(scene.crisis, dispatch.draft, Route.EMAIL)
            revision = scene.crisis.draft(dispatch.draft).current.number
            return (button(Verb.MAIL, subject, _, style=Style.PRIMARY, revision=revision),)
        case DispatchStatus.UNCERTAIN if mail is not None:
            return judging(scene, mail)
        case _:
            return ()


def judging(scene: Scene, mail: Mailing) -> tuple[Button, ...]:
    """Whoever can look says whether it has gone."""
    _, subject = scene._, mail_subject(scene.crisis, mail.number)
    return (
        button(Verb.MAIL_WENT, subject, _, style=Style.PRIMARY),
        button(Verb.MAIL_NOT_GONE, subject, _),
    )


def uncertain_card(scene: Scene, event: MailUncertain) -> Card:
    """Asked of people: a machine that is not sure sends nothing twice."""
    _, mail = scene._, mailing.find(scene.crisis, event.mail)
    if mail.status is not MailStatus.UNCERTAIN:
        return _card(scene, _("It is known by now whether the e-mail went."), tone=Tone.NORMAL)
    told = _(
        "Reply {n}: look whether the e-mail has gone. The connection broke {when}, before the mail server "
        "answered. Look among the sent messages, or ask whoever runs the mail. It is not sent again by "
        "itself.",
        n=event.draft,
        when=when(scene, event.at),
    )
    return _card(scene, told, *judging(scene, mail))


def refused_card(scene: Scene, event: MailRefused) -> Card:
    """The next way is offered with the news."""
    _ = scene._
    dispatch = sending.dispatch(scene.crisis, event.draft, Route.EMAIL)
    newest = mailing.last_of(scene.crisis, event.draft)
    if dispatch.status is not DispatchStatus.REFUSED or newest is None or newest.number != event.mail:
        return _card(scene, _("Another way has been taken since this e-mail was refused."), tone=Tone.NORMAL)
    told = _("Reply {n}: the e-mail did not go ({fault}).", n=event.draft, fault=fault(event.code, _))
    if event.wrong_address:
        told = _("Reply {n}: there is no mailbox under this address.", n=event.draft)
    lost = _("The member has not received this e-mail.")
    if scene.crisis.silenced_at is not None:
        return _card(scene, f"{told} {lost}")
    if scene.crisis.status is CrisisStatus.CLOSED:
        anew = _("The crisis is closed: to write to them, open a new one.")
        return _card(scene, f"{told} {lost} {anew}")
    if event.code == mailing.STOPPED_BY_NEWS:
        return _card(scene, f"{told} {lost}", *next_ways(scene, dispatch))
    return _card(scene, f"{told} {lost} {next_way(scene, event.draft)}", *next_ways(scene, dispatch))


def _card(scene: Scene, told: str, *buttons: Button, tone: Tone = Tone.ALERT) -> Card:
    about = scene._("an e-mail to look into") if tone is Tone.ALERT else scene._("about the e-mail")
    return Card(
        summary=summary(scene, about),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told, Tone.STRONG), *([Actions(buttons)] if buttons else [])),
        tone=tone,
    )
