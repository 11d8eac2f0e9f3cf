"""The first message: when it may leave, by whom, and who reads it in the morning."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import cell, first_message, sending
from bot.domain.errors import Code, Refused
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus, Route
from bot.domain.wording import fingerprint
from bot.plan.model import Community
from tests.rig import nobody
from tests.rig import scenes as s


def refused(crisis, *, day=24, guide=None):
    with pytest.raises(Refused) as refusal:
        (guide or s.guide()).first_message(crisis, now=s.at("03:20", day=day))
    return refusal.value.code


def with_forum(**changes):
    guide = s.guide()
    forum: Community = replace(guide.plan.communities["forum"], **changes)
    return replace(guide, plan=replace(guide.plan, communities={**guide.plan.communities, "forum": forum}))


def test_it_may_leave_while_the_member_has_had_no_word():
    assert s.guide().first_message(s.called(), now=s.at("03:20")).agreed_by == s.CLAIRE


@pytest.mark.parametrize("level", [Level.D1, Level.D2, Level.D3, Level.D5])
def test_it_may_leave_at_each_level_of_distress(level):
    crisis = s.called()
    crisis.level = level
    assert s.guide().may_send_first_message(crisis, now=s.at("03:20"))


def test_it_needs_a_level_of_distress():
    calm = s.called()
    calm.level = Level.D0
    assert refused(calm) is Code.NO_DISTRESS
    assert refused(s.angry_customer()) is Code.NO_DISTRESS


def test_it_needs_the_clients_agreement():
    assert refused(s.called(), guide=with_forum(first_message=None)) is Code.FIRST_MESSAGE_ABSENT


def test_it_may_leave_until_the_end_of_the_last_day_where_the_community_lives():
    message = s.guide().first_message(s.called(), now=s.at("03:20"))
    today = s.at("03:20").date()
    guide = with_forum(first_message=replace(message, until=today))
    assert guide.may_send_first_message(s.called(), now=s.at("23:59"))
    assert not guide.may_send_first_message(s.called(), now=s.at("23:59") + timedelta(minutes=1))
    assert refused(s.called(), day=25, guide=guide) is Code.FIRST_MESSAGE_EXPIRED


def test_it_leaves_once_and_not_after_a_reply():
    assert refused(nobody.first_message_released()) is Code.ALREADY_DONE
    assert refused(s.released()) is Code.ALREADY_DONE


def test_it_keeps_the_text_and_its_fingerprint():
    draft = nobody.first_message_released().draft(1)
    agreed = s.guide().first_message(s.called(), now=s.at("03:20")).texts["fr"]
    assert (draft.current.text, draft.current.fingerprint) == (agreed, fingerprint(agreed))


def test_it_is_a_word_and_no_reply():
    crisis = nobody.first_message_released()
    sending.use_route(crisis, 1, Route.PRIVATE_MESSAGE, by=s.LEA, proof="messagerie", at=s.at("03:22"))
    assert crisis.anchored_at == s.at("03:22")
    assert crisis.status is CrisisStatus.OPEN


def test_it_is_read_by_those_who_could_not_be_reached():
    crisis = nobody.first_message_released()
    asked = first_message.rereaders(
        crisis, crisis.draft(1), s.guide().rule(crisis, now=s.at("08:30")), referents=()
    )
    assert set(asked) == {s.DENIS, s.NOE, s.FARID, s.SALOME, s.INES}


def test_it_is_read_by_the_distress_referent_who_was_there_too():
    crisis = s.called()
    cell.take_up(crisis, person=s.NOE, at=s.at("03:17"))
    release(crisis)
    asked = s.guide().rereaders(crisis, crisis.draft(1), now=s.at("08:30"))
    assert asked[0] == s.NOE


def test_it_is_not_read_again_by_whoever_was_there():
    crisis = s.called()
    cell.take_up(crisis, person=s.NOE, at=s.at("03:17"))
    release(crisis)
    cell.take_up(crisis, person=s.SALOME, at=s.at("03:40"))
    asked = first_message.rereaders(
        crisis, crisis.draft(1), s.guide().rule(crisis, now=s.at("08:30")), referents=()
    )
    assert s.NOE not in asked
    assert s.SALOME in asked


def test_it_is_read_by_all_who_approve_when_each_was_there():
    crisis = s.called()
    for person in (s.NOE, s.DENIS, s.SALOME, s.FARID):
        cell.take_up(crisis, person=person, at=s.at("03:17"))
    release(crisis)
    asked = first_message.rereaders(
        crisis, crisis.draft(1), s.guide().rule(crisis, now=s.at("08:30")), referents=()
    )
    assert set(asked) == {s.NOE, s.DENIS, s.SALOME, s.FARID}


def test_it_is_never_read_by_its_sender_alone():
    crisis = nobody.first_message_released()
    assert code_of_reading(crisis, s.LEA) is Code.OWN_DRAFT
    assert first_message.to_reread(crisis) is not None


def test_it_is_settled_by_one_reading_and_keeps_each():
    crisis = nobody.first_message_reread()
    assert first_message.to_reread(crisis) is None
    assert code_of_reading(crisis, s.SALOME) is Code.ALREADY_DONE
    first_message.reread(crisis, 1, by=s.FARID, at=s.at("09:00"))
    first = first_message.reread_by(crisis.draft(1))
    assert first is not None
    assert first.person == s.SALOME


def test_it_asks_for_no_reading_of_a_reply():
    assert code_of_reading(s.released(), s.NOE) is Code.NOT_IN_REVIEW


def test_it_asks_nobody_when_it_was_read_in_the_night():
    crisis = nobody.first_message_reread()
    crisis.events.clear()
    first_message.ask_rereading(crisis, 1, at=s.at("08:30"))
    assert crisis.events == []


def test_it_says_once_that_nobody_is_left_and_no_more_when_somebody_comes():
    crisis = s.in_its_room(s.just_opened())
    for _time in range(2):
        cell.ask_next(crisis, role=Role.LAWYER, chain=(s.FARID,), at=s.at("03:14"))
    assert [event.kind for event in crisis.events].count("chain_exhausted") == 1
    assert Role.LAWYER in crisis.exhausted
    cell.take_up(crisis, person=s.FARID, at=s.at("03:15"))
    assert Role.LAWYER not in crisis.exhausted


def test_it_hopes_again_when_somebody_is_named():
    crisis = nobody.nobody_left()
    cell.ask(crisis, person=s.HELENE, role=Role.LAWYER, asked_as=AskedAs.NAMED, at=s.at("03:25"))
    assert Role.LAWYER not in crisis.exhausted


def release(crisis):
    return first_message.release(
        crisis,
        text="Bonjour.",
        routes=(Route.EMAIL,),
        by=s.LEA,
        agreed_by=s.CLAIRE,
        until=s.at("03:20").date(),
        at=s.at("03:21"),
    )


def code_of_reading(crisis, person):
    with pytest.raises(Refused) as refusal:
        first_message.reread(crisis, 1, by=person, at=s.at("09:00"))
    return refusal.value.code
