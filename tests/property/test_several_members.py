"""Whatever happens to a wave: it is replied only while nobody who wrote is left without an answer."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import drafts, members, sending, wave
from bot.domain.crisis import Crisis, Member, MemberMessage
from bot.domain.errors import Refused
from bot.domain.ids import EVERYBODY, FIRST
from bot.domain.states import CrisisStatus, DispatchStatus, DraftStatus, Route, Standing
from tests.rig.examples import examples
from tests.rig.samples import LEA, NIGHT, opened_crisis

acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "excuse", "write", "send", "give up"]), st.integers(1, 4), st.booleans()
    ),
    max_size=14,
)


def act(crisis: Crisis, what: str, nth: int, *, public: bool, minutes: int) -> None:
    at, who = NIGHT + timedelta(minutes=minutes), f"m{nth}"
    match what:
        case "add":
            wave.add(
                crisis, text="x", link="", handle="", platform="", standing=Standing.UNKNOWN, by=LEA, at=at
            )
        case "excuse":
            wave.excuse(crisis, who, level=None, reason="retiré", by=LEA, at=at)
        case "write":
            member = EVERYBODY if public else members.find(crisis, who).id
            route = Route.PUBLIC_POST if public else Route.PRIVATE_MESSAGE
            draft = drafts.propose(crisis, text="y", routes=[route], by=LEA, at=at, member=member)
            released = DraftStatus.RELEASED
            drafts.put(crisis, replace(draft, status=released, released_by=LEA, released_at=at))
            crisis.dispatches += (sending.Dispatch(draft.number, route),)
        case _:
            waits = [d for d in crisis.dispatches if d.status is DispatchStatus.WAITING]
            if waits and what == "send":
                sending.use_route(crisis, waits[-1].draft, waits[-1].route, by=LEA, proof="p", at=at)
            elif waits:
                sending.excuse_route(crisis, waits[0].draft, waits[0].route, by=LEA, reason="r", at=at)


@settings(max_examples=examples(200))
@given(done=acts)
def test_it_is_never_replied_while_somebody_waits(done: list[tuple[str, int, bool]]) -> None:
    crisis = opened_crisis(
        category="complaint",
        members=(Member(FIRST),),
        messages=(MemberMessage("t1", "x", "", NIGHT),),
    )
    for minutes, (what, nth, public) in enumerate(done, start=1):
        try:
            act(crisis, what, nth, public=public, minutes=minutes)
        except Refused:
            continue
        if crisis.status is CrisisStatus.REPLIED:
            assert members.to_answer(crisis) == ()
