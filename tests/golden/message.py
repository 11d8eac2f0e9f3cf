"""The member's message: hidden or not, read on demand."""

from dataclasses import replace

from bot.domain.events import MessageStillOnline
from bot.domain.states import Standing
from bot.views import brief, news
from bot.views.message import message_card
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def message_to_who_asks(locale):
    return message_card(s.scene(s.called(), "03:18", locale=locale, reader=s.NOE))


@shown
def news_message_still_online(locale):
    event = MessageStillOnline(at=s.at("03:15"))
    return news.news_card(s.scene(s.cell_gathers(), "03:15", locale=locale), event=event)


@shown
def brief_with_a_message_still_online(locale):
    return brief.brief_card(s.scene(s.cell_gathers(), "03:16", locale=locale))


@shown
def brief_with_a_message_just_hidden(locale):
    """By day, when the first word is not late yet."""
    crisis = s.angry_customer()
    hidden = replace(crisis.messages[0], standing=Standing.HIDDEN, standing_since=s.at("10:03"))
    crisis.messages = (hidden,)
    return brief.brief_card(s.scene(crisis, "10:10", locale=locale))
