"""How the member can be reached: looked for by whoever the plan says, kept, read on demand, found wrong."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import cell, contacts, handover
from bot.domain.categories import FirstChoice
from bot.domain.contact_values import normal
from bot.domain.course import GRAVEST
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Confidence, CrisisStatus, Means, Source
from bot.domain.subjects import search_subject
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.guide import Guide
from bot.handlers.request import Request, choice, count, value
from bot.views.answers import done_card
from bot.views.contact_forms import add_form, end_form, wrong_form
from bot.views.contacts import contacts_card, kept_line, shown_card


def show_masked(request: Request, action: Action) -> Answer:
    """«Contacts…»: what there is, masked, and what can be done."""
    crisis = request.crisis(Verb.CONTACTS, action.subject)
    return Answer(card=contacts_card(request.about(crisis, action.subject)))


def show(request: Request, action: Action) -> Answer:
    """«Show»: whole, to this person alone, this once; noted."""
    crisis = request.crisis(Verb.CONTACT_SHOW, action.subject)
    scene = request.about(crisis, action.subject)
    found = contacts.usable(crisis, member=scene.who)
    contacts.show(crisis, found, by=request.person, at=request.now)
    return Answer(card=shown_card(scene, found), secret=True)


def ask_add(request: Request, action: Action) -> Answer:
    """The form, with the sources of the plan. Raises `no_source` while nobody knows whose plan it is."""
    crisis = request.crisis(Verb.CONTACT_ADD, action.subject)
    if not request.guide.community(crisis).contacts.sources:
        raise Refused(Code.NO_SOURCE)
    return Answer(form=add_form(request.about(crisis, action.subject)))


def submit_add(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Keep a contact. A source that the plan does not name is refused."""
    crisis = request.crisis(Verb.CONTACT_ADD, action.subject)
    community = request.guide.community(crisis)
    source = choice(Source, values, "source")
    if source not in community.contacts.sources:
        raise Refused(Code.BAD_VALUE, field="source")
    means = choice(Means, values, "means")
    scene = request.about(crisis, action.subject)
    country = (scene.member.country if scene.member else "") or community.country
    contact = contacts.add(
        crisis,
        means=means,
        value=normal(means, values.get("value") or "", country=country),
        source=source,
        confidence=choice(Confidence, values, "confidence"),
        member=scene.who,
        by=request.person,
        at=request.now,
    )
    return Answer(card=done_card(kept_line(scene, contact), request._))


def ask_wrong(request: Request, action: Action) -> Answer:
    """The form: which, and what shows it. Raises `contact_absent` where there is none."""
    crisis = request.crisis(Verb.CONTACT_WRONG, action.subject)
    scene = request.about(crisis, action.subject)
    if not contacts.usable(crisis, member=scene.who):
        raise Refused(Code.CONTACT_ABSENT)
    return Answer(form=wrong_form(scene))


def submit_wrong(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Nothing goes there any more; the search begins anew where nothing is left."""
    crisis = request.crisis(Verb.CONTACT_WRONG, action.subject)
    number, reason = count(values, "contact"), clean(value(values, "reason"))
    contacts.mark_wrong(crisis, number, reason=reason, by=request.person, at=request.now)
    return Answer()


def ask_end(request: Request, action: Action) -> Answer:
    """The form: why nothing was found, or what else is to say. Raises `already_done`."""
    crisis = request.crisis(Verb.CONTACT_END, action.subject)
    if contacts.under_way(crisis) is None:
        raise Refused(Code.ALREADY_DONE)
    return Answer(form=end_form(request.scene(crisis)))


def submit_end(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The search is over."""
    crisis = request.crisis(Verb.CONTACT_END, action.subject)
    contacts.end_search(crisis, reason=clean(value(values, "reason")), by=request.person, at=request.now)
    _ = request._
    return Answer(card=done_card(_("The search is over. A contact can still be added (“Contacts…”)."), _))


def keep_search(guide: Guide, crisis: Crisis, *, now: datetime) -> None:
    """After whatever happened: contacts are looked for where it is grave enough, and only there."""
    if crisis.status is CrisisStatus.CLOSED:
        return
    if not _grave_enough(guide, crisis):
        contacts.stop_search(crisis, at=now)
    elif contacts.to_search(crisis):
        role = guide.community(crisis).contacts.role
        if not cell.holders(crisis, role):
            _call_next(guide, crisis, role, AskedAs.HOLDER, now)
        contacts.ask_search(crisis, role=role, at=now)


def remind(guide: Guide, crisis: Crisis, reminder: Reminder, *, now: datetime) -> None:
    """The search goes on: said again, then the deputy has it, then the room and the managers are told."""
    search = contacts.under_way(crisis)
    current = search is not None and reminder.subject == search_subject(crisis, search.number)
    if search is None or not current or crisis.status is CrisisStatus.CLOSED:
        return
    if search.step < contacts.DEPUTY <= reminder.ordinal:
        _call_next(guide, crisis, search.role, AskedAs.DEPUTY, now)
    contacts.overdue(crisis, step=reminder.ordinal, at=now)


def _grave_enough(guide: Guide, crisis: Crisis) -> bool:
    """From D2 on; where no level stands, at severity 4 when somebody is in danger.

    No more once the follow-ups ended, the member asked us to stop or there was serious news; nor without a
    place to look in, while it may be of communities that allow different ones.
    """
    category = guide.category(crisis)
    level = category.level_in_force(crisis.level)
    first = crisis.member
    over = first is None or first.watch_stopped or first.watch_silent or crisis.silenced_at is not None
    if over or not guide.community(crisis).contacts.sources:
        return False
    if level is not None:
        return level >= Level.D2
    return crisis.severity == GRAVEST and category.first_choice is FirstChoice.SOMEONE_IN_DANGER


def _call_next(guide: Guide, crisis: Crisis, role: Role, asked_as: AskedAs, now: datetime) -> None:
    """The next of the plan who was asked neither for the role nor to take it over; nobody where all were."""
    asked = {a.person for a in crisis.assignments if a.role is role} | {*handover.asked(crisis)}
    before = contacts.searcher(crisis)
    person = next((p for p in guide.chain(crisis, role) if p not in asked), None)
    if person is not None:
        cell.ask(crisis, person=person, role=role, asked_as=asked_as, at=now, instead_of=before)
