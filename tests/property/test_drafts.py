"""Drafts: whatever people press in whatever order, a decision binds to one text and no author decides."""

import hashlib
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from bot.domain import no_answer, review
from bot.domain.approvals import ApprovalRule, missing
from bot.domain.cell import assignments_of, holders
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import DraftStatus, Verdict
from bot.domain.verbs import Verb
from tests.rig.core import GOOD, Core
from tests.rig.examples import examples
from tests.rig.good_reply import good_reply

PEOPLE = st.sampled_from(["lea", "ines", "claire", "denis", "farid", "salome", "noe", "helene"])
REPLIES = st.sampled_from([GOOD, good_reply("je n'en peux plus", again="lundi"), "Bonjour.", f"  {GOOD}\r\n"])
LEVELS = st.sampled_from(["D1", "D2", "D3", "D4", "D5"])
ROLES = st.sampled_from(["lawyer", "spokesperson", "communication_lead", "distress_referent", "moderator"])
SEEN = st.integers(0, 2)
"""How many revisions ago a press was rendered."""


def parts(crisis: Crisis, who: str) -> set[Role]:
    """Somebody who had declined and acts after all is back."""
    return {a.role for a in assignments_of(crisis, PersonId(who))}


class Drafts(RuleBasedStateMachine):
    """The model: the texts of each draft in order, and what was released."""

    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.core = Core()
        self.crisis_id = self.core.opens()
        self.texts: dict[int, list[str]] = {}
        self.released: dict[int, str] = {}

    def draft(self, number: int) -> Draft:
        return self.core.crisis(self.crisis_id).draft(number)

    def subject(self, number: int) -> str:
        return f"{self.crisis_id}.d{number}"

    def only_the_author_holds(self, crisis: Crisis, draft: Draft, role: Role, who: str) -> bool:
        """Nobody is away here, and there are no hours of duty."""
        here = {a.person for a in holders(crisis, role)}
        listed = self.core.guide().chain(crisis, role)
        return who in listed and here <= {draft.author}

    @property
    def needed(self) -> ApprovalRule:
        return self.core.guide().rule(self.core.crisis(self.crisis_id), self.core.now)

    @rule(target=numbers, who=PEOPLE, text=REPLIES)
    def propose(self, who, text):
        routes = "private_message,email"
        answer = self.core.fill(who, Verb.DRAFT, self.crisis_id, text=text, routes=routes)
        if answer.code is not None:
            return multiple()
        number = len(self.texts) + 1
        self.texts[number] = [text.strip()]
        return number

    @rule(number=numbers, who=PEOPLE, text=REPLIES, ago=SEEN)
    def revise(self, number, who, text, ago):
        before = self.draft(number)
        seen = before.current.number - ago
        answer = self.core.fill(who, Verb.REVISE, self.subject(number), seen, text=text)
        if answer.code is None:
            assert ago == 0
            assert before.status is not DraftStatus.RELEASED
            self.texts[number].append(text.strip())
            after = self.draft(number)
            assert after.status is DraftStatus.IN_REVIEW
            assert after.author == who
            assert not after.verdicts

    @rule(number=numbers, who=PEOPLE, ago=SEEN)
    def approve(self, number, who, ago):
        before, crisis, asked = self.draft(number), self.core.crisis(self.crisis_id), self.needed
        answer = self.core.press(who, Verb.APPROVE, self.subject(number), before.current.number - ago)
        if answer.code is not None:
            assert self.draft(number) == before
            return
        assert ago == 0
        assert who != before.author
        assert who not in {d.person for d in before.verdicts}
        given = self.draft(number).verdicts[-1]
        held = parts(crisis, who) & set(asked.asked)
        in_place = {r for r in set(asked.asked) - held if self.only_the_author_holds(crisis, before, r, who)}
        assert set(given.roles) == held | in_place
        complete = not missing(asked, self.draft(number).approved_roles)
        assert self.draft(number).status is (DraftStatus.APPROVED if complete else DraftStatus.IN_REVIEW)

    @rule(number=numbers, who=PEOPLE, ago=SEEN)
    def reject(self, number, who, ago):
        before = self.draft(number)
        seen = before.current.number - ago
        answer = self.core.fill(who, Verb.REJECT, self.subject(number), seen, reason="trop long")
        if answer.code is None:
            assert ago == 0
            assert who != before.author
            assert self.draft(number).status is DraftStatus.REJECTED

    @rule(number=numbers, who=PEOPLE, ago=SEEN)
    def withdraw(self, number, who, ago):
        before = self.draft(number)
        answer = self.core.press(who, Verb.WITHDRAW, self.subject(number), before.current.number - ago)
        if answer.code is None:
            assert ago == 0
            assert who in {d.person for d in before.verdicts if d.verdict is Verdict.APPROVED}
            assert self.draft(number).status is DraftStatus.IN_REVIEW

    @rule(number=numbers, who=PEOPLE, ago=SEEN)
    def wants_no_answer(self, number, who, ago):
        seen = self.draft(number).current.number - ago
        self.core.fill(who, Verb.REJECT, self.subject(number), seen, then="no_answer", reason="mieux vaut")

    @rule(number=numbers, who=PEOPLE, verb=st.sampled_from([Verb.NO_ANSWER, Verb.ANSWER_AFTER_ALL]))
    def agrees_or_not(self, number, who, verb):
        before = self.draft(number)
        answer = self.core.press(who, verb, self.subject(number), before.current.number)
        if answer.code is None:
            assert before.status is DraftStatus.NO_ANSWER_ASKED

    @rule(number=numbers, who=PEOPLE, ago=SEEN)
    def release(self, number, who, ago):
        before, crisis, asked = self.draft(number), self.core.crisis(self.crisis_id), self.needed
        answer = self.core.press(who, Verb.RELEASE, self.subject(number), before.current.number - ago)
        after = self.draft(number)
        if answer.code is None and after.status is DraftStatus.RELEASED and number not in self.released:
            assert ago == 0
            assert asked.release in parts(crisis, who)
            assert not missing(asked, before.approved_roles)
            self.released[number] = after.current.text

    @rule(who=PEOPLE, level=LEVELS)
    def judge(self, who, level):
        self.core.fill(who, Verb.COMPLETE, self.crisis_id, level=level, level_reason="relu")

    @rule(who=PEOPLE, role=ROLES, by=PEOPLE)
    def name(self, who, role, by):
        self.core.fill(by, Verb.ROLE, self.crisis_id, role=role, person=who)

    @rule(who=PEOPLE, verb=st.sampled_from([Verb.TAKE_UP, Verb.DECLINE]))
    def answer(self, who, verb):
        self.core.press(who, verb, self.crisis_id)

    @rule(minutes=st.sampled_from([1, 11, 31]))
    def wait(self, minutes):
        self.core.later(minutes=minutes)

    @invariant()
    def every_text_stays_as_it_was_written(self):
        for draft in self.core.crisis(self.crisis_id).drafts:
            assert [r.text for r in draft.revisions] == self.texts[draft.number]
            for revision in draft.revisions:
                assert revision.fingerprint == hashlib.sha256(revision.text.encode()).hexdigest()

    @invariant()
    def somebody_can_go_on_or_it_is_said_why_not(self):
        """Whatever was withdrawn or declined: the card names whom it waits for, or whom a manager names."""
        crisis, guide, now = self.core.crisis(self.crisis_id), self.core.guide(), self.core.now

        def nobody_left(role):
            asked = {a.person for a in crisis.assignments if a.role is role}
            return not holders(crisis, role) and asked.issuperset(guide.chain(crisis, role))

        for draft in crisis.drafts:
            match draft.status:
                case DraftStatus.IN_REVIEW:
                    chain = partial(guide.chain, crisis)
                    empty = review.unfillable(crisis, draft, self.needed, chain)
                    assert guide.awaited(crisis, draft, now) or empty
                case DraftStatus.NO_ANSWER_ASKED:
                    lacking = no_answer.lacking(draft, guide.agreeing(crisis))
                    assert guide.awaited(crisis, draft, now) or any(map(nobody_left, lacking))
                case DraftStatus.APPROVED:
                    assert holders(crisis, self.needed.release) or nobody_left(self.needed.release)
                case _:
                    pass

    @invariant()
    def nobody_decides_twice_nor_on_their_own_text(self):
        for draft in self.core.crisis(self.crisis_id).drafts:
            given = [(d.revision, d.person) for d in draft.decisions]
            assert len(given) == len(set(given))
            authors = {r.number: r.by for r in draft.revisions}
            assert not [d for d in draft.decisions if authors[d.revision] == d.person]

    @invariant()
    def what_was_released_is_what_was_approved(self):
        for draft in self.core.crisis(self.crisis_id).drafts:
            if draft.status is DraftStatus.RELEASED:
                assert draft.current.text == self.released[draft.number]
                assert all(d.verdict is Verdict.APPROVED for d in draft.verdicts)
                assert draft.verdicts


TestDrafts = Drafts.TestCase
TestDrafts.settings = settings(max_examples=examples(15), stateful_step_count=25)
