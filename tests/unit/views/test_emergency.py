"""Whom to call from where one is, and what the member is given."""

from dataclasses import replace

import pytest

from bot.cards import Mention, Text
from bot.domain import emergency
from bot.domain.levels import Level
from bot.domain.states import Age
from bot.domain.verbs import Verb
from bot.views.brief import brief_card
from bot.views.emergency import called_form, emergency_card, emergency_nudge_card
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import filled, verbs


def abroad(scene, country):
    """The reader lives in another country than the community's."""
    people = scene.guide.plan.people
    moved = replace(people[scene.reader], country=country)
    plan = replace(scene.guide.plan, people={**people, scene.reader: moved})
    return replace(scene, guide=replace(scene.guide, plan=plan))


def member_in(country, **more):
    crisis = s.alarm()
    crisis.members = (replace(crisis.members[0], country=country, **more),)
    return crisis


def test_it_calls_from_where_the_reader_is():
    scene = abroad(s.scene(member_in("FR"), "03:12", locale="en", reader=s.LEA), "BE")
    said = plain(emergency_card(scene))
    assert "NOW: call 112 or 101." in said
    assert "Say first: “The person is not here but in France." in said


def test_it_calls_from_the_communitys_country_in_the_room():
    said = plain(emergency_card(s.scene(member_in("FR"), "03:12", locale="en")))
    assert "NOW: call 15 or 17." in said
    assert "Say first" not in said


def dialled(card):
    return [number for block in card.blocks if isinstance(block, Text) for number in block.numbers]


def test_it_lets_one_call_each_number_that_it_names():
    """On the sheet, its reminder and the card of the crisis; a number to write to is none to call."""
    scene = s.scene(member_in("FR"), "03:12", locale="fr")
    sheet = dialled(emergency_card(scene))
    assert {"15", "17", "112", "3114"} <= set(sheet)
    assert "114" not in sheet
    assert {"15", "17"} <= set(dialled(emergency_nudge_card(scene))) & set(dialled(brief_card(scene)))


def test_it_lets_nobody_call_outside_in_an_exercise():
    crisis = member_in("FR")
    crisis.drill = True
    for view in (emergency_card, emergency_nudge_card, brief_card):
        assert dialled(view(s.scene(crisis, "03:12", locale="fr"))) == []


def test_it_gives_the_member_lines_of_their_own_country():
    said = plain(emergency_card(s.scene(member_in("BE"), "03:12", locale="en")))
    given = said.partition("To give to the member (Belgium):")[2]
    assert "0800 32 123" in given
    assert "3114" not in given


def test_it_gives_what_helps_anywhere_first_when_the_country_is_unknown():
    said = plain(emergency_card(s.scene(s.alarm(), "03:12", locale="en")))
    given = said.partition("To give to the member (country unknown):")[2].splitlines()
    assert given[1].startswith("– 112")
    assert "findahelpline.com" in given[2]
    assert given[3] == "If they live in France:"


def test_it_gives_a_minor_the_lines_for_children_first():
    said = plain(emergency_card(s.scene(member_in("FR", age=Age.UNDER_15), "03:12", locale="en")))
    given = said.partition("To give to the member (France):")[2].splitlines()
    assert given[1].startswith("– https://www.allo119.gouv.fr · 119")


@pytest.mark.parametrize(
    ("level", "advised"), [(None, True), (Level.D2, False), (Level.D3, True), (Level.D5, True)]
)
def test_it_says_from_d3_on_that_the_3114_advises_us_too(level, advised):
    crisis = member_in("FR")
    crisis.level = level
    said = plain(emergency_card(s.scene(crisis, "03:12", locale="en")))
    assert ("the 3114 also advises you" in said) is advised


def test_it_sends_nobody_abroad_to_the_3114():
    scene = abroad(s.scene(s.alarm(), "03:12", locale="en", reader=s.LEA), "BE")
    assert "the 3114 also advises you" not in plain(emergency_card(scene))


def test_it_reminds_first_the_one_who_raised_the_alarm_then_the_cell():
    crisis = s.cell_gathers()
    emergency.remind(crisis, at=s.at("03:13"))
    first = emergency_nudge_card(s.scene(crisis, "03:13"))
    emergency.remind(crisis, at=s.at("03:15"))
    second = emergency_nudge_card(s.scene(crisis, "03:15"))
    called = [[b.people for b in card.blocks if isinstance(b, Mention)] for card in (first, second)]
    assert called == [[(s.LEA,)], [(s.LEA, s.FARID, s.DENIS, s.NOE, s.SALOME)]]


def test_it_mentions_nobody_in_a_direct_message():
    crisis = s.cell_gathers()
    emergency.remind(crisis, at=s.at("03:13"))
    card = emergency_nudge_card(s.scene(crisis, "03:13", reader=s.LEA))
    assert not any(isinstance(block, Mention) for block in card.blocks)


def test_it_asks_for_no_call_once_one_is_recorded():
    for view, left in ((emergency_card, [Verb.CALL_OUTCOME, Verb.I_CALLED]), (emergency_nudge_card, [])):
        card = view(s.scene(s.called(), "03:18", locale="en"))
        assert verbs(card) == left
        assert "NOW: call" not in plain(card)


def test_it_offers_no_service_as_already_called():
    form = called_form(s.scene(s.alarm(), "03:16", reader=s.LEA))
    assert filled(form)["service"] == ""
