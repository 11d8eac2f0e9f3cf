import pytest

from bot.cards import Action, Actions, Button, Card, Pressable, RoomLink
from bot.domain.crisis import Member
from bot.domain.ids import PersonId
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.views.answers import ListEntry, list_card, status_card
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import verbs


def offered(card: Card) -> list[Pressable]:
    return [one for block in card.blocks if isinstance(block, Actions) for one in block.buttons]


def seen_by(reader: PersonId) -> tuple[list[Pressable], list[Pressable]]:
    """What the status and the list offer somebody."""
    scene = s.scene(s.in_review(), "03:19", locale="fr", reader=reader)
    return offered(status_card(scene)), offered(list_card([ListEntry(scene, waits=False)], scene._))


def test_it_leads_those_inside_to_the_room() -> None:
    status, listed = seen_by(s.LEA)
    assert [type(one) for one in status] == [Button, Button, RoomLink]
    assert [type(one) for one in listed] == [RoomLink, Button]


def test_it_leads_a_manager_from_outside_to_where_things_stand() -> None:
    """A private room that they are not in does not open for them."""
    status, listed = seen_by(s.HELENE)
    assert [type(one) for one in status] == [Button, Button]
    button, _handover = listed
    assert isinstance(button, Button)
    assert button.action == Action(Verb.STATUS, s.in_review().id)


COMPLETE = "“Complete…”"


@pytest.mark.parametrize(
    ("reader", "named", "offered_verbs"),
    [
        (s.LEA, COMPLETE, [Verb.LIFE_IN_DANGER, Verb.COMPLETE, Verb.MORE]),
        (s.HELENE, "ask the cell", [Verb.LIFE_IN_DANGER, Verb.MORE]),
    ],
)
def test_it_names_of_what_is_unknown_the_way_that_stands_below(
    reader: PersonId, named: str, offered_verbs: list[Verb]
) -> None:
    """On the card of the room it may stand behind «More…»; a manager without a part has none."""
    crisis = s.just_opened()
    crisis.members = (Member(crisis.members[0].id),)
    card = status_card(s.scene(crisis, "03:19", locale="en", reader=reader))
    assert f"Member: nothing known yet: {named}" in plain(card)
    assert verbs(card) == offered_verbs


def test_it_offers_on_the_status_of_a_closed_crisis_what_it_takes() -> None:
    crisis = s.called()
    crisis.status = CrisisStatus.CLOSED
    assert verbs(status_card(s.scene(crisis, "03:19", reader=s.LEA))) == [Verb.LIFE_IN_DANGER]
