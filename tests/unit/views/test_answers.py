from bot.cards import Action, Actions, Button, Card, RoomLink
from bot.domain.ids import PersonId
from bot.domain.verbs import Verb
from bot.views.answers import ListEntry, list_card, status_card
from tests.rig import scenes as s


def offered(card: Card) -> list[Button | RoomLink]:
    return [one for block in card.blocks if isinstance(block, Actions) for one in block.buttons]


def seen_by(reader: PersonId) -> tuple[list[Button | RoomLink], list[Button | RoomLink]]:
    """What the status and the list offer somebody."""
    scene = s.scene(s.in_review(), "03:19", locale="fr", reader=reader)
    return offered(status_card(scene)), offered(list_card([ListEntry(scene, waits=False)], scene._))


def test_it_leads_those_inside_to_the_room() -> None:
    status, listed = seen_by(s.LEA)
    assert [type(one) for one in status] == [Button, RoomLink]
    assert [type(one) for one in listed] == [RoomLink, Button]


def test_it_leads_a_manager_from_outside_to_where_things_stand() -> None:
    """A private room that they are not in does not open for them."""
    status, listed = seen_by(s.HELENE)
    assert [type(one) for one in status] == [Button]
    button, _handover = listed
    assert isinstance(button, Button)
    assert button.action == Action(Verb.STATUS, s.in_review().id)
