"""What somebody reads who asked for what may not be done: why not, and what to do instead."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.cards import Card, Text, Tone
from bot.domain.errors import Code, Refused
from bot.texts import N_, Translator

SENTENCES: Mapping[Code, str] = MappingProxyType(
    {
        Code.ABSENT: N_(
            "There is nothing here for you. If you expected a crisis, ask somebody of its cell to name you, "
            "or open one. A life in danger? Call 112 now."
        ),
        Code.STRANGER: N_(
            "I do not know you: ask a manager to add you to the crisis plan. A life in danger? Call 112 now."
        ),
        Code.TOO_MANY_ALERTS: N_(
            "The moderators on duty have your last alerts: they read them and decide. "
            "A life in danger? Do not wait for them: call 112 now."
        ),
        Code.LEFT_THE_ROOM: N_(
            "You are out of this room: ask somebody of the cell, or a manager, to name you again."
        ),
        Code.NOT_ALLOWED: N_(
            "Your role does not allow this. Ask a manager of the community. Calling for help needs no role."
        ),
        Code.CRISIS_CLOSED: N_("Crisis {number} is closed. You can still write a note, or open a new one."),
        Code.CRISIS_MERGED: N_("Crisis {number} goes on in {other}: do it there."),
        Code.OTHER_COMMUNITY: N_(
            "Crisis {number} is another community's: what one client's members wrote stays with that client."
        ),
        Code.DRILL_APART: N_("Only one of the two is a drill: they stay apart."),
        Code.MAIL_UNDER_WAY: N_("An e-mail is just under way. Wait until it has gone, then try again."),
        Code.NOTHING_TO_MERGE: N_("No other crisis of this community is open that it could go on in."),
        Code.DISTRESS_APART: N_(
            "Crisis {number} is about somebody in distress, who stays the one it is about: "
            "merge the other crisis into it instead."
        ),
        Code.ALREADY_DONE: N_(
            "This was done already: nothing has changed. The card shows where things stand."
        ),
        Code.UNKNOWN_COMMAND: N_("I do not know “{command}”. Type /crisis help to see what exists."),
        Code.UNKNOWN_ACTION: N_(
            "This button is no longer in use. Look at the newest card, or type /crisis status."
        ),
        Code.NO_COMMUNITY: N_("You have no community in the crisis plan. Ask a manager to add you to one."),
        Code.REQUIRED: N_("Please fill this in."),
        Code.BAD_VALUE: N_("I cannot use this. Look at the hint beside the field and try again."),
        Code.MESSAGE_OR_LINK: N_("Give the message or a link to it: one of the two is enough."),
        Code.TEXT_EMPTY: N_("There is no text. Write something and send it again."),
        Code.TEXT_TOO_LONG: N_(
            "The text has {length} characters, {limit} at most. Shorten it: nothing is lost."
        ),
        Code.UNFILLED: N_("Still to be written: {holes}. Put your words there, or take it out."),
        Code.WHEN_PAST: N_(
            "{hour} has passed, or is less than a minute away. "
            "Give a later time, for example: tomorrow {hour}."
        ),
        Code.WHEN_UNCLEAR: N_(
            "I do not understand when. Write for example: in 2h, tomorrow 9am, Monday 14:00."
        ),
        Code.WHEN_TOO_FAR: N_("That is more than two years away. Choose an earlier date."),
        Code.REASON_NEEDED: N_("Say why in a few words: whoever reads the log must understand."),
        Code.STALE_REVISION: N_(
            "You were looking at revision {seen}; the text is now revision {current}. Read it, then decide."
        ),
        Code.OWN_DRAFT: N_(
            "You wrote this text, so others decide. If it is urgent, name somebody who can approve."
        ),
        Code.ALREADY_DECIDED: N_(
            "You have decided on this revision already. You decide again when the text changes."
        ),
        Code.NOTHING_TO_WITHDRAW: N_(
            "You have given no approval of this text that could be taken back. The card shows who decided."
        ),
        Code.ALREADY_RELEASED: N_(
            "The word to send was given already. Tell whoever sends it at once: it may not have gone yet."
        ),
        Code.NOT_IN_REVIEW: N_("This text waits for no decision any more. The card shows what was decided."),
        Code.NOT_ASKED: N_(
            "Your decision is not asked here: you hold none of the roles that approve this reply."
        ),
        Code.DEPUTY_TOO_EARLY: N_(
            "The holder of the role still has time to decide. You are called when that time is over."
        ),
        Code.UNCHANGED: N_("The text is the same as before. Change it, or close the form."),
        Code.CHECK_STOPS: N_("The check stops this text. {how}"),
        Code.NOT_APPROVED: N_(
            "This reply is not approved yet, or the danger has risen since and one more approval is needed."
        ),
        Code.OWN_CRISIS: N_("This member has a crisis of their own, {number}: they are written to there."),
        Code.NOT_RELEASER: N_(
            "Somebody else gives the word to send: the card names them. A manager can name you."
        ),
        Code.NO_DISTRESS: N_(
            "No level of distress is noted here: every text is approved first. "
            "If the member is in distress, note the level (“Complete…”)."
        ),
        Code.NO_HOLDING: N_(
            "No holding statement fits this kind of crisis: "
            "where somebody is in danger, write to them in private."
        ),
        Code.FIRST_MESSAGE_ABSENT: N_(
            "The plan of this community holds no first message. Write a reply and ask for approval."
        ),
        Code.FIRST_MESSAGE_EXPIRED: N_(
            "The client's agreement to the first message has ended. Write a reply and ask for approval."
        ),
        Code.FIRST_MESSAGE_CHANGED: N_(
            "The first message has changed in the plan since you opened it. "
            "Press “Send the first message” again and read it."
        ),
        Code.ASKED_TO_STOP: N_(
            "The member asked us to write no more. Look how they are, write nothing, and record it."
        ),
        Code.SILENCED: N_(
            "Serious news was noted: nobody writes to the member or those around them. "
            "A manager decides what comes now, and can let messages go again."
        ),
        Code.DISPATCH_WAITS: N_(
            "A reply has not gone yet. Send it, or say why the crisis ends all the same."
        ),
        Code.PERSON_UNKNOWN: N_(
            "I do not find this person in the crisis plan. Choose somebody whom it names."
        ),
        Code.NOTHING_TO_HAND_OVER: N_("You hold nothing that somebody else could take over now."),
        Code.CANNOT_TAKE_OVER: N_(
            "In the plan {name} holds none of your roles. Choose somebody else, or ask a manager to name one."
        ),
        Code.NOBODY_FOR_ROLE: N_(
            "The plan has nobody else for this role. Name somebody first: /crisis role ROLE @person."
        ),
        Code.ROLE_UNKNOWN: N_("I do not know this role. Type /crisis role to choose from the list."),
        Code.SEVERITY_UNKNOWN: N_("A severity is a number from 1 to 4; 4 is the gravest."),
        Code.CANNOT_BE_MAILED: N_("No e-mail can be sent to them: make the link, and hand it on yourself."),
        Code.TOO_MANY_CODES: N_("Three codes were sent within the hour: use the newest, or wait."),
        Code.GUEST_ONLY: N_(
            "As a guest you read, decide and say that you are on it. Ask the cell for anything else."
        ),
        Code.EMAIL_UNCLEAR: N_("Give an e-mail address, for example: name@firm.example."),
        Code.HAS_A_SEAT: N_("This person has a seat in the plan: name them with /crisis role."),
        Code.PHONE_UNCLEAR: N_(
            "This is no telephone number that exists. Check it; from another country write it with +, "
            "for example +32 470 12 34 56."
        ),
        Code.ADDRESS_LINES: N_(
            "Write an address on two to {limit} lines: the street, and last the postcode with the town; "
            "abroad, the country below."
        ),
        Code.ADDRESS_LINE_LONG: N_(
            "Line {line} has {length} characters; a letter takes {limit}. Shorten it, or use another line."
        ),
        Code.ADDRESS_MARKS: N_(
            "Line {line} holds the sign {mark}: an address on a letter has no punctuation. Leave it out."
        ),
        Code.ADDRESS_END: N_(
            "The last line must be the postcode and the town, for example 34000 MONTPELLIER; abroad, the "
            "country."
        ),
        Code.CONTACT_KNOWN: N_("This contact is there already."),
        Code.NO_SOURCE: N_(
            "Say first whose crisis it is (“Complete…”): the communities that it may be of name no source "
            "in common."
        ),
        Code.PUBLIC_ONLY: N_(
            "A text to everybody, or to nobody we know, goes in public: choose the public way alone."
        ),
        Code.CONTACT_ABSENT: N_("No contact that can be used is known here. Add one first (“Contacts…”)."),
        Code.BUSY: N_(
            "Somebody did something at the same moment. Nothing was lost: look at the card and press again."
        ),
    }
)


def sentence(refused: Refused, _: Translator) -> str:
    """Why not, and what to do instead."""
    return _(SENTENCES[refused.code], **refused.params)


def refusal_card(refused: Refused, _: Translator, fresh: Card | None) -> Card:
    """The sentence first, then the card as it stands now, if there is one."""
    numbers = ("112",) if "112" in SENTENCES[refused.code] else ()
    said = Text(sentence(refused, _), Tone.ALERT, numbers)
    now = (Text(fresh.title), *fresh.blocks) if fresh else ()
    return Card(summary=_("Cellule: not done"), title=_("Not done"), blocks=(said, *now))
