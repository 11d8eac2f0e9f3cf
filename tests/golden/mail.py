"""E-mails: the form, how far they are, what is asked when they do not arrive."""

from dataclasses import replace

from bot.domain import mailing, serious_news
from bot.domain.events import MailRefused, MailUncertain, MemberWrote
from bot.domain.states import News
from bot.domain.writing_back import write_back
from bot.views import drafts as views
from bot.views.mail import mail_form
from bot.views.news import news_card
from tests.golden.gallery import shown
from tests.rig import scenes as s


def scene(crisis, clock, locale):
    drawn = s.scene(crisis, clock, locale=locale)
    return replace(drawn, guide=replace(drawn.guide, mail=True))


def sent():
    crisis = s.released()
    mail = mailing.ask(
        crisis,
        1,
        address="marin@ailleurs.example",
        subject="Un mot de Forum Exemple",
        token="0123456789abcdef01234567",
        by=s.LEA,
        at=s.at("03:26"),
    )
    return crisis, mail


@shown
def mail_to_write(locale):
    crisis = s.released()
    return mail_form(scene(crisis, "03:25", locale), crisis.draft(1))


@shown
def draft_whose_mail_is_on_its_way(locale):
    crisis, _mail = sent()
    return views.draft_card(scene(crisis, "03:26", locale), draft=crisis.draft(1))


@shown
def draft_whose_mail_is_put_off(locale):
    crisis, mail = sent()
    mailing.put_off(crisis, mail, code="451", at=s.at("03:26"))
    return views.draft_card(scene(crisis, "03:26", locale), draft=crisis.draft(1))


@shown
def draft_whose_mail_has_perhaps_gone(locale):
    crisis, mail = sent()
    mailing.unsure(crisis, mail, at=s.at("03:26"))
    return views.draft_card(scene(crisis, "03:28", locale), draft=crisis.draft(1))


@shown
def mail_perhaps_gone(locale):
    crisis, mail = sent()
    mailing.unsure(crisis, mail, at=s.at("03:26"))
    return news_card(
        scene(crisis, "03:28", locale), event=MailUncertain(at=s.at("03:26"), draft=1, mail=mail.number)
    )


@shown
def mail_refused(locale):
    crisis, mail = sent()
    mailing.refuse(crisis, mail, code="550", wrong_address=True, at=s.at("03:26"))
    event = MailRefused(at=s.at("03:26"), draft=1, mail=mail.number, code="550", wrong_address=True)
    return news_card(scene(crisis, "03:28", locale), event=event)


def refused_card_of(crisis, mail, locale, code):
    mailing.refuse(crisis, mail, code=code, at=s.at("03:26"))
    return news_card(scene(crisis, "03:28", locale), event=crisis.events[-1])


@shown
def mail_stopped_by_serious_news(locale):
    crisis, mail = sent()
    return refused_card_of(crisis, mail, locale, mailing.STOPPED_BY_NEWS)


@shown
def mail_refused_after_serious_news(locale):
    crisis, mail = sent()
    serious_news.stop_messages(crisis, News.HOSPITAL, note="", by=s.INES, at=s.at("03:26"))
    return refused_card_of(crisis, mail, locale, "554")


@shown
def member_wrote_back(locale):
    crisis = s.angry_customer()
    text = "Merci de m'avoir répondu.\n\nJ'attends la suite."
    write_back(crisis, text=text, raw="", by_address=True, written_at=None, at=s.at("11:40"))
    event = MemberWrote(at=s.at("11:40"), nth=2, by_address=True, raw="")
    return news_card(scene(crisis, "11:41", locale), event=event)
