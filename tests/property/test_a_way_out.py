"""Replies never hang: whoever is away, declines or withdraws, somebody can go on, or it is said why not."""

from datetime import timedelta
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.cards import Answer
from bot.domain import no_answer, review
from bot.domain.cell import holders
from bot.domain.drafts import Draft
from bot.domain.guests import Guest
from bot.domain.ids import PersonId, Platform
from bot.domain.states import DraftStatus
from bot.domain.subjects import guest_subject
from bot.domain.verbs import Verb
from bot.interactions import Actor
from tests.rig.core import Core
from tests.rig.examples import examples
from tests.rig.good_reply import good_reply

PEOPLE = st.sampled_from(["lea", "ines", "claire", "denis", "farid", "salome", "noe", "helene"])
EXPERTS = st.sampled_from(["lawyer", "distress_referent", "communication_lead"])
WRITERS = st.sampled_from(["lea", "denis", "salome", "noe"])
LEVELS = st.sampled_from(["D1", "D2", "D3", "D4"])
DECIDES = st.sampled_from([Verb.APPROVE, Verb.WITHDRAW, Verb.NO_ANSWER, Verb.ANSWER_AFTER_ALL, Verb.DECLINE])
THEN = st.sampled_from(["correct", "no_answer"])
STEPS = 25
"""More than any way out is long: each role approves once."""

GONE = {DraftStatus.RELEASED, DraftStatus.NO_ANSWER}


class AWayOut(RuleBasedStateMachine):
    """One reply; at the end everybody who is awaited does what is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.core = Core()
        self.crisis_id = self.core.opens("lea")
        self.core.proposes(self.crisis_id, "lea")
        self.texts = 0

    @property
    def draft(self) -> Draft:
        return self.core.crisis(self.crisis_id).draft(1)

    @property
    def guest(self) -> Guest | None:
        return next(iter(self.core.crisis(self.crisis_id).guests), None)

    def actor(self, who: str) -> Actor:
        """A guest acts from their page, the others from Slack."""
        if self.guest is not None and who == self.guest.person:
            return Actor(Platform.WEB, self.guest.person, guest_of=self.crisis_id)
        return Actor(Platform.SLACK, PersonId(who))

    def presses(self, who: str, verb: Verb) -> Answer:
        subject = self.crisis_id if verb is Verb.DECLINE else f"{self.crisis_id}.d1"
        return self.core.press(self.actor(who), verb, subject, self.draft.current.number)

    def writes(self, who: str) -> Answer:
        self.texts += 1
        revision, subject = self.draft.current.number, f"{self.crisis_id}.d1"
        text = good_reply("je n'en peux plus", again=f"dans {self.texts} heures")
        return self.core.fill(who, Verb.REVISE, subject, revision, text=text)

    @rule(who=PEOPLE, verb=DECIDES)
    def decide(self, who, verb):
        self.presses(who, verb)

    @rule(verb=DECIDES)
    def a_guest_decides(self, verb):
        if self.guest is not None and self.guest.token_hash is not None:
            self.presses(self.guest.person, verb)

    @rule(who=PEOPLE, then=THEN)
    def reject(self, who, then):
        subject, revision = f"{self.crisis_id}.d1", self.draft.current.number
        self.core.fill(who, Verb.REJECT, subject, revision, then=then, reason="mieux vaut")

    @rule(who=WRITERS)
    def revise(self, who):
        """A writer decides on nothing: those whom their role needs are called in their place."""
        self.writes(who)

    @rule(who=PEOPLE)
    def go_away(self, who):
        self.core.command(who, "away until 2026-12-24 18:00")

    @rule(who=PEOPLE)
    def come_back(self, who):
        self.core.press(who, Verb.BACK)

    @rule(role=EXPERTS)
    def invite(self, role):
        email = "yves@cabinet.example"
        self.core.fill("lea", Verb.GUEST, self.crisis_id, role=role, name="Yves Caron", email=email)

    @rule()
    def revoke(self):
        if self.guest is not None:
            crisis = self.core.crisis(self.crisis_id)
            self.core.press("lea", Verb.GUEST_REVOKE, guest_subject(crisis, self.guest.person))

    @initialize(level=LEVELS)
    def judge(self, level):
        self.judge_anew(level)

    @rule(level=LEVELS)
    def judge_anew(self, level):
        self.core.fill("lea", Verb.COMPLETE, self.crisis_id, level=level, level_reason="relu")

    @rule(minutes=st.sampled_from([1, 11, 31]))
    def wait(self, minutes):
        """Deputies are called, then the managers; half of the time to reply passes."""
        self.core.now += timedelta(minutes=minutes)
        while self.core.tick():
            pass

    def teardown(self):
        for _step in range(STEPS):
            if self.draft.status in GONE or self.said_why_not():
                return
            self.goes_on()
        raise AssertionError(f"still {self.draft.status} after {STEPS} steps")

    def said_why_not(self) -> bool:
        """The card asks a manager to name somebody for a role that nobody is left for."""
        crisis, guide, now = self.core.crisis(self.crisis_id), self.core.guide(), self.core.now
        rule_, chain = guide.rule(crisis, now), partial(guide.chain, crisis)
        match self.draft.status:
            case DraftStatus.IN_REVIEW:
                return bool(review.unfillable(crisis, self.draft, rule_, chain))
            case DraftStatus.NO_ANSWER_ASKED:
                asked = {(a.role, a.person) for a in crisis.assignments}
                return any(
                    not holders(crisis, role) and all((role, p) in asked for p in chain(role))
                    for role in no_answer.lacking(self.draft, guide.agreeing(crisis))
                )
            case DraftStatus.APPROVED:
                return not holders(crisis, rule_.release)
            case _:
                return False

    def goes_on(self) -> None:
        """What is asked of somebody is something that they may do."""
        crisis, guide, now = self.core.crisis(self.crisis_id), self.core.guide(), self.core.now
        match self.draft.status:
            case DraftStatus.REJECTED:
                answer = self.writes(self.draft.author)
            case DraftStatus.APPROVED:
                who = holders(crisis, guide.rule(crisis, now).release)[0].person
                answer = self.presses(who, Verb.RELEASE)
            case DraftStatus.NO_ANSWER_ASKED:
                answer = self.presses(guide.awaited(crisis, self.draft, now)[0], Verb.NO_ANSWER)
            case _:
                answer = self.presses(guide.awaited(crisis, self.draft, now)[0], Verb.APPROVE)
        assert answer.code is None, (answer.code, self.draft.status)


TestAWayOut = AWayOut.TestCase
TestAWayOut.settings = settings(max_examples=examples(15), stateful_step_count=25)
