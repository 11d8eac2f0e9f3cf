"""What is heard of an e-mail after its way was excused or opened again, or whoever sent it has left."""

import pytest

from bot.domain.events import MailUncertain
from bot.domain.ids import CrisisId, PersonId, Platform
from bot.domain.states import DispatchStatus, MailStatus, Route
from bot.domain.subjects import draft_subject, mail_subject, route_subject
from bot.domain.verbs import Verb
from bot.interactions import Actor, Departure
from bot.ports import Ambiguous
from tests.rig.answers import answer
from tests.rig.chat import Chat
from tests.rig.core import Core, fresh_key
from tests.rig.post import Post
from tests.scenario.test_mail import events, finds, notices, post, released, sends, state
from tests.scenario.test_writing_back import BACK, comes_in, said_to


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(request: pytest.FixtureRequest) -> Core:
    return Core(chat=Chat(request.param), carrier=Post(Ambiguous("cut")))


def excuses(core: Core, crisis: CrisisId) -> None:
    text = draft_subject(core.crisis(crisis), 1)
    done = core.fill("lea", Verb.EXCUSE_ROUTE, text, 1, route="email", note="par message privé")
    assert done.code is None, done


def opened_again(core: Core) -> CrisisId:
    """An e-mail has perhaps gone, its way was excused, and another address opened it anew."""
    crisis = released(core)
    assert sends(core, crisis) is None
    excuses(core, crisis)
    core.later(minutes=1)
    finds(core, crisis, "tom@autre.example")
    done = core.press("lea", Verb.ADD_ROUTE, route_subject(core.crisis(crisis), 1, Route.EMAIL), 1)
    assert done.code is None, done
    return crisis


def says_that_the_first_has_not_gone(core: Core, crisis: CrisisId) -> None:
    done = core.press("denis", Verb.MAIL_NOT_GONE, mail_subject(core.crisis(crisis), 1))
    assert done.code is None, done
    core.settle()


def test_it_sends_no_second_one_when_an_older_has_not_gone(core: Core) -> None:
    crisis = opened_again(core)
    assert sends(core, crisis, contact="1") is None
    assert state(core, crisis) is DispatchStatus.USED
    says_that_the_first_has_not_gone(core, crisis)
    assert state(core, crisis) is DispatchStatus.USED
    assert sends(core, crisis, contact="1") is not None
    assert len(post(core).sent) == 1


def test_it_leaves_a_way_that_waits_again_as_it_is(core: Core) -> None:
    crisis = opened_again(core)
    says_that_the_first_has_not_gone(core, crisis)
    assert state(core, crisis) is DispatchStatus.WAITING


def test_it_leaves_a_way_excused_when_its_e_mail_has_not_gone(core: Core) -> None:
    crisis = released(core)
    sends(core, crisis)
    excuses(core, crisis)
    says_that_the_first_has_not_gone(core, crisis)
    assert state(core, crisis) is DispatchStatus.EXCUSED


def test_it_says_that_one_has_perhaps_gone_though_its_way_was_excused_meanwhile(core: Core) -> None:
    crisis = released(core)
    post(core).before = lambda _what: excuses(core, crisis)
    sends(core, crisis)
    assert state(core, crisis) is DispatchStatus.EXCUSED
    assert [event for event in events(core, crisis) if isinstance(event, MailUncertain)]
    assert [mail.status for mail in core.crisis(crisis).mailings] == [MailStatus.UNCERTAIN]
    assert "[L'e-mail est parti]" in notices(core, "vérifiez si l'e-mail est parti")[0]


def test_it_brings_the_members_words_to_nobody_who_has_left(core: Core) -> None:
    post(core).answers.clear()
    crisis = released(core)
    sends(core, crisis)
    room = core.crisis(crisis).room_on(core.chat.platform)
    assert room is not None
    assert room.ref is not None
    core.ask(Departure(fresh_key(), Actor(core.chat.platform, PersonId("lea")), room.ref, core.now))
    core.settle()
    comes_in(core, answer(BACK, token=post(core).sent[-1].token))
    assert said_to(core, "ines", BACK)
    assert not said_to(core, "lea", BACK)
