"""What the member is owed by an hour, said before it has passed, when it has, and once it is settled."""

from bot.domain.events import DeadlineNear
from bot.domain.states import Deadline
from bot.views import news
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
