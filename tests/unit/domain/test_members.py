"""Who was answered, and how long somebody waits, in a crisis with several members."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import contacts, drafts, members, sending, watch
from bot.domain.crisis import Crisis, Member, MemberMessage
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.ids import EVERYBODY, FIRST, MemberId
from bot.domain.states import (
    Confidence,
    CrisisStatus,
    Deadline,
    DraftStatus,
    Means,
    Outcome,
    Route,
    Source,
)
from tests.rig.samples import LEA, NIGHT, YVES, opened_crisis

MINUTE = timedelta(minutes=1)
SECOND: MemberId = "m2"


def wave() -> Crisis:
    """Two members, the second an hour after the first."""
    return opened_crisis(
        category="complaint",
        members=(Member(FIRST, "Heron"), Member(SECOND, "Loutre")),
        messages=(
            MemberMessage("t1", "Honteux.", "", NIGHT),
            MemberMessage("t2", "Pareil.", "", NIGHT + 60 * MINUTE, member=SECOND),
        ),
    )


def sent(crisis: Crisis, member: MemberId, route: Route = Route.PUBLIC_POST, minutes: int = 90) -> Draft:
    """A reply that has gone."""
    at = NIGHT + minutes * MINUTE
    draft = drafts.propose(crisis, text="Bonjour.", routes=[route], by=LEA, at=at, member=member)
    drafts.put(crisis, replace(draft, status=DraftStatus.RELEASED, released_by=YVES, released_at=at))
    crisis.dispatches += (sending.Dispatch(draft.number, route),)
    sending.use_route(crisis, draft.number, route, by=LEA, proof="lien", at=at)
    return crisis.draft(draft.number)


def waiting(crisis: Crisis) -> list[MemberId]:
    return [member.id for member in members.to_answer(crisis)]


def test_it_is_replied_only_once_everybody_who_wrote_is_answered() -> None:
    crisis = wave()
    sent(crisis, FIRST, Route.PRIVATE_MESSAGE)
    assert (crisis.status, waiting(crisis)) == (CrisisStatus.OPEN, [SECOND])
    sent(crisis, SECOND, Route.PRIVATE_MESSAGE)
    assert (crisis.status, waiting(crisis)) == (CrisisStatus.REPLIED, [])


def test_it_takes_a_public_reply_for_everybodys() -> None:
    crisis = wave()
    sent(crisis, EVERYBODY)
    assert crisis.status is CrisisStatus.REPLIED
    assert all(member.anchored_at for member in crisis.members)


def test_it_takes_none_for_whoever_wrote_after_it() -> None:
    crisis = wave()
    sent(crisis, EVERYBODY, minutes=30)
    assert waiting(crisis) == [SECOND]


def test_it_takes_none_for_whoever_can_be_reached_themselves() -> None:
    crisis = wave()
    contacts.add(
        crisis,
        means=Means.EMAIL,
        value="loutre@exemple.fr",
        source=Source.CLIENT_FILE,
        confidence=Confidence.SURE,
        by=LEA,
        at=NIGHT,
        member=SECOND,
    )
    sent(crisis, EVERYBODY)
    assert waiting(crisis) == [SECOND]


def test_it_takes_none_for_whoever_has_a_reply_of_their_own_in_preparation() -> None:
    crisis = wave()
    drafts.propose(crisis, text="À vous.", routes=[Route.EMAIL], by=LEA, at=NIGHT, member=SECOND)
    sent(crisis, EVERYBODY)
    assert waiting(crisis) == [SECOND]


def test_it_asks_nothing_more_for_whoever_is_excused() -> None:
    crisis = wave()
    members.put(crisis, replace(crisis.members[1], excused="supprimé par son auteur"))
    sent(crisis, FIRST, Route.PRIVATE_MESSAGE)
    assert crisis.status is CrisisStatus.REPLIED


def test_it_lets_no_private_word_go_to_everybody() -> None:
    with pytest.raises(Refused) as refused:
        drafts.propose(wave(), text="Bonjour.", routes=[Route.EMAIL], by=LEA, at=NIGHT, member=EVERYBODY)
    assert refused.value.code is Code.PUBLIC_ONLY


def test_it_counts_from_whoever_waits_longest() -> None:
    crisis = wave()
    assert members.waits_since(crisis, Deadline.REPLY) == NIGHT
    sent(crisis, FIRST, Route.PRIVATE_MESSAGE)
    assert members.waits_since(crisis, Deadline.REPLY) == NIGHT + 60 * MINUTE
    assert members.waits_since(crisis, Deadline.FIRST_WORD) == NIGHT + 60 * MINUTE
    sent(crisis, SECOND, Route.PRIVATE_MESSAGE)
    assert members.waits_since(crisis, Deadline.REPLY) is None


def test_it_counts_from_the_opening_where_there_is_no_member() -> None:
    crisis = opened_crisis(category="leak")
    assert members.waits_since(crisis, Deadline.FIRST_WORD) == crisis.seen_at
    sent(crisis, EVERYBODY)
    assert members.waits_since(crisis, Deadline.FIRST_WORD) is None
    assert crisis.status is CrisisStatus.REPLIED


def test_it_watches_each_member_by_itself() -> None:
    crisis = wave()

    def found(member: MemberId, outcome: Outcome) -> None:
        watch.record(crisis, member=member, ordinal=1, outcome=outcome, note="", level=None, by=LEA, at=NIGHT)

    found(SECOND, Outcome.ASKS_TO_STOP)
    assert [member.watch_stopped for member in crisis.members] == [False, True]
    found(FIRST, Outcome.NO_ANSWER)
    assert [member.unanswered for member in crisis.members] == [1, 0]


def test_it_knows_what_other_members_were_sent() -> None:
    crisis = wave()
    sent(crisis, FIRST, Route.PRIVATE_MESSAGE)
    sent(crisis, EVERYBODY)
    mine = drafts.propose(crisis, text="À vous.", routes=[Route.EMAIL], by=LEA, at=NIGHT, member=SECOND)
    assert members.sent_to_others(crisis, mine) == ("Bonjour.",)
