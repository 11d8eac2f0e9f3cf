"""Serious news: nothing goes to the member any more, until a manager lifts it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.cards import Answer
from bot.domain.cell import holders
from bot.domain.ids import CrisisId
from bot.domain.roster import Role
from bot.domain.states import DraftStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import CHATS, InChat, rig_at
from tests.rig.night import WORDS
from tests.rig.plain import plain
from tests.rig.reading import direct
from tests.rig.reading import plain as typed

HELD = "Nouvelle grave, notée par"
TEXT = "Bonjour, nous pensons à vous."


def follow_ups(core: Core, crisis: CrisisId) -> list[ReminderStatus]:
    with core.store.read() as uow:
        return [r.status for r in uow.reminders.of(crisis) if r.kind is ReminderKind.FOLLOW_UP]


def approved(core: Core) -> CrisisId:
    """A reply that is approved, to a member who has had a first word."""
    crisis = core.opens("lea", first="anger_or_image")
    assert core.fill("lea", Verb.RECEIPT, crisis, route="private_message").code is None
    core.proposes(crisis, text=TEXT)
    assert core.press("denis", Verb.APPROVE, f"{crisis}.d1", 1).code is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED
    return crisis


def releases(core: Core, crisis: CrisisId) -> Answer:
    """By whoever gives the word."""
    role = core.guide().rule(core.crisis(crisis), core.now).release
    return core.press(holders(core.crisis(crisis), role)[0].person, Verb.RELEASE, f"{crisis}.d1", 1)


def test_it_refuses_to_release_anything_and_holds_the_follow_ups() -> None:
    core = Core()
    crisis = approved(core)
    assert ReminderStatus.PLANNED in follow_ups(core, crisis)
    assert core.fill("lea", Verb.SERIOUS_NEWS, crisis, news="hospital", note="sa sœur a écrit").code is None
    core.settle()
    assert set(follow_ups(core, crisis)) == {ReminderStatus.CANCELLED}
    assert releases(core, crisis).code == "silenced"
    assert core.press("lea", Verb.FIRST_MESSAGE, crisis).code == "silenced"
    before = len(core.chat.read_by("lea"))
    core.later(hours=80)
    later = core.chat.read_by("lea")[before:]
    assert not [card for card in later if TEXT in str(card) or "suivi" in str(card)]


def test_it_tells_the_manager_and_the_referent_at_once_and_gives_them_a_part() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    assert "helene" not in core.crisis(crisis).people
    assert core.fill("ines", Verb.SERIOUS_NEWS, crisis, news="death").code is None
    core.settle()
    for who in ("helene", "noe"):
        assert [card for card in core.chat.read_by(who) if HELD in str(card)]
    parts = {(a.person, a.role) for a in core.crisis(crisis).assignments}
    assert {("helene", Role.MANAGER), ("noe", Role.DISTRESS_REFERENT)} <= parts


def test_it_is_lifted_by_a_manager_alone_who_says_why() -> None:
    core = Core()
    crisis = approved(core)
    core.fill("lea", Verb.SERIOUS_NEWS, crisis, news="family")
    core.settle()
    assert core.fill("lea", Verb.RESUME_MESSAGES, crisis, reason="elle va mieux").code == "not_allowed"
    assert core.fill("helene", Verb.RESUME_MESSAGES, crisis, reason=" ").code == "reason_needed"
    assert core.fill("helene", Verb.RESUME_MESSAGES, crisis, reason="elle va mieux").code is None
    core.settle()
    assert ReminderStatus.PLANNED in follow_ups(core, crisis)
    assert releases(core, crisis).code is None


def test_it_offers_no_reply_on_a_follow_up_that_was_recorded_before() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    core.fill("ines", Verb.RECEIPT, crisis, route="private_message")
    core.later(hours=80)
    assert core.fill("ines", Verb.FOLLOW_UP_RECORD, f"{crisis}.f1", outcome="better", note="").code is None
    core.settle()
    recorded, reply = "Noté : va mieux.", "[Écrire une réponse]"
    assert reply in in_room(core, recorded)
    core.fill("ines", Verb.SERIOUS_NEWS, crisis, news="death")
    core.settle()
    assert reply not in in_room(core, recorded)
    core.fill("helene", Verb.RESUME_MESSAGES, crisis, reason="erreur sur la personne")
    core.settle()
    assert reply in in_room(core, recorded)


@pytest.mark.parametrize("begun", [False, True])
def test_it_offers_no_holding_statement(*, begun: bool) -> None:
    """On the first card while nothing is written, behind «More…» afterwards."""
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    if begun:
        core.proposes(crisis, "ines", text=TEXT)
    everywhere = behind_more(core, crisis) if begun else in_room(core, "Délais")
    assert "Message d'attente" in everywhere
    core.fill("ines", Verb.SERIOUS_NEWS, crisis, news="death")
    core.settle()
    assert "Message d'attente" not in behind_more(core, crisis)
    assert not [said for said in core.chat.in_rooms() if "Message d'attente" in typed(plain(said.card))]


def in_room(core: Core, words: str) -> str:
    [one] = [text for said in core.chat.in_rooms() if words in (text := typed(plain(said.card)))]
    return one


def behind_more(core: Core, crisis: CrisisId) -> str:
    """Page by page."""
    pages = [core.press("ines", Verb.MORE, crisis, page).card for page in range(6)]
    return "".join(typed(plain(page)) for page in pages if page)


def test_it_begins_with_what_the_emergency_services_say() -> None:
    core = Core()
    crisis = approved(core)
    core.fill("lea", Verb.I_CALLED, crisis, service="15")
    assert core.fill("lea", Verb.CALL_OUTCOME, crisis, outcome="serious_news").code is None
    assert releases(core, crisis).code == "silenced"


@pytest.mark.parametrize("where", CHATS)
async def test_it_stops_every_message_from_a_follow_up_on(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        at: Callable[[str], InChat] = partial(CHATS[where], rig)
        lea, helene = at("lea"), at("helene")
        await lea.types(f"urgence {WORDS}")
        await rig.later(hours=3)
        await lea.finds_directly("suivi")
        await lea.asks("Noter ce qu'il en est…")
        await lea.fills({"outcome": "serious_news", "note": "la gendarmerie a rappelé"})
        assert HELD in await helene.finds_directly(HELD)
        assert "la gendarmerie" not in rig.notice(direct(rig, "helene", HELD))
        assert "personne n'écrit plus au membre" in await lea.reads_brief()
        await lea.types_in_room("journal")
        log = await lea.finds("Dernières lignes")
        assert "Léa a noté une nouvelle grave" in log
        assert "la gendarmerie a rappelé" in log
        await helene.finds_directly(HELD)
        await helene.asks("Lever l'arrêt des messages…")
        await helene.fills({"reason": "erreur sur la personne"})
        assert "Hélène lève l'arrêt des messages au membre : erreur" in await lea.finds("lève l'arrêt")
        assert "personne n'écrit plus" not in await lea.reads_brief()
