"""A crisis opens: the form, the urgent way without one, and who is called."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from bot.cards import Action, Answer, TextField
from bot.domain import cell
from bot.domain.categories import FIRST_GUESSES, FirstChoice
from bot.domain.crisis import Crisis, Member, MemberMessage, Room
from bot.domain.errors import Code, Refused
from bot.domain.events import CrisisOpened
from bot.domain.likeness import WITHIN, likenesses
from bot.domain.roster import Role
from bot.domain.states import AskedAs
from bot.domain.verbs import Verb
from bot.domain.wording import for_display, storable
from bot.handlers import alerts
from bot.handlers.request import Request, choice, value
from bot.interactions import MessageAction
from bot.plan.model import Community
from bot.plan.unknown import either
from bot.views.course import open_form
from bot.views.duplicates import already_open_card, joined_card, with_already_open
from bot.views.pings import ack_card

FILLED = ("community", "first_choice", "link", "handle")
"""The fields of the form beside the text, which is kept whole."""

ALWAYS_CALLED = (Role.SPOKESPERSON, Role.LAWYER, Role.COMMUNICATION_LEAD)


def command(request: Request, text: str) -> Answer:
    """`/crisis open`: the form. Somebody whom the plan does not name raises an alert."""
    return alerts.raise_(request, text) if alerts.may_only_raise(request) else ask_form(request, text)


def ask_form(request: Request, text: str, link: str = "", written_at: datetime | None = None) -> Answer:
    """The short form, with what is known already; the answer keeps the text whole and its hour."""
    communities = [(c.id, c.name) for c in _communities(request)]
    form = open_form(communities=communities, text=text, link=link, _=request._, kept=request.key)
    return Answer(form=form, kept=alerts.written(link, written_at))


def from_message(request: Request, action: MessageAction) -> Answer:
    """«Open a crisis» on a message."""
    at = None if action.written_at is None else datetime.fromtimestamp(action.written_at, UTC)
    if alerts.may_only_raise(request):
        return alerts.raise_(request, action.text, action.link, at)
    return ask_form(request, action.text, action.link, at)


def press(request: Request, action: Action) -> Answer:
    """The form; under «already open» what was typed before, opened all the same."""
    earlier = request.uow.inbox.answer_to(storable(action.subject)) if action.subject else None
    if earlier is None or earlier.kept.get("by") != request.person:
        return ask_form(request, "")
    return _open_filled(request, earlier.kept)


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    filled = {name: value(values, name) for name in FILLED}
    earlier = request.uow.inbox.answer_to(storable(action.subject)) if action.subject else None
    filled["text"] = _whole(earlier, values.get("text") or "")
    asked = earlier.kept if earlier else {}
    filled["alert"] = asked.get("alert", "")
    filled["community"] = filled["community"] or asked.get("community", "")
    # Another link leads to another message, of another hour.
    filled["written_at"] = asked.get("written_at", "") if filled["link"] == asked.get("link") else ""
    return _open_filled(request, filled)


def join(request: Request, action: Action) -> Answer:
    """Come into a cell that works on the same already."""
    crisis = request.crisis(Verb.JOIN, action.subject)
    crisis.check_not_closed()
    if cell.has_left(crisis, request.person):
        raise Refused(Code.LEFT_THE_ROOM)
    take_own_roles(request, crisis)
    return Answer(card=joined_card(request.scene(crisis)))


def urgent(request: Request, text: str) -> Answer:
    """Without a form: someone in danger. Whose community it is can be said later.

    It never waits: what is open about the same is only told.
    """
    if alerts.may_only_raise(request):
        return alerts.raise_(request, text)
    if not text.strip():
        raise Refused(Code.TEXT_EMPTY)
    community = _whose(_communities(request))
    message = MemberMessage("t1", storable(text), "", request.now)
    danger = FirstChoice.SOMEONE_IN_DANGER
    crisis = _new(request, community, danger, message=message, member=Member("m1"))
    same = same_as(request, crisis, likenesses(crisis))
    answer = assemble(request, community, crisis)
    return Answer(card=with_already_open(answer.card, [request.scene(other) for other in same]))


def take_own_roles(request: Request, crisis: Crisis) -> None:
    """The person comes by themselves."""
    for role in _own_roles(request, request.guide.community(crisis)):
        cell.ask(crisis, person=request.person, role=role, asked_as=AskedAs.JOINED, at=request.now)


def _open_filled(request: Request, filled: Mapping[str, str]) -> Answer:
    """Open what the form says, unless one about the same is open that the person has not seen yet."""
    if not filled["text"].strip() and not filled["link"]:
        raise Refused(Code.MESSAGE_OR_LINK, field="text")
    community = _chosen(request, filled["community"])
    crisis = _new(
        request,
        community,
        choice(FirstChoice, filled, "first_choice"),
        message=MemberMessage(
            "t1",
            storable(filled["text"]),
            storable(filled["link"]),
            request.now,
            datetime.fromisoformat(written) if (written := filled.get("written_at")) else None,
        ),
        member=Member("m1", storable(filled["handle"])),
    )
    same = same_as(request, crisis, likenesses(crisis))
    seen = filled.get("seen", "").split(",")
    if all(other.id in seen for other in same):
        if filled["alert"]:
            alerts.opened(request, filled["alert"], crisis)
        return assemble(request, community, crisis)
    card = already_open_card(request.scene(same[-1]), kept=request.key)
    kept = {**filled, "by": request.person, "seen": ",".join(other.id for other in same)}
    return Answer(card=card, kept=kept)


def same_as(request: Request, crisis: Crisis, marks: Collection[str]) -> list[Crisis]:
    """Other open crises with one of these likenesses, as far as the person may know of them."""
    found = request.uow.crises.alike(marks, opened_since=request.now - WITHIN) if marks else ()
    return [other for other in found if other.id != crisis.id and request.community_roles(other)]


def _new(
    request: Request, community: Community, first: FirstChoice, *, message: MemberMessage, member: Member
) -> Crisis:
    guess = FIRST_GUESSES[first]
    crisis = begin(request, community, category=guess.category, severity=guess.severity)
    crisis.members, crisis.messages = (member,), (message,)
    return crisis


def begin(request: Request, community: Community, *, category: str, severity: int) -> Crisis:
    """A crisis that nobody was called into yet, and that is kept nowhere."""
    now = request.now
    return Crisis(
        id=request.new_id(),
        number=request.uow.crises.next_number(now.astimezone(community.timezone).year),
        community=community.id,
        locale=community.locale,
        category=category,
        severity=severity,
        opened_by=request.person,
        opened_at=now,
        rooms=tuple(Room(platform) for platform in request.guide.rooms_for(community)),
    )


def assemble(request: Request, community: Community, crisis: Crisis) -> Answer:
    """Call the cell together."""
    now = request.now
    crisis.record(
        CrisisOpened(
            at=now,
            by=request.person,
            community=community.id,
            category=crisis.category,
            severity=crisis.severity,
        )
    )
    request.uow.crises.add(crisis)
    for role in _own_roles(request, community):
        cell.ask(crisis, person=request.person, role=role, asked_as=AskedAs.OPENER, at=now)
    call_roles(request, crisis)
    names = [request.guide.name(p) for p in dict.fromkeys(a.person for a in crisis.assignments)]
    return Answer(card=ack_card(request.scene(crisis), names=names[1:]))


def _own_roles(request: Request, community: Community) -> tuple[Role, ...]:
    """What the opener is here: a moderator if they can be, and the roles they hold first.

    Whoever only deputises for a role does not take it: its holder is called.
    """
    person, guide = request.person, request.guide
    can = community.roles_of(person)
    own = tuple(r for r in can if r is Role.MODERATOR or guide.holders(community, r)[0] == person)
    return own or can[:1]


def call_roles(request: Request, crisis: Crisis) -> None:
    """Call the first holder of each role that nobody fills yet.

    The three experts and those the category names.
    """
    rule = request.guide.rule(crisis, request.now)
    for role in dict.fromkeys((*ALWAYS_CALLED, *rule.asked, rule.release)):
        if cell.holders(crisis, role):
            continue
        chain = request.guide.chain(crisis, role)
        asked = {a.person for a in crisis.assignments if a.role is role}
        person = next((p for p in chain if p not in asked), None)
        if person is not None:
            cell.ask(crisis, person=person, role=role, asked_as=AskedAs.HOLDER, at=request.now)


def _whole(earlier: Answer | None, typed: str) -> str:
    """The member's text untouched, where nobody changed what the form could show of it.

    A form shows a text without what cannot be seen, and perhaps only its beginning and `…`.
    """
    fields = earlier.form.fields if earlier and earlier.form else ()
    whole = next((f.value for f in fields if isinstance(f, TextField) and f.name == "text"), "")
    shown = for_display(whole).strip()
    cut = typed.endswith("…") and shown.startswith(typed.removesuffix("…"))
    return whole if whole and (cut or typed.strip() == shown) else typed


def _communities(request: Request) -> list[Community]:
    """Where the person may open a crisis."""
    communities = request.communities()
    if not communities:
        raise Refused(Code.NO_COMMUNITY)
    return communities


def _chosen(request: Request, community: str) -> Community:
    communities = {c.id: c for c in _communities(request)}
    if not community:
        return _whose(list(communities.values()))
    if community not in communities:
        raise Refused(Code.BAD_VALUE, field="community")
    return communities[community]


def _whose(communities: list[Community]) -> Community:
    """The only one, or what stands for all of them while nobody knows which."""
    return communities[0] if len(communities) == 1 else either(communities)
