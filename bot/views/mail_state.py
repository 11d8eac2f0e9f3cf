"""How far the e-mail of a released text is."""

from bot.domain import mailing, sending
from bot.domain.contact_values import masked_email
from bot.domain.sending import Dispatch
from bot.domain.states import DispatchStatus, MailStatus
from bot.texts import N_, Translator
from bot.views.lines import when
from bot.views.scene import Scene

FAULTS = {
    "no_connection": N_("the mail server does not answer"),
    "tls": N_("the connection to the mail server is not safe"),
    "tls_not_offered": N_("the connection to the mail server is not safe"),
    "not_ascii": N_("letters before the @ that few mail servers take"),
    mailing.STOPPED_BY_NEWS: N_("stopped after serious news"),
}


def mail_way(scene: Scene, dispatch: Dispatch) -> str:
    """How far the e-mail of a text is."""
    _, mail = scene._, mailing.last_of(scene.crisis, dispatch.draft)
    if mail is None:
        return ""
    to, said_at = masked_email(mail.address), when(scene, mail.at or mail.asked_at)
    match mail.status:
        case MailStatus.SENDING if mail.again_at:
            return _(
                "to {address}: not taken yet ({fault}), tried again {when}",
                address=to,
                fault=fault(mail.code, _),
                when=when(scene, mail.again_at),
            )
        case MailStatus.SENDING:
            return _("to {address}: being sent", address=to)
        case MailStatus.UNCERTAIN:
            return _("to {address}: perhaps sent {when}", address=to, when=said_at)
        case MailStatus.REFUSED if mail.code:
            return _(
                "to {address}: refused {when} ({fault})", address=to, fault=fault(mail.code, _), when=said_at
            )
        case MailStatus.REFUSED | MailStatus.STOPPED | MailStatus.SENT:
            return _("to {address}: did not go", address=to)


def mail_warning(scene: Scene, dispatch: Dispatch) -> str:
    """Why nobody sends a released text's e-mail by hand now; empty where somebody may."""
    _, mail = scene._, mailing.last_of(scene.crisis, dispatch.draft)
    if dispatch.status is DispatchStatus.UNCERTAIN:
        return _("Look first whether the e-mail has gone: do not send it twice.")
    if dispatch.status is not DispatchStatus.SENDING:
        return ""
    if mail and mail.again_at:
        return _("The e-mail goes by itself at the next try: do not send it yourself.")
    return _("The e-mail is on its way: do not send it yourself.")


def fault(code: str, _: Translator) -> str:
    """What a mail server answered, or what broke, in plain words where there are some."""
    if code in FAULTS:
        return _(FAULTS[code])
    if code.startswith("login_"):
        return _("the mail server does not let Cellule in")
    return _("mail server: {code}", code=code)


def mail_now(scene: Scene) -> str:
    """What is to be done about an e-mail before anything else is sent; empty when it is nothing."""
    _, states = scene._, {d.status for d in sending.waiting(scene.crisis)}
    if DispatchStatus.UNCERTAIN in states:
        return _("The e-mail has perhaps gone. Look, then say so on the card of the reply.")
    if states == {DispatchStatus.SENDING}:
        return _("The e-mail is on its way: the card of the reply says when the mail server has it.")
    return ""
