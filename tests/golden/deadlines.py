"""What the member is owed by an hour, said before it has passed, when it has, and once it is settled."""

from bot.domain import sending
from bot.domain.events import DeadlineNear
from bot.domain.states import Deadline, Route
from bot.views import brief, deadlines, news
from tests.golden.gallery import shown
from tests.rig import scenes as s


def _near(crisis, hour, locale, *, what=Deadline.FIRST_WORD, due="03:12"):
    event = DeadlineNear(at=s.at(hour), deadline=what, due_at=s.at(due))
    return news.news_card(s.scene(crisis, hour, locale=locale), event=event)


@shown
def deadline_of_a_first_word_near(locale):
    return _near(s.cell_gathers(), "03:11", locale)


@shown
def deadline_of_a_first_word_passed(locale):
    return _near(s.cell_gathers(), "03:12", locale)


@shown
def deadline_of_a_reply_near(locale):
    return _near(s.cell_gathers(), "03:17", locale, what=Deadline.REPLY, due="03:20")


@shown
def deadline_of_a_reply_passed(locale):
    return _near(s.cell_gathers(), "03:20", locale, what=Deadline.REPLY, due="03:20")


@shown
def deadline_of_a_first_word_without_one_agreed_to(locale):
    """By day, a customer's anger: the moderator writes by themselves."""
    return _near(s.angry_customer(), "10:12", locale, due="10:17")


@shown
def deadline_of_a_first_word_settled(locale):
    crisis = s.angry_customer()
    _receipt(crisis)
    return _near(crisis, "10:12", locale, due="10:17")


@shown
def receipt_form(locale):
    return deadlines.receipt_form(s.scene(s.angry_customer(), "10:12", locale=locale, reader=s.INES))


@shown
def brief_after_a_receipt(locale):
    crisis = s.angry_customer()
    _receipt(crisis)
    return brief.brief_card(s.scene(crisis, "10:13", locale=locale))


def _receipt(crisis):
    sending.receipt(crisis, Route.PUBLIC_POST, sent_at=s.at("10:12"), by=s.INES, at=s.at("10:12"))
