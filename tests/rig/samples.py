"""Invented crises to test with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.advice import Advice
from bot.domain.cell import Assignment
from bot.domain.contacts import Contact, Contacts, Search
from bot.domain.crisis import Crisis, Member, MemberMessage, Pending, Room
from bot.domain.drafts import Decision, Draft, Revision
from bot.domain.emergency import Call, Emergency
from bot.domain.guest_codes import GuestCode
from bot.domain.guests import Guest, hash_of
from bot.domain.ids import CrisisId, PersonId, Platform, RoomRef
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.mailing import Mailing
from bot.domain.overrides import Override
from bot.domain.proposal import Proposal, Reason
from bot.domain.questions import PublicQuestion
from bot.domain.roster import Role
from bot.domain.sending import Dispatch
from bot.domain.states import (
    Age,
    AskedAs,
    Confidence,
    DispatchStatus,
    DraftStatus,
    MailStatus,
    Means,
    Presence,
    RoomStatus,
    Route,
    Source,
    Standing,
    Verdict,
)
from bot.domain.wording import fingerprint

NIGHT = datetime(2026, 11, 24, 2, 14, tzinfo=UTC)
CLAIRE, LEA, YVES, HELENE = map(PersonId, ("claire", "lea", "yves", "helene"))


def opened_crisis(serial: int = 1, **changes: Any) -> Crisis:
    """A crisis as it is just opened."""
    fields: dict[str, Any] = {
        "id": CrisisId(f"{serial:016x}"),
        "number": f"2026-{serial:03}",
        "community": "forum",
        "locale": "fr",
        "category": "distress",
        "severity": 4,
        "opened_by": LEA,
        "opened_at": NIGHT + timedelta(minutes=serial),
    }
    return Crisis(**fields | changes)


def crisis_with_everything(serial: int = 1, *, words: str = "Bonjour") -> Crisis:
    """A crisis whose every part is filled; each text that a person wrote holds `words`."""
    at = NIGHT
    text = f"{words} (réponse)"
    revision = Revision(1, text, fingerprint(text), LEA, at)
    decision = Decision(1, YVES, (Role.LAWYER, Role.DPO), Verdict.REJECTED, at, f"{words} (motif)")
    call = Call(f"{words} (15)", LEA, at, f"{words} (dit)", f"{words} (référence)", at)
    return opened_crisis(
        serial,
        level=Level.D4,
        close_reason=f"{words} (clôture)",
        members=(
            Member(
                "m1",
                f"{words} (pseudo)",
                f"{words} (réseau)",
                Age.UNDER_18,
                f"{words} (pays)",
                anchored_at=at,
                excused=f"{words} (excuse)",
                own_crisis="2026-099",
            ),
        ),
        messages=(MemberMessage("t1", f"{words} (message)", f"{words} (lien)", at, at, Standing.HELD, at),),
        rooms=(
            Room(Platform.SLACK, RoomStatus.READY, RoomRef(f"C{serial:03}"), f"crise-2026-{serial:03}-fe"),
            Room(Platform.WEB),
        ),
        assignments=(
            Assignment(LEA, Role.MODERATOR, AskedAs.OPENER, at, Presence.TAKEN_UP, at),
            Assignment(YVES, Role.LAWYER, AskedAs.DEPUTY, at, instead_of=CLAIRE),
        ),
        guests=(
            Guest(
                YVES,
                Role.LAWYER,
                LEA,
                at + timedelta(hours=72),
                hash_of(f"{words} {serial}"),
                f"{words} (invité)",
                f"{words} (adresse)",
                at,
                MailStatus.SENT,
                f"link-{serial}",
                with_code=True,
            ),
        ),
        guest_codes=(GuestCode(hash_of(f"{words} {serial}"), "hash", at, f"code-{serial}", 2),),
        exhausted=(Role.SPOKESPERSON, Role.DPO),
        emergency=Emergency(
            LEA, at, on_phone_by=LEA, on_phone_until=at, not_needed=f"{words} (non)", calls=(call,)
        ),
        drafts=(
            Draft(
                1,
                DraftStatus.REJECTED,
                (Route.EMAIL, Route.LETTER),
                at,
                (revision,),
                (decision,),
                agreed_by=CLAIRE,
                promised_at=at,
                member="m2",
                overrides=(Override(1, ("R05",), YVES, at, f"{words} (passer outre)"),),
            ),
        ),
        dispatches=(Dispatch(1, Route.EMAIL, DispatchStatus.USED, LEA, at, f"{words} (preuve)"),),
        mailings=(
            Mailing(
                1,
                1,
                f"{words} (courriel)",
                f"{words} (objet)",
                f"token-{serial}",
                LEA,
                at,
                MailStatus.SENT,
                2,
                at,
                at,
                "451",
            ),
        ),
        advice=(Advice(1, Role.LAWYER, f"{words} (question)", LEA, at, f"{words} (avis)", YVES, at),),
        contacts=Contacts(
            (_wrong_contact(words, at),), Search(2, Role.MODERATOR, at, 1, LEA, at, reason=words)
        ),
        pending=Pending("lower", LEA, at, f"{words} (raison)", "D2"),
        proposal=Proposal(
            "distress",
            Level.D5,
            "fr",
            (Reason(0, 5, f"{words} (mot)", Label(f"{words} (sens)", f"{words} (sense)")),),
        ),
        questions=(PublicQuestion(1, f"{words} (question publique)", LEA, at, YVES, at),),
        goes_with=("2026-098", "2026-099"),
        merged_into="2026-100",
        reminders_set=2,
    )


def _wrong_contact(words: str, at: datetime) -> Contact:
    return Contact(
        1,
        Means.EMAIL,
        f"{words} (e-mail)",
        Source.CLIENT_FILE,
        Confidence.LIKELY,
        LEA,
        at,
        YVES,
        at,
        f"{words} (revenu)",
    )


def first_member(crisis: Crisis, **changes: Any) -> None:
    """Something else is known of the first member."""
    crisis.members = (replace(crisis.members[0], **changes), *crisis.members[1:])
