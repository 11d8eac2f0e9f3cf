"""The one way in: one interaction, one transaction, one reading of the clock."""

import secrets
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.cards import Answer, Card
from bot.domain import reaching
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import CrisisId, MessageRef, PersonId, Platform, RoomRef, crisis_of
from bot.domain.states import ReminderKind
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.handlers import arrived, contacts, digest, due, guests, leaving, triage, waiting
from bot.handlers.dispatch import dispatch
from bot.handlers.request import Request
from bot.interactions import ButtonPress, FormSubmission, Interaction
from bot.ports import Arrived, Clock, Place
from bot.reactions import plan_change
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, Send
from bot.reactions.react import react
from bot.reactions.waiting import concerned
from bot.rendering import card_of, continues_in
from bot.store import CardKind, Conflict, Store, UnitOfWork
from bot.views.brief import brief_card
from bot.views.drafts import draft_card
from bot.views.refusals import refusal_card, sentence

TRIES = 5
"""How often a transaction that lost a race is run again."""

BATCH = 500
"""Due rows carried out in one transaction."""

INBOX_KEPT = timedelta(days=7)
"""Slack repeats an event for five minutes; a person's browser may come back with yesterday's page."""


class Application:
    """Carries out interactions and what has come due. Synchronous: call it off the event loop.

    `committed` is called after each commit that may have put something into the outbox. `base_url` is where
    people reach the browser room. `judge` is the triage aid, None until it is loaded.
    """

    def __init__(
        self,
        *,
        store: Store,
        guide: Callable[[], Guide],
        clock: Clock,
        committed: Callable[[], None],
        base_url: str,
    ) -> None:
        self.store = store
        self.guide = guide
        self.clock = clock
        self._committed = committed
        self._base_url = base_url
        self.judge: triage.Judge | None = None
        self._unjudged: deque[triage.Unjudged] = deque()

    def handle(self, interaction: Interaction) -> Answer:
        """Carry out an interaction once, whatever comes twice.

        Refusals come back as an answer with a code. Nearly nothing comes twice: an earlier answer is looked
        for when the inbox knows the key already, and before a refusal.
        """
        now = self.clock()
        for tried in range(TRIES):
            try:
                answer = self._transact(interaction, now, perhaps_again=tried > 0)
            except Conflict:
                continue
            except Refused as refused:
                return self._refusal(refused, interaction, now)
            self._committed()
            return answer
        return self._refusal(Refused(Code.BUSY), interaction, now)

    def tick(self, now: datetime) -> int:
        """Carry out what is due up to `now`, in one transaction; the number of due rows that were claimed.

        Raises `Conflict` when a press came in between; the next tick does it.
        """
        with self.store.write() as uow:
            claimed = uow.reminders.claim_due(now=now, limit=BATCH)
            if not claimed:
                return 0
            guide = self.guide().at(now, uow.absences.at)
            rung: set[PersonId] = set()
            can_judge = self.judge is not None
            for reminder in due.last_steps(claimed):
                due.fire(uow, guide, reminder, now=now, rung=rung, can_judge=can_judge)
            self.settle(uow, now=now)
            uow.commit()
        self._committed()
        if can_judge:
            self._unjudged += [
                triage.Unjudged(r.crisis, r.subject, r.text)
                for r in claimed
                if r.kind is ReminderKind.TRIAGE and r.crisis
            ]
        return len(claimed)

    def judge_next(self) -> triage.Judged | None:
        """Let the triage aid compute; no transaction waits for it. None: no message is left."""
        while self.judge and self._unjudged:
            with self.store.read() as uow:
                found = triage.judged(uow, self.guide(), self._unjudged.popleft(), self.judge)
            if found:
                return found
        return None

    def propose(self, found: triage.Judged, now: datetime) -> None:
        """Note what the triage aid made of a message. Raises `Conflict`: then it is judged once more."""
        try:
            with self.store.write() as uow:
                triage.propose(uow, found, now=now)
                self.settle(uow, now=now)
                uow.commit()
        except Conflict:
            self._unjudged.append(found.of)
            raise
        self._committed()

    def prepare(self, now: datetime) -> None:
        """At the start and once a day: see that the morning pages are planned, forget old interactions."""
        with self.store.write() as uow:
            digest.plan_next(uow, self.guide(), now=now)
            uow.inbox.forget_before(now - INBOX_KEPT)
            uow.commit()

    def follow_plan(self, now: datetime) -> None:
        """Move what is still to come in open crises to the times of the plan in force."""
        with self.store.write() as uow:
            guide = self.guide().at(now, uow.absences.at)
            for crisis in uow.crises.of(uow.crises.communities(closed_since=now)):
                after = After(crisis, guide.with_guests(crisis), partial(uow.reminders.of, crisis.id), now)
                apply(uow, plan_change.follow(after), now=now)
            uow.commit()
        self._committed()

    def look_who_left(self, now: datetime) -> None:
        """Part with those whom the plan no longer names. Raises `Conflict`: the next time does it."""
        with self.store.read() as uow:
            if not leaving.left(uow, self.guide(), now=now):
                return
        with self.store.write() as uow:
            guide = self.guide().at(now, uow.absences.at)
            for crisis, person in leaving.left(uow, guide, now=now):
                leaving.part_with(uow, guide, crisis, person, now=now)
            self.settle(uow, now=now)
            uow.commit()
        self._committed()

    def parts(self, platform: Platform) -> Mapping[RoomRef, Collection[PersonId]]:
        """Who has a part in each open crisis, by its room on a platform."""
        with self.store.read() as uow:
            return leaving.parts(uow, platform, now=self.clock())

    def receive(self, mail: Arrived) -> None:
        """Take an e-mail that came in, once. Raises `Conflict` where somebody pressed meanwhile."""
        now = self.clock()
        with self.store.write() as uow:
            if uow.inbox.answer_to(mail.key) is not None:
                return
            arrived.receive(uow, self.guide().at(now, uow.absences.at), mail, now=now)
            self.settle(uow, now=now)
            uow.inbox.remember(mail.key, Answer(), at=now)
            uow.commit()
        self._committed()

    def shown_now(self, place: Place, message: MessageRef) -> Card | None:
        """What a message shows at this moment; None for what is no card of ours."""
        with self.store.read() as uow:
            row = uow.outbox.of_message(place, message)
            return card_of(row, uow, self.guide(), now=self.clock()) if row else None

    def settle(self, uow: UnitOfWork, *, now: datetime) -> None:
        """Turn what happened in this transaction into journal lines, outgoing rows and reminders."""
        guide = self.guide().at(now, uow.absences.at)
        for crisis in uow.crises.seen():
            if not crisis.events:
                continue
            contacts.keep_search(guide, crisis, now=now)
            reaching.keep(crisis, at=now)
            guests.mail_called(uow, guide, crisis, address=self._new_address, now=now)
            events = tuple(crisis.events)
            crisis.events.clear()
            uow.journal.append(crisis.id, events, recorded_at=self.clock())
            after = After(crisis, guide.with_guests(crisis), partial(uow.reminders.of, crisis.id), now)
            effects = [effect for event in events for effect in react(event, after)]
            lists = concerned(effects, after)
            apply(uow, effects, now=now)
            waiting.keep_lists(uow, guide, lists.asked, now=now)
            for person in lists.others:
                uow.outbox.refresh(CardKind.WAITING, person, at=now)

    def _transact(self, interaction: Interaction, now: datetime, *, perhaps_again: bool) -> Answer:
        with self.store.write() as uow:
            earlier = uow.inbox.answer_to(interaction.key) if perhaps_again else None
            if earlier is not None:
                return earlier
            answer = dispatch(self._request(uow, interaction, now), interaction)
            self.settle(uow, now=now)
            uow.inbox.remember(interaction.key, Answer() if answer.secret else answer, at=now)
            uow.commit()
        return answer

    def _request(self, uow: UnitOfWork, interaction: Interaction, now: datetime) -> Request:
        return Request(
            uow=uow,
            key=interaction.key,
            guide=self.guide().at(now, uow.absences.at),
            actor=interaction.actor,
            room=interaction.room,
            now=now,
            new_id=lambda: CrisisId(secrets.token_hex(8)),
            new_token=lambda: secrets.token_urlsafe(32),
            base_url=self._base_url,
        )

    def _new_address(self) -> str:
        """A link's, for a guest whom nobody pressed for."""
        return f"{self._base_url}/r/{secrets.token_urlsafe(32)}"

    def _refusal(self, refused: Refused, interaction: Interaction, now: datetime) -> Answer:
        """The sentence, at the form's field when it names one, with the fresh card where there is one."""
        with self.store.read() as uow:
            earlier = uow.inbox.answer_to(interaction.key)
            if earlier is not None:
                return earlier
            request = self._request(uow, interaction, now)
            words = sentence(refused, request._)
            if isinstance(interaction, FormSubmission) and refused.field:
                return Answer(errors={refused.field: words}, code=refused.code)
            fresh = _fresh_card(request, interaction)
            return Answer(card=refusal_card(refused, request._, fresh), code=refused.code)


def _fresh_card(request: Request, interaction: Interaction) -> Card | None:
    """What was refused belongs to this, as it stands now.

    Nothing for somebody who may not see where it stands.
    """
    if not isinstance(interaction, ButtonPress | FormSubmission):
        return None
    subject = interaction.action.subject
    named = crisis_of(subject)
    crisis = request.uow.crises.get(named) if named else None
    if crisis is None or not _may_see(request, crisis):
        return None
    scene = request.scene(crisis)
    if crisis.merged_into is not None:
        return continues_in(scene, request.uow, request.guide)
    for draft in crisis.drafts:
        if f"{subject}.".startswith(f"{crisis.id}.d{draft.number}."):
            return draft_card(scene, draft=draft)
    return brief_card(scene)


def _may_see(request: Request, crisis: Crisis) -> bool:
    try:
        request.check(Verb.STATUS, crisis)
    except Refused:
        return False
    return True


def apply(uow: UnitOfWork, effects: Sequence[Effect], *, now: datetime) -> None:
    """Carry out effects in order, each once."""
    for effect in dict.fromkeys(effects):
        match effect:
            case Send(row):
                uow.outbox.put([row])
            case Refresh(kind, subject):
                uow.outbox.refresh(kind, subject, at=now)
            case Plan(reminder):
                uow.reminders.plan([reminder])
            case Cancel(kind, subject):
                uow.reminders.cancel(kind, subject)
