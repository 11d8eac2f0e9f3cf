"""Every event has its line, in both languages."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import get_args

import pytest

from bot.domain import events as e
from bot.domain.ids import Platform
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import (
    AskedAs,
    CallOutcome,
    Confidence,
    Deadline,
    MailStatus,
    Means,
    News,
    Outcome,
    Recourse,
    Route,
    Source,
    Standing,
)
from bot.texts import translator
from bot.views.journal import line
from tests.rig import scenes as s

AT = s.at("03:14")

VALUES = {
    "member": "m1",
    "community": "forum",
    "category": "distress",
    "severity": 4,
    "level": Level.D4,
    "language": "fr",
    "reasons": (),
    "fields": ("handle", "written_at"),
    "standing": Standing.HIDDEN,
    "reason": "la-raison",
    "lines": 12,
    "hash": "9f86d081",
    "members": 2,
    "messages": 3,
    "with_contacts": 1,
    "drafts": 2,
    "drafts_after": 1,
    "follow_ups": 4,
    "call": True,
    "false_alarm": False,
    "target": "D2",
    "platform": Platform.SLACK,
    "room": Platform.SLACK,
    "lesser": "",
    "by_mail": True,
    "status": MailStatus.REFUSED,
    "of_code": False,
    "perhaps_twice": False,
    "name": "crise-2026-014-fe",
    "code": "le-code",
    "people": (s.DENIS, s.CLAIRE),
    "removed": (s.DENIS, s.CLAIRE),
    "person": s.FARID,
    "what": "ping",
    "lasting": True,
    "role": Role.LAWYER,
    "asked_as": AskedAs.DEPUTY,
    "instead_of": s.CLAIRE,
    "attempt": 2,
    "agreed_by": s.CLAIRE,
    "since_opening": 190,
    "promised_at": AT + timedelta(hours=1),
    "until": AT + timedelta(hours=1),
    "day": date(2026, 11, 24),
    "service": "17",
    "called_at": AT,
    "said": "ce-qui-fut-dit",
    "reference": "PV-4412",
    "draft": 1,
    "private": False,
    "advice": 1,
    "question": "la-question",
    "search": 1,
    "found": 0,
    "contact": 1,
    "contacts": (1, 2),
    "means": Means.EMAIL,
    "source": Source.PROFILE,
    "confidence": Confidence.SURE,
    "fingerprint": "0123456789abcdef" * 4,
    "revision": 2,
    "roles": (Role.LAWYER,),
    "rules": ("R05", "R28"),
    "complete": True,
    "step": 2,
    "route": Route.EMAIL,
    "mail": 1,
    "again_at": AT + timedelta(minutes=5),
    "wrong_address": False,
    "nth": 2,
    "by_address": False,
    "other_address": False,
    "raw": "From: tom",
    "sent_at": AT,
    "recourse": Recourse.PHAROS,
    "done_at": AT,
    "proof": "la-preuve",
    "first": True,
    "ordinal": 3,
    "owner": s.INES,
    "giver": s.LEA,
    "lost_at": AT - timedelta(minutes=12),
    "since": AT - timedelta(hours=4),
    "taker": s.INES,
    "offered": 1,
    "listed": False,
    "outcome": Outcome.BETTER,
    "result": CallOutcome.FOUND,
    "news": News.HOSPITAL,
    "times": 5,
    "written_at": AT,
    "note": "la-note",
    "text": "le-texte",
    "number": 1,
    "message": "C1:1.1",
    "author": s.DENIS,
    "reminder": "x.r1",
    "deadline": Deadline.REPLY,
    "due_at": AT + timedelta(hours=2),
}


def sample(kind):
    names = {field.name for field in fields(kind)} - {"at", "by", "kind"}
    values = {name: VALUES[name] for name in names - {"before", "after"}}
    if kind is e.LevelChanged:
        values |= {"before": None, "after": Level.D4}
    elif kind is e.SeverityChanged:
        values |= {"before": 2, "after": 3}
    elif kind is e.CategoryChanged:
        values |= {"before": "question", "after": "leak"}
    elif kind is e.CommunityChanged:
        values |= {"before": "forum", "after": "club"}
    return kind(at=AT, by=s.LEA, **values)


def said(event, locale="fr"):
    guide = s.guide()
    return line(event, guide=guide, zone=guide.plan.timezone, _=translator(locale))


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("kind", get_args(e.Event))
def test_it_says_every_event_in_one_plain_sentence(kind, locale):
    sentence = said(sample(kind), locale)
    assert sentence
    assert sentence[0].isupper()
    assert "{" not in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("kind", get_args(e.Event))
def test_it_says_each_event_differently_in_both_languages(kind):
    assert said(sample(kind), "fr") != said(sample(kind), "en")


@pytest.mark.parametrize("kind", get_args(e.Event))
def test_it_leaves_out_no_reason_that_somebody_gave(kind):
    event = sample(kind)
    for name in ("reason", "said", "reference", "proof", "note", "text"):
        if hasattr(event, name):
            assert getattr(event, name) in said(event)


def test_it_ends_a_sentence_without_a_reason_with_a_full_stop():
    event = sample(e.CrisisClosed)
    assert said(replace(event, reason="")) == "Léa a clos la crise."


def test_it_says_which_member_but_of_the_first():
    assert said(replace(sample(e.FollowUpStopped), member="m2")).startswith("Membre 2\xa0: Léa ")


def test_it_says_who_did_it_even_when_nobody_did():
    assert said(replace(sample(e.FollowUpStopped), by=None)).startswith("Cellule ")


def test_it_says_that_a_crisis_was_a_false_alarm():
    event = replace(sample(e.CrisisClosed), false_alarm=True)
    assert said(event) == "Léa a clos la crise, une fausse alerte\u00a0: la-raison"


def test_it_says_that_others_may_read_a_room():
    event = replace(sample(e.RoomCreated), lesser="Chat.Create")
    assert said(event, "en").endswith(
        "It is not the private room that was asked for (Chat.Create): others may read it."
    )


def test_it_says_that_an_empty_room_may_stand_beside():
    event = replace(sample(e.RoomCreated), perhaps_twice=True)
    assert said(event, "en").endswith("an empty room of the same name may stand beside it.")
