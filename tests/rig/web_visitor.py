"""Somebody in front of the browser room's page, without a request."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.web.ports import PersonSummary
from adapters.web.session import new_session
from adapters.web.visitor import Visitor
from bot.domain.ids import PersonId
from bot.texts import translator


def visitor() -> Visitor:
    lea = PersonSummary(id=PersonId("lea"), name="Léa Martin", roles="")
    return Visitor(
        session=new_session(),
        is_new=False,
        form_token="token",
        person=lea,
        people=[lea],
        may_choose=False,
        say=translator("fr"),
        zone=ZoneInfo("Europe/Paris"),
        now=datetime(2026, 11, 24, 2, 14, tzinfo=UTC),
    )
