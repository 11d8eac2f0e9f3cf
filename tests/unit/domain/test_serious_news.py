"""Serious news: what is on its way by e-mail is held, and no other may be asked for."""

import pytest

from bot.domain import mailing, serious_news
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.mailing import Mailing
from bot.domain.states import News
from tests.rig import scenes as s


def asked(crisis: Crisis) -> Mailing:
    return mailing.ask(
        crisis, 1, address="m@exemple.fr", subject="Bonjour", token="jeton", by=s.LEA, at=s.at("03:31")
    )


def test_it_holds_an_email_that_was_asked_for() -> None:
    crisis = s.released()
    mail = asked(crisis)
    assert mailing.may_go(crisis, mail)
    serious_news.stop_messages(crisis, News.DEATH, note="", by=s.INES, at=s.at("03:32"))
    assert not mailing.may_go(crisis, mail)


def test_it_lets_nobody_ask_for_an_email() -> None:
    crisis = s.released()
    serious_news.stop_messages(crisis, News.DEATH, note="", by=s.INES, at=s.at("03:30"))
    with pytest.raises(Refused) as refused:
        asked(crisis)
    assert refused.value.code is Code.SILENCED
    assert not crisis.mailings


def test_it_is_lifted_once() -> None:
    crisis = s.released()
    serious_news.stop_messages(crisis, News.FAMILY, note="", by=s.INES, at=s.at("03:30"))
    serious_news.resume_messages(crisis, reason="une erreur", by=s.HELENE, at=s.at("03:40"))
    assert mailing.may_go(crisis, asked(crisis))
    with pytest.raises(Refused) as refused:
        serious_news.resume_messages(crisis, reason="encore", by=s.HELENE, at=s.at("03:41"))
    assert refused.value.code is Code.ALREADY_DONE
