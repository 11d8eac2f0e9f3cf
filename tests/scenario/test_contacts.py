"""How the member can be reached: searched in parallel, masked, read on demand, and where a reply goes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cards import Action, Answer
from bot.data import SAMPLE_PLAN
from bot.domain import contacts
from bot.domain.errors import Code
from bot.domain.events import (
    ContactFound,
    ContactSearchAsked,
    ContactSearchEnded,
    ContactSearchOverdue,
    ContactSearchStopped,
    ContactsShown,
    ContactWrong,
)
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus, DispatchStatus, Route
from bot.domain.verbs import Verb
from bot.interactions import FormSubmission
from tests.rig.core import Core, actor, fresh_key
from tests.rig.either import CHATS, EITHER
from tests.rig.plain import plain
from tests.rig.reading import plain as typed
from tests.rig.refused import night_at, the_crisis
from tests.rig.shown import filled, options

EMAIL, PHONE = "iris.delorme@exemple.fr", "06 39 98 06 78"
ADDRESS = "Iris Delorme\n12 rue des Tilleuls\n34000 Montpellier"
SEARCH = "recherche en cours"


def begun(**opening: str) -> tuple[Core, CrisisId]:
    core = Core()
    return core, core.opens(**opening)


def all_here() -> tuple[Core, CrisisId]:
    """The same once everybody who was called has come: nobody else is called for them."""
    core, crisis = begun()
    for who in ("claire", "farid", "denis", "noe"):
        core.press(who, Verb.TAKE_UP, crisis)
    return core, crisis


def add(core: Core, crisis: CrisisId, value: str = EMAIL, **changes: str) -> str | None:
    answer = filling(core, crisis, {"value": value} | changes)
    core.deliver()
    return answer.code


def filling(core: Core, crisis: CrisisId, changes: Mapping[str, str]) -> Answer:
    given = {"means": "email", "source": "client_file", "confidence": "likely", **changes}
    return core.ask(FormSubmission(fresh_key(), actor("lea"), Action(Verb.CONTACT_ADD, crisis), given))


def judged(core: Core, crisis: CrisisId, level: str) -> None:
    for who in ("lea", "noe"):
        core.fill(who, Verb.COMPLETE, crisis, level=level, level_reason="relu ensemble")
    core.settle()


def happened(core: Core, crisis: CrisisId, kind: type) -> list:
    with core.store.read() as uow:
        return [entry.event for entry in uow.journal.of(crisis) if isinstance(entry.event, kind)]


def in_rooms(core: Core) -> str:
    """What stands there now."""
    return typed("\n".join(plain(said.card) for said in core.chat.in_rooms()))


def read_by(core: Core, who: str) -> str:
    return typed("\n".join(plain(said.card) for said in core.chat.read_by(who)))


def searching(core: Core, crisis: CrisisId) -> bool:
    return contacts.under_way(core.crisis(crisis)) is not None


def test_it_gives_the_search_to_the_moderator_from_the_opening() -> None:
    core, crisis = begun()
    assert contacts.searcher(core.crisis(crisis)) == "lea"
    assert f"{SEARCH} (Léa, attendue à" in in_rooms(core)
    core.later(minutes=16)
    assert f"{SEARCH} (Inès, en retard)" in in_rooms(core)


@pytest.mark.parametrize("first", ["anger_or_image", "leak_or_threat", "not_sure"])
def test_it_searches_nothing_where_nobody_is_in_danger(first: str) -> None:
    core, crisis = begun(first=first)
    core.later(minutes=60)
    assert not searching(core, crisis)
    assert happened(core, crisis, ContactSearchAsked) == []


@pytest.mark.parametrize(("category", "searches"), [("minor_danger", 1), ("leak", 0)])
def test_it_searches_without_a_level_only_for_somebody_in_danger(category: str, searches: int) -> None:
    core, crisis = begun(first="leak_or_threat")
    core.fill("lea", Verb.COMPLETE, crisis, category=category)
    core.fill("lea", Verb.SEVERITY, crisis, severity="4")
    assert len(happened(core, crisis, ContactSearchAsked)) == searches


def test_it_reminds_then_passes_to_the_deputy_then_tells_the_managers() -> None:
    core, crisis = all_here()
    core.later(minutes=11)
    assert "Cette recherche dure encore" in read_by(core, "lea")
    assert contacts.searcher(core.crisis(crisis)) == "lea"
    core.later(minutes=5)
    assert contacts.searcher(core.crisis(crisis)) == "ines"
    assert "Cherchez comment joindre le membre" in read_by(core, "ines")
    assert "Cette recherche dure encore" not in in_rooms(core)
    core.later(minutes=10)
    assert "Les responsables sont prévenus aussi" in read_by(core, "helene")
    assert "Les responsables sont prévenus aussi" in in_rooms(core)
    assert "helene" not in core.crisis(crisis).people
    assert "[Rejoindre]" in read_by(core, "helene")
    assert [e.step for e in happened(core, crisis, ContactSearchOverdue)] == [1, 2, 3]


def test_it_goes_back_to_the_holder_when_the_deputy_cannot() -> None:
    core, crisis = begun()
    core.later(minutes=16)
    core.press("ines", Verb.DECLINE, crisis)
    assert contacts.searcher(core.crisis(crisis)) == "lea"


def test_it_stops_below_d2_and_begins_anew_when_the_level_rises() -> None:
    core, crisis = begun()
    judged(core, crisis, "D2")
    assert searching(core, crisis)
    judged(core, crisis, "D1")
    assert len(happened(core, crisis, ContactSearchStopped)) == 1
    assert "recherche" not in in_rooms(core)
    core.later(minutes=60)
    assert happened(core, crisis, ContactSearchOverdue) == []
    judged(core, crisis, "D3")
    core.later(minutes=11)
    assert [e.search for e in happened(core, crisis, ContactSearchOverdue)] == [2]


def test_it_stops_when_the_member_asks_for_an_end() -> None:
    core, crisis = begun()
    core.later(days=1)
    answer = core.fill("lea", Verb.FOLLOW_UP_RECORD, f"{crisis}.f1", outcome="asks_to_stop", note="merci")
    assert answer.code is None
    assert not searching(core, crisis)
    assert len(happened(core, crisis, ContactSearchStopped)) == 1


def test_it_stops_after_serious_news_until_a_manager_lifts_it() -> None:
    core, crisis = released()
    core.later(minutes=1)
    add(core, crisis)
    assert core.fill("lea", Verb.SERIOUS_NEWS, crisis, news="death").code is None
    core.deliver()
    assert not searching(core, crisis)
    assert "Aussi par e-mail" not in in_rooms(core)
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email", 1).code == Code.SILENCED
    assert core.fill("helene", Verb.RESUME_MESSAGES, crisis, reason="erreur sur la personne").code is None
    assert searching(core, crisis)


def test_it_calls_nobody_to_the_search_who_is_asked_to_take_over() -> None:
    core, crisis = all_here()
    core.fill("lea", Verb.HANDOVER, crisis, person="ines")
    core.later(minutes=16)
    assert contacts.searcher(core.crisis(crisis)) == "lea"
    core.press("ines", Verb.TAKE_UP, crisis)
    assert "ines" not in core.crisis(crisis).people


@pytest.mark.parametrize(("forum", "asked"), [("[client_file, platform]", True), ("[platform]", False)])
def test_it_takes_only_what_every_community_allows_that_it_may_be(
    tmp_path: Path, forum: str, *, asked: bool
) -> None:
    plan = tmp_path / "plan.yaml"
    text = SAMPLE_PLAN.read_text().replace("[client_file, profile, platform]", forum, 1)
    plan.write_text(text.replace("    code: cm\n", "    code: cm\n    contacts: {sources: [client_file]}\n"))
    core = Core(plan=plan)
    core.command("denis", "urgent je n'en peux plus")
    with core.store.read() as uow:
        (crisis,) = uow.crises.of(["forum+club"])
    answer = core.press("denis", Verb.CONTACT_ADD, crisis.id)
    assert (contacts.under_way(crisis) is not None) is asked
    assert answer.code == (None if asked else Code.NO_SOURCE)
    assert not answer.form or options(answer.form, "source") == ["client_file"]


def test_it_ends_with_a_reason_where_nothing_was_found() -> None:
    core, crisis = begun()
    assert core.fill("lea", Verb.CONTACT_END, crisis, reason=" ").code == Code.REASON_NEEDED
    assert core.fill("lea", Verb.CONTACT_END, crisis, reason="compte sans adresse").code is None
    core.later(minutes=60)
    assert happened(core, crisis, ContactSearchOverdue) == []
    assert "coordonnées : rien trouvé" in in_rooms(core)
    assert core.press("lea", Verb.CONTACT_END, crisis).code == Code.ALREADY_DONE
    (ended,) = happened(core, crisis, ContactSearchEnded)
    assert (ended.by, ended.found, ended.reason) == ("lea", 0, "compte sans adresse")


def test_it_ends_without_a_word_once_something_was_found() -> None:
    core, crisis = begun()
    add(core, crisis)
    assert "coordonnées : 1 trouvée, recherche en cours" in in_rooms(core)
    assert core.fill("lea", Verb.CONTACT_END, crisis).code is None
    core.later(minutes=60)
    assert happened(core, crisis, ContactSearchOverdue) == []


def test_it_asks_nobody_any_more_after_the_end() -> None:
    core, crisis = begun()
    core.command("helene", "close fausse alerte")
    core.later(minutes=60)
    assert happened(core, crisis, ContactSearchOverdue) == []


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


def test_it_looks_only_where_the_plan_says_and_by_whom(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    usual = "contacts: {role: moderator, sources: [client_file, profile, platform], within: 15m, remind: 10m}"
    ours = "contacts: {role: consumer_service, sources: [client_file], within: 5m, remind: 2m}"
    text = SAMPLE_PLAN.read_text()
    assert usual in text
    plan.write_text(text.replace(usual, ours))
    core = Core(plan=plan)
    crisis = core.opens()
    assert contacts.searcher(core.crisis(crisis)) == "noe"
    assert add(core, crisis, source="profile") == Code.BAD_VALUE
    core.later(minutes=3)
    assert "Cherchez comment joindre le membre" in read_by(core, "noe")


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


def test_it_masks_contacts_on_the_card_and_counts_them_in_the_room() -> None:
    core, crisis = begun()
    add(core, crisis)
    masked = core.press("denis", Verb.CONTACTS, crisis)
    assert masked.card is not None
    assert "i…@e….fr" in plain(masked.card)
    assert happened(core, crisis, ContactsShown) == []
    core.later(minutes=26)
    assert "i…@e….fr" not in in_rooms(core)


def test_it_begins_anew_when_all_that_was_found_is_wrong() -> None:
    core, crisis = begun()
    add(core, crisis)
    core.fill("lea", Verb.CONTACT_END, crisis)
    assert core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="1", reason=" ").code == Code.REASON_NEEDED
    assert core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="7", reason="revenu").code == Code.ABSENT
    assert core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="1", reason="revenu").code is None
    assert (
        core.fill("lea", Verb.CONTACT_WRONG, crisis, contact="1", reason="revenu").code == Code.ALREADY_DONE
    )
    core.deliver()
    assert searching(core, crisis)
    assert "coordonnées : aucune qui vaille, recherche en cours" in in_rooms(core)
    (wrong,) = happened(core, crisis, ContactWrong)
    assert (wrong.contact, wrong.reason) == (1, "revenu")
    assert add(core, crisis) is None


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


def released() -> tuple[Core, CrisisId]:
    """A reply that has gone by private message, before anybody had found an address."""
    core, crisis = begun()
    core.fill("lea", Verb.DRAFT, crisis, text="Bonjour.", routes="private_message")
    core.press("noe", Verb.APPROVE, f"{crisis}.d1", 1)
    assert core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1).code is None
    core.fill("lea", Verb.DISPATCH, f"{crisis}.d1.private_message", note="lu")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    core.deliver()
    return core, crisis


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
        assert "Gardé : e-mail i…@e….fr." in await lea.submits(typed)
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
        assert "Gardé : adresse postale MONTPELLIER." in await lea.submits(mended)


@pytest.mark.parametrize("where", CHATS)
async def test_it_is_ended_from_the_reminder(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = CHATS[where](rig, "lea")
        await rig.later(minutes=11)
        assert "Cherchez comment joindre le membre" in await lea.finds_directly("Cette recherche dure encore")
        await lea.asks("Rien trouvé…")
        await lea.fills({"reason": "compte sans adresse"})
        assert "coordonnées : rien trouvé" in await lea.reads_brief()
        assert not [said for said in rig.user("lea").notified() if "adresse" in said]
