"""The relay: whatever breaks on the way, in the end each place shows what it should."""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.cards import Card, Fields
from bot.carrying import job_for
from bot.domain.verbs import Verb
from bot.ports import Ambiguous, GatewayError, RateLimited, Unreachable
from bot.store import CardKind, Outgoing, Task
from tests.rig.core import Core
from tests.rig.examples import examples
from tests.rig.memory import MemoryStore

PEOPLE = ("claire", "farid", "denis", "noe", "lea")
FAULTS: dict[str, GatewayError] = {
    "limited": RateLimited("ratelimited", retry_after=2),
    "unreachable": Unreachable("down"),
    "perhaps": Ambiguous("cut"),
}


def cell_of(card: Card) -> str:
    """Who is there, as the card tells it; deadlines pass without a word, so the rest may be older."""
    fields = next(block for block in card.blocks if isinstance(block, Fields))
    return dict(fields.pairs)["Cellule"]


class Relaying(RuleBasedStateMachine):
    """Presses, faults of any call before or after it was done, time, in any order; then all is well again."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = MemoryStore()
        self.core = Core(store=self.memory)
        self.coming: list[tuple[str, bool]] = []
        self.core.chat.before = lambda _what: self._break(done=False)
        self.core.chat.after = lambda _what: self._break(done=True)
        self.crisis_id = self.core.opens()

    def _break(self, *, done: bool) -> None:
        if self.coming and self.coming[0][1] is done:
            fault, _done = self.coming.pop(0)
            raise FAULTS[fault]

    @rule(fault=st.sampled_from(sorted(FAULTS)), done=st.booleans(), times=st.integers(1, 4))
    def breaks(self, fault, done, times):
        self.coming += [(fault, done and fault == "perhaps")] * times

    @rule(who=st.sampled_from(PEOPLE), verb=st.sampled_from([Verb.TAKE_UP, Verb.DECLINE]))
    def answers(self, who, verb):
        self.core.press(who, verb, self.crisis_id)

    @rule(who=st.sampled_from(PEOPLE))
    def writes(self, who):
        self.core.fill(who, Verb.DRAFT, self.crisis_id, text="Bonjour.", routes="email")

    @rule(who=st.sampled_from(PEOPLE), severity=st.sampled_from("34"))
    def judges(self, who, severity):
        self.core.fill(who, Verb.SEVERITY, self.crisis_id, severity=severity, reason="relu")

    @rule(seconds=st.sampled_from([0, 1, 3, 10, 61, 130]))
    def waits(self, seconds):
        self.core.later(seconds=seconds)

    @rule(presses=st.integers(2, 6))
    def a_burst_costs_one_edit_a_place(self, presses):
        self._heals()
        before = len(self.core.chat.calls)
        for n in range(presses):
            severity = str(3 + n % 2)
            self.core.fill("lea", Verb.SEVERITY, self.crisis_id, severity=severity, reason="relu")
        waiting = self._rows()
        self.core.deliver()
        edits = self.core.chat.calls[before:].count("update")
        assert edits <= sum(row.shown < row.wanted for row in waiting)

    def _heals(self) -> None:
        self.coming.clear()
        for _turn in range(4):
            self.core.later(seconds=70)

    def _rows(self) -> list[Outgoing]:
        return [known.row for known in self.memory.state.outgoing.values()]

    @invariant()
    def nothing_is_shown_that_was_not_wanted(self):
        for row in self._rows():
            assert 0 <= row.shown <= row.wanted

    def teardown(self):
        self._heals()
        now = self.core.now
        rows = self._rows()
        assert [row for row in rows if row.shown != row.wanted] == []
        self._shows_the_present(rows)
        self._says_each_thing_once()
        self._keeps_the_order_of_pings(rows)
        assert now == self.core.now

    def _shows_the_present(self, rows: list[Outgoing]) -> None:
        """The brief card in the room says of the cell what it would say if it were drawn now."""
        with self.core.store.read() as uow:
            for row in rows:
                if row.kind is CardKind.BRIEF and row.message is not None:
                    drawn = job_for(row, uow, self.core.guide(), now=self.core.now).card
                    assert drawn is not None
                    assert cell_of(self.core.chat.said[row.message].card) == cell_of(drawn)

    def _says_each_thing_once(self) -> None:
        marks = Counter((said.place, said.mark) for said in self.core.chat.said.values())
        assert max(marks.values()) == 1
        assert len(self.core.chat.rooms) == 1

    def _keeps_the_order_of_pings(self, rows: list[Outgoing]) -> None:
        for person in PEOPLE:
            mine = [r for r in rows if r.kind is CardKind.PING and r.subject.endswith(f".p.{person}")]
            posted = [r.message for r in sorted(mine, key=lambda r: r.id) if r.message is not None]
            order = list(self.core.chat.said)
            assert posted == sorted(posted, key=order.index)
        assert sum(row.task is Task.CREATE_ROOM for row in rows) == 1


TestRelay = Relaying.TestCase
TestRelay.settings = settings(max_examples=examples(15), stateful_step_count=15)
