"""No way to the member is known: what is done instead, with its proof."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import reaching
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.past import parse_past
from bot.domain.serious_news import check_may_write
from bot.domain.states import Recourse
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.drafts import writing
from bot.handlers.request import Request, value
from bot.views.no_way import public_word_form, recourse_form


def ask(request: Request, action: Action) -> Answer:
    """The form for the proof; the recourse ends the subject, `….w.pharos`."""
    crisis, recourse = _recourse_of(request, action)
    crisis.check_not_closed()
    return Answer(form=recourse_form(request.scene(crisis), recourse))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """It is noted; the hour is one of the writer's zone, now when none was typed."""
    crisis, recourse = _recourse_of(request, action)
    typed, zone = value(values, "done_at"), request.guide.zone_for(request.person)
    done_at = parse_past(typed, now=request.now, zone=zone, field="done_at") if typed else request.now
    reaching.take(
        crisis,
        recourse,
        note=clean(value(values, "note")),
        done_at=done_at,
        by=request.person,
        at=request.now,
    )
    return Answer()


def ask_public(request: Request, action: Action) -> Answer:
    """The form of a reply that everybody reads and that quotes nothing."""
    crisis = request.crisis(Verb.PUBLIC_WORD, action.subject)
    check_may_write(crisis)
    return Answer(form=public_word_form(request.scene(crisis), writing(request, crisis, action.subject)))


def _recourse_of(request: Request, action: Action) -> tuple[Crisis, Recourse]:
    """Raises `absent`."""
    crisis = request.crisis(Verb.RECOURSE, action.subject)
    named = action.subject.rpartition(".w.")[2]
    if named not in set(Recourse):
        raise Refused(Code.ABSENT)
    return crisis, Recourse(named)
