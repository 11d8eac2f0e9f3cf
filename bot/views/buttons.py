"""What each button says, wherever it stands."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.cards import Action, Button, Confirm, Style
from bot.domain.states import Route
from bot.domain.verbs import Verb
from bot.texts import N_, Translator

LABELS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.COMPLETE: N_("Complete…"),
        Verb.MORE: N_("More…"),
        Verb.LIFE_IN_DANGER: N_("Life in danger"),
        Verb.I_CALLED: N_("I called"),
        Verb.ON_THE_PHONE: N_("I'm on the phone"),
        Verb.CALL_NOT_NEEDED: N_("Not needed…"),
        Verb.CALL_OUTCOME: N_("What came of it…"),
        Verb.TAKE_UP: N_("I'm on it"),
        Verb.DECLINE: N_("I can't"),
        Verb.TELEPHONES: N_("Telephone numbers"),
        Verb.ROLE: N_("Name somebody…"),
        Verb.GUEST: N_("Invite a guest…"),
        Verb.GUEST_LINK: N_("Make the link"),
        Verb.GUEST_MAIL: N_("Send it by e-mail"),
        Verb.GUEST_REVOKE: N_("Revoke the link"),
        Verb.FIRST_MESSAGE: N_("Send the first message"),
        Verb.RECEIPT: N_("First word sent…"),
        Verb.REREAD: N_("I have re-read it"),
        Verb.JOIN: N_("Join"),
        Verb.HANDOVER: N_("Hand over…"),
        Verb.TAKE_OVER: N_("I take over"),
        Verb.KEEP: N_("Keep it"),
        Verb.READ_MESSAGE: N_("Read the message"),
        Verb.MESSAGE_HIDDEN: N_("Hidden now"),
        Verb.MESSAGE_ONLINE: N_("Online again"),
        Verb.TRIAGE: N_("See why…"),
        Verb.TRIAGE_DECLINE: N_("Another level…"),
        Verb.ASK: N_("Ask an expert…"),
        Verb.ADVISE: N_("Answer…"),
        Verb.CONTACTS: N_("Contacts…"),
        Verb.CONTACT_ADD: N_("Add a contact…"),
        Verb.CONTACT_SHOW: N_("Show the contacts"),
        Verb.CONTACT_WRONG: N_("A contact is wrong…"),
        Verb.CONTACT_END: N_("End the search…"),
        Verb.ALERT_OPEN: N_("Open it"),
        Verb.ALERT_DISMISS: N_("Not a crisis…"),
        Verb.DRAFT: N_("Write a reply"),
        Verb.HOLDING: N_("Holding statement"),
        Verb.QUESTIONS: N_("Public questions…"),
        Verb.REJECT: N_("Reject…"),
        Verb.WITHDRAW: N_("Withdraw my approval"),
        Verb.NO_ANSWER: N_("I agree: do not answer"),
        Verb.ANSWER_AFTER_ALL: N_("Answer all the same"),
        Verb.REVISE: N_("Revise…"),
        Verb.FINDINGS: N_("See all findings"),
        Verb.OVERRIDE: N_("Override…"),
        Verb.RELEASE: N_("Send it…"),
        Verb.EXCUSE_ROUTE: N_("A way not used…"),
        Verb.LETTER: N_("Make the letter…"),
        Verb.MAIL: N_("Send the e-mail…"),
        Verb.MAIL_WENT: N_("The e-mail has gone"),
        Verb.MAIL_NOT_GONE: N_("The e-mail has not gone"),
        Verb.PUBLIC_WORD: N_("Public word…"),
        Verb.FOLLOW_UP_WRITE: N_("Write a word"),
        Verb.FOLLOW_UP_RECORD: N_("Record how it is…"),
        Verb.FOLLOW_UP_LATER: N_("In 1 h"),
        Verb.FOLLOW_UP_STOP: N_("Stop the follow-up…"),
        Verb.WROTE_BACK: N_("The member wrote back…"),
        Verb.ADD: N_("Another message or member…"),
        Verb.MEMBERS: N_("Members…"),
        Verb.MEMBER: N_("This member"),
        Verb.EXCUSE_MEMBER: N_("No reply to them…"),
        Verb.SERIOUS_NEWS: N_("Serious news…"),
        Verb.RESUME_MESSAGES: N_("Let messages go again…"),
        Verb.REMIND: N_("Remind me…"),
        Verb.REMINDER_DONE: N_("Done"),
        Verb.SNOOZE: N_("In 1 h"),
        Verb.REMINDER_STOP: N_("Stop"),
        Verb.NOTE: N_("Write a note…"),
        Verb.SEVERITY: N_("Severity…"),
        Verb.LOG: N_("Read the log"),
        Verb.CLOSE: N_("Close the crisis…"),
        Verb.KEEP_OPEN: N_("Keep it open"),
        Verb.FALSE_ALARM: N_("False alarm…"),
        Verb.BACK: N_("I'm back"),
        Verb.DIGEST_STOP: N_("Stop these"),
        Verb.DIGEST_TIME: N_("Change the time"),
    }
)
"""`APPROVE`, `DISPATCH`, `ADD_ROUTE`, `RECOURSE`, `TRIAGE_KEEP` are not here: theirs name what they do."""

SENT_BY: Mapping[Route, str] = MappingProxyType(
    {
        Route.PRIVATE_MESSAGE: N_("Private message sent"),
        Route.EMAIL: N_("Sent by e-mail"),
        Route.LETTER: N_("Letter posted"),
        Route.PUBLIC_POST: N_("Published"),
    }
)


ALSO_BY: Mapping[Route, str] = MappingProxyType(
    {Route.EMAIL: N_("Also by e-mail"), Route.LETTER: N_("Also by letter")}
)
"""For a text that was released before the contact was found."""


def button(
    verb: Verb,
    subject: str,
    _: Translator,
    *,
    style: Style = Style.PLAIN,
    revision: int | None = None,
    confirm: Confirm | None = None,
) -> Button:
    """A button under its usual label."""
    return Button(_(LABELS[verb]), Action(verb, subject, revision), style, confirm)


def quoted(verb: Verb, _: Translator) -> str:
    """A button's label within a sentence."""
    return _("“{button}”", button=_(LABELS[verb]))


def life_in_danger(subject: str, _: Translator) -> Button:
    """The one that nothing stands before."""
    return button(Verb.LIFE_IN_DANGER, subject, _, style=Style.DANGER)
