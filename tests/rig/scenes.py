"""A night call and its quieter sister, played by the domain's own rules up to the moment that a card shows.

People and words are invented; the plan is the sample plan.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.data import SAMPLE_PLAN, categories, follow_up_schedule, help_lines, levels
from bot.domain import cell, drafts, emergency, sending
from bot.domain.crisis import Crisis, Member, MemberMessage, Room
from bot.domain.ids import FIRST, CrisisId, MemberId, PersonId, Platform, RoomRef
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import Age, AskedAs, ReminderKind, ReminderStatus, RoomStatus, Route, Standing
from bot.domain.subjects import follow_up_subject
from bot.guide import Guide
from bot.plan.loading import load_plan_file
from bot.texts import translator
from bot.views.scene import Scene

LEA, INES, DENIS, CLAIRE = PersonId("lea"), PersonId("ines"), PersonId("denis"), PersonId("claire")
FARID, SALOME, NOE, HELENE = PersonId("farid"), PersonId("salome"), PersonId("noe"), PersonId("helene")

HANDLE = "Marin-d'eau-douce"
WORDS = "Je n'en peux plus. Merci à celles et ceux qui m'ont répondu ici, ne m'attendez pas demain."
REPLY = (
    "Bonjour Marin-d'eau-douce, merci d'avoir écrit. Quand vous dites « Je n'en peux plus », nous entendons "
    "combien c'est lourd, et nous nous inquiétons pour vous. Comment vous sentez-vous maintenant ?\n"
    "Le 3114 vous écoute, jour et nuit. Si vous êtes en danger maintenant, appelez le 15 ou le 112.\n"
    "Vous pouvez répondre à ce message quand vous voulez : nous vous lisons.\n"
    "Léa, modératrice, Forum Exemple"
)
REVISED = REPLY.replace("quand vous voulez : nous vous lisons.", ": nous vous réécrivons ce soir vers 19 h.")


def at(clock: str, *, day: int = 24) -> datetime:
    """An hour of the night of 24 November 2026 in Paris, in UTC."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


@cache
def guide() -> Guide:
    return Guide(
        plan=load_plan_file(SAMPLE_PLAN),
        categories=categories(),
        levels=levels(),
        help_lines=help_lines(),
        schedule=follow_up_schedule(),
        platforms=(Platform.WEB, Platform.SLACK),
    )


def scene(
    crisis: Crisis,
    clock: str,
    *,
    locale: str = "fr",
    reader: PersonId | None = None,
    reminders: Sequence[Reminder] = (),
    day: int = 24,
) -> Scene:
    return Scene(
        crisis=crisis,
        guide=guide(),
        planned=lambda: tuple(reminders),
        now=at(clock, day=day),
        _=translator(locale),
        zone=guide().community(crisis).timezone,
        platform=Platform.SLACK,
        reader=reader,
    )


def just_opened() -> Crisis:
    """Léa opens at 03:10; three experts and the distress referent are called."""
    crisis = Crisis(
        id=CrisisId("7c3e0000000014fe"),
        number="2026-014",
        community="forum",
        locale="fr",
        category="distress",
        severity=4,
        opened_by=LEA,
        opened_at=at("03:10"),
        members=(Member("m1"),),
        messages=(MemberMessage("t1", WORDS, "https://forum.example/t/88#m412", at("03:10")),),
        rooms=(Room(Platform.WEB), Room(Platform.SLACK)),
    )
    cell.ask(crisis, person=LEA, role=Role.MODERATOR, asked_as=AskedAs.OPENER, at=at("03:10"))
    called = {
        CLAIRE: Role.SPOKESPERSON,
        FARID: Role.LAWYER,
        DENIS: Role.COMMUNICATION_LEAD,
        NOE: Role.DISTRESS_REFERENT,
    }
    for person, role in called.items():
        cell.ask(crisis, person=person, role=role, asked_as=AskedAs.HOLDER, at=at("03:10"))
    return crisis


def in_its_room(crisis: Crisis) -> Crisis:
    name = f"crise-{crisis.number}-fe"
    crisis.rooms = tuple(
        Room(room.platform, RoomStatus.READY, RoomRef(f"{room.platform}-room"), name) for room in crisis.rooms
    )
    return crisis


def alarm() -> Crisis:
    """Léa presses «Life in danger» at 03:11."""
    crisis = in_its_room(just_opened())
    emergency.declare(crisis, by=LEA, at=at("03:11"))
    return crisis


def cell_gathers() -> Crisis:
    """Denis comes, Claire cannot, Farid stays silent: their deputies are called."""
    crisis = alarm()
    cell.take_up(crisis, person=DENIS, at=at("03:12"))
    cell.decline(crisis, person=CLAIRE, at=at("03:12"))
    ask_deputy(crisis, Role.SPOKESPERSON, instead_of=CLAIRE)
    ask_deputy(crisis, Role.LAWYER, instead_of=FARID)
    return crisis


def ask_deputy(crisis: Crisis, role: Role, *, instead_of: PersonId) -> None:
    chain = guide().chain(crisis, role)
    cell.ask_next(crisis, role=role, chain=chain, at=at("03:12"), instead_of=instead_of)


def called() -> Crisis:
    """Léa calls 17 at 03:14; what is known by then is filled in."""
    crisis = cell_gathers()
    said = (
        "Danger pour un membre, nous avons son pseudonyme et l'heure du message. Ils rappellent l'hébergeur."
    )
    emergency.record_call(
        crisis, by=LEA, service="17", called_at=at("03:14"), said=said, reference="PV 4412", at=at("03:17")
    )
    crisis.level = Level.D4
    crisis.members = (Member("m1", HANDLE, "forum.example", Age.UNKNOWN, "FR"),)
    crisis.messages = (
        replace(
            crisis.messages[0],
            written_at=at("02:41"),
            standing=Standing.HIDDEN,
            standing_since=at("03:15"),
        ),
    )
    return crisis


def in_review() -> Crisis:
    """Léa's first text waits for one approval."""
    crisis = called()
    cell.take_up(crisis, person=NOE, at=at("03:17"))
    drafts.propose(crisis, text=REPLY, routes=(Route.PRIVATE_MESSAGE, Route.EMAIL), by=LEA, at=at("03:18"))
    return crisis


def rejected() -> Crisis:
    crisis = in_review()
    drafts.reject(
        crisis,
        1,
        seen=1,
        by=NOE,
        roles=(Role.DISTRESS_REFERENT,),
        reason="Dire quand nous réécrivons, plutôt que « quand vous voulez ».",
        at=at("03:20"),
    )
    return crisis


def revised() -> Crisis:
    crisis = rejected()
    drafts.revise(crisis, 1, seen=1, text=REVISED, by=LEA, at=at("03:22"))
    return crisis


def approved() -> Crisis:
    crisis = revised()
    rule = guide().rule(crisis, at("03:24"))
    drafts.approve(crisis, 1, seen=2, by=NOE, roles=(Role.DISTRESS_REFERENT,), rule=rule, at=at("03:24"))
    return crisis


def released() -> Crisis:
    crisis = approved()
    sending.release(crisis, 1, seen=2, by=LEA, rule=guide().rule(crisis, at("03:25")), at=at("03:25"))
    return crisis


def half_sent() -> Crisis:
    crisis = released()
    sending.use_route(
        crisis, 1, Route.PRIVATE_MESSAGE, by=LEA, proof="messagerie du forum, lu 03:27", at=at("03:26")
    )
    return crisis


def replied() -> Crisis:
    crisis = half_sent()
    reason = "Aucune adresse connue pour ce compte."
    sending.excuse_route(crisis, 1, Route.EMAIL, by=LEA, reason=reason, at=at("03:28"))
    return crisis


def follow_up(
    crisis: Crisis,
    ordinal: int,
    due: datetime,
    status: ReminderStatus = ReminderStatus.DUE,
    member: MemberId = FIRST,
) -> Reminder:
    fired = due if status is ReminderStatus.DUE else None
    return Reminder(
        ReminderKind.FOLLOW_UP,
        follow_up_subject(crisis, ordinal, member),
        ordinal,
        due,
        crisis.id,
        INES,
        status=status,
        fired_at=fired,
    )


def angry_customer() -> Crisis:
    """The sister story: a customer's anger, nobody in distress, by day."""
    crisis = Crisis(
        id=CrisisId("7c3e0000000015fe"),
        number="2026-015",
        community="forum",
        locale="fr",
        category="complaint",
        severity=2,
        opened_by=INES,
        opened_at=at("10:02"),
        members=(Member("m1", "client_fidele_06", "forum.example", Age.ADULT, "BE"),),
        messages=(
            MemberMessage(
                "t1",
                "Trois semaines sans réponse, et vous supprimez mes avis !",
                "",
                at("10:02"),
                at("09:40"),
                Standing.ONLINE,
                at("09:40"),
            ),
        ),
        rooms=(Room(Platform.WEB), Room(Platform.SLACK)),
    )
    cell.ask(crisis, person=INES, role=Role.MODERATOR, asked_as=AskedAs.OPENER, at=at("10:02"))
    called = {
        CLAIRE: Role.SPOKESPERSON,
        FARID: Role.LAWYER,
        DENIS: Role.COMMUNICATION_LEAD,
        NOE: Role.CONSUMER_SERVICE,
    }
    for person, role in called.items():
        cell.ask(crisis, person=person, role=role, asked_as=AskedAs.HOLDER, at=at("10:02"))
    cell.take_up(crisis, person=DENIS, at=at("10:06"))
    return in_its_room(crisis)
