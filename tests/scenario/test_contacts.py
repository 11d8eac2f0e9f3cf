"""How the member can be reached: kept, masked, read on demand, and where a reply goes then."""

from pathlib import Path

import pytest

from bot.domain.errors import Code
from bot.domain.events import (
    ContactFound,
    ContactsShown,
)
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus, DispatchStatus, Route
from bot.domain.verbs import Verb
from tests.rig.contacts import (
    ADDRESS,
    EMAIL,
    PHONE,
    SEARCH,
    add,
    begun,
    filling,
    happened,
    in_rooms,
    released,
)
from tests.rig.core import Core
from tests.rig.either import EITHER
from tests.rig.plain import plain
from tests.rig.refused import night_at, the_crisis
from tests.rig.shown import filled


def test_it_keeps_a_contact_for_the_one_who_looks() -> None:
    core, crisis = begun()
    assert add(core, crisis, PHONE, means="phone", confidence="sure") is None
    (kept,) = core.crisis(crisis).contacts.found
    assert (kept.value, kept.found_by) == ("+33639980678", "lea")
    (found,) = happened(core, crisis, ContactFound)
    assert (found.contact, found.means, found.by) == (1, "phone", "lea")
    assert add(core, crisis, "+33 6 39 98 06 78", means="phone") == Code.CONTACT_KNOWN


@pytest.mark.parametrize(
    ("value", "changes", "field"),
    [
        ("iris", {}, "value"),
        ("06 39", {"means": "phone"}, "value"),
        ("12, rue des Tilleuls\n34000 Montpellier", {"means": "address"}, "value"),
        (EMAIL, {"source": "her sister"}, "source"),
        (EMAIL, {"means": "telegram"}, "means"),
        (EMAIL, {"confidence": ""}, "confidence"),
    ],
)
def test_it_refuses_what_cannot_be_a_contact(value: str, changes: dict[str, str], field: str) -> None:
    core, crisis = begun()
    assert filling(core, crisis, {"value": value} | changes).errors.keys() == {field}
    assert core.crisis(crisis).contacts.found == ()


def test_it_shows_contacts_to_whoever_asks_and_notes_it_without_them() -> None:
    core, crisis = begun()
    assert core.press("lea", Verb.CONTACT_SHOW, crisis).code == Code.CONTACT_ABSENT
    add(core, crisis)
    add(core, crisis, ADDRESS, means="address")
    answer = core.press("denis", Verb.CONTACT_SHOW, crisis, key="once")
    assert answer.card is not None
    assert EMAIL in plain(answer.card)
    assert "12 rue des Tilleuls" in plain(answer.card)
    again = core.press("denis", Verb.CONTACT_SHOW, crisis, key="once")
    assert again.card is None  # it is kept nowhere
    (read,) = happened(core, crisis, ContactsShown)
    assert (read.by, read.contacts) == ("denis", (1, 2))
    core.command("lea", "journal")
    core.deliver()
    assert "Denis a lu les coordonnées du membre : 1 et 2." in in_rooms(core)
    assert EMAIL not in str(core.chat.in_rooms())


def test_it_gives_the_town_first_to_whoever_calls_for_help_and_notes_who_read_it() -> None:
    core, crisis = begun()
    add(core, crisis, ADDRESS, means="address")
    sheet = core.press("lea", Verb.LIFE_IN_DANGER, crisis).card
    assert sheet is not None
    assert "Ville et adresse connues («\N{NO-BREAK SPACE}Afficher les coordonnées" in plain(sheet)
    assert "MONTPELLIER" not in plain(sheet)
    answer = core.press("lea", Verb.CONTACT_SHOW, crisis)
    assert answer.card is not None
    assert "la ville\N{NO-BREAK SPACE}: MONTPELLIER." in plain(answer.card).split("12 rue")[0]
    assert [event.by for event in happened(core, crisis, ContactsShown)] == ["lea"]
    core.settle()
    assert "MONTPELLIER" not in str(core.chat.in_rooms())


def test_it_masks_contacts_on_the_card_and_counts_them_in_the_room() -> None:
    core, crisis = begun()
    add(core, crisis)
    masked = core.press("denis", Verb.CONTACTS, crisis)
    assert masked.card is not None
    assert "i…@e….fr" in plain(masked.card)
    assert happened(core, crisis, ContactsShown) == []
    core.later(minutes=26)
    assert "i…@e….fr" not in in_rooms(core)


def offered(core: Core, crisis: CrisisId) -> str:
    """The ways that the form of a reply has ticked."""
    form = core.press("lea", Verb.DRAFT, crisis).form
    assert form is not None
    return filled(form)["routes"]


@pytest.mark.parametrize(
    ("value", "means", "confidence", "ticked"),
    [
        (EMAIL, "email", "likely", "private_message,email"),
        (ADDRESS, "address", "sure", "private_message,letter"),
        (EMAIL, "email", "doubtful", "private_message"),
        (PHONE, "phone", "sure", "private_message"),
    ],
)
def test_it_ticks_the_ways_that_contacts_open(value: str, means: str, confidence: str, ticked: str) -> None:
    core, crisis = begun()
    assert offered(core, crisis) == "private_message"
    add(core, crisis, value, means=means, confidence=confidence)
    assert offered(core, crisis) == ticked


def test_it_offers_the_way_that_a_contact_opens_after_the_release() -> None:
    core, crisis = released()
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1).code == Code.CONTACT_ABSENT
    core.later(minutes=1)
    add(core, crisis)
    assert "Aussi par e-mail" in in_rooms(core)
    assert core.press("denis", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1).code is None
    core.deliver()
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    assert "Aussi par e-mail" not in in_rooms(core)
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1).code == Code.ALREADY_DONE
    assert core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.email", note="parti").code is None
    assert core.crisis(crisis).status is CrisisStatus.REPLIED


def test_it_offers_a_way_again_once_its_address_was_wrong_and_another_is_there() -> None:
    core, crisis = released()
    core.later(minutes=1)
    add(core, crisis)
    core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1)
    core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.email", note="parti")
    core.later(minutes=1)
    add(core, crisis, "iris@autre.example")
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1).code == Code.ALREADY_DONE
    core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="1", reason="revenu")
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1).code is None
    waiting = [d.route for d in core.crisis(crisis).dispatches if d.status is DispatchStatus.WAITING]
    assert waiting == [Route.EMAIL]


def test_it_adds_no_way_to_a_text_that_nobody_has_released() -> None:
    core, crisis = begun()
    add(core, crisis)
    core.proposes(crisis)
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.letter", 1).code == Code.NOT_APPROVED


@pytest.mark.parametrize("where", EITHER)
async def test_it_is_found_masked_and_read_on_demand(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        assert f"{SEARCH} (Léa, attendue" in await lea.reads_brief()
        await lea.hears_in_room("Coordonnées…")
        typed = {"means": "email", "value": EMAIL, "source": "client_file", "confidence": "sure"}
        await lea.presses("Ajouter une coordonnée…")
        assert "Gardée : e-mail i…@e….fr." in await lea.submits(typed)
        assert "coordonnées : 1 trouvée" in await lea.reads_brief()
        assert "i…@e….fr" in await lea.hears_in_room("Coordonnées…")
        assert EMAIL in await lea.presses("Afficher les coordonnées")
        assert EMAIL not in await lea.reads_room()
        with rig.service.application.store.read() as uow:
            read = [e.event for e in uow.journal.of(the_crisis(rig).id) if isinstance(e.event, ContactsShown)]
        assert [(each.by, each.contacts) for each in read] == [("lea", (1,))]


@pytest.mark.parametrize("where", EITHER)
async def test_it_says_what_is_wrong_with_an_address_and_keeps_what_was_typed(
    tmp_path: Path, where: str
) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await lea.hears_in_room("Coordonnées…")
        await lea.presses("Ajouter une coordonnée…")
        typed = {"means": "address", "value": "12, rue des Tilleuls\n34000 Montpellier", "source": "profile"}
        typed["confidence"] = "likely"
        assert "La ligne 1 contient le signe ," in await lea.submits(typed)
        kept = {} if where == "teams" else typed  # elsewhere the form stays open as it was filled
        mended = kept | {"value": "12 rue des Tilleuls\n34000 Montpellier"}
        assert "Gardée : adresse postale MONTPELLIER." in await lea.submits(mended)
