"""Which use case answers which interaction."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import assert_never

from bot.cards import Action, Answer
from bot.domain.errors import Code, Refused
from bot.domain.permissions import check_guest
from bot.domain.verbs import Verb
from bot.handlers import (
    advice,
    after_call,
    alerts,
    calling,
    choosing,
    commands,
    contacts,
    course,
    digest,
    drafts,
    duty,
    emergency,
    false_alarm,
    first_message,
    gate,
    guests,
    handover,
    holding,
    leaving,
    letter,
    logs,
    mail,
    members,
    merging,
    message,
    no_answer,
    opening,
    questions,
    reaching,
    reminding,
    sending,
    serious_news,
    talk,
    triage,
    watch,
    wrote_back,
)
from bot.handlers.request import Request
from bot.interactions import (
    ButtonPress,
    Departure,
    FormSubmission,
    Interaction,
    MessageAction,
    MessageChange,
    SlashCommand,
    Wanted,
)

PRESSES: Mapping[Verb, Callable[[Request, Action], Answer]] = MappingProxyType(
    {
        Verb.OPEN: opening.press,
        Verb.COMPLETE: course.ask_complete,
        Verb.MORE: course.more,
        Verb.CHOOSE: choosing.ask,
        Verb.LIFE_IN_DANGER: emergency.declare,
        Verb.I_CALLED: emergency.ask_called,
        Verb.ON_THE_PHONE: emergency.on_the_phone,
        Verb.CALL_NOT_NEEDED: emergency.ask_not_needed,
        Verb.CALL_OUTCOME: after_call.ask_outcome,
        Verb.TAKE_UP: calling.take_up,
        Verb.DECLINE: calling.decline,
        Verb.ROLE: calling.ask_role,
        Verb.TELEPHONES: duty.telephones,
        Verb.GUEST: guests.ask,
        Verb.GUEST_LINK: guests.make_link,
        Verb.GUEST_MAIL: guests.send_link,
        Verb.GUEST_REVOKE: guests.revoke,
        Verb.FIRST_MESSAGE: first_message.ask,
        Verb.RECEIPT: sending.ask_receipt,
        Verb.REREAD: first_message.reread,
        Verb.JOIN: opening.join,
        Verb.HANDOVER: handover.ask,
        Verb.TAKE_OVER: handover.take_over,
        Verb.KEEP: handover.keep,
        Verb.READ_MESSAGE: message.read,
        Verb.MESSAGE_HIDDEN: message.hidden,
        Verb.MESSAGE_ONLINE: message.online,
        Verb.TRIAGE: triage.why,
        Verb.TRIAGE_KEEP: triage.keep,
        Verb.TRIAGE_DECLINE: triage.ask_decline,
        Verb.ASK: advice.ask_question,
        Verb.ADVISE: advice.ask_advice,
        Verb.CONTACTS: contacts.show_masked,
        Verb.CONTACT_ADD: contacts.ask_add,
        Verb.CONTACT_SHOW: contacts.show,
        Verb.CONTACT_WRONG: contacts.ask_wrong,
        Verb.CONTACT_END: contacts.ask_end,
        Verb.ALERT_OPEN: alerts.ask_open,
        Verb.ALERT_DISMISS: alerts.ask_dismiss,
        Verb.DRAFT: drafts.ask_draft,
        Verb.HOLDING: holding.prepare,
        Verb.QUESTIONS: questions.ask,
        Verb.APPROVE: drafts.approve,
        Verb.REJECT: drafts.ask_reject,
        Verb.WITHDRAW: drafts.withdraw,
        Verb.NO_ANSWER: no_answer.agree,
        Verb.ANSWER_AFTER_ALL: no_answer.answer_after_all,
        Verb.REVISE: drafts.ask_revise,
        Verb.FINDINGS: gate.show,
        Verb.OVERRIDE: gate.ask_override,
        Verb.RELEASE: sending.release,
        Verb.DISPATCH: sending.ask_route,
        Verb.ADD_ROUTE: sending.add_route,
        Verb.EXCUSE_ROUTE: sending.ask_excuse,
        Verb.LETTER: letter.ask,
        Verb.MAIL: mail.ask,
        Verb.MAIL_WENT: mail.went,
        Verb.MAIL_NOT_GONE: mail.not_gone,
        Verb.RECOURSE: reaching.ask,
        Verb.PUBLIC_WORD: reaching.ask_public,
        Verb.FOLLOW_UP_WRITE: watch.write_word,
        Verb.FOLLOW_UP_RECORD: watch.ask_record,
        Verb.FOLLOW_UP_LATER: watch.later,
        Verb.FOLLOW_UP_STOP: watch.ask_stop,
        Verb.WROTE_BACK: wrote_back.ask,
        Verb.ADD: members.ask_add,
        Verb.MEMBERS: members.show,
        Verb.MEMBER: members.show_one,
        Verb.EXCUSE_MEMBER: members.ask_excuse,
        Verb.MERGE: merging.ask,
        Verb.SERIOUS_NEWS: serious_news.ask,
        Verb.RESUME_MESSAGES: serious_news.ask_resume,
        Verb.REMIND: reminding.ask,
        Verb.REMINDER_DONE: reminding.done,
        Verb.SNOOZE: reminding.snooze,
        Verb.REMINDER_STOP: reminding.stop,
        Verb.NOTE: course.ask_note,
        Verb.SEVERITY: course.ask_severity,
        Verb.STATUS: course.status,
        Verb.LOG: logs.show,
        Verb.CLOSE: course.ask_close,
        Verb.KEEP_OPEN: course.keep_open,
        Verb.FALSE_ALARM: false_alarm.ask,
        Verb.BACK: duty.back,
        Verb.DIGEST_STOP: digest.stop,
        Verb.DIGEST_TIME: digest.ask_time,
    }
)

SUBMISSIONS: Mapping[Verb, Callable[[Request, Action, Mapping[str, str]], Answer]] = MappingProxyType(
    {
        Verb.OPEN: opening.submit,
        Verb.CHOOSE: choosing.submit,
        Verb.ALERT_DISMISS: alerts.submit_dismiss,
        Verb.COMPLETE: course.submit_complete,
        Verb.I_CALLED: emergency.submit_called,
        Verb.CALL_NOT_NEEDED: emergency.submit_not_needed,
        Verb.CALL_OUTCOME: after_call.submit_outcome,
        Verb.ROLE: calling.submit_role,
        Verb.GUEST: guests.submit,
        Verb.FIRST_MESSAGE: first_message.submit,
        Verb.RECEIPT: sending.submit_receipt,
        Verb.TRIAGE_DECLINE: triage.submit_decline,
        Verb.HANDOVER: handover.submit,
        Verb.ASK: advice.submit_question,
        Verb.ADVISE: advice.submit_advice,
        Verb.CONTACT_ADD: contacts.submit_add,
        Verb.CONTACT_WRONG: contacts.submit_wrong,
        Verb.CONTACT_END: contacts.submit_end,
        Verb.DRAFT: drafts.submit_draft,
        Verb.QUESTIONS: questions.submit,
        Verb.REJECT: drafts.submit_reject,
        Verb.REVISE: drafts.submit_revise,
        Verb.OVERRIDE: gate.submit_override,
        Verb.DISPATCH: sending.submit_route,
        Verb.EXCUSE_ROUTE: sending.submit_excuse,
        Verb.LETTER: letter.submit,
        Verb.MAIL: mail.submit,
        Verb.RECOURSE: reaching.submit,
        Verb.FOLLOW_UP_RECORD: watch.submit_record,
        Verb.FOLLOW_UP_STOP: watch.submit_stop,
        Verb.WROTE_BACK: wrote_back.submit,
        Verb.ADD: members.submit_add,
        Verb.EXCUSE_MEMBER: members.submit_excuse,
        Verb.MERGE: merging.submit,
        Verb.SERIOUS_NEWS: serious_news.submit,
        Verb.RESUME_MESSAGES: serious_news.submit_resume,
        Verb.REMIND: reminding.submit,
        Verb.NOTE: course.submit_note,
        Verb.SEVERITY: course.submit_severity,
        Verb.CLOSE: course.submit_close,
        Verb.FALSE_ALARM: false_alarm.submit,
        Verb.DIGEST_TIME: digest.submit_time,
    }
)


def dispatch(request: Request, interaction: Interaction) -> Answer:
    """Run the use case. Raises `Refused`."""
    if interaction.actor.guest_of is not None:
        check_guest(
            interaction.action.verb if isinstance(interaction, ButtonPress | FormSubmission) else None
        )
    match interaction:
        case SlashCommand():
            return commands.run(request, interaction.text, overheard=interaction.overheard)
        case MessageAction(wanted=Wanted.OPEN_CRISIS):
            return opening.from_message(request, interaction)
        case MessageAction():
            return talk.keep(request, interaction)
        case MessageChange():
            return talk.changed(request, interaction)
        case Departure():
            return leaving.depart(request, interaction)
        case ButtonPress():
            return PRESSES[interaction.action.verb](request, interaction.action)
        case FormSubmission():
            submission = SUBMISSIONS.get(interaction.action.verb)
            if submission is None:
                raise Refused(Code.UNKNOWN_ACTION)
            return submission(request, interaction.action, interaction.values)
        case _:
            assert_never(interaction)
