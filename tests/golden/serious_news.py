"""Serious news: every message stops."""

from dataclasses import replace

from bot.domain import serious_news as rules
from bot.domain.states import News
from bot.views import brief, drafts, serious_news
from tests.golden.gallery import shown
from tests.rig import scenes as s


def stopped(crisis):
    rules.stop_messages(crisis, News.HOSPITAL, note="", by=s.INES, at=s.at("10:00"))
    return crisis


@shown
def serious_news_form(locale):
    return serious_news.news_form(s.scene(s.replied(), "10:00", locale=locale, reader=s.INES))


@shown
def resume_messages_form(locale):
    return serious_news.resume_form(s.scene(stopped(s.replied()), "10:00", locale=locale, reader=s.HELENE))


@shown
def brief_after_serious_news(locale):
    return brief.brief_card(s.scene(stopped(s.replied()), "10:05", locale=locale))


@shown
def draft_released_and_stopped(locale):
    crisis = stopped(s.released())
    scene = s.scene(crisis, "10:05", locale=locale)
    scene = replace(scene, guide=replace(scene.guide, mail=True))
    return drafts.draft_card(scene, draft=crisis.draft(1))


@shown
def draft_held(locale):
    crisis = stopped(s.approved())
    return drafts.draft_card(s.scene(crisis, "10:05", locale=locale), draft=crisis.draft(1))
