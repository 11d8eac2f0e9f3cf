"""Decisions that are not a plain yes or no."""

from bot.domain import cell, drafts, no_answer
from bot.domain.events import ApprovalWithdrawn, FallbackHolds, NoAnswerDecided
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Route
from bot.views import draft_forms, news
from bot.views import drafts as views
from tests.golden.gallery import shown
from tests.rig import scenes as s
from tests.rig.scenes import guide

WHY = "Il demande qu'on le laisse : répondre l'exposerait."


@shown
def draft_approved_to_who_approved(locale):
    crisis = s.approved()
    return views.draft_card(s.scene(crisis, "03:24", locale=locale, reader=s.NOE), draft=crisis.draft(1))


@shown
def draft_second_of_two(locale):
    crisis = s.replied()
    drafts.propose(
        crisis, text="Comment allez-vous ?", routes=(Route.PRIVATE_MESSAGE,), by=s.LEA, at=s.at("09:00")
    )
    return views.draft_card(s.scene(crisis, "09:00", locale=locale), draft=crisis.draft(2))


@shown
def news_approval_withdrawn(locale):
    event = ApprovalWithdrawn(at=s.at("03:25"), by=s.NOE, draft=1, revision=2)
    return news.news_card(s.scene(s.revised(), "03:25", locale=locale), event=event)


@shown
def news_fallback_holds(locale):
    event = FallbackHolds(at=s.at("03:25"), draft=1, revision=2, roles=(Role.DISTRESS_REFERENT,))
    return news.news_card(s.scene(s.revised(), "03:25", locale=locale), event=event)


@shown
def draft_after_half_the_delay(locale):
    """At D3, half an hour to reply: the referent alone is enough from 03:25 on."""
    crisis = s.in_review()
    crisis.level = Level.D3
    return views.draft_card(s.scene(crisis, "03:26", locale=locale), draft=crisis.draft(1))


def _no_answer_asked(*, private=False):
    crisis = s.revised()
    cell.ask(crisis, person=s.HELENE, role=Role.DIRECTOR, asked_as=AskedAs.DEPUTY, at=s.at("03:24"))
    no_answer.ask(
        crisis,
        1,
        seen=2,
        by=s.NOE,
        roles=(Role.DISTRESS_REFERENT,),
        reason=WHY,
        private=private,
        at=s.at("03:24"),
    )
    return crisis


@shown
def draft_no_answer_asked(locale):
    crisis = _no_answer_asked()
    return views.draft_card(s.scene(crisis, "03:25", locale=locale, reader=s.HELENE), draft=crisis.draft(1))


@shown
def draft_no_answer_asked_in_private(locale):
    crisis = _no_answer_asked(private=True)
    return views.draft_card(s.scene(crisis, "03:25", locale=locale), draft=crisis.draft(1))


@shown
def draft_no_answer(locale):
    crisis = _no_answer_asked()
    roles = guide().agreeing(crisis)
    no_answer.agree(crisis, 1, seen=2, by=s.HELENE, roles=(Role.DIRECTOR,), at=s.at("03:26"))
    no_answer.settle(crisis, 1, roles=roles, at=s.at("03:26"))
    return views.draft_card(s.scene(crisis, "03:26", locale=locale), draft=crisis.draft(1))


@shown
def news_no_answer(locale):
    event = NoAnswerDecided(at=s.at("03:25"), draft=1, revision=2)
    return news.news_card(s.scene(s.revised(), "03:25", locale=locale), event=event)


@shown
def draft_form_with_a_role_nobody_fills(locale):
    scene = s.scene(s.called(), "03:18", locale=locale, reader=s.LEA)
    return draft_forms.draft_form(scene, asked=[s.FARID], empty=[Role.DPO], routes=tuple(Route))
