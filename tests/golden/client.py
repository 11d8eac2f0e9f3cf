"""What the client's contact is told, who has no part in the crisis."""

from dataclasses import replace

from bot.domain.states import CrisisStatus
from bot.views.client import client_card
from tests.golden.gallery import shown
from tests.rig import scenes as s


def _told(crisis, locale, *, told_for="forum"):
    return client_card(s.scene(crisis, "03:20", locale=locale, reader=s.HELENE), told_for=told_for)


@shown
def client_contact_told(locale):
    return _told(s.called(), locale)


@shown
def client_contact_of_a_closed_crisis(locale):
    return _told(_closed(), locale)


@shown
def client_contact_of_a_false_alarm(locale):
    return _told(replace(_closed(), false_alarm=True), locale)


@shown
def client_contact_told_by_mistake(locale):
    return _told(s.called(), locale, told_for="club")


def _closed():
    return replace(
        s.called(), status=CrisisStatus.CLOSED, closed_at=s.at("03:19"), closed_by=s.LEA, close_reason="vu"
    )
