"""The search for how a member can be reached: whose it is, when it is said again, when it ends."""

from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain import contacts
from bot.domain.errors import Code
from bot.domain.events import (
    ContactSearchAsked,
    ContactSearchEnded,
    ContactSearchOverdue,
    ContactSearchStopped,
    ContactWrong,
)
from bot.domain.ids import CrisisId
from bot.domain.verbs import Verb
from tests.rig.contacts import (
    SEARCH,
    add,
    all_here,
    begun,
    happened,
    in_rooms,
    read_by,
    released,
    searching,
)
from tests.rig.core import Core
from tests.rig.either import CHATS
from tests.rig.refused import night_at
from tests.rig.shown import options


def judged(core: Core, crisis: CrisisId, level: str) -> None:
    for who in ("lea", "noe"):
        core.fill(who, Verb.COMPLETE, crisis, level=level, level_reason="relu ensemble")
    core.settle()


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
    assert "coordonnées : aucune valable, recherche en cours" in in_rooms(core)
    (wrong,) = happened(core, crisis, ContactWrong)
    assert (wrong.contact, wrong.reason) == (1, "revenu")
    assert add(core, crisis) is None


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
