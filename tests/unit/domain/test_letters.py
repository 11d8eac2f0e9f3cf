"""Where a letter may go."""

from dataclasses import replace

import pytest

from bot.domain import contacts, drafts, letters, sending
from bot.domain.crisis import Crisis, Member
from bot.domain.errors import Code, Refused
from bot.domain.ids import FIRST, MemberId
from bot.domain.states import Confidence, DraftStatus, Means, Route, Source
from tests.rig.samples import LEA, NIGHT, opened_crisis

SECOND: MemberId = "m2"


def wave() -> Crisis:
    """Two members, of each an address and a released reply."""
    crisis = opened_crisis(members=(Member(FIRST, "Heron"), Member(SECOND, "Loutre")))
    for member in (FIRST, SECOND):
        contacts.add(
            crisis,
            member=member,
            means=Means.ADDRESS,
            value=f"1 rue {member}\n34000 MONTPELLIER",
            source=Source.CLIENT_FILE,
            confidence=Confidence.SURE,
            by=LEA,
            at=NIGHT,
        )
        draft = drafts.propose(
            crisis, text=f"Bonjour {member}.", routes=[Route.LETTER], by=LEA, at=NIGHT, member=member
        )
        drafts.put(crisis, replace(draft, status=DraftStatus.RELEASED))
        crisis.dispatches += (sending.Dispatch(draft.number, Route.LETTER),)
    return crisis


def test_it_takes_a_text_to_the_member_it_was_written_for_alone() -> None:
    crisis = wave()
    for draft, theirs, others in ((1, 1, 2), (2, 2, 1)):
        letters.make(crisis, draft, contact=theirs, day=NIGHT.date(), by=LEA, at=NIGHT)
        with pytest.raises(Refused) as refused:
            letters.make(crisis, draft, contact=others, day=NIGHT.date(), by=LEA, at=NIGHT)
        assert refused.value.code is Code.CONTACT_ABSENT
