"""Opening what others work on already."""

from bot.views import duplicates
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def already_open(locale):
    scene = s.scene(s.in_its_room(s.just_opened()), "03:14", locale=locale, reader=s.INES)
    return duplicates.already_open_card(scene, kept="web:1:2:open")


@shown
def already_open_to_somebody_of_its_cell(locale):
    scene = s.scene(s.in_its_room(s.just_opened()), "03:14", locale=locale, reader=s.NOE)
    return duplicates.already_open_card(scene, kept="web:1:2:open")


@shown
def joined(locale):
    return duplicates.joined_card(
        s.scene(s.in_its_room(s.just_opened()), "03:14", locale=locale, reader=s.INES)
    )
