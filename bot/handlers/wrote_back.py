"""The member wrote back, elsewhere than by e-mail (`arrived.py` takes that in): somebody copies it here."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import members
from bot.domain.errors import Code, Refused
from bot.domain.past import parse_past
from bot.domain.verbs import Verb
from bot.domain.wording import storable
from bot.domain.writing_back import write_back
from bot.handlers.own_crisis import where_kept
from bot.handlers.request import Request, value
from bot.views.members import meant
from bot.views.wrote import wrote_back_form


def ask(request: Request, action: Action) -> Answer:
    """The form."""
    crisis = request.crisis(Verb.WROTE_BACK, action.subject)
    return Answer(form=wrote_back_form(request.scene(crisis)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Take it in; the hour is one of the writer's zone. Raises `text_empty`, `bad_value`."""
    crisis = request.crisis(Verb.WROTE_BACK, action.subject)
    text, typed = storable(value(values, "text")), value(values, "written_at")
    if not text:
        raise Refused(Code.TEXT_EMPTY, field="text")
    zone = request.guide.zone_for(request.person)
    written_at = parse_past(typed, now=request.now, zone=zone, field="written_at") if typed else None
    who = meant(request.scene(crisis), value(values, "member"))
    if crisis.members:
        members.find(crisis, who)
    crisis, who = where_kept(request.uow, crisis, who)
    write_back(crisis, text=text, written_at=written_at, member=who, by=request.person, at=request.now)
    return Answer()
