"""Who is shown what of how the member can be reached."""

from dataclasses import replace

import pytest

from bot.cards import Actions
from bot.domain import contacts, emergency
from bot.domain.roster import Role
from bot.domain.states import Confidence, CrisisStatus, Means, Source
from bot.domain.verbs import Verb
from bot.views.answers import status_card
from bot.views.brief import brief_card
from bot.views.contacts import contacts_card
from bot.views.emergency import emergency_sheet
from tests.golden.guests import YVES, invited, scene_of
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import verbs

MASKED = "i…@e….fr"


def searched():
    crisis = invited()
    contacts.ask_search(crisis, role=Role.MODERATOR, at=s.at("03:10"))
    contacts.add(
        crisis,
        means=Means.EMAIL,
        value="iris@exemple.fr",
        source=Source.PROFILE,
        confidence=Confidence.SURE,
        by=s.LEA,
        at=s.at("03:19"),
    )
    return crisis


@pytest.mark.parametrize("view", [brief_card, status_card])
def test_it_counts_them_for_the_cell_and_tells_a_guest_nothing(view):
    crisis = searched()
    assert "contacts: 1 found, search under way (Léa, due at 03:25)" in plain(
        view(scene_of(crisis, "03:20", "en"))
    )
    assert "contacts:" not in plain(view(scene_of(crisis, "03:20", "en", YVES)))


def test_it_masks_them_for_one_of_the_cell_alone():
    crisis = searched()
    assert MASKED in plain(contacts_card(scene_of(crisis, "03:20", "en", s.NOE)))
    assert MASKED not in plain(contacts_card(scene_of(crisis, "03:20", "en")))
    guest = contacts_card(scene_of(crisis, "03:20", "en", YVES))
    assert MASKED not in plain(guest)
    assert not [block for block in guest.blocks if isinstance(block, Actions)]


def test_it_says_who_looks_no_more_once_the_crisis_is_closed():
    crisis = searched()
    crisis.status = CrisisStatus.CLOSED
    assert "search" not in plain(contacts_card(scene_of(crisis, "03:20", "en", s.LEA)))
    assert "contacts: 1 found" in plain(brief_card(scene_of(crisis, "03:20", "en")))


def test_it_says_that_nobody_looks_where_nobody_holds_the_role():
    crisis = searched()
    crisis.assignments = tuple(replace(a, role=Role.SCRIBE) for a in crisis.assignments)
    assert "nobody looks for them yet" in plain(brief_card(scene_of(crisis, "03:20", "en")))


def test_it_lets_whoever_calls_for_help_read_them_out_but_for_a_guest():
    crisis = searched()
    emergency.declare(crisis, by=s.LEA, at=s.at("03:20"))
    sheet = emergency_sheet(scene_of(crisis, "03:20", "en", s.LEA))
    told = "e-mail: press “Show the contacts” to read them."
    assert told in plain(sheet)
    assert MASKED not in plain(sheet), "what is masked cannot be read out"
    assert Verb.CONTACT_SHOW in verbs(sheet)
    guest = emergency_sheet(scene_of(crisis, "03:20", "en", YVES))
    assert "How to reach them" not in plain(guest)
    assert Verb.CONTACT_SHOW not in verbs(guest)
